//===- RestSearch.h - Where neurons rest ------------------------*- C++ -*-===//
//
// The state to which a neuron comes without input, found by the kernels that
// advance it: so it is theirs to the last bit, whatever the equations are.
//
// From the state that the model declares, steps are done in numbers that
// double. A neuron has come to rest in x(n) if it did not fire in steps n/2 + 1
// to n, and no state differs by more than an eighth of its tolerance from what
// it was in x(n/2). What others do at the same time does not matter.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CORE_RESTSEARCH_H
#define SNN_RUNTIME_CORE_RESTSEARCH_H

#include "runtime/lib/Core/Population.h"

namespace snn::runtime {

/// Whether the neurons of a population are put to rest.
inline bool hasRests(const snn_population &population) {
  return population.num_rests != 0;
}
/// Whether they all rest in the same state, which lies in the constants.
inline bool restsAreUniform(const snn_population &population) {
  return hasRests(population) && population.rests[0].field == SNN_NONE;
}

/// Works on copies: the population's states stay as they are.
class RestSearch {
public:
  explicit RestSearch(const Population &population)
      : population(population), model(population.model()) {}

  /// `inputs` are the uniform ones, which stay.
  bool findUniform(const void *inputs, double step, Error &error);
  /// For all neurons of a thread.
  bool findOwn(uint32_t thread, const void *inputs, double step, Error &error);

private:
  static constexpr uint64_t Tile = 128;
  static constexpr uint64_t FirstSteps = 512, LastSteps = uint64_t{1} << 20;
  struct alignas(64) Line {
    char bytes[64];
  };

  [[nodiscard]] bool allocate();
  void begin(uint32_t thread, Range range, double step);
  void advance(const void *inputs, uint64_t steps);
  double state(uint32_t rest, uint64_t lane) const;
  /// Takes the states of those neurons that have come to rest; true if none is
  /// left.
  bool settle();
  /// A state that is not where it was, or none.
  const snn_rest *findMoving(uint64_t lane) const;
  bool hasFired(uint64_t lane) const {
    return fired[lane / SNN_LANES] >> lane % SNN_LANES & 1;
  }
  /// In `found`, for the neurons of a range of at most a tile.
  bool search(uint32_t thread, Range range, const void *inputs, double step,
              Error &error);
  bool reportUnsettled(uint64_t first, double step, Error &error) const;

  const Population &population;
  const snn_population &model;
  ObjectArray<Line> fieldLines, constantLines;
  Buffer<void *> fields;
  uint64_t size = 0;                     // of the tile
  uint16_t fired[Tile / SNN_LANES] = {}; // since the states were kept
  bool settled[Tile] = {};
  Buffer<double> kept, found; // by rest and lane
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CORE_RESTSEARCH_H
