//===- Plasticity.td - How synapses change -----------------*- tablegen -*-===//
//
// A rule is a symbol table like a model: parameters, the states of a synapse,
// what happens at events. States that depend on one side alone, traces, are
// cells of populations that follow the source or the target.
//
//===----------------------------------------------------------------------===//
#ifndef SPIKING_PLASTICITY_TD
#define SPIKING_PLASTICITY_TD

include "dialects/Spiking/IR/Networks.td"

class Spiking_RulePart<string mnemonic, list<Trait> traits = []>
    : Spiking_Op<mnemonic, !listconcat([
        IsolatedFromAbove, SingleBlock, HasParent<"PlasticityOp">], traits)>;

def Spiking_PlasticityOp : Spiking_ModelOp<"plasticity"> {
  let summary = "A rule by which synapses change";
  let description = [{
    Holds parameters, one `spiking.weight`, further states of a synapse with
    their equations, bounds, and handlers. `pre` and `post` name the models of
    the cells that follow the source and the target neuron; their states are
    read as `@pre::@x` and `@post::@y`. Hosts are states of the target neuron.

    ```mlir
    spiking.plasticity @PairSTDP pre @PairSTDP.pre post @PairSTDP.post {
      spiking.param @A_plus : "1" = 0.01
      spiking.weight @w : "mV"
      spiking.on_event post {
        %w = spiking.read @w : f64
        %x = spiking.read @pre::@x : f64
        %a = spiking.read @A_plus : f64
        %p = arith.mulf %a, %x : f64
        %s = arith.addf %w, %p : f64
        spiking.write @w, %s : f64
      }
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       OptionalAttr<FlatSymbolRefAttr>:$pre,
                       OptionalAttr<FlatSymbolRefAttr>:$post);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name (`pre` $pre^)? (`post` $post^)? attr-dict-with-keyword $body
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "::llvm::StringRef":$pre,
                   "::llvm::StringRef":$post)>,
  ];
  let extraClassDeclaration = [{
    WeightOp getWeight();
    /// The names of the synapse's states: the weight, then the others.
    ::llvm::SmallVector<::llvm::StringRef> getStateNames();
  }];
}

def Spiking_WeightOp : Spiking_Op<"weight", [
    Symbol, Spiking_HasUnit, HasParent<"PlasticityOp">]> {
  let summary = "The weight of a synapse, in a rule";
  let description = [{
    A state whose initial value the projection gives. Its unit is that of the
    port.

    ```mlir
    spiking.weight @w : "mV"
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$unit);
  let assemblyFormat = "$sym_name `:` $unit attr-dict";
}

def Spiking_ModulatorOp : Spiking_Op<"modulator", [
    Symbol, HasParent<"PlasticityOp">,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "A modulator that a rule reads";
  let description = [{
    A cell of which a network has one member; its states are read as
    `@dopamine::@d`, with the values of the step's beginning.

    ```mlir
    spiking.modulator @dopamine : @Dopamine
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$model);
  let assemblyFormat = "$sym_name `:` $model attr-dict";
}

def Spiking_BoundOp : Spiking_RulePart<"bound", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Bounds of a synapse's state";
  let description = [{
    After each handler that changes the state it is set to the nearer bound
    where it is outside. The region yields both, over parameters.

    ```mlir
    spiking.bound @w {
      %0 = spiking.quantity 0.0 : "mV"
      %1 = spiking.read @w_max : f64
      spiking.yield %0, %1 : f64, f64
    }
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$state);
  let regions = (region SizedRegion<1>:$bounds);
  let assemblyFormat = "$state attr-dict-with-keyword $bounds";
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins "::llvm::StringRef":$state)>];
}

def Spiking_Event : Spiking_Enum<"Event", "what happens to a synapse", [
      I32EnumAttrCase<"Pre", 0, "pre">,
      I32EnumAttrCase<"Post", 1, "post">,
      I32EnumAttrCase<"Every", 2, "every">,
    ]>;

