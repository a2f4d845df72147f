//===- DenseProjection.cpp - Synapses as a matrix -------------------------===//
//
// Edges may come in any order: so rules that draw target by target fill a
// matrix as well.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/DenseProjection.h"

#include "runtime/lib/Core/Slice.h"
#include "runtime/lib/Delivery/ArrivedRows.h"
#include "runtime/lib/Math/Math.h"

using namespace snn::runtime;

// Bytes of a target in a row of targets, and in one of weights as well.
static constexpr double TargetBytes = 2, WordBytes = 4;

/// Expected edges of a pair of neurons; 0 where they are not known beforehand.
static double expectedOfPair(const snn_projection &projection) {
  auto sources = static_cast<double>(projection.source.count);
  auto targets = static_cast<double>(projection.target.count);
  auto edges = static_cast<double>(projection.count);
  if (sources == 0 || targets == 0)
    return 0;
  switch (projection.rule) {
  case SNN_ALL_TO_ALL:
    return 1;
  case SNN_PROBABILITY:
    return projection.number;
  case SNN_INDEGREE:
    return edges / sources;
  case SNN_OUTDEGREE:
    return edges / targets;
  case SNN_TOTAL:
  case SNN_LIST:
    return edges / sources / targets;
  default:
    return 0;
  }
}

/// Neurons from the first target of a slice to the last: those that it leaves
/// out have their places.
static uint64_t spanOf(const snn_slice &slice) {
  return slice.count ? (slice.count - 1) * slice.stride + 1 : 0;
}

uint64_t DenseProjection::rowBytes(Kind kind, uint64_t columns) {
  return kind == Kind::Bits
             ? BitMatrix::rowBytes(columns)
             : WeightMatrix::paddedTargets(columns) * sizeof(int16_t);
}

DenseProjection::Kind
DenseProjection::kindOf(const snn_model &model,
                        const snn_projection &projection) {
  if (projection.sum_field == SNN_NONE || projection.plasticity ||
      projection.storage == SNN_ROWS || projection.weight_element != SNN_I32 ||
      model.populations[projection.target.population]
              .fields[projection.sum_field]
              .element != SNN_I32 ||
      projection.axonal_delay.kind != SNN_CONSTANT ||
      projection.dendritic_delay.kind != SNN_CONSTANT)
    return Kind::None;
  bool isConstant = projection.weight.kind == SNN_CONSTANT;
  Kind kind = isConstant ? Kind::Bits : Kind::Weights;
  double edges =
      expectedOfPair(projection) * static_cast<double>(projection.target.count);
  auto row = static_cast<double>(rowBytes(kind, spanOf(projection.target)));
  return row <= edges * (isConstant ? TargetBytes : WordBytes) ? kind
                                                               : Kind::None;
}

/// Edges that are not the first between two neurons, of a matrix of bits: of a
/// number of mean m, m - (1 - exp(-m)) are not.
static double expectedExtras(const snn_projection &projection,
                             DenseProjection::Kind kind, double synapses) {
  double mean = expectedOfPair(projection);
  bool hasExtras = kind == DenseProjection::Kind::Bits && mean > 0 &&
                   projection.flags & SNN_MULTAPSES;
  return hasExtras ? synapses * (1 - (1 - snn_exp(-mean)) / mean) : 0;
}

uint64_t DenseProjection::expectedBytes(const snn_projection &projection,
                                        Kind kind, uint32_t threads,
                                        double synapses) {
  uint64_t columns = (spanOf(projection.target) + threads - 1) / threads;
  uint64_t row = rowBytes(kind, columns);
  auto bytes = static_cast<double>(projection.source.count) * threads *
               static_cast<double>(row + sizeof(uint32_t));
  double extras = expectedExtras(projection, kind, synapses);
  if (extras > 0)
    bytes += BitMatrix::ExtraBytes * extras +
             8 * static_cast<double>(projection.source.count) * threads;
  return bytes < 0x1p62 ? static_cast<uint64_t>(bytes) : uint64_t{1} << 62;
}

uint64_t DenseProjection::temporaryBytes(const snn_projection &projection,
                                         Kind kind, double synapses) {
  return static_cast<uint64_t>(BitMatrix::TemporaryBytes *
                               expectedExtras(projection, kind, synapses));
}

bool DenseProjection::create(const snn_model &definition, uint32_t number,
                             uint32_t threads, QuantileShelf &shelf,
                             Error &error) {
  model = &definition;
  projection = number;
  const snn_projection &description = model->projections[number];
  source = description.source;
  kind = kindOf(*model, description);
  return (parts.create(threads) || outOfMemory(error, "the synapses")) &&
         connectivity.create(description, model->step, model->seeds.network,
                             shelf, error);
}

