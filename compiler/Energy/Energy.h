//===- Energy.h - What an answer costs under named models -------*- C++ -*-===//
//
// Two models of 45 nm hardware. Operations alone: Horowitz, ISSCC 2014. With
// memory and addresses: Lemaire et al., ICONIP 2022 (arXiv:2210.13107), whose
// reads and writes cost more the larger a memory is. A layer of an ordinary
// network multiplies and adds; one of spikes adds, and keeps potentials.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_ENERGY_ENERGY_H
#define SNN_COMPILER_ENERGY_ENERGY_H

#include <cstdint>
#include <string>
#include <vector>

namespace snn::energy {

/// A product with weights or a convolution, for one input.
struct DenseLayer {
  bool isConvolution = false;
  double multiplications = 0;
  /// Numbers that come in, go out, and are weights.
  double inputs = 0, outputs = 0, weights = 0;
  /// Of a convolution: elements of a kernel's plane times filters.
  double kernels = 0;
};

/// A population and the synapses onto it, for one input.
struct SpikingLayer {
  /// Spikes that arrive, that leave, and synaptic events of the former.
  double spikesIn = 0, spikesOut = 0, events = 0;
  double neurons = 0, weights = 0;
  /// Times that neurons' states are brought forward, all together.
  double updates = 0;
  /// Whether that multiplies them by what a leak leaves.
  bool leaks = false;
};

/// nJ for an input.
struct Energy {
  double operations = 0, memory = 0, addresses = 0;
  double total() const { return operations + memory + addresses; }
  Energy &operator+=(const Energy &other);
};

struct Model {
  std::string name, summary;
  /// pJ: multiply and accumulate, and accumulate alone.
  double mac, add;
  /// Whether memory and addresses count.
  bool hasMemory;
  /// Of a number in memory.
  double bits;

  Energy of(const DenseLayer &layer) const;
  Energy of(const SpikingLayer &layer) const;
};

/// In the order in which reports show them.
const std::vector<Model> &models();

/// pJ for reading or writing one of `words` numbers of `bits` bits: what
/// Lemaire et al. fit to memories of different sizes.
double accessEnergy(double words, double bits);

} // namespace snn::energy

#endif // SNN_COMPILER_ENERGY_ENERGY_H
