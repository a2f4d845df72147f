//===- Split.h - Neurons that send to more than one can ---------*- C++ -*-===//
//
// A neuron that reaches more axons than its copies on one core can send to is
// divided, and nothing that its targets see changes. Either by relays: neurons
// that spike when it does, one tick later at least, which is taken from the
// delays of what they send on. Or by replicas: neurons that get all that it
// gets and so do what it does, on any core, and send a part of what it sends.
// Relays take an axon each, replicas one for each of their inputs; delays of
// one tick leave no time for relays.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_MAP_SPLIT_H
#define SNN_COMPILER_TARGET_CORES_MAP_SPLIT_H

#include "compiler/Target/Cores/Map/Quantize.h"

namespace snn::target::cores {

/// A neuron beyond those of the network.
struct Helper {
  uint32_t of = 0; // the neuron of the network whose spikes it sends
  bool isRelay = false;
  /// Ticks from the spike of that neuron to its own: zero for a replica.
  uint32_t late = 0;
};

class Split {
public:
  Split(const CodedNetwork &coded, const lang::checked::Chip &chip);

  /// Neurons of the network, then helpers; then lines.
  const CodedNetwork &coded() const { return isChanged ? made : given; }
  const std::vector<Helper> &helpers() const { return helpers_; }
  /// The neuron of the network that a neuron sends for.
  uint32_t root(uint32_t neuron) const {
    return neuron < given.numNeurons ? neuron
                                     : helpers_[neuron - given.numNeurons].of;
  }
  /// What belongs to each neuron, then to each line, for helpers as well.
  std::vector<double> spread(const std::vector<double> &values) const;

  /// Divides neurons that need so many slots each of the `capacity` that a core
  /// has; whether that can be done.
  bool divide(std::span<const std::pair<uint32_t, uint64_t>> neurons,
              uint64_t capacity);

  /// A connection that is too fast for relays, where these would have taken
  /// less than the replicas there are.
  struct Hurried {
    uint32_t source = 0, target = 0; // neurons of the network
    uint32_t late = 0; // ticks of its delay beyond the next, all in use
  };
  const std::optional<Hurried> &hurried() const { return hurried_; }

private:
  using Row = std::vector<CodedEdge>;

  void open();
  void close();
  void divideOne(uint32_t neuron, uint64_t parts);
  void addRelays(uint32_t neuron, Row late, uint64_t each);
  void addReplicas(uint32_t neuron, uint64_t parts);
  uint32_t addHelper(const Helper &helper);
  uint64_t countInputs(uint32_t neuron) const;
  int64_t number(const char *name) const;

  const CodedNetwork &given;
  const lang::checked::Chip &chip;
  bool isChanged = false;
  CodedNetwork made;
  std::vector<Helper> helpers_;
  std::vector<Row> rows, lineRows; // while it is changed
  std::optional<Hurried> hurried_;
  /// A neuron that passes spikes on, and the weight that it takes them with;
  /// none where the chip has no such neuron.
  std::optional<Probe::Relay> relay;
};

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_MAP_SPLIT_H
