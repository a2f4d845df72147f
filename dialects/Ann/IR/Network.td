//===- Network.td - Networks, inputs, constants, outputs ---*- tablegen -*-===//
//
// What an imported file is, and its ends.
//
//===----------------------------------------------------------------------===//
#ifndef ANN_NETWORK_TD
#define ANN_NETWORK_TD

include "dialects/Ann/IR/Dialect.td"
include "mlir/IR/SymbolInterfaces.td"

def Ann_NetworkOp : Ann_Op<"network", [
    IsolatedFromAbove, Symbol, SingleBlock, NoTerminator, NoRegionArguments]> {
  let summary = "A network of operators";
  let description = [{
    Operators in the order of their data. `samples` are inputs that stand for
    those that the network will see, one a row: what `ann-calibrate` measures.

    ```mlir
    ann.network @Mlp {
      %x = ann.input "x" : tensor<1x2xf32>
      %w = ann.constant dense<[[1.0], [-1.0]]> : tensor<2x1xf32>
      %y = ann.matmul %x, %w : tensor<1x2xf32>, tensor<2x1xf32> -> tensor<1x1xf32>
      %z = ann.apply relu %y : tensor<1x1xf32> -> tensor<1x1xf32>
      ann.output "z", %z : tensor<1x1xf32>
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       OptionalAttr<ElementsAttr>:$samples,
                       OptionalAttr<DictionaryAttr>:$certificate);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name (`samples` $samples^)? (`certificate` $certificate^)?
    attr-dict-with-keyword $body
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins "::llvm::StringRef":$name)>];
}

def Ann_InputOp : Ann_Op<"input", [HasParent<"NetworkOp">]> {
  let summary = "What a network is given";
  let description = [{
    `range` bounds its elements, where that is known.

    ```mlir
    %x = ann.input "image" range [0.0, 1.0] : tensor<1x1x28x28xf32>
    ```
  }];
  let arguments = (ins StrAttr:$name, OptionalAttr<DenseF64ArrayAttr>:$range);
  let results = (outs Ann_Reals:$result);
  let assemblyFormat =
      "$name (`range` $range^)? attr-dict `:` type($result)";
  let hasVerifier = 1;
}

def Ann_ConstantOp : Ann_Op<"constant", [
    Pure, ConstantLike, AllTypesMatch<["value", "result"]>]> {
  let summary = "Weights and other given numbers";
  let description = [{
    ```mlir
    %w = ann.constant dense<[[1.0, 2.0]]> : tensor<1x2xf32>
    ```
  }];
  let arguments = (ins ElementsAttr:$value);
  let results = (outs Ann_Tensor:$result);
  let assemblyFormat = "$value attr-dict";
  let hasFolder = 1;
}

def Ann_OutputOp : Ann_Op<"output", [HasParent<"NetworkOp">]> {
  let summary = "What a network gives";
  let description = [{
    In the integer form `scale` says what a 1 is worth in the real numbers that
    the network stood for, and `zero` which whole number stands for 0.

    ```mlir
    ann.output "logits", %y scale 0.125 zero 0 : tensor<1x10xi32>
    ```
  }];
  let arguments = (ins StrAttr:$name, Ann_Tensor:$value,
                       OptionalAttr<F64Attr>:$scale,
                       OptionalAttr<I64Attr>:$zero);
  let assemblyFormat = [{
    $name `,` $value (`scale` $scale^)? (`zero` $zero^)? attr-dict
    `:` type($value)
  }];
  let hasVerifier = 1;
}

#endif // ANN_NETWORK_TD
