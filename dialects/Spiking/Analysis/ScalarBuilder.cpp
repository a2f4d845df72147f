//===- ScalarBuilder.cpp - f64 arithmetic without needless ops --*- C++ -*-===//
//
// See the header. x*0 is left out although 0*inf would not be zero: a term
// whose coefficient is an exact zero is one that the model does not have.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Analysis/ScalarBuilder.h"

#include "dialects/Spiking/IR/Ops.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace snn::spiking {

std::optional<double> getConstantNumber(Value value) {
  if (!value)
    return 0.0;
  if (auto quantity = value.getDefiningOp<QuantityOp>())
    return quantity.getValue().convertToDouble();
  llvm::APFloat number(0.0);
  if (!value.getType().isF64() ||
      !matchPattern(value, m_ConstantFloat(&number)))
    return std::nullopt;
  return number.convertToDouble();
}

static bool isNumber(Value value, double number) {
  std::optional<double> constant = getConstantNumber(value);
  return constant && *constant == number;
}

Value ScalarBuilder::constant(double number) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getF64FloatAttr(number));
}

Value ScalarBuilder::materialize(Value value) {
  return value ? value : constant(0.0);
}

Value ScalarBuilder::add(Value left, Value right) {
  if (isNumber(left, 0))
    return right;
  if (isNumber(right, 0))
    return left;
  auto a = getConstantNumber(left), b = getConstantNumber(right);
  if (a && b)
    return constant(*a + *b);
  return arith::AddFOp::create(builder, loc, left, right);
}

Value ScalarBuilder::subtract(Value left, Value right) {
  if (isNumber(right, 0))
    return left;
  if (isNumber(left, 0))
    return negate(right);
  auto a = getConstantNumber(left), b = getConstantNumber(right);
  if (a && b)
    return constant(*a - *b);
  return arith::SubFOp::create(builder, loc, left, right);
}

Value ScalarBuilder::multiply(Value left, Value right) {
  auto a = getConstantNumber(left), b = getConstantNumber(right);
  if ((a && *a == 0) || (b && *b == 0))
    return {};
  if (a && b)
    return constant(*a * *b);
  if (a && *a == 1)
    return right;
  if (b && *b == 1)
    return left;
  if (a && *a == -1)
    return negate(right);
  if (b && *b == -1)
    return negate(left);
  return arith::MulFOp::create(builder, loc, left, right);
}

Value ScalarBuilder::divide(Value dividend, Value divisor) {
  auto a = getConstantNumber(dividend), b = getConstantNumber(divisor);
  if (a && *a == 0)
    return {};
  if (b && *b == 1)
    return dividend;
  if (a && b)
    return constant(*a / *b);
  return arith::DivFOp::create(builder, loc, dividend, divisor);
}

Value ScalarBuilder::negate(Value value) {
  if (!value)
    return value;
  if (auto number = getConstantNumber(value))
    return constant(-*number);
  if (auto inner = value.getDefiningOp<arith::NegFOp>())
    return inner.getOperand();
  return arith::NegFOp::create(builder, loc, value);
}

Value ScalarBuilder::select(Value condition, Value whenTrue, Value whenFalse) {
  if (whenTrue == whenFalse)
    return whenTrue;
  return arith::SelectOp::create(builder, loc, condition, materialize(whenTrue),
                                 materialize(whenFalse));
}

Value ScalarBuilder::expm1(Value value) {
  if (isNumber(value, 0))
    return {};
  return math::ExpM1Op::create(builder, loc, value);
}

Value ScalarBuilder::exp(Value value) {
  if (isNumber(value, 0))
    return constant(1.0);
  return math::ExpOp::create(builder, loc, value);
}

Value ScalarBuilder::sqrt(Value value) {
  if (isNumber(value, 0))
    return {};
  return math::SqrtOp::create(builder, loc, value);
}

Value ScalarBuilder::phi1(Value x) {
  if (isNumber(x, 0))
    return constant(1.0);
  // expm1 is accurate next to zero, so that only zero itself is special.
  Value isZero = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OEQ,
                                       x, constant(0.0));
  return select(isZero, constant(1.0), divide(expm1(x), x));
}

Value ScalarBuilder::cap(Value value, Value bound) {
  Value above = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OGT,
                                      materialize(value), bound);
  return select(above, bound, value);
}

} // namespace snn::spiking
