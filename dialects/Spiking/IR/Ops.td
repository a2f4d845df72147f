//===- Ops.td - Operations of the spiking dialect ----------*- tablegen -*-===//
//
// All of them, for one run of the generator; they are written by topic.
//
//===----------------------------------------------------------------------===//
#ifndef SPIKING_OPS_TD
#define SPIKING_OPS_TD

include "dialects/Spiking/IR/Experiments.td"
include "dialects/Spiking/IR/Expressions.td"
include "dialects/Spiking/IR/Models.td"
include "dialects/Spiking/IR/Networks.td"
include "dialects/Spiking/IR/Plasticity.td"
include "dialects/Spiking/IR/Solutions.td"

#endif // SPIKING_OPS_TD
