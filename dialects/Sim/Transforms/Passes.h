//===- Passes.h - Passes of the sim dialect ---------------------*- C++ -*-===//
//
// Constructors and registration of the passes in Passes.td.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SIM_TRANSFORMS_PASSES_H
#define SNN_DIALECTS_SIM_TRANSFORMS_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace snn::sim {

class ModelOp;

/// Neurons of one iteration of a kernel: SNN_LANES of snn/abi.h.
constexpr int64_t lanes = 16;

#define GEN_PASS_DECL
#include "dialects/Sim/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "dialects/Sim/Transforms/Passes.h.inc"

} // namespace snn::sim

#endif // SNN_DIALECTS_SIM_TRANSFORMS_PASSES_H