def Spiking_EventAttr : EnumAttr<Spiking_Dialect, Spiking_Event, "event"> {
  let summary = "A spike arrives, the target has fired, a period has passed";
  let assemblyFormat = "$value";
}

def Spiking_OnEventOp : Spiking_RulePart<"on_event", [
    NoTerminator, NoRegionArguments]> {
  let summary = "What an event does to a synapse";
  let description = [{
    `pre` runs when a spike of the source arrives, and reads the states of the
    source's follower just before that spike; `post` when the target has fired;
    `every T` at whole multiples of T ms. docs/decisions/plasticity.md has the
    order.

    ```mlir
    spiking.on_event every period 10.0 {
      %w = spiking.read @w : f64
      %d = spiking.read @dopamine::@d : f64
      %s = arith.addf %w, %d : f64
      spiking.write @w, %s : f64
    }
    ```
  }];
  let arguments = (ins Spiking_EventAttr:$event, OptionalAttr<F64Attr>:$period);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    `` $event (`period` custom<F64>($period)^)? attr-dict-with-keyword $body
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "Event":$event, CArg<"std::optional<double>", "{}">:$period)>,
  ];
}

def Spiking_ElapseOp : Spiking_RulePart<"elapse", [
    NoTerminator,
    DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmBlockArgumentNames"]>]> {
  let summary = "The states of a synapse after some time without events";
  let description = [{
    What `spiking-prove-event-driven` makes of the equations: the closed form,
    run before each handler with the time in ms since the synapse's last event.

    ```mlir
    spiking.elapse(%t: f64) {
      %c = spiking.read @c : f64
      %0 = arith.constant -0.001 : f64
      %1 = arith.mulf %t, %0 : f64
      %2 = math.exp %1 : f64
      %3 = arith.mulf %c, %2 : f64
      spiking.write @c, %3 : f64
    }
    ```
  }];
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "`` custom<Function>($body) attr-dict-with-keyword";
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins)>];
}

def Spiking_SendOp : Spiking_Op<"send", [
    MemoryEffects<[MemWrite]>, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "What arrives at the port instead of the weight";
  let description = [{
    Stands in `spiking.on_event pre`; without it, the weight is sent as it is
    when the handler ends.

    ```mlir
    spiking.send %released : f64
    ```
  }];
  let arguments = (ins F64:$value);
  let assemblyFormat = "$value attr-dict `:` type($value)";
}

def Spiking_PlasticOp : Spiking_Op<"plastic", [
    HasParent<"NetworkOp">, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "A projection whose synapses change by a rule";
  let description = [{
    `params` gives the rule's parameters. `pre` and `post` are the populations
    that follow the projection's source and target. `backprop` is the time in ms
    from a spike of the target to `on_event post`. `largest`, set by
    `spiking-size-accumulators`, bounds the size of what is sent.

    ```mlir
    spiking.plastic @"E->E.syn#0" by @PairSTDP params {w_max = 1.0}
      pre @"E->E.syn#0:pre" post @"E->E.syn#0:post"
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$projection, FlatSymbolRefAttr:$rule,
      DefaultValuedAttr<DictionaryAttr, "{}">:$params,
      OptionalAttr<FlatSymbolRefAttr>:$pre,
      OptionalAttr<FlatSymbolRefAttr>:$post,
      DefaultValuedAttr<TypedArrayAttrBase<FlatSymbolRefAttr, "populations">,
                        "{}">:$modulators,
      OptionalAttr<F64Attr>:$backprop, OptionalAttr<F64Attr>:$largest);
  let assemblyFormat = [{
    $projection `by` $rule (`params` custom<Values>($params)^)?
    (`pre` $pre^)? (`post` $post^)? (`modulators` $modulators^)?
    (`backprop` custom<F64>($backprop)^)? (`largest` custom<F64>($largest)^)?
    attr-dict
  }];
  let hasVerifier = 1;
}

#endif // SPIKING_PLASTICITY_TD
