//===- ToeplitzProjection.cpp - Synapses as a kernel ----------------------===//
//
// How many synapses a source has on a thread's neurons, and how much they can
// bring, follows from the kernel: no synapse is looked at by itself.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/ToeplitzProjection.h"

#include "runtime/lib/Core/Slice.h"
#include "runtime/lib/Delivery/ArrivedRows.h"

using namespace snn::runtime;

bool ToeplitzProjection::keeps(const snn_model &model,
                               const snn_projection &projection) {
  return projection.rule == SNN_CONVOLUTION &&
         projection.storage == SNN_TOEPLITZ && !projection.plasticity &&
         !projection.coupling && projection.sum_field != SNN_NONE &&
         projection.weight_element == SNN_I32 &&
         model.populations[projection.target.population]
                 .fields[projection.sum_field]
                 .element == SNN_I32 &&
         projection.axonal_delay.kind == SNN_CONSTANT &&
         projection.dendritic_delay.kind == SNN_CONSTANT &&
         projection.target.stride == 1;
}

bool ToeplitzProjection::create(const snn_model &definition, uint32_t number,
                                uint32_t threads, QuantileShelf &shelf,
                                Error &error) {
  model = &definition;
  projection = number;
  const snn_projection &description = model->projections[number];
  source = description.source;
  if (!parts.create(threads))
    return outOfMemory(error, "the synapses");
  Buffer<int32_t> entries;
  return connectivity.create(description, model->step, model->seeds.network,
                             shelf, error) &&
         connectivity.getKernel(entries, error) &&
         (kernel.create(shape(), entries) || outOfMemory(error, "a kernel"));
}

uint64_t ToeplitzProjection::expectedBytes() const {
  auto threads = static_cast<uint32_t>(parts.size());
  return kernel.bytes() + connectivity.kernelAxes[0].bytes() +
         connectivity.kernelAxes[1].bytes() +
         source.count * threads * sizeof(uint32_t) +
         ToeplitzSums::expectedBytes(shape(), threads);
}

/// Each thread looks at the sizes of the weights of a target channel, and at
/// how many there are of a source channel.
uint64_t ToeplitzProjection::temporaryBytes() const {
  return parts.size() * shape().kernel[0] * shape().kernel[1] *
         (sizeof(uint64_t) + shape().source[0] * sizeof(uint32_t));
}

bool ToeplitzProjection::build(const Population &target, uint32_t thread,
                               SumBounds &bounds, Error &error) {
  Part &part = parts[thread];
  const snn_slice &slice = connectivity.projection().target;
  Range targets = sliceIndices(slice, target.range(thread));
  if (targets.empty())
    return true;
  if (!part.sums.create(shape(), targets))
    return outOfMemory(error, "the synapses");
  uint32_t field = connectivity.projection().sum_field;
  uint64_t *first =
      bounds.from(target.sumOffset(thread, field), SNN_I32) +
      (sliceNeuron(slice, targets.begin) - target.range(thread).begin);
  return countEdges(part, targets, error) &&
         addBounds(targets, part.sums.channels(), first, error);
}

/// Of target channels that a thread owns whole, the entries are counted that a
/// source channel has at each place of the kernel; of the others, of which
/// there are two at most, synapses are.
bool ToeplitzProjection::countEdges(Part &part, Range targets,
                                    Error &error) const {
  const snn_convolution &form = shape();
  const KernelAxis(&axes)[2] = connectivity.kernelAxes;
  uint64_t inputs = form.source[0] / form.groups;
  uint64_t outputs = form.target[0] / form.groups;
  uint64_t columns = form.kernel[1], places = form.kernel[0] * columns;
  uint64_t map = form.target[1] * form.target[2];
  Buffer<uint32_t> counted; // by source channel and place of the kernel
  if (!counted.resize(form.source[0] * places) ||
      !part.counts.resize(source.count))
    return outOfMemory(error, "the synapses");
  uint64_t parted[2], numParted = 0;
  Range channels = part.sums.channels();
  for (uint64_t o = channels.begin; o < channels.end; ++o) {
    if (o * map < targets.begin || (o + 1) * map > targets.end) {
      parted[numParted++] = o;
      continue;
    }
    for (uint64_t i = 0; i < inputs; ++i)
      for (uint64_t place = 0; place < places; ++place)
        counted[(o / outputs * inputs + i) * places + place] +=
            connectivity.hasEntry((o * inputs + i) * places + place);
  }
  part.synapses = 0;
  for (uint64_t s = 0; s < source.count; ++s) {
    uint64_t channel = s / form.source[2] / form.source[1];
    KernelAxis::Pairs down = axes[0].of(s / form.source[2] % form.source[1]);
    KernelAxis::Pairs across = axes[1].of(s % form.source[2]);
    uint64_t count = 0;
    for (KernelAxis::Pair v : down)
      for (KernelAxis::Pair u : across)
        count += counted[channel * places + v.offset * columns + u.offset];
    for (uint64_t p = 0; p < numParted; ++p) {
      if (parted[p] / outputs != channel / inputs)
        continue;
      uint64_t kernelOf = (parted[p] * inputs + channel % inputs) * places;
      for (KernelAxis::Pair v : down)
        for (KernelAxis::Pair u : across) {
          uint64_t target =
              parted[p] * map + v.output * form.target[2] + u.output;
          count +=
              target >= targets.begin && target < targets.end &&
              connectivity.hasEntry(kernelOf + v.offset * columns + u.offset);
        }
    }
    part.counts[s] = static_cast<uint32_t>(count);
    part.synapses += count;
  }
  return true;
}

