//===- Energy.cpp - What an answer costs under named models -----*- C++ -*-===//
//
// Numbers of equations are those of Lemaire et al. Equation 2.4 is used as
// their program has it: the printed one has the inputs as a factor too many,
// and lacks the spikes that leave. Biases are read once for an input, as they
// are here, not at each step.
//
//===----------------------------------------------------------------------===//
#include "compiler/Energy/Energy.h"

using namespace snn::energy;

namespace {
constexpr double NanoPerPico = 1e-3;
}

Energy &Energy::operator+=(const Energy &other) {
  operations += other.operations;
  memory += other.memory;
  addresses += other.addresses;
  return *this;
}

const std::vector<Model> &snn::energy::models() {
  static const std::vector<Model> all = {
      {"45nm-fp32", "operations on 32-bit reals: MAC 4.6 pJ, add 0.9 pJ", 4.6,
       0.9, false, 32},
      {"45nm-int8",
       "operations on 8-bit whole numbers: MAC 0.23 pJ, add 0.03 pJ", 0.23,
       0.03, false, 8},
      {"lemaire-int32",
       "operations on 32-bit whole numbers (MAC 3.2 pJ, add 0.1 pJ), memory "
       "and addresses",
       3.2, 0.1, true, 32}};
  return all;
}

double snn::energy::accessEnergy(double words, double bits) {
  return 1.09e-5 * words * bits + 13.2;
}

Energy Model::of(const DenseLayer &layer) const {
  Energy energy;
  // 1.1, 1.2, 2.1, 2.2: products, and a bias for each output.
  energy.operations =
      NanoPerPico * (layer.multiplications * mac + layer.outputs * add);
  if (!hasMemory)
    return energy;
  // 3, 4: a convolution reads an input for each product, else once. 6.1, 6.2:
  // weights, and biases. 11, 12: outputs.
  double reads = layer.isConvolution ? layer.multiplications : layer.inputs;
  energy.memory =
      NanoPerPico * (reads * accessEnergy(layer.inputs, bits) +
                     layer.multiplications * accessEnergy(layer.weights, bits) +
                     layer.outputs * accessEnergy(layer.outputs, bits) +
                     layer.outputs * accessEnergy(layer.outputs, bits));
  // 15, 16: what addresses are computed by.
  double sums = layer.isConvolution
                    ? layer.inputs + layer.outputs + layer.kernels
                    : layer.multiplications;
  energy.addresses = NanoPerPico * sums * add;
  return energy;
}

Energy Model::of(const SpikingLayer &layer) const {
  Energy energy;
  double updates = layer.updates;
  // 1.4, 2.4: an addition for each event, each update and each reset. 1.3, 2.3:
  // of a leak each update multiplies, too.
  energy.operations = NanoPerPico * ((layer.events + layer.spikesOut) * add +
                                     updates * (layer.leaks ? mac : add));
  if (!hasMemory)
    return energy;
  // 5: spikes. 7, 8: weights, and biases. 9, 10, 14: potentials are read and
  // written for each event and update. 13: spikes that leave.
  energy.memory =
      NanoPerPico *
      (layer.spikesIn * accessEnergy(layer.neurons, bits) +
       layer.events * accessEnergy(layer.weights, bits) +
       layer.neurons * accessEnergy(layer.neurons, bits) +
       2 * (layer.events + updates) * accessEnergy(layer.neurons, bits) +
       layer.spikesOut * accessEnergy(layer.neurons, bits));
  // 17.2: the address of each potential.
  energy.addresses = NanoPerPico * layer.events * add;
  return energy;
}
