//===- Simplify.h - Equal and unused operations go --------------*- C++ -*-===//
//
// What numeric passes leave behind. Nothing is folded: MLIR's folds of math
// operations call the host's libm, whose bits differ between machines.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_TRANSFORMS_SIMPLIFY_H
#define SNN_DIALECTS_SPIKING_TRANSFORMS_SIMPLIFY_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/StringSet.h"

namespace snn::spiking {

/// Merges equal operations in the regions of `part`, removes unused ones.
void simplify(mlir::Operation *part);

/// Reads of these variables become zero; sums and products lose what vanishes
/// with them.
void replaceByZeros(mlir::Operation *part, const llvm::StringSet<> &variables);

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_TRANSFORMS_SIMPLIFY_H
