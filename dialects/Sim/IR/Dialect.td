//===- Dialect.td - The sim dialect ------------------------*- tablegen -*-===//
//
// The model as a CPU executes it: arrays of state, and the kernels of a step.
//
//===----------------------------------------------------------------------===//
#ifndef SIM_DIALECT_TD
#define SIM_DIALECT_TD

include "mlir/IR/OpBase.td"

def Sim_Dialect : Dialect {
  let name = "sim";
  let cppNamespace = "::snn::sim";
  let summary = "State arrays and the kernels of a step";
  let description = [{
    A `sim.model` is one experiment, ready to execute: populations with their
    fields (arrays, one element a neuron) and kernels, projections with what a
    delivery does, drives, stimuli, and what is recorded. There are no equations
    and no dimensions left; units stay as words for results. Times are whole
    steps.

    Kernels are scalar code for one neuron, over `f64` where they initialise and
    over the population's precision where they step. Fields, constants,
    parameters and inputs are named by symbols of the population. The structure
    is that of `snn/abi.h`: each operation says which member it becomes.
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::math::MathDialect",
    "::mlir::scf::SCFDialect", "::snn::spiking::SpikingDialect"
  ];
  let useDefaultAttributePrinterParser = 1;
}

class Sim_Op<string mnemonic, list<Trait> traits = []>
    : Op<Sim_Dialect, mnemonic, traits>;

#endif // SIM_DIALECT_TD
