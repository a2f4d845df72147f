//===- Passes.td - Conversions between dialects ------------*- tablegen -*-===//
//
// One conversion a folder.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_CONVERSION_PASSES_TD
#define SNN_COMPILER_CONVERSION_PASSES_TD

include "mlir/Pass/PassBase.td"

def ConvertSpikingToSim : Pass<"convert-spiking-to-sim", "::mlir::ModuleOp"> {
  let summary = "Turn an experiment into arrays, kernels and tables";
  let description = [{
    Bit-preserving in f64; numbers of populations in f32 are rounded to it.

    Before: flat cells with steps, a network and experiments (after
    `spiking-fold-parameters` and `spiking-size-accumulators`). After: one
    `sim.model` for each experiment, or for the one that `experiment` names;
    nothing of the spiking dialect is left.

    * Parameters stay numbers that the engine knows. What the kernels read of
      them are constants, computed in f64 by `init_constants`; what depends on a
      parameter that differs between neurons is a derived field, computed by
      `init_neurons`.
    * `update` is one step of one neuron in the order of the language: integrate,
      add what arrived, test the threshold, reset. Held states are chosen by the
      countdown, conditionals are selects.
    * An input is one number where all stimuli cover the whole population and
      none is noise, else one for each neuron.
    * Recorded lets and inputs are observers.

    ```mlir
    sim.update {
      %V = sim.load @V : f32
      %n = sim.load @"refractory:countdown" : i32
      %held = arith.cmpi sgt, %n, %c0 : i32
      ...
      sim.emit %fired : i1
    }
    ```
  }];
  let options = [
    Option<"experiment", "experiment", "std::string", /*default=*/"",
           "Convert this experiment alone">
  ];
  let statistics = [
    Statistic<"numPopulations", "populations", "Populations converted">,
    Statistic<"numProjections", "projections", "Projections converted">
  ];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::math::MathDialect",
    "::snn::sim::SimDialect"
  ];
}

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
