//===- Descriptor.h - The tables of a compiled model ------------*- C++ -*-===//
//
// The constant `snn_compiled_model` of snn/abi.h, from a `sim.model`.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CPU_DESCRIPTOR_H
#define SNN_COMPILER_TARGET_CPU_DESCRIPTOR_H

#include "dialects/Sim/IR/Ops.h"

namespace llvm {
class Module;
} // namespace llvm

namespace snn::target::cpu {

/// Adds the descriptor to a module that defines the model's functions.
void addDescriptor(sim::ModelOp model, llvm::Module &module);

} // namespace snn::target::cpu

#endif // SNN_COMPILER_TARGET_CPU_DESCRIPTOR_H
