//===- Evaluation.h - A converted network on a test set ---------*- C++ -*-===//
//
// How often the network as it was, the integer network and the spiking network
// are right; whether the last two differ anywhere; and how the spiking network
// comes to its answers.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_EVALUATION_H
#define SNN_COMPILER_DRIVER_EVALUATION_H

#include "compiler/Driver/ConvertedRun.h"
#include "compiler/Driver/EnergyReport.h"
#include "compiler/Plot/Figure.h"

namespace snn::driver {

struct Evaluation {
  std::string data;
  uint64_t inputs = 0;
  /// Neurons that fire, and outputs, over all inputs, and how many of both
  /// differ from the integer network's.
  uint64_t numbers = 0, differing = 0, differingOutputs = 0;
  /// Right answers.
  uint64_t original = 0, integer = 0, spiking = 0;
  struct Class {
    std::string name;
    uint64_t inputs = 0, right = 0;
    /// Of all layers but the input, and steps until the answer stays.
    uint64_t spikes = 0, decided = 0;
  };
  std::vector<Class> classes;
  /// Row: what an input is; column: what the spiking network says.
  std::vector<std::vector<uint64_t>> confusion;
  /// What each did over all inputs.
  std::vector<importing::Layer> layers;
  std::optional<EnergyReport> energy;
  /// Right answers after each step of the frame in which the output adds up.
  std::vector<uint64_t> anytime;
  /// Inputs whose answer does not change any more behind that step.
  std::vector<uint64_t> decided;
  /// Who answers as soon as the greatest sum leads by a margin.
  struct Exit {
    double margin = 0;
    uint64_t right = 0, steps = 0;
  };
  std::vector<Exit> exits;
  /// Steps from the beginning of an input to the frame that `anytime` shows.
  uint64_t before = 0;
  double wall = 0;

  std::string toJson() const;
  std::string toText() const;
  /// Accuracy and what is decided over time.
  plot::Figure anytimeFigure() const;
};

/// Shows the network all examples of a data set that has labels.
std::optional<Stop> evaluate(importing::Conversion &conversion,
                             data::Dataset set, const Console &console,
                             Evaluation &result);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_EVALUATION_H
