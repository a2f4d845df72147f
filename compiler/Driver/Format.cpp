//===- Format.cpp - `snn fmt`: one way to write a model ---------*- C++ -*-===//
//
// Files are changed in place, standard input is copied to standard output; with
// --check nothing changes, and the exit code says whether something would.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Inputs.h"
#include "compiler/Driver/Output.h"
#include "compiler/Driver/Verbs.h"
#include "lang/AST/Printer.h"
#include "lang/Parse/Parser.h"

using namespace snn;
using namespace snn::driver;
namespace fs = std::filesystem;

namespace {

enum class Outcome { Same, Different, Errors };

Expected<Outcome> formatFile(const fs::path &path, bool checkOnly,
                             const Console &console) {
  if (!checkOnly && path != "-")
    if (std::optional<Failure> failure = refuseInPlace(path))
      return *failure;
  Expected<Input> input = readInput(path);
  if (!input)
    return input.failure();
  lang::SourceMap sources;
  lang::DiagnosticEngine engine(sources);
  const lang::SourceBuffer &buffer =
      sources.add(input->name, std::move(input->text));
  std::unique_ptr<lang::ast::File> file = lang::parse(buffer, engine);
  if (!file || engine.hasErrors()) {
    console.message(lang::render(
        engine, {console.options().format, console.colorsMessages()}));
    return Outcome::Errors;
  }
  std::string text = lang::print(*file, buffer);
  bool same = text == buffer.text();
  if (checkOnly)
    return same ? Outcome::Same : Outcome::Different;
  if (!same || path == "-")
    if (std::optional<Failure> failure = writeFile(path, text))
      return *failure;
  return same ? Outcome::Same : Outcome::Different;
}

} // namespace

int snn::driver::formatModels(const FormatOptions &options,
                              const Console &console) {
  std::vector<std::string> arguments = options.files;
  if (arguments.empty())
    arguments.push_back(".");
  bool errors = false, different = false;
  for (const std::string &argument : arguments) {
    Expected<std::vector<fs::path>> sources = findSources(argument);
    if (!sources)
      return console.fail(sources.failure());
    for (const fs::path &path : *sources) {
      Expected<Outcome> outcome = formatFile(path, options.check, console);
      if (!outcome)
        return console.fail(outcome.failure());
      errors |= *outcome == Outcome::Errors;
      if (*outcome != Outcome::Different)
        continue;
      different = true;
      std::string name = path == "-" ? "<stdin>" : path.string();
      if (options.check)
        console.note("would change " + name);
      else if (path != "-")
        console.note("formatted " + name);
    }
  }
  if (errors)
    return static_cast<int>(ExitCode::ModelErrors);
  return options.check && different
             ? static_cast<int>(ExitCode::ExpectationFailed)
             : 0;
}
