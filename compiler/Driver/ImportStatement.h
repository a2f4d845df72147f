//===- ImportStatement.h - `import "net.onnx" as name` ----------*- C++ -*-===//
//
// A statement of the language asks for what `snn import` does. What comes of it
// stands in a folder of its own until the model has been read.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_IMPORTSTATEMENT_H
#define SNN_COMPILER_DRIVER_IMPORTSTATEMENT_H

#include "compiler/Driver/TemporaryFolder.h"
#include "lang/Modules/Modules.h"

#include <list>

namespace snn::driver {

class ImportStatements {
public:
  explicit ImportStatements(const Console &console) : console(console) {}

  /// The network of a statement in a model that stands in `folder`, as a
  /// column.
  std::optional<lang::Imported> convert(const lang::ast::ImportStmt &statement,
                                        const std::filesystem::path &folder,
                                        lang::DiagnosticEngine &diagnostics);

private:
  const Console &console;
  std::list<TemporaryFolder> folders;
};

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_IMPORTSTATEMENT_H
