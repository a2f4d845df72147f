//===- EliminateDeadState.cpp - States that never matter go -----*- C++ -*-===//
//
// Two kinds: states that stay zero, because they start at zero, decay, and
// nothing arrives for them (a receptor to which nothing connects); and states
// that nothing which spikes or is recorded depends on.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Analysis/LinearForm.h"
#include "dialects/Spiking/Analysis/RuleReads.h"
#include "dialects/Spiking/IR/Quiescence.h"
#include "dialects/Spiking/Transforms/Passes.h"
#include "dialects/Spiking/Transforms/Simplify.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringSet.h"

namespace snn::spiking {
#define GEN_PASS_DEF_SPIKINGELIMINATEDEADSTATE
#include "dialects/Spiking/Transforms/Passes.h.inc"
} // namespace snn::spiking

using namespace mlir;
using namespace snn;
using namespace snn::spiking;
using llvm::StringRef;

namespace {

/// The variables of a population that the experiments record.
llvm::StringSet<> findRecorded(ModuleOp module, StringRef population) {
  llvm::StringSet<> recorded;
  for (auto experiment : module.getOps<ExperimentOp>())
    for (auto record : experiment.getBody().getOps<RecordStateOp>())
      if (record.getPopulation() == population)
        recorded.insert(record.getVariable().getLeafReference());
  return recorded;
}

class CellCleaner {
public:
  CellCleaner(NeuronOp cell, PopulationOp population,
              const llvm::StringSet<> &readByRules)
      : cell(cell), population(population),
        recorded(findRecorded(cell->getParentOfType<ModuleOp>(),
                              population.getSymName())),
        readByRules(readByRules) {
    for (const Tolerance &tolerance : getTolerances(population))
      withTolerance.insert(tolerance.state);
  }

  /// Couplings to which nothing connects, and what only they read.
  void removeUnfedCouplings() {
    llvm::StringSet<> fed = findFed();
    for (auto couple :
         llvm::make_early_inc_range(cell.getBody().getOps<CoupleOp>()))
      if (!fed.contains(couple.getSymName()))
        couple.erase();
    llvm::StringSet<> reads;
    for (auto couple : cell.getBody().getOps<CoupleOp>())
      addAllReads(couple, reads);
    for (auto source :
         llvm::make_early_inc_range(cell.getBody().getOps<SourceOp>()))
      if (!reads.contains(source.getSymName()))
        source.erase();
  }

  unsigned replaceZeroStates() {
    llvm::StringSet<> zero = findZeroStates();
    if (zero.empty())
      return 0;
    forgetTolerances(zero);
    for (StateOp state :
         llvm::make_early_inc_range(cell.getBody().getOps<StateOp>()))
      if (zero.contains(state.getSymName()))
        replaceByZero(state);
    for (Operation &part : llvm::make_early_inc_range(cell.getBody().front())) {
      if (auto equation = dyn_cast<EquationOp>(part);
          equation && zero.contains(equation.getState())) {
        equation.erase();
        continue;
      }
      // Only ports at which nothing arrives still write them.
      part.walk([&](WriteOp write) {
        if (zero.contains(write.getState().getLeafReference()))
          write.erase();
      });
      if (isa<EquationOp, LetOp, ThresholdOp, ResetOp, PortOp, FollowOp>(part))
        replaceByZeros(&part, zero);
    }
    return zero.size();
  }

  unsigned removeUnread() {
    llvm::StringSet<> live = findLive();
    unsigned removed = 0;
    for (Operation &part : llvm::make_early_inc_range(cell.getBody().front())) {
      if (auto equation = dyn_cast<EquationOp>(part)) {
        if (!live.contains(equation.getState()))
          equation.erase();
      } else if (auto state = dyn_cast<StateOp>(part)) {
        if (!live.contains(state.getSymName())) {
          state.erase();
          ++removed;
        }
      } else if (auto let = dyn_cast<LetOp>(part)) {
        if (!recorded.contains(let.getSymName()))
          let.erase();
      } else if (isa<PortOp, ResetOp, FollowOp>(part)) {
        part.walk([&](WriteOp write) {
          if (!live.contains(write.getState().getLeafReference()))
            write.erase();
        });
        simplify(&part);
      }
    }
    return removed;
  }

private:
  //===--------------------------------------------------------------------===//
  // States that stay zero
  //===--------------------------------------------------------------------===//

  /// Ports at which something arrives.
  llvm::StringSet<> findFed() {
    llvm::StringSet<> fed;
    auto network = cast<NetworkOp>(population->getParentOp());
    for (Operation &part : network.getBody().front()) {
      if (auto projection = dyn_cast<ProjectionOp>(part)) {
        if (projection.getTarget() == population.getSymName())
          fed.insert(projection.getPort());
      } else if (auto drive = dyn_cast<DriveOp>(part)) {
        if (drive.getTarget() == population.getSymName())
          fed.insert(drive.getPort());
      }
    }
    return fed;
  }

  /// States that a fed port, a followed spike or the reset writes.
  llvm::StringSet<> findWritten() {
    llvm::StringSet<> fed = findFed(), written;
    for (Operation &part : cell.getBody().front()) {
      auto port = dyn_cast<PortOp>(part);
      if (isa<ResetOp, FollowOp>(part) ||
          (port && fed.contains(port.getSymName())))
        part.walk([&](WriteOp write) {
          written.insert(write.getState().getLeafReference());
        });
    }
    return written;
  }

