//===- Ops.td - Operations of the ann dialect --------------*- tablegen -*-===//
//
// All of them, for one run of the generator; they are written by topic.
//
//===----------------------------------------------------------------------===//
#ifndef ANN_OPS_TD
#define ANN_OPS_TD

include "dialects/Ann/IR/Linear.td"
include "dialects/Ann/IR/Network.td"
include "dialects/Ann/IR/Pointwise.td"
include "dialects/Ann/IR/Quantised.td"
include "dialects/Ann/IR/Shape.td"
include "dialects/Ann/IR/Window.td"

#endif // ANN_OPS_TD
