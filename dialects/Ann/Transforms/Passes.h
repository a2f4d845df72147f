//===- Passes.h - Passes of the ann dialect ---------------------*- C++ -*-===//
//
// Constructors and registration of the passes in Passes.td.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_ANN_TRANSFORMS_PASSES_H
#define SNN_DIALECTS_ANN_TRANSFORMS_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace snn::ann {

class NetworkOp;

/// What `ann-calibrate` writes and `ann-quantize` reads.
constexpr llvm::StringLiteral rangeAttribute = "ann.range";
/// What `ann-bound` writes: the least and the greatest whole number.
constexpr llvm::StringLiteral boundsAttribute = "ann.bounds";

#define GEN_PASS_DECL
#include "dialects/Ann/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "dialects/Ann/Transforms/Passes.h.inc"

} // namespace snn::ann

#endif // SNN_DIALECTS_ANN_TRANSFORMS_PASSES_H
