// RUN: snn-opt %s --verify-roundtrip | FileCheck %s

// Every operation reads what it prints, as text and as bytecode.

// CHECK-LABEL: ann.network @Every
ann.network @Every {
  // CHECK: ann.input "x" range [0.000000e+00, 1.000000e+00] : tensor<1x2x4x4xf32>
  %x = ann.input "x" range [0.0, 1.0] : tensor<1x2x4x4xf32>
  // CHECK: ann.constant dense<5.000000e-01> : tensor<3x2x3x3xf32>
  %w = ann.constant dense<0.5> : tensor<3x2x3x3xf32>
  // CHECK: ann.conv
  %c = ann.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, groups = 1 : i64}
      : tensor<1x2x4x4xf32>, tensor<3x2x3x3xf32> -> tensor<1x3x4x4xf32>
  %b = ann.constant dense<[[[1.0]], [[2.0]], [[3.0]]]> : tensor<3x1x1xf32>
  // CHECK: ann.add {{.*}} -> tensor<1x3x4x4xf32>
  %d = ann.add %c, %b : tensor<1x3x4x4xf32>, tensor<3x1x1xf32> -> tensor<1x3x4x4xf32>
  // CHECK: ann.mul
  %m = ann.mul %d, %b : tensor<1x3x4x4xf32>, tensor<3x1x1xf32> -> tensor<1x3x4x4xf32>
  // CHECK: ann.apply clip {{.*}} {beta = 6.000000e+00 : f64}
  %a = ann.apply clip %m {alpha = 0.0 : f64, beta = 6.0 : f64} : tensor<1x3x4x4xf32> -> tensor<1x3x4x4xf32>
  // CHECK: ann.max_pool
  %p = ann.max_pool %a {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>} : tensor<1x3x4x4xf32> -> tensor<1x3x2x2xf32>
  // CHECK: ann.sum_pool
  %s = ann.sum_pool %p {kernel = array<i64: 2, 1>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>} : tensor<1x3x2x2xf32> -> tensor<1x3x1x2xf32>
  // CHECK: ann.reshape
  %r = ann.reshape %s : tensor<1x3x1x2xf32> -> tensor<1x6xf32>
  // CHECK: ann.slice
  %l = ann.slice %r {starts = array<i64: 0, 5>, sizes = array<i64: 1, 3>, steps = array<i64: 1, -2>} : tensor<1x6xf32> -> tensor<1x3xf32>
  // CHECK: ann.pad
  %e = ann.pad %l {low = array<i64: 0, 1>, high = array<i64: 0, 0>, value = 0.0 : f64} : tensor<1x3xf32> -> tensor<1x4xf32>
  // CHECK: ann.concat
  %k = ann.concat %l, %e {axis = 1 : i64} : tensor<1x3xf32>, tensor<1x4xf32> -> tensor<1x7xf32>
  // CHECK: ann.transpose
  %t = ann.transpose %k {order = array<i64: 1, 0>} : tensor<1x7xf32> -> tensor<7x1xf32>
  %v = ann.constant dense<[[1.0, -1.0]]> : tensor<1x2xf32>
  // CHECK: ann.matmul
  %y = ann.matmul %t, %v : tensor<7x1xf32>, tensor<1x2xf32> -> tensor<7x2xf32>
  // CHECK: ann.softmax
  %z = ann.softmax %y : tensor<7x2xf32> -> tensor<7x2xf32>
  // CHECK: ann.quantize
  %q = ann.quantize %z {scale = 0.25 : f64, zero = 0 : i64, lowest = 0 : i64, highest = 3 : i64} : tensor<7x2xf32> -> tensor<7x2xi32>
  // CHECK: ann.dequantize
  %u = ann.dequantize %q {scales = array<f64: 0.25, 0.5>, zeros = array<i64: 0, 0>, axis = 1 : i64} : tensor<7x2xi32> -> tensor<7x2xf32>
  // CHECK: ann.threshold
  %n = ann.threshold %q {table = dense<[[1, 2], [3, 3]]> : tensor<2x2xi32>, axis = 1 : i64} : tensor<7x2xi32> -> tensor<7x2xi32>
  // CHECK: ann.output "real", {{.*}} : tensor<7x2xf32>
  ann.output "real", %u : tensor<7x2xf32>
  // CHECK: ann.output "whole", {{.*}} scale 1.250000e-01 zero 0 : tensor<7x2xi32>
  ann.output "whole", %n scale 0.125 zero 0 : tensor<7x2xi32>
}
