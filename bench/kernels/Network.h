//===- Network.h - A compiled network without its loop ----------*- C++ -*-===//
//
// Takes an experiment of bench/networks/kernels.snn through the compiler and
// gives one thread of the engine's parts, to be run on their own.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_BENCH_KERNELS_NETWORK_H
#define SNN_BENCH_KERNELS_NETWORK_H

#include "compiler/Driver/Compile.h"
#include "runtime/lib/Delivery/Projections.h"

#include <string>

namespace snn::bench {

class Network {
public:
  /// Each setting as `--set` takes it. A failure ends the program.
  explicit Network(const std::string &experiment,
                   const std::vector<std::string> &settings = {});

  const snn_model &model() const { return compiled->model(); }

  /// Memory and synapses, as a run has them.
  void build();
  const char *storage() const { return projections.item(0).storage; }
  /// Lets these neurons of the first population fire at the next step, and
  /// delivers what arrives.
  void step(const std::vector<uint32_t> &spikes);
  /// Nothing to be delivered is lost.
  void clearSums();
  uint64_t events() const { return worker.synapticEvents; }
  uint64_t segments() const { return worker.segments; }

private:
  std::unique_ptr<driver::CompiledModel> compiled;
  runtime::Partition partition;
  runtime::Arena arena;
  runtime::ObjectArray<runtime::Population> populations;
  runtime::ObjectArray<runtime::SpikeHistory> histories;
  runtime::Projections projections;
  runtime::Worker worker;
  uint64_t now = 0;
};

/// Ends the program where a benchmark cannot be made.
void require(bool done, const char *what);

} // namespace snn::bench

#endif // SNN_BENCH_KERNELS_NETWORK_H
