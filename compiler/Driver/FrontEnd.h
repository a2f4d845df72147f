//===- FrontEnd.h - From a file to a checked program ------------*- C++ -*-===//
//
// Reading, parsing and checking one model, with everything that later steps
// refer to kept alive.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_FRONTEND_H
#define SNN_COMPILER_DRIVER_FRONTEND_H

#include "compiler/Driver/ImportStatement.h"
#include "compiler/Driver/Inputs.h"
#include "lang/Diagnostics/Engine.h"
#include "lang/Modules/Modules.h"
#include "lang/Sema/Sema.h"

#include <memory>

namespace snn::driver {

/// The folder of the standard library and its alternatives, best first.
std::vector<std::filesystem::path> libraryPaths();

class FrontEnd {
public:
  explicit FrontEnd(const Console &console);

  /// Reads and parses a model with all that it uses. What is wrong goes to the
  /// engine; a failure is about the file itself.
  /// `records` are clauses to add to an experiment: the one named, or the
  /// first.
  std::optional<Failure> load(const std::filesystem::path &path,
                              const std::string &experiment = "",
                              const std::vector<std::string> &records = {});

  /// The models of the module; null if the text could not be parsed.
  lang::Analysis *analysis() { return checked.get(); }
  const lang::Module *module() const { return root; }
  const lang::SourceMap &sourceMap() const { return sources; }
  lang::DiagnosticEngine &engine() { return diagnostics; }
  const lang::SourceBuffer &buffer() const { return *text; }
  const std::string &name() const { return input.name; }

  /// Shows what was reported since the last time; true if it holds errors.
  bool report();
  /// Shows messages about this model that others collected.
  void show(const lang::DiagnosticEngine &messages) const;

private:
  const Console &console;
  Input input;
  lang::SourceMap sources;
  lang::DiagnosticEngine diagnostics;
  ImportStatements imports;
  lang::ModuleLoader loader;
  const lang::SourceBuffer *text = nullptr;
  const lang::Module *root = nullptr;
  std::unique_ptr<lang::Analysis> checked;
};

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_FRONTEND_H
