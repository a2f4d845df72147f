// RUN: snn-opt %s --split-input-file --verify-diagnostics --pass-pipeline='builtin.module(ann.network(ann-bound))' | FileCheck %s

// Bounds hold for every input; what could leave 31 bits is refused.

// CHECK-LABEL: ann.network @Fits
ann.network @Fits {
  %x = ann.input "x" : tensor<1x2xf32>
  // CHECK: ann.quantize {{.*}}ann.bounds = array<i64: 0, 15>
  %q = ann.quantize %x {scale = 1.0 : f64, zero = 0 : i64, lowest = 0 : i64, highest = 15 : i64} : tensor<1x2xf32> -> tensor<1x2xi32>
  %w = ann.constant dense<[[100], [-7]]> : tensor<2x1xi32>
  // CHECK: ann.matmul {{.*}}ann.bounds = array<i64: -105, 1500>
  %y = ann.matmul %q, %w : tensor<1x2xi32>, tensor<2x1xi32> -> tensor<1x1xi32>
  ann.output "y", %y scale 1.0 zero 0 : tensor<1x1xi32>
}

// -----

ann.network @TooLarge {
  %x = ann.input "x" : tensor<1x2xf32>
  %q = ann.quantize %x {scale = 1.0 : f64, zero = 0 : i64, lowest = 0 : i64, highest = 15 : i64} : tensor<1x2xf32> -> tensor<1x2xi32>
  %w = ann.constant dense<[[100000000], [100000000]]> : tensor<2x1xi32>
  // expected-error @+1 {{'ann.matmul' op can reach 3000000000, beyond 31 bits}}
  %y = ann.matmul %q, %w : tensor<1x2xi32>, tensor<2x1xi32> -> tensor<1x1xi32>
  ann.output "y", %y scale 1.0 zero 0 : tensor<1x1xi32>
}
