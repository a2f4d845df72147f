//===- Mapping.h - From a model to the image of a chip ----------*- C++ -*-===//
//
// The steps of `snn map`: the experiment runs once on this machine, which gives
// the network, the spikes of its sources, and rates to place cores by; then its
// cells are taken apart, put into codes, laid on cores, and checked.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_MAPPING_H
#define SNN_COMPILER_DRIVER_MAPPING_H

#include "compiler/Driver/Model.h"
#include "compiler/Target/Cores/Map/Allocate.h"

namespace snn::driver {

struct MappedModel {
  emulator::Image image;
  target::cores::Network network;
  target::cores::CodedNetwork coded;
  target::cores::Mapping mapping;
  std::vector<double> spikes; // on this machine, of each neuron and line
  lang::checked::Experiment experiment;
  std::string name;   // of the experiment
  uint32_t ticks = 0; // likewise
};

/// `point` is a combination of the sweeps, if the experiment has any.
/// What could not be mapped is a failure with exit code 6.
std::optional<Stop> mapModel(const ModelOptions &options,
                             const LimitOptions &limits,
                             const lang::checked::Chip &chip,
                             const Console &console, MappedModel &result,
                             const std::vector<lang::Override> &point = {});

/// The same for the chip of this name, which becomes known.
std::optional<Stop> mapModelTo(const std::string &chipName,
                               const ModelOptions &options,
                               const LimitOptions &limits,
                               const Console &console,
                               lang::checked::Chip &chip, MappedModel &result);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_MAPPING_H
