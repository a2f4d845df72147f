//===- Phi1.cpp - The function of exponential steps -----------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "dialects/Sim/Transforms/Elementary/Phi1.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace snn::sim::elementary {

/// The number, in all lanes.
static bool isEverywhere(Value value, double number) {
  if (auto broadcast = value.getDefiningOp<vector::BroadcastOp>())
    value = broadcast.getSource();
  llvm::APFloat constant(0.0);
  return matchPattern(value, m_ConstantFloat(&constant)) &&
         constant.convertToDouble() == number;
}

Value matchPhi1(arith::SelectOp choice) {
  auto isZero = choice.getCondition().getDefiningOp<arith::CmpFOp>();
  auto quotient = choice.getFalseValue().getDefiningOp<arith::DivFOp>();
  if (!isZero || !quotient)
    return {};
  auto dividend = quotient.getLhs().getDefiningOp<math::ExpM1Op>();
  Value x = quotient.getRhs();
  bool matches = dividend && dividend.getOperand() == x &&
                 isZero.getPredicate() == arith::CmpFPredicate::OEQ &&
                 isZero.getLhs() == x && isEverywhere(isZero.getRhs(), 0) &&
                 isEverywhere(choice.getTrueValue(), 1);
  return matches ? x : Value();
}

} // namespace snn::sim::elementary
