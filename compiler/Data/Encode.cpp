//===- Encode.cpp - Examples as spikes --------------------------*- C++ -*-===//
//
// Whether a spike is drawn depends on the seed, the example, the neuron and the
// step alone: any part of a data set is encoded as in the whole.
//
//===----------------------------------------------------------------------===//
#include "compiler/Data/Encode.h"

#include "compiler/Import/Process/Reader.h"

#include <algorithm>
#include <cmath>

using namespace snn;
using namespace snn::data;
using results::ExitCode;
using results::Expected;
using results::Failure;

namespace {

/// Spikes that are written; each takes 16 bytes.
constexpr uint64_t MostSpikes = uint64_t(1) << 27;

/// The finalizer of SplitMix64 (Steele et al. 2014).
uint64_t mix(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

double uniform(uint64_t seed, uint64_t example, uint64_t neuron,
               uint64_t step) {
  uint64_t key = seed;
  for (uint64_t part : {example, neuron, step})
    key = mix(key + 0x9e3779b97f4a7c15 * (part + 1));
  return static_cast<double>(key >> 11) * 0x1p-53;
}

std::optional<Failure> check(const Dataset &set, const Encoding &encoding) {
  auto [least, most] =
      std::minmax_element(set.numbers.begin(), set.numbers.end());
  if (*least < 0 || *most > 1)
    return Failure{ExitCode::ModelErrors,
                   "examples of `" + process::shown(set.name) + "` go from " +
                       std::to_string(*least) + " to " + std::to_string(*most) +
                       "; what is encoded goes from 0 to 1",
                   "`--mean M` and `--std S` make (x - M)/S of them"};
  auto isWhole = [&](double time) {
    double steps = time / encoding.step;
    return std::abs(steps - std::round(steps)) < 1e-6 * std::max(steps, 1.0);
  };
  if (!(encoding.step > 0) || !(encoding.window >= encoding.step) ||
      !(encoding.pause >= 0) || !isWhole(encoding.window) ||
      !isWhole(encoding.pause))
    return Failure{ExitCode::Usage,
                   "window and pause are no whole numbers of steps", ""};
  if (!(encoding.rate >= 0) || encoding.rate * encoding.step > 1000)
    return Failure{ExitCode::Usage,
                   "the rate is more than a spike at every step",
                   "a shorter `--step`, or a lower `--rate`"};
  return std::nullopt;
}

} // namespace

Expected<std::vector<EncodedSpike>>
snn::data::encode(const Dataset &set, const Encoding &encoding) {
  if (std::optional<Failure> failure = check(set, encoding))
    return *failure;
  auto steps =
      static_cast<uint64_t>(std::llround(encoding.window / encoding.step));
  auto period = steps + static_cast<uint64_t>(
                            std::llround(encoding.pause / encoding.step));
  double most = encoding.rate * encoding.step / 1000;
  uint64_t width = set.width();
  std::vector<EncodedSpike> spikes;
  std::vector<std::vector<uint32_t>> atStep(steps);
  for (uint64_t k = 0; k < set.count; ++k) {
    for (uint64_t i = 0; i < width; ++i) {
      auto number = static_cast<double>(set.numbers[k * width + i]);
      auto neuron = static_cast<uint32_t>(i);
      if (encoding.code == Code::Rate) {
        for (uint64_t j = 0; number > 0 && j < steps; ++j)
          if (uniform(encoding.seed, k, i, j) < number * most)
            atStep[j].push_back(neuron);
      } else if (number > 0) {
        auto j = static_cast<uint64_t>(
            std::llround((1 - number) * static_cast<double>(steps)));
        atStep[std::min(j, steps - 1)].push_back(neuron);
      }
    }
    for (uint64_t j = 0; j < steps; ++j) {
      double time = static_cast<double>(k * period + j + 1) * encoding.step;
      for (uint32_t neuron : atStep[j])
        spikes.push_back({time, neuron});
      atStep[j].clear();
    }
    if (spikes.size() > MostSpikes)
      return Failure{ExitCode::ResourceLimit,
                     "the examples have more than " +
                         std::to_string(MostSpikes) + " spikes",
                     "fewer `--examples`, or a lower `--rate`"};
  }
  return spikes;
}