struct DenseProjection::Building {
  const DenseProjection &self;
  Part &part;
  uint64_t *bounds; // of the first column; null if there are none
  uint64_t spikes;  // of a source in a step, at most
  bool isTooSmall = false;
};

bool DenseProjection::takeRow(void *context, const Row &row) {
  auto &building = *static_cast<Building *>(context);
  Part &part = building.part;
  auto *weights = static_cast<const int32_t *>(row.weights);
  int64_t common = weights ? 0 : building.self.connectivity.constantWeight();
  part.counts[row.source] += row.count;
  part.synapses += row.count;
  for (uint32_t i = 0; i < row.count; ++i) {
    auto column = static_cast<uint32_t>(row.targets[i] - part.firstTarget);
    int64_t weight = weights ? weights[i] : common;
    if (building.bounds)
      building.bounds[column] +=
          static_cast<uint64_t>(weight < 0 ? -weight : weight) *
          building.spikes;
    if (building.self.kind == Kind::Bits) {
      if (!part.bits.add(row.source, column))
        return false;
    } else if (!part.weights.add(row.source, column,
                                 static_cast<int32_t>(weight))) {
      building.isTooSmall = true;
      return false;
    }
  }
  return true;
}

bool DenseProjection::build(const Population &target, uint32_t thread,
                            SumBounds &bounds, Error &error) {
  Part &part = parts[thread];
  const snn_slice &slice = connectivity.projection().target;
  Range targets = sliceIndices(slice, target.range(thread));
  if (targets.empty())
    return true;
  part.firstTarget = sliceNeuron(slice, targets.begin);
  uint64_t columns = sliceNeuron(slice, targets.end - 1) - part.firstTarget + 1;
  uint32_t field = connectivity.projection().sum_field;
  uint64_t *first = bounds.from(target.sumOffset(thread, field), SNN_I32) +
                    (part.firstTarget - target.range(thread).begin);
  // Of given weights nothing is known before they are seen.
  bool isShort = connectivity.weights.isData() ||
                 connectivity.weights.isWithin(INT16_MIN, INT16_MAX);
  Buffer<uint64_t> before; // bounds, should weights turn out not to be short
  if (!before.append(first, columns))
    return outOfMemory(error, "the synapses");
  bool isTooSmall = false;
  if (fill(part, targets, columns, isShort, first, isTooSmall, error))
    return true;
  if (!isTooSmall)
    return false;
  memcpy(first, before.data(), columns * sizeof(uint64_t));
  return fill(part, targets, columns, /*isShort=*/false, first, isTooSmall,
              error);
}

bool DenseProjection::fill(Part &part, Range targets, uint64_t columns,
                           bool isShort, uint64_t *bounds, bool &isTooSmall,
                           Error &error) const {
  part.counts.clear();
  part.synapses = 0;
  if (!part.counts.resize(source.count) ||
      !(kind == Kind::Bits
            ? part.bits.create(source.count, columns)
            : part.weights.create(source.count, columns, isShort)))
    return outOfMemory(error, "the synapses");
  Building building = {
      *this, part, bounds,
      SumBounds::spikesInStep(model->populations[source.population])};
  if (connectivity.forEachRow({0, source.count}, targets, takeRow, &building,
                              error) &&
      (kind != Kind::Bits || part.bits.finish()))
    return true;
  isTooSmall = building.isTooSmall;
  if (!isTooSmall && !error.status)
    outOfMemory(error, "the synapses");
  return false;
}

void DenseProjection::deliver(Worker &worker, uint64_t step,
                              SpikeHistory &history, const Population &target) {
  Part &part = parts[worker.thread];
  if (!part.synapses || step + 1 < lookBack() ||
      !collectArrived(source, part.counts, step + 1 - lookBack(),
                      static_cast<uint32_t>(parts.size()), history, part.spikes,
                      worker))
    return;
  auto *sums = static_cast<int32_t *>(target.fields(
                   worker.thread)[connectivity.projection().sum_field]) +
               part.firstTarget;
  if (kind == Kind::Bits)
    part.bits.deliver(
        part.spikes, static_cast<int32_t>(connectivity.constantWeight()), sums);
  else
    part.weights.deliver(part.spikes, sums);
}

uint64_t DenseProjection::numSynapses() const {
  uint64_t sum = 0;
  for (const Part &part : parts)
    sum += part.synapses;
  return sum;
}

uint64_t DenseProjection::bytes() const {
  uint64_t sum = 0;
  for (const Part &part : parts)
    sum += part.bits.bytes() + part.weights.bytes() +
           part.counts.size() * sizeof(uint32_t);
  return sum;
}

const char *DenseProjection::storage() const {
  if (kind == Kind::Bits)
    return "matrix of bits";
  for (const Part &part : parts)
    if (part.synapses && !part.weights.isShort())
      return "matrix of weights, 32 bits";
  return "matrix of weights";
}
