//===- Linear.td - Operators that weigh and add ------------*- tablegen -*-===//
//
// The same operators on reals and on whole numbers.
//
//===----------------------------------------------------------------------===//
#ifndef ANN_LINEAR_TD
#define ANN_LINEAR_TD

include "dialects/Ann/IR/Dialect.td"

def Ann_MatMulOp : Ann_Shaped<"matmul"> {
  let summary = "Product of a tensor's last axis with a matrix";
  let description = [{
    `y[..., j] = sum_i x[..., i] * w[i, j]`.

    ```mlir
    %y = ann.matmul %x, %w : tensor<1x4xf32>, tensor<4x3xf32> -> tensor<1x3xf32>
    ```
  }];
  let arguments = (ins Ann_Tensor:$input, Ann_Tensor:$weights);
  let results = (outs Ann_Tensor:$result);
  let assemblyFormat = [{
    $input `,` $weights attr-dict
    `:` type($input) `,` type($weights) `->` type($result)
  }];
}

def Ann_ConvOp : Ann_Shaped<"conv"> {
  let summary = "Convolution over one or more axes of space";
  let description = [{
    The input is (batch, channels, space...), the weights (channels out,
    channels in of a group, space...). `pads` counts zeros before and behind
    each axis: all that stand before, then all behind.

    ```mlir
    %y = ann.conv %x, %w {strides = array<i64: 2, 2>, pads = array<i64: 1, 1, 1, 1>}
        : tensor<1x3x8x8xf32>, tensor<4x3x3x3xf32> -> tensor<1x4x4x4xf32>
    ```
  }];
  let arguments = (ins Ann_Tensor:$input, Ann_Tensor:$weights,
                       DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$pads,
                       DenseI64ArrayAttr:$dilations,
                       DefaultValuedAttr<I64Attr, "1">:$groups);
  let results = (outs Ann_Tensor:$result);
  let assemblyFormat = [{
    $input `,` $weights attr-dict
    `:` type($input) `,` type($weights) `->` type($result)
  }];
}

def Ann_SumPoolOp : Ann_Shaped<"sum_pool"> {
  let summary = "Sum over a window, channel by channel";
  let description = [{
    An average is a sum times a constant, which leaves the sum exact. What
    `pads` adds is zero. An average over the elements that a window meets, of
    which there are fewer at a border, has a `share`, a whole multiple of all
    their numbers: each sum counts `share` divided by its number times, so that
    the average is the result divided by `share` everywhere.

    ```mlir
    %y = ann.sum_pool %x {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>}
        : tensor<1x3x8x8xf32> -> tensor<1x3x4x4xf32>
    ```
  }];
  let arguments = (ins Ann_Tensor:$input, DenseI64ArrayAttr:$kernel,
                       DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$pads,
                       OptionalAttr<I64Attr>:$share);
  let results = (outs Ann_Tensor:$result);
  let hasVerifier = 1;
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

class Ann_Elementwise<string mnemonic> : Ann_Shaped<mnemonic, [Commutative]> {
  let arguments = (ins Ann_Tensor:$lhs, Ann_Tensor:$rhs);
  let results = (outs Ann_Tensor:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($result)
  }];
}

def Ann_AddOp : Ann_Elementwise<"add"> {
  let summary = "Sum, element by element";
  let description = [{
    Axes of size 1, and those that one operand lacks in front, are repeated.

    ```mlir
    %y = ann.add %x, %b : tensor<1x3xf32>, tensor<3xf32> -> tensor<1x3xf32>
    ```
  }];
}

def Ann_MulOp : Ann_Elementwise<"mul"> {
  let summary = "Product, element by element";
  let description = [{
    Axes are repeated as by `ann.add`.

    ```mlir
    %y = ann.mul %x, %g : tensor<1x3xf32>, tensor<1xf32> -> tensor<1x3xf32>
    ```
  }];
}

#endif // ANN_LINEAR_TD
