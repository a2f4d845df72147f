// RUN: snn-opt %s --pass-pipeline='builtin.module(ann.network(ann-calibrate{percentile=100}))' | FileCheck %s

// Ranges of samples where there are some, else those that must hold.

// CHECK-LABEL: ann.network @Measured
ann.network @Measured samples dense<[[1.0, 0.0], [0.5, 2.0]]> : tensor<2x2xf32> {
  // CHECK: ann.input "x" {ann.range = array<f64: 0.000000e+00, 2.000000e+00>}
  %x = ann.input "x" : tensor<1x2xf32>
  %w = ann.constant dense<[[1.0], [-1.0]]> : tensor<2x1xf32>
  // CHECK: ann.matmul {{.*}}ann.range = array<f64: -1.500000e+00, 1.000000e+00>
  %y = ann.matmul %x, %w : tensor<1x2xf32>, tensor<2x1xf32> -> tensor<1x1xf32>
  // CHECK: ann.apply relu {{.*}}ann.range = array<f64: 0.000000e+00, 1.000000e+00>
  %z = ann.apply relu %y : tensor<1x1xf32> -> tensor<1x1xf32>
  ann.output "z", %z : tensor<1x1xf32>
}

// CHECK-LABEL: ann.network @Bounded
ann.network @Bounded {
  %x = ann.input "x" range [0.0, 2.0] : tensor<1x2xf32>
  %w = ann.constant dense<[[1.0], [-1.0]]> : tensor<2x1xf32>
  // CHECK: ann.matmul {{.*}}ann.range = array<f64: -2.000000e+00, 2.000000e+00>
  %y = ann.matmul %x, %w : tensor<1x2xf32>, tensor<2x1xf32> -> tensor<1x1xf32>
  // CHECK: ann.apply relu {{.*}}ann.range = array<f64: 0.000000e+00, 2.000000e+00>
  %z = ann.apply relu %y : tensor<1x1xf32> -> tensor<1x1xf32>
  ann.output "z", %z : tensor<1x1xf32>
}
