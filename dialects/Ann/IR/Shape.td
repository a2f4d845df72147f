//===- Shape.td - Operators that move elements -------------*- tablegen -*-===//
//
// Each element of a result is one of the operand, or a constant.
//
//===----------------------------------------------------------------------===//
#ifndef ANN_SHAPE_TD
#define ANN_SHAPE_TD

include "dialects/Ann/IR/Dialect.td"

def Ann_ReshapeOp : Ann_Op<"reshape", [Pure]> {
  let summary = "The same elements in the same order, in another shape";
  let description = [{
    ```mlir
    %y = ann.reshape %x : tensor<1x3x2x2xf32> -> tensor<1x12xf32>
    ```
  }];
  let arguments = (ins Ann_Tensor:$input);
  let results = (outs Ann_Tensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Ann_TransposeOp : Ann_Shaped<"transpose"> {
  let summary = "Axes in another order";
  let description = [{
    Axis `i` of the result is axis `order[i]` of the input.

    ```mlir
    %y = ann.transpose %x {order = array<i64: 1, 0>} : tensor<2x3xf32> -> tensor<3x2xf32>
    ```
  }];
  let arguments = (ins Ann_Tensor:$input, DenseI64ArrayAttr:$order);
  let results = (outs Ann_Tensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

def Ann_ConcatOp : Ann_Shaped<"concat"> {
  let summary = "Tensors behind one another along an axis";
  let description = [{
    ```mlir
    %y = ann.concat %a, %b {axis = 1 : i64} : tensor<1x2xf32>, tensor<1x3xf32> -> tensor<1x5xf32>
    ```
  }];
  let arguments = (ins Variadic<Ann_Tensor>:$inputs, I64Attr:$axis);
  let results = (outs Ann_Tensor:$result);
  let assemblyFormat = [{
    $inputs attr-dict `:` type($inputs) `->` type($result)
  }];
}

def Ann_SliceOp : Ann_Shaped<"slice"> {
  let summary = "Elements at equal distances along each axis";
  let description = [{
    `sizes[i]` elements from `starts[i]` on, `steps[i]` apart; a step may be
    negative.

    ```mlir
    %y = ann.slice %x {starts = array<i64: 0, 1>, sizes = array<i64: 1, 2>, steps = array<i64: 1, 1>} : tensor<1x4xf32> -> tensor<1x2xf32>
    ```
  }];
  let arguments = (ins Ann_Tensor:$input, DenseI64ArrayAttr:$starts,
                       DenseI64ArrayAttr:$sizes, DenseI64ArrayAttr:$steps);
  let results = (outs Ann_Tensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

def Ann_PadOp : Ann_Shaped<"pad"> {
  let summary = "A constant around a tensor";
  let description = [{
    ```mlir
    %y = ann.pad %x {low = array<i64: 0, 1>, high = array<i64: 0, 1>, value = 0.0 : f64} : tensor<1x2xf32> -> tensor<1x4xf32>
    ```
  }];
  let arguments = (ins Ann_Tensor:$input, DenseI64ArrayAttr:$low,
                       DenseI64ArrayAttr:$high, F64Attr:$value);
  let results = (outs Ann_Tensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

#endif // ANN_SHAPE_TD
