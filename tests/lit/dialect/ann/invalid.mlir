// RUN: snn-opt %s --split-input-file --verify-diagnostics

// Each broken operation gets one message that says what is wrong.

// expected-error @+1 {{'ann.network' op has no output}}
ann.network @Silent {
}

// -----

ann.network @N {
  %x = ann.input "x" : tensor<1x4xf32>
  %w = ann.constant dense<1.0> : tensor<3x2xf32>
  // expected-error @+2 {{cannot multiply [1, 4] by [3, 2]}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = ann.matmul %x, %w : tensor<1x4xf32>, tensor<3x2xf32> -> tensor<1x2xf32>
  ann.output "y", %y : tensor<1x2xf32>
}

// -----

ann.network @N {
  %x = ann.input "x" : tensor<1x4xf32>
  %w = ann.constant dense<1.0> : tensor<4x2xf32>
  // expected-error @+2 {{failed to infer returned types}}
  // expected-error @+1 {{inferred type(s) 'tensor<1x2xf32>' are incompatible with return type(s) of operation 'tensor<1x3xf32>'}}
  %y = ann.matmul %x, %w : tensor<1x4xf32>, tensor<4x2xf32> -> tensor<1x3xf32>
  ann.output "y", %y : tensor<1x3xf32>
}

// -----

ann.network @N {
  %x = ann.input "x" : tensor<1x1x4x4xf32>
  // expected-error @+2 {{has a window of 5 on an axis of 4}}
  // expected-error @+1 {{failed to infer returned types}}
  %y = ann.max_pool %x {kernel = array<i64: 5, 1>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>} : tensor<1x1x4x4xf32> -> tensor<1x1x1x4xf32>
  ann.output "y", %y : tensor<1x1x1x4xf32>
}

// -----

ann.network @N {
  %x = ann.input "x" : tensor<1x4xf32>
  // expected-error @+1 {{'ann.quantize' op needs a positive scale, not 0}}
  %q = ann.quantize %x {scale = 0.0 : f64, zero = 0 : i64, lowest = 0 : i64, highest = 3 : i64} : tensor<1x4xf32> -> tensor<1x4xi32>
  ann.output "y", %q : tensor<1x4xi32>
}

// -----

ann.network @N {
  %x = ann.input "x" : tensor<1x2xf32>
  %q = ann.quantize %x {scale = 1.0 : f64, zero = 0 : i64, lowest = 0 : i64, highest = 3 : i64} : tensor<1x2xf32> -> tensor<1x2xi32>
  // expected-error @+1 {{'ann.threshold' op has thresholds that descend, in row 1}}
  %n = ann.threshold %q {table = dense<[[1, 2], [3, 2]]> : tensor<2x2xi32>, axis = 1 : i64} : tensor<1x2xi32> -> tensor<1x2xi32>
  ann.output "y", %n : tensor<1x2xi32>
}

// -----

ann.network @N {
  %x = ann.input "x" : tensor<1x2xf32>
  // expected-error @+1 {{'ann.apply' op is not monotone with alpha = -1.000000e+00}}
  %y = ann.apply leaky_relu %x {alpha = -1.0 : f64} : tensor<1x2xf32> -> tensor<1x2xf32>
  ann.output "y", %y : tensor<1x2xf32>
}

// -----

ann.network @N {
  %x = ann.input "x" : tensor<1x2xf32>
  // expected-error @+1 {{'ann.reshape' op makes 3 elements of 2}}
  %z = ann.reshape %x : tensor<1x2xf32> -> tensor<3xf32>
  ann.output "z", %z : tensor<3xf32>
}

// -----

ann.network @N {
  %x = ann.input "x" : tensor<1x2xf32>
  // expected-error @+1 {{'ann.output' op has a scale, but gives reals}}
  ann.output "x", %x scale 1.0 zero 0 : tensor<1x2xf32>
}

// -----

ann.network @N {
  // expected-error @+1 {{'ann.input' op has a range that is not two ascending numbers}}
  %x = ann.input "x" range [1.0, 0.0] : tensor<1x2xf32>
  ann.output "x", %x : tensor<1x2xf32>
}

// -----

ann.network @N {
  %x = ann.input "x" : tensor<1x2xf32>
  %q = ann.quantize %x {scale = 1.0 : f64, zero = 0 : i64, lowest = 0 : i64, highest = 3 : i64} : tensor<1x2xf32> -> tensor<1x2xi32>
  // expected-error @+1 {{'ann.dequantize' op needs as many zeros as scales}}
  %y = ann.dequantize %q {scales = array<f64: 1.0, 2.0>, zeros = array<i64: 0>, axis = 0 : i64} : tensor<1x2xi32> -> tensor<1x2xf32>
  ann.output "y", %y : tensor<1x2xf32>
}

// -----

ann.network @N {
  %x = ann.input "x" : tensor<1x1x3x3xf32>
  // expected-error @+1 {{'ann.sum_pool' op shares 6 among 4 elements}}
  %y = ann.sum_pool %x {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 1, 1, 0, 0>, share = 6 : i64} : tensor<1x1x3x3xf32> -> tensor<1x1x2x2xf32>
  ann.output "y", %y : tensor<1x1x2x2xf32>
}
