//===- Products.h - Sums of products, and what they begin with --*- C++ -*-===//
//
// Sums of products are OpenBLAS's.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_EXAMPLES_TRAINER_PRODUCTS_H
#define SNN_EXAMPLES_TRAINER_PRODUCTS_H

#include "examples/trainer/Layers.h"

#include <cblas.h>
#include <cmath>

namespace snn::trainer {

/// c = a b + beta c, of rows x inner and inner x columns, either transposed.
inline void multiply(bool transposeA, bool transposeB, size_t rows,
                     size_t columns, size_t inner, const float *a,
                     const float *b, float beta, float *c) {
  auto whole = [](size_t size) { return static_cast<blasint>(size); };
  cblas_sgemm(CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans,
              transposeB ? CblasTrans : CblasNoTrans, whole(rows),
              whole(columns), whole(inner), 1, a,
              whole(transposeA ? rows : inner), b,
              whole(transposeB ? inner : columns), beta, c, whole(columns));
}

/// He et al. 2015: what goes in and what comes out vary alike.
inline void initialize(std::vector<float> &weights, size_t inputs,
                       Random &random) {
  for (float &weight : weights)
    weight = static_cast<float>(random.normal() *
                                std::sqrt(2 / static_cast<double>(inputs)));
}

} // namespace snn::trainer

#endif // SNN_EXAMPLES_TRAINER_PRODUCTS_H
