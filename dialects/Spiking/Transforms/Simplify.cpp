//===- Simplify.cpp - Equal and unused operations go ------------*- C++ -*-===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Transforms/Simplify.h"

#include "dialects/Spiking/Analysis/LinearForm.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/CSE.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;

namespace snn::spiking {

void simplify(Operation *part) {
  IRRewriter rewriter(part->getContext());
  DominanceInfo dominance(part);
  eliminateCommonSubExpressions(rewriter, dominance, part);
  (void)runRegionDCE(rewriter, part->getRegions());
}

static bool hasZeroOperand(Operation *op) {
  return llvm::any_of(op->getOperands(), [](Value operand) {
    return operand.getType().isF64() && getConstantNumber(operand) == 0.0;
  });
}

void replaceByZeros(Operation *part, const llvm::StringSet<> &variables) {
  part->walk([&](Operation *op) {
    OpBuilder builder(op);
    ScalarBuilder scalars(builder, op->getLoc());
    std::optional<Value> replacement;
    if (auto read = dyn_cast<ReadOp>(op)) {
      if (variables.contains(getReadName(read)))
        replacement = Value();
    } else if (hasZeroOperand(op)) {
      auto operand = [&](unsigned i) { return op->getOperand(i); };
      if (isa<arith::AddFOp>(op))
        replacement = scalars.add(operand(0), operand(1));
      else if (isa<arith::SubFOp>(op))
        replacement = scalars.subtract(operand(0), operand(1));
      else if (isa<arith::MulFOp>(op))
        replacement = scalars.multiply(operand(0), operand(1));
      else if (isa<arith::NegFOp>(op))
        replacement = Value();
      else if (isa<arith::DivFOp>(op) && getConstantNumber(operand(0)) == 0.0)
        replacement = Value();
    }
    if (replacement) {
      op->getResult(0).replaceAllUsesWith(scalars.materialize(*replacement));
      op->erase();
    }
  });
  simplify(part);
}

} // namespace snn::spiking
