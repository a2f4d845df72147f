//===- FastEmulator.h - Runs an image, many neurons at a time ---*- C++ -*-===//
//
// Shows, tick by tick, the spikes, states and counters that the reference
// engine (Emulator.h) shows: the same order of what matters, in rows. Registers
// and parameters stand neuron beside neuron; sums are made without a detour
// where no exponent rounds.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_EMULATOR_FASTEMULATOR_H
#define SNN_EMULATOR_FASTEMULATOR_H

#include "runtime/emulator/Block.h"
#include "runtime/emulator/Traffic.h"

namespace snn::emulator {

class FastEmulator {
public:
  /// The image must have passed check() and outlive this.
  bool create(const Image &image, Error &error);

  /// One tick; `lines` are the inputs that spike, in their order, each less
  /// than the image's number of them.
  bool step(const uint32_t *lines, uint64_t count, Error &error);

  /// Neurons that spiked in the last tick, in their order.
  const Buffer<uint32_t> &spikes() const { return fired; }
  /// Numbers of outputs that were reached from it.
  const Buffer<uint32_t> &outputs() const { return traffic.outputs(); }
  int64_t state(uint32_t neuron, uint32_t index) const {
    return registers[uint64_t{index} * image->neurons() + neuron];
  }
  const Counters &counters() const { return counts; }

private:
  const Image *image = nullptr;
  Counters counts;
  Traffic traffic;
  BlockProgram onSynapse, onTick;
  Buffer<int64_t> registers, parameters; // all neurons of each in a row
  Buffer<uint32_t> coreOfNeuron, coreOfAxon;
  /// Of each axon: whether no neuron has two synapses on it.
  Buffer<uint8_t> distinct;
  Buffer<int64_t> sums;  // inputs, by receptor, tick and neuron
  Buffer<int64_t> group; // of one exponent below zero, by delay and neuron
  /// Where sums of each receptor and delay stand in this tick.
  Buffer<int64_t *> due;
  Buffer<uint8_t> touched; // neurons with an event in this tick
  uint64_t horizon = 1;    // ticks that `sums` holds
  Buffer<uint32_t> fired;
  /// Copies of what the synapse program needs of a row's neurons, and zeros.
  Buffer<int64_t> gathered, zeros;
  uint8_t spiking[Lanes];

  bool layOut(Error &error);
  bool deliver(Error &error);
  bool deliverRow(uint32_t axon, Error &error);
  bool deliverPart(uint32_t axon, const Synapse *from, uint32_t lanes,
                   Error &error);
  void deliverSum(uint32_t axon);
  bool drain(Error &error);
  bool spike(uint32_t neuron, Error &error);
  bool update(Error &error);
};

} // namespace snn::emulator

#endif // SNN_EMULATOR_FASTEMULATOR_H