  llvm::StringSet<> findZeroStates() {
    llvm::StringSet<> zero, written = findWritten();
    llvm::StringMap<EquationOp> equations;
    for (auto equation : cell.getBody().getOps<EquationOp>())
      equations[equation.getState()] = equation;
    for (auto state : cell.getBody().getOps<StateOp>()) {
      Value initial = state.getInit().front().getTerminator()->getOperand(0);
      EquationOp equation = equations.lookup(state.getSymName());
      if (getConstantNumber(initial) == 0.0 &&
          !population.getInit().contains(state.getSymName()) &&
          !written.contains(state.getSymName()) &&
          !readByRules.contains(state.getSymName()) &&
          !(equation && !equation.getNoise().empty()))
        zero.insert(state.getSymName());
    }
    // The largest set whose derivatives vanish with the set.
    for (bool changed = true; changed;) {
      changed = false;
      for (auto &entry : equations)
        if (zero.contains(entry.first()) && !vanishes(entry.second, zero)) {
          zero.erase(entry.first());
          changed = true;
        }
    }
    return zero;
  }

  /// Whether the derivative is a sum of products with states in `zero`.
  bool vanishes(EquationOp equation, const llvm::StringSet<> &zero) {
    OpBuilder builder(cell.getContext());
    Operation *copy = builder.insert(equation->clone());
    auto scratch = cast<EquationOp>(copy);
    replaceByZeros(copy, zero);
    Value derivative =
        scratch.getDerivative().front().getTerminator()->getOperand(0);
    bool result = getConstantNumber(derivative) == 0.0;
    copy->erase();
    return result;
  }

  /// What stays zero is at rest.
  void forgetTolerances(const llvm::StringSet<> &zero) {
    SmallVector<Tolerance> kept;
    for (const Tolerance &tolerance : getTolerances(population))
      if (!zero.contains(tolerance.state))
        kept.push_back(tolerance);
      else
        withTolerance.erase(tolerance.state);
    setTolerances(population, kept);
  }

  /// A recorded one remains, as a let.
  void replaceByZero(StateOp state) {
    if (recorded.contains(state.getSymName())) {
      OpBuilder builder(state);
      auto let = LetOp::create(builder, state.getLoc(), state.getSymName(),
                               state.getUnit());
      builder.setInsertionPointToEnd(&let.getBody().front());
      Value zero = ScalarBuilder(builder, state.getLoc()).constant(0.0);
      YieldOp::create(builder, state.getLoc(), zero);
    }
    state.erase();
  }

  //===--------------------------------------------------------------------===//
  // States that nothing reads
  //===--------------------------------------------------------------------===//

  /// States that a spike, a record, a plasticity rule or whether the neuron
  /// rests depends on, directly or through others.
  llvm::StringSet<> findLive() {
    llvm::StringSet<> live = recorded;
    for (const auto &entry : readByRules)
      live.insert(entry.getKey());
    for (const auto &entry : withTolerance)
      live.insert(entry.getKey());
    for (auto threshold : cell.getBody().getOps<ThresholdOp>())
      addAllReads(threshold, live);
    for (auto let : cell.getBody().getOps<LetOp>())
      if (recorded.contains(let.getSymName()))
        addAllReads(let, live);
    cell.walk([&](RefractoryOp refractory) { addReads(refractory, live); });
    for (unsigned before = 0; before != live.size();) {
      before = live.size();
      for (Operation &part : cell.getBody().front()) {
        if (auto equation = dyn_cast<EquationOp>(part)) {
          if (live.contains(equation.getState()))
            addAllReads(equation, live);
        } else if (isa<PortOp, ResetOp, FollowOp>(part)) {
          part.walk([&](WriteOp write) {
            if (live.contains(write.getState().getLeafReference()))
              addReads(write, live);
          });
        }
      }
    }
    return live;
  }

  static void addAllReads(Operation *op, llvm::StringSet<> &live) {
    op->walk([&](ReadOp read) { live.insert(getReadName(read)); });
  }

  /// What the operands of `op` are computed from, and the conditions that it
  /// stands under.
  static void addReads(Operation *op, llvm::StringSet<> &live) {
    llvm::SetVector<Operation *> slice;
    slice.insert(op);
    for (unsigned next = 0; next < slice.size(); ++next) {
      for (Value operand : slice[next]->getOperands())
        if (Operation *origin = operand.getDefiningOp())
          slice.insert(origin);
      if (auto conditional = dyn_cast<scf::IfOp>(slice[next]->getParentOp()))
        slice.insert(conditional.getCondition().getDefiningOp());
    }
    for (Operation *origin : slice)
      if (origin != op)
        addAllReads(origin, live);
  }

  NeuronOp cell;
  PopulationOp population;
  llvm::StringSet<> recorded;
  const llvm::StringSet<> &readByRules;
  llvm::StringSet<> withTolerance;
};

class EliminateDeadState
    : public spiking::impl::SpikingEliminateDeadStateBase<EliminateDeadState> {
  void runOnOperation() override {
    SymbolTable models(getOperation());
    for (auto network : getOperation().getOps<NetworkOp>()) {
      RuleReads reads(network);
      for (auto population : network.getBody().getOps<PopulationOp>()) {
        CellCleaner cleaner(models.lookup<NeuronOp>(population.getModel()),
                            population, reads.of(population.getSymName()));
        cleaner.removeUnfedCouplings();
        numZero += cleaner.replaceZeroStates();
        numUnread += cleaner.removeUnread();
      }
    }
  }
};

} // namespace
