//===- Arctangent.cpp - atan ----------------------------------------------===//
//
// |x| = tan(c) turned back by c = 0, pi/4 or pi/2, which leaves an argument t
// of at most tan(pi/8); atan t = t + t z P(z), z = t^2, P minimax (Remez).
//
//===----------------------------------------------------------------------===//
#include "dialects/Sim/Transforms/Elementary/Functions.h"

namespace snn::sim::elementary {

// Relative errors of atan t of 2^-30 (f32) and 2^-59 (f64).
static constexpr double singleP[] = {-0x1.55554ap-2, 0x1.9991aep-3,
                                     -0x1.23b6bcp-3, 0x1.b20236p-4,
                                     -0x1.f2565ep-5};
static constexpr double doubleP[] = {
    -0x1.555555555553dp-2, 0x1.99999999958e1p-3,  -0x1.24924922b0ed5p-3,
    0x1.c71c70e792384p-4,  -0x1.745cf9099ea5ep-4, 0x1.3b111c4e71a0dp-4,
    -0x1.10ebdcc98ff74p-4, 0x1.df115d272be3ap-5,  -0x1.9cdbfebb70d10p-5,
    0x1.37ece80a5ae8dp-5,  -0x1.259ca1706bd5dp-6};

Real atan(Real x) {
  Real a = abs(x);
  Real one = x.constant(1), zero = x.constant(0);
  Mask turnQuarter = a > 0x1.a8279ap-2; // tan(pi/8)
  Mask turnHalf = a > 0x1.3504f4p1;     // tan(3 pi/8)
  // tan(c - d) for c = pi/4: (a - 1)/(a + 1), for pi/2: -1/a.
  Real numerator = select(turnHalf, -one, select(turnQuarter, a - 1, a));
  Real denominator = select(turnHalf, a, select(turnQuarter, a + 1, one));
  Real t = numerator / denominator;
  // c in two parts.
  Real half = x.constant(0x1.921fb6p0, 0x1.921fb54442d18p0);
  Real halfLow = x.constant(-0x1.777a5cp-25, 0x1.1a62633145c07p-54);
  Real c = select(turnHalf, half, select(turnQuarter, 0.5 * half, zero));
  Real cLow =
      select(turnHalf, halfLow, select(turnQuarter, 0.5 * halfLow, zero));
  Real z = t * t;
  Real tail = t * z *
              polynomial(z, x.isSingle() ? llvm::ArrayRef(singleP)
                                         : llvm::ArrayRef(doubleP));
  return copysign(c + (t + (tail + cLow)), x);
}

} // namespace snn::sim::elementary
