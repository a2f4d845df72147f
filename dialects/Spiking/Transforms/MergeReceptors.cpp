//===- MergeReceptors.cpp - Equal linear kinetics share states --*- C++ -*-===//
//
// Two receptors with the same linear equations and the same parameters, whose
// states the cell reads in the same way, act as one whose state is the sum of
// theirs (superposition). The sum becomes a state of its own, `exc+inh.I`; the
// old ones stay for recording, until nothing reads them.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Analysis/Additive.h"
#include "dialects/Spiking/Analysis/Infix.h"
#include "dialects/Spiking/Analysis/LinearForm.h"
#include "dialects/Spiking/IR/Quiescence.h"
#include "dialects/Spiking/Transforms/Passes.h"
#include "dialects/Spiking/Transforms/Simplify.h"

#include "mlir/IR/OperationSupport.h"
#include "mlir/IR/Remarks.h"
#include "llvm/ADT/SetVector.h"

namespace snn::spiking {
#define GEN_PASS_DEF_SPIKINGMERGERECEPTORS
#include "dialects/Spiking/Transforms/Passes.h.inc"
} // namespace snn::spiking

using namespace mlir;
using namespace snn;
using namespace snn::spiking;
using llvm::StringRef;

namespace {

/// What of a cell a receptor brought; parts in the order of declaration, which
/// is the same for receptors of one synapse.
struct Receptor {
  explicit Receptor(PortOp port) : name(port.getSymName()), port(port) {}

  StringRef name;
  PortOp port;
  SmallVector<ParamOp> params;
  SmallVector<StateOp> states;
  SmallVector<EquationOp> equations;
};

StringRef belongsTo(StringRef variable) { return variable.split('.').first; }

/// "I" of "exc.I".
StringRef ownName(StringRef variable) { return variable.split('.').second; }

class CellMerger {
public:
  CellMerger(NeuronOp cell, PopulationOp population)
      : cell(cell), population(population) {}

  unsigned run() {
    SmallVector<Receptor> receptors = findReceptors();
    unsigned merged = 0;
    while (!receptors.empty()) {
      SmallVector<Receptor> group = {receptors.front()};
      for (Receptor &other : llvm::drop_begin(receptors))
        if (areAlike(group.front(), other))
          group.push_back(other);
      llvm::erase_if(receptors, [&](Receptor &receptor) {
        return llvm::any_of(group, [&](Receptor &member) {
          return member.name == receptor.name;
        });
      });
      if (group.size() > 1) {
        merge(group);
        merged += group.size() - 1;
      }
    }
    return merged;
  }

private:
  SmallVector<Receptor> findReceptors() {
    SmallVector<Receptor> receptors;
    for (auto port : cell.getBody().getOps<PortOp>()) {
      Receptor receptor(port);
      for (Operation &part : cell.getBody().front()) {
        if (auto param = dyn_cast<ParamOp>(part)) {
          if (isOf(param.getSymName(), receptor))
            receptor.params.push_back(param);
        } else if (auto state = dyn_cast<StateOp>(part)) {
          if (isOf(state.getSymName(), receptor))
            receptor.states.push_back(state);
        } else if (auto equation = dyn_cast<EquationOp>(part)) {
          if (isOf(equation.getState(), receptor))
            receptor.equations.push_back(equation);
        }
      }
      if (!receptor.states.empty() && isLinear(receptor))
        receptors.push_back(receptor);
    }
    return receptors;
  }

  static bool isOf(StringRef variable, Receptor &receptor) {
    return variable.contains('.') && belongsTo(variable) == receptor.name;
  }

  bool isState(StringRef name) {
    return isa_and_nonnull<StateOp, InputOp>(
        SymbolTable::lookupSymbolIn(cell, name));
  }

