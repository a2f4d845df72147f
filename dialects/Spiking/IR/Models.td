//===- Models.td - Neurons and synapses --------------------*- tablegen -*-===//
//
// A model is a symbol table of declarations: parameters, states, receptors,
// equations and what happens at events. Their regions are isolated, so that
// every constant stays in the expression that it belongs to.
//
//===----------------------------------------------------------------------===//
#ifndef SPIKING_MODELS_TD
#define SPIKING_MODELS_TD

include "dialects/Spiking/IR/Attributes.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/RegionKindInterface.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

// An operation with a `unit`: verified to be one that lang/Basic/Units knows.
def Spiking_HasUnit : NativeOpTrait<"HasUnit"> {
  let cppNamespace = "::snn::spiking";
}

class Spiking_ModelOp<string mnemonic, list<Trait> traits = []>
    : Spiking_Op<mnemonic, !listconcat([
        IsolatedFromAbove, SymbolTable, Symbol, SingleBlock, NoTerminator,
        NoRegionArguments], traits)>;

// What stands in a model; its regions see nothing but their own arguments.
class Spiking_Part<string mnemonic, list<Trait> traits = []>
    : Spiking_Op<mnemonic, !listconcat([
        IsolatedFromAbove, SingleBlock,
        ParentOneOf<["NeuronOp", "SynapseOp", "PlasticityOp"]>], traits)>;

//===----------------------------------------------------------------------===//
// Models
//===----------------------------------------------------------------------===//

