//===- Couplings.td - Synapses that act in every step ------*- tablegen -*-===//
//
// What one synapse adds to sums of its target, as a function of its weight and
// of states of both neurons.
//
//===----------------------------------------------------------------------===//
#ifndef SIM_COUPLINGS_TD
#define SIM_COUPLINGS_TD

include "dialects/Sim/IR/Projections.td"

def Sim_CouplingOp : Sim_ModelPart<"coupling", [
    IsolatedFromAbove, SingleBlock,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "An `snn_coupling`: a projection that acts by states";
  let description = [{
    A function of the weight and of the states `reads` of the source, at the
    beginning of the step, all in the target's precision. It may load what
    belongs to the target neuron, and yields what is added to the inputs `sums`.

    ```mlir
    sim.coupling of @"E->E.gap#0" reads [@V] sums [@gap.I](%w: f32, %s: f32) {
      %V = sim.load @V : f32
      %d = arith.subf %s, %V : f32
      %i = arith.mulf %w, %d : f32
      sim.yield %i : f32
    }
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$projection,
      TypedArrayAttrBase<FlatSymbolRefAttr, "states">:$reads,
      TypedArrayAttrBase<FlatSymbolRefAttr, "inputs">:$sums);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    `of` $projection `reads` $reads `sums` $sums `` custom<Handler>($body)
    attr-dict-with-keyword
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$projection,
                   "::mlir::ArrayAttr":$reads, "::mlir::ArrayAttr":$sums,
                   "::mlir::Type":$element)>,
  ];
}

#endif // SIM_COUPLINGS_TD
