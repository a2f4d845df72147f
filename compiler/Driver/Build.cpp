//===- Build.cpp - `snn build`: a program of its own ------------*- C++ -*-===//
//
// An executable runs without `snn`; objects and libraries have a C interface.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Model.h"

using namespace snn;
using namespace snn::driver;

static Product productOf(const std::string &name) {
  return name == "obj"      ? Product::Object
         : name == "shared" ? Product::SharedLibrary
         : name == "llvm"   ? Product::LLVM
         : name == "mlir"   ? Product::MLIR
                            : Product::Executable;
}

int snn::driver::buildModel(const BuildOptions &options,
                            const Console &console) {
  Product product = productOf(options.emit);
  bool isText = product == Product::LLVM || product == Product::MLIR;
  if (options.output == "-" && !isText)
    return console.fail({ExitCode::Usage,
                         "`-o -`: only text goes to standard output",
                         "`--emit llvm` and `--emit mlir` are text"});
  Model model(options.model, console);
  lang::checked::Experiment experiment;
  if (std::optional<Stop> stop =
          model.loadExperiment(options.model.file, experiment))
    return stop->show(console);
  if (!experiment.sweeps.empty() && !isText)
    console.warn("a program makes one run: the sweep of " +
                 experiment.sweeps[0].path + " is left out");
  Expected<std::monostate> built =
      compileToFile(model.program(), experiment, model.sources(), model.code(),
                    product, options.output);
  if (!built)
    return console.fail(built.failure());
  return 0;
}
