/*===- snn/math.h - Real functions whose bits never change ----------------===*\
|*                                                                            *|
|* The functions that parameters, tables and random numbers are computed      *|
|* with. Each is a fixed sequence of IEEE 754 operations (no fused multiply-  *|
|* add, no library call), so its bits are the same on every machine, at every *|
|* optimisation level and in every process. Largest errors are stated in      *|
|* units in the last place (ulp) and tested against correctly rounded ones.   *|
|* Subnormal arguments and results count as zero, as everywhere in a run, so  *|
|* that the mode of the floating-point unit makes no difference.              *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/
#ifndef SNN_MATH_H
#define SNN_MATH_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

double snn_exp(double x);   /* 0.51 ulp */
double snn_expm1(double x); /* 0.51 ulp */
double snn_log(double x);   /* 0.51 ulp */
double snn_log1p(double x); /* 0.51 ulp */
double snn_sin(double x);   /* 0.80 ulp, any x */
double snn_cos(double x);   /* 0.80 ulp, any x */
double snn_tanh(double x);  /* 0.55 ulp */
double snn_sqrt(double x);  /* correctly rounded */

/* 0.55 ulp. Special cases as in C11. */
double snn_pow(double x, double y);

/* The matrix e^(a h) of an n x n matrix, n <= 64, rows first. Computed in
   twice the working precision, in a fixed order; what is below 2^-900 counts as
   zero. Returns nonzero, and leaves out alone, if n is too large, a h has a row
   sum above 2^64, or the result one above 2^400. */
int32_t snn_expm(uint32_t n, const double *a, double h, double *out);

#ifdef __cplusplus
}
#endif

#endif /* SNN_MATH_H */
