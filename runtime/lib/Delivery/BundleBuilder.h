//===- BundleBuilder.h - The rows of a bundle -------------------*- C++ -*-===//
//
// Takes the rows of several projections, a block of sources at a time, and
// lays them down merged by delay.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_BUNDLEBUILDER_H
#define SNN_RUNTIME_DELIVERY_BUNDLEBUILDER_H

#include "runtime/lib/Connectivity/Connectivity.h"
#include "runtime/lib/Delivery/RowCursors.h"

namespace snn::runtime {

class BundleBuilder {
public:
  /// Bytes that all threads hold while rows of so many bytes are made.
  static uint64_t heldBytes(uint64_t bytes, uint64_t rows);

  BundleBuilder(Buffer<uint64_t> &rows, Buffer<uint32_t> &words, Error &error)
      : rows(rows), words(words), error(error) {}

  /// Begins anew, with synapses of so many words; with room for so many
  /// sources and synapses.
  bool start(uint32_t wordsOfSynapse, uint64_t sources, double expected);

  /// Rows of a projection from the sources of a block; `origin` is the sum of
  /// neuron 0 of its target population, modulo 2^64.
  bool collect(const Connectivity &connectivity, Range block, Range targets,
               uint64_t origin);
  /// Lays the rows of a block down.
  bool release(Range block);
  bool finish();

  /// Whether it failed because a weight does not fit half a word.
  bool needsTwoWords() const { return weightTooLarge; }
  uint64_t numSynapses() const { return synapses; }
  uint32_t longestDelay() const { return longest; }

private:
  struct HeldRow {
    uint32_t source;
    uint64_t synapse; // the first, in `held`
    uint64_t segment, endSegment;
    uint32_t taken; // synapses of the row, so far
  };
  bool take(const Row &row);
  bool merge(HeldRow *first, HeldRow *last);
  bool appendSegment(uint32_t delay);

  Buffer<uint64_t> &rows;
  Buffer<uint32_t> &words;
  Error &error;
  uint32_t wordsEach = 1;
  bool weightTooLarge = false;
  uint64_t synapses = 0;
  uint32_t longest = 1;

  // What is collected of a block.
  uint64_t origin = 0;
  int64_t commonWeight = 0;
  Buffer<uint32_t> held; // synapses in their final form
  Buffer<HeldRow> heldRows, sorted;
  Buffer<DelaySegment> segments;
  Buffer<uint64_t> begins;
  Buffer<uint32_t> gathered; // synapses of one delay
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_BUNDLEBUILDER_H
