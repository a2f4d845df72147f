//===- CPU.cpp - From the sim dialect to the llvm dialect -----------------===//
//
// The passes and their order.
//
//===----------------------------------------------------------------------===//
#include "compiler/Pipelines/CPU.h"

#include "compiler/Conversion/Passes.h"
#include "dialects/Sim/IR/Ops.h"
#include "dialects/Sim/Transforms/Passes.h"

#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/ConvertToLLVM/ToLLVMPass.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVM.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/ReconcileUnrealizedCasts/ReconcileUnrealizedCasts.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Conversion/UBToLLVM/UBToLLVM.h"
#include "mlir/Conversion/VectorToLLVM/ConvertVectorToLLVM.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/Transforms/Passes.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

namespace snn::pipelines {

void registerCPUDialects(DialectRegistry &registry) {
  registry.insert<sim::SimDialect, spiking::SpikingDialect, arith::ArithDialect,
                  cf::ControlFlowDialect, func::FuncDialect, LLVM::LLVMDialect,
                  math::MathDialect, scf::SCFDialect, ub::UBDialect,
                  vector::VectorDialect>();
  arith::registerConvertArithToLLVMInterface(registry);
  cf::registerConvertControlFlowToLLVMInterface(registry);
  registerConvertFuncToLLVMInterface(registry);
  registerConvertMathToLLVMInterface(registry);
  ub::registerConvertUBToLLVMInterface(registry);
  vector::registerConvertVectorToLLVMInterface(registry);
  registerConvertToLLVMDependentDialectLoading(registry);
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
}

void buildKernelsToLLVM(OpPassManager &pm, const CPUOptions &options) {
  // First of all: the canonicaliser would fold `math` by the host's libm.
  pm.addPass(sim::createSimExpandMath());
  pm.addPass(createCSEPass());
  pm.addPass(createLoopInvariantCodeMotionPass());
  pm.addPass(createSCFToControlFlowPass());
  pm.addPass(createConvertToLLVMPass());
  pm.addPass(createReconcileUnrealizedCastsPass());
  if (options.debugLines) {
    LLVM::DIScopeForLLVMFuncOpPassOptions scope;
    scope.emissionKind = LLVM::DIEmissionKind::LineTablesOnly;
    pm.addPass(LLVM::createDIScopeForLLVMFuncOpPass(scope));
  }
}

void buildSimToLLVM(OpPassManager &pm, const CPUOptions &options) {
  pm.nest<sim::ModelOp>().addPass(sim::createSimVectorizeUpdates());
  pm.addPass(createConvertSimToLLVM());
  buildKernelsToLLVM(pm.nest<ModuleOp>(), options);
}

void registerCPUPipelines() {
  PassPipelineRegistration<>(
      "snn-kernels-to-llvm", "Functions over vectors to the llvm dialect",
      [](OpPassManager &pm) { buildKernelsToLLVM(pm, {}); });
  PassPipelineRegistration<>("snn-sim-to-llvm",
                             "An executable model to the llvm dialect",
                             [](OpPassManager &pm) { buildSimToLLVM(pm, {}); });
}

} // namespace snn::pipelines
