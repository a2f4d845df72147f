// RUN: snn-opt %s --pass-pipeline='builtin.module(ann.network(ann-fold,ann-calibrate{percentile=100},ann-quantize{levels=15},ann-streamline,ann-bound,ann-certify))' | FileCheck %s

// From reals to whole numbers, with a certificate.

// CHECK: certificate {{.*}}integers_only = true{{.*}}no_overflow = true
ann.network @Mlp samples dense<[[1.0, 0.0], [0.5, 1.0], [0.0, 0.25]]> : tensor<3x2xf32> {
  %x = ann.input "x" : tensor<1x2xf32>
  %w1 = ann.constant dense<[[1.0, -1.0, 0.5], [0.25, 1.0, 2.0]]> : tensor<2x3xf32>
  %b1 = ann.constant dense<[0.1, -0.2, 0.0]> : tensor<3xf32>
  %w2 = ann.constant dense<[[1.0, -1.0], [0.5, 0.5], [-0.25, 2.0]]> : tensor<3x2xf32>
  // CHECK: %[[N:.*]] = ann.quantize
  // CHECK: %[[Z:.*]] = ann.matmul %[[N]], {{.*}} -> tensor<1x3xi32>
  %0 = ann.matmul %x, %w1 : tensor<1x2xf32>, tensor<2x3xf32> -> tensor<1x3xf32>
  %1 = ann.add %0, %b1 : tensor<1x3xf32>, tensor<3xf32> -> tensor<1x3xf32>
  // CHECK: %[[M:.*]] = ann.threshold %[[Z]] {{.*}}tensor<3x15xi32>
  %2 = ann.apply relu %1 : tensor<1x3xf32> -> tensor<1x3xf32>
  // CHECK: %[[Y:.*]] = ann.matmul %[[M]]
  %3 = ann.matmul %2, %w2 : tensor<1x3xf32>, tensor<3x2xf32> -> tensor<1x2xf32>
  %4 = ann.softmax %3 : tensor<1x2xf32> -> tensor<1x2xf32>
  // CHECK: ann.output "y", %[[Y]] scale
  ann.output "y", %4 : tensor<1x2xf32>
}
