//===- ToeplitzKernel.h - The weights of a convolution ----------*- C++ -*-===//
//
// As a matrix of weights, a convolution repeats its kernel along the diagonals:
// so the kernel is all there is to keep, once for all threads. What a place of
// a source channel sends to the same place of all target channels of its group
// lies together: [source channel][row][column][target channel].
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_TOEPLITZKERNEL_H
#define SNN_RUNTIME_DELIVERY_TOEPLITZKERNEL_H

#include "runtime/lib/Core/Buffer.h"
#include "snn/abi.h"

namespace snn::runtime {

class ToeplitzKernel {
public:
  /// `entries` as the convolution numbers them; 16 bits each where all fit.
  /// False without memory.
  [[nodiscard]] bool create(const snn_convolution &convolution,
                            const Buffer<int32_t> &entries);

  bool isShort() const { return words.empty(); }
  const int16_t *shortWeights() const { return halves.data(); }
  const int32_t *longWeights() const { return words.data(); }
  int64_t operator[](uint64_t i) const {
    return isShort() ? halves[i] : words[i];
  }

  uint64_t bytes() const {
    return halves.size() * sizeof(int16_t) + words.size() * sizeof(int32_t);
  }

private:
  // One of them.
  Buffer<int16_t> halves;
  Buffer<int32_t> words;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_TOEPLITZKERNEL_H
