//===- Networks.td - Populations, projections, stimuli -----*- tablegen -*-===//
//
// A network after elaboration: a flat list whose names are paths, which are
// the keys of the random numbers.
//
//===----------------------------------------------------------------------===//
#ifndef SPIKING_NETWORKS_TD
#define SPIKING_NETWORKS_TD

include "dialects/Spiking/IR/Models.td"

class Spiking_NetworkPart<string mnemonic, list<Trait> traits = []>
    : Spiking_Op<mnemonic, !listconcat([Symbol, HasParent<"NetworkOp">],
                                       traits)>;

// One with a region, of time.
class Spiking_TimedPart<string mnemonic, list<Trait> traits = []>
    : Spiking_NetworkPart<mnemonic, !listconcat([
        IsolatedFromAbove, SingleBlock,
        DeclareOpInterfaceMethods<OpAsmOpInterface,
                                  ["getAsmBlockArgumentNames"]>], traits)>;

def Spiking_NetworkOp : Spiking_ModelOp<"network"> {
  let summary = "Populations and what connects and drives them";
  let description = [{
    ```mlir
    spiking.network @Pair {
      spiking.population @E : @LIF[2]
      spiking.projection @"E->E.syn#0" from @E to @E port @syn
        rule all_to_all weight 0.1 delay 1.5
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name attr-dict-with-keyword $body";
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins "::llvm::StringRef":$name)>];
}

def Spiking_PopulationOp : Spiking_NetworkPart<"population", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Neurons of one model";
  let description = [{
    `params` overrules defaults of the model's parameters, `init` the initial
    values of its states; names of receptors' variables are written `exc.tau`.
    A population that `follows` another has one cell for each of its neurons,
    whose `spiking.follow` runs `delay` ms after that neuron has fired; it never
    fires itself.

    ```mlir
    spiking.population @E : @LIF[10000] params {V_th = normal(20.0, 1.0), tau_m = 20.0} init {V = uniform(0.0, 10.0)}
    spiking.population @"E:trace" : @Trace[10000] follows @E delay 0.5
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$model,
                       I64Attr:$size,
                       DefaultValuedAttr<DictionaryAttr, "{}">:$params,
                       DefaultValuedAttr<DictionaryAttr, "{}">:$init,
                       OptionalAttr<Spiking_PrecisionAttr>:$precision,
                       OptionalAttr<FlatSymbolRefAttr>:$followed,
                       OptionalAttr<F64Attr>:$follow_delay);
  let assemblyFormat = [{
    $sym_name `:` $model `` `[` $size `]`
    (`follows` $followed^)? (`delay` custom<F64>($follow_delay)^)?
    (`precision` custom<Precision>($precision)^)?
    (`params` custom<Values>($params)^)? (`init` custom<Values>($init)^)?
    attr-dict
  }];
  let hasVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "::llvm::StringRef":$model,
                   "int64_t":$size,
                   CArg<"::llvm::ArrayRef<::mlir::NamedAttribute>", "{}">:$params,
                   CArg<"::llvm::ArrayRef<::mlir::NamedAttribute>", "{}">:$init)>,
  ];
}

def Spiking_PoissonSourceOp : Spiking_TimedPart<"poisson_source"> {
  let summary = "Independent Poisson trains as a population";
  let description = [{
    Unlike a drive, a source has members whose trains all their targets share.
    The region maps the time in ms to the rate in 1/ms.

    ```mlir
    spiking.poisson_source @P[1000] rate(%t: f64) {
      %0 = spiking.quantity 0.015 : "1/ms"
      spiking.yield %0 : f64
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, I64Attr:$size);
  let regions = (region SizedRegion<1>:$rate);
  let assemblyFormat = [{
    $sym_name `` `[` $size `]` `rate` `` custom<Function>($rate)
    attr-dict-with-keyword
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "int64_t":$size)>,
  ];
}

def Spiking_TrainSourceOp : Spiking_NetworkPart<"train_source"> {
  let summary = "A population whose spikes are given";
  let description = [{
    Spike i is of neuron `ids[i]` at t = steps[i] * h. The steps ascend.

    ```mlir
    spiking.train_source @Q[10] steps dense<[1, 5]> : tensor<2xi64> ids dense<[0, 9]> : tensor<2xi64>
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, I64Attr:$size,
                       ElementsAttr:$steps, ElementsAttr:$ids);
  let assemblyFormat = [{
    $sym_name `` `[` $size `]` `steps` $steps `ids` $ids attr-dict
  }];
  let hasVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "int64_t":$size,
                   "::llvm::ArrayRef<int64_t>":$steps,
                   "::llvm::ArrayRef<int64_t>":$ids)>,
  ];
}

