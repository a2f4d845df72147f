//===- Sema.h - Semantic analysis -------------------------------*- C++ -*-===//
//
// The entrance: modules in, a checked program out. Models are checked once and
// stay symbolic; every experiment is elaborated with its own flat network, and
// may be elaborated again with other overrides.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_SEMA_H
#define SNN_LANG_SEMA_SEMA_H

#include "lang/Modules/Modules.h"
#include "lang/Sema/Checked.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace snn::lang {

class Models;

/// `--set path=text`: "net.g" is an argument of the network, "E.tau_m" a value
/// of a population, "step" and "duration" are the experiment's.
struct Override {
  std::string path, text;
  /// One value of a sweep, of which all have been looked at.
  bool isPoint = false;
};

/// Keeps what was checked, for experiments that are elaborated on demand. The
/// module and the engine must outlive it.
class Analysis {
public:
  Analysis(const Module &module, DiagnosticEngine &diagnostics);
  ~Analysis();

  /// Checks every model of the module, used or not, and every network and
  /// column that nothing uses and that has defaults for all its parameters.
  void checkDeclarations();

  /// The names of the module's experiments, in the order of the text, each
  /// before those of its controls: "SelfSustained/WithoutKick".
  std::vector<std::string> experiments() const;

  /// One experiment with overrides. Its indices refer to `program()`, which
  /// may have grown. Empty if there were errors, or no such experiment.
  std::optional<checked::Experiment>
  elaborate(std::string_view experiment,
            const std::vector<Override> &overrides = {});

  const checked::Program &program() const { return checkedProgram; }

private:
  const Module &module;
  DiagnosticEngine &diagnostics;
  checked::Program checkedProgram;
  std::unique_ptr<Models> models;

  void checkStructures();
  /// Adds the structure of that name and all that it extends or is made of.
  void reach(const std::string &name, std::set<std::string> &reached);
  void checkControls();
};

struct CheckOptions {
  std::vector<Override> overrides;
  /// Only this experiment gets the overrides and is elaborated; all if empty.
  std::string experiment;
};

/// Everything at once: all models and the experiments. Empty if there were
/// errors.
std::optional<checked::Program> check(const Module &module,
                                      const CheckOptions &options,
                                      DiagnosticEngine &diagnostics);

} // namespace snn::lang

#endif // SNN_LANG_SEMA_SEMA_H
