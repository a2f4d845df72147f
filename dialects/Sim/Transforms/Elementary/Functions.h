//===- Functions.h - Elementary functions as arithmetic ---------*- C++ -*-===//
//
// exp, log and their kin, each as straight-line arithmetic that works on any
// vector width and treats all lanes alike. Edges follow C (overflow gives
// infinity, log 0 gives -infinity, domain errors NaN) with two exceptions:
// subnormal arguments and results count as zero, as the engine runs, and the
// trigonometric functions give NaN from |x| = 2^31 on. The accuracies stated
// below are the largest errors that tests/unit/Target measures against MPFR.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SIM_TRANSFORMS_ELEMENTARY_FUNCTIONS_H
#define SNN_DIALECTS_SIM_TRANSFORMS_ELEMENTARY_FUNCTIONS_H

#include "dialects/Sim/Transforms/Elementary/Real.h"

namespace snn::sim::elementary {

/// A number as the unevaluated sum of two; the second is small.
struct Pair {
  Real high, low;
};
// Exponential.cpp              largest error in ulp: f32, f64
Real exp(Real x); ///< 1.0, 1.0
Real exp(Pair x);
Real exp2(Real x);  ///< 1.1, 1.1
Real expm1(Real x); ///< 1.6, 1.7
/// expm1(x)/x, one at zero: what a linear equation grows by in a step.
Real phi1(Real x); ///< 1.7, 1.7
Real tanh(Real x); ///< 2.4, 2.5
Real sinh(Real x); ///< 2.5, 2.5
Real cosh(Real x); ///< 2.5, 2.5

// Logarithm.cpp
Real log(Real x);   ///< 0.9, 0.9
Real log1p(Real x); ///< 0.9, 0.9
Real log2(Real x);  ///< 1.7, 1.7
Real log10(Real x); ///< 2.0, 2.0
/// log(x) to about 2^-65 of its value; x is f64.
Pair logPair(Real x);

// Trigonometric.cpp
Real sin(Real x); ///< 0.51, 0.8
Real cos(Real x); ///< 0.51, 0.8
Real tan(Real x); ///< 0.51, 2.2

// Arctangent.cpp
Real atan(Real x); ///< 1.8, 1.8

// Power.cpp
Real pow(Real x, Real y); ///< 0.51, 1.3
/// x^n by squaring, |n| <= 8; each multiplication rounds.
Real pow(Real x, int n);

// Rounding.cpp: all exact
Real roundeven(Real x);
Real trunc(Real x);
Real floor(Real x);
Real ceil(Real x);
Real round(Real x); ///< Halves away from zero.

} // namespace snn::sim::elementary

#endif // SNN_DIALECTS_SIM_TRANSFORMS_ELEMENTARY_FUNCTIONS_H
