//===- RowMaker.h - From targets to finished rows ---------------*- C++ -*-===//
//
// A rule says which targets a row has; delays and weights, their order and the
// cut to the wanted targets are the same for all rules and done here. Holds
// the work space of one pass of one thread.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CONNECTIVITY_ROWMAKER_H
#define SNN_RUNTIME_CONNECTIVITY_ROWMAKER_H

#include "runtime/lib/Connectivity/Connectivity.h"

namespace snn::runtime {

class RowMaker {
public:
  RowMaker(RowConsumer consumer, void *context, Error &error)
      : consumer(consumer), context(context), error(error) {}

  /// Of whom rows are made, and which of their targets are kept.
  void serve(const Connectivity &connectivity, Range targets) {
    network = &connectivity;
    wantedTargets = targets;
  }
  const Connectivity &connectivity() const { return *network; }
  Range wanted() const { return wantedTargets; }

  /// Room for the targets of a row (indices in the slice), to be written by the
  /// rule before it finishes the row. Null, with the error set, without memory.
  [[nodiscard]] uint32_t *targetsOfRow(uint64_t count);
  /// Likewise for the numbers of the edges of a row.
  [[nodiscard]] uint64_t *edgesOfRow(uint64_t count);
  /// Likewise for other numbers of a rule, kept over rows.
  [[nodiscard]] uint32_t *workWords(uint64_t count);

  /// A row whose edges are exchangeable: it draws a multiset of delays, and
  /// targets and weights by position in the sorted row. Counters are
  /// (source, tile, position).
  [[nodiscard]] bool finishDrawn(const RowCount &row);

  /// Only the delays of such a row, which delays() has until the next row.
  [[nodiscard]] bool drawDelays(const RowCount &row);
  const Buffer<DelaySegment> &delays() const { return segments; }

  /// The same for a row whose delays are known.
  [[nodiscard]] bool finishCounted(const RowCount &row,
                                   const DelaySegment *delays,
                                   uint64_t numDelays);

  /// A row of edges with numbers of their own, by which they draw; sorted by
  /// delay, and by number where that is equal. Numbers are edgesOfRow().
  [[nodiscard]] bool finishListed(uint32_t source, uint32_t tile,
                                  uint64_t count);

  /// Weights of the edges 0 .. count - 1, which do not share one, as whole
  /// numbers of 32 bits; null, with the error set, if one cannot be.
  [[nodiscard]] const int32_t *weightsOfEdges(uint64_t count);

  bool outOfMemory();
  /// Reports a probability that is none, at a distance; false.
  bool failProbability(double probability, double distance);

private:
  /// Where the edges of a row draw: consecutive items of one name, or numbers.
  struct Places {
    bool listed;
    uint64_t name;
    const uint64_t *edges;
    const uint32_t *positions = nullptr; // in the whole row, if it was cut
    uint32_t source = 0;                 // of listed edges

    uint64_t position(uint64_t j) const { return positions ? positions[j] : j; }
    uint64_t edge(uint64_t j) const { return edges[position(j)]; }
    EdgePlace operator[](uint64_t j) const {
      return listed ? EdgePlace{static_cast<uint32_t>(edge(j)), edge(j) >> 32}
                    : EdgePlace{static_cast<uint32_t>(position(j)), name};
    }
  };

  [[nodiscard]] bool makeWords(const EdgeValue &value, const Places &places,
                               uint64_t count, uint64_t kept);
  [[nodiscard]] bool makeSteps(const Places &places, uint64_t count);
  [[nodiscard]] bool makeSegments(uint64_t count);
  [[nodiscard]] bool sortByDelay(uint64_t count);
  [[nodiscard]] bool makeWeights(Places places, uint64_t count, uint64_t kept);
  template <typename T>
  [[nodiscard]] bool makeWhole(const EdgeValue &value, const char *what,
                               const Places &places, uint64_t count, T *out);
  double valueOfPlace(const EdgeValue &value, const Places &places,
                      uint64_t j) const;
  template <typename T>
  [[nodiscard]] bool makeReal(const EdgeValue &value, const Places &places,
                              uint64_t count, T *out);
  [[nodiscard]] bool cut(uint64_t &count);
  [[nodiscard]] bool finish(const RowCount &row, const Places &places);
  bool report(EdgeFault fault, const char *what);

  const Connectivity *network = nullptr;
  Range wantedTargets;
  RowConsumer consumer;
  void *context;
  Error &error;

  Buffer<uint32_t> targets, words, unknown, work, steps, histogram;
  Buffer<uint64_t> edges, sortedEdges;
  Buffer<uint32_t> sortedTargets;
  Buffer<uint32_t> positions; // in the whole row; empty where nothing is cut
  Buffer<char> weights;
  Buffer<DelaySegment> segments;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONNECTIVITY_ROWMAKER_H
