//===- Bundle.h - Projections that share their rows -------------*- C++ -*-===//
//
// Projections from one slice whose ports only add, to whatever populations:
// each source has one row for all of them and each thread, sorted by delay.
// So a spike is one cursor instead of one for each projection, and a segment
// is long enough to be worth fetching. Sums of a thread lie together, which
// leaves 16 bits to say which; a weight that fits as many shares the word. A
// thread that has more sums than that divides them into windows, each with rows
// of its own.
//
// Rows are stored, or, where the network was made so, generated when a source
// spikes; RowCursors.h tells how they are laid out and delivered.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_BUNDLE_H
#define SNN_RUNTIME_DELIVERY_BUNDLE_H

#include "runtime/lib/Core/Arena.h"
#include "runtime/lib/Core/Population.h"
#include "runtime/lib/Delivery/GeneratedRows.h"
#include "runtime/lib/Delivery/SpikeHistory.h"
#include "runtime/lib/Delivery/StoredRows.h"
#include "runtime/lib/Delivery/SumBounds.h"
#include "runtime/lib/Delivery/TargetRows.h"

namespace snn::runtime {

class Bundle {
public:
  /// What is kept of the rows.
  enum class Kind {
    None,      // no bundle takes such projections
    Targets,   // targets; weight and delay are those of all
    Stored,    // targets, weights and delays
    Generated, // how many there are; they are made when a source spikes
  };
  /// How a projection is taken: generated if that is wished and can be. Rules
  /// that draw target by target cannot be asked for some sources.
  static Kind kindOf(const snn_projection &projection, bool generated);
  /// Whether two of a kind go together.
  static bool together(const snn_model &model, Kind kind,
                       const snn_projection &a, const snn_projection &b);

  /// Bytes of a synapse, by whether all weights are short.
  static constexpr uint64_t synapseBytes(bool shortWeights) {
    return shortWeights ? 4 : 8;
  }

  [[nodiscard]] bool create(const snn_model &model, const uint32_t *projections,
                            uint64_t count, Kind kind, uint32_t threads,
                            QuantileShelf &shelf, Error &error);

  /// Rows onto a thread's neurons; each thread its own.
  bool build(const ObjectArray<Population> &populations, const Arena &arena,
             uint32_t thread, SumBounds &bounds, Error &error);

  uint32_t sourcePopulation() const { return source.population; }
  /// Steps for which the spikes of its sources are looked up.
  uint32_t lookBack() const {
    return kind == Kind::Targets ? members[0].constantDelay() : 1;
  }

  /// What arrives at the end of `step` at the neurons of a thread.
  void deliver(Worker &worker, uint64_t step, SpikeHistory &history);

  /// Fetches what deliver() will make rows of: where it is told, then that.
  void fetchBegins(const Worker &worker, uint64_t step,
                   SpikeHistory &history) const;
  void fetchRecipes(const Worker &worker, uint64_t step,
                    SpikeHistory &history) const;

  /// Fetches rows with which the step after `step` begins, once a thread has
  /// emitted its own spikes of it.
  void fetchNext(const Worker &worker, uint64_t step, SpikeHistory &history);

  void clear();
  uint64_t numSynapses() const;
  uint64_t bytes() const;
  /// Its rows, in words for a table.
  const char *storage() const;

private:
  struct alignas(64) Part {
    // One of these, by kind.
    TargetRows targets;
    StoredRows stored;
    GeneratedRows generated;
    RowCursors cursors;
    void *sums = nullptr; // of the window, of sumElement
    uint64_t synapses = 0;
    uint32_t wordsEach = 1; // of a synapse
  };

  template <typename Fetch>
  void fetchGenerated(const Worker &worker, uint64_t step,
                      SpikeHistory &history, Fetch fetch) const;
  bool startCursors(Part &part, const Buffer<uint32_t> &spikes,
                    uint64_t emitted) const;
  template <typename Sum>
  void deliverTargets(Part &part, Worker &worker,
                      const Buffer<uint32_t> &spikes) const;
  struct Sums;
  Sums sumsOf(const ObjectArray<Population> &populations,
              uint32_t thread) const;
  bool fitOneWord() const;
  bool buildPart(Part &part, const ObjectArray<Population> &populations,
                 uint32_t thread, const Sums &sums, Range window,
                 uint64_t *bounds, bool &needsTwoWords, Error &error);
  void addBounds(const Part &part, uint64_t *bounds) const;

  const snn_model *model = nullptr;
  snn_slice source = {};
  uint32_t sumElement = SNN_I32; // of all its ports
  Kind kind = Kind::Stored;
  ObjectArray<Connectivity> members;
  ObjectArray<ObjectArray<Part>> parts; // by thread and window
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_BUNDLE_H