/// The sizes of the weights onto a place, of all source channels together.
bool ToeplitzProjection::addBounds(Range targets, Range channels,
                                   uint64_t *bounds, Error &error) const {
  const snn_convolution &form = shape();
  const KernelAxis(&axes)[2] = connectivity.kernelAxes;
  uint64_t inputs = form.source[0] / form.groups;
  uint64_t outputs = form.target[0] / form.groups;
  uint64_t columns = form.kernel[1], places = form.kernel[0] * columns;
  uint64_t map = form.target[1] * form.target[2];
  uint64_t spikes =
      SumBounds::spikesInStep(model->populations[source.population]);
  Buffer<uint64_t> sizes;
  if (!sizes.resize(places))
    return outOfMemory(error, "the synapses");
  for (uint64_t o = channels.begin; o < channels.end; ++o) {
    memset(sizes.data(), 0, places * sizeof(uint64_t));
    for (uint64_t i = 0; i < inputs; ++i)
      for (uint64_t place = 0; place < places; ++place) {
        uint64_t channel = o / outputs * inputs + i;
        int64_t weight =
            kernel[(channel * places + place) * outputs + o % outputs];
        sizes[place] += static_cast<uint64_t>(weight < 0 ? -weight : weight);
      }
    uint64_t begin = o * map > targets.begin ? o * map : targets.begin;
    uint64_t end = (o + 1) * map < targets.end ? (o + 1) * map : targets.end;
    for (uint64_t target = begin; target < end; ++target) {
      uint64_t y = (target - o * map) / form.target[2];
      uint64_t x = (target - o * map) % form.target[2], sum = 0;
      for (uint64_t v = 0; v < form.kernel[0]; ++v)
        if (axes[0].reaches(y, v))
          for (uint64_t u = 0; u < columns; ++u)
            sum += axes[1].reaches(x, u) ? sizes[v * columns + u] : 0;
      bounds[target - targets.begin] += sum * spikes;
    }
  }
  return true;
}

void ToeplitzProjection::deliver(Worker &worker, uint64_t step,
                                 SpikeHistory &history,
                                 const Population &target) {
  Part &part = parts[worker.thread];
  if (!part.synapses || step + 1 < lookBack() ||
      !collectArrived(source, part.counts, step + 1 - lookBack(),
                      static_cast<uint32_t>(parts.size()), history, part.spikes,
                      worker))
    return;
  auto *sums = static_cast<int32_t *>(target.fields(
                   worker.thread)[connectivity.projection().sum_field]) +
               connectivity.projection().target.first;
  part.sums.deliver(kernel, connectivity.kernelAxes, part.spikes, sums);
}

uint64_t ToeplitzProjection::numSynapses() const {
  uint64_t sum = 0;
  for (const Part &part : parts)
    sum += part.synapses;
  return sum;
}

uint64_t ToeplitzProjection::bytes() const {
  uint64_t sum = kernel.bytes() + connectivity.kernelAxes[0].bytes() +
                 connectivity.kernelAxes[1].bytes();
  for (const Part &part : parts)
    sum += part.sums.bytes() + part.counts.size() * sizeof(uint32_t);
  return sum;
}
