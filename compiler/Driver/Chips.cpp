//===- Chips.cpp - The chip that a flag names -------------------*- C++ -*-===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Chips.h"

#include "lang/Diagnostics/Suggest.h"

#include <algorithm>

using namespace snn;
using namespace snn::driver;
namespace fs = std::filesystem;

/// Names of the chips of the library, and where it is.
static std::vector<std::string> libraryChips(fs::path &folder) {
  std::vector<std::string> names;
  for (const fs::path &library : libraryPaths()) {
    std::error_code error;
    for (const fs::directory_entry &entry :
         fs::directory_iterator(library / "chips", error))
      if (entry.path().extension() == ".snn")
        names.push_back(entry.path().stem().string());
    if (!names.empty()) {
      folder = library / "chips";
      break;
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<Stop> snn::driver::findChip(const std::string &name,
                                          const Console &console,
                                          lang::checked::Chip &chip) {
  fs::path path = name;
  if (path.extension() != ".snn") {
    fs::path folder;
    std::vector<std::string> names = libraryChips(folder);
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      std::optional<std::string> near = lang::nearest(name, names);
      return Stop{
          Failure{ExitCode::NoInput,
                  "there is no chip `" + name + "`; the library has " +
                      lang::joinNames(names),
                  near ? "did you mean `" + *near + "`?"
                       : "a chip of your own is a file: `--chip mine.snn`",
                  "E0820"}};
    }
    path = folder / (name + ".snn");
  }
  FrontEnd front(console);
  if (std::optional<Failure> failure = front.load(path))
    return Stop{*failure};
  std::optional<lang::checked::Chip> first;
  if (front.module() && !front.engine().hasErrors())
    for (const lang::Declared &declared : front.module()->own)
      if (const auto *found =
              lang::ast::dynCast<lang::ast::ChipDecl>(declared.declaration);
          found && !first)
        first = lang::checkChip(*found, front.engine());
  if (front.report())
    return Stop{};
  if (!first)
    return Stop{Failure{ExitCode::ModelErrors,
                        "`" + path.string() + "` declares no chip",
                        "a chip begins with `chip NAME {`", "E0820"}};
  chip = std::move(*first);
  return std::nullopt;
}
