//===- Traffic.h - Spikes under way on the mesh -----------------*- C++ -*-===//
//
// From the routes of a neuron or an input to the axons that they reach: in a
// later tick on a synchronous chip, by way of a queue on a chip of events.
// Messages and the links that they take are counted here, and what cores do for
// the clock: all that is sent, and what arrives on their axons.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_EMULATOR_TRAFFIC_H
#define SNN_EMULATOR_TRAFFIC_H

#include "runtime/emulator/Clock.h"
#include "runtime/emulator/Counters.h"
#include "runtime/emulator/Image.h"

namespace snn::emulator {

class Traffic {
public:
  bool create(const Image &image, const Times &times, Error &error);

  /// An input that spikes: what has no delay arrives in this tick.
  bool sendInput(uint32_t line, Counters &counts, Error &error);
  /// A neuron that spikes: what has no delay arrives in the next tick.
  bool sendSpike(uint32_t neuron, Counters &counts, Error &error);

  uint32_t coreOf(uint32_t neuron) const { return coreOfNeuron[neuron]; }
  uint32_t coreOfAxon(uint32_t axon) const { return axonCores[axon]; }

  /// The axons on which something arrives now, in the order of their numbers;
  /// each once where two spikes on one axon are one. To be cleared.
  Buffer<uint32_t> &arrived(Counters &counts);

  /// The next axon of the queue. All that was queued since the queue was empty
  /// will act, so more than a bound can be refused as soon as it waits.
  bool take(uint32_t &axon, bool &found, Error &error);

  Clock &clock() { return time; }
  const Clock &clock() const { return time; }

  /// Messages over each link: four of a router, by Direction; routers row by
  /// row.
  enum Direction : uint32_t { East, West, South, North };
  const Buffer<uint64_t> &links() const { return load; }

  /// Numbers of outputs that were reached since the last endTick.
  const Buffer<uint32_t> &outputs() const { return left; }
  void beginTick() { left.clear(); }
  void endTick() {
    ++tick;
    time.endTick();
  }
  uint64_t now() const { return tick; }

private:
  struct Place {
    uint32_t x, y;
  };
  const Image *image = nullptr;
  uint64_t tick = 0;
  Clock time;
  Buffer<Place> places; // of cores
  Buffer<uint32_t> coreOfNeuron, axonCores;
  Buffer<uint64_t> load;
  runtime::ObjectArray<Buffer<uint32_t>> arrivals; // axons, by tick
  Buffer<uint32_t> queue; // axons, on a chip of events; cleared when all acted
  uint64_t acted = 0;     // of the queue: what no longer waits
  Buffer<uint32_t> left;

  bool send(const Route *from, const Route *to, uint32_t origin, uint64_t early,
            Counters &counts, Error &error);
  void travel(uint32_t from, uint32_t to, Counters &counts);
  void receive(uint32_t axon) {
    time.operations(axonCores[axon],
                    image->firstSynapse[axon + 1] - image->firstSynapse[axon]);
  }
};

} // namespace snn::emulator

#endif // SNN_EMULATOR_TRAFFIC_H
