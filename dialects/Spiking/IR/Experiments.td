//===- Experiments.td - How long to run, what to record ----*- tablegen -*-===//
//
// An experiment names a network; its times are in ms, on the grid of the step.
//
//===----------------------------------------------------------------------===//
#ifndef SPIKING_EXPERIMENTS_TD
#define SPIKING_EXPERIMENTS_TD

include "dialects/Spiking/IR/Attributes.td"
include "dialects/Spiking/IR/Networks.td"

class Spiking_ExperimentPart<string mnemonic, list<Trait> traits = []>
    : Spiking_Op<mnemonic, !listconcat([HasParent<"ExperimentOp">], traits)>;

def Spiking_ExperimentOp : Spiking_Op<"experiment", [
    IsolatedFromAbove, Symbol, SingleBlock, NoTerminator, NoRegionArguments,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "A simulation of a network";
  let description = [{
    Simulates `warmup`, then `duration`; only the latter is recorded. The seeds
    are those of the network, of initial states and of stimuli.

    ```mlir
    spiking.experiment @AI network @Brunel step 0.1 warmup 200.0 duration 1000.0 seeds [1, 1, 1] precision f64 {
      spiking.record_spikes of @E
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$network,
                       F64Attr:$step, F64Attr:$warmup, F64Attr:$duration,
                       DenseI64ArrayAttr:$seeds,
                       DefaultValuedAttr<Spiking_PrecisionAttr,
                         "::snn::spiking::Precision::F32">:$precision,
                       DefaultValuedAttr<Spiking_ScheduleAttr,
                         "::snn::spiking::Schedule::Standard">:$schedule);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name `network` $network `step` custom<F64>($step)
    `warmup` custom<F64>($warmup) `duration` custom<F64>($duration)
    `seeds` $seeds (`precision` custom<Precision>($precision)^)?
    (`schedule` custom<Schedule>($schedule)^)? attr-dict-with-keyword $body
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "::llvm::StringRef":$network,
                   "double":$step, "double":$warmup, "double":$duration,
                   "::llvm::ArrayRef<int64_t>":$seeds,
                   CArg<"Precision", "Precision::F32">:$precision,
                   CArg<"Schedule", "Schedule::Standard">:$schedule)>,
  ];
}

def Spiking_RecordSpikesOp : Spiking_ExperimentPart<"record_spikes", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Records when neurons fire";
  let description = [{
    ```mlir
    spiking.record_spikes of @E[0:100]
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$population,
                       OptionalAttr<Spiking_SliceAttr>:$slice);
  let assemblyFormat = "`of` custom<Slice>($population, $slice) attr-dict";
}

def Spiking_RecordStateOp : Spiking_ExperimentPart<"record_state", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Records a variable at regular times";
  let description = [{
    ```mlir
    spiking.record_state @V of @E[0:10] every 1.0
    ```
  }];
  let arguments = (ins SymbolRefAttr:$variable, FlatSymbolRefAttr:$population,
                       OptionalAttr<Spiking_SliceAttr>:$slice, F64Attr:$every);
  let assemblyFormat = [{
    $variable `of` custom<Slice>($population, $slice)
    `every` custom<F64>($every) attr-dict
  }];
  let hasVerifier = 1;
}

def Spiking_SetParameterOp : Spiking_ExperimentPart<"set_parameter", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Changes a parameter of a whole population at a time";
  let description = [{
    ```mlir
    spiking.set_parameter @V_th of @E to 21.0 at 500.0
    ```
  }];
  let arguments = (ins SymbolRefAttr:$param, FlatSymbolRefAttr:$population,
                       F64Attr:$value, F64Attr:$time);
  let assemblyFormat = [{
    $param `of` $population `to` custom<F64>($value) `at` custom<F64>($time)
    attr-dict
  }];
  let hasVerifier = 1;
}

def Spiking_ResetStateOp : Spiking_ExperimentPart<"reset_state", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Puts states back to their initial values at a time";
  let description = [{
    Of one population, or of all.

    ```mlir
    spiking.reset_state of @E at 1000.0
    ```
  }];
  let arguments = (ins OptionalAttr<FlatSymbolRefAttr>:$population,
                       F64Attr:$time);
  let assemblyFormat = "(`of` $population^)? `at` custom<F64>($time) attr-dict";
  let hasVerifier = 1;
}

def Spiking_RecordSynapsesOp : Spiking_ExperimentPart<"record_synapses", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Records a state of all synapses of a plastic projection";
  let description = [{
    ```mlir
    spiking.record_synapses @w of @"E->E.syn#0" every 1000.0
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$state, FlatSymbolRefAttr:$projection,
                       F64Attr:$every);
  let assemblyFormat = [{
    $state `of` $projection `every` custom<F64>($every) attr-dict
  }];
  let hasVerifier = 1;
}

def Spiking_SetPlasticityOp : Spiking_ExperimentPart<"set_plasticity", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Freezes or resumes plasticity at a time";
  let description = [{
    Of one projection, or of all. While it is frozen, states of synapses stay,
    and what `on_event pre` sends is still sent.

    ```mlir
    spiking.set_plasticity frozen of @"E->E.syn#0" at 1000.0
    spiking.set_plasticity at 2000.0
    ```
  }];
  let arguments = (ins UnitAttr:$frozen,
                       OptionalAttr<FlatSymbolRefAttr>:$projection,
                       F64Attr:$time);
  let assemblyFormat = [{
    (`frozen` $frozen^)? (`of` $projection^)? `at` custom<F64>($time) attr-dict
  }];
  let hasVerifier = 1;
}

#endif // SPIKING_EXPERIMENTS_TD
