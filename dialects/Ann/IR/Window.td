//===- Window.td - Networks that run for a while -----------*- tablegen -*-===//
//
// The rate form: units with a potential, brought forward step by step.
//
//===----------------------------------------------------------------------===//
#ifndef ANN_WINDOW_TD
#define ANN_WINDOW_TD

include "dialects/Ann/IR/Dialect.td"

def Ann_WindowOp : Ann_Op<"window", [
    SingleBlock, RecursiveMemoryEffects, NoRegionArguments]> {
  let summary = "A number of steps";
  let description = [{
    The body is evaluated once a step, and each result is the sum of what it
    yields. Values from outside are the same at each step.

    ```mlir
    %n = ann.window steps 25 {
      %z = ann.matmul %x, %w : tensor<1x4xi32>, tensor<4x3xi32> -> tensor<1x3xi32>
      %s = ann.fire %z {thetas = array<f64: 5.0>, biases = array<f64: 0.0>, axis = 1 : i64} : tensor<1x3xi32>
      ann.yield %s : tensor<1x3xi32>
    } : tensor<1x3xi32>
    ```
  }];
  let arguments = (ins I64Attr:$steps);
  let results = (outs Variadic<Ann_Whole>:$results);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    `steps` $steps attr-dict-with-keyword $body `:` type($results)
  }];
  let hasRegionVerifier = 1;
}

def Ann_YieldOp : Ann_Op<"yield", [
    Pure, Terminator, HasParent<"WindowOp">]> {
  let summary = "What a window adds up";
  let arguments = (ins Variadic<Ann_Whole>:$values);
  let assemblyFormat = "$values attr-dict `:` type($values)";
}

def Ann_FireOp : Ann_Op<"fire", [
    HasParent<"WindowOp">, AllTypesMatch<["input", "result"]>]> {
  let summary = "Leaky integrate-and-fire units, one step";
  let description = [{
    Each unit keeps a potential u, which begins a window at `start` times theta:

        u := beta*u + bias + x
        if u >= theta: a spike (1), and u := u - theta; else none (0)

    With `hard`, a spike sets u to 0 instead. Sums are taken from the left, in
    f64. There is one theta and bias for all units, or one for each index of
    `axis`.

    `rheobase`, where it is given, is the least argument with which a unit fires
    at all if its argument is the same at each step; it is to be given for such
    arguments only. Units below it need not be brought forward.

    ```mlir
    %s = ann.fire %z {thetas = array<f64: 5.0>, biases = array<f64: 0.5>, axis = 1 : i64, beta = 0.95 : f64} : tensor<1x3xi32>
    ```
  }];
  let arguments = (ins Ann_Whole:$input, DenseF64ArrayAttr:$thetas,
                       DenseF64ArrayAttr:$biases, I64Attr:$axis,
                       DefaultValuedAttr<F64Attr, "1.0">:$beta,
                       DefaultValuedAttr<F64Attr, "0.5">:$start,
                       UnitAttr:$hard,
                       OptionalAttr<DenseI64ArrayAttr>:$rheobase);
  let results = (outs Ann_Whole:$result);
  let assemblyFormat = "$input attr-dict `:` type($result)";
  let hasVerifier = 1;
}

#endif // ANN_WINDOW_TD
