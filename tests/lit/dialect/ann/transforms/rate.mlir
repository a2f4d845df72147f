// RUN: snn-opt %s --split-input-file --verify-diagnostics --pass-pipeline='builtin.module(ann.network(ann-rate{beta=0.95},ann-hoist-static-current,ann-rheobase-prune))' | FileCheck %s
// RUN: snn-opt %s --split-input-file --verify-diagnostics --pass-pipeline='builtin.module(ann.network(ann-rate{beta=0.95}))' | FileCheck %s --check-prefix=ALONE

// Thresholds become units that leak; the product with the input is computed
// once, and units that it drives are compared with their rheobase.

// CHECK-LABEL: ann.network @Two
// ALONE-LABEL: ann.network @Two
ann.network @Two {
  %x = ann.input "x" : tensor<1x2xf32>
  %q = ann.quantize %x {scale = 0.25 : f64, zero = 0 : i64, lowest = 0 : i64, highest = 4 : i64} : tensor<1x2xf32> -> tensor<1x2xi32>
  %w1 = ann.constant dense<[[3, -1], [2, 5]]> : tensor<2x2xi32>
  %w2 = ann.constant dense<[[1], [-2]]> : tensor<2x1xi32>
  // ALONE: ann.window steps 4
  // ALONE: ann.matmul
  // ALONE: ann.fire
  // ALONE-NOT: rheobase
  // CHECK: %[[Z:.*]] = ann.matmul
  // CHECK: %[[N:.*]] = ann.window steps 4 {
  // CHECK-NEXT: %[[S:.*]] = ann.fire %[[Z]] {{.*}}beta = 0.9{{.*}}rheobase = array<i64: {{-?[0-9]+}}, {{-?[0-9]+}}>{{.*}}thetas = array<f64: 1.600000e+01, 2.000000e+01>
  // CHECK-NEXT: ann.yield %[[S]]
  %z = ann.matmul %q, %w1 : tensor<1x2xi32>, tensor<2x2xi32> -> tensor<1x2xi32>
  %n = ann.threshold %z {table = dense<[[2, 6, 10, 14], [3, 8, 13, 18]]> : tensor<2x4xi32>, axis = 1 : i64} : tensor<1x2xi32> -> tensor<1x2xi32>
  // CHECK: ann.matmul %[[N]]
  %y = ann.matmul %n, %w2 : tensor<1x2xi32>, tensor<2x1xi32> -> tensor<1x1xi32>
  ann.output "y", %y scale 1.0 zero 0 : tensor<1x1xi32>
}

// -----

ann.network @Uneven {
  %x = ann.input "x" : tensor<1x1xf32>
  %q = ann.quantize %x {scale = 0.25 : f64, zero = 0 : i64, lowest = 0 : i64, highest = 3 : i64} : tensor<1x1xf32> -> tensor<1x1xi32>
  %w = ann.constant dense<[[7]]> : tensor<1x1xi32>
  %z = ann.matmul %q, %w : tensor<1x1xi32>, tensor<1x1xi32> -> tensor<1x1xi32>
  // expected-error @+1 {{has levels at different distances, which no rate stands for}}
  %n = ann.threshold %z {table = dense<[[1, 3, 9]]> : tensor<1x3xi32>, axis = 1 : i64} : tensor<1x1xi32> -> tensor<1x1xi32>
  ann.output "y", %n scale 1.0 zero 0 : tensor<1x1xi32>
}
