//===- Random.cpp - What random numbers cost ------------------------------===//
//
// Words of the counter-based generator and normal numbers by each way that this
// machine has, and Poisson counts added to sums, as the background of a circuit
// is.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Math/Math.h"
#include "runtime/lib/Random/Ars.h"
#include "runtime/lib/Random/NormalCurve.h"
#include "runtime/lib/Random/PoissonTable.h"

#include <benchmark/benchmark.h>
#include <vector>

using namespace snn::runtime;
using benchmark::Counter;

namespace {

const ArsKey key(makeKey(1, Stream::Event));

void report(benchmark::State &state, uint64_t each, const char *name) {
  auto items =
      static_cast<double>(state.iterations()) * static_cast<double>(each);
  state.SetItemsProcessed(static_cast<int64_t>(items));
  state.counters[name] = Counter(items, Counter::kIsRate | Counter::kInvert);
}

void words(benchmark::State &state, ArsPath path) {
  if (path > bestArsPath())
    return state.SkipWithError("this machine has no such instructions");
  constexpr uint64_t blocks = 1024;
  std::vector<uint32_t> out(4 * blocks);
  uint64_t at = 0;
  for (auto _ : state) {
    arsFill(path, key, at, 0, blocks, out.data());
    at += blocks;
    benchmark::DoNotOptimize(out.data());
  }
  report(state, 4 * blocks, "time/word");
}

/// Words included, as noise needs them.
template <typename Draw>
void normal(benchmark::State &state, Draw draw) {
  constexpr uint64_t numbers = 256; // a block of stimuli
  std::vector<uint32_t> words(2 * numbers);
  std::vector<double> out(numbers);
  uint64_t at = 0;
  for (auto _ : state) {
    arsFill(key, at, 0, numbers / 2, words.data());
    at += numbers / 2;
    draw(words.data(), numbers, out.data());
    benchmark::DoNotOptimize(out.data());
  }
  report(state, numbers, "time/number");
}

void normals(benchmark::State &state, NormalCurve::Path path) {
  if (path > NormalCurve::bestPath())
    return state.SkipWithError("this machine has no such instructions");
  NormalCurve curve;
  curve.create();
  normal(state, [&](const uint32_t *words, uint64_t count, double *out) {
    curve.fill(path, words, count, out);
  });
}

void quantiles(benchmark::State &state) {
  normal(state, [](const uint32_t *words, uint64_t count, double *out) {
    for (uint64_t i = 0; i < count; ++i) {
      uint64_t bits = (uint64_t{words[2 * i]} << 32 | words[2 * i + 1]) >> 12;
      out[i] = normalQuantile((static_cast<double>(bits) + 0.5) * 0x1p-52);
    }
  });
}

void poisson(benchmark::State &state) {
  constexpr uint64_t neurons = 1024; // a tile of a driven population
  PoissonTable table;
  if (!table.create(static_cast<double>(state.range(0)) / 100))
    return state.SkipWithError("no such mean");
  std::vector<int32_t> sums(neurons);
  uint64_t step = 0;
  for (auto _ : state) {
    table.add(key, step++, 0, neurons, /*weight=*/1, sums.data(), 1);
    benchmark::DoNotOptimize(sums.data());
  }
  report(state, neurons, "time/draw");
}

} // namespace

BENCHMARK_CAPTURE(words, portable, ArsPath::Portable)->Name("ars/portable");
BENCHMARK_CAPTURE(words, aes_ni, ArsPath::AesNi)->Name("ars/aes_ni");
BENCHMARK_CAPTURE(words, vaes512, ArsPath::Vaes512)->Name("ars/vaes512");
BENCHMARK_CAPTURE(normals, plain, NormalCurve::Path::Plain)
    ->Name("normal/plain");
BENCHMARK_CAPTURE(normals, avx2, NormalCurve::Path::Avx2)->Name("normal/avx2");
BENCHMARK_CAPTURE(normals, avx512, NormalCurve::Path::Avx512)
    ->Name("normal/avx512");
BENCHMARK(quantiles)->Name("normal/quantile");
// Of means of 0.01, 0.1, ... 1,000 events.
BENCHMARK(poisson)
    ->Name("poisson/mean_x100")
    ->RangeMultiplier(10)
    ->Range(1, 100000);
