//===- Check.cpp - `snn check`: is the model right? -------------*- C++ -*-===//
//
// Names, units, sizes and limits of every model and experiment in the files;
// no code is generated.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/FrontEnd.h"
#include "compiler/Driver/Inputs.h"
#include "compiler/Driver/Output.h"
#include "compiler/Driver/Verbs.h"
#include "lang/Diagnostics/Fixes.h"

using namespace snn;
using namespace snn::driver;
namespace fs = std::filesystem;

namespace {

/// Checks one file, and reports unless fixes will change it.
struct Checked {
  bool hasErrors = false;
  unsigned fixes = 0;
};

Expected<Checked> checkFile(const fs::path &path, bool fix,
                            const Console &console) {
  if (fix)
    if (std::optional<Failure> failure = refuseInPlace(path))
      return *failure;
  FrontEnd front(console);
  if (std::optional<Failure> failure = front.load(path))
    return *failure;
  if (front.module())
    lang::check(*front.module(), {}, front.engine());
  if (fix) {
    lang::FixedText fixed = lang::applyFixes(front.buffer(), front.engine());
    if (fixed.applied) {
      if (std::optional<Failure> failure = writeFile(path, fixed.text))
        return *failure;
      return Checked{false, fixed.applied};
    }
  }
  return Checked{front.report(), 0};
}

} // namespace

int snn::driver::checkModels(const CheckOptions &options,
                             const Console &console) {
  bool errors = false;
  unsigned files = 0;
  for (const std::string &argument : options.files) {
    if (options.fix && argument == "-")
      return console.fail(
          {ExitCode::Usage, "`--fix` changes files, not standard input", ""});
    if (argument.ends_with(".onnx")) {
      if (options.fix)
        return console.fail(
            {ExitCode::Usage, "`--fix` changes models, not ONNX files", ""});
      Expected<unsigned> refused = checkNetwork(argument, console);
      if (!refused)
        return console.fail(refused.failure());
      errors |= *refused > 0;
      ++files;
      continue;
    }
    Expected<std::vector<fs::path>> sources = findSources(argument);
    if (!sources)
      return console.fail(sources.failure());
    for (const fs::path &path : *sources) {
      unsigned fixes = 0;
      // A fix may uncover what it hid, but no text needs many rounds.
      for (unsigned round = 0; round < 8; ++round) {
        Expected<Checked> checked =
            checkFile(path, options.fix && round < 7, console);
        if (!checked)
          return console.fail(checked.failure());
        fixes += checked->fixes;
        errors |= checked->hasErrors;
        if (!checked->fixes)
          break;
      }
      if (fixes)
        console.note("fixed " + path.string() + ": " + std::to_string(fixes) +
                     (fixes == 1 ? " change" : " changes"));
      ++files;
    }
  }
  if (errors)
    return static_cast<int>(ExitCode::ModelErrors);
  console.note("checked " + std::to_string(files) +
               (files == 1 ? " file: no errors" : " files: no errors"));
  return 0;
}
