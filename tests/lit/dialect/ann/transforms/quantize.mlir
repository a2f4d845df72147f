// RUN: snn-opt %s --pass-pipeline='builtin.module(ann.network(ann-quantize{levels=3}))' | FileCheck %s

// Weights in units of the next scale over an odd number.

// CHECK-LABEL: ann.network @Few
ann.network @Few {
  %x = ann.input "x" {ann.range = array<f64: 0.0, 3.0>} : tensor<1x2xf32>
  %w = ann.constant dense<[[1.0, -0.5], [0.5, 0.25]]> : tensor<2x2xf32>
  // CHECK: %[[Q:.*]] = ann.quantize %{{.*}} {highest = 3 : i64, lowest = 0 : i64, scale = 1.000000e+00 : f64, zero = 0 : i64}
  // CHECK: %[[D:.*]] = ann.dequantize %[[Q]] {axis = 0 : i64, scales = array<f64: 1.000000e+00>, zeros = array<i64: 0>}
  // The scale is 2, the largest weight 1 and 0.5: Theta is 253 and 507.
  // CHECK: %[[W:.*]] = ann.constant dense<{{\[\[}}127, -127], [63, 63]]> : tensor<2x2xi32>
  // CHECK: %[[V:.*]] = ann.dequantize %[[W]] {axis = 1 : i64, scales = array<f64: 0.0079051383399209481, 0.0039447731755424065>
  // CHECK: ann.matmul %[[D]], %[[V]]
  %0 = ann.matmul %x, %w : tensor<1x2xf32>, tensor<2x2xf32> -> tensor<1x2xf32>
  %1 = ann.apply relu %0 {ann.range = array<f64: 0.0, 6.0>} : tensor<1x2xf32> -> tensor<1x2xf32>
  // CHECK: ann.quantize {{.*}}scale = 2.000000e+00
  ann.output "y", %1 : tensor<1x2xf32>
}
