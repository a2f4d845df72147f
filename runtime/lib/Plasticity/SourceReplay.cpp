//===- SourceReplay.cpp - What sources' traces were since a spike ---------===//
//
// Sixteen rows at a time: a step takes as long for one as for all.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Plasticity/SourceReplay.h"

#include "runtime/lib/Core/Slice.h"

using namespace snn::runtime;

uint64_t SourceReplay::bytesOf(const snn_population *followers, uint64_t rows) {
  return rows *
         (sizeof(uint32_t) + (followers ? Followers::countStates(*followers) *
                                              elementBytes(followers->element)
                                        : 0));
}

bool SourceReplay::create(const Population *population,
                          const snn_slice &sources) {
  followers = population;
  slice = sources;
  if (!steps.resize(slice.count))
    return false;
  if (!followers)
    return true;
  const snn_population &model = followers->model();
  element = elementBytes(model.element);
  uint64_t states = Followers::countStates(model);
  for (uint32_t f = 0; f < model.num_fields; ++f)
    if (model.fields[f].role != SNN_STATE && !others.push(f))
      return false;
  return left.resize(states * slice.count * element) &&
         start.resize(states * SNN_LANES * element) &&
         othersOfLanes.resize((others.size() + 1) * OtherBytes) &&
         table.resize(model.num_fields) && pointers.resize(states);
}

void SourceReplay::begin(const Followers &all, uint32_t population) {
  memset(steps.data(), 0, steps.size() * sizeof(uint32_t));
  for (uint64_t s = 0; s < countStates(); ++s)
    for (uint64_t row = 0; row < steps.size(); ++row)
      memcpy(left.data() + (s * steps.size() + row) * element,
             all.first(population, s) + sliceNeuron(slice, row) * element,
             element);
}

void SourceReplay::setBasis(uint64_t row, uint64_t step, const char *states) {
  steps[row] = static_cast<uint32_t>(step);
  for (uint64_t s = 0; s < countStates(); ++s)
    memcpy(left.data() + (s * steps.size() + row) * element,
           states + s * element, element);
}

/// What differs between neurons but does not change.
void SourceReplay::fillOthers(uint64_t count) {
  const snn_population &model = followers->model();
  uintptr_t begin = reinterpret_cast<uintptr_t>(othersOfLanes.data());
  char *to = othersOfLanes.data() + (-begin & 63);
  for (uint32_t f : others) {
    uint64_t bytes = elementBytes(model.fields[f].element);
    table[f] = to;
    for (uint64_t lane = 0; lane < SNN_LANES; ++lane) {
      // Lanes of no row are as the first one.
      uint64_t neuron = sliceNeuron(slice, lanes[lane < count ? lane : 0]);
      const void *from = followers->fields(followers->ownerOf(neuron))[f];
      memcpy(to + lane * bytes,
             static_cast<const char *>(from) + neuron * bytes, bytes);
    }
    to += OtherBytes;
  }
}

bool SourceReplay::run(const uint64_t *rows, uint64_t count, uint64_t last,
                       uint64_t before) {
  uint64_t longest = 0;
  for (uint64_t lane = 0; lane < SNN_LANES; ++lane) {
    uint64_t row = rows[lane < count ? lane : 0];
    lanes[lane] = row;
    for (uint64_t s = 0; s < countStates(); ++s)
      memcpy(start.data() + (s * SNN_LANES + lane) * element,
             left.data() + (s * steps.size() + row) * element, element);
    uint64_t length = last >= basis(row) ? last - basis(row) + 1 : 1;
    longest = length > longest ? length : longest;
  }
  padding = before;
  stride = padding + longest;
  uint64_t block = SNN_LANES * element; // of one state in one step
  if (!out.reserve(countStates() * stride * block))
    return false;
  out.setSize(countStates() * stride * block);
  for (uint64_t s = 0; s < countStates(); ++s)
    for (uint64_t n = 0; n < padding; ++n)
      memcpy(out.data() + (s * stride + n) * block, start.data() + s * block,
             block);
  if (!others.empty())
    fillOthers(count);
  followers->model().replay(table.data(), followers->constants(), start.data(),
                            out.data() + padding * block, stride, longest);
  return true;
}

const void *const *SourceReplay::of(uint64_t lane, int64_t first) {
  // From the basis; what is read is in the buffer, if this is not.
  int64_t n = static_cast<int64_t>(padding) + first -
              static_cast<int64_t>(basis(lanes[lane]));
  for (uint64_t s = 0; s < countStates(); ++s)
    pointers[s] = reinterpret_cast<const void *>(
        reinterpret_cast<intptr_t>(out.data()) +
        ((static_cast<int64_t>(s * stride) + n) * SNN_LANES +
         static_cast<int64_t>(lane)) *
            static_cast<int64_t>(element));
  return pointers.data();
}

void SourceReplay::advance(uint64_t lane, uint64_t step) {
  uint64_t row = lanes[lane];
  uint64_t n = padding + step - basis(row);
  for (uint64_t s = 0; s < countStates(); ++s)
    memcpy(left.data() + (s * steps.size() + row) * element,
           out.data() + ((s * stride + n) * SNN_LANES + lane) * element,
           element);
  steps[row] = static_cast<uint32_t>(step);
}
