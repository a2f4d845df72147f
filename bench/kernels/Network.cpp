//===- Network.cpp - A compiled network without its loop ------------------===//
//
// The steps of Simulation::create for one thread, without states.
//
//===----------------------------------------------------------------------===//
#include "bench/kernels/Network.h"

#include "compiler/Driver/Model.h"
#include "runtime/lib/Delivery/SumBounds.h"

#include <cstdio>
#include <cstdlib>

using namespace snn;
using namespace snn::bench;
using namespace snn::runtime;

void snn::bench::require(bool done, const char *what) {
  if (done)
    return;
  std::fprintf(stderr, "error: %s\n", what);
  std::exit(1);
}

Network::Network(const std::string &experiment,
                 const std::vector<std::string> &settings) {
  driver::Console console({});
  driver::ModelOptions options;
  options.settings = settings;
  driver::Model model(options, console);
  lang::checked::Experiment elaborated;
  for (std::optional<driver::Stop> stop :
       {model.load(SNN_KERNEL_NETWORKS),
        model.elaborate(experiment, {}, elaborated)})
    if (stop)
      std::exit(stop->show(console));
  driver::Expected<std::unique_ptr<driver::CompiledModel>> made =
      driver::compileInMemory(model.program(), elaborated, model.sources(),
                              model.code());
  if (!made)
    std::exit(console.fail(made.failure()));
  compiled = std::move(*made);
}

void Network::build() {
  const snn_model &definition = model();
  const uint32_t count = definition.num_populations;
  snn_error error = {};
  require(partition.create(definition, 1) && populations.create(count) &&
              histories.create(count) &&
              worker.create(definition, partition, 0),
          "no memory");
  for (uint32_t p = 0; p < count; ++p)
    require(
        populations[p].plan(definition.populations[p], partition, p, 1, arena),
        "no memory");
  for (Population &population : populations)
    population.planFields(0, /*sums=*/false, arena);
  for (Population &population : populations)
    population.planFields(0, /*sums=*/true, arena);
  require(arena.allocate(), "no memory");
  for (Population &population : populations)
    population.bind(arena);
  SumBounds bounds;
  require(projections.create(definition, 1, /*sparing=*/false, error) &&
              worker.watch.create(count, projections.numItems(),
                                  /*profiled=*/false, 0, 0) &&
              bounds.create(definition, populations, 0, error) &&
              projections.build(populations, arena, 0, bounds, error),
          error.message);
  for (uint32_t p = 0; p < count; ++p)
    require(histories[p].create(projections.longestLookBack(p), 1),
            "no memory");
}

void Network::step(const std::vector<uint32_t> &spikes) {
  Buffer<uint32_t> &list = histories[0].list(now, 0);
  list.clear();
  require(list.append(spikes.data(), spikes.size()), "no memory");
  projections.deliver(worker, now, histories, populations);
  ++now;
}

void Network::clearSums() {
  const snn_model &definition = model();
  for (uint32_t p = 0; p < definition.num_populations; ++p)
    for (uint32_t f = 0; f < definition.populations[p].num_fields; ++f) {
      const snn_field &field = definition.populations[p].fields[f];
      if (field.role == SNN_SUM)
        memset(populations[p].fields(0)[f], 0,
               populations[p].padded() * elementBytes(field.element));
    }
}
