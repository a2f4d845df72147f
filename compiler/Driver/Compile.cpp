//===- Compile.cpp - From a checked experiment to a program -----*- C++ -*-===//
//
// Runs the pipelines. What they report with a place in the model is about the
// model; anything else is a defect of ours, and leaves a folder to reproduce
// it.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Compile.h"

#include "compiler/Driver/Output.h"
#include "compiler/Driver/Reproducer.h"
#include "compiler/MLIRGen/MLIRGen.h"
#include "compiler/Pipelines/CPU.h"
#include "compiler/Pipelines/Spiking.h"
#include "compiler/Target/CPU/JIT.h"
#include "compiler/Target/CPU/LLVMBackend.h"
#include "compiler/Target/CPU/Link.h"
#include "compiler/Target/Cores/Map/Legalize.h"
#include "dialects/InitAll.h"
#include "dialects/Sim/IR/Ops.h"
#include "dialects/Spiking/Transforms/Passes.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/SHA256.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>

using namespace snn;
using namespace snn::driver;
using namespace snn::results;

namespace {

/// "model.snn:12", or empty where a location names no file.
std::string placeOf(mlir::Location location) {
  std::string place;
  location->walk([&](mlir::Location inner) {
    auto line = llvm::dyn_cast<mlir::FileLineColLoc>(inner);
    if (!line)
      return mlir::WalkResult::advance();
    place = line.getFilename().str() + ":" + std::to_string(line.getLine());
    return mlir::WalkResult::interrupt();
  });
  return place;
}

/// Collects what passes say of their choices, each once.
class Remarks final : public mlir::remark::detail::MLIRRemarkStreamerBase {
public:
  explicit Remarks(std::vector<Choice> &said) : said(said) {}
  void streamOptimizationRemark(
      const mlir::remark::detail::Remark &remark) override {
    Choice choice{remark.getRemarkName().str(), "", ""};
    // The first value names what the choice is about.
    for (const auto &argument : remark.getArgs()) {
      if (choice.subject.empty() && argument.key != "Reason") {
        choice.subject = argument.val;
        continue;
      }
      choice.text += choice.text.empty() ? "" : ": ";
      choice.text += argument.val;
    }
    for (const Choice &other : said)
      if (other.kind == choice.kind && other.subject == choice.subject &&
          other.text == choice.text)
        return;
    said.push_back(std::move(choice));
  }

private:
  std::vector<Choice> &said;
};

/// One compilation: a context, its module, and what was said on the way.
class Compilation {
public:
  Compilation(const CodeOptions &options) : options(options) {
    mlir::DialectRegistry registry;
    snn::registerAllDialects(registry);
    pipelines::registerCPUDialects(registry);
    context.appendDialectRegistry(registry);
    handler.emplace(&context, [this](mlir::Diagnostic &diagnostic) {
      note(diagnostic);
      return mlir::success();
    });
  }

  std::optional<Failure> generate(const lang::checked::Program &program,
                                  const lang::checked::Experiment &experiment,
                                  const lang::SourceMap &sources) {
    module = mlirgen::generateModule(context, program, experiment, sources);
    if (!module)
      return failure("the data of the model could not be read");
    // Names and values, not places: moving a line changes no model.
    std::string text;
    llvm::raw_string_ostream stream(text);
    module->print(stream);
    before = text;
    auto digest = llvm::SHA256::hash(llvm::arrayRefFromStringRef(text));
    hash = llvm::toHex(llvm::ArrayRef<uint8_t>(digest).take_front(16),
                       /*LowerCase=*/true);
    return std::nullopt;
  }

  std::optional<Failure> lowerToSim() {
    mlir::PassManager passes(&context);
    pipelines::SpikingOptions chosen;
    // The flag has the words of the attribute, and `auto`.
    chosen.storage = spiking::symbolizeStorage(options.storage)
                         .value_or(spiking::Storage::Either);
    pipelines::buildSpikingToSim(passes, chosen);
    if (mlir::failed(passes.run(*module)))
      return failure("the model could not be compiled");
    module->walk([&](sim::ModelOp model) {
      mlir::Builder builder(&context);
      model->setAttr("model_hash", builder.getStringAttr(hash));
      model->setAttr("flags", builder.getStringAttr(options.flags));
    });
    return std::nullopt;
  }

