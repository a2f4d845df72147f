//===- Encode.cpp - Examples as spikes --------------------------*- C++ -*-===//
//
// Whether a spike is drawn depends on the seed, the example, the neuron and the
// step alone: any part of a data set is encoded as in the whole.
//
//===----------------------------------------------------------------------===//
#include "compiler/Data/Encode.h"

#include "compiler/Import/Process/Reader.h"
#include "runtime/lib/Random/Hash.h"

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
/// Steps of a window, and those of all examples, which f64 tells apart.
constexpr uint64_t MostWindow = uint64_t(1) << 24, MostSteps = uint64_t(1)
                                                               << 53;

double uniform(uint64_t seed, uint64_t example, uint64_t neuron,
               uint64_t step) {
  uint64_t key = seed;
  for (uint64_t part : {example, neuron, step})
    key = runtime::mix64(key + 0x9e3779b97f4a7c15 * (part + 1));
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
  double window = encoding.window / encoding.step,
         pause = encoding.pause / encoding.step;
  if (!(window <= double{MostWindow}))
    return Failure{ExitCode::ResourceLimit,
                   "the window has more than " + std::to_string(MostWindow) +
                       " steps",
                   "a shorter `--window`, or a longer `--step`"};
  if (!((window + pause) * static_cast<double>(set.count) <= double{MostSteps}))
    return Failure{ExitCode::ResourceLimit,
                   "the examples take more than " + std::to_string(MostSteps) +
                       " steps",
                   "a shorter `--pause`, or fewer `--examples`"};
  auto isWhole = [](double steps) {
    return std::abs(steps - std::round(steps)) < 1e-6 * std::max(steps, 1.0);
  };
  if (!(window >= 1) || !(pause >= 0) || !isWhole(window) || !isWhole(pause))
    return Failure{ExitCode::Usage,
                   "window and pause are no whole numbers of steps", ""};
  if (!(encoding.rate >= 0))
    return Failure{ExitCode::Usage, "the rate is negative, or no number", ""};
  if (encoding.rate * encoding.step > 1000)
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
  for (uint64_t k = 0; k < set.count; ++k) {
    auto begin = static_cast<ptrdiff_t>(spikes.size());
    for (uint64_t i = 0; i < width; ++i) {
      auto number = static_cast<double>(set.numbers[k * width + i]);
      if (number <= 0)
        continue;
      auto fire = [&](uint64_t step) {
        spikes.push_back(
            {static_cast<double>(k * period + step + 1) * encoding.step,
             static_cast<uint32_t>(i)});
      };
      if (encoding.code == Code::Rate) {
        for (uint64_t j = 0; j < steps; ++j)
          if (uniform(encoding.seed, k, i, j) < number * most)
            fire(j);
      } else {
        auto j = static_cast<uint64_t>(
            std::llround((1 - number) * static_cast<double>(steps)));
        fire(std::min(j, steps - 1));
      }
      if (spikes.size() > MostSpikes)
        return Failure{ExitCode::ResourceLimit,
                       "the examples have more than " +
                           std::to_string(MostSpikes) + " spikes",
                       "fewer `--examples`, or a lower `--rate`"};
    }
    std::sort(spikes.begin() + begin, spikes.end(),
              [](const EncodedSpike &a, const EncodedSpike &b) {
                return std::pair(a.time, a.neuron) <
                       std::pair(b.time, b.neuron);
              });
  }
  return spikes;
}
