//===- CPU.h - From the sim dialect to the llvm dialect ---------*- C++ -*-===//
//
// The pipeline of code generation for CPUs, the same at every optimisation
// level: what it decides could change a result's bits, so nothing of it is
// optional.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_PIPELINES_CPU_H
#define SNN_COMPILER_PIPELINES_CPU_H

namespace mlir {
class DialectRegistry;
class OpPassManager;
} // namespace mlir

namespace snn::pipelines {

/// The dialects of the pipeline, their conversions and translations.
void registerCPUDialects(mlir::DialectRegistry &registry);

struct CPUOptions {
  /// Line tables that name the model file.
  bool debugLines = true;
};

/// A `sim.model` to functions in the llvm dialect beside it.
void buildSimToLLVM(mlir::OpPassManager &pm, const CPUOptions &options);

/// Registers `snn-sim-to-llvm` and `snn-kernels-to-llvm`.
void registerCPUPipelines();

/// Functions over arith, math, scf and vectors to the llvm dialect, with `math`
/// expanded.
void buildKernelsToLLVM(mlir::OpPassManager &pm, const CPUOptions &options);

} // namespace snn::pipelines

#endif // SNN_COMPILER_PIPELINES_CPU_H
