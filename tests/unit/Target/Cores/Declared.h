//===- Declared.h - The library's chips, for tests --------------*- C++ -*-===//
//
// Tests take chips as users do: from their declarations.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TESTS_UNIT_TARGET_CORES_DECLARED_H
#define SNN_TESTS_UNIT_TARGET_CORES_DECLARED_H

#include "lang/Chips/Chips.h"
#include "lang/Parse/Parser.h"

#include <fstream>
#include <sstream>

/// The first declaration of a file with this text.
inline snn::lang::checked::Chip declaredBy(const std::string &text) {
  using namespace snn::lang;
  SourceMap sources;
  DiagnosticEngine engine(sources);
  std::unique_ptr<ast::File> file =
      parse(sources.add("chip.snn", text), engine);
  std::optional<checked::Chip> chip;
  if (file && !file->declarations.empty())
    if (const auto *one =
            ast::dynCast<ast::ChipDecl>(file->declarations[0].get()))
      chip = checkChip(*one, engine);
  return chip ? *chip : checked::Chip();
}

inline snn::lang::checked::Chip declared(const std::string &name) {
  std::ifstream stream(std::string(SNN_STDLIB_DIR) + "/chips/" + name + ".snn");
  std::ostringstream text;
  text << stream.rdbuf();
  return declaredBy(text.str());
}

#endif // SNN_TESTS_UNIT_TARGET_CORES_DECLARED_H
