//===- DenseProjection.h - Synapses as a matrix -----------------*- C++ -*-===//
//
// A projection of many pairs, one delay and a port that only adds, as a matrix
// of bits or of weights for each thread: where that takes no more memory than
// rows that name their targets. All spikes that arrive in a step are delivered
// at once.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_DENSEPROJECTION_H
#define SNN_RUNTIME_DELIVERY_DENSEPROJECTION_H

#include "runtime/lib/Connectivity/Connectivity.h"
#include "runtime/lib/Core/Population.h"
#include "runtime/lib/Core/Worker.h"
#include "runtime/lib/Delivery/BitMatrix.h"
#include "runtime/lib/Delivery/SpikeHistory.h"
#include "runtime/lib/Delivery/SumBounds.h"
#include "runtime/lib/Delivery/WeightMatrix.h"

namespace snn::runtime {

class DenseProjection {
public:
  enum class Kind { None, Bits, Weights };

  /// How a projection is kept if it is stored; None: by rows.
  static Kind kindOf(const snn_model &model, const snn_projection &projection);
  /// What it will take, of so many synapses.
  static uint64_t expectedBytes(const snn_projection &projection, Kind kind,
                                uint32_t threads, double synapses);
  /// What building it takes beside that.
  static uint64_t temporaryBytes(const snn_projection &projection, Kind kind,
                                 double synapses);

  [[nodiscard]] bool create(const snn_model &model, uint32_t projection,
                            uint32_t threads, QuantileShelf &shelf,
                            Error &error);

  /// Synapses onto a thread's neurons; each thread its own.
  [[nodiscard]] bool build(const Population &target, uint32_t thread,
                           SumBounds &bounds, Error &error);

  uint32_t number() const { return projection; }
  uint32_t sourcePopulation() const { return source.population; }
  /// Steps for which the spikes of its sources are looked up.
  uint32_t lookBack() const { return connectivity.constantDelay(); }

  /// What arrives at the end of `step` at the neurons of a thread.
  void deliver(Worker &worker, uint64_t step, SpikeHistory &history,
               const Population &target);

  uint64_t numSynapses() const;
  uint64_t bytes() const;
  /// The matrix, in words for a table.
  const char *storage() const;

private:
  /// Of a thread.
  struct alignas(64) Part {
    BitMatrix bits;
    WeightMatrix weights;
    Buffer<uint32_t> counts; // edges of each source
    uint64_t synapses = 0;
    uint64_t firstTarget = 0; // neuron of the first column
    Buffer<uint32_t> spikes;  // sources that arrive, one after the other
  };
  static uint64_t rowBytes(Kind kind, uint64_t columns);
  struct Building;
  static bool takeRow(void *building, const Row &row);
  bool fill(Part &part, Range targets, uint64_t columns, bool isShort,
            uint64_t *bounds, bool &isTooSmall, Error &error) const;

  const snn_model *model = nullptr;
  uint32_t projection = 0;
  snn_slice source = {};
  Kind kind = Kind::None;
  Connectivity connectivity;
  ObjectArray<Part> parts;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_DENSEPROJECTION_H
