// RUN: snn-opt %s --split-input-file --verify-diagnostics --sim-expand-math

func.func @unknown(%x: f32) -> f32 {
  // expected-error @below {{'math.erf' op has no expansion into arithmetic}}
  %y = math.erf %x : f32
  return %y : f32
}

// -----

func.func @half(%x: f16) -> f16 {
  // expected-error @below {{'math.exp' op has no expansion into arithmetic}}
  %y = math.exp %x : f16
  return %y : f16
}
