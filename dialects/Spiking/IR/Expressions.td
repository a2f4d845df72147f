//===- Expressions.td - What stands in the regions ---------*- tablegen -*-===//
//
// Beside arith, math and scf.if: quantities, access to named variables, and
// what ends a region.
//
//===----------------------------------------------------------------------===//
#ifndef SPIKING_EXPRESSIONS_TD
#define SPIKING_EXPRESSIONS_TD

include "dialects/Spiking/IR/Models.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"

def Spiking_QuantityOp : Spiking_Op<"quantity", [
    Pure, Spiking_HasUnit]> {
  let summary = "A literal, in the internal unit, and the unit";
  let description = [{
    Folds to an `arith.constant`, which has no unit.

    ```mlir
    %0 = spiking.quantity -65.0 : "mV"
    ```
  }];
  let arguments = (ins F64Attr:$value, StrAttr:$unit);
  let results = (outs F64:$result);
  let assemblyFormat = "custom<F64>($value) `:` $unit attr-dict";
  let hasFolder = 1;
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins "double":$value, "::llvm::StringRef":$unit)>];
}

def Spiking_ReadOp : Spiking_Op<"read", [
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>,
    DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmResultNames"]>]> {
  let summary = "Reads a parameter, derived constant, state, input or let";
  let description = [{
    `@exc::@I` is the variable @I of the receptor @exc. Parameters, derived
    constants and inputs do not change while a region runs, so that reading them
    is pure; a read of a state or of a let stays between the writes around it.

    ```mlir
    %I = spiking.read @exc::@I : f64
    ```
  }];
  let arguments = (ins SymbolRefAttr:$variable);
  let results = (outs F64:$result);
  let assemblyFormat = "$variable attr-dict `:` type($result)";
  let hasCanonicalizer = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::mlir::SymbolRefAttr":$variable)>,
    OpBuilder<(ins "::llvm::StringRef":$variable)>,
  ];
}

def Spiking_WriteOp : Spiking_Op<"write", [
    MemoryEffects<[MemWrite]>, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Writes a state";
  let description = [{
    Stands in handlers, resets and steps.

    ```mlir
    spiking.write @V, %v : f64
    ```
  }];
  let arguments = (ins SymbolRefAttr:$state, F64:$value);
  let assemblyFormat = "$state `,` $value attr-dict `:` type($value)";
  let hasCanonicalizer = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$state, "::mlir::Value":$value)>,
  ];
}

def Spiking_RefractoryOp : Spiking_Op<"refractory", [
    MemoryEffects<[MemWrite]>, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Starts the refractory time";
  let description = [{
    For a spike stamped t and the duration T, no threshold is tested at grid
    points in (t, t + T]. The states `holding` names keep their values in that
    time: neither equations nor events change them, and what arrives for them is
    lost unless `keeping_input`, with which events still act. Stands in a reset.

    ```mlir
    spiking.refractory %t_ref holding [@V] keeping_input
    ```
  }];
  let arguments = (ins F64:$duration,
      DefaultValuedAttr<TypedArrayAttrBase<SymbolRefAttr, "states">, "{}">
        :$holding,
      UnitAttr:$keeping_input);
  let assemblyFormat = [{
    $duration (`holding` $holding^)? (`keeping_input` $keeping_input^)?
    attr-dict
  }];
}

def Spiking_YieldOp : Spiking_Op<"yield", [Pure, Terminator, ReturnLike]> {
  let summary = "The value of a region";
  let description = [{
    ```mlir
    spiking.yield %d : f64
    ```
  }];
  let arguments = (ins Variadic<AnyTypeOf<[F64, I1]>>:$values);
  let assemblyFormat = "attr-dict ($values^ `:` type($values))?";
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins CArg<"::mlir::ValueRange", "{}">:$values)>,
  ];
}

#endif // SPIKING_EXPRESSIONS_TD
