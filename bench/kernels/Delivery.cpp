//===- Delivery.cpp - What a delivered spike costs ------------------------===//
//
// Bundles of one and two words by the length of segments, tables of targets
// and weights, and of targets alone. The spikes of a step are drawn, so rows
// are as cold as in a network of that size.
//
//===----------------------------------------------------------------------===//
#include "bench/kernels/Network.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <random>

using namespace snn::bench;

namespace {

constexpr uint32_t Sources = 2000;
// Some 50,000 events in a step, as a thread of the microcircuit has.
constexpr uint64_t EventsOfStep = 49152;
// No sum of 32 bits overflows in so many steps.
constexpr uint64_t StepsBetweenClears = 1024;

void deliver(benchmark::State &state, Network &network, uint64_t outDegree,
             uint64_t longestDelay) {
  std::mt19937 random(1);
  std::uniform_int_distribution<uint32_t> draw(0, Sources - 1);
  std::vector<std::vector<uint32_t>> steps(256);
  for (std::vector<uint32_t> &spikes : steps) {
    while (spikes.size() < EventsOfStep / outDegree)
      spikes.push_back(draw(random));
    std::sort(spikes.begin(), spikes.end());
  }
  size_t at = 0;
  auto next = [&] {
    network.step(steps[at++ % steps.size()]);
    if (at % StepsBetweenClears)
      return;
    state.PauseTiming();
    network.clearSums();
    state.ResumeTiming();
  };
  for (uint64_t step = 0; step <= longestDelay; ++step)
    network.step(steps[at++ % steps.size()]);
  uint64_t events = network.events(), segments = network.segments();
  for (auto _ : state)
    next();
  events = network.events() - events;
  segments = network.segments() - segments;
  state.SetItemsProcessed(static_cast<int64_t>(events));
  using benchmark::Counter;
  state.counters["time/event"] =
      Counter(static_cast<double>(events), Counter::kIsRate | Counter::kInvert);
  state.counters["events/segment"] =
      static_cast<double>(events) / static_cast<double>(segments);
  state.SetLabel(network.storage());
}

void drawn(benchmark::State &state, const char *mean, const char *storage) {
  constexpr uint64_t outDegree = 2048;
  auto segment = static_cast<uint64_t>(state.range(0));
  Network network("DeliverDrawn", {"net.segment=" + std::to_string(segment),
                                   std::string("net.w=") + mean});
  network.build();
  require(std::string(network.storage()) == storage, network.storage());
  deliver(state, network, outDegree, outDegree / segment + 1);
}

void constant(benchmark::State &state) {
  auto outDegree = static_cast<uint64_t>(state.range(0));
  Network network("DeliverConstant", {"net.K=" + std::to_string(outDegree)});
  network.build();
  deliver(state, network, outDegree, 15);
}

} // namespace

BENCHMARK_CAPTURE(drawn, one_word, "1mV", "rows of one word")
    ->Name("deliver/one_word/segment")
    ->RangeMultiplier(4)
    ->Range(1, 1024);
BENCHMARK_CAPTURE(drawn, two_words, "100mV", "rows of two words")
    ->Name("deliver/two_words/segment")
    ->RangeMultiplier(4)
    ->Range(1, 1024);
BENCHMARK(constant)
    ->Name("deliver/constant/row")
    ->RangeMultiplier(4)
    ->Range(16, 4096);
