//===- Traffic.cpp - Spikes under way on the mesh -------------------------===//
//
// XY routing: a message takes as many links as its ends are apart.
//
//===----------------------------------------------------------------------===//
#include "runtime/emulator/Traffic.h"

#include <algorithm>
#include <cassert>
#include <cinttypes>

namespace snn::emulator {

bool Traffic::create(const Image &toRun, const Times &times, Error &error) {
  image = &toRun;
  const ChipRecord &chip = image->chip;
  uint64_t latest = 0;
  for (const Route &route : image->routes)
    latest = std::max<uint64_t>(latest, route.delay);
  for (const Route &route : image->inputRoutes)
    latest = std::max<uint64_t>(latest, route.delay);
  if (!arrivals.create(latest + 2) || !places.reserve(image->cores.size()) ||
      !coreOfNeuron.resize(image->neurons()) ||
      !axonCores.resize(image->axons()) ||
      !load.resize(uint64_t{4} * chip.columns * chip.rows))
    return runtime::outOfMemory(error, "the emulator");
  if (!time.create(toRun, times, error))
    return false;
  for (uint32_t core = 0; core < image->cores.size(); ++core) {
    std::fill(coreOfNeuron.begin() + image->cores[core].firstNeuron,
              coreOfNeuron.begin() + image->endNeuron(core), core);
    std::fill(axonCores.begin() + image->cores[core].firstAxon,
              axonCores.begin() + image->endAxon(core), core);
  }
  for (const Core &core : image->cores) {
    uint32_t router = core.place / chip.coresPerRouter;
    Place place = chip.order == RouterOrder::Rows
                      ? Place{router % chip.columns, router / chip.columns}
                      : Place{router / chip.rows, router % chip.rows};
    if (!places.push(place))
      return runtime::outOfMemory(error, "the emulator");
  }
  return true;
}

/// Along the row, then along the column.
void Traffic::travel(uint32_t from, uint32_t to, Counters &counts) {
  Place at = places[from];
  const Place &end = places[to];
  uint64_t hopsX = 0, hopsY = 0;
  auto cross = [&](Direction direction) {
    uint64_t &messages =
        load[4 * (uint64_t{at.y} * image->chip.columns + at.x) + direction];
    counts.fullestLink = std::max(counts.fullestLink, ++messages);
  };
  for (; at.x != end.x; ++hopsX) {
    cross(at.x < end.x ? East : West);
    at.x += at.x < end.x ? 1 : -1;
  }
  for (; at.y != end.y; ++hopsY) {
    cross(at.y < end.y ? South : North);
    at.y += at.y < end.y ? 1 : -1;
  }
  ++counts.messages;
  counts.hopsX += hopsX;
  counts.hopsY += hopsY;
  time.message(from, hopsX, hopsY);
}

bool Traffic::sendInput(uint32_t line, Counters &counts, Error &error) {
  assert(line < image->inputs.size());
  const InputLine &input = image->inputs[line];
  ++counts.inputSpikes;
  return send(image->inputRoutes.data() + input.firstRoute,
              image->inputRoutes.data() + image->endInputRoute(line),
              input.origin, 0, counts, error);
}

bool Traffic::sendSpike(uint32_t neuron, Counters &counts, Error &error) {
  ++counts.spikes;
  time.spike(coreOfNeuron[neuron]);
  return send(image->routes.data() + image->firstRoute[neuron],
              image->routes.data() + image->firstRoute[neuron + 1],
              coreOfNeuron[neuron], 1, counts, error);
}

/// Along routes; what has no delay arrives `early` ticks from now.
bool Traffic::send(const Route *from, const Route *to, uint32_t origin,
                   uint64_t early, Counters &counts, Error &error) {
  for (; from != to; ++from) {
    if (from->core == OutputCore) {
      ++counts.outputs;
      if (!left.push(from->axon))
        return runtime::outOfMemory(error, "the outputs of a tick");
      continue;
    }
    if (origin != NoCore)
      travel(origin, from->core, counts);
    uint32_t axon = image->cores[from->core].firstAxon + from->axon;
    if (image->chip.timing == Timing::Events) {
      if (queue.size() - acted >= image->chip.queue)
        ++counts.dropped;
      else if (!queue.push(axon))
        return runtime::outOfMemory(error, "a core's queue");
      counts.queueMark = std::max(counts.queueMark, queue.size() - acted);
    } else if (!arrivals[(tick + early + from->delay) % arrivals.size()].push(
                   axon)) {
      return runtime::outOfMemory(error, "spikes under way");
    }
  }
  return true;
}

Buffer<uint32_t> &Traffic::arrived(Counters &counts) {
  Buffer<uint32_t> &now = arrivals[tick % arrivals.size()];
  std::sort(now.begin(), now.end());
  if (image->chip.merge == Merge::Or) {
    uint32_t *end = std::unique(now.begin(), now.end());
    counts.merged += static_cast<uint64_t>(now.end() - end);
    now.setSize(static_cast<uint64_t>(end - now.begin()));
  }
  for (uint32_t axon : now)
    receive(axon);
  return now;
}

bool Traffic::take(uint32_t &axon, bool &found, Error &error) {
  constexpr uint64_t Bound = 1 << 20;
  found = acted < queue.size();
  if (!found) {
    queue.clear();
    acted = 0;
    return true;
  }
  if (queue.size() > Bound)
    return runtime::fail(error, SNN_RESOURCE, "E0803",
                         "spikes excite each other without end in tick "
                         "%" PRIu64,
                         tick);
  axon = queue[acted++];
  receive(axon);
  return true;
}

} // namespace snn::emulator
