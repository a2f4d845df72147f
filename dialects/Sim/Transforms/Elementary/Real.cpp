//===- Real.cpp - Equations that emit arithmetic operations ---------------===//
//
// Each operator is one `arith` operation.
//
//===----------------------------------------------------------------------===//
#include "dialects/Sim/Transforms/Elementary/Real.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/BuiltinAttributes.h"

using namespace mlir;

namespace snn::sim::elementary {

//===----------------------------------------------------------------------===//
// Types and constants
//===----------------------------------------------------------------------===//

/// `type` with the element type replaced.
static Type withElement(Type type, Type element) {
  if (auto vector = dyn_cast<VectorType>(type))
    return vector.clone(element);
  return element;
}

static Type integerOf(Type type) {
  return withElement(
      type,
      IntegerType::get(type.getContext(),
                       getElementTypeOrSelf(type).getIntOrFloatBitWidth()));
}

/// A scalar constant, or the same one in all lanes.
static Value splat(ImplicitLocOpBuilder &builder, Type type,
                   TypedAttr element) {
  if (auto vector = dyn_cast<VectorType>(type))
    return arith::ConstantOp::create(
        builder, DenseElementsAttr::get(vector, Attribute(element)));
  return arith::ConstantOp::create(builder, element);
}

Real Real::constant(double x) const {
  Type element = getElementTypeOrSelf(value);
  return {*builder,
          splat(*builder, value.getType(), builder->getFloatAttr(element, x))};
}

Real Real::constantBits(uint64_t bits) const {
  auto element = cast<FloatType>(getElementTypeOrSelf(value));
  llvm::APFloat number(element.getFloatSemantics(),
                       llvm::APInt(element.getWidth(), bits));
  return {*builder, splat(*builder, value.getType(),
                          builder->getFloatAttr(element, number))};
}

Bits Bits::constant(uint64_t bits) const {
  Type element = getElementTypeOrSelf(value);
  llvm::APInt number(element.getIntOrFloatBitWidth(), bits,
                     /*isSigned=*/false, /*implicitTrunc=*/true);
  return {builder, splat(*builder, value.getType(),
                         builder->getIntegerAttr(element, number))};
}

//===----------------------------------------------------------------------===//
// Mask and Bits
//===----------------------------------------------------------------------===//

Mask Mask::operator&(Mask other) const {
  return {builder, arith::AndIOp::create(*builder, value, other.value)};
}
Mask Mask::operator|(Mask other) const {
  return {builder, arith::OrIOp::create(*builder, value, other.value)};
}

Bits Bits::operator+(Bits other) const {
  return {builder, arith::AddIOp::create(*builder, value, other.value)};
}
Bits Bits::operator-(Bits other) const {
  return {builder, arith::SubIOp::create(*builder, value, other.value)};
}
Bits Bits::operator&(Bits other) const {
  return {builder, arith::AndIOp::create(*builder, value, other.value)};
}
Bits Bits::operator|(Bits other) const {
  return {builder, arith::OrIOp::create(*builder, value, other.value)};
}
Bits Bits::operator^(Bits other) const {
  return {builder, arith::XOrIOp::create(*builder, value, other.value)};
}
Bits Bits::operator<<(unsigned count) const {
  return {builder,
          arith::ShLIOp::create(*builder, value, constant(count).value)};
}
Bits Bits::operator>>(unsigned count) const {
  return {builder,
          arith::ShRUIOp::create(*builder, value, constant(count).value)};
}
Mask Bits::operator!=(uint64_t bits) const {
  return {builder, arith::CmpIOp::create(*builder, arith::CmpIPredicate::ne,
                                         value, constant(bits).value)};
}

//===----------------------------------------------------------------------===//
// Real
//===----------------------------------------------------------------------===//

Real Real::operator+(Real other) const {
  return {*builder, arith::AddFOp::create(*builder, value, other.value)};
}
Real Real::operator-(Real other) const {
  return {*builder, arith::SubFOp::create(*builder, value, other.value)};
}
Real Real::operator*(Real other) const {
  return {*builder, arith::MulFOp::create(*builder, value, other.value)};
}
Real Real::operator/(Real other) const {
  return {*builder, arith::DivFOp::create(*builder, value, other.value)};
}
Real Real::operator-() const {
  return {*builder, arith::NegFOp::create(*builder, value)};
}

static Mask compare(Real a, arith::CmpFPredicate predicate, Real b) {
  ImplicitLocOpBuilder &builder = a.getBuilder();
  return {&builder, arith::CmpFOp::create(builder, predicate, a.getValue(),
                                          b.getValue())};
}
Mask Real::operator<(Real other) const {
  return compare(*this, arith::CmpFPredicate::OLT, other);
}
Mask Real::operator>(Real other) const {
  return compare(*this, arith::CmpFPredicate::OGT, other);
}
Mask Real::operator>=(Real other) const {
  return compare(*this, arith::CmpFPredicate::OGE, other);
}
Mask Real::operator==(Real other) const {
  return compare(*this, arith::CmpFPredicate::OEQ, other);
}
Mask Real::isGreaterOrNaN(Real other) const {
  return compare(*this, arith::CmpFPredicate::UGT, other);
}

Bits Real::bits() const {
  return {builder, arith::BitcastOp::create(*builder,
                                            integerOf(value.getType()), value)};
}
Real Real::fromBits(Bits bits) const {
  return {*builder,
          arith::BitcastOp::create(*builder, value.getType(), bits.value)};
}

Real Real::toDouble() const {
  if (!isSingle())
    return *this;
  return {*builder,
          arith::ExtFOp::create(
              *builder, withElement(value.getType(), builder->getF64Type()),
              value)};
}
Real Real::toSingle() const {
  if (isSingle())
    return *this;
  return {*builder,
          arith::TruncFOp::create(
              *builder, withElement(value.getType(), builder->getF32Type()),
              value)};
}

Real select(Mask mask, Real ifTrue, Real ifFalse) {
  return {ifTrue.getBuilder(),
          arith::SelectOp::create(ifTrue.getBuilder(), mask.value,
                                  ifTrue.getValue(), ifFalse.getValue())};
}

Real selectRare(Mask mask, llvm::function_ref<Real()> ifTrue, Real ifFalse) {
  ImplicitLocOpBuilder &builder = ifFalse.getBuilder();
  Value any = mask.value;
  if (isa<VectorType>(any.getType()))
    any = vector::ReductionOp::create(builder, vector::CombiningKind::OR, any);
  auto choice = scf::IfOp::create(builder, ifFalse.getValue().getType(), any,
                                  /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(choice.thenBlock());
  Real rare = select(mask, ifTrue(), ifFalse);
  scf::YieldOp::create(builder, rare.getValue());
  builder.setInsertionPointToStart(choice.elseBlock());
  scf::YieldOp::create(builder, ifFalse.getValue());
  return {builder, choice.getResult(0)};
}

Real abs(Real x) {
  return {x.getBuilder(), math::AbsFOp::create(x.getBuilder(), x.getValue())};
}

Real sqrt(Real x) {
  return {x.getBuilder(), math::SqrtOp::create(x.getBuilder(), x.getValue())};
}

Real copysign(Real x, Real sign) {
  return {x.getBuilder(), math::CopySignOp::create(x.getBuilder(), x.getValue(),
                                                   sign.getValue())};
}

Real polynomial(Real x, ArrayRef<double> coefficients) {
  size_t count = coefficients.size();
  if (count == 1)
    return x.constant(coefficients[0]);
  if (count == 2)
    return x * coefficients[1] + coefficients[0];
  Real square = x * x;
  auto horner = [&](size_t last) {
    Real sum = x.constant(coefficients[last]);
    for (; last >= 2; last -= 2)
      sum = sum * square + coefficients[last - 2];
    return sum;
  };
  size_t lastEven = (count - 1) & ~size_t(1);
  size_t lastOdd = count % 2 ? count - 2 : count - 1;
  return horner(lastOdd) * x + horner(lastEven);
}

} // namespace snn::sim::elementary
