//===- KernelAxis.cpp - One axis of a convolution -------------------------===//
//
// Sizes are below 2^33, so that no product of two passes 64 bits by far.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/KernelAxis.h"

using namespace snn::runtime;

bool KernelAxis::create(const snn_convolution &convolution, unsigned axis) {
  inputs = convolution.source[axis + 1];
  stride = convolution.stride[axis];
  padding = convolution.padding[axis];
  dilation = convolution.dilation[axis];
  uint64_t outputs = convolution.target[axis + 1];
  uint64_t offsets = convolution.kernel[axis];
  pairs.clear();
  begins.clear();
  counts.clear();
  if (!counts.resize(offsets) || !begins.push(0))
    return false;
  for (uint64_t input = 0; input < inputs; ++input) {
    for (uint64_t offset = 0; offset < offsets; ++offset) {
      uint64_t place = input + padding, before = offset * dilation;
      if (before > place)
        break;
      if ((place - before) % stride || (place - before) / stride >= outputs)
        continue;
      auto output = static_cast<uint32_t>((place - before) / stride);
      ++counts[offset];
      if (!pairs.push({static_cast<uint32_t>(offset), output}))
        return false;
    }
    if (!begins.push(pairs.size()))
      return false;
  }
  return true;
}
