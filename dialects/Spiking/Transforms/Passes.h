//===- Passes.h - Passes of the spiking dialect -----------------*- C++ -*-===//
//
// Declared in Passes.td; `registerSpikingPasses` makes them known by name.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_TRANSFORMS_PASSES_H
#define SNN_DIALECTS_SPIKING_TRANSFORMS_PASSES_H

#include "dialects/Spiking/IR/Dialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace snn::spiking {

#define GEN_PASS_DECL
#include "dialects/Spiking/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "dialects/Spiking/Transforms/Passes.h.inc"

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_TRANSFORMS_PASSES_H
