//===- Noise.h - Gaussian noise of a stimulus -------------------*- C++ -*-===//
//
// A standard normal number for each index and step: the curve of 52 bits of a
// counter-based block. Two indices share a block (index / 2, step), each with
// two of its words.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_NOISE_H
#define SNN_RUNTIME_DELIVERY_NOISE_H

#include "runtime/lib/Random/Ars.h"
#include "runtime/lib/Random/NormalCurve.h"

namespace snn::runtime {

/// The numbers of indices [first, first + count).
void normalNoise(const NormalCurve &curve, const ArsKey &key, uint64_t step,
                 uint64_t first, uint64_t count, double *out);

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_NOISE_H
