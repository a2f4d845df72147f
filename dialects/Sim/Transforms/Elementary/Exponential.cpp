//===- Exponential.cpp - exp, expm1 and the hyperbolic functions ----------===//
//
// x = n ln 2 + r with |r| <= ln 2 / 2, and exp(r) = 1 + r + r^2 Q(r) with Q the
// minimax polynomial in the relative error of expm1(r) (Remez). n ln 2 is taken
// off in two parts, the first with so few bits that n times it is exact.
//
//===----------------------------------------------------------------------===//
#include "dialects/Sim/Transforms/Elementary/Functions.h"

namespace snn::sim::elementary {

// (exp(r) - 1 - r) / r^2 on |r| <= ln 2 / 2: relative errors of expm1(r) of
// 2^-26 (f32) and 2^-61 (f64).
static constexpr double singleQ[] = {0x1.fffffep-2, 0x1.5554bp-3, 0x1.555674p-5,
                                     0x1.122776p-7, 0x1.6bec12p-10};
static constexpr double doubleQ[] = {
    0x1.0000000000000p-1,  0x1.5555555555559p-3,  0x1.555555555553fp-5,
    0x1.111111110f6dap-7,  0x1.6c16c16c1f07bp-10, 0x1.a01a01afd3b4ep-13,
    0x1.a01a017bc2e41p-16, 0x1.71ddf87f2c7dcp-19, 0x1.27e536386dd30p-22,
    0x1.af5e7438b3050p-26, 0x1.1ee86f72c4346p-29};

/// exp(r) - 1 for |r| <= ln 2 / 2.
static Real expm1Reduced(Real r) {
  return r + r * r *
                 polynomial(r, r.isSingle() ? llvm::ArrayRef(singleQ)
                                            : llvm::ArrayRef(doubleQ));
}

namespace {
/// x = n ln 2 + r; n stands in the low bits of `shifted`.
struct Reduction {
  Real shifted, r;
};
} // namespace

static Reduction reduce(Real x) {
  Real log2e = x.constant(0x1.715476p0, 0x1.71547652b82fep0);
  Real shifted = x * log2e + roundingShift(x);
  Real n = shifted - roundingShift(x);
  Real r = (x - n * x.constant(0x1.62ep-1, 0x1.62e42feep-1)) -
           n * x.constant(0x1.0bfbe8p-15, 0x1.a39ef35793c76p-33);
  return {shifted, r};
}

/// y 2^n for y near 1 where the result is normal: n is added to the exponent.
static Real scaleByPower(Real y, Real shifted) {
  return y.fromBits(y.bits() + (shifted.bits() << y.getMantissaBits()));
}

/// `result`, but infinity above `highest`, 0 below `lowest`, NaN on NaN.
static Real limitRange(Real x, Real lowest, Real highest, Real result) {
  Real infinity = x.constant(std::numeric_limits<double>::infinity());
  result = select(x < lowest, x.constant(0), result);
  return select(x.isGreaterOrNaN(highest), x + infinity, result);
}

/// exp of x, or of x + low.
static Real expSum(Real x, std::optional<Real> low) {
  Reduction reduction = reduce(x);
  Real r = low ? reduction.r + *low : reduction.r;
  Real y = scaleByPower(1 + expm1Reduced(r), reduction.shifted);
  // The logarithms of the smallest and of the largest normal number.
  return limitRange(x, x.constant(-0x1.5d589ep6, -0x1.6232bdd7abcd2p9),
                    x.constant(0x1.62e42ep6, 0x1.62e42fefa39efp9), y);
}

Real exp(Real x) { return expSum(x, std::nullopt); }

Real exp(Pair x) { return expSum(x.high, x.low); }

Real exp2(Real x) {
  Real shifted = x + roundingShift(x);
  Real r = (x - (shifted - roundingShift(x))) * 0x1.62e42fefa39efp-1;
  Real y = scaleByPower(1 + expm1Reduced(r), shifted);
  Real highest = x.constant(0x1.fffffep6, 0x1.fffffffffffffp9);
  return limitRange(x, x.constant(-126, -1022), highest, y);
}

/// exp(x) - 1 between about -40 (where it is -1) and the overflow.
static Real expm1InRange(Real x) {
  Reduction reduction = reduce(x);
  Real p = expm1Reduced(reduction.r);
  // 2^n (p + 1) - 1, by halves, since 2^n itself overflows at the upper end.
  Real half = x.fromBits((reduction.shifted.bits() << x.getMantissaBits()) +
                         x.constant(0.5).bits());
  return 2 * (half * p + (half - 0.5));
}

Real expm1(Real x) {
  Real lowest = x.constant(-20, -40);
  Real y = expm1InRange(select(x < lowest, lowest, x));
  return limitRange(x, x.constant(-std::numeric_limits<double>::infinity()),
                    x.constant(0x1.62e42ep6, 0x1.62e42fefa39efp9), y);
}

// (phi1(x) - 1) / x on |x| <= 5/8, minimax in the relative error of phi1: 2^-25
// (f32) and 2^-56 (f64).
static constexpr double singlePhi1[] = {
    0.5,           0x1.555544p-3,  0x1.555144p-5,
    0x1.1118aap-7, 0x1.6fdf28p-10, 0x1.9ef4ccp-13};
static constexpr double doublePhi1[] = {0.5,
                                        0x1.555555555555cp-3,
                                        0x1.55555555557cbp-5,
                                        0x1.11111111101ccp-7,
                                        0x1.6c16c16b83a41p-10,
                                        0x1.a01a01a2ebba4p-13,
                                        0x1.a01a031e6bf29p-16,
                                        0x1.71de36f31664ap-19,
                                        0x1.27e339c3c99a0p-22,
                                        0x1.ae677a3760741p-26,
                                        0x1.20d85de04ded3p-29,
                                        0x1.60f785fea34a3p-33};

Real phi1(Real x) {
  Real y = 1 + x * polynomial(x, x.isSingle() ? llvm::ArrayRef(singlePhi1)
                                              : llvm::ArrayRef(doublePhi1));
  Mask far = abs(x).isGreaterOrNaN(x.constant(0.625));
  return selectRare(far, [&] { return expm1(x) / x; }, y);
}

Real tanh(Real x) {
  // From here on it rounds to 1.
  Real largest = x.constant(10, 20);
  Real a = abs(x);
  Real t = expm1InRange(2 * select(a > largest, largest, a));
  return copysign(t / (t + 2), x);
}

Real sinh(Real x) {
  // e/2 + (e/(e + 1))/2 with e = expm1|x|; near its overflow, exp(|x|/2)^2 / 2.
  Real a = abs(x);
  Real e = expm1(a);
  Real root = exp(0.5 * a);
  Real y = select(a > x.constant(80, 700), 0.5 * root * root,
                  0.5 * (e + e / (e + 1)));
  return copysign(y, x);
}

Real cosh(Real x) {
  Real a = abs(x);
  Real e = exp(a);
  Real root = exp(0.5 * a);
  return select(a > x.constant(80, 700), 0.5 * root * root, 0.5 * (e + 1 / e));
}

} // namespace snn::sim::elementary
