//===- RuleReads.h - What plasticity reads of a population ------*- C++ -*-===//
//
// States that no spike depends on may still matter: a rule reads the states of
// followers, of the target neuron and of modulators.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_ANALYSIS_RULEREADS_H
#define SNN_DIALECTS_SPIKING_ANALYSIS_RULEREADS_H

#include "dialects/Spiking/IR/Ops.h"

#include "llvm/ADT/StringSet.h"

namespace snn::spiking {

/// The states of a population's cells that rules of its network read.
llvm::StringSet<> findReadByRules(PopulationOp population);

/// Whether some rule reads states of the target where spikes arrive, as the
/// step has integrated them.
bool isReadAtArrivals(PopulationOp target);

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_ANALYSIS_RULEREADS_H
