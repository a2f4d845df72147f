//===- Kernels.td - What stands in kernels -----------------*- tablegen -*-===//
//
// Access to the memory of a neuron. In kernels that step, values are scalars
// of one neuron, or vectors of several once the kernel is vectorised.
//
//===----------------------------------------------------------------------===//
#ifndef SIM_KERNELS_TD
#define SIM_KERNELS_TD

include "dialects/Sim/IR/Populations.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"

def Sim_Real : AnyTypeOf<[F32, F64, VectorOfAnyRankOf<[F32, F64]>],
                         "f32 or f64, or a vector of them">;
def Sim_Integer : AnyTypeOf<[I32, I64, VectorOfAnyRankOf<[I32, I64]>],
                            "i32 or i64, or a vector of them">;
def Sim_Element : AnyTypeOf<[Sim_Real, Sim_Integer],
                            "an element of a field, or a vector of them">;
def Sim_Condition : AnyTypeOf<[I1, VectorOfAnyRankOf<[I1]>],
                              "i1, or a vector of it">;

class Sim_GetOp<string mnemonic, Type type, list<Trait> traits>
    : Sim_Op<mnemonic, !listconcat([
        DeclareOpInterfaceMethods<SymbolUserOpInterface>,
        DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmResultNames"]>],
        traits)> {
  let arguments = (ins FlatSymbolRefAttr:$name);
  let results = (outs type:$result);
  let assemblyFormat = "$name attr-dict `:` type($result)";
}

class Sim_SetOp<string mnemonic, Type type, list<Trait> traits>
    : Sim_Op<mnemonic, !listconcat([
        DeclareOpInterfaceMethods<SymbolUserOpInterface>], traits)> {
  let arguments = (ins FlatSymbolRefAttr:$name, type:$value);
  let assemblyFormat = "$name `,` $value attr-dict `:` type($value)";
}

//===----------------------------------------------------------------------===//
// Initialisation
//===----------------------------------------------------------------------===//

def Sim_GetParameterOp : Sim_GetOp<"get_parameter", F64, [Pure]> {
  let summary = "A parameter, in initialisation";
  let description = [{
    ```mlir
    %tau = sim.get_parameter @tau_m : f64
    ```
  }];
}

def Sim_StepSizeOp : Sim_Op<"step_size", [Pure]> {
  let summary = "The time step in ms, in initialisation";
  let description = [{
    ```mlir
    %h = sim.step_size : f64
    ```
  }];
  let results = (outs F64:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
}

def Sim_ExpmOp : Sim_Op<"expm", [Pure]> {
  let summary = "The exponential of a small matrix, in initialisation";
  let description = [{
    exp(h A) of the n*n entries of A, row by row, by `snn_expm`; as many results.

    ```mlir
    %p:4 = sim.expm %h, [%a, %b, %c, %d] : f64
    ```
  }];
  let arguments = (ins F64:$step, Variadic<F64>:$entries);
  let results = (outs Variadic<F64>:$exponential);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::mlir::Value":$step, "::mlir::ValueRange":$entries)>,
  ];
}

def Sim_SetConstantOp : Sim_SetOp<"set_constant", F64,
                                  [MemoryEffects<[MemWrite]>]> {
  let summary = "Sets a constant, rounded to its type";
  let description = [{
    ```mlir
    sim.set_constant @P_V, %p : f64
    ```
  }];
}

def Sim_SetFieldOp : Sim_SetOp<"set_field", F64, [MemoryEffects<[MemWrite]>]> {
  let summary = "Sets a state or derived field, rounded to its type";
  let description = [{
    ```mlir
    sim.set_field @V, %E : f64
    ```
  }];
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

def Sim_GetConstantOp : Sim_GetOp<"get_constant", Sim_Real, [Pure]> {
  let summary = "A constant";
  let description = [{
    ```mlir
    %p = sim.get_constant @P_V : f32
    ```
  }];
}

def Sim_GetInputOp : Sim_GetOp<"get_input", Sim_Real, [Pure]> {
  let summary = "An input, as the stimuli of this step set it";
  let description = [{
    ```mlir
    %I = sim.get_input @I_ext : f32
    ```
  }];
}

def Sim_LoadOp : Sim_GetOp<"load", Sim_Element, [MemoryEffects<[MemRead]>]> {
  let summary = "The neuron's element of a field";
  let description = [{
    ```mlir
    %V = sim.load @V : f32
    ```
  }];
}

def Sim_StoreOp : Sim_SetOp<"store", Sim_Element, [MemoryEffects<[MemWrite]>]> {
  let summary = "Sets the neuron's element of a field";
  let description = [{
    ```mlir
    sim.store @V, %v : f32
    ```
  }];
}

def Sim_TakeOp : Sim_GetOp<"take", Sim_Real,
                           [MemoryEffects<[MemRead, MemWrite]>]> {
  let summary = "What arrived at a port, which is then zero again";
  let description = [{
    The integer, converted (rounded half-even) and times the grid.

    ```mlir
    %s = sim.take @syn.sum : f32
    ```
  }];
}

def Sim_AddOp : Sim_SetOp<"add", Sim_Integer,
                          [MemoryEffects<[MemRead, MemWrite]>]> {
  let summary = "Adds an integer to a sum, in deliveries";
  let description = [{
    ```mlir
    sim.add @syn.sum, %w : i64
    ```
  }];
}

def Sim_EmitOp : Sim_Op<"emit", [MemoryEffects<[MemWrite]>]> {
  let summary = "Says whether the neuron fires at the end of this step";
  let description = [{
    ```mlir
    sim.emit %fired : i1
    ```
  }];
  let arguments = (ins Sim_Condition:$fired);
  let assemblyFormat = "$fired attr-dict `:` type($fired)";
}

def Sim_YieldOp : Sim_Op<"yield", [Pure, Terminator, ReturnLike]> {
  let summary = "The values of a function of time or of a synapse";
  let description = [{
    ```mlir
    sim.yield %r : f64
    ```
  }];
  let arguments = (ins Variadic<AnyTypeOf<[F32, F64]>>:$values);
  let assemblyFormat = "attr-dict ($values^ `:` type($values))?";
}

#endif // SIM_KERNELS_TD
