//===- Factorial.cpp - Logarithms of factorials ---------------------------===//
//
// Stirling's series, log k! = (k + 1/2) log(k + 1) - (k + 1) + log(2 pi)/2 +
// 1/(12 (k+1)) - 1/(360 (k+1)^3) + ..., with exact remainders for small k.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Math/Math.h"

using namespace snn::runtime;

double snn::runtime::stirlingCorrection(double k) {
  constexpr double Small[] = {0x1.4c071bcda0a5bp-4, 0x1.52a9b923ea649p-5,
                              0x1.c579a268d80b3p-6, 0x1.54a2662fd78a9p-6,
                              0x1.10b4e513fcbedp-6, 0x1.c6b167bebdf36p-7,
                              0x1.85d4d612e4a86p-7, 0x1.552805e7b3076p-7,
                              0x1.2f4871b12ab64p-7, 0x1.10f9d4c0743a7p-7};
  if (k < 10)
    return Small[static_cast<int>(k)];
  double x = 1 / (k + 1), z = x * x;
  return x * (1.0 / 12 -
              z * (1.0 / 360 -
                   z * (1.0 / 1260 - z * (1.0 / 1680 - z * (1.0 / 1188)))));
}

DoubleDouble snn::runtime::logFactorial(double k) {
  DoubleDouble n = twoSum(k, 1);
  DoubleDouble product = logExtended(n) * (n + DoubleDouble{-0.5, 0});
  constexpr DoubleDouble halfLog2Pi = {0x1.d67f1c864beb5p-1,
                                       -0x1.65b5a1b7ff5dfp-55};
  return product + -n + (halfLog2Pi + DoubleDouble{stirlingCorrection(k), 0});
}
