//===- Encode.h - Examples as spikes ----------------------------*- C++ -*-===//
//
// Each example is shown for a window, one after the other. A number from 0 to 1
// is the rate of its neuron's spikes, or how early its only spike comes.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DATA_ENCODE_H
#define SNN_COMPILER_DATA_ENCODE_H

#include "compiler/Data/Dataset.h"

namespace snn::data {

enum class Code {
  /// At each step a spike with the probability of number times rate times step.
  Rate,
  /// One spike, (1 - number) of the window after its beginning; none for 0.
  Latency,
};

struct Encoding {
  Code code = Code::Rate;
  /// ms.
  double window = 100, pause = 0, step = 1;
  /// Hz, of the number 1.
  double rate = 100;
  uint64_t seed = 1;
};

struct EncodedSpike {
  double time; // ms
  uint32_t neuron;
};

/// Spikes in the order of time, then of neurons. A spike of a window that
/// begins at t is stamped t + step at the earliest, t + window at the latest.
results::Expected<std::vector<EncodedSpike>> encode(const Dataset &set,
                                                    const Encoding &encoding);

} // namespace snn::data

#endif // SNN_COMPILER_DATA_ENCODE_H
