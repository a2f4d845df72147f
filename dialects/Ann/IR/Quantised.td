//===- Quantised.td - Between reals and whole numbers ------*- tablegen -*-===//
//
// Quantisation as ONNX defines it, and the thresholds that it comes to.
//
//===----------------------------------------------------------------------===//
#ifndef ANN_QUANTISED_TD
#define ANN_QUANTISED_TD

include "dialects/Ann/IR/Dialect.td"

def Ann_QuantizeOp : Ann_Shaped<"quantize"> {
  let summary = "From reals to whole numbers";
  let description = [{
    `q = min(max(round(x/scale) + zero, lowest), highest)`, where halves are
    rounded to the even neighbour.

    ```mlir
    %q = ann.quantize %x {scale = 0.5 : f64, zero = 0 : i64, lowest = 0 : i64, highest = 15 : i64} : tensor<1x4xf32> -> tensor<1x4xi32>
    ```
  }];
  let arguments = (ins Ann_Reals:$input, F64Attr:$scale, I64Attr:$zero,
                       I64Attr:$lowest, I64Attr:$highest);
  let results = (outs Ann_Whole:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
  let hasVerifier = 1;
}

def Ann_DequantizeOp : Ann_Shaped<"dequantize"> {
  let summary = "The reals that whole numbers stand for";
  let description = [{
    `x = (q - zero)*scale`, with one scale and zero for all, or one for each
    index of `axis`.

    ```mlir
    %x = ann.dequantize %q {scales = array<f64: 0.5>, zeros = array<i64: 0>, axis = 0 : i64} : tensor<1x4xi32> -> tensor<1x4xf32>
    ```
  }];
  let arguments = (ins Ann_Whole:$input, DenseF64ArrayAttr:$scales,
                       DenseI64ArrayAttr:$zeros, I64Attr:$axis);
  let results = (outs Ann_Reals:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
  let hasVerifier = 1;
}

def Ann_ThresholdOp : Ann_Shaped<"threshold"> {
  let summary = "How many thresholds a sum has reached";
  let description = [{
    `n = #{k : z >= table[c, k]}` with c the index along `axis`, where the table
    has several rows. Each row ascends. Bias, scale, zero and activation are all
    in the table: it is made by exact search for the least whole number that is
    quantised to each level.

    ```mlir
    %n = ann.threshold %z {table = dense<[[5, 10, 15]]> : tensor<1x3xi32>, axis = 1 : i64} : tensor<1x4xi32> -> tensor<1x4xi32>
    ```
  }];
  let arguments = (ins Ann_Whole:$input, I32ElementsAttr:$table, I64Attr:$axis);
  let results = (outs Ann_Whole:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
  let hasVerifier = 1;
}

#endif // ANN_QUANTISED_TD
