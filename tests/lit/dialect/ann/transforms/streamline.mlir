// RUN: snn-opt %s --pass-pipeline='builtin.module(ann.network(ann-streamline))' | FileCheck %s

// Scales, zeros, bias and activation come to integer thresholds, halves to even:
// n = round(relu(0.5*0.25*z - 1)/1), so z reaches 1 above 12, as 0.5 is even's, and
// 2 at 20, as 1.5 is not.

// CHECK-LABEL: ann.network @Whole
ann.network @Whole {
  // CHECK: %[[N:.*]] = ann.quantize %{{.*}} {highest = 255 : i64, lowest = 0 : i64, scale = 5.000000e-01 : f64, zero = 128 : i64}
  %x = ann.input "x" : tensor<1x2xf32>
  %0 = ann.quantize %x {scale = 0.5 : f64, zero = 0 : i64, lowest = -128 : i64, highest = 127 : i64} : tensor<1x2xf32> -> tensor<1x2xi32>
  %1 = ann.dequantize %0 {scales = array<f64: 0.5>, zeros = array<i64: 0>, axis = 0 : i64} : tensor<1x2xi32> -> tensor<1x2xf32>
  // CHECK: %[[W:.*]] = ann.constant dense<{{\[\[}}3], [-1]]> : tensor<2x1xi32>
  %2 = ann.constant dense<[[3], [-1]]> : tensor<2x1xi32>
  %3 = ann.dequantize %2 {scales = array<f64: 0.25>, zeros = array<i64: 0>, axis = 1 : i64} : tensor<2x1xi32> -> tensor<2x1xf32>
  // CHECK: %[[Z:.*]] = ann.matmul %[[N]], %[[W]]
  %4 = ann.matmul %1, %3 : tensor<1x2xf32>, tensor<2x1xf32> -> tensor<1x1xf32>
  %5 = ann.constant dense<-1.0> : tensor<1xf32>
  %6 = ann.add %4, %5 : tensor<1x1xf32>, tensor<1xf32> -> tensor<1x1xf32>
  %7 = ann.apply relu %6 : tensor<1x1xf32> -> tensor<1x1xf32>
  // The zero of 128 adds 256 to the sum.
  // CHECK: ann.threshold %[[Z]] {axis = 1 : i64, table = dense<{{\[\[}}269, 276, 285]]> : tensor<1x3xi32>}
  %8 = ann.quantize %7 {scale = 1.0 : f64, zero = 0 : i64, lowest = 0 : i64, highest = 3 : i64} : tensor<1x1xf32> -> tensor<1x1xi32>
  %9 = ann.dequantize %8 {scales = array<f64: 1.0>, zeros = array<i64: 0>, axis = 0 : i64} : tensor<1x1xi32> -> tensor<1x1xf32>
  // CHECK: ann.output "y", %{{.*}} scale 1.000000e+00 zero 0 : tensor<1x1xi32>
  ann.output "y", %9 : tensor<1x1xf32>
}
