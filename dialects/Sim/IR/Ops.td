//===- Ops.td - Operations of the sim dialect --------------*- tablegen -*-===//
//
// All of them, for one run of the generator; they are written by topic.
//
//===----------------------------------------------------------------------===//
#ifndef SIM_OPS_TD
#define SIM_OPS_TD

include "dialects/Sim/IR/Couplings.td"
include "dialects/Sim/IR/Kernels.td"
include "dialects/Sim/IR/Plasticity.td"
include "dialects/Sim/IR/Populations.td"
include "dialects/Sim/IR/Projections.td"

#endif // SIM_OPS_TD
