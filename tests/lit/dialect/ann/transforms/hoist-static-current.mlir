// RUN: snn-opt %s --pass-pipeline='builtin.module(ann.network(ann-hoist-static-current))' | FileCheck %s

// What no spike is in leaves the window; what spikes are in stays.

// CHECK-LABEL: ann.network @Hoist
ann.network @Hoist {
  %x = ann.input "x" : tensor<1x2xf32>
  %q = ann.quantize %x {scale = 1.0 : f64, zero = 0 : i64, lowest = 0 : i64, highest = 4 : i64} : tensor<1x2xf32> -> tensor<1x2xi32>
  %w = ann.constant dense<[[3, -1], [2, 5]]> : tensor<2x2xi32>
  // CHECK: ann.quantize
  // CHECK: ann.matmul
  // CHECK: ann.transpose
  // CHECK: ann.window steps 4
  // CHECK-NEXT: ann.fire
  // CHECK-NEXT: ann.matmul
  // CHECK-NEXT: ann.fire
  // CHECK-NEXT: ann.yield
  %n = ann.window steps 4 {
    %z = ann.matmul %q, %w : tensor<1x2xi32>, tensor<2x2xi32> -> tensor<1x2xi32>
    %t = ann.transpose %z {order = array<i64: 0, 1>} : tensor<1x2xi32> -> tensor<1x2xi32>
    %s = ann.fire %t {thetas = array<f64: 5.0>, biases = array<f64: 0.0>, axis = 1 : i64} : tensor<1x2xi32>
    %u = ann.matmul %s, %w : tensor<1x2xi32>, tensor<2x2xi32> -> tensor<1x2xi32>
    %r = ann.fire %u {thetas = array<f64: 2.0>, biases = array<f64: 0.0>, axis = 1 : i64} : tensor<1x2xi32>
    ann.yield %r : tensor<1x2xi32>
  } : tensor<1x2xi32>
  ann.output "y", %n scale 1.0 zero 0 : tensor<1x2xi32>
}
