//===- Phi1.h - The function of exponential steps ---------------*- C++ -*-===//
//
// phi1(x) = expm1(x)/x, one at zero, is written as a selection by the solvers
// and is one function to whoever computes it.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SIM_TRANSFORMS_ELEMENTARY_PHI1_H
#define SNN_DIALECTS_SIM_TRANSFORMS_ELEMENTARY_PHI1_H

#include "mlir/Dialect/Arith/IR/Arith.h"

namespace snn::sim::elementary {

/// x, where `choice` is `x == 0 ? 1 : expm1(x)/x`; else null.
mlir::Value matchPhi1(mlir::arith::SelectOp choice);

} // namespace snn::sim::elementary

#endif // SNN_DIALECTS_SIM_TRANSFORMS_ELEMENTARY_PHI1_H
