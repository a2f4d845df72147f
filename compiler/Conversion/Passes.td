//===- Passes.td - Conversions between dialects ------------*- tablegen -*-===//
//
// One conversion a folder.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_CONVERSION_PASSES_TD
#define SNN_COMPILER_CONVERSION_PASSES_TD

include "mlir/Pass/PassBase.td"

def ConvertSimToLLVM : Pass<"convert-sim-to-llvm", "::mlir::ModuleOp"> {
  let summary = "Kernels of a model become functions over pointers";
  let description = [{
    Before: a `sim.model`, its kernels vectorised. After: beside the model, a
    module of functions with the signatures of `snn/abi.h`, over llvm pointers,
    arith, math, scf and vectors; the attribute `functions` of each part of the
    model names its functions. Kernels alike share one function, so that many
    populations of one model compile as fast as one.

    Elementary functions of initialisation and of time are calls to the
    runtime's (`snn_exp` and so on), those of steps stay `math` operations, to
    be expanded.

    The model itself stays as it is: the tables of the descriptor are made from
    it when the module is translated to LLVM IR.
  }];
  let statistics = [
    Statistic<"numFunctions", "num-functions", "Functions made">,
    Statistic<"numShared", "num-shared", "Kernels that share a function">
  ];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::func::FuncDialect",
    "::mlir::LLVM::LLVMDialect", "::mlir::scf::SCFDialect",
    "::mlir::vector::VectorDialect"];
}

#endif // SNN_COMPILER_CONVERSION_PASSES_TD
