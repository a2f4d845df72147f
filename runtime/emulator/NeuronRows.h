//===- NeuronRows.h - States of all neurons, side by side -------*- C++ -*-===//
//
// What the fast engine keeps of an image: each register and parameter of all
// neurons in a row, and the sums that arrive at them, by receptor and tick.
// Threads share it; each touches the neurons of its cores alone.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_EMULATOR_NEURONROWS_H
#define SNN_EMULATOR_NEURONROWS_H

#include "runtime/emulator/Image.h"

namespace snn::emulator {

class NeuronRows {
public:
  /// The image must have passed check() and outlive this.
  bool create(const Image &image, Error &error);

  const Image &of() const { return *image; }

  int64_t *states(uint32_t index) {
    return registers.data() + index * image->neurons();
  }
  const int64_t *states(uint32_t index) const {
    return registers.data() + index * image->neurons();
  }
  int64_t *given(uint32_t parameter) {
    return parameters.data() + parameter * image->neurons();
  }
  /// What arrives at all neurons after `delay` more ticks.
  int64_t *due(uint32_t receptor, uint64_t delay) {
    return dueNow[receptor * horizon + delay];
  }
  /// Whether a neuron had an event in this tick.
  uint8_t *touched() { return events.data(); }
  /// Whether no neuron has two synapses on the axon.
  bool isDistinct(uint32_t axon) const { return distinct[axon]; }

  /// Ticks for which sums are kept.
  uint64_t ticksAhead() const { return horizon; }
  /// Neurons of the largest core.
  uint64_t widestCore() const { return widest; }
  /// Whether weights have exponents below zero, which round.
  bool hasRounding() const { return rounds; }

  void beginTick(uint64_t now);

private:
  const Image *image = nullptr;
  Buffer<int64_t> registers, parameters; // all neurons of each in a row
  Buffer<uint8_t> distinct;
  Buffer<int64_t> sums; // by receptor, tick and neuron
  Buffer<int64_t *> dueNow;
  Buffer<uint8_t> events;
  uint64_t horizon = 1, widest = 0;
  bool rounds = false;
};

} // namespace snn::emulator

#endif // SNN_EMULATOR_NEURONROWS_H
