//===- Sweep.h - The runs of an experiment ----------------------*- C++ -*-===//
//
// An experiment without sweeps is one run; with sweeps, one for each
// combination of values. What can vary in a compiled model varies there; only
// what changes the structure of the network compiles again.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_SWEEP_H
#define SNN_COMPILER_DRIVER_SWEEP_H

#include "compiler/Driver/Execution.h"
#include "compiler/Driver/Model.h"

namespace snn::driver {

class Sweep {
public:
  Sweep(Model &model, std::string experiment)
      : model(model), name(std::move(experiment)) {}

  /// Elaborates the experiment.
  std::optional<Stop> prepare();

  /// Number of combinations; at least one.
  size_t size() const;
  /// The values of one, in internal units, one for each sweep.
  std::vector<double> values(size_t point) const;
  const std::vector<lang::checked::Sweep> &parameters() const { return sweeps; }

  /// Makes a combination the current one, compiling if that is needed.
  std::optional<Stop> select(size_t point);
  /// The current combination, for a model that knows of no sweep.
  std::vector<lang::Override> point() const;
  /// Of the current combination.
  const lang::checked::Experiment &experiment() const { return elaborated; }
  const snn_model &descriptor() const { return variant->model(); }

  /// Spent on compiling so far.
  double compileSeconds() const { return seconds; }

private:
  Model &model;
  std::string name;
  std::vector<lang::checked::Sweep> sweeps;
  /// Which of them are overrides of the model's text.
  std::vector<bool> byText;
  lang::checked::Experiment elaborated;
  /// The overrides that `compiled` was made with.
  std::optional<std::vector<lang::Override>> current;
  std::unique_ptr<CompiledModel> compiled;
  std::unique_ptr<Variant> variant;
  double seconds = 0;
  size_t selected = 0;

  std::vector<size_t> indices(size_t point) const;
  std::optional<Stop> compile(std::vector<lang::Override> overrides);
  std::string stimulusOf(size_t sweep) const;
  bool apply(size_t sweep, double value);
};

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_SWEEP_H
