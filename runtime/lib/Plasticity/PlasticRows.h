//===- PlasticRows.h - Synapses that change ---------------------*- C++ -*-===//
//
// The synapses of a plastic projection onto the neurons of a thread: rows by
// source and delay, as delivery wants them, with the states of each synapse in
// arrays beside the targets. Where a rule acts on spikes of the target at once,
// a list of indices into the rows, by target, finds its synapses: 4 bytes each.
// The source of an index is found from the row of every 64th synapse; every 8th
// at least, where rows are shorter.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_PLASTICITY_PLASTICROWS_H
#define SNN_RUNTIME_PLASTICITY_PLASTICROWS_H

#include "runtime/lib/Connectivity/Synapses.h"

namespace snn::runtime {

/// How the delays of a projection are divided: what the axon takes of a
/// segment's, the dendrite has the rest.
struct DelaySplit {
  static constexpr uint32_t Differs = UINT32_MAX;
  uint32_t axonal = 1, dendritic = 0; // steps, or Differs: at most one does

  uint32_t axonalOf(uint32_t total) const {
    return axonal == Differs ? total - dendritic : axonal;
  }
  uint32_t dendriticOf(uint32_t total) const {
    return dendritic == Differs ? total - axonal : dendritic;
  }
};

class PlasticRows {
public:
  /// Of a synapse of a rule that rewires: which it was, and what sorting takes.
  static constexpr double RewiringBytes = 4 + 12 + 8;
  static constexpr unsigned MostBlockBits = 6, LeastBlockBits = 3;

  /// In the thread that owns `neurons` of the target population.
  [[nodiscard]] bool build(const snn_model &model, uint32_t projection,
                           Range neurons, DelaySplit split, bool reverse,
                           QuantileShelf &shelf, Error &error);
  /// All synapses as they were made.
  [[nodiscard]] bool reset(const snn_model &model, uint32_t projection,
                           QuantileShelf &shelf, Error &error);

  /// Gives other sources to the synapses of which a period has said so. False
  /// without memory.
  [[nodiscard]] bool rewire(const snn_model &model, uint32_t projection,
                            uint64_t stamp);
  /// By synapse, which it was at the beginning; null where none is rewired.
  const uint32_t *identity() const {
    return identities.empty() ? nullptr : identities.data();
  }

  /// Bytes beside those that a stored projection takes, by synapse and neuron.
  static double bytesOfSynapse(const snn_plasticity &rule, DelaySplit split,
                               bool reverse);

  uint64_t size() const { return table.size(); }
  uint64_t bytes() const;
  const Synapses &rows() const { return table; }
  void *const *states() const { return pointers.data(); }
  uint32_t *last() { return lastEvent.empty() ? nullptr : lastEvent.data(); }
  uint64_t numLast() const { return lastEvent.size(); }
  /// Axonal delays by synapse; null where they do not differ.
  const uint16_t *delays() const {
    return axonal.empty() ? nullptr : axonal.data();
  }

  struct List {
    const uint32_t *begin, *end;
  };
  /// The synapses onto an owned neuron, in ascending order.
  List listOf(uint64_t neuron) const {
    const uint32_t *at = targetBegins.data() + (neuron - firstNeuron);
    return {byTarget.data() + at[0], byTarget.data() + at[1]};
  }

  /// The row of a synapse.
  uint64_t rowOf(uint32_t synapse) const {
    const uint64_t *begins = table.rows.data();
    uint64_t row = blockRows.data()[synapse >> blockBits];
    // Rows are seldom so short that more than two begin before it in a block:
    // steps that are no branches cannot be foretold wrongly.
    row += begins[row + 1] <= synapse;
    row += begins[row + 1] <= synapse;
    return begins[row + 1] <= synapse ? searchRow(row, synapse) : row;
  }

  void fetchRowOf(uint32_t synapse) const {
    __builtin_prefetch(blockRows.data() + (synapse >> blockBits));
  }

private:
  [[gnu::noinline]] uint64_t searchRow(uint64_t low, uint32_t synapse) const;
  bool addStates(const snn_model &model, uint32_t projection,
                 QuantileShelf &shelf, Error &error);
  bool addReverse(Error &error);
  bool addBlocks(Error &error);
  void findBlocks();
  void listByTarget(Buffer<uint32_t> &begins, Buffer<uint32_t> &listed) const;
  bool sortRows(const Buffer<uint32_t> &sources, uint32_t element);
  bool addDelays(DelaySplit split, Error &error);
  static bool hasDelays(const snn_plasticity &rule, DelaySplit split,
                        bool reverse) {
    return reverse && split.axonal == DelaySplit::Differs &&
           rule.pre != SNN_NONE;
  }

  Synapses table;
  ObjectArray<Buffer<char>> extra; // states beside the weight
  Buffer<void *> pointers;         // to all states
  Buffer<uint32_t> lastEvent;
  Buffer<uint32_t> identities; // of rules that rewire
  Buffer<uint32_t> blockRows;
  unsigned blockBits = MostBlockBits;
  Buffer<uint32_t> targetBegins, byTarget;
  Buffer<uint16_t> axonal;
  Range owned;
  uint64_t firstNeuron = 0;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_PLASTICITY_PLASTICROWS_H
