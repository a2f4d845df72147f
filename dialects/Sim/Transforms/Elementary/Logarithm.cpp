//===- Logarithm.cpp - log, log1p and logarithms to other bases -----------===//
//
// x = 2^e m with m in [sqrt(1/2), sqrt 2), f = m - 1, s = f / (2 + f), and
//   log m = 2 atanh s = 2 s + s R(s^2),  R(z) = z P(z),
// with P the minimax polynomial of (2 atanh(s)/s - 2)/s^2 (Remez). It is summed
// as f - (f^2/2 - s (f^2/2 + R)), whose first term is exact.
//
//===----------------------------------------------------------------------===//
#include "dialects/Sim/Transforms/Elementary/Functions.h"

namespace snn::sim::elementary {

// Relative errors of log(m) of 2^-30 (f32) and 2^-59 (f64), z <= 0.0295.
static constexpr double singleP[] = {0x1.55557ap-1, 0x1.995eb8p-2,
                                     0x1.31e34p-2};
static constexpr double doubleP[] = {0x1.5555555555592p-1, 0x1.999999997fd78p-2,
                                     0x1.24924941f4dc1p-2, 0x1.c71c52062800ep-3,
                                     0x1.74663f9a998d8p-3, 0x1.39a1a7ce17cc9p-3,
                                     0x1.2f062b64e07a8p-3};
// The same with its first coefficient, 2/3, taken out: 2^-66.
static constexpr double pairP[] = {0x1.9999999999b30p-2, 0x1.2492492457d35p-2,
                                   0x1.c71c722d69df0p-3, 0x1.745ce9e21b703p-3,
                                   0x1.3b1eec4854edbp-3, 0x1.0f7fe3a33b0b3p-3,
                                   0x1.0e42e76f613edp-3};

namespace {
/// x = 2^e (1 + f); garbage unless x is normal and positive.
struct Decomposition {
  Real e, f;
};
} // namespace

static Decomposition decompose(Real x) {
  unsigned mantissaBits = x.getMantissaBits();
  Bits one = x.constant(1).bits();
  Bits rootHalf = x.constant(0x1.6a09e6p-1, 0x1.6a09e667f3bcdp-1).bits();
  Bits offset = x.bits() + (one - rootHalf);
  // The biased exponent becomes the last digits of 2^mantissaBits.
  Real unit = x.constant(0x1p23, 0x1p52);
  Real e = x.fromBits((offset >> mantissaBits) | unit.bits()) -
           x.constant(0x1p23 + 127, 0x1p52 + 1023);
  Real m =
      x.fromBits((offset & ((uint64_t(1) << mantissaBits) - 1)) + rootHalf);
  return {e, m - 1};
}

/// e ln 2 + log(1 + f), plus the correction if there is one.
static Real logOf(Decomposition x, std::optional<Real> correction = {}) {
  Real f = x.f;
  Real s = f / (f + 2);
  Real z = s * s;
  Real remainder = z * polynomial(z, f.isSingle() ? llvm::ArrayRef(singleP)
                                                  : llvm::ArrayRef(doubleP));
  Real halfSquare = 0.5 * f * f;
  // ln 2 in two parts, the first with 11 bits fewer, so that e times it is
  // exact.
  Real high = x.e * f.constant(0x1.62ep-1, 0x1.62e42feep-1);
  Real low = x.e * f.constant(0x1.0bfbe8p-15, 0x1.a39ef35793c76p-33);
  if (correction)
    low = low + *correction;
  Real tail = s * (halfSquare + remainder) + low;
  return high - ((halfSquare - tail) - f);
}

/// `result`, but -infinity at `x` = 0, NaN below and on NaN, else infinity.
static Real limitDomain(Real x, Real result) {
  Real infinity = x.constant(std::numeric_limits<double>::infinity());
  Real smallest = x.constant(0x1p-126, 0x1p-1022);
  Real nan = x.constant(std::numeric_limits<double>::quiet_NaN());
  Real largest = x.constant(0x1.fffffep127, 0x1.fffffffffffffp1023);
  Real nonPositive = select(abs(x) < smallest, -infinity, nan);
  result = select(x < smallest, nonPositive, result);
  return select(x.isGreaterOrNaN(largest), x, result);
}

Real log(Real x) { return limitDomain(x, logOf(decompose(x))); }

Real log1p(Real x) {
  // log(1 + x) = log u + (1 + x - u)/u to first order, u = 1 + x rounded.
  Real u = 1 + x;
  Real lost = select(x < 1, x - (u - 1), 1 - (u - x));
  return limitDomain(u, logOf(decompose(u), lost / u));
}

Real log2(Real x) {
  // The exponent stays apart, so that powers of two are exact.
  Decomposition parts = decompose(x);
  Real fraction = logOf({x.constant(0), parts.f});
  return limitDomain(x, parts.e + fraction * 0x1.71547652b82fep0);
}

Real log10(Real x) { return log(x) * 0x1.bcb7b1526e50ep-2; }

//===----------------------------------------------------------------------===//
// With a low part
//===----------------------------------------------------------------------===//

/// a + b exactly, for |a| >= |b|.
static Pair addExactly(Real a, Real b) {
  Real sum = a + b;
  return {sum, b - (sum - a)};
}

Pair logPair(Real x) {
  Decomposition parts = decompose(x);
  Real f = parts.f;
  // s = f/(2 + f) with its rounding error: f - s (2 + f), by exact products of
  // halves.
  Real denominator = f + 2;
  Real denominatorLow = f - (denominator - 2);
  Real s = f / denominator;
  Real sHigh = leadingHalf(s);
  Real dHigh = leadingHalf(denominator);
  Real sRest = s - sHigh;
  Real dRest = denominator - dHigh;
  Real residual = f - sHigh * dHigh;
  residual = residual - sHigh * dRest;
  residual = residual - sRest * dHigh;
  residual = residual - sRest * dRest;
  residual = residual - s * denominatorLow;
  Real sLow = residual / denominator;
  // log m = 2/3 s t, t = 3 + s^2 + 3/2 s^4 P, all with low parts; the products
  // of two leading halves are exact.
  Real z = s * s;
  Real rest =
      1.5 * z * z * polynomial(z, pairP) + (sRest * (sHigh + s) + 2 * s * sLow);
  Real zHigh = sHigh * sHigh;
  Real tHigh = leadingHalf(3 + (zHigh + rest));
  Real tLow = rest - ((tHigh - 3) - zHigh);
  Real u = sHigh * tHigh;
  Real v = (sRest + sLow) * tHigh + tLow * s;
  Real pHigh = leadingHalf(u + v);
  Real pLow = v - (pHigh - u);
  Real log = 0x1.555555p-1 * pHigh;
  Real logLow = 0x1.5555555555555p-1 * pLow + 0x1.5555555555555p-27 * pHigh;
  // ln 2 with its first part so short that e times it is exact.
  Pair first = addExactly(parts.e * 0x1.62e42fefa2p-1, log);
  Real low = parts.e * 0x1.9ef35793c7673p-41 + logLow;
  Pair sum = addExactly(first.high, first.low + low);
  Real limited = limitDomain(x, sum.high);
  return {limited, select(abs(limited) < 0x1p20, sum.low, x.constant(0))};
}

} // namespace snn::sim::elementary
