//===- Execution.h - Running compiled models --------------------*- C++ -*-===//
//
// One compiled model serves many runs: seeds, durations and values of
// parameters differ without compiling again.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_EXECUTION_H
#define SNN_COMPILER_DRIVER_EXECUTION_H

#include "compiler/Driver/Console.h"
#include "compiler/Driver/Verbs.h"
#include "compiler/Results/Recording.h"
#include "lang/Sema/Checked.h"
#include "snn/runtime.h"

#include <memory>

namespace snn::driver {

/// The descriptor of a compiled model with other values in it. The model must
/// outlive it, and it its runs.
class Variant {
public:
  explicit Variant(const snn_model &model);
  const snn_model &model() const { return descriptor; }

  /// A uniform parameter of a population; false if the model has none of that
  /// name.
  bool setParameter(const std::string &population, const std::string &name,
                    double value);
  /// What a stimulus adds, at all times; false if there is no such stimulus.
  bool setStimulus(const std::string &path, double value);

private:
  snn_model descriptor;
  std::vector<snn_population> populations;
  std::vector<std::vector<snn_parameter>> parameters;
  std::vector<snn_stimulus> stimuli;
};

/// Limits and choices of a run, ready for the engine.
Expected<snn_options> engineOptions(const LimitOptions &limits,
                                    const lang::checked::Seeds &seeds,
                                    double duration);

class Run {
public:
  static Expected<Run> create(const snn_model &model,
                              const snn_options &options);

  /// To the end; a failure says why it ended before. `shown`: with a progress
  /// line where messages go to a terminal, and signals stop the run.
  std::optional<Failure> finish(const Console &console);

  results::Recording recording() const;
  snn_instance *instance() const { return handle.get(); }

private:
  explicit Run(snn_instance *instance, const snn_model &model)
      : handle(instance), model(&model) {}
  struct Destroy {
    void operator()(snn_instance *instance) const { snn_destroy(instance); }
  };
  std::unique_ptr<snn_instance, Destroy> handle;
  const snn_model *model;
};

/// An error of the engine as a failure.
Failure failureOf(const snn_error &error);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_EXECUTION_H