def Spiking_NeuronOp : Spiking_ModelOp<"neuron"> {
  let summary = "A neuron model";
  let description = [{
    Holds parameters, states, equations, receptors, ports, and at most one
    `spiking.threshold` with its `spiking.reset`. Names are unique within it.
    `solver` says how its equations are integrated (absent: the compiler
    chooses), `precision` in which format its states are held (absent: as the
    experiment says).

    ```mlir
    spiking.neuron @LIF solver <exact> precision f64 {
      spiking.param @tau_m : "ms" = 20.0
      spiking.state @V : "mV" init {
        %0 = spiking.quantity 0.0 : "mV"
        spiking.yield %0 : f64
      }
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       OptionalAttr<Spiking_SolverAttr>:$solver,
                       OptionalAttr<Spiking_PrecisionAttr>:$precision);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name (`solver` $solver^)? (`precision` custom<Precision>($precision)^)?
    attr-dict-with-keyword $body
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, CArg<"SolverAttr", "{}">:$solver,
                   CArg<"PrecisionAttr", "{}">:$precision)>,
  ];
}

def Spiking_SynapseOp : Spiking_ModelOp<"synapse"> {
  let summary = "A synapse's kinetics";
  let description = [{
    What a `spiking.receptor` of a neuron instantiates: parameters, states,
    equations, the handler of arriving spikes, and quantities of the host neuron
    that it reads.

    ```mlir
    spiking.synapse @ExpCurrent {
      spiking.param @tau : "ms" = 5.0
      spiking.state @I : "pA" init {
        %0 = spiking.quantity 0.0 : "pA"
        spiking.yield %0 : f64
      }
      spiking.on_spike(%w: f64) : "pA" {
        %I = spiking.read @I : f64
        %s = arith.addf %I, %w : f64
        spiking.write @I, %s : f64
      }
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name attr-dict-with-keyword $body";
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins "::llvm::StringRef":$name)>];
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

def Spiking_ParamOp : Spiking_Part<"param", [Symbol, Spiking_HasUnit]> {
  let summary = "A parameter";
  let description = [{
    Its default is a number, or a region over other parameters; a parameter
    with neither must be given where the model is used.

    ```mlir
    spiking.param @C_m : "pF" = 250.0
    spiking.param @g_L : "nS" {
      %C = spiking.read @C_m : f64
      %tau = spiking.read @tau_m : f64
      %g = arith.divf %C, %tau : f64
      spiking.yield %g : f64
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$unit,
                       OptionalAttr<F64Attr>:$value);
  let regions = (region MaxSizedRegion<1>:$default);
  let assemblyFormat = [{
    $sym_name `:` $unit (`=` custom<F64>($value)^)? attr-dict-with-keyword
    ($default^)?
  }];
  let hasVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "::llvm::StringRef":$unit,
                   CArg<"std::optional<double>", "{}">:$value)>,
  ];
}

def Spiking_StateOp : Spiking_Part<"state", [Symbol, Spiking_HasUnit]> {
  let summary = "A state variable, with its value at the beginning";
  let description = [{
    Each neuron has one. The `init` region reads parameters and states declared
    before; a population's `init` clause overrules it.

    ```mlir
    spiking.state @V : "mV" init {
      %E_L = spiking.read @E_L : f64
      spiking.yield %E_L : f64
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$unit);
  let regions = (region SizedRegion<1>:$init);
  let assemblyFormat = [{
    $sym_name `:` $unit attr-dict-with-keyword `init` $init
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "::llvm::StringRef":$unit)>,
  ];
}

def Spiking_InputOp : Spiking_Part<"input", [Symbol, Spiking_HasUnit]> {
  let summary = "A quantity that stimuli add to; constant during a step";
  let description = [{
    ```mlir
    spiking.input @I_ext : "pA"
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$unit);
  let assemblyFormat = "$sym_name `:` $unit attr-dict";
}

def Spiking_HostOp : Spiking_Part<"host", [
    Symbol, Spiking_HasUnit, ParentOneOf<["SynapseOp", "PlasticityOp"]>]> {
  let summary = "A state of the neuron that the synapse sits on";
  let description = [{
    ```mlir
    spiking.host @V : "mV"
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$unit);
  let assemblyFormat = "$sym_name `:` $unit attr-dict";
}

def Spiking_SourceOp : Spiking_Part<"source", [Symbol, Spiking_HasUnit]> {
  let summary = "A state of the neurons where the synapses come from";
  let description = [{
    Read by `spiking.couple` alone.

    ```mlir
    spiking.source @pre.V of @V : "mV"
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$state,
                       StrAttr:$unit);
  let assemblyFormat = "$sym_name `of` $state `:` $unit attr-dict";
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "::llvm::StringRef":$state,
                   "::llvm::StringRef":$unit)>,
  ];
}

def Spiking_LetOp : Spiking_Part<"let", [Symbol, Spiking_HasUnit]> {
  let summary = "A name for an expression of states, inputs and parameters";
  let description = [{
    ```mlir
    spiking.let @I : "pA" {
      %g = spiking.read @g : f64
      %E = spiking.read @E_rev : f64
      %V = spiking.read @V : f64
      %d = arith.subf %E, %V : f64
      %i = arith.mulf %g, %d : f64
      spiking.yield %i : f64
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$unit);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name `:` $unit attr-dict-with-keyword $body";
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "::llvm::StringRef":$unit)>,
  ];
}

def Spiking_ReceptorOp : Spiking_Op<"receptor", [
    Symbol, SingleBlock, NoTerminator, NoRegionArguments,
    HasParent<"NeuronOp">,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "A synapse's kinetics placed on the neuron";
  let description = [{
    Its names are read as `@exc::@I`. It is a port, too: projections that name
    it deliver to the handler of the synapse. `spiking.bind` sets parameters of
    the synapse; the others keep their defaults. `hosts {V = @V_d}` says which
    variable of the neuron a `spiking.host` is, where their names differ.

    ```mlir
    spiking.receptor @exc : @ExpCurrent {
      spiking.bind @tau {
        %t = spiking.read @tau_exc : f64
        spiking.yield %t : f64
      }
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$synapse,
                       OptionalAttr<DictionaryAttr>:$hosts);
  let regions = (region SizedRegion<1>:$bindings);
  let assemblyFormat = [{
    $sym_name `:` $synapse (`hosts` $hosts^)? attr-dict-with-keyword $bindings
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "::llvm::StringRef":$synapse)>,
  ];
  let extraClassDeclaration = [{
    /// What of the neuron a `spiking.host` of the synapse is: what `hosts`
    /// says, else the variable of the same name.
    ::llvm::StringRef getHostVariable(::llvm::StringRef host);
  }];
}

def Spiking_BindOp : Spiking_Op<"bind", [
    IsolatedFromAbove, SingleBlock, HasParent<"ReceptorOp">,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "The value of a receptor's parameter, in terms of the neuron's";
  let description = [{
    ```mlir
    spiking.bind @E_rev {
      %0 = spiking.quantity -80.0 : "mV"
      spiking.yield %0 : f64
    }
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$param);
  let regions = (region SizedRegion<1>:$value);
  let assemblyFormat = "$param attr-dict-with-keyword $value";
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins "::llvm::StringRef":$param)>];
}

//===----------------------------------------------------------------------===//
// Dynamics and events
//===----------------------------------------------------------------------===//

def Spiking_EquationOp : Spiking_Part<"equation", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "The derivative of a state with respect to time";
  let description = [{
    Yields dx/dt in the state's unit per ms. The `noise` region, where there is
    one, yields the coefficient of white noise xi(t), in the state's unit per
    square root of ms: dx = f dt + g dW.

    ```mlir
    spiking.equation @V {
      %V = spiking.read @V : f64
      %tau = spiking.read @tau_m : f64
      %n = arith.negf %V : f64
      %d = arith.divf %n, %tau : f64
      spiking.yield %d : f64
    }
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$state);
  let regions = (region SizedRegion<1>:$derivative, MaxSizedRegion<1>:$noise);
  let assemblyFormat = [{
    $state attr-dict-with-keyword $derivative (`noise` $noise^)?
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins "::llvm::StringRef":$state)>];
}

def Spiking_OnSpikeOp : Spiking_Part<"on_spike", [
    NoTerminator, HasParent<"SynapseOp">, Spiking_HasUnit,
    DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmBlockArgumentNames"]>]> {
  let summary = "What a spike does that arrives at the synapse";
  let description = [{
    The argument is the weight, of the unit given.

    ```mlir
    spiking.on_spike(%w: f64) : "nS" {
      %g = spiking.read @g : f64
      %s = arith.addf %g, %w : f64
      spiking.write @g, %s : f64
    }
    ```
  }];
  let arguments = (ins StrAttr:$unit);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    `` custom<Function>($body, $unit) attr-dict-with-keyword
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins "::llvm::StringRef":$unit)>];
}

def Spiking_PortOp : Spiking_Part<"port", [
    Symbol, NoTerminator, HasParent<"NeuronOp">, Spiking_HasUnit,
    DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmBlockArgumentNames"]>]> {
  let summary = "Where projections deliver, and what an arriving spike does";
  let description = [{
    The argument is the weight, of the unit given. Without a `grid` the body
    runs for each arriving spike, in the order (projection, source, step of
    emission, index in the row). With `grid u` the port is additive: the weights
    that arrive in a step are summed as whole multiples of u, and the body runs
    once, with the sum; the integer has 64 bits if the port is `wide`, else 32.

    ```mlir
    spiking.port @syn(%w: f64) : "mV" grid 0.1 {
      %V = spiking.read @V : f64
      %s = arith.addf %V, %w : f64
      spiking.write @V, %s : f64
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$unit,
                       OptionalAttr<F64Attr>:$grid, UnitAttr:$wide);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name `` custom<Function>($body, $unit, $grid) attr-dict-with-keyword
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "::llvm::StringRef":$unit,
                   CArg<"std::optional<double>", "{}">:$grid)>,
  ];
}

def Spiking_CoupleOp : Spiking_Part<"couple", [
    Symbol, Spiking_HasUnit,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>,
    DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmBlockArgumentNames"]>]> {
  let summary = "What a synapse adds to sums of its target, in every step";
  let description = [{
    A port where no spikes arrive. The argument is the weight, of the unit
    given; what is yielded is added to the inputs `sums`, over all synapses at
    the port: in the order of projections, in each by source, then in the order
    of its rule. States, those of the source as well, are those at the beginning
    of the step. In a synapse its name is `:couple`.

    ```mlir
    spiking.couple @gap sums [@gap.I](%w: f64) : "nS" {
      %s = spiking.read @gap.pre.V : f64
      %V = spiking.read @V : f64
      %d = arith.subf %s, %V : f64
      %i = arith.mulf %w, %d : f64
      spiking.yield %i : f64
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$unit,
                       TypedArrayAttrBase<FlatSymbolRefAttr, "inputs">:$sums);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name `sums` $sums `` custom<Function>($body, $unit)
    attr-dict-with-keyword
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "::llvm::StringRef":$unit,
                   "::llvm::ArrayRef<::llvm::StringRef>":$sums)>,
  ];
  let extraClassDeclaration = [{
    static constexpr ::llvm::StringLiteral nameInSynapse = ":couple";
  }];
}

def Spiking_ThresholdOp : Spiking_Part<"threshold", [
    HasParent<"NeuronOp">, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "When the neuron fires";
  let description = [{
    Yields an i1, tested at the end of each step unless the neuron is
    refractory. With `rising` the neuron fires where the condition becomes true,
    else wherever it is true. `cap @V at` names the state that the condition
    compares with a bound, and yields the bound: stages of a Runge-Kutta solver
    do not carry the state beyond it.

    ```mlir
    spiking.threshold {
      %V = spiking.read @V : f64
      %t = spiking.read @V_th : f64
      %c = arith.cmpf oge, %V, %t : f64
      spiking.yield %c : i1
    } cap @V at {
      %t = spiking.read @V_th : f64
      spiking.yield %t : f64
    }
    ```
  }];
  let arguments = (ins UnitAttr:$rising, OptionalAttr<FlatSymbolRefAttr>:$cap);
  let regions = (region SizedRegion<1>:$condition, MaxSizedRegion<1>:$bound);
  let assemblyFormat = [{
    (`rising` $rising^)? $condition (`cap` $cap^ `at` $bound)?
    attr-dict-with-keyword
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins CArg<"bool", "false">:$rising)>];
}

def Spiking_ResetOp : Spiking_Part<"reset", [
    NoTerminator, NoRegionArguments, HasParent<"NeuronOp">]> {
  let summary = "What a neuron does that fires";
  let description = [{
    ```mlir
    spiking.reset {
      %r = spiking.read @V_reset : f64
      spiking.write @V, %r : f64
      %t = spiking.read @t_ref : f64
      spiking.refractory %t holding [@V]
    }
    ```
  }];
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "attr-dict-with-keyword $body";
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins)>];
}

def Spiking_FollowOp : Spiking_Part<"follow", [
    NoTerminator, NoRegionArguments, HasParent<"NeuronOp">]> {
  let summary = "What a cell does when the neuron that it follows fires";
  let description = [{
    ```mlir
    spiking.follow {
      %x = spiking.read @x : f64
      %1 = arith.constant 1.0 : f64
      %s = arith.addf %x, %1 : f64
      spiking.write @x, %s : f64
    }
    ```
  }];
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "attr-dict-with-keyword $body";
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins)>];
}

#endif // SPIKING_MODELS_TD
