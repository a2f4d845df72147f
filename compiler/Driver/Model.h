//===- Model.h - The experiment that a command line means -------*- C++ -*-===//
//
// Shared by run, build, test and explain: the file, the experiment in it, and
// what flags change of it.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_MODEL_H
#define SNN_COMPILER_DRIVER_MODEL_H

#include "compiler/Driver/Arguments.h"
#include "compiler/Driver/Compile.h"
#include "compiler/Driver/FrontEnd.h"
#include "compiler/Driver/Verbs.h"

namespace snn::driver {

/// What a step ended with where it did not succeed: messages about the model
/// have been shown, a failure has not.
struct Stop {
  std::optional<Failure> failure;
  /// Of what has been shown.
  ExitCode shown = ExitCode::ModelErrors;
  /// Shows the failure, if it is one; the exit code.
  int show(const Console &console) const {
    return failure ? console.fail(*failure) : static_cast<int>(shown);
  }
};

class Model {
public:
  Model(const ModelOptions &options, const Console &console)
      : options(options), console(console), front(console) {}

  /// Reads the file and the flags. `records` are further `record` clauses.
  std::optional<Stop> load(const std::string &path,
                           const std::vector<std::string> &records = {});

  std::vector<std::string> experiments();
  /// The experiment that the command line names, or the first one.
  Expected<std::string> chooseExperiment();

  /// Elaborates an experiment; `point` are further overrides.
  std::optional<Stop> elaborate(const std::string &experiment,
                                const std::vector<lang::Override> &point,
                                lang::checked::Experiment &result);

  /// A run that could not begin. What its network needs is said at the part
  /// that needs most of it.
  Stop notBegun(const Failure &failure,
                const lang::checked::Experiment &experiment) const;

  /// The file, the experiment in it and its seeds, in one.
  std::optional<Stop>
  loadExperiment(const std::string &path, lang::checked::Experiment &result,
                 const std::vector<lang::Override> &point = {});

  const lang::checked::Program &program() {
    return front.analysis()->program();
  }
  const lang::SourceMap &sources() const { return front.sourceMap(); }
  lang::checked::Seeds seeds(const lang::checked::Experiment &e) const {
    return seedChoice.apply(e.seeds);
  }
  bool hasOwnSeeds() const { return !options.seed.empty(); }
  CodeOptions code() const;
  /// ms after the warm-up; negative for the experiment's own.
  double duration() const { return ownDuration; }

private:
  const ModelOptions &options;
  const Console &console;
  FrontEnd front;
  std::vector<lang::Override> overrides;
  SeedChoice seedChoice;
  double ownDuration = -1;
};

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_MODEL_H
