// RUN: snn-opt %s --pass-pipeline='builtin.module(ann.network(ann-rheobase-prune))' | FileCheck %s

// From 0, T steps with the current I reach I (1 - beta^T)/(1 - beta), here 1.875 I
// for theta = 15: I = 8 is the least. Without a leak 4 I reach 16 from 4 on, and
// from half of it, from 2 on. Units that spikes drive have no rheobase.

// CHECK-LABEL: ann.network @Prune
ann.network @Prune {
  %x = ann.input "x" : tensor<1x2xf32>
  %q = ann.quantize %x {scale = 1.0 : f64, zero = 0 : i64, lowest = 0 : i64, highest = 4 : i64} : tensor<1x2xf32> -> tensor<1x2xi32>
  %w = ann.constant dense<[[3, -1], [2, 5]]> : tensor<2x2xi32>
  %z = ann.matmul %q, %w : tensor<1x2xi32>, tensor<2x2xi32> -> tensor<1x2xi32>
  // CHECK: ann.window steps 4
  %n:3 = ann.window steps 4 {
    // CHECK: ann.fire {{.*}}rheobase = array<i64: 8, 9>
    %a = ann.fire %z {thetas = array<f64: 15.0, 15.0>, biases = array<f64: 0.0, -1.0>, axis = 1 : i64, beta = 0.5 : f64, start = 0.0 : f64} : tensor<1x2xi32>
    // CHECK: ann.fire {{.*}}rheobase = array<i64: 4>
    %b = ann.fire %z {thetas = array<f64: 16.0>, biases = array<f64: 0.0>, axis = 1 : i64, start = 0.0 : f64} : tensor<1x2xi32>
    // CHECK: ann.fire {{.*}}rheobase = array<i64: 2>
    %c = ann.fire %z {thetas = array<f64: 16.0>, biases = array<f64: 0.0>, axis = 1 : i64} : tensor<1x2xi32>
    // CHECK: ann.fire
    // CHECK-NOT: rheobase
    %d = ann.fire %c {thetas = array<f64: 16.0>, biases = array<f64: 0.0>, axis = 1 : i64} : tensor<1x2xi32>
    ann.yield %a, %b, %d : tensor<1x2xi32>, tensor<1x2xi32>, tensor<1x2xi32>
  } : tensor<1x2xi32>, tensor<1x2xi32>, tensor<1x2xi32>
  ann.output "y", %n#0 scale 1.0 zero 0 : tensor<1x2xi32>
}