  /// Its equations are linear, without noise and without a constant term, in
  /// its own states alone, and its handler adds.
  bool isLinear(Receptor &receptor) {
    if (!isAdditive(receptor.port))
      return false;
    OpBuilder builder(cell.getContext());
    for (EquationOp equation : receptor.equations) {
      if (!equation.getNoise().empty())
        return false;
      auto varies = [&](StringRef name) { return isState(name); };
      auto keep = [](StringRef) -> Value { return {}; };
      Value derivative =
          equation.getDerivative().front().getTerminator()->getOperand(0);
      if (DegreeAnalysis(varies).of(derivative) != Degree::Affine)
        return false;
      Region scratch;
      builder.createBlock(&scratch);
      ScalarBuilder scalars(builder, equation.getLoc());
      LinearForm form =
          LinearFormBuilder(scalars, varies, keep).decompose(derivative);
      bool foreign = llvm::any_of(form.coefficients, [&](auto &entry) {
        return entry.second && !isOf(entry.first, receptor);
      });
      if (form.constant || foreign)
        return false;
    }
    return true;
  }

  //===--------------------------------------------------------------------===//
  // Which receptors are alike
  //===--------------------------------------------------------------------===//

  /// Equal but for the receptor's name.
  static bool areEqual(Operation *op, Operation *other, StringRef name) {
    Operation *renamed = other->clone();
    auto rename = [&](StringRef variable) {
      return variable.contains('.') ? (name + "." + ownName(variable)).str()
                                    : variable.str();
    };
    auto symbol = [&](StringRef variable) {
      return FlatSymbolRefAttr::get(op->getContext(), rename(variable));
    };
    if (auto declaration = dyn_cast<SymbolOpInterface>(renamed))
      declaration.setName(cast<SymbolOpInterface>(op).getName());
    if (auto equation = dyn_cast<EquationOp>(renamed))
      equation.setStateAttr(symbol(equation.getState()));
    renamed->walk([&](Operation *inner) {
      if (auto read = dyn_cast<ReadOp>(inner))
        read.setVariableAttr(symbol(getReadName(read)));
      else if (auto write = dyn_cast<WriteOp>(inner))
        write.setStateAttr(symbol(write.getState().getLeafReference()));
    });
    bool equal = OperationEquivalence::isEquivalentTo(
        op, renamed, OperationEquivalence::IgnoreLocations);
    renamed->erase();
    return equal;
  }

  template <typename OpT>
  static bool areEqual(ArrayRef<OpT> ops, ArrayRef<OpT> others,
                       StringRef name) {
    return ops.size() == others.size() &&
           llvm::all_of(llvm::zip(ops, others), [&](auto pair) {
             return areEqual(std::get<0>(pair), std::get<1>(pair), name);
           });
  }

  bool areAlike(Receptor &receptor, Receptor &other) {
    StringRef name = receptor.name;
    return areEqual<ParamOp>(receptor.params, other.params, name) &&
           areEqual<StateOp>(receptor.states, other.states, name) &&
           areEqual<EquationOp>(receptor.equations, other.equations, name) &&
           areEqual(receptor.port, other.port, name) &&
           haveEqualValues(receptor, other) && areReadAlike(receptor, other);
  }

  /// The population gives both the same numbers, for as long as it runs, and
  /// the sum starts where they start.
  bool haveEqualValues(Receptor &receptor, Receptor &other) {
    auto module = cell->getParentOfType<ModuleOp>();
    for (auto [mine, theirs] : llvm::zip(receptor.params, other.params)) {
      auto value = population.getParams().get(mine.getSymName());
      if (value != population.getParams().get(theirs.getSymName()))
        return false;
      auto number = dyn_cast_or_null<ValueAttr>(value);
      if (number && !number.isConstant())
        return false;
      for (auto experiment : module.getOps<ExperimentOp>())
        for (auto change : experiment.getBody().getOps<SetParameterOp>()) {
          StringRef changed = change.getParam().getLeafReference();
          if (changed == mine.getSymName() || changed == theirs.getSymName())
            return false;
        }
    }
    auto startsAtZero = [&](StateOp state) {
      Value initial = state.getInit().front().getTerminator()->getOperand(0);
      return getConstantNumber(initial) == 0.0 &&
             !population.getInit().contains(state.getSymName());
    };
    return llvm::all_of(receptor.states, startsAtZero) &&
           llvm::all_of(other.states, startsAtZero);
  }

