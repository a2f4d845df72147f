//===- Traffic.cpp - Spikes under way on the mesh -------------------------===//
//
// XY routing: a message takes as many links as its ends are apart.
//
//===----------------------------------------------------------------------===//
#include "runtime/emulator/Traffic.h"

#include <algorithm>
#include <cinttypes>

namespace snn::emulator {

bool Traffic::create(const Image &toRun, Error &error) {
  image = &toRun;
  const ChipRecord &chip = image->chip;
  uint64_t latest = 0;
  for (const Route &route : image->routes)
    latest = std::max<uint64_t>(latest, route.delay);
  for (const Route &route : image->inputRoutes)
    latest = std::max<uint64_t>(latest, route.delay);
  if (!arrivals.create(latest + 2) || !places.reserve(image->cores.size()))
    return runtime::outOfMemory(error, "the emulator");
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

bool Traffic::send(const Route *from, const Route *to, uint32_t origin,
                   uint64_t early, Counters &counts, Error &error) {
  for (; from != to; ++from) {
    if (from->core == OutputCore) {
      ++counts.outputs;
      if (!left.push(from->axon))
        return runtime::outOfMemory(error, "the outputs of a tick");
      continue;
    }
    if (origin != NoCore) {
      const Place &a = places[origin], &b = places[from->core];
      ++counts.messages;
      counts.hopsX += std::max(a.x, b.x) - std::min(a.x, b.x);
      counts.hopsY += std::max(a.y, b.y) - std::min(a.y, b.y);
    }
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
  return true;
}

} // namespace snn::emulator
