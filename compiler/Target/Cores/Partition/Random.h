//===- Random.h - Draws of a search -----------------------------*- C++ -*-===//
//
// A counter and a mixing function: the same seed gives the same search on every
// machine, and a part of it can have a stream of its own.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_PARTITION_RANDOM_H
#define SNN_COMPILER_TARGET_CORES_PARTITION_RANDOM_H

#include "runtime/lib/Random/Hash.h"

#include <utility>
#include <vector>

namespace snn::target::cores {

class Random {
public:
  explicit Random(uint64_t seed) : seed(runtime::mix64(0, seed)) {}

  uint64_t next() { return runtime::mix64(seed, counter++); }

  /// Uniform in 0 .. bound - 1; bound < 2^32.
  uint32_t below(uint32_t bound) {
    return static_cast<uint32_t>((next() >> 32) * bound >> 32);
  }

  /// Uniform in [0, 1).
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }

  /// Of the exponential distribution with mean 1, by comparing uniform numbers
  /// only (von Neumann 1951), as the C library's logarithm may differ.
  double exponential() {
    for (double whole = 0;; whole += 1) {
      double first = unit(), last = first;
      unsigned length = 1;
      for (double u = unit(); u < last; u = unit()) {
        last = u;
        ++length;
      }
      if (length % 2)
        return whole + first;
    }
  }

  template <class T>
  void shuffle(std::vector<T> &items) {
    for (size_t i = items.size(); i > 1; --i)
      std::swap(items[i - 1], items[below(static_cast<uint32_t>(i))]);
  }

private:
  uint64_t seed, counter = 0;
};

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_PARTITION_RANDOM_H
