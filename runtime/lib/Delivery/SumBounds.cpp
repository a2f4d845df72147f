//===- SumBounds.cpp - That sums of 32 bits cannot overflow ---------------===//
//
// The sums of a thread lie together in the arena, and so do their bounds here.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/SumBounds.h"

#include "runtime/lib/Delivery/SpikeHistory.h"

using namespace snn::runtime;

template <typename Visit>
static void forEachNarrowSum(const snn_model &model,
                             const ObjectArray<Population> &populations,
                             uint32_t thread, Visit visit) {
  for (uint32_t p = 0; p < model.num_populations; ++p) {
    const snn_population &population = model.populations[p];
    for (uint32_t f = 0; f < population.num_fields; ++f)
      if (population.fields[f].role == SNN_SUM &&
          population.fields[f].element == SNN_I32)
        visit(populations[p], f, populations[p].sumOffset(thread, f));
  }
}

bool SumBounds::create(const snn_model &model,
                       const ObjectArray<Population> &populations,
                       uint32_t thread, Error &error) {
  uint64_t most = 0;
  least = UINT64_MAX;
  forEachNarrowSum(
      model, populations, thread,
      [&](const Population &population, uint32_t, uint64_t offset) {
        uint64_t end = offset + population.range(thread).size() * 4;
        least = offset < least ? offset : least;
        most = end > most ? end : most;
      });
  if (least > most)
    return true;
  if (!bounds.resize((most - least) / 4))
    return outOfMemory(error, "the bounds of the sums");
  return true;
}

uint64_t SumBounds::spikesInStep(const snn_population &source) {
  if (source.kind == SNN_NEURONS)
    return 1;
  if (source.kind == SNN_POISSON_SOURCE || source.kind == SNN_CONDITION_SOURCE)
    return SourceSpikes;
  // Of a train: as often as an id stands in one step.
  Buffer<uint32_t> ids;
  if (!ids.append(source.train_ids, source.num_train_spikes))
    return source.num_train_spikes; // no more than all of them
  uint64_t most = 1;
  for (uint64_t begin = 0, end; begin < ids.size(); begin = end) {
    end = begin + 1;
    while (end < ids.size() &&
           source.train_steps[end] == source.train_steps[begin])
      ++end;
    qsort(ids.data() + begin, end - begin, sizeof(uint32_t), compareNeurons);
    for (uint64_t i = begin, first = begin; i < end; ++i) {
      first = ids[i] == ids[first] ? first : i;
      most = i - first + 1 > most ? i - first + 1 : most;
    }
  }
  return most;
}

bool SumBounds::check(const snn_model &model,
                      const ObjectArray<Population> &populations,
                      uint32_t thread, Error &error) const {
  bool fits = true;
  forEachNarrowSum(
      model, populations, thread,
      [&](const Population &population, uint32_t field, uint64_t offset) {
        const uint64_t *bound = bounds.data() + (offset - least) / 4;
        Range range = population.range(thread);
        for (uint64_t i = 0; fits && i < range.size(); ++i)
          if (bound[i] > INT32_MAX)
            fits = fail(error, SNN_RESOURCE, "E0725",
                        "the weights onto %s[%llu] come to %llu units of "
                        "`%s`, whose sum holds %d",
                        population.model().path,
                        static_cast<unsigned long long>(range.begin + i),
                        static_cast<unsigned long long>(bound[i]),
                        population.model().fields[field].name, INT32_MAX);
      });
  return fits ||
         help(error, "give the port weights that are closer to one another, "
                     "or fewer of them");
}
