//===- CoreGroup.h - The cores that one thread runs -------------*- C++ -*-===//
//
// Delivery to, and updates of, cores that are neighbours in the image. Rows of
// neurons go through the programs together where none of them can see what
// another did: all neurons in a tick, and the targets of one axon. Spikes are
// noted in their order; who sends them is not decided here.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_EMULATOR_COREGROUP_H
#define SNN_EMULATOR_COREGROUP_H

#include "runtime/emulator/Block.h"
#include "runtime/emulator/NeuronRows.h"
#include "runtime/emulator/Traffic.h"

namespace snn::emulator {

class CoreGroup {
public:
  /// The cores [begin, end). Rows and traffic must outlive this; of traffic
  /// only the clock of these cores is changed.
  bool create(NeuronRows &rows, Traffic &traffic, uint64_t begin, uint64_t end,
              Error &error);

  /// Of axons on which something arrives, in the order of their numbers, those
  /// of these cores.
  bool deliver(const Buffer<uint32_t> &arrived, Error &error);
  /// What arrives on one axon of a chip that does not add up, each at once.
  bool deliverRow(uint32_t axon, Error &error);
  /// Runs the program of a tick on each neuron.
  bool update(Error &error);

  /// Neurons that spiked, in their order: while events were delivered, and in
  /// the update. To be cleared.
  Buffer<uint32_t> &early() { return atDelivery; }
  Buffer<uint32_t> &late() { return atUpdate; }
  /// What was counted. To be taken.
  Counters &counters() { return counts; }

private:
  NeuronRows *rows = nullptr;
  Traffic *traffic = nullptr;
  uint64_t firstCore = 0, endCore = 0;
  Counters counts;
  BlockProgram onSynapse, onTick;
  Buffer<uint32_t> atDelivery, atUpdate;
  Buffer<int64_t> group; // of one exponent below zero, by delay and neuron
  /// Copies of what the synapse program needs of a row's neurons, and zeros.
  Buffer<int64_t> gathered, zeros;
  uint8_t spiking[Lanes];

  bool deliverPart(uint32_t axon, const Synapse *from, uint32_t lanes,
                   Error &error);
  void deliverSum(uint32_t axon);
  uint64_t deliverRounded(const Buffer<uint32_t> &arrived, uint64_t first,
                          uint64_t end);
  bool updateBlock(uint32_t core, uint32_t first, uint32_t lanes, Error &error);
};

} // namespace snn::emulator

#endif // SNN_EMULATOR_COREGROUP_H