  /// Everything else reads sums of corresponding states.
  bool areReadAlike(Receptor &receptor, Receptor &other) {
    auto varies = [&](StringRef name) {
      return (isOf(name, receptor) || isOf(name, other)) && isState(name);
    };
    auto keep = [](StringRef) -> Value { return {}; };
    for (Operation &part : cell.getBody().front()) {
      if (!readsStates(&part) || isPartOf(&part, receptor) ||
          isPartOf(&part, other))
        continue;
      SmallVector<Value> roots;
      bool branches = false;
      part.walk([&](Operation *op) {
        branches |= op != &part && op->getNumRegions() != 0;
        if (isa<YieldOp, WriteOp, RefractoryOp, arith::CmpFOp>(op))
          for (Value operand : op->getOperands())
            if (operand.getType().isF64())
              roots.push_back(operand);
      });
      bool reads = false;
      part.walk([&](ReadOp read) { reads |= varies(getReadName(read)); });
      if (!reads)
        continue;
      if (branches)
        return false;
      for (Value root : roots) {
        if (DegreeAnalysis(varies).of(root) == Degree::Nonlinear)
          return false;
        OpBuilder builder(cell.getContext());
        Region scratch;
        builder.createBlock(&scratch);
        ScalarBuilder scalars(builder, part.getLoc());
        // Arguments of handlers stand for themselves.
        LinearForm form =
            LinearFormBuilder(scalars, varies, keep).decompose(root);
        for (auto [mine, theirs] : llvm::zip(receptor.states, other.states)) {
          Value a = form.coefficient(mine.getSymName());
          Value b = form.coefficient(theirs.getSymName());
          if (!a != !b || (a && !areSame(a, b)))
            return false;
        }
      }
    }
    return true;
  }

  static bool areSame(Value a, Value b) {
    std::optional<std::string> text = printInfix(a);
    return text && text == printInfix(b);
  }

  static bool readsStates(Operation *part) {
    return isa<EquationOp, PortOp, ThresholdOp, ResetOp>(part);
  }

  static bool isPartOf(Operation *part, Receptor &receptor) {
    auto equation = dyn_cast<EquationOp>(part);
    return part == receptor.port ||
           (equation && llvm::is_contained(receptor.equations, equation));
  }

  //===--------------------------------------------------------------------===//
  // Merging
  //===--------------------------------------------------------------------===//

  void merge(MutableArrayRef<Receptor> group) {
    std::string name = group.front().name.str();
    for (Receptor &other : llvm::drop_begin(group))
      name += "+" + other.name.str();
    addStates(group.front(), name);
    // Reads of the first receptor's states become reads of the sum, those of
    // the others zero; but not in what keeps the old states for recording.
    llvm::StringSet<> vanishing;
    for (Receptor &other : llvm::drop_begin(group))
      for (StateOp state : other.states)
        vanishing.insert(StateOp(state).getSymName());
    for (Operation &part : cell.getBody().front()) {
      bool own = llvm::any_of(
          group, [&](Receptor &receptor) { return isPartOf(&part, receptor); });
      if (own || !readsStates(&part))
        continue;
      renameReads(&part, name, [&](StringRef variable) {
        return isOf(variable, group.front()) && isState(variable);
      });
      replaceByZeros(&part, vanishing);
    }
    for (Receptor &receptor : group)
      extendHandler(receptor, name);
    shareParameters(group, name);
    remark::passed(
        group.front().port.getLoc(),
        remark::RemarkOpts::name("MergedReceptors").category("spiking"))
        << remark::metric("State", name);
  }

