//===- InitAll.h - The project's dialects -----------------------*- C++ -*-===//
//
// One place that knows all of them, for the tools.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_INITALL_H
#define SNN_DIALECTS_INITALL_H

#include "dialects/Ann/IR/Dialect.h"
#include "dialects/Ann/Transforms/Passes.h"
#include "dialects/Core/IR/Dialect.h"
#include "dialects/Sim/IR/Dialect.h"
#include "dialects/Sim/Transforms/Passes.h"
#include "dialects/Spiking/IR/Dialect.h"
#include "dialects/Spiking/Transforms/Passes.h"

#include "mlir/IR/DialectRegistry.h"

namespace snn {

inline void registerAllDialects(mlir::DialectRegistry &registry) {
  registry.insert<ann::AnnDialect, core::CoreDialect, sim::SimDialect,
                  spiking::SpikingDialect>();
}

inline void registerAllPasses() {
  ann::registerAnnPasses();
  spiking::registerSpikingPasses();
  sim::registerSimPasses();
}

} // namespace snn

#endif // SNN_DIALECTS_INITALL_H
