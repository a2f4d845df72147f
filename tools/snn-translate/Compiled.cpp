//===- Compiled.cpp - Lowered models as LLVM IR, and run --------*- C++ -*-===//
//
// `--sim-to-llvmir` prints what the code generator gets, descriptor included;
// `--run` compiles in memory, runs, and prints what `--interpret` prints at its
// end, so that the two can be compared.
//
//===----------------------------------------------------------------------===//
#include "compiler/Pipelines/CPU.h"
#include "compiler/Target/CPU/JIT.h"
#include "compiler/Target/CPU/LLVMBackend.h"
#include "snn/runtime.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Tools/mlir-translate/Translation.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Format.h"

using namespace mlir;
using namespace snn::target::cpu;

static llvm::cl::opt<unsigned> optLevel("O", llvm::cl::desc("0 to 3"),
                                        llvm::cl::Prefix, llvm::cl::init(2));
static llvm::cl::opt<std::string> level("cpu", llvm::cl::desc("CPU level"),
                                        llvm::cl::init("native"));

/// What the command line says; an error at `module` if it cannot be.
static FailureOr<Options> getOptions(ModuleOp module) {
  Options options;
  options.optLevel = optLevel;
  std::optional<Level> parsed = parseLevel(level);
  if (!parsed)
    return module.emitError("no such CPU level: ") << level;
  options.level = *parsed;
  return options;
}

static LogicalResult printLLVM(Operation *op, raw_ostream &out) {
  auto module = cast<ModuleOp>(op);
  FailureOr<Options> options = getOptions(module);
  if (failed(options))
    return failure();
  llvm::Expected<std::string> text = compileToLLVM(module, *options);
  if (!text)
    return module.emitError(llvm::toString(text.takeError()));
  out << *text;
  return success();
}

static LogicalResult run(Operation *op, raw_ostream &out) {
  auto module = cast<ModuleOp>(op);
  FailureOr<Options> options = getOptions(module);
  if (failed(options))
    return failure();
  llvm::Expected<Session> session = Session::create(module, *options);
  if (!session)
    return module.emitError(llvm::toString(session.takeError()));
  llvm::Expected<const snn_model *> model = session->model();
  if (!model)
    return module.emitError(llvm::toString(model.takeError()));
  snn_error error = {};
  snn_instance *instance = snn_create(*model, nullptr, &error);
  if (!instance)
    return module.emitError(error.message);
  LogicalResult result = success();
  if (snn_run(instance, UINT64_MAX) == SNN_OK)
    out << "spike_hash "
        << llvm::format("%016llx", static_cast<unsigned long long>(
                                       snn_spike_hash(instance)))
        << "\n";
  else
    result = module.emitError(snn_last_error(instance)->message);
  snn_destroy(instance);
  return result;
}

static TranslateFromMLIRRegistration
    registerLLVM("sim-to-llvmir",
                 "A lowered model as LLVM IR with its descriptor", printLLVM,
                 snn::pipelines::registerCPUDialects);

static TranslateFromMLIRRegistration
    registerRun("run", "Compile a lowered model in memory and run it", run,
                snn::pipelines::registerCPUDialects);
