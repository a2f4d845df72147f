//===- LLVMBackend.h - From the llvm dialect to machine code ----*- C++ -*-===//
//
// Takes a module whose kernels are in the llvm dialect, with its `sim.model`
// (from which the descriptor is built), to LLVM IR, optimised IR and an object.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CPU_LLVMBACKEND_H
#define SNN_COMPILER_TARGET_CPU_LLVMBACKEND_H

#include "compiler/Target/CPU/Options.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"

namespace snn::target::cpu {

/// LLVM IR as text, for `--emit llvm`.
llvm::Expected<std::string> compileToLLVM(mlir::ModuleOp module,
                                          const Options &options);

/// A relocatable object in memory.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
compileToObject(mlir::ModuleOp module, const Options &options);

/// The same in a file, which appears whole or not at all.
llvm::Error compileToObject(mlir::ModuleOp module, const Options &options,
                            llvm::StringRef path);

} // namespace snn::target::cpu

#endif // SNN_COMPILER_TARGET_CPU_LLVMBACKEND_H
