//===- Plasticity.td - What happens to synapses ------------*- tablegen -*-===//
//
// The handlers of a plastic projection as functions of one synapse: what it
// holds and reads goes in, what it holds afterwards comes out. Where all that
// lies in memory is the matter of the lowering.
//
//===----------------------------------------------------------------------===//
#ifndef SIM_PLASTICITY_TD
#define SIM_PLASTICITY_TD

include "dialects/Sim/IR/Projections.td"

def Sim_PlasticityOp : Sim_ModelPart<"plasticity", [
    IsolatedFromAbove, SingleBlock, NoTerminator, NoRegionArguments,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "An `snn_plasticity`: how a projection's synapses change";
  let description = [{
    `states` are what a synapse holds, its weight first; `initials` the values
    of the others at the beginning. `reads` are fields of populations: of `pre`,
    which follows the source, of `post`, which follows the target, of the target
    itself; of any other population the one member's, at the step's beginning.

    Every handler is a function of the states, then of what `reads` names, and,
    if `lazy`, of the time in ms since the synapse's last event; it yields the
    new states. `sim.on_pre` yields what is sent as well, which is rounded to the
    grid and added to the sum. Times are whole steps.

    ```mlir
    sim.plasticity of @"E->E.syn#0" rule "STDP" precision f32
      states ["w"] units ["mV"] pre @"E->E.syn#0:pre" reads [@"E->E.syn#0:pre"::@x]
      adds @syn.sum grid 0.1 largest 1.0 {
      sim.on_pre(%w: f32, %x: f32) {
        sim.yield %w, %w : f32, f32
      }
      sim.on_post(%w: f32, %x: f32) {
        %s = arith.addf %w, %x : f32
        sim.yield %s : f32
      }
    }
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$projection, StrAttr:$rule,
      Spiking_PrecisionAttr:$precision, StrArrayAttr:$states,
      StrArrayAttr:$units,
      DefaultValuedAttr<TypedArrayAttrBase<Spiking_ValueAttr, "values">, "{}">
        :$initials,
      OptionalAttr<FlatSymbolRefAttr>:$pre,
      OptionalAttr<FlatSymbolRefAttr>:$post,
      DefaultValuedAttr<TypedArrayAttrBase<SymbolRefAttr, "fields">, "{}">
        :$reads,
      UnitAttr:$lazy, FlatSymbolRefAttr:$sum, F64Attr:$grid,
      DefaultValuedAttr<I64Attr, "0">:$backprop, OptionalAttr<F64Attr>:$largest);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    `of` $projection `rule` $rule `precision` custom<Precision>($precision)
    `states` $states `units` $units (`initials` $initials^)?
    (`pre` $pre^)? (`post` $post^)? (`reads` $reads^)? (`lazy` $lazy^)?
    `adds` $sum `grid` custom<F64>($grid) (`backprop` $backprop^)?
    (`largest` custom<F64>($largest)^)? attr-dict-with-keyword $body
  }];
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    ::mlir::FloatType getElementType();
    /// States, reads, and if lazy the time.
    unsigned getNumArguments();
  }];
}

class Sim_HandlerOp<string mnemonic>
    : Sim_Op<mnemonic, [IsolatedFromAbove, SingleBlock,
                        HasParent<"PlasticityOp">]> {
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "`` custom<Handler>($body) attr-dict-with-keyword";
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins)>];
}

def Sim_OnPreOp : Sim_HandlerOp<"on_pre"> {
  let summary = "A spike arrives: `snn_plasticity.on_pre` and `send`";
  let description = [{
    ```mlir
    sim.on_pre(%w: f32) {
      sim.yield %w, %w : f32, f32
    }
    ```
  }];
}

def Sim_OnPostOp : Sim_HandlerOp<"on_post"> {
  let summary = "The target has fired: `snn_plasticity.on_post`";
  let description = [{
    ```mlir
    sim.on_post(%w: f32, %x: f32) {
      %s = arith.addf %w, %x : f32
      sim.yield %s : f32
    }
    ```
  }];
}

def Sim_EveryOp : Sim_HandlerOp<"every"> {
  let summary = "A period has passed: `snn_plasticity.every`";
  let description = [{
    ```mlir
    sim.every 100 (%w: f32) {
      sim.yield %w : f32
    }
    ```
  }];
  let arguments = (ins I64Attr:$period);
  let assemblyFormat = "$period custom<Handler>($body) attr-dict-with-keyword";
  let builders = [OpBuilder<(ins "int64_t":$period)>];
}

def Sim_RecordSynapsesOp : Sim_ModelPart<"record_synapses", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "An `snn_synapse_record`: a state of all synapses of a rule";
  let description = [{
    ```mlir
    sim.record_synapses @w of @"E->E.syn#0" every 10000 first 10000
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$state, FlatSymbolRefAttr:$projection,
                       I64Attr:$every, I64Attr:$first);
  let assemblyFormat = [{
    $state `of` $projection `every` $every `first` $first attr-dict
  }];
}

def Sim_SetPlasticityOp : Sim_ModelPart<"set_plasticity", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "An `snn_change`: freezes or resumes plasticity";
  let description = [{
    ```mlir
    sim.set_plasticity frozen of @"E->E.syn#0" at 10000
    ```
  }];
  let arguments = (ins UnitAttr:$frozen,
                       OptionalAttr<FlatSymbolRefAttr>:$projection,
                       I64Attr:$step);
  let assemblyFormat = [{
    (`frozen` $frozen^)? (`of` $projection^)? `at` $step attr-dict
  }];
}

#endif // SIM_PLASTICITY_TD
