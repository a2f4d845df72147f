//===- FixedMath.h - Elementary functions with fixed bits -------*- C++ -*-===//
//
// What is computed while a network is built becomes part of the model, so its
// bits must not depend on the C library of the machine. These functions use
// nothing but IEEE addition, multiplication, division and square root in
// double-double arithmetic (about 100 bits) and round once at the end: equal
// bits everywhere, and the correctly rounded result for all but arguments that
// lie within 2^-40 ulp of a rounding boundary.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_FIXEDMATH_H
#define SNN_LANG_SEMA_FIXEDMATH_H

namespace snn::lang::fixed {

double exp(double x);
double expm1(double x);
double log(double x);
double log1p(double x);
double log10(double x);
/// Not a number for a negative base with an exponent that is no integer.
double pow(double x, double y);
/// Not a number beyond 2^20: an angle of that size has lost its meaning.
double sin(double x);
double cos(double x);
double tan(double x);
double sinh(double x);
double cosh(double x);
double tanh(double x);
double atan(double x);
/// (exp(x) - 1)/x, 1 at x = 0.
double exprel(double x);

} // namespace snn::lang::fixed

#endif // SNN_LANG_SEMA_FIXEDMATH_H
