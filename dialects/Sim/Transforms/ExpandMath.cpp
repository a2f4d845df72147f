//===- ExpandMath.cpp - Elementary functions become arithmetic ------------===//
//
// Replaces the `math` operations by `arith`, straight but for the seldom side
// of phi1. What stays (absf, copysign, sqrt) is one instruction with one
// correct result everywhere. Each operation is rewritten by itself, without a
// folder: MLIR's folders of `math` call the C library of the machine that
// compiles, whose last bit is its own.
//
//===----------------------------------------------------------------------===//
#include "dialects/Sim/Transforms/Elementary/Functions.h"
#include "dialects/Sim/Transforms/Elementary/Phi1.h"
#include "dialects/Sim/Transforms/Passes.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/TypeSwitch.h"

namespace snn::sim {
#define GEN_PASS_DEF_SIMEXPANDMATH
#include "dialects/Sim/Transforms/Passes.h.inc"
} // namespace snn::sim

using namespace mlir;
using namespace snn::sim::elementary;

/// x^y; small constant integers and halves have shorter ways.
static Real expandPower(math::PowFOp op, Real x, Real y) {
  llvm::APFloat exponent(0.0);
  if (matchPattern(op.getRhs(), m_ConstantFloat(&exponent))) {
    double n = exponent.convertToDouble();
    for (int small = -8; small <= 8; ++small)
      if (n == small)
        return snn::sim::elementary::pow(x, small);
    if (n == 0.5)
      return sqrt(x);
  }
  return pow(x, y);
}

/// The value that replaces `op`, or nothing if it stays.
static std::optional<Real> expand(ImplicitLocOpBuilder &builder,
                                  Operation *op) {
  auto operand = [&](unsigned i) { return Real(builder, op->getOperand(i)); };
  using Result = std::optional<Real>;
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case([&](math::ExpOp) { return exp(operand(0)); })
      .Case([&](math::Exp2Op) { return exp2(operand(0)); })
      .Case([&](math::ExpM1Op) { return expm1(operand(0)); })
      .Case([&](math::LogOp) { return log(operand(0)); })
      .Case([&](math::Log1pOp) { return log1p(operand(0)); })
      .Case([&](math::Log2Op) { return log2(operand(0)); })
      .Case([&](math::Log10Op) { return log10(operand(0)); })
      .Case([&](math::TanhOp) { return tanh(operand(0)); })
      .Case([&](math::SinhOp) { return sinh(operand(0)); })
      .Case([&](math::CoshOp) { return cosh(operand(0)); })
      .Case([&](math::SinOp) { return sin(operand(0)); })
      .Case([&](math::CosOp) { return cos(operand(0)); })
      .Case([&](math::TanOp) { return tan(operand(0)); })
      .Case([&](math::AtanOp) { return atan(operand(0)); })
      .Case([&](math::PowFOp power) {
        return expandPower(power, operand(0), operand(1));
      })
      .Case([&](math::FloorOp) { return floor(operand(0)); })
      .Case([&](math::CeilOp) { return ceil(operand(0)); })
      .Case([&](math::RoundOp) { return round(operand(0)); })
      .Case([&](math::RoundEvenOp) { return roundeven(operand(0)); })
      .Case([&](math::TruncOp) { return trunc(operand(0)); })
      .Case([&](math::RsqrtOp) { return 1 / sqrt(operand(0)); })
      .Case([&](math::FmaOp) { return operand(0) * operand(1) + operand(2); })
      .Default([](Operation *) { return std::nullopt; });
}

namespace {
struct ExpandMathPass : snn::sim::impl::SimExpandMathBase<ExpandMathPass> {
  void expandPhi1() {
    llvm::SmallSetVector<Operation *, 16> replaced; // users first
    getOperation()->walk([&](arith::SelectOp choice) {
      Value x = matchPhi1(choice);
      if (!x)
        return;
      ImplicitLocOpBuilder builder(choice.getLoc(), choice);
      choice.getResult().replaceAllUsesWith(phi1(Real(builder, x)).getValue());
      replaced.insert(choice);
      replaced.insert(choice.getFalseValue().getDefiningOp());
      ++numExpanded;
    });
    for (Operation *op : replaced)
      if (op->use_empty())
        op->erase();
  }

  void runOnOperation() override {
    expandPhi1();
    WalkResult walked = getOperation()->walk([&](Operation *op) {
      if (!isa<math::MathDialect>(op->getDialect()) ||
          isa<math::AbsFOp, math::CopySignOp, math::SqrtOp>(op))
        return WalkResult::advance();
      ImplicitLocOpBuilder builder(op->getLoc(), op);
      if (op->use_empty()) {
        op->erase();
        return WalkResult::advance();
      }
      std::optional<Real> value;
      Type element = getElementTypeOrSelf(op->getResult(0).getType());
      if (element.isF32() || element.isF64())
        value = expand(builder, op);
      if (!value) {
        op->emitOpError("has no expansion into arithmetic");
        return WalkResult::interrupt();
      }
      op->getResult(0).replaceAllUsesWith(value->getValue());
      op->erase();
      ++numExpanded;
      return WalkResult::advance();
    });
    if (walked.wasInterrupted())
      signalPassFailure();
  }
};
} // namespace
