//===- Connectivity.h - The edges of a projection ---------------*- C++ -*-===//
//
// A projection's description, checked and ready to generate its edges. They are
// a function of the description and the seed: any part of them can be generated
// by anyone at any time, in any division. Generating needs no synchronisation;
// nothing changes here after create().
//
// Edges come in rows: those of one source in one tile of targets, in the order
// of their delays. docs/decisions/network-is-a-function.md is the definition.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CONNECTIVITY_CONNECTIVITY_H
#define SNN_RUNTIME_CONNECTIVITY_CONNECTIVITY_H

#include "runtime/lib/Connectivity/EdgeValue.h"
#include "runtime/lib/Connectivity/Geometry.h"
#include "runtime/lib/Connectivity/KernelAxis.h"
#include "runtime/lib/Connectivity/Tiles.h"
#include "runtime/lib/Core/Failure.h"

namespace snn::runtime {

/// The exit code for models that cannot be (errors of rules and of draws).
constexpr int32_t ModelError = 1;

/// Edges [end of the segment before, end) of a row share a delay.
struct DelaySegment {
  uint32_t steps, end;
};

/// What a rule that draws rows decides before it draws targets.
struct RowCount {
  uint32_t source; // index in the source slice
  uint32_t tile;
  uint64_t count;  // edges
  uint64_t before; // slots of the sources before, where they have slots

  /// Of the counters of its edges.
  uint64_t name() const { return uint64_t{tile} << 32 | source; }
};

struct Row {
  uint32_t source; // index in the source slice
  uint32_t tile;
  uint32_t count;
  uint32_t numSegments;
  const uint32_t *targets;      // neurons of the target population
  const void *weights;          // of weight_element; null where all are equal
  const DelaySegment *segments; // delays ascend
  uint64_t before;              // as in RowCount
};

/// A rule that draws rows: then a row's number of edges is enough to make it
/// again.
struct DrawnRule;

/// The rule of a projection, if it draws rows; else null.
const DrawnRule *drawnRuleOf(const snn_projection &projection);

/// Whether autapses are possible and excluded.
bool excludesAutapses(const snn_projection &projection);

/// Whether each target draws its own sources, so that a tile is made at once
/// and not source by source.
bool drawsByTarget(const snn_projection &projection);

/// Takes a row; false stops. The row's memory is reused afterwards.
using RowConsumer = bool (*)(void *context, const Row &row);

class Connectivity {
public:
  static constexpr uint64_t MostEdges = uint64_t{1} << 48;
  static constexpr int64_t LongestDelay = 65535; // steps

  /// Fails with the reason if the description cannot be. The projection and the
  /// shelf must outlive this object. With the name of another state of the
  /// synapses, the weight of the description stands for its initial value.
  [[nodiscard]] bool create(const snn_projection &projection, double step,
                            uint64_t seed, QuantileShelf &shelf, Error &error,
                            const char *state = nullptr);

  const snn_projection &projection() const { return *definition; }
  uint64_t numSources() const { return definition->source.count; }
  uint64_t numTargets() const { return definition->target.count; }
  const Tiles &tiles() const { return targetTiles; }

  /// Expected number of edges; exact but for rules of probabilities. Where
  /// these are those of places, the mean over some of the sources counts.
  double expectedEdges() const { return expected; }

  /// A weight that all edges share, as a whole number of the grid or, for
  /// handlers, as a real number.
  bool hasConstantWeight() const { return weights.isConstant(); }
  int64_t constantWeight() const { return weights.constantWhole(); }
  double constantRealWeight() const { return weights.constantReal(); }

  /// A delay that all edges share.
  bool hasConstantDelay() const {
    return axonal.isConstant() && dendritic.isConstant();
  }
  uint32_t constantDelay() const {
    return static_cast<uint32_t>(axonal.constantWhole() +
                                 dendritic.constantWhole());
  }

  /// Every row with an edge from `sources` to `targets` (indices in the
  /// slices), cut to these targets; rows of one source in one tile once, in an
  /// order that depends on the rule. Sources are generated independently, and
  /// so are targets; except that a tile of which a part is wanted is generated
  /// whole. False if the consumer stopped or something failed; then `error` is
  /// set unless the consumer was it.
  [[nodiscard]] bool forEachRow(Range sources, Range targets,
                                RowConsumer consumer, void *context,
                                Error &error) const;

  /// SNN_CONVOLUTION: the number of entries of the kernel, and their weights.
  uint64_t kernelSize() const;
  [[nodiscard]] bool getKernel(Buffer<int32_t> &entries, Error &error) const;
  /// Whether an entry has synapses.
  bool hasEntry(uint64_t entry) const {
    return !weights.isData() || definition->plasticity ||
           definition->weight.data[entry] != 0;
  }

  const DrawnRule *drawnRule() const { return drawnRuleOf(*definition); }

  //===- For the rules ----------------------------------------------------===//

  /// What weights are called in messages.
  const char *nameOfWeights() const { return state ? state : "weight"; }

  bool allows(snn_rule_flags flag) const { return definition->flags & flag; }

  /// The target that is the same neuron as a source, where autapses are
  /// excluded; else NoSelf. And the other way round.
  static constexpr uint64_t NoSelf = UINT64_MAX;
  uint64_t selfTarget(uint64_t source) const {
    return excludesSelf
               ? sameNeuron(definition->source, source, definition->target)
               : NoSelf;
  }
  uint64_t selfSource(uint64_t target) const {
    return excludesSelf
               ? sameNeuron(definition->target, target, definition->source)
               : NoSelf;
  }
  /// How many of these sources have a selfTarget.
  uint64_t countSelfTargets(Range sources) const;
  bool hasSelfs() const { return excludesSelf; }

  ArsKey countKey, targetKey, sourceKey;
  EdgeValue weights, axonal, dendritic;
  Geometry geometry; // where the projection has one
  // SNN_LIST: edges of source s are listOrder[listBegin[s] .. listBegin[s+1]).
  Buffer<uint64_t> listBegin, listOrder;
  KernelAxis kernelAxes[2]; // SNN_CONVOLUTION: height, width

private:
  static uint64_t sameNeuron(const snn_slice &from, uint64_t index,
                             const snn_slice &to);
  bool checkSlices(Error &error) const;
  bool checkRule(Error &error);
  bool checkOptions(uint64_t options, const char *what, Error &error) const;
  bool createValue(EdgeValue &value, const snn_value &description, Key key,
                   const char *what, double unit, int64_t least, int64_t most,
                   QuantileShelf &shelf, Error &error);
  bool createValues(uint64_t declaration, double step, QuantileShelf &shelf,
                    Error &error);
  bool createList(Error &error);
  bool createGeometry(Error &error);
  bool checkConvolution(Error &error) const;
  bool createAxes(Error &error);
  bool countConvolution(Error &error);

  const snn_projection *definition = nullptr;
  const char *state = nullptr;
  Tiles targetTiles;
  bool excludesSelf = false;
  double expected = 0;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONNECTIVITY_CONNECTIVITY_H
