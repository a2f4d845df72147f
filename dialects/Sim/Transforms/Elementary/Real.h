//===- Real.h - Equations that emit arithmetic operations -------*- C++ -*-===//
//
// Values with operators, so that a numerical method is written as an equation
// and comes out as `arith` operations. One type stands for scalars and vectors
// of any shape alike. Everything emitted is an IEEE operation with one correct
// result (add, multiply, divide, compare, bit tricks): no fused multiply-add
// and no fast-math flag, hence the same bits on every CPU and vector width.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SIM_TRANSFORMS_ELEMENTARY_REAL_H
#define SNN_DIALECTS_SIM_TRANSFORMS_ELEMENTARY_REAL_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/TypeUtilities.h"

namespace snn::sim::elementary {

/// An i1, or a vector of them.
struct Mask {
  mlir::ImplicitLocOpBuilder *builder;
  mlir::Value value;

  Mask operator&(Mask other) const;
  Mask operator|(Mask other) const;
};

/// The bit pattern of a Real: an integer as wide as it.
struct Bits {
  mlir::ImplicitLocOpBuilder *builder;
  mlir::Value value;

  Bits constant(uint64_t bits) const;
  Bits operator+(Bits other) const;
  Bits operator-(Bits other) const;
  Bits operator&(Bits other) const;
  Bits operator|(Bits other) const;
  Bits operator^(Bits other) const;
  Bits operator&(uint64_t bits) const { return *this & constant(bits); }
  Bits operator<<(unsigned count) const;
  Bits operator>>(unsigned count) const; ///< Shifts zeros in.
  Mask operator!=(uint64_t bits) const;
};

/// An f32 or f64, or a vector of them.
class Real {
public:
  Real(mlir::ImplicitLocOpBuilder &builder, mlir::Value value)
      : builder(&builder), value(value) {}

  mlir::Value getValue() const { return value; }
  mlir::ImplicitLocOpBuilder &getBuilder() const { return *builder; }

  bool isSingle() const { return mlir::getElementTypeOrSelf(value).isF32(); }
  unsigned getMantissaBits() const { return isSingle() ? 23 : 52; }

  /// A constant of the same type.
  Real constant(double x) const;
  /// A constant given by its bits.
  Real constantBits(uint64_t bits) const;
  /// The constant of this precision: one for f32, one for f64.
  Real constant(double single, double other) const {
    return constant(isSingle() ? single : other);
  }

  Real operator+(Real other) const;
  Real operator-(Real other) const;
  Real operator*(Real other) const;
  Real operator/(Real other) const;
  Real operator-() const;
  Real operator+(double x) const { return *this + constant(x); }
  Real operator-(double x) const { return *this - constant(x); }
  Real operator*(double x) const { return *this * constant(x); }

  // Comparisons are false on NaN, except `isGreaterOrNaN`, which is true.
  Mask operator<(Real other) const;
  Mask operator>(Real other) const;
  Mask operator>=(Real other) const;
  Mask operator==(Real other) const;
  Mask operator<(double x) const { return *this < constant(x); }
  Mask operator>(double x) const { return *this > constant(x); }
  Mask operator>=(double x) const { return *this >= constant(x); }
  Mask operator==(double x) const { return *this == constant(x); }
  Mask isGreaterOrNaN(Real other) const;

  Bits bits() const;
  Real fromBits(Bits bits) const;

  /// The same value in f64 (or f32), shape kept.
  Real toDouble() const;
  Real toSingle() const;

private:
  mlir::ImplicitLocOpBuilder *builder;
  mlir::Value value;
};

Real select(Mask mask, Real ifTrue, Real ifFalse);
/// The same where the mask is seldom set: `ifTrue` runs if any lane needs it.
Real selectRare(Mask mask, llvm::function_ref<Real()> ifTrue, Real ifFalse);
Real abs(Real x);
Real sqrt(Real x);
/// |x| with the sign of `sign`.
Real copysign(Real x, Real sign);

/// The leading half of the digits of an f64: products of two such are exact.
inline Real leadingHalf(Real x) {
  return x.fromBits(x.bits() & ~uint64_t(0x7ffffff));
}

/// Sum of coefficients[i] * x^i, the even and the odd terms by Horner's rule in
/// x^2: as many operations as Horner's own, in half as long a chain.
Real polynomial(Real x, llvm::ArrayRef<double> coefficients);

inline Real operator+(double a, Real b) { return b.constant(a) + b; }
inline Real operator-(double a, Real b) { return b.constant(a) - b; }
inline Real operator*(double a, Real b) { return b.constant(a) * b; }
inline Real operator/(double a, Real b) { return b.constant(a) / b; }

/// 1.5 * 2^mantissa bits: adding it rounds a number of less than half of that
/// to an integer, half to even, which then stands in the low bits of the sum.
inline Real roundingShift(Real x) { return x.constant(0x1.8p23, 0x1.8p52); }

} // namespace snn::sim::elementary

#endif // SNN_DIALECTS_SIM_TRANSFORMS_ELEMENTARY_REAL_H
