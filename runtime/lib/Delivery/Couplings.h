//===- Couplings.h - Sums over the states of sources ------------*- C++ -*-===//
//
// Gap junctions and graded synapses: in every step each neuron sums over its
// synapses what their sources' states, at the beginning of the step, and its
// own contribute. A thread sums for its own neurons, each in the fixed order of
// its row. What it reads of others was published by their threads at the end of
// the step before; two copies take turns, so that one is read while the other
// is written.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_COUPLINGS_H
#define SNN_RUNTIME_DELIVERY_COUPLINGS_H

#include "runtime/lib/Connectivity/Connectivity.h"
#include "runtime/lib/Core/Population.h"
#include "snn/runtime.h"

namespace snn::runtime {

class LargestProjections;

class Couplings {
public:
  [[nodiscard]] bool create(const snn_model &model, uint32_t threads,
                            Error &error);
  bool empty() const { return items.size() == 0; }
  /// Whether states of other neurons act on those of a population.
  bool acts(uint32_t population) const;

  /// Adds what synapses and published states will take, and what each
  /// projection does; `temporary` is for building them.
  void estimate(snn_memory &memory, LargestProjections &largest,
                uint64_t &temporary) const;
  /// Room for published states.
  [[nodiscard]] bool allocate(Error &error);

  /// The synapses onto a thread's neurons.
  [[nodiscard]] bool build(const ObjectArray<Population> &populations,
                           uint32_t thread, Error &error);

  /// The states of a thread's neurons, for the step `step` of all threads.
  void publish(const ObjectArray<Population> &populations, uint32_t thread,
               uint64_t step);
  /// The sums of a thread's neurons in a step.
  void couple(const ObjectArray<Population> &populations, uint32_t thread,
              uint64_t step) const;

  uint64_t numSynapses() const;

private:
  /// A state of a population in the precision of those who read it.
  struct Published {
    uint32_t population, field, element;
    uint64_t bytes;         // of a copy
    Buffer<char> copies[2]; // by the step's parity
  };
  /// The synapses of a projection onto the neurons of one thread.
  struct Rows {
    Range neurons = {0, 0};
    Buffer<uint64_t> begins; // by neuron, and the end
    Buffer<uint32_t> sources;
    Buffer<char> weights;
  };
  struct Item {
    uint32_t projection = 0;
    Connectivity connectivity;
    uint64_t expected = 0;         // synapses
    Buffer<uint32_t> published;    // what it reads
    Buffer<const void *> reads[2]; // where that is, by the step's parity
    ObjectArray<Rows> rows;        // by thread
  };

  const snn_coupling &couplingOf(const Item &item) const {
    return *model->projections[item.projection].coupling;
  }
  uint32_t targetOf(const Item &item) const {
    return model->projections[item.projection].target.population;
  }
  bool findPublished(Item &item);
  bool buildRows(const Item &item, const Population &target, Rows &rows,
                 Error &error);

  const snn_model *model = nullptr;
  QuantileShelf shelf;
  ObjectArray<Item> items;
  ObjectArray<Published> published;
  uint32_t numPublished = 0;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_COUPLINGS_H