def Spiking_ConditionSourceOp : Spiking_NetworkPart<"condition_source", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "A source of one member that fires as spikes of others say";
  let description = [{
    A step in which a neuron of the first slice fires meets the condition, if one
    of the slice after `after` fired at most `within` ms before it, and not in
    the same step; without that slice it always does. The member fires one step
    before `delay` ms have passed, drawn anew each time and never more than
    `longest`.

    ```mlir
    spiking.condition_source @paired of @E[1:2] within 20.0 after @E[0:1]
      delay uniform(1000.0, 3000.0) longest 3000.0
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       FlatSymbolRefAttr:$spikes,
                       OptionalAttr<Spiking_SliceAttr>:$spikes_slice,
                       OptionalAttr<F64Attr>:$window,
                       OptionalAttr<FlatSymbolRefAttr>:$before,
                       OptionalAttr<Spiking_SliceAttr>:$before_slice,
                       Spiking_ValueAttr:$delay, F64Attr:$longest);
  let assemblyFormat = [{
    $sym_name `of` custom<Slice>($spikes, $spikes_slice)
    (`within` custom<F64>($window)^)?
    (`after` custom<Slice>($before, $before_slice)^)?
    `delay` custom<ValueLiteral>($delay) `longest` custom<F64>($longest) attr-dict
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = "int64_t getSize() { return 1; }";
}

def Spiking_ProjectionOp : Spiking_NetworkPart<"projection", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Synapses from a population to a port of another";
  let description = [{
    The name is the key of the projection's random numbers. Weights have the
    unit of the port, delays are in ms; the total delay is rounded half-even to
    steps and is at least one. `dendritic` is the part of the delay after the
    synapse. `grid u`, set by `spiking-size-accumulators`, rounds each weight
    half-even to a multiple of u. `storage` is what the model asks to be kept of
    the synapses, and after `spiking-select-storage` what is; the interpreter
    ignores it, as it can be seen in no result.

    ```mlir
    spiking.projection @"E->I.syn#0" from @E[0:100] to @I port @syn
      rule indegree(10) autapses multapses
      weight normal(0.1, 0.01) redraw [0.0, none] delay 1.5 storage either
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       FlatSymbolRefAttr:$source,
                       OptionalAttr<Spiking_SliceAttr>:$source_slice,
                       FlatSymbolRefAttr:$target,
                       OptionalAttr<Spiking_SliceAttr>:$target_slice,
                       FlatSymbolRefAttr:$port,
                       Spiking_RuleAttr:$rule,
                       Spiking_ValueAttr:$weight,
                       Spiking_ValueAttr:$delay,
                       OptionalAttr<Spiking_ValueAttr>:$dendritic_delay,
                       OptionalAttr<F64Attr>:$grid,
                       OptionalAttr<Spiking_StorageAttr>:$storage);
  let assemblyFormat = [{
    $sym_name
    `from` custom<Slice>($source, $source_slice)
    `to` custom<Slice>($target, $target_slice) `port` $port
    `rule` custom<Rule>($rule) `weight` custom<ValueLiteral>($weight)
    `delay` custom<ValueLiteral>($delay)
    (`dendritic` custom<ValueLiteral>($dendritic_delay)^)?
    (`grid` custom<F64>($grid)^)? (`storage` custom<Storage>($storage)^)?
    attr-dict
  }];
  let hasVerifier = 1;
}

def Spiking_DriveOp : Spiking_TimedPart<"drive", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Independent Poisson input to each neuron";
  let description = [{
    Has no delay; several events may arrive in one step. The region maps the
    time at the end of the step, in ms, to the rate in 1/ms.

    ```mlir
    spiking.drive @"poisson->E.syn#0" to @E port @syn weight 0.1 rate(%t: f64) {
      %0 = spiking.quantity 20.0 : "1/ms"
      spiking.yield %0 : f64
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       FlatSymbolRefAttr:$target,
                       OptionalAttr<Spiking_SliceAttr>:$target_slice,
                       FlatSymbolRefAttr:$port,
                       Spiking_ValueAttr:$weight,
                       OptionalAttr<F64Attr>:$grid);
  let regions = (region SizedRegion<1>:$rate);
  let assemblyFormat = [{
    $sym_name `to` custom<Slice>($target, $target_slice) `port` $port
    `weight` custom<ValueLiteral>($weight) (`grid` custom<F64>($grid)^)?
    `rate` `` custom<Function>($rate) attr-dict-with-keyword
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "::llvm::StringRef":$target,
                   "SliceAttr":$targetSlice, "::llvm::StringRef":$port,
                   "ValueAttr":$weight)>,
  ];
}

def Spiking_StimulusOp : Spiking_TimedPart<"stimulus", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "A function of time that is added to an input";
  let description = [{
    The region maps the time at the beginning of the step, in ms, to the value,
    in the input's unit. With `noise` that value is multiplied by a standard
    normal number of its own for each neuron and step.

    ```mlir
    spiking.stimulus @"step->E.I_ext#0" to @E[0:10] input @I_ext value(%t: f64) {
      %0 = spiking.quantity 500.0 : "pA"
      spiking.yield %0 : f64
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       FlatSymbolRefAttr:$target,
                       OptionalAttr<Spiking_SliceAttr>:$target_slice,
                       FlatSymbolRefAttr:$input, UnitAttr:$noise);
  let regions = (region SizedRegion<1>:$value);
  let assemblyFormat = [{
    $sym_name `to` custom<Slice>($target, $target_slice) `input` $input
    (`noise` $noise^)? `value` `` custom<Function>($value)
    attr-dict-with-keyword
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "::llvm::StringRef":$target,
                   "SliceAttr":$targetSlice, "::llvm::StringRef":$input,
                   CArg<"bool", "false">:$noise)>,
  ];
}

#endif // SPIKING_NETWORKS_TD
