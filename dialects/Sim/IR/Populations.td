//===- Populations.td - The model, populations, fields -----*- tablegen -*-===//
//
// What lies in memory, and which kernels there are.
//
//===----------------------------------------------------------------------===//
#ifndef SIM_POPULATIONS_TD
#define SIM_POPULATIONS_TD

include "dialects/Sim/IR/Attributes.td"
include "dialects/Spiking/IR/Attributes.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/RegionKindInterface.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Sim_Part<string mnemonic, list<Trait> traits = []>
    : Sim_Op<mnemonic, !listconcat([Symbol, HasParent<"PopulationOp">],
                                   traits)>;

class Sim_KernelOp<string mnemonic>
    : Sim_Op<mnemonic, [IsolatedFromAbove, SingleBlock, NoTerminator,
                        NoRegionArguments, HasParent<"PopulationOp">]> {
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "attr-dict-with-keyword $body";
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins)>];
}

//===----------------------------------------------------------------------===//
// Model and population
//===----------------------------------------------------------------------===//

def Sim_ModelOp : Sim_Op<"model", [
    IsolatedFromAbove, SymbolTable, Symbol, SingleBlock, NoTerminator,
    NoRegionArguments]> {
  let summary = "An experiment, ready to execute: `snn_model`";
  let description = [{
    ```mlir
    sim.model @AI step 0.1 warmup 2000 duration 10000 seeds [1, 1, 1] {
      sim.population @E[2] precision f32 {
      }
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, F64Attr:$step,
                       I64Attr:$warmup, I64Attr:$duration,
                       DenseI64ArrayAttr:$seeds);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name `step` custom<F64>($step) `warmup` $warmup `duration` $duration
    `seeds` $seeds attr-dict-with-keyword $body
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "double":$step,
                   "int64_t":$warmup, "int64_t":$duration,
                   "::llvm::ArrayRef<int64_t>":$seeds)>,
  ];
}

def Sim_PopulationOp : Sim_Op<"population", [
    IsolatedFromAbove, SymbolTable, Symbol, SingleBlock, NoTerminator,
    NoRegionArguments, HasParent<"ModelOp">]> {
  let summary = "Neurons of one model, their memory and kernels";
  let description = [{
    An `snn_population` of kind `SNN_NEURONS`, or, if it `follows` another, of
    kind `SNN_FOLLOWERS`, whose spikes count `delay` steps later. Its fields, and after them the
    parameters and inputs that differ between neurons, are the population's
    arrays, in the order of declaration.

    ```mlir
    sim.population @E[10000] precision f32 {
      sim.parameter @tau_m : "ms" = 20.0
      sim.constant @P_V : f32
      sim.field @V : f32 state "mV"
      sim.field @syn.sum : i32 sum grid 0.1
      sim.input @I_ext : f32
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, I64Attr:$size,
                       Spiking_PrecisionAttr:$precision,
                       OptionalAttr<FlatSymbolRefAttr>:$followed,
                       DefaultValuedAttr<I64Attr, "0">:$follow_delay);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name `` `[` $size `]` `precision` custom<Precision>($precision)
    (`follows` $followed^)? (`delay` $follow_delay^)?
    attr-dict-with-keyword $body
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "int64_t":$size,
                   "::snn::spiking::Precision":$precision)>,
  ];
  let extraClassDeclaration = [{
    /// f32 or f64: of states, constants and inputs.
    ::mlir::FloatType getElementType();
  }];
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

def Sim_ParameterOp : Sim_Part<"parameter"> {
  let summary = "A parameter, in f64: `snn_parameter`";
  let description = [{
    One number for all neurons, or, where the value is drawn or given for each,
    a field of role `SNN_PARAMETER`. Only initialisation reads parameters.

    ```mlir
    sim.parameter @V_th : "mV" = normal(20.0, 1.0)
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$unit,
                       Spiking_ValueAttr:$value);
  let assemblyFormat = [{
    $sym_name `:` $unit `=` custom<ValueLiteral>($value) attr-dict
  }];
  let extraClassDeclaration = [{
    bool isPerNeuron() { return !getValue().isConstant(); }
  }];
}

def Sim_ConstantOp : Sim_Part<"constant"> {
  let summary = "A number for all neurons, computed before the first step";
  let description = [{
    An element of the table that `init_constants` fills and kernels read.

    ```mlir
    sim.constant @P_V : f32
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TypeAttr:$type);
  let assemblyFormat = "$sym_name `:` $type attr-dict";
  let hasVerifier = 1;
}

def Sim_FieldOp : Sim_Part<"field"> {
  let summary = "An array of one element a neuron: `snn_field`";
  let description = [{
    `initial` is a state's value that is drawn or given, and replaces what
    `init_neurons` wrote; `grid` is what one unit of a sum is worth.

    ```mlir
    sim.field @V : f32 state "mV" initial uniform(0.0, 10.0)
    sim.field @syn.sum : i32 sum grid 0.1
    sim.field @refractory : i32 countdown
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TypeAttr:$type,
                       Sim_RoleAttr:$role,
                       DefaultValuedStrAttr<StrAttr, "1">:$unit,
                       OptionalAttr<Spiking_ValueAttr>:$initial,
                       OptionalAttr<F64Attr>:$grid);
  let assemblyFormat = [{
    $sym_name `:` $type $role ($unit^)?
    (`initial` custom<ValueLiteral>($initial)^)? (`grid` custom<F64>($grid)^)?
    attr-dict
  }];
  let hasVerifier = 1;
}

def Sim_InputOp : Sim_Part<"input"> {
  let summary = "What stimuli add up to in a step";
  let description = [{
    One number for all neurons, or, with `per_neuron`, a field of role
    `SNN_INPUT`; with `coupled` as well, one of role `SNN_COUPLED`, where not
    stimuli but couplings add up.

    ```mlir
    sim.input @I_ext : f32 per_neuron
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TypeAttr:$type,
                       UnitAttr:$per_neuron, UnitAttr:$coupled);
  let assemblyFormat = [{
    $sym_name `:` $type (`per_neuron` $per_neuron^)? (`coupled` $coupled^)?
    attr-dict
  }];
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Kernels
//===----------------------------------------------------------------------===//

def Sim_InitConstantsOp : Sim_KernelOp<"init_constants"> {
  let summary = "Computes the constants: `snn_init_constants_fn`";
  let description = [{
    f64 code over uniform parameters and the step size.

    ```mlir
    sim.init_constants {
      %h = sim.step_size : f64
      %tau = sim.get_parameter @tau_m : f64
      %q = arith.divf %h, %tau : f64
      %n = arith.negf %q : f64
      %p = math.exp %n : f64
      sim.set_constant @P_V, %p : f64
    }
    ```
  }];
}

def Sim_InitNeuronsOp : Sim_KernelOp<"init_neurons"> {
  let summary = "Derived fields and initial states: `snn_init_neurons_fn`";
  let description = [{
    f64 code of one neuron; reads all parameters.

    ```mlir
    sim.init_neurons {
      %E = sim.get_parameter @E_L : f64
      sim.set_field @V, %E : f64
    }
    ```
  }];
}

def Sim_IntegrateOp : Sim_KernelOp<"integrate"> {
  let summary = "First half of a step of one neuron: `snn_integrate_fn`";
  let description = [{
    Where a port's handler does more than add, it needs the state at the end of
    the step: this kernel integrates, the handlers run, and `sim.update` does the
    rest.

    ```mlir
    sim.integrate {
      %V = sim.load @V : f32
      %p = sim.get_constant @P_V : f32
      %0 = arith.mulf %p, %V : f32
      sim.store @V, %0 : f32
    }
    ```
  }];
}

def Sim_UpdateOp : Sim_KernelOp<"update"> {
  let summary = "One step of one neuron: `snn_update_fn`";
  let description = [{
    Integrates, takes and zeroes the port sums, tests the threshold, resets, and
    emits exactly once.

    ```mlir
    sim.update {
      %V = sim.load @V : f32
      %p = sim.get_constant @P_V : f32
      %s = sim.take @syn.sum : f32
      %0 = arith.mulf %p, %V : f32
      %1 = arith.addf %0, %s : f32
      %t = sim.get_constant @V_th.value : f32
      %fired = arith.cmpf oge, %1, %t : f32
      sim.store @V, %1 : f32
      sim.emit %fired : i1
    }
    ```
  }];
  let hasRegionVerifier = 1;
}

def Sim_ObserveOp : Sim_KernelOp<"observe"> {
  let summary = "Recomputes the observer fields: `snn_observe_fn`";
  let description = [{
    ```mlir
    sim.observe {
      %V = sim.load @V : f32
      sim.store @seen, %V : f32
    }
    ```
  }];
}

def Sim_FollowOp : Sim_KernelOp<"follow"> {
  let summary = "The followed neuron has fired: `snn_follow_fn`";
  let description = [{
    ```mlir
    sim.follow {
      %x = sim.load @x : f32
      %1 = arith.constant 1.0 : f32
      %s = arith.addf %x, %1 : f32
      sim.store @x, %s : f32
    }
    ```
  }];
}

#endif // SIM_POPULATIONS_TD
