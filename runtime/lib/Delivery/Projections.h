//===- Projections.h - Spikes to synapses to sums ---------------*- C++ -*-===//
//
// Each thread delivers every spike to its own neurons, at the step in which it
// arrives. Where all delays of a projection are alike, the spikes of that long
// ago are looked up in the history; where they differ, each spike is a cursor
// in the calendar. Handlers that do more than add see the spikes of a step in
// the order (projection, source, step of emission, place in the row). Those
// that only add can go together: see Bundle.h. Those that change are elsewhere:
// see Plasticity.h.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_PROJECTIONS_H
#define SNN_RUNTIME_DELIVERY_PROJECTIONS_H

#include "runtime/lib/Connectivity/Synapses.h"
#include "runtime/lib/Core/Population.h"
#include "runtime/lib/Core/Worker.h"
#include "runtime/lib/Delivery/Bundle.h"
#include "runtime/lib/Delivery/Calendar.h"
#include "runtime/lib/Delivery/DenseProjection.h"
#include "runtime/lib/Delivery/RowRecipe.h"
#include "runtime/lib/Delivery/SpikeHistory.h"
#include "runtime/lib/Delivery/ToeplitzProjection.h"

namespace snn::runtime {

class LargestProjections;

class Projections {
public:
  /// Where `sparing`, what may be stored or generated is generated.
  [[nodiscard]] bool create(const snn_model &model, uint32_t threads,
                            bool sparing, Error &error);

  /// Adds what synapses will take, and what each projection does; `temporary`
  /// is for building them.
  bool estimate(snn_memory &memory, LargestProjections &largest,
                uint64_t &temporary, Error &error) const;

  /// The synapses onto a thread's neurons; each thread its own.
  bool build(const ObjectArray<Population> &populations, const Arena &arena,
             uint32_t thread, SumBounds &bounds, Error &error);

  /// The longest constant delay from a population; once all have built.
  uint32_t longestLookBack(uint32_t population) const;

  /// What arrives at the end of `step` at the neurons of a thread.
  void deliver(Worker &worker, uint64_t step,
               ObjectArray<SpikeHistory> &histories,
               const ObjectArray<Population> &populations);

  /// Fetches the synapses with which the step after `step` begins, once a
  /// thread has emitted its own spikes of it.
  void fetchNext(const Worker &worker, uint64_t step,
                 ObjectArray<SpikeHistory> &histories);

  void clear();
  uint64_t numSynapses() const;
  uint64_t bytes() const;

  /// Bundles, then matrices, kernels, and projections on their own: what is
  /// delivered together.
  uint32_t numItems() const {
    return static_cast<uint32_t>(bundles.size() + matrices.size() +
                                 kernels.size() + singles.size());
  }
  struct Item {
    const uint32_t *projections;
    uint64_t count;
    const char *storage; // in words
    uint64_t synapses, bytes;
  };
  Item item(uint32_t number) const;

private:
  /// Where a spike stands in its row.
  struct Cursor {
    uint64_t synapse; // the first of the segment
    uint64_t segment;
    uint64_t end; // of the row's segments
  };
  /// A projection onto the neurons of a thread.
  struct alignas(64) Part {
    Synapses synapses;
    Calendar<Cursor> calendar; // if delays differ
  };
  struct Delivery; // one call of deliver() for one projection
  static int compareCursors(const void *left, const void *right);

  struct Members {
    const uint32_t *first;
    uint64_t count;
  };
  Members members(uint32_t item) const;
  bool isGenerated(uint32_t projection) const;
  Bundle::Kind kindOf(uint32_t projection) const;
  DenseProjection::Kind denseKindOf(uint32_t projection) const;
  bool isKernel(uint32_t projection) const;
  bool classify(Error &error);
  bool estimateRecipes(uint32_t projection, RecipeEstimate &out,
                       Error &error) const;
  bool createBundles(Error &error);
  void reachTargets(uint32_t item, Worker &worker) const;
  void deliverSingle(uint64_t single, Worker &worker, uint64_t step,
                     ObjectArray<SpikeHistory> &histories,
                     const ObjectArray<Population> &populations);
  void addBounds(uint32_t projection, const Synapses &synapses,
                 const Population &target, uint32_t thread,
                 SumBounds &bounds) const;
  Part &part(uint64_t i, uint32_t thread) {
    return parts[i * threads + thread];
  }

  const snn_model *model = nullptr;
  uint32_t threads = 1;
  bool sparing = false;
  mutable QuantileShelf shelf;   // estimates fill it as well
  Buffer<uint32_t> bundled;      // projections, bundle by bundle
  Buffer<uint64_t> bundleBegins; // in `bundled`, and one more
  Buffer<uint32_t> dense;        // projections that are matrices, in order
  Buffer<uint32_t> toeplitz;     // projections that are kernels, in order
  Buffer<uint32_t> singles;      // the other projections, in order
  ObjectArray<Bundle> bundles;
  ObjectArray<DenseProjection> matrices;
  ObjectArray<ToeplitzProjection> kernels;
  ObjectArray<Part> parts; // of singles, by thread
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_PROJECTIONS_H
