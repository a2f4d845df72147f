// RUN: snn-opt %s --pass-pipeline='builtin.module(ann.network(ann-fold))' | FileCheck %s

// A batch normalisation goes into weights and bias; the activation moves before
// the maximum; constants are evaluated; the last softmax is gone.

// CHECK-LABEL: ann.network @Folded
ann.network @Folded {
  // CHECK-DAG: %[[W:.*]] = ann.constant dense<{{.*}}2.000000e+00{{.*}}6.000000e+00{{.*}}> : tensor<2x1x1x1xf32>
  // CHECK-DAG: %[[B:.*]] = ann.constant dense<{{.*}}2.100000e+01{{.*}}1.240000e+02{{.*}}> : tensor<2x1x1xf32>
  // CHECK: %[[X:.*]] = ann.input
  %x = ann.input "x" : tensor<1x1x2x2xf32>
  %w = ann.constant dense<[[[[1.0]]], [[[2.0]]]]> : tensor<2x1x1x1xf32>
  %b = ann.constant dense<[[[10.0]], [[40.0]]]> : tensor<2x1x1xf32>
  %g = ann.constant dense<[[[2.0]], [[3.0]]]> : tensor<2x1x1xf32>
  %t = ann.constant dense<[[[1.0]], [[4.0]]]> : tensor<2x1x1xf32>
  // CHECK: %[[C:.*]] = ann.conv %[[X]], %[[W]]
  %0 = ann.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>} : tensor<1x1x2x2xf32>, tensor<2x1x1x1xf32> -> tensor<1x2x2x2xf32>
  // CHECK: %[[S:.*]] = ann.add %[[C]], %[[B]]
  %1 = ann.add %0, %b : tensor<1x2x2x2xf32>, tensor<2x1x1xf32> -> tensor<1x2x2x2xf32>
  // CHECK-NOT: ann.mul
  %2 = ann.mul %1, %g : tensor<1x2x2x2xf32>, tensor<2x1x1xf32> -> tensor<1x2x2x2xf32>
  %3 = ann.add %2, %t : tensor<1x2x2x2xf32>, tensor<2x1x1xf32> -> tensor<1x2x2x2xf32>
  // CHECK: %[[R:.*]] = ann.apply relu %[[S]]
  // CHECK: %[[M:.*]] = ann.max_pool %[[R]]
  %4 = ann.max_pool %3 {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>} : tensor<1x2x2x2xf32> -> tensor<1x2x1x1xf32>
  %5 = ann.apply relu %4 : tensor<1x2x1x1xf32> -> tensor<1x2x1x1xf32>
  %6 = ann.reshape %5 : tensor<1x2x1x1xf32> -> tensor<2x1xf32>
  %7 = ann.reshape %6 : tensor<2x1xf32> -> tensor<1x2xf32>
  // CHECK: %[[F:.*]] = ann.reshape %[[M]] : tensor<1x2x1x1xf32> -> tensor<1x2xf32>
  // CHECK-NOT: ann.softmax
  %8 = ann.softmax %7 : tensor<1x2xf32> -> tensor<1x2xf32>
  // CHECK: ann.output "y", %[[F]]
  ann.output "y", %8 : tensor<1x2xf32>
}