  std::optional<Failure> flatten() {
    mlir::PassManager passes(&context);
    passes.addPass(spiking::createSpikingVerifyDimensions());
    passes.addPass(spiking::createSpikingInstantiate());
    passes.addPass(spiking::createSpikingMergeReceptors());
    passes.addPass(spiking::createSpikingEliminateDeadState());
    if (mlir::failed(passes.run(*module)))
      return failure("the model could not be compiled");
    return std::nullopt;
  }

  std::optional<Failure> lowerToLLVM() {
    mlir::PassManager passes(&context);
    pipelines::buildSimToLLVM(passes, {});
    if (mlir::failed(passes.run(*module)))
      return failure("the model could not be compiled");
    return std::nullopt;
  }

  target::cpu::Options target() const {
    target::cpu::Options result;
    result.level = target::cpu::parseLevel(options.cpu)
                       .value_or(target::cpu::Level::Native);
    result.optLevel = options.optLevel;
    return result;
  }

  mlir::ModuleOp get() { return *module; }
  /// Has the passes say what they choose.
  void listen() {
    mlir::remark::RemarkCategories all;
    all.all = all.passed = all.missed = all.analysis = all.failed = ".*";
    // Fails for files alone, and there is none.
    (void)mlir::remark::enableOptimizationRemarks(
        context, std::make_unique<Remarks>(said),
        std::make_unique<mlir::remark::RemarkEmittingPolicyAll>(), all);
  }
  const std::vector<Choice> &remarks() const { return said; }

  Failure internal(llvm::Error error) const {
    return reproduce(llvm::toString(std::move(error)));
  }

private:
  const CodeOptions &options;
  std::vector<Choice> said; // outlives the context, which writes to it
  mlir::MLIRContext context{mlir::MLIRContext::Threading::DISABLED};
  std::optional<mlir::ScopedDiagnosticHandler> handler;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  std::string before, hash;
  /// The first error.
  std::string message, place;

  void note(mlir::Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() != mlir::DiagnosticSeverity::Error ||
        !message.empty())
      return;
    message = diagnostic.str();
    place = placeOf(diagnostic.getLocation());
  }

  Failure failure(const std::string &otherwise) const {
    // A verifier speaks of operations: the IR is wrong, not the model.
    bool ours = message.empty() || place.empty() ||
                llvm::StringRef(message).starts_with("'");
    if (ours)
      return reproduce(message.empty() ? otherwise : message);
    return {ExitCode::ModelErrors, place + ": " + message, ""};
  }

  Failure reproduce(const std::string &what) const {
    return internalError(what, {{"repro.mlir", before}});
  }
};

class InMemory final : public CompiledModel {
public:
  InMemory(target::cpu::Session session, const snn_model *descriptor)
      : session(std::move(session)), descriptor(descriptor) {}
  const snn_model &model() const override { return *descriptor; }

private:
  target::cpu::Session session;
  const snn_model *descriptor;
};

} // namespace

Expected<std::unique_ptr<CompiledModel>>
snn::driver::compileInMemory(const lang::checked::Program &program,
                             const lang::checked::Experiment &experiment,
                             const lang::SourceMap &sources,
                             const CodeOptions &options) {
  auto begin = std::chrono::steady_clock::now();
  Compilation compilation(options);
  if (auto failure = compilation.generate(program, experiment, sources))
    return *failure;
  if (auto failure = compilation.lowerToSim())
    return *failure;
  if (auto failure = compilation.lowerToLLVM())
    return *failure;
  auto session =
      target::cpu::Session::create(compilation.get(), compilation.target());
  if (!session)
    return compilation.internal(session.takeError());
  auto descriptor = session->model();
  if (!descriptor)
    return compilation.internal(descriptor.takeError());
  std::unique_ptr<CompiledModel> compiled =
      std::make_unique<InMemory>(std::move(*session), *descriptor);
  compiled->seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin)
          .count();
  return compiled;
}

