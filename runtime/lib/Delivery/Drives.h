//===- Drives.h - Independent Poisson input ---------------------*- C++ -*-===//
//
// A drive gives every neuron of a slice its own Poisson train, without delay:
// in each step a drawn number of events times a weight, added to a port sum.
// The members of a Poisson source are drawn in the same way.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_DRIVES_H
#define SNN_RUNTIME_DELIVERY_DRIVES_H

#include "runtime/lib/Core/Arena.h"
#include "runtime/lib/Core/Grouping.h"
#include "runtime/lib/Core/Population.h"
#include "runtime/lib/Core/Worker.h"
#include "runtime/lib/Delivery/SumBounds.h"
#include "runtime/lib/Random/PoissonTable.h"

namespace snn::runtime {

/// A rate as a table of counts, made anew when the rate changes. One a thread.
class PoissonRate {
public:
  static constexpr const char *Impossible = "is negative or not a number";

  /// The table for the step that ends at `time` ms; false if the rate there is
  /// negative or no number.
  [[nodiscard]] bool update(snn_time_fn rate, bool constant, double time,
                            double step);
  const PoissonTable &table() const { return counts; }

private:
  PoissonTable counts;
  bool made = false;
};

/// What the counts of a drive are drawn with, and its weights.
ArsKey countKey(const snn_drive &drive, uint64_t stimulusSeed);
Key weightKey(const snn_drive &drive, uint64_t stimulusSeed);
/// A weight by the index of its neuron, in units of the grid; E0420.
bool drawWeight(const snn_drive &drive, Key key, uint64_t index, double &whole,
                Error &error);

class Drives {
public:
  [[nodiscard]] bool create(const snn_model &model, uint32_t threads,
                            Arena &arena);
  void bind(const Arena &bound) { arena = &bound; }

  /// What the drives can add to the sums of a thread in a step, once weights
  /// are drawn.
  bool addBounds(const ObjectArray<Population> &populations, uint32_t thread,
                 SumBounds &bounds, Error &error) const;

  /// The weights of a thread's neurons; each thread its own.
  bool drawWeights(const Partition &partition, uint32_t thread, Error &error);

  /// Rates at the end of `step`; sets `fault` where one cannot be.
  void beginStep(uint32_t thread, uint64_t step, RateFault &fault);

  bool drive(uint32_t population) const {
    return !byPopulation[population].empty();
  }

  /// Adds the events of `step` to the sums of neurons `range`.
  void add(const Population &population, uint32_t index, uint32_t thread,
           uint64_t step, Range range) const;

private:
  struct Drive {
    ArsKey key;
    bool constantWeight;
    int64_t weight;
    uint64_t weights; // offset in the arena, if not constant
  };
  bool isWide(const snn_drive &drive) const;
  template <typename Sum>
  void addTo(Sum *sums, const snn_drive &drive, const Drive &own,
             const PoissonTable &table, uint64_t step, Range indices) const;
  bool weightOf(const snn_drive &drive, Key key, uint64_t index,
                int64_t &weight, Error &error) const;

  const snn_model *model = nullptr;
  const Arena *arena = nullptr;
  Grouping byPopulation;
  Buffer<Drive> drives;
  ObjectArray<PoissonRate> rates; // by thread and drive
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_DRIVES_H
