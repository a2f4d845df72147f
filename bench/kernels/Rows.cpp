//===- Rows.cpp - What making a synapse costs -----------------------------===//
//
// Rows of each connection rule, as the builders take them.
//
//===----------------------------------------------------------------------===//
#include "bench/kernels/Network.h"
#include "runtime/lib/Connectivity/Connectivity.h"

#include <benchmark/benchmark.h>

using namespace snn::bench;
using namespace snn::runtime;
using benchmark::Counter;

namespace {

/// Compiled once.
const snn_model &rules() {
  static Network network("MakeRows");
  return network.model();
}

void rows(benchmark::State &state, uint32_t index) {
  const snn_model &model = rules();
  QuantileShelf shelf;
  Connectivity connectivity;
  snn_error error = {};
  require(index < model.num_projections &&
              connectivity.create(model.projections[index], model.step,
                                  model.seeds.network, shelf, error),
          error.message);
  uint64_t synapses = 0;
  auto take = [](void *count, const Row &row) {
    *static_cast<uint64_t *>(count) += row.count;
    benchmark::DoNotOptimize(row.targets[row.count / 2]);
    return true;
  };
  for (auto _ : state)
    require(connectivity.forEachRow({0, connectivity.numSources()},
                                    {0, connectivity.numTargets()}, take,
                                    &synapses, error),
            error.message);
  state.SetItemsProcessed(static_cast<int64_t>(synapses));
  state.counters["time/synapse"] = Counter(static_cast<double>(synapses),
                                           Counter::kIsRate | Counter::kInvert);
}

} // namespace

// In the order of network Rules.
BENCHMARK_CAPTURE(rows, one_to_one, 0)->Name("rows/one_to_one");
BENCHMARK_CAPTURE(rows, all_to_all, 1)->Name("rows/all_to_all");
BENCHMARK_CAPTURE(rows, probability, 2)->Name("rows/probability");
BENCHMARK_CAPTURE(rows, indegree, 3)->Name("rows/indegree");
BENCHMARK_CAPTURE(rows, outdegree, 4)->Name("rows/outdegree");
BENCHMARK_CAPTURE(rows, multapses, 5)->Name("rows/outdegree_multapses");
BENCHMARK_CAPTURE(rows, total, 6)->Name("rows/total");
BENCHMARK_CAPTURE(rows, drawn, 7)->Name("rows/total_drawn");
