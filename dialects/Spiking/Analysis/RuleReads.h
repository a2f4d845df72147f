//===- RuleReads.h - What plasticity reads of a network ---------*- C++ -*-===//
//
// States that no spike depends on may still matter: a rule reads the states of
// followers, of the target neuron and of modulators, and a coupling those of
// both of its ends.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_ANALYSIS_RULEREADS_H
#define SNN_DIALECTS_SPIKING_ANALYSIS_RULEREADS_H

#include "dialects/Spiking/IR/Ops.h"

#include "llvm/ADT/StringSet.h"

namespace snn::spiking {

/// All that the rules and couplings of a network read, found in one walk over
/// its projections.
class RuleReads {
public:
  explicit RuleReads(NetworkOp network);

  /// The states of a population's cells that some rule reads.
  const llvm::StringSet<> &of(llvm::StringRef population) const {
    auto it = states.find(population);
    return it == states.end() ? none : it->second;
  }
  /// Whether some rule reads states of the population where spikes arrive, as
  /// the step has integrated them.
  bool isReadAtArrivals(llvm::StringRef population) const {
    return readAtArrivals.contains(population);
  }

private:
  void addCoupling(ProjectionOp projection, const mlir::SymbolTable &parts);
  void add(PlasticOp plastic, PlasticityOp rule, ProjectionOp projection);

  llvm::StringMap<llvm::StringSet<>> states;
  llvm::StringSet<> readAtArrivals, none;
};

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_ANALYSIS_RULEREADS_H
