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
// A row is a stream of words: a head with the delay (upper half) and the count
// of a segment, its synapses, the next head, and so on; a head of 0 ends it.
// Synapses are (sum, weight) in the lower and upper half of a word, or in two
// words where one is too small for some of the bundle.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_BUNDLE_H
#define SNN_RUNTIME_DELIVERY_BUNDLE_H

#include "runtime/lib/Connectivity/Connectivity.h"
#include "runtime/lib/Core/Arena.h"
#include "runtime/lib/Core/Population.h"
#include "runtime/lib/Core/Worker.h"
#include "runtime/lib/Delivery/Calendar.h"
#include "runtime/lib/Delivery/SpikeHistory.h"
#include "runtime/lib/Delivery/SumBounds.h"

namespace snn::runtime {

class Bundle {
public:
  /// Whether a projection is delivered by bundles. Those of constant weight
  /// and delay need no more than their targets, and rules that draw target by
  /// target cannot be asked for some sources.
  static bool takes(const snn_projection &projection);
  /// Whether two of them go together.
  static bool together(const snn_model &model, const snn_projection &a,
                       const snn_projection &b);

  /// Bytes that a synapse most likely takes.
  static constexpr uint64_t SynapseBytes = 4;

  [[nodiscard]] bool create(const snn_model &model, const uint32_t *projections,
                            uint64_t count, uint32_t threads, StairShelf &shelf,
                            Error &error);

  /// Rows onto a thread's neurons; each thread its own.
  bool build(const ObjectArray<Population> &populations, const Arena &arena,
             uint32_t thread, SumBounds &bounds, Error &error);

  uint32_t sourcePopulation() const { return source.population; }

  /// What arrives at the end of `step` at the neurons of a thread.
  void deliver(Worker &worker, uint64_t step, SpikeHistory &history);

  void clear();
  uint64_t numSynapses() const;
  uint64_t bytes() const;
  /// Its rows, in words for a table.
  const char *storage() const;

private:
  struct Part;
  using AdvanceFn = void (*)(Part &, Worker &, uint64_t arrival);
  struct alignas(64) Part {
    Buffer<uint64_t> rows; // first word of each source's row, and one more
    // The delay of each row's first segment, 0 without any: a spike under way
    // is entered in the calendar before memory has brought its row.
    Buffer<uint16_t> firstDelays;
    Buffer<uint32_t> words;
    Calendar<uint64_t> calendar; // of places in `words`
    Buffer<uint32_t> queue;      // synapses on their way to the sums
    void *sums = nullptr;        // of the window, of sumElement
    uint64_t synapses = 0;
    AdvanceFn advance = nullptr; // by this machine's widest vectors
    uint32_t wordsEach = 1;      // of a synapse
  };
  class Builder;

  uint64_t startCursors(Part &part, const Buffer<uint32_t> &spikes,
                        uint64_t emitted) const;
  struct Sums;
  Sums sumsOf(const ObjectArray<Population> &populations,
              uint32_t thread) const;
  bool buildPart(Part &part, const ObjectArray<Population> &populations,
                 uint32_t thread, const Sums &sums, Range window,
                 bool &needsTwoWords, Error &error);
  bool finishPart(Part &part, uint32_t longestDelay, Error &error);
  void addBounds(const Part &part, uint64_t *bounds) const;
  template <uint32_t WordsEach, typename Sum>
  static void advanceCursors(Part &part, Worker &worker, uint64_t arrival);
  template <uint32_t WordsEach, typename Sum>
  static void advanceBaseline(Part &part, Worker &worker, uint64_t arrival);
  template <uint32_t WordsEach, typename Sum>
  static void advanceAvx512(Part &part, Worker &worker, uint64_t arrival);
  template <uint32_t WordsEach, typename Sum>
  static AdvanceFn bestAdvance();

  const snn_model *model = nullptr;
  snn_slice source = {};
  uint32_t sumElement = SNN_I32; // of all its ports
  ObjectArray<Connectivity> members;
  ObjectArray<ObjectArray<Part>> parts; // by thread and window
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_BUNDLE_H
