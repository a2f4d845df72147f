//===- Waiting.h - Handlers that may wait -----------------------*- C++ -*-===//
//
// What sim-wait-for-source says of operations, for the lowering.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SIM_IR_WAITING_H
#define SNN_DIALECTS_SIM_IR_WAITING_H

#include "llvm/ADT/StringRef.h"

namespace snn::sim {

/// Of a sim.plasticity: its sim.on_post may wait for the source.
inline constexpr llvm::StringRef waitsName = "waits";
/// Of a sim.population: its update can be replayed for single members.
inline constexpr llvm::StringRef replaysName = "replays";

} // namespace snn::sim

#endif // SNN_DIALECTS_SIM_IR_WAITING_H
