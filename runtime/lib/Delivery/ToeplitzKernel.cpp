//===- ToeplitzKernel.cpp - The weights of a convolution ------------------===//
//
// From the order in which kernels are written to the one in which they are
// read.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/ToeplitzKernel.h"

using namespace snn::runtime;

template <typename Weight>
static void transpose(const snn_convolution &shape,
                      const Buffer<int32_t> &entries, Weight *to) {
  uint64_t inputs = shape.source[0] / shape.groups;
  uint64_t outputs = shape.target[0] / shape.groups;
  uint64_t places = shape.kernel[0] * shape.kernel[1];
  for (uint64_t target = 0; target < shape.target[0]; ++target)
    for (uint64_t i = 0; i < inputs; ++i) {
      uint64_t source = target / outputs * inputs + i;
      const int32_t *from = entries.data() + (target * inputs + i) * places;
      for (uint64_t place = 0; place < places; ++place)
        to[(source * places + place) * outputs + target % outputs] =
            static_cast<Weight>(from[place]);
    }
}

bool ToeplitzKernel::create(const snn_convolution &convolution,
                            const Buffer<int32_t> &entries) {
  halves = {};
  words = {};
  bool fits = true;
  for (int32_t entry : entries)
    fits &= entry == static_cast<int16_t>(entry);
  if (!(fits ? halves.resize(entries.size()) : words.resize(entries.size())))
    return false;
  if (fits)
    transpose(convolution, entries, halves.data());
  else
    transpose(convolution, entries, words.data());
  return true;
}
