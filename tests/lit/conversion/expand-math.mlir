// RUN: snn-opt %s --sim-expand-math | FileCheck %s
// RUN: snn-opt %s --sim-expand-math | FileCheck %s --check-prefix=NONE

// Elementary functions become additions and multiplications; nothing is fused,
// and nothing is left to call.

// NONE-NOT: math.exp
// NONE-NOT: math.fma
// NONE-NOT: fastmath

// CHECK-LABEL: func.func @exponential
func.func @exponential(%x: vector<16xf32>) -> vector<16xf32> {
  // x / ln 2, rounded by adding 1.5 * 2^23.
  // CHECK: %[[L:.*]] = arith.constant dense<1.44269502> : vector<16xf32>
  // CHECK: arith.mulf %{{.*}}, %[[L]] : vector<16xf32>
  // CHECK: arith.constant dense<0x4B400000> : vector<16xf32>
  // CHECK: arith.addf
  // The exponent is added to the bits of the result.
  // CHECK: arith.bitcast %{{.*}} : vector<16xf32> to vector<16xi32>
  // CHECK: arith.shli
  // CHECK: arith.addi
  // CHECK: arith.bitcast %{{.*}} : vector<16xi32> to vector<16xf32>
  // Edges.
  // CHECK: arith.cmpf olt
  // CHECK: arith.select
  // CHECK: arith.cmpf ugt
  // CHECK: arith.select
  %y = math.exp %x : vector<16xf32>
  return %y : vector<16xf32>
}

// CHECK-LABEL: func.func @scalar
// CHECK: arith.bitcast %{{.*}} : f64 to i64
func.func @scalar(%x: f64) -> f64 {
  %y = math.log %x : f64
  return %y : f64
}

// What is one instruction stays.
// CHECK-LABEL: func.func @kept
// CHECK-NEXT: math.absf
// CHECK-NEXT: math.sqrt
// CHECK-NEXT: math.copysign
func.func @kept(%x: f32) -> f32 {
  %a = math.absf %x : f32
  %s = math.sqrt %a : f32
  %c = math.copysign %s, %x : f32
  return %c : f32
}

// Small integer exponents are products.
// CHECK-LABEL: func.func @cube
// CHECK-NEXT: arith.constant
// CHECK: %[[S:.*]] = arith.mulf %arg0, %arg0 : f64
// CHECK-NEXT: %[[C:.*]] = arith.mulf %arg0, %[[S]] : f64
// CHECK-NEXT: return %[[C]]
func.func @cube(%x: f64) -> f64 {
  %n = arith.constant 3.0 : f64
  %y = math.powf %x, %n : f64
  return %y : f64
}

// A fused multiply-add rounds twice.
// CHECK-LABEL: func.func @fused
// CHECK-NEXT: %[[P:.*]] = arith.mulf %arg0, %arg1 : f32
// CHECK-NEXT: arith.addf %[[P]], %arg2 : f32
func.func @fused(%x: f32, %y: f32, %z: f32) -> f32 {
  %r = math.fma %x, %y, %z : f32
  return %r : f32
}

// What a linear equation advances by: a polynomial, and a division for large
// arguments alone.
// CHECK-LABEL: func.func @phi1
// CHECK-NOT: arith.divf
// CHECK: arith.cmpf ugt
// CHECK: %[[ANY:.*]] = vector.reduction <or>
// CHECK: scf.if %[[ANY]]
// CHECK: arith.divf
// CHECK: arith.select
// CHECK: else
// CHECK-NOT: arith.divf
// CHECK: return
func.func @phi1(%x: vector<16xf32>) -> vector<16xf32> {
  %zero = arith.constant 0.0 : f32
  %zeros = vector.broadcast %zero : f32 to vector<16xf32>
  %ones = arith.constant dense<1.0> : vector<16xf32>
  %e = math.expm1 %x : vector<16xf32>
  %q = arith.divf %e, %x : vector<16xf32>
  %c = arith.cmpf oeq, %x, %zeros : vector<16xf32>
  %r = arith.select %c, %ones, %q : vector<16xi1>, vector<16xf32>
  return %r : vector<16xf32>
}

// Another numerator is a division as written.
// CHECK-LABEL: func.func @no_phi1
// CHECK-NOT: scf.if
// CHECK: arith.divf
func.func @no_phi1(%x: f32, %y: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %one = arith.constant 1.0 : f32
  %e = math.expm1 %y : f32
  %q = arith.divf %e, %x : f32
  %c = arith.cmpf oeq, %x, %zero : f32
  %r = arith.select %c, %one, %q : f32
  return %r : f32
}