std::variant<target::cores::Network, target::cores::Refusal, Failure>
snn::driver::readNetwork(const lang::checked::Program &program,
                         const lang::checked::Experiment &experiment,
                         const lang::SourceMap &sources,
                         const CodeOptions &options,
                         const lang::checked::Chip &chip) {
  Compilation compilation(options);
  if (auto failure = compilation.generate(program, experiment, sources))
    return *failure;
  if (auto failure = compilation.flatten())
    return *failure;
  for (auto one : compilation.get().getOps<spiking::ExperimentOp>()) {
    auto network = target::cores::legalize(one, chip);
    if (auto *refusal = std::get_if<target::cores::Refusal>(&network))
      return *refusal;
    return std::move(std::get<target::cores::Network>(network));
  }
  return compilation.internal(
      llvm::createStringError("the experiment was lost"));
}

static std::optional<Failure> linkProduct(Compilation &compilation,
                                          Product product,
                                          const std::string &name) {
  std::error_code unresolved;
  std::string output = resolveLink(name, unresolved);
  if (unresolved)
    return Failure{ExitCode::InputOutput,
                   "cannot build `" + name + "`: " + unresolved.message(), ""};
  auto cannot = [&](llvm::Error error) {
    return Failure{ExitCode::InputOutput,
                   "cannot build `" + output +
                       "`: " + llvm::toString(std::move(error)),
                   ""};
  };
  // A finished file is renamed to its name; a device would be lost by that.
  namespace fs = llvm::sys::fs;
  if (fs::exists(output) && !fs::is_regular_file(output))
    return Failure{ExitCode::InputOutput,
                   "cannot build `" + output + "`: it is not a regular file",
                   ""};
  if (product == Product::Object) {
    if (llvm::Error error = target::cpu::compileToObject(
            compilation.get(), compilation.target(), output))
      return cannot(std::move(error));
    return std::nullopt;
  }
  std::string program = fs::getMainExecutable(nullptr, nullptr);
  auto runtime = target::cpu::findRuntimeLibrary(program);
  if (!runtime)
    return cannot(runtime.takeError());
  llvm::SmallString<128> object;
  if (std::error_code code = fs::createTemporaryFile("snn", "o", object))
    return cannot(llvm::errorCodeToError(code));
  llvm::FileRemover remove(object);
  if (llvm::Error error = target::cpu::compileToObject(
          compilation.get(), compilation.target(), object))
    return cannot(std::move(error));
  auto kind = product == Product::Executable
                  ? target::cpu::LinkKind::Executable
                  : target::cpu::LinkKind::SharedLibrary;
  if (llvm::Error error = target::cpu::link(kind, object, *runtime, output))
    return cannot(std::move(error));
  return std::nullopt;
}

Expected<std::monostate> snn::driver::compileToFile(
    const lang::checked::Program &program,
    const lang::checked::Experiment &experiment, const lang::SourceMap &sources,
    const CodeOptions &options, Product product, const std::string &output) {
  Compilation compilation(options);
  if (auto failure = compilation.generate(program, experiment, sources))
    return *failure;
  std::optional<Failure> failure;
  if (product == Product::MLIR) {
    std::string text;
    llvm::raw_string_ostream stream(text);
    compilation.get().print(stream);
    failure = writeFile(output, text);
    return failure ? Expected<std::monostate>(*failure) : std::monostate();
  }
  if ((failure = compilation.lowerToSim()) ||
      (failure = compilation.lowerToLLVM()))
    return *failure;
  if (product == Product::LLVM) {
    auto text =
        target::cpu::compileToLLVM(compilation.get(), compilation.target());
    if (!text)
      return compilation.internal(text.takeError());
    failure = writeFile(output, *text);
  } else {
    failure = linkProduct(compilation, product, output);
  }
  return failure ? Expected<std::monostate>(*failure) : std::monostate();
}

Expected<std::vector<Choice>>
snn::driver::explainChoices(const lang::checked::Program &program,
                            const lang::checked::Experiment &experiment,
                            const lang::SourceMap &sources,
                            const CodeOptions &options) {
  Compilation compilation(options);
  compilation.listen();
  if (auto failure = compilation.generate(program, experiment, sources))
    return *failure;
  if (auto failure = compilation.lowerToSim())
    return *failure;
  return compilation.remarks();
}
