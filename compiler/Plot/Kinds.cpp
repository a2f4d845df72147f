//===- Kinds.cpp - The table of plots ---------------------------*- C++ -*-===//
//
// In the order of `snn plot --help`.
//
//===----------------------------------------------------------------------===//
#include "compiler/Plot/Kinds.h"

using namespace snn::plot;

std::span<const Kind> snn::plot::kinds() {
  static constexpr Kind table[] = {
      {"raster", "spikes of each neuron over time", plotRaster},
      {"rate", "mean rate of each population over time", plotRate},
      {"isi", "distribution of interspike intervals", plotIntervals},
      {"cv", "distribution of the intervals' variability", plotCv},
      {"trace", "recorded states over time", plotTrace},
      {"spectrum", "power spectrum of the population rates", plotSpectrum},
      {"modulators", "levels of modulators over time", plotModulators},
      {"fields", "weights onto each target, as images", plotFields,
       /*readsSynapses=*/true},
  };
  return table;
}

std::span<const SynapseKind> snn::plot::synapseKinds() {
  static constexpr SynapseKind table[] = {
      {"weights", "distribution of weights", plotWeights},
      {"connectivity", "who is connected to whom", plotConnectivity},
  };
  return table;
}
