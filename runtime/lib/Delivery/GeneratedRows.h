//===- GeneratedRows.h - Rows that are made when they are needed -*- C++
//-*-===//
//
// Of a bundle's rows onto a thread's sums only this is kept: how many edges a
// source has, by projection, tile and delay. Targets and weights are functions
// of an edge's position in its row, so the row of a spike is made when the
// spike is emitted, laid out as RowCursors.h tells, and forgotten when its last
// segment has arrived. The synapses are those that would have been stored.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_GENERATEDROWS_H
#define SNN_RUNTIME_DELIVERY_GENERATEDROWS_H

#include "runtime/lib/Connectivity/RowMaker.h"
#include "runtime/lib/Connectivity/SynapseWords.h"
#include "runtime/lib/Delivery/RowCursors.h"
#include "runtime/lib/Delivery/RowRing.h"
#include "runtime/lib/Delivery/RowShares.h"

namespace snn::runtime {

class GeneratedRows {
public:
  GeneratedRows() : maker(takeRow, this, error) {}

  /// Rows from so many sources, with synapses of one or two words.
  void create(uint32_t wordsOfSynapse, uint64_t numSources);
  /// A projection's rows onto `targets` (indices in its slice); `origin` is the
  /// sum of neuron 0 of its target population, modulo 2^64. It must
  /// outlive this object.
  [[nodiscard]] bool add(const Connectivity &connectivity, Range targets,
                         uint64_t origin);
  /// Counts all rows. Adds the size of each weight times `spikes` to `bounds`,
  /// by sum, unless that is null.
  [[nodiscard]] bool count(uint64_t *bounds, uint64_t spikes, Error &failure);

  uint64_t numSynapses() const { return synapses; }
  uint32_t longestDelay() const { return longest; }
  uint64_t bytes() const;

  /// Asks for what start() will read: where the recipe begins, and then that.
  void fetchBegin(uint64_t source) const {
    __builtin_prefetch(begins.data() + source);
  }
  void fetchRecipe(uint64_t source) const {
    const uint8_t *end = recipes.data() + begins[source + 1];
    for (const uint8_t *at = recipes.data() + begins[source]; at < end;
         at += CacheLine)
      __builtin_prefetch(at);
  }
  /// A spike of a source; false without memory.
  bool start(RowCursors &cursors, uint64_t source, uint64_t emitted);

  void clear() {
    early.clear();
    late.clear();
  }

private:
  static constexpr uint64_t CacheLine = 64;

  /// The tile of a projection, of which all or some targets are wanted.
  struct Patch {
    const Connectivity *connectivity;
    uint32_t tile;
    Range wanted;
    uint64_t origin;
    bool isFast;  // made by `fast`
    bool isWhole; // all its targets are wanted
    SynapseWords fast;

    /// Of synapses of one word, those whose target is wanted. A tile has fewer
    /// targets than 16 bits can tell apart.
    struct Wanted {
      uint32_t least, size; // of their sums
      bool has(uint32_t synapse) const {
        return ((synapse - least) & 0xffff) < size;
      }
    };
    Wanted wantedSynapses() const {
      return {static_cast<uint32_t>(connectivity->projection().target.first +
                                    wanted.begin + origin),
              static_cast<uint32_t>(wanted.size())};
    }
  };
  static bool countRow(void *self, const Row &row);
  static bool countFast(void *self, const RowCount &row);
  bool hold(const Row &row);
  void addWords(const Patch &patch, uint64_t count);
  static bool takeRow(void *self, const Row &row);
  bool addSynapses(const Row &row);
  bool append(uint32_t number);
  bool appendHalves(const DelaySegment *begin, const DelaySegment *end);
  bool encode(const Row &row);
  bool countBlock(Range block);
  bool decodeCounts(const uint8_t *&at, uint32_t header, uint32_t &numDelays,
                    uint32_t &sum);
  bool makeFast(const Patch &patch, const RowCount &row, uint32_t firstDelay,
                uint32_t numDelays);
  bool makeShare(const Patch &patch, uint32_t source, const uint8_t *&recipe);
  void cut(const Patch &patch, uint32_t *out, uint64_t firstCount);
  bool startPart(RowCursors &cursors, RowRing &ring, uint64_t emitted,
                 uint32_t from, uint32_t to);

  Buffer<Patch> patches;
  uint32_t wordsEach = 1;
  uint64_t sources = 0;
  uint64_t synapses = 0;
  uint32_t longest = 1;

  // For each source, patch by patch; encode() tells what.
  Buffer<uint64_t> begins;
  Buffer<uint8_t> recipes;

  // While rows are counted.
  struct HeldRecipe {
    uint32_t source, patch;
    uint64_t begin, end; // in `held`
  };
  const Patch *counted = nullptr; // the first of the projection at work
  Buffer<uint8_t> held;
  Buffer<HeldRecipe> heldRecipes;
  Buffer<uint32_t> places; // in heldRecipes from 1 on, by source and patch
  uint64_t *bounds = nullptr;
  uint64_t spikesEach = 1;

  // While a row is made.
  Error error = {};
  RowMaker maker;
  const Patch *served = nullptr;
  Buffer<DelaySegment> delays;
  Buffer<uint32_t> whole; // synapses before they are cut
  RowShares shares;
  // Where the first and the second half of a row's delays lie: few of its
  // synapses wait for the last.
  RowRing early, late;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_GENERATEDROWS_H
