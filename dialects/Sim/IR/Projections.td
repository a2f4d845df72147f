//===- Projections.td - Connections, stimuli, records ------*- tablegen -*-===//
//
// What the engine builds and drives from descriptions, with the pieces of code
// that it calls.
//
//===----------------------------------------------------------------------===//
#ifndef SIM_PROJECTIONS_TD
#define SIM_PROJECTIONS_TD

include "dialects/Sim/IR/Populations.td"

class Sim_ModelPart<string mnemonic, list<Trait> traits = []>
    : Sim_Op<mnemonic, !listconcat([HasParent<"ModelOp">], traits)>;

// With a region: of a weight, or of time.
class Sim_FunctionPart<string mnemonic, list<Trait> traits = []>
    : Sim_ModelPart<mnemonic, !listconcat([
        Symbol, IsolatedFromAbove, SingleBlock,
        DeclareOpInterfaceMethods<OpAsmOpInterface,
                                  ["getAsmBlockArgumentNames"]>], traits)>;

//===----------------------------------------------------------------------===//
// Sources
//===----------------------------------------------------------------------===//

def Sim_PoissonSourceOp : Sim_FunctionPart<"poisson_source"> {
  let summary = "A population of kind `SNN_POISSON_SOURCE`";
  let description = [{
    ```mlir
    sim.poisson_source @P[1000] rate(%t: f64) {
      %0 = arith.constant 0.015 : f64
      sim.yield %0 : f64
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

def Sim_TrainSourceOp : Sim_ModelPart<"train_source", [Symbol]> {
  let summary = "A population of kind `SNN_TRAIN_SOURCE`";
  let description = [{
    ```mlir
    sim.train_source @Q[10] steps dense<[1, 5]> : tensor<2xi64> ids dense<[0, 9]> : tensor<2xi64>
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, I64Attr:$size,
                       ElementsAttr:$steps, ElementsAttr:$ids);
  let assemblyFormat = [{
    $sym_name `` `[` $size `]` `steps` $steps `ids` $ids attr-dict
  }];
}

def Sim_ConditionSourceOp : Sim_ModelPart<"condition_source", [Symbol,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "A population of kind `SNN_CONDITION_SOURCE`";
  let description = [{
    ```mlir
    sim.condition_source @paired[1] of @E[1:2] within 20 after @E[0:1]
      delay uniform(1000.0, 3000.0) longest 3000
    ```
    `within` and `longest` are steps.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, I64Attr:$size,
                       FlatSymbolRefAttr:$spikes,
                       OptionalAttr<Spiking_SliceAttr>:$spikes_slice,
                       I64Attr:$window,
                       FlatSymbolRefAttr:$before,
                       OptionalAttr<Spiking_SliceAttr>:$before_slice,
                       Spiking_ValueAttr:$delay, I64Attr:$longest);
  let assemblyFormat = [{
    $sym_name `` `[` $size `]` `of` custom<Slice>($spikes, $spikes_slice)
    `within` $window `after` custom<Slice>($before, $before_slice)
    `delay` custom<ValueLiteral>($delay) `longest` $longest attr-dict
  }];
}

//===----------------------------------------------------------------------===//
// Connections and stimuli
//===----------------------------------------------------------------------===//

def Sim_ProjectionOp : Sim_FunctionPart<"projection", [
    NoTerminator, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "An `snn_projection`, with what one delivery does";
  let description = [{
    The region is what happens at the target neuron for one synapse. With a
    `grid` its argument is the weight as an integer of the sum's type, in units
    of the grid, and the region is one `sim.add`; else the weight is a number of the
    target's precision, and the region loads and stores states. Delays are in
    ms; the engine rounds them. `storage` is what it keeps of the synapses, `stored`
    unless said otherwise; only sums of 32 bits can have them generated.

    ```mlir
    sim.projection @"E->I.syn#0" from @E[0:100] to @I
      rule indegree(10) autapses multapses weight 0.1 delay 1.5 grid 0.1
      storage either deliver(%w: i32) {
      sim.add @syn.sum, %w : i32
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       FlatSymbolRefAttr:$source,
                       OptionalAttr<Spiking_SliceAttr>:$source_slice,
                       FlatSymbolRefAttr:$target,
                       OptionalAttr<Spiking_SliceAttr>:$target_slice,
                       Spiking_RuleAttr:$rule,
                       Spiking_ValueAttr:$weight,
                       Spiking_ValueAttr:$delay,
                       OptionalAttr<Spiking_ValueAttr>:$dendritic_delay,
                       OptionalAttr<F64Attr>:$grid,
                       DefaultValuedAttr<Spiking_StorageAttr,
                         "::snn::spiking::Storage::Stored">:$storage);
  let regions = (region SizedRegion<1>:$deliver);
  let assemblyFormat = [{
    $sym_name
    `from` custom<Slice>($source, $source_slice)
    `to` custom<Slice>($target, $target_slice)
    `rule` custom<Rule>($rule) `weight` custom<ValueLiteral>($weight)
    `delay` custom<ValueLiteral>($delay)
    (`dendritic` custom<ValueLiteral>($dendritic_delay)^)?
    (`grid` custom<F64>($grid)^)? (`storage` custom<Storage>($storage)^)?
    `deliver` `` custom<Function>($deliver)
    attr-dict-with-keyword
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "::llvm::StringRef":$source,
                   "::snn::spiking::SliceAttr":$sourceSlice,
                   "::llvm::StringRef":$target,
                   "::snn::spiking::SliceAttr":$targetSlice,
                   "::snn::spiking::RuleAttr":$rule,
                   "::snn::spiking::ValueAttr":$weight,
                   "::snn::spiking::ValueAttr":$delay,
                   "::snn::spiking::ValueAttr":$dendriticDelay,
                   "::mlir::FloatAttr":$grid,
                   "::snn::spiking::Storage":$storage,
                   "::mlir::Type":$weightType)>,
  ];
}

def Sim_DriveOp : Sim_FunctionPart<"drive", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "An `snn_drive`: independent Poisson input to each neuron";
  let description = [{
    The region maps the time at the end of the step to the rate in 1/ms.

    ```mlir
    sim.drive @"poisson->E.syn#0" to @E adds @syn.sum weight 0.1 grid 0.1 rate(%t: f64) {
      %0 = arith.constant 20.0 : f64
      sim.yield %0 : f64
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       FlatSymbolRefAttr:$target,
                       OptionalAttr<Spiking_SliceAttr>:$target_slice,
                       FlatSymbolRefAttr:$sum,
                       Spiking_ValueAttr:$weight, F64Attr:$grid);
  let regions = (region SizedRegion<1>:$rate);
  let assemblyFormat = [{
    $sym_name `to` custom<Slice>($target, $target_slice) `adds` $sum
    `weight` custom<ValueLiteral>($weight) `grid` custom<F64>($grid)
    `rate` `` custom<Function>($rate) attr-dict-with-keyword
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "::llvm::StringRef":$target,
                   "::snn::spiking::SliceAttr":$targetSlice,
                   "::llvm::StringRef":$sum,
                   "::snn::spiking::ValueAttr":$weight, "::mlir::FloatAttr":$grid)>,
  ];
}

def Sim_StimulusOp : Sim_FunctionPart<"stimulus", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "An `snn_stimulus`: a function of time added to an input";
  let description = [{
    The region maps the time at the beginning of the step to the value.

    ```mlir
    sim.stimulus @"step->E.I_ext#0" to @E input @I_ext noise value(%t: f64) {
      %0 = arith.constant 500.0 : f64
      sim.yield %0 : f64
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
                   "::snn::spiking::SliceAttr":$targetSlice,
                   "::llvm::StringRef":$input, CArg<"bool", "false">:$noise)>,
  ];
}

//===----------------------------------------------------------------------===//
// Records and changes
//===----------------------------------------------------------------------===//

def Sim_RecordSpikesOp : Sim_ModelPart<"record_spikes", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "An `snn_record` of spikes";
  let description = [{
    ```mlir
    sim.record_spikes of @E[0:100]
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$population,
                       OptionalAttr<Spiking_SliceAttr>:$slice);
  let assemblyFormat = "`of` custom<Slice>($population, $slice) attr-dict";
}

def Sim_RecordFieldOp : Sim_ModelPart<"record_field", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "An `snn_record` of a field, every so many steps";
  let description = [{
    The first sample is at the end of step `first`.

    ```mlir
    sim.record_field @V of @E[0:10] every 10 first 2010
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$field,
                       FlatSymbolRefAttr:$population,
                       OptionalAttr<Spiking_SliceAttr>:$slice, I64Attr:$every,
                       I64Attr:$first);
  let assemblyFormat = [{
    $field `of` custom<Slice>($population, $slice) `every` $every
    `first` $first attr-dict
  }];
}

def Sim_SetParameterOp : Sim_ModelPart<"set_parameter", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "An `snn_change`: a new value of a uniform parameter";
  let description = [{
    At the beginning of step `step`.

    ```mlir
    sim.set_parameter @V_th of @E to 21.0 at 5000
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$parameter,
                       FlatSymbolRefAttr:$population, F64Attr:$value,
                       I64Attr:$step);
  let assemblyFormat = [{
    $parameter `of` $population `to` custom<F64>($value) `at` $step attr-dict
  }];
}

def Sim_ResetStateOp : Sim_ModelPart<"reset_state", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "An `snn_change`: states back to their initial values";
  let description = [{
    ```mlir
    sim.reset_state of @E at 10000
    ```
  }];
  let arguments = (ins OptionalAttr<FlatSymbolRefAttr>:$population,
                       I64Attr:$step);
  let assemblyFormat = "(`of` $population^)? `at` $step attr-dict";
}

#endif // SIM_PROJECTIONS_TD
