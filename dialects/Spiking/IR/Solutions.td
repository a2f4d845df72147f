//===- Solutions.td - What the numeric passes put in -------*- tablegen -*-===//
//
// Derived constants, propagators, and equations turned into steps.
//
//===----------------------------------------------------------------------===//
#ifndef SPIKING_SOLUTIONS_TD
#define SPIKING_SOLUTIONS_TD

include "dialects/Spiking/IR/Expressions.td"

def Spiking_DerivedOp : Spiking_Part<"derived", [
    Symbol, Spiking_HasUnit, HasParent<"NeuronOp">]> {
  let summary = "A constant computed once from parameters and the step";
  let description = [{
    Made by `spiking-fold-parameters`. The region is evaluated in f64 before the
    first step, and again when a parameter changes.

    ```mlir
    spiking.derived @P_V : "1" {
      %h = spiking.step_size : f64
      %tau = spiking.read @tau_m : f64
      %q = arith.divf %h, %tau : f64
      %n = arith.negf %q : f64
      %p = math.exp %n : f64
      spiking.yield %p : f64
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

def Spiking_PropagatorOp : Spiking_Part<"propagator", [
    Symbol, HasParent<"NeuronOp">, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "The exact solution of a linear block over one step";
  let description = [{
    For the states (and inputs) x = (x0, ..., xn-1) that `of` names and
    dx/dt = A x + b, yields the n*n entries of A, row by row; if `affine`,
    followed by the n entries of b. Defines the matrix P = exp(h A), read by
    `spiking.entry @P[i, j]`; if `affine`, the increment of xi by b is
    `@P[i, n]`, so that x(t + h) = P x + P[., n].

    ```mlir
    spiking.propagator @P of [@V, @exc.I] {
      %a = spiking.read @minus_inverse_tau_m : f64
      %b = spiking.read @inverse_C_m : f64
      %c = spiking.read @minus_inverse_tau : f64
      %0 = arith.constant 0.0 : f64
      spiking.yield %a, %b, %0, %c : f64, f64, f64, f64
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, UnitAttr:$affine,
      TypedArrayAttrBase<FlatSymbolRefAttr, "states and inputs">:$variables);
  let regions = (region SizedRegion<1>:$matrix);
  let assemblyFormat = [{
    $sym_name (`affine` $affine^)? `of` $variables attr-dict-with-keyword
    $matrix
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name,
                   "::llvm::ArrayRef<::llvm::StringRef>":$variables,
                   CArg<"bool", "false">:$affine)>,
  ];
}

def Spiking_EntryOp : Spiking_Op<"entry", [
    Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "An entry of a propagator";
  let description = [{
    ```mlir
    %p = spiking.entry @P[0, 1] : f64
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$propagator, I64Attr:$row,
                       I64Attr:$column);
  let results = (outs F64:$result);
  let assemblyFormat = [{
    $propagator `[` $row `,` $column `]` attr-dict `:` type($result)
  }];
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$propagator, "int64_t":$row,
                   "int64_t":$column)>,
  ];
}

def Spiking_StepSizeOp : Spiking_Op<"step_size", [
    Pure, DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmResultNames"]>]> {
  let summary = "The time step h, in ms";
  let description = [{
    ```mlir
    %h = spiking.step_size : f64
    ```
  }];
  let results = (outs F64:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins)>];
}

def Spiking_StepOp : Spiking_Part<"step", [
    NoTerminator, NoRegionArguments, HasParent<"NeuronOp">]> {
  let summary = "All states advanced by one time step";
  let description = [{
    What `spiking-solve-odes` makes of the equations: reads and writes in order.
    The one with `held` is what a neuron runs instead while it is refractory;
    without it, the other runs and the held states are put back. `solved` says
    of each state how its equation was solved.

    ```mlir
    spiking.step solved {V = "exact"} {
      %V = spiking.read @V : f64
      %p = spiking.entry @P[0, 0] : f64
      %v = arith.mulf %p, %V : f64
      spiking.write @V, %v : f64
    }
    ```
  }];
  let arguments = (ins UnitAttr:$held, OptionalAttr<DictionaryAttr>:$solved);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    (`held` $held^)? (`solved` $solved^)? attr-dict-with-keyword $body
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins CArg<"bool", "false">:$held)>];
}

#endif // SPIKING_SOLUTIONS_TD
