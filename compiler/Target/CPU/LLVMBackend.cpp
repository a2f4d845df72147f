//===- LLVMBackend.cpp - From the llvm dialect to machine code ------------===//
//
// The one place where LLVM's optimiser and code generator are set up, so that
// executables and just-in-time code are the same code. No fused multiply-add,
// no fast-math; functions state that subnormals are flushed, so that constants
// folded here equal what the engine's threads compute.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/CPU/LLVMBackend.h"

#include "compiler/Conversion/SimToLLVM/Functions.h"
#include "compiler/Target/CPU/Descriptor.h"

#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/SubtargetFeature.h"
#include "llvm/TargetParser/Triple.h"

namespace snn::target::cpu {

std::optional<Level> parseLevel(llvm::StringRef name) {
  return llvm::StringSwitch<std::optional<Level>>(name)
      .Case("baseline", Level::Baseline)
      .Case("x86-64-v2", Level::V2)
      .Case("x86-64-v3", Level::V3)
      .Case("x86-64-v4", Level::V4)
      .Case("native", Level::Native)
      .Default(std::nullopt);
}

static llvm::StringRef cpuName(Level level, const llvm::Triple &triple) {
  switch (level) {
  case Level::Baseline:
    return triple.getArch() == llvm::Triple::x86_64 ? "x86-64" : "generic";
  case Level::V2:
    return "x86-64-v2";
  case Level::V3:
    return "x86-64-v3";
  case Level::V4:
    return "x86-64-v4";
  case Level::Native:
    return llvm::sys::getHostCPUName();
  }
  llvm_unreachable("covered switch");
}

static llvm::CodeGenOptLevel codeGenLevel(unsigned optLevel) {
  switch (optLevel) {
  case 0:
    return llvm::CodeGenOptLevel::None;
  case 1:
    return llvm::CodeGenOptLevel::Less;
  case 2:
    return llvm::CodeGenOptLevel::Default;
  default:
    return llvm::CodeGenOptLevel::Aggressive;
  }
}

/// The code generator for the host's architecture at `options.level`.
static llvm::Expected<std::unique_ptr<llvm::TargetMachine>>
createTargetMachine(const Options &options) {
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  llvm::Triple triple(llvm::sys::getDefaultTargetTriple());
  bool levelIsX86 =
      options.level != Level::Baseline && options.level != Level::Native;
  if (levelIsX86 && triple.getArch() != llvm::Triple::x86_64)
    return llvm::createStringError("x86-64 levels need an x86-64 machine");
  std::string error;
  const llvm::Target *target =
      llvm::TargetRegistry::lookupTarget(triple, error);
  if (!target)
    return llvm::createStringError(error);

  llvm::SubtargetFeatures features;
  if (options.level == Level::Native)
    for (const auto &[name, enabled] : llvm::sys::getHostCPUFeatures())
      features.AddFeature(name, enabled);
  llvm::TargetOptions targetOptions;
  targetOptions.AllowFPOpFusion = llvm::FPOpFusion::Strict;
  targetOptions.FunctionSections = true;
  std::unique_ptr<llvm::TargetMachine> machine(target->createTargetMachine(
      triple, cpuName(options.level, triple), features.getString(),
      targetOptions, llvm::Reloc::PIC_, std::nullopt,
      codeGenLevel(options.optLevel)));
  if (!machine)
    return llvm::createStringError("no code generator for " + triple.str());
  return machine;
}

/// What every function is compiled under.
static void setAttributes(llvm::Function &function,
                          llvm::TargetMachine &machine) {
  function.addFnAttr("target-cpu", machine.getTargetCPU());
  function.addFnAttr("target-features", machine.getTargetFeatureString());
  // Levels with AVX-512 use its 512-bit registers.
  function.addFnAttr("prefer-vector-width", "512");
  function.addFnAttr("denormal-fp-math", "preserve-sign,preserve-sign");
  function.addFnAttr("no-trapping-math", "true");
  function.addFnAttr(llvm::Attribute::NoUnwind);
}

/// Kernels are straight-line vector code in one loop: what helps them is this,
/// in a fraction of the time of LLVM's own -O2.
static constexpr const char *shortPipeline =
    "function(simplifycfg,early-cse<memssa>,instcombine,"
    "loop-mssa(loop-rotate,licm),gvn,instcombine,simplifycfg),globaldce";

static void optimize(llvm::Module &module, llvm::TargetMachine &machine,
                     const Options &options) {
  llvm::LoopAnalysisManager lam;
  llvm::FunctionAnalysisManager fam;
  llvm::CGSCCAnalysisManager cgam;
  llvm::ModuleAnalysisManager mam;
  // The code is vector code already.
  llvm::PipelineTuningOptions tuning;
  tuning.LoopVectorization = tuning.SLPVectorization = false;
  llvm::PassBuilder builder(&machine, tuning);
  builder.registerModuleAnalyses(mam);
  builder.registerCGSCCAnalyses(cgam);
  builder.registerFunctionAnalyses(fam);
  builder.registerLoopAnalyses(lam);
  builder.crossRegisterProxies(lam, fam, cgam, mam);
  llvm::ModulePassManager pm;
  switch (options.optLevel) {
  case 0:
    pm = builder.buildO0DefaultPipeline(llvm::OptimizationLevel::O0);
    break;
  case 1:
  case 2:
    llvm::cantFail(builder.parsePassPipeline(pm, shortPipeline));
    break;
  default:
    pm = builder.buildPerModuleDefaultPipeline(llvm::OptimizationLevel::O3);
  }
  pm.run(module, mam);
}

namespace {
/// A compilation in LLVM IR.
struct Translation {
  std::unique_ptr<llvm::LLVMContext> context;
  std::unique_ptr<llvm::Module> module;
};
} // namespace

/// Translates and optimises.
static llvm::Expected<Translation> translate(mlir::ModuleOp module,
                                             llvm::TargetMachine &machine,
                                             const Options &options) {
  Translation result;
  result.context = std::make_unique<llvm::LLVMContext>();
  auto models = module.getOps<sim::ModelOp>();
  mlir::ModuleOp functions =
      models.empty() ? module : getFunctions(*models.begin());
  result.module =
      mlir::translateModuleToLLVMIR(functions, *result.context, "snn");
  if (!result.module)
    return llvm::createStringError("the module has no translation to LLVM IR");
  llvm::Module &llvmModule = *result.module;
  if (!models.empty())
    addDescriptor(*models.begin(), llvmModule);
  llvmModule.setTargetTriple(machine.getTargetTriple());
  llvmModule.setDataLayout(machine.createDataLayout());
  // Landing pads for indirect calls, as the rest of a hardened program has.
  if (machine.getTargetTriple().getArch() == llvm::Triple::x86_64) {
    llvmModule.addModuleFlag(llvm::Module::Min, "cf-protection-branch", 1);
    llvmModule.addModuleFlag(llvm::Module::Min, "cf-protection-return", 1);
  }
  for (llvm::Function &function : llvmModule)
    if (!function.isDeclaration())
      setAttributes(function, machine);
  optimize(llvmModule, machine, options);
  return result;
}

llvm::Expected<std::string> compileToLLVM(mlir::ModuleOp module,
                                          const Options &options) {
  auto machine = createTargetMachine(options);
  if (!machine)
    return machine.takeError();
  auto translation = translate(module, **machine, options);
  if (!translation)
    return translation.takeError();
  std::string text;
  llvm::raw_string_ostream(text) << *translation->module;
  return text;
}

llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
compileToObject(mlir::ModuleOp module, const Options &options) {
  auto machine = createTargetMachine(options);
  if (!machine)
    return machine.takeError();
  auto translation = translate(module, **machine, options);
  if (!translation)
    return translation.takeError();
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream out(bytes);
  llvm::legacy::PassManager pm;
  if ((*machine)->addPassesToEmitFile(pm, out, nullptr,
                                      llvm::CodeGenFileType::ObjectFile))
    return llvm::createStringError("the code generator emits no objects");
  pm.run(*translation->module);
  return std::make_unique<llvm::SmallVectorMemoryBuffer>(
      std::move(bytes), "snn", /*RequiresNullTerminator=*/false);
}

llvm::Error compileToObject(mlir::ModuleOp module, const Options &options,
                            llvm::StringRef path) {
  auto object = compileToObject(module, options);
  if (!object)
    return object.takeError();
  return llvm::writeToOutput(path, [&](llvm::raw_ostream &out) {
    out << (*object)->getBuffer();
    return llvm::Error::success();
  });
}

} // namespace snn::target::cpu
