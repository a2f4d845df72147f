//===- KernelAxis.h - One axis of a convolution -----------------*- C++ -*-===//
//
// Offset k of a kernel joins the place o s - p + k d of the input to place o of
// the output. The axes are independent, so a table for each serves all.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CONNECTIVITY_KERNELAXIS_H
#define SNN_RUNTIME_CONNECTIVITY_KERNELAXIS_H

#include "runtime/lib/Core/Buffer.h"
#include "snn/abi.h"

namespace snn::runtime {

class KernelAxis {
public:
  struct Pair {
    uint32_t offset, output;
  };
  struct Pairs {
    const Pair *first, *last;
    const Pair *begin() const { return first; }
    const Pair *end() const { return last; }
    uint64_t size() const { return static_cast<uint64_t>(last - first); }
  };

  /// Axis 0 is the height, axis 1 the width. False without memory.
  [[nodiscard]] bool create(const snn_convolution &convolution, unsigned axis);

  /// Where a place of the input goes; offsets ascend.
  Pairs of(uint64_t input) const {
    return {pairs.data() + begins[input], pairs.data() + begins[input + 1]};
  }
  /// Whether an offset joins anything to a place of the output.
  bool reaches(uint64_t output, uint64_t offset) const {
    uint64_t place = output * stride + offset * dilation;
    return place >= padding && place - padding < inputs;
  }
  /// Places of the output that an offset reaches.
  uint64_t count(uint64_t offset) const { return counts[offset]; }

  uint64_t bytes() const {
    return pairs.size() * sizeof(Pair) +
           (begins.size() + counts.size()) * sizeof(uint64_t);
  }

private:
  uint64_t inputs = 0, stride = 1, padding = 0, dilation = 1;
  Buffer<Pair> pairs;
  Buffer<uint64_t> begins; // by input, and one more
  Buffer<uint64_t> counts; // by offset
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONNECTIVITY_KERNELAXIS_H
