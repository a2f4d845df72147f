//===- Elementary.cpp - What a function of real numbers costs -------------===//
//
// The functions that the compiler writes into update loops, as loops of their
// own over numbers in the nearest cache.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Target/Kernel.h"

#include <benchmark/benchmark.h>

using namespace snn;
using benchmark::Counter;

namespace {

template <typename T>
void evaluate(benchmark::State &state, const std::string &body,
              target::cpu::Level level) {
  constexpr size_t numbers = 1024;
  target::cpu::Options options;
  options.level = level;
  tests::Kernel kernel(body, sizeof(T) == 4, /*lanes=*/16, options);
  std::vector<T> x(numbers), y(numbers), r(numbers);
  for (size_t i = 0; i < numbers; ++i) {
    x[i] = T(0.01) + T(4) * T(i) / T(numbers);
    y[i] = T(0.5) + T(i % 7) / T(7);
  }
  for (auto _ : state) {
    kernel.run(x.data(), y.data(), r.data(), numbers);
    benchmark::DoNotOptimize(r.data());
  }
  auto items = static_cast<double>(state.iterations()) * numbers;
  state.SetItemsProcessed(static_cast<int64_t>(items));
  state.counters["time/value"] =
      Counter(items, Counter::kIsRate | Counter::kInvert);
}

/// For each function, precision and level; true once that is done.
bool registerAll() {
  const std::pair<const char *, std::string> functions[] = {
      {"exp", "%r = math.exp %x : %T"},      {"log", "%r = math.log %x : %T"},
      {"tanh", "%r = math.tanh %x : %T"},    {"sin", "%r = math.sin %x : %T"},
      {"pow", "%r = math.powf %x, %y : %T"}, {"phi1", tests::phi1Body}};
  const std::pair<const char *, target::cpu::Level> levels[] = {
      {"native", target::cpu::Level::Native},
      {"baseline", target::cpu::Level::Baseline}};
  for (const auto &[name, body] : functions)
    for (const auto &[levelName, level] : levels) {
      std::string title = std::string("elementary/") + name + "/" + levelName;
      auto add = [&](const char *precision, auto evaluator) {
        benchmark::RegisterBenchmark((title + "/" + precision).c_str(),
                                     evaluator, body, level);
      };
      add("f32", evaluate<float>);
      add("f64", evaluate<double>);
    }
  return true;
}

[[maybe_unused]] const bool registered = registerAll();

} // namespace
