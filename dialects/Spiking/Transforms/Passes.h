//===- Passes.h - Passes of the spiking dialect -----------------*- C++ -*-===//
//
// Declared in Passes.td; `registerSpikingPasses` makes them known by name.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_TRANSFORMS_PASSES_H
#define SNN_DIALECTS_SPIKING_TRANSFORMS_PASSES_H

#include "dialects/Spiking/IR/Attributes.h"
#include "dialects/Spiking/IR/Dialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"
#include "llvm/Support/CommandLine.h"

namespace snn::spiking {

/// How options spell what is kept of synapses.
inline llvm::cl::ValuesClass storageChoices() {
  return llvm::cl::values(
      clEnumValN(Storage::Either, "auto", "What the budget of memory allows"),
      clEnumValN(Storage::Stored, "stored", "All of them"),
      clEnumValN(Storage::Rows, "rows", "All of them, never as a matrix"),
      clEnumValN(Storage::Procedural, "procedural", "Their numbers"));
}

#define GEN_PASS_DECL
#include "dialects/Spiking/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "dialects/Spiking/Transforms/Passes.h.inc"

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_TRANSFORMS_PASSES_H
