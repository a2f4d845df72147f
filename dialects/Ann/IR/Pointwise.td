//===- Pointwise.td - Activations and maxima ---------------*- tablegen -*-===//
//
// What a network has between its linear operators.
//
//===----------------------------------------------------------------------===//
#ifndef ANN_POINTWISE_TD
#define ANN_POINTWISE_TD

include "dialects/Ann/IR/Dialect.td"

def Ann_Function : I32EnumAttr<"Function", "an activation", [
      I32EnumAttrCase<"Relu", 0, "relu">,
      I32EnumAttrCase<"Clip", 1, "clip">,
      I32EnumAttrCase<"LeakyRelu", 2, "leaky_relu">,
      I32EnumAttrCase<"Sigmoid", 3, "sigmoid">,
      I32EnumAttrCase<"Tanh", 4, "tanh">,
      I32EnumAttrCase<"HardSigmoid", 5, "hard_sigmoid">,
    ]> {
  let cppNamespace = "::snn::ann";
}

def Ann_ApplyOp : Ann_Shaped<"apply"> {
  let summary = "An activation, element by element";
  let description = [{
    All are monotone: they rise or stay where their argument rises.

    | function       | is                               |
    |----------------|----------------------------------|
    | `relu`         | max(x, 0)                        |
    | `clip`         | min(max(x, alpha), beta)         |
    | `leaky_relu`   | x < 0 ? alpha x : x, alpha >= 0  |
    | `sigmoid`      | 1/(1 + exp(-x))                  |
    | `tanh`         | tanh(x)                          |
    | `hard_sigmoid` | min(max(alpha x + beta, 0), 1), alpha >= 0 |

    ```mlir
    %y = ann.apply clip %x {alpha = 0.0 : f64, beta = 6.0 : f64} : tensor<3xf32> -> tensor<3xf32>
    ```
  }];
  let arguments = (ins Ann_Function:$function, Ann_Reals:$input,
                       DefaultValuedAttr<F64Attr, "0.0">:$alpha,
                       DefaultValuedAttr<F64Attr, "0.0">:$beta);
  let results = (outs Ann_Reals:$result);
  let assemblyFormat = [{
    $function $input attr-dict `:` type($input) `->` type($result)
  }];
  let hasVerifier = 1;
}

def Ann_MaxPoolOp : Ann_Shaped<"max_pool"> {
  let summary = "Maximum over a window, channel by channel";
  let description = [{
    What `pads` adds is below every number.

    ```mlir
    %y = ann.max_pool %x {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>}
        : tensor<1x3x8x8xf32> -> tensor<1x3x4x4xf32>
    ```
  }];
  let arguments = (ins Ann_Tensor:$input, DenseI64ArrayAttr:$kernel,
                       DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$pads,
                       DenseI64ArrayAttr:$dilations);
  let results = (outs Ann_Tensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

def Ann_SoftmaxOp : Ann_Shaped<"softmax"> {
  let summary = "Softmax over the last axis";
  let description = [{
    It keeps the order of its elements, so at an output it is left to who reads
    the output.

    ```mlir
    %y = ann.softmax %x : tensor<1x10xf32> -> tensor<1x10xf32>
    ```
  }];
  let arguments = (ins Ann_Reals:$input, UnitAttr:$logarithm);
  let results = (outs Ann_Reals:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

#endif // ANN_POINTWISE_TD
