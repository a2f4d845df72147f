// RUN: snn-opt %s --split-input-file --verify-diagnostics --pass-pipeline='builtin.module(ann.network(ann-certify))' | FileCheck %s

// What exactness rests on is checked; what does not hold is named.

// CHECK: ann.network @Exact certificate {arguments_linear = true, integers_only = true, largest_sum = 1500 : i64
ann.network @Exact {
  %x = ann.input "x" : tensor<1x2xf32>
  %q = ann.quantize %x {scale = 1.0 : f64, zero = 0 : i64, lowest = 0 : i64, highest = 15 : i64, ann.bounds = array<i64: 0, 15>} : tensor<1x2xf32> -> tensor<1x2xi32>
  %w = ann.constant dense<[[100], [-7]]> : tensor<2x1xi32>
  %z = ann.matmul %q, %w {ann.bounds = array<i64: -105, 1500>} : tensor<1x2xi32>, tensor<2x1xi32> -> tensor<1x1xi32>
  %n = ann.threshold %z {table = dense<[[1, 2]]> : tensor<1x2xi32>, axis = 1 : i64, ann.bounds = array<i64: 0, 2>} : tensor<1x1xi32> -> tensor<1x1xi32>
  ann.output "y", %n scale 1.0 zero 0 : tensor<1x1xi32>
}

// -----

ann.network @Unbounded {
  %x = ann.input "x" : tensor<1x2xf32>
  // expected-error @+1 {{'ann.quantize' op has no bounds}}
  %q = ann.quantize %x {scale = 1.0 : f64, zero = 0 : i64, lowest = 0 : i64, highest = 15 : i64} : tensor<1x2xf32> -> tensor<1x2xi32>
  ann.output "y", %q scale 1.0 zero 0 : tensor<1x2xi32>
}

// -----

ann.network @Reals {
  %x = ann.input "x" : tensor<1x2xf32>
  %q = ann.quantize %x {scale = 1.0 : f64, zero = 0 : i64, lowest = 0 : i64, highest = 15 : i64, ann.bounds = array<i64: 0, 15>} : tensor<1x2xf32> -> tensor<1x2xi32>
  // expected-error @+1 {{'ann.dequantize' op computes reals behind the quantisation of the input}}
  %y = ann.dequantize %q {scales = array<f64: 1.0>, zeros = array<i64: 0>, axis = 0 : i64} : tensor<1x2xi32> -> tensor<1x2xf32>
  ann.output "y", %y : tensor<1x2xf32>
}

// -----

ann.network @MaximumOfSums {
  %x = ann.input "x" : tensor<1x1x2xf32>
  %q = ann.quantize %x {scale = 1.0 : f64, zero = 0 : i64, lowest = 0 : i64, highest = 15 : i64, ann.bounds = array<i64: 0, 15>} : tensor<1x1x2xf32> -> tensor<1x1x2xi32>
  %w = ann.constant dense<3> : tensor<1xi32>
  %z = ann.mul %q, %w {ann.bounds = array<i64: 0, 45>} : tensor<1x1x2xi32>, tensor<1xi32> -> tensor<1x1x2xi32>
  // expected-error @+1 {{'ann.max_pool' op is the maximum of what are no counts}}
  %m = ann.max_pool %z {kernel = array<i64: 2>, strides = array<i64: 1>, pads = array<i64: 0, 0>, dilations = array<i64: 1>, ann.bounds = array<i64: 0, 45>} : tensor<1x1x2xi32> -> tensor<1x1x1xi32>
  ann.output "y", %m scale 1.0 zero 0 : tensor<1x1x1xi32>
}