  /// The states and equations of the sum.
  void addStates(Receptor &receptor, const std::string &name) {
    OpBuilder builder(cell.getContext());
    for (StateOp state : receptor.states) {
      builder.setInsertionPointAfter(state);
      auto copy = cast<StateOp>(builder.clone(*state));
      copy.setSymName(name + "." + ownName(state.getSymName()).str());
    }
    for (EquationOp equation : receptor.equations) {
      builder.setInsertionPointAfter(equation);
      auto copy = cast<EquationOp>(builder.clone(*equation));
      copy.setState(name + "." + ownName(equation.getState()).str());
      renameReads(copy, name, [&](StringRef variable) {
        return isOf(variable, receptor) && isState(variable);
      });
    }
  }

  static void renameReads(Operation *part, const std::string &name,
                          NamePredicate which) {
    part->walk([&](ReadOp read) {
      StringRef variable = getReadName(read);
      if (which(variable))
        read.setVariableAttr(FlatSymbolRefAttr::get(
            part->getContext(), name + "." + ownName(variable).str()));
    });
  }

  /// What arrives is added to the sum, too.
  void extendHandler(Receptor &receptor, const std::string &name) {
    Block &body = PortOp(receptor.port).getBody().front();
    SmallVector<Operation *> old;
    for (Operation &op : body)
      old.push_back(&op);
    OpBuilder builder = OpBuilder::atBlockEnd(&body);
    IRMapping copies;
    for (Operation *op : old) {
      Operation *copy = builder.clone(*op, copies);
      if (auto read = dyn_cast<ReadOp>(copy);
          read && isState(getReadName(read)))
        read.setVariableAttr(renamed(getReadName(read), name));
      else if (auto write = dyn_cast<WriteOp>(copy))
        write.setStateAttr(renamed(write.getState().getLeafReference(), name));
    }
  }

  FlatSymbolRefAttr renamed(StringRef variable, const std::string &name) {
    return FlatSymbolRefAttr::get(cell.getContext(),
                                  name + "." + ownName(variable).str());
  }

  /// One parameter for all, under a name of its own: set at run time, it cannot
  /// change one receptor and silently the others with it.
  void shareParameters(MutableArrayRef<Receptor> group,
                       const std::string &name) {
    llvm::StringMap<std::string> shared;
    NamedAttrList values(population.getParams());
    for (auto [index, first] : llvm::enumerate(group.front().params)) {
      std::string own = name + "." + ownName(ParamOp(first).getSymName()).str();
      if (Attribute value = values.get(ParamOp(first).getSymName()))
        values.set(own, value);
      for (Receptor &receptor : group) {
        ParamOp param = receptor.params[index];
        shared[param.getSymName()] = own;
        values.erase(param.getSymName());
      }
    }
    population.setParamsAttr(values.getDictionary(cell.getContext()));
    cell.walk([&](ReadOp read) {
      auto it = shared.find(getReadName(read));
      if (it != shared.end())
        read.setVariableAttr(
            FlatSymbolRefAttr::get(cell.getContext(), it->second));
    });
    for (auto [position, receptor] : llvm::enumerate(group))
      for (ParamOp param : receptor.params) {
        if (position == 0)
          param.setSymName(shared[param.getSymName()]);
        else
          param.erase();
      }
  }

  NeuronOp cell;
  PopulationOp population;
};

class MergeReceptors
    : public spiking::impl::SpikingMergeReceptorsBase<MergeReceptors> {
  void runOnOperation() override {
    SymbolTable models(getOperation());
    for (auto network : getOperation().getOps<NetworkOp>())
      for (auto population : network.getBody().getOps<PopulationOp>())
        // Tolerances are of states as they are written.
        if (!isPutToRest(population))
          numMerged +=
              CellMerger(models.lookup<NeuronOp>(population.getModel()),
                         population)
                  .run();
  }
};

} // namespace
