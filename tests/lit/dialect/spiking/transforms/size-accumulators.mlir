// RUN: snn-opt %s --spiking-size-accumulators | FileCheck %s

spiking.neuron @Cell {
  spiking.param @scale : "1" = 2.0
  spiking.state @V : "mV" init {
    %0 = spiking.quantity 0.0 : "mV"
    spiking.yield %0 : f64
  }
  // 0.1 and -0.45 are 2 and -9 units.
  // CHECK: spiking.port @given(%w: f64) : "mV" grid 0.05 {
  spiking.port @given(%w: f64) : "mV" {
    %V = spiking.read @V : f64
    %s = arith.addf %V, %w : f64
    spiking.write @V, %s : f64
  }
  // The deviation 8 is 2^3: 2^-5 is 1/256 of it.
  // CHECK: spiking.port @drawn(%w: f64) : "mV" grid 0.03125 {
  spiking.port @drawn(%w: f64) : "mV" {
    %V = spiking.read @V : f64
    %k = spiking.read @scale : f64
    %m = arith.mulf %k, %w : f64
    %s = arith.subf %V, %m : f64
    spiking.write @V, %s : f64
  }
  // The given 3 is 96 parts of itself, the first that is 1/256 of 8.
  // CHECK: spiking.port @mixed(%w: f64) : "mV" grid 0.03125 {
  spiking.port @mixed(%w: f64) : "mV" {
    %V = spiking.read @V : f64
    %s = arith.addf %V, %w : f64
    spiking.write @V, %s : f64
  }
  // No common measure: 2^-23 of the largest, which 32 bits do not sum up.
  // CHECK: spiking.port @odd(%w: f64) : "mV" grid 1.1920928955078125e-07 {
  spiking.port @odd(%w: f64) : "mV" {
    %V = spiking.read @V : f64
    %s = arith.addf %V, %w : f64
    spiking.write @V, %s : f64
  // CHECK: } attributes {wide}
  }
  // Not a sum: what is added depends on the state.
  // CHECK: spiking.port @saturating(%w: f64) : "mV" {
  spiking.port @saturating(%w: f64) : "mV" {
    %V = spiking.read @V : f64
    %p = arith.mulf %V, %w : f64
    %s = arith.addf %V, %p : f64
    spiking.write @V, %s : f64
  }
  // A list of whole numbers, multiples of 3, keeps them, and the given 7 is whole.
  // CHECK: spiking.port @listed(%w: f64) : "mV" grid 1.0 {
  spiking.port @listed(%w: f64) : "mV" {
    %V = spiking.read @V : f64
    %s = arith.addf %V, %w : f64
    spiking.write @V, %s : f64
  }
  // Nothing arrives: no grid.
  // CHECK: spiking.port @idle(%w: f64) : "mV" {
  spiking.port @idle(%w: f64) : "mV" {
    %V = spiking.read @V : f64
    %s = arith.addf %V, %w : f64
    spiking.write @V, %s : f64
  }
}
spiking.network @Net {
  spiking.population @A : @Cell[10]
  // CHECK: @"A->A.given#0" {{.*}} weight 0.1 delay 1.5 grid 0.05
  spiking.projection @"A->A.given#0" from @A to @A port @given
    rule all_to_all weight 0.1 delay 1.5
  // CHECK: @"A->A.given#1" {{.*}} weight -0.45 delay 1.5 grid 0.05
  spiking.projection @"A->A.given#1" from @A to @A port @given
    rule all_to_all weight -0.45 delay 1.5
  // CHECK: @"A->A.drawn#0" {{.*}} grid 0.03125
  spiking.projection @"A->A.drawn#0" from @A to @A port @drawn
    rule all_to_all weight normal(80.0, 8.0) delay 1.5
  // CHECK: @"A->A.mixed#0" {{.*}} grid 0.03125
  spiking.projection @"A->A.mixed#0" from @A to @A port @mixed
    rule all_to_all weight normal(80.0, 8.0) delay 1.5
  // CHECK: spiking.drive @"drive A.mixed#0" {{.*}} grid 0.03125
  spiking.drive @"drive A.mixed#0" to @A port @mixed weight 3.0 rate(%t: f64) {
    spiking.yield %t : f64
  }
  // CHECK: @"A->A.odd#0" {{.*}} grid 1.1920928955078125e-07
  spiking.projection @"A->A.odd#0" from @A to @A port @odd
    rule indegree(1000) autapses multapses weight 1.0 delay 1.5
  // CHECK: @"A->A.odd#1" {{.*}} grid 1.1920928955078125e-07
  spiking.projection @"A->A.odd#1" from @A to @A port @odd
    rule indegree(1000) autapses multapses weight 0.7071067811865476 delay 1.5
  // CHECK: @"A->A.saturating#0" {{.*}} delay 1.5{{$}}
  spiking.projection @"A->A.saturating#0" from @A to @A port @saturating
    rule all_to_all weight 0.1 delay 1.5
  // CHECK: @"A->A.listed#0" {{.*}} grid 1.0
  spiking.projection @"A->A.listed#0" from @A to @A port @listed
    rule list([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8])
    weight data([3.0, -6.0, 9.0, 12.0, 15.0, 18.0, 21.0, 24.0, 27.0, 30.0, 33.0, 36.0, 39.0, 42.0, 45.0, 48.0, 51.0, -381.0]) delay 1.5
  spiking.projection @"A->A.listed#1" from @A to @A port @listed
    rule all_to_all weight 7.0 delay 1.5
}
