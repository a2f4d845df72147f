//===- Emulator.h - Runs an image tick by tick ------------------*- C++ -*-===//
//
// The reference engine: one neuron after the other, one event after the other,
// as the chip's programs say. In a tick of a synchronous chip:
//
//   1. inputs are sent;
//   2. axons on which something arrives now deliver, in the order of their
//      numbers;
//   3. each neuron runs its program; if it spikes, its routes reach axons in
//      the next tick or, with a delay, in a later one.
//
// On a chip of events inputs act one after the other, and what spikes meanwhile
// waits in its core's queue and acts before the next; then neurons run their
// program, and the queue is emptied again.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_EMULATOR_EMULATOR_H
#define SNN_EMULATOR_EMULATOR_H

#include "runtime/emulator/Traffic.h"

namespace snn::emulator {

class Emulator {
public:
  /// The image must have passed check() and outlive this.
  bool create(const Image &image, Error &error, const Times &times = {});

  /// One tick; `lines` are the inputs that spike, in their order, each less
  /// than the image's number of them.
  bool step(const uint32_t *lines, uint64_t count, Error &error);

  /// Neurons that spiked in the last tick, in their order.
  const Buffer<uint32_t> &spikes() const { return fired; }
  /// Numbers of outputs that were reached from it.
  const Buffer<uint32_t> &outputs() const { return traffic.outputs(); }
  int64_t state(uint32_t neuron, uint32_t index) const {
    return registers[uint64_t{neuron} * image->chip.registers + index];
  }
  const Counters &counters() const { return counts; }
  /// Link loads, and how long the chip takes.
  const Traffic &mesh() const { return traffic; }

private:
  const Image *image = nullptr;
  Counters counts;
  Traffic traffic;
  Buffer<int64_t> registers; // of each neuron
  Slots slots = {};          // of the neuron that runs
  Buffer<int64_t> sums;      // inputs, by receptor, tick and neuron
  Buffer<int64_t> group;     // of one exponent, by delay and neuron
  Buffer<uint8_t> touched;   // neurons with an event in this tick
  uint64_t horizon = 1;      // ticks that `sums` holds
  Buffer<uint32_t> fired;

  /// Where the sums of a receptor stand for the tick after `delay` others.
  int64_t *due(uint32_t receptor, uint64_t delay);
  /// What arrives stands in its slots.
  bool run(const Buffer<Instruction> &code, uint32_t neuron);
  bool deliver(Error &error);
  bool deliverRow(uint32_t axon, Error &error);
  void deliverSums(uint32_t core, const uint32_t *from, const uint32_t *to);
  bool drain(Error &error);
  bool spike(uint32_t neuron, Error &error);
  bool update(Error &error);
};

} // namespace snn::emulator

#endif // SNN_EMULATOR_EMULATOR_H
