//===- InitAll.h - The project's dialects -----------------------*- C++ -*-===//
//
// One place that knows all of them, for the tools.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_INITALL_H
#define SNN_DIALECTS_INITALL_H

#include "dialects/Spiking/IR/Dialect.h"

#include "mlir/IR/DialectRegistry.h"

namespace snn {

inline void registerAllDialects(mlir::DialectRegistry &registry) {
  registry.insert<spiking::SpikingDialect>();
}

} // namespace snn

#endif // SNN_DIALECTS_INITALL_H
