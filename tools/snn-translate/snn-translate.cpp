//===- snn-translate.cpp - From the IR to other things ----------*- C++ -*-===//
//
// `--interpret` runs an experiment by its IR, at any stage before the
// conversion to sim, and prints spikes, samples, final states of cells and
// synapses, and the spike hash.
//
//===----------------------------------------------------------------------===//
#include "compiler/Interpreter/Interpreter.h"
#include "dialects/InitAll.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Tools/mlir-translate/MlirTranslateMain.h"
#include "mlir/Tools/mlir-translate/Translation.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Format.h"

#include <charconv>

using namespace mlir;
using namespace snn;

static llvm::cl::opt<std::string>
    experimentName("experiment", llvm::cl::desc("Which to run; the only one"),
                   llvm::cl::value_desc("name"));
static llvm::cl::opt<bool> hashOnly("spike-hash-only",
                                    llvm::cl::desc("Print nothing else"));

static FailureOr<spiking::ExperimentOp> findExperiment(ModuleOp module) {
  spiking::ExperimentOp found;
  for (auto op : module.getOps<spiking::ExperimentOp>()) {
    if (!experimentName.empty() && op.getSymName() != experimentName)
      continue;
    if (found)
      return op.emitError("is a second experiment: name one, --experiment=")
             << op.getSymName();
    found = op;
  }
  if (!found)
    return module.emitError("has no such experiment");
  return found;
}

/// The shortest decimals that read back as the same bits.
static void print(raw_ostream &os, ArrayRef<double> values) {
  for (double value : values) {
    char buffer[32];
    auto end = std::to_chars(buffer, buffer + sizeof(buffer), value);
    os << " " << StringRef(buffer, end.ptr - buffer);
  }
  os << "\n";
}

static LogicalResult interpret(Operation *op, raw_ostream &os) {
  FailureOr<spiking::ExperimentOp> experiment =
      findExperiment(cast<ModuleOp>(op));
  if (failed(experiment))
    return failure();
  FailureOr<interpreter::Result> result = interpreter::interpret(*experiment);
  if (failed(result))
    return failure();
  if (!hashOnly) {
    for (const interpreter::Spike &spike : result->spikes)
      os << "spike " << spike.step << " " << spike.population << " "
         << spike.neuron << "\n";
    for (const interpreter::Sample &sample : result->samples) {
      os << "sample " << sample.step << " " << sample.population << " "
         << sample.variable;
      print(os, sample.values);
    }
    for (const interpreter::State &state : result->states) {
      os << "state " << state.population << " " << state.variable;
      print(os, state.values);
    }
    for (const interpreter::SynapseState &state : result->synapses) {
      os << "synapses " << state.projection << " " << state.variable;
      print(os, state.values);
    }
  }
  os << "spike_hash " << llvm::format("%016llx", result->spikeHash) << "\n";
  return success();
}

static TranslateFromMLIRRegistration
    registration("interpret",
                 "Run an experiment by its IR: the compiler's reference",
                 interpret, [](DialectRegistry &registry) {
                   snn::registerAllDialects(registry);
                   registry.insert<arith::ArithDialect, func::FuncDialect,
                                   math::MathDialect, scf::SCFDialect>();
                 });

int main(int argc, char **argv) {
  return failed(mlirTranslateMain(argc, argv, "The compiler's translations"));
}
