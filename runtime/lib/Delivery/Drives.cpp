//===- Drives.cpp - Independent Poisson input -----------------------------===//
//
// Weights are whole multiples of the grid, as those of synapses are; counts
// come from the keyed words of (index in the slice, step).
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/Drives.h"

#include "runtime/lib/Core/Slice.h"
#include "runtime/lib/Math/Bits.h"
#include "runtime/lib/Random/Distribution.h"
#include "runtime/lib/Random/Hash.h"

using namespace snn::runtime;

bool PoissonRate::update(snn_time_fn rate, bool constant, double time,
                         double step) {
  if (made && constant)
    return true;
  double mean = rate(time) * step;
  if (made && mean == counts.mean())
    return true;
  made = counts.create(mean);
  return made;
}

ArsKey snn::runtime::countKey(const snn_drive &drive, uint64_t stimulusSeed) {
  return ArsKey(makeKey(hash64(stimulusSeed, drive.path), Stream::Event));
}

Key snn::runtime::weightKey(const snn_drive &drive, uint64_t stimulusSeed) {
  return makeKey(hash64(stimulusSeed, drive.path), Stream::DriveWeight);
}

bool snn::runtime::drawWeight(const snn_drive &drive, Key key, uint64_t index,
                              double &whole, Error &error) {
  double value;
  if (!drawForNeuron(drive.weight, key, index, value))
    return fail(error, SNN_MODEL, "E0420",
                "the weight of `%s`: %u draws were all outside what `redraw "
                "to` asks for",
                drive.path, LargestTries);
  whole = roundHalfEven(value / drive.grid);
  return true;
}

bool Drives::create(const snn_model &definition, uint32_t threads,
                    Arena &arena) {
  model = &definition;
  auto populationOf = [&](uint32_t d) {
    return model->drives[d].target.population;
  };
  if (!byPopulation.create(model->num_populations, model->num_drives,
                           populationOf) ||
      !drives.resize(model->num_drives) ||
      !rates.create(uint64_t{model->num_drives} * threads))
    return false;
  for (uint32_t d = 0; d < model->num_drives; ++d) {
    const snn_drive &drive = model->drives[d];
    Drive &own = drives[d];
    own.key = countKey(drive, model->seeds.stimulus);
    own.constantWeight = drive.weight.kind == SNN_CONSTANT;
    if (!own.constantWeight)
      own.weights = arena.plan(drive.target.count * sizeof(int64_t));
  }
  return true;
}

bool Drives::isWide(const snn_drive &drive) const {
  return model->populations[drive.target.population]
             .fields[drive.sum_field]
             .element == SNN_I64;
}

bool Drives::weightOf(const snn_drive &drive, Key key, uint64_t index,
                      int64_t &weight, Error &error) const {
  double whole;
  if (!drawWeight(drive, key, index, whole, error))
    return false;
  if (!(magnitude(whole) < (isWide(drive) ? 0x1p62 : 0x1p31)))
    return fail(error, SNN_MODEL, "E0723",
                "the weight %.10g of `%s` is too large for its port",
                whole * drive.grid, drive.path);
  weight = static_cast<int64_t>(whole);
  return true;
}

bool Drives::drawWeights(const Partition &partition, uint32_t thread,
                         Error &error) {
  for (uint32_t d = 0; d < model->num_drives; ++d) {
    const snn_drive &drive = model->drives[d];
    Drive &own = drives[d];
    if (const char *fault = findFault(drive.weight))
      return fail(error, SNN_MODEL, "E0417",
                  "the weight of `%s` cannot be drawn: %s", drive.path, fault);
    Key key = weightKey(drive, model->seeds.stimulus);
    if (own.constantWeight) {
      // Every thread needs it; the first writes.
      int64_t weight;
      if (!weightOf(drive, key, 0, weight, error))
        return false;
      if (thread == 0)
        own.weight = weight;
      continue;
    }
    auto *weights = static_cast<int64_t *>(arena->at(own.weights));
    Range indices = sliceIndices(
        drive.target, partition.padded(drive.target.population, thread));
    for (uint64_t i = indices.begin; i < indices.end; ++i)
      if (!weightOf(drive, key, i, weights[i], error))
        return false;
  }
  return true;
}

bool Drives::addBounds(const ObjectArray<Population> &populations,
                       uint32_t thread, SumBounds &bounds, Error &error) const {
  for (uint32_t d = 0; d < model->num_drives; ++d) {
    const snn_drive &drive = model->drives[d];
    const Population &target = populations[drive.target.population];
    Range owned = target.range(thread);
    uint64_t *bound = bounds.from(target.sumOffset(thread, drive.sum_field),
                                  isWide(drive) ? SNN_I64 : SNN_I32);
    if (!bound)
      continue;
    // The table's copy of a constant weight is the first thread's to write.
    int64_t common = 0;
    if (drives[d].constantWeight && !weightOf(drive, {}, 0, common, error))
      return false;
    Range indices = sliceIndices(drive.target, owned);
    for (uint64_t i = indices.begin; i < indices.end; ++i) {
      int64_t weight =
          drives[d].constantWeight
              ? common
              : static_cast<const int64_t *>(arena->at(drives[d].weights))[i];
      uint64_t neuron = drive.target.first + i * drive.target.stride;
      bound[neuron - owned.begin] +=
          static_cast<uint64_t>(weight < 0 ? -weight : weight) *
          SumBounds::DriveEvents;
    }
  }
  return true;
}

// Of a mean below, 1,024 events are out of reach by twelve deviations.
static constexpr double LargestNarrowMean = 700;
static_assert(LargestNarrowMean + 12 * 26.5 < SumBounds::DriveEvents);

void Drives::beginStep(uint32_t thread, uint64_t step, RateFault &fault) {
  double time = static_cast<double>(step + 1) * model->step;
  for (uint32_t d = 0; d < model->num_drives; ++d) {
    const snn_drive &drive = model->drives[d];
    PoissonRate &rate = rates[uint64_t{thread} * model->num_drives + d];
    if (!rate.update(drive.rate, drive.constant, time, model->step))
      fault = {drive.path, PoissonRate::Impossible};
    else if (rate.table().mean() > LargestNarrowMean && !isWide(drive))
      fault = {drive.path, "gives more than 700 events in a step"};
  }
}

void Drives::add(const Population &population, uint32_t index, uint32_t thread,
                 uint64_t step, Range range) const {
  for (uint32_t d : byPopulation[index]) {
    const snn_drive &drive = model->drives[d];
    Range indices = sliceIndices(drive.target, range);
    if (indices.empty())
      continue;
    const Drive &own = drives[d];
    const PoissonTable &table =
        rates[uint64_t{thread} * model->num_drives + d].table();
    void *sums = population.fields(thread)[drive.sum_field];
    if (isWide(drive))
      addTo(static_cast<int64_t *>(sums), drive, own, table, step, indices);
    else
      addTo(static_cast<int32_t *>(sums), drive, own, table, step, indices);
  }
}

template <typename Sum>
void Drives::addTo(Sum *sums, const snn_drive &drive, const Drive &own,
                   const PoissonTable &table, uint64_t step,
                   Range indices) const {
  sums += drive.target.first;
  if (own.constantWeight)
    table.add(own.key, step, indices.begin, indices.end, own.weight, sums,
              drive.target.stride);
  else
    table.add(own.key, step, indices.begin, indices.end,
              static_cast<const int64_t *>(arena->at(own.weights)), sums,
              drive.target.stride);
}
