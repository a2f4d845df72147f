//===- Distribution.h - Drawn values ----------------------------*- C++ -*-===//
//
// A value of the model's description becomes a number: snn_value and the place
// of an item in, the same bits out, on every machine.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_RANDOM_DISTRIBUTION_H
#define SNN_RUNTIME_RANDOM_DISTRIBUTION_H

#include "runtime/lib/Random/Words.h"
#include "snn/abi.h"

namespace snn::runtime {

/// A `redraw to` that so many draws miss is taken for impossible.
constexpr uint32_t LargestTries = 10000;

/// Whether two values are given, or drawn, alike.
inline bool areEqual(const snn_value &a, const snn_value &b) {
  return a.kind == b.kind && a.a == b.a && a.b == b.b &&
         a.redraw_low == b.redraw_low && a.redraw_high == b.redraw_high &&
         a.clip_low == b.clip_low && a.clip_high == b.clip_high &&
         a.data == b.data && a.count == b.count;
}

/// What is wrong with the numbers of a value, for a message ("the standard
/// deviation is negative"); null if nothing is.
const char *findFault(const snn_value &value);

/// Whether a value is an increasing function of one uniform number. Of these,
/// edges draw the first try from one 32-bit word.
bool isQuantile(const snn_value &value);

/// That function, 0 < u < 1; before redraw and clip.
double quantile(const snn_value &value, double u);

inline bool isWithinRedraw(const snn_value &value, double x) {
  return x >= value.redraw_low && x <= value.redraw_high;
}

inline double clip(const snn_value &value, double x) {
  return x < value.clip_low    ? value.clip_low
         : x > value.clip_high ? value.clip_high
                               : x;
}

/// Draws until a number is within the bounds of `redraw to`, at most
/// LargestTries - `tries` times, then clips; false if none was. Not for
/// SNN_DATA, which draws nothing.
[[nodiscard]] bool draw(const snn_value &value, Words &words, double &result,
                        uint32_t tries = 0);

/// A parameter or initial state of neuron `index`.
[[nodiscard]] inline bool drawForNeuron(const snn_value &value, Key key,
                                        uint64_t index, double &result) {
  if (value.kind == SNN_DATA) {
    result = value.data[index];
    return true;
  }
  Words words = Words::ofNeuron(key, index);
  return draw(value, words, result);
}

} // namespace snn::runtime

#endif // SNN_RUNTIME_RANDOM_DISTRIBUTION_H
