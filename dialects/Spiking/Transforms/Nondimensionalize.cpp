//===- Nondimensionalize.cpp - Potentials from rest to threshold *- C++ -*-===//
//
// A leaky membrane V' = a V + sum b_x x + K rests at E = -K/a and fires at T.
// With tau = -1/a, R_x = -b_x/a and v = (V - E)/(T - E) it becomes
//
//   tau v' = -v + sum R_x/(T - E) x,   v >= 1,
//
// whatever its capacitance, leak and voltages are (Gerstner et al., Neuronal
// Dynamics, 2014, ch. 1). These stand with the population, as the values of
// tau~, gain~x = R_x/(T - E), reset~, rest~ = E and scale~ = T - E: `~` is in
// no name that a model declares.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Analysis/Evaluator.h"
#include "dialects/Spiking/Analysis/LinearForm.h"
#include "dialects/Spiking/IR/Quiescence.h"
#include "dialects/Spiking/IR/Units.h"
#include "dialects/Spiking/Transforms/Passes.h"
#include "dialects/Spiking/Transforms/Simplify.h"

#include "mlir/IR/Remarks.h"
#include "llvm/ADT/StringSet.h"

#include <cmath>

namespace snn::spiking {
#define GEN_PASS_DEF_SPIKINGNONDIMENSIONALIZE
#include "dialects/Spiking/Transforms/Passes.h.inc"
} // namespace snn::spiking

using namespace mlir;
using namespace snn;
using namespace snn::spiking;
using llvm::StringRef;

namespace {

constexpr StringRef scaledName = "v~", tauName = "tau~", resetName = "reset~",
                    restName = "rest~", scaleName = "scale~";

std::string gainName(StringRef name) { return ("gain~" + name).str(); }

Value getYielded(Region &region) {
  return region.front().getTerminator()->getOperand(0);
}

class CellScaler {
public:
  CellScaler(NeuronOp cell, PopulationOp population)
      : cell(cell), population(population),
        numbers(cell, population, std::nullopt), builder(cell.getContext()),
        scratchOps(builder, cell.getLoc()) {
    builder.createBlock(&scratch);
  }

  /// Why the cell has to stay as it is; empty where it need not. Changes
  /// nothing.
  StringRef check();

  /// After a check that found nothing.
  void rewrite();

  Location getLoc() { return equation ? equation.getLoc() : cell.getLoc(); }
  StringRef getPotential() { return potential; }

private:
  bool isPotential(StringRef name) const { return name == potential; }
  bool isPotential(ReadOp read) const { return isPotential(getReadName(read)); }
  bool isPotential(WriteOp write) const {
    return isPotential(write.getState().getLeafReference());
  }

  bool isState(StringRef name) {
    return isa_and_nonnull<StateOp, InputOp>(
        SymbolTable::lookupSymbolIn(cell, name));
  }

  bool reads(Region &region) {
    bool found = false;
    region.walk([&](ReadOp read) { found |= isPotential(read); });
    return found;
  }

  //===--------------------------------------------------------------------===//
  // Which cells
  //===--------------------------------------------------------------------===//

  StringRef checkThreshold();
  StringRef checkEquation();
  StringRef checkReset();
  StringRef checkInit();
  StringRef checkOtherParts();

  bool changesDuringExperiments() {
    auto module = cell->getParentOfType<ModuleOp>();
    for (auto experiment : module.getOps<ExperimentOp>())
      for (auto change : experiment.getBody().getOps<SetParameterOp>())
        if (change.getPopulation() == population.getSymName())
          return true;
    return false;
  }

  bool isRecorded() {
    auto module = cell->getParentOfType<ModuleOp>();
    for (auto experiment : module.getOps<ExperimentOp>())
      for (auto record : experiment.getBody().getOps<RecordStateOp>())
        if (record.getPopulation() == population.getSymName() &&
            isPotential(record.getVariable().getLeafReference()))
          return true;
    return false;
  }

  double findRest(double slope, double constant);

  /// The x of V + x, x + V or V - x, where nothing else reads V.
  static Value findIncrement(WriteOp write, ReadOp read) {
    Operation *sum = write.getValue().getDefiningOp();
    if (!isa_and_nonnull<arith::AddFOp, arith::SubFOp>(sum) ||
        !sum->hasOneUse() || !read->hasOneUse())
      return {};
    if (sum->getOperand(0) == read.getResult())
      return sum->getOperand(1);
    bool commutes = isa<arith::AddFOp>(sum);
    return commutes && sum->getOperand(1) == read.getResult()
               ? sum->getOperand(0)
               : Value();
  }

  /// A port touches V only by adding to it.
  bool onlyAdds(PortOp port) {
    SmallVector<ReadOp> readsOfV;
    SmallVector<WriteOp> writesOfV;
    bool nested = false;
    port.walk([&](Operation *op) {
      if (auto read = dyn_cast<ReadOp>(op); read && isPotential(read))
        readsOfV.push_back(read);
      if (auto write = dyn_cast<WriteOp>(op); write && isPotential(write))
        writesOfV.push_back(write);
      nested |= op != port && op->getNumRegions() != 0;
    });
    if (readsOfV.empty() && writesOfV.empty())
      return true;
    return !nested && readsOfV.size() == 1 && writesOfV.size() == 1 &&
           findIncrement(writesOfV.front(), readsOfV.front());
  }

  //===--------------------------------------------------------------------===//
  // Their new form
  //===--------------------------------------------------------------------===//

  double scaled(double voltage) const { return (voltage - rest) / scale; }

  void replaceParameters();
  void rewriteEquation();
  void rewriteThreshold();
  void rewriteEvents(Operation *part);
  void observe(bool recorded);
  void removeUnreadParameters();

  static Value read(ScalarBuilder &ops, StringRef name) {
    return ReadOp::create(ops.getBuilder(), ops.getLoc(), name);
  }

  static void rebuild(Region &region,
                      llvm::function_ref<Value(ScalarBuilder &)> build) {
    Location loc = region.front().getTerminator()->getLoc();
    region.front().clear();
    OpBuilder builder = OpBuilder::atBlockEnd(&region.front());
    ScalarBuilder ops(builder, loc);
    YieldOp::create(builder, loc, build(ops));
  }

  NeuronOp cell;
  PopulationOp population;
  Region scratch;
  Evaluator numbers;
  OpBuilder builder;
  ScalarBuilder scratchOps;

  std::string potential; // The name that the model gives it.
  StateOp state;
  EquationOp equation;
  ThresholdOp threshold;
  double top = 0, rest = 0, scale = 0, tau = 0;
  llvm::MapVector<StringRef, double> gains; // By state or input.
  std::optional<double> reset;
  ValueAttr init;
};

//===----------------------------------------------------------------------===//
// Which cells
//===----------------------------------------------------------------------===//

StringRef CellScaler::check() {
  if (changesDuringExperiments())
    return "an experiment changes a parameter of it";
  if (isPutToRest(population))
    return "it is put to rest by tolerances of its potential";
  for (auto find : {&CellScaler::checkThreshold, &CellScaler::checkEquation,
                    &CellScaler::checkReset, &CellScaler::checkInit,
                    &CellScaler::checkOtherParts})
    if (StringRef reason = (this->*find)(); !reason.empty())
      return reason;
  return {};
}

StringRef CellScaler::checkThreshold() {
  for (auto candidate : cell.getBody().getOps<ThresholdOp>())
    threshold = candidate;
  if (!threshold)
    return "it has no threshold";
  auto comparison =
      getYielded(threshold.getCondition()).getDefiningOp<arith::CmpFOp>();
  auto left =
      comparison ? comparison.getLhs().getDefiningOp<ReadOp>() : ReadOp();
  if (left)
    state = dyn_cast_or_null<StateOp>(
        SymbolTable::lookupSymbolIn(cell, getReadName(left)));
  if (!state || (comparison.getPredicate() != arith::CmpFPredicate::OGE &&
                 comparison.getPredicate() != arith::CmpFPredicate::OGT))
    return "it does not fire where a state exceeds a bound";
  potential = state.getSymName().str();
  if (state.getUnit() == "1")
    return "its potential has no dimension";
  std::optional<double> bound = numbers.value(comparison.getRhs());
  if (!bound)
    return "its threshold is not one number for all neurons";
  top = *bound;
  bool capsElsewhere = threshold.getCap() &&
                       (!isPotential(*threshold.getCap()) ||
                        numbers.value(getYielded(threshold.getBound())) != top);
  return capsElsewhere ? "its threshold caps another value" : "";
}

StringRef CellScaler::checkEquation() {
  for (auto candidate : cell.getBody().getOps<EquationOp>())
    if (isPotential(candidate.getState()))
      equation = candidate;
  if (!equation)
    return "its potential has no equation";
  auto varies = [&](StringRef name) { return isState(name); };
  auto keep = [](StringRef) -> Value { return {}; };
  Value derivative = getYielded(equation.getDerivative());
  if (DegreeAnalysis(varies).of(derivative) != Degree::Affine)
    return "its membrane equation is not linear with constant coefficients";
  LinearForm form =
      LinearFormBuilder(scratchOps, varies, keep).decompose(derivative);
  auto number = [&](Value value) {
    return value ? numbers.value(value) : std::optional(0.0);
  };
  std::optional<double> slope = number(form.coefficient(potential));
  std::optional<double> constant = number(form.constant);
  if (!slope || !constant)
    return "its membrane has not one leak and rest for all neurons";
  if (!(*slope < 0))
    return "its membrane has no leak";
  rest = findRest(*slope, *constant);
  scale = top - rest;
  tau = -1 / *slope;
  if (!(scale > 0) || !std::isfinite(1 / scale) || !std::isfinite(tau))
    return "its threshold is not above its rest";
  // In the order of declaration, whatever that of the equation's terms is.
  for (Operation &part : cell.getBody().front()) {
    if (!isa<StateOp, InputOp>(part))
      continue;
    StringRef name = cast<SymbolOpInterface>(part).getName();
    Value coefficient = form.coefficient(name);
    if (!coefficient || isPotential(name))
      continue;
    std::optional<double> factor = number(coefficient);
    if (!factor)
      return "its membrane has not one gain for all neurons";
    gains[name] = -*factor / *slope / scale;
  }
  return {};
}

/// The parameter at which the equation vanishes, if there is one: -K/a may be
/// off its value by a rounding.
double CellScaler::findRest(double slope, double constant) {
  for (auto param : cell.getBody().getOps<ParamOp>()) {
    std::optional<double> value = numbers.variable(param.getSymName());
    if (!value || param.getUnit() != state.getUnit())
      continue;
    auto atRest = [&](StringRef name) -> Value {
      if (isPotential(name))
        return scratchOps.constant(*value);
      return isState(name) ? scratchOps.constant(0.0) : Value();
    };
    Value derivative =
        inlineRegion(equation.getDerivative(), {}, builder, atRest).front();
    if (numbers.value(derivative) == 0.0)
      return *value;
  }
  return -constant / slope;
}

StringRef CellScaler::checkReset() {
  StringRef reason;
  for (auto part : cell.getBody().getOps<ResetOp>()) {
    if (reads(part.getBody()))
      return "its reset reads the potential";
    part.walk([&](WriteOp write) {
      if (!isPotential(write))
        return;
      std::optional<double> value = numbers.value(write.getValue());
      if (!value || (reset && *reset != *value))
        reason = "its reset is not one number for all neurons";
      reset = value;
    });
  }
  return reason;
}

/// Draws are keyed by the state's name: those of another would be others.
StringRef CellScaler::checkInit() {
  MLIRContext *context = cell.getContext();
  auto given = population.getInit().getAs<ValueAttr>(potential);
  if (given && given.getKind() == ValueKind::Data && !given.hasClip()) {
    SmallVector<double> values;
    for (double value : given.getValues().asArrayRef())
      values.push_back(scaled(value));
    init = ValueAttr::data(context, values);
    return {};
  }
  std::optional<double> value;
  if (!given)
    value = numbers.value(getYielded(state.getInit()));
  else if (given.isConstant())
    value = given.getConstant();
  if (!value)
    return "its initial potential is drawn, or computed from what is drawn";
  init = ValueAttr::constant(context, scaled(*value));
  return {};
}

StringRef CellScaler::checkOtherParts() {
  for (Operation &part : cell.getBody().front()) {
    if (isa<LetOp>(part) || &part == threshold)
      continue;
    if (auto port = dyn_cast<PortOp>(part)) {
      if (!onlyAdds(port))
        return "a port does more than add to the potential";
    } else if (&part == equation) {
      // Keyed by the state's name, as initial values are.
      if (!equation.getNoise().empty())
        return "its potential is noisy";
    } else if (llvm::any_of(part.getRegions(),
                            [&](Region &region) { return reads(region); })) {
      return "another state depends on the potential";
    }
  }
  return {};
}

//===----------------------------------------------------------------------===//
// Their new form
//===----------------------------------------------------------------------===//

void CellScaler::rewrite() {
  bool recorded = isRecorded();
  replaceParameters();
  state.setSymName(scaledName);
  NamedAttrList inits(population.getInit());
  inits.erase(potential);
  inits.set(scaledName, init);
  population.setInitAttr(inits.getDictionary(cell.getContext()));
  rebuild(state.getInit(), [](ScalarBuilder &ops) { return ops.constant(0); });
  rewriteEquation();
  rewriteThreshold();
  for (Operation &part : cell.getBody().front())
    if (isa<PortOp, ResetOp>(part))
      rewriteEvents(&part);
  observe(recorded);
  state.setUnit("1");
  removeUnreadParameters();
}

/// The population's values stand for the old ones and for the new, so that
/// cells with other defaults are equal.
void CellScaler::replaceParameters() {
  MLIRContext *context = cell.getContext();
  NamedAttrList values(population.getParams());
  for (auto param : cell.getBody().getOps<ParamOp>())
    if (auto number = numbers.variable(param.getSymName())) {
      values.set(param.getSymName(), ValueAttr::constant(context, *number));
      param.removeValueAttr();
      param.getDefault().getBlocks().clear();
    }
  builder.setInsertionPointToStart(&cell.getBody().front());
  auto add = [&](StringRef name, StringRef unit, double value) {
    auto param = ParamOp::create(builder, cell.getLoc(), name, unit);
    values.set(param.getSymName(), ValueAttr::constant(context, value));
  };
  add(tauName, "ms", tau);
  for (auto &[name, gain] : gains) {
    auto unit = SymbolTable::lookupSymbolIn(cell, name)
                    ->getAttrOfType<StringAttr>("unit");
    auto inverse = lang::Dimension::none() / *parseDimension(unit.getValue());
    add(gainName(name), inverse.unit(), gain);
  }
  add(resetName, "1", scaled(reset.value_or(rest)));
  add(restName, state.getUnit(), rest);
  add(scaleName, state.getUnit(), scale);
  population.setParamsAttr(values.getDictionary(context));
}

/// tau v' = sum gain x - v.
void CellScaler::rewriteEquation() {
  equation.setState(scaledName);
  rebuild(equation.getDerivative(), [&](ScalarBuilder &ops) {
    Value sum;
    for (auto &[name, gain] : gains)
      sum = ops.add(sum,
                    ops.multiply(read(ops, gainName(name)), read(ops, name)));
    return ops.divide(ops.subtract(sum, read(ops, scaledName)),
                      read(ops, tauName));
  });
}

void CellScaler::rewriteThreshold() {
  auto predicate = getYielded(threshold.getCondition())
                       .getDefiningOp<arith::CmpFOp>()
                       .getPredicate();
  rebuild(threshold.getCondition(), [&](ScalarBuilder &ops) -> Value {
    Value v = read(ops, scaledName);
    return arith::CmpFOp::create(ops.getBuilder(), ops.getLoc(), predicate, v,
                                 ops.constant(1));
  });
  if (!threshold.getCap())
    return;
  threshold.setCap(scaledName);
  rebuild(threshold.getBound(),
          [](ScalarBuilder &ops) { return ops.constant(1); });
}

/// What arrives at a port is scaled where it is added; weights stay what the
/// model calls them.
void CellScaler::rewriteEvents(Operation *part) {
  auto symbol = FlatSymbolRefAttr::get(cell.getContext(), scaledName);
  part->walk([&](Operation *op) {
    builder.setInsertionPoint(op);
    ScalarBuilder ops(builder, op->getLoc());
    if (auto refractory = dyn_cast<RefractoryOp>(op)) {
      SmallVector<Attribute> holding(refractory.getHolding().getValue());
      for (Attribute &held : holding)
        if (isPotential(cast<SymbolRefAttr>(held).getLeafReference()))
          held = symbol;
      refractory.setHoldingAttr(builder.getArrayAttr(holding));
    } else if (auto write = dyn_cast<WriteOp>(op);
               write && isPotential(write)) {
      write.setStateAttr(symbol);
      if (isa<ResetOp>(part)) {
        write->setOperand(0, read(ops, resetName));
        return;
      }
      // V + x, with V now read as v.
      Operation *sum = write.getValue().getDefiningOp();
      builder.setInsertionPoint(sum);
      for (OpOperand &term : sum->getOpOperands()) {
        auto old = term.get().getDefiningOp<ReadOp>();
        if (old && isPotential(old))
          old.setVariableAttr(symbol);
        else
          term.set(ops.divide(term.get(), read(ops, scaleName)));
      }
    }
  });
  simplify(part);
}

/// Lets read E + (T - E) v, and a recorded potential is one.
void CellScaler::observe(bool recorded) {
  auto observed = [&](ScalarBuilder &ops) {
    Value v = ops.multiply(read(ops, scaleName), read(ops, scaledName));
    return ops.add(read(ops, restName), v);
  };
  for (auto let : cell.getBody().getOps<LetOp>()) {
    SmallVector<ReadOp> old;
    let.walk([&](ReadOp read) {
      if (isPotential(read))
        old.push_back(read);
    });
    for (ReadOp read : old) {
      builder.setInsertionPoint(read);
      ScalarBuilder ops(builder, read.getLoc());
      read.getResult().replaceAllUsesWith(observed(ops));
      read.erase();
    }
  }
  if (!recorded)
    return;
  builder.setInsertionPointToEnd(&cell.getBody().front());
  auto let = LetOp::create(builder, state.getLoc(), potential, state.getUnit());
  builder.setInsertionPointToEnd(&let.getBody().front());
  ScalarBuilder ops(builder, state.getLoc());
  YieldOp::create(builder, state.getLoc(), observed(ops));
}

void CellScaler::removeUnreadParameters() {
  NamedAttrList values(population.getParams());
  for (bool changed = true; changed;) {
    changed = false;
    llvm::StringSet<> needed;
    cell.walk([&](ReadOp read) { needed.insert(getReadName(read)); });
    for (auto param :
         llvm::make_early_inc_range(cell.getBody().getOps<ParamOp>()))
      if (!needed.contains(param.getSymName())) {
        values.erase(param.getSymName());
        param.erase();
        changed = true;
      }
  }
  population.setParamsAttr(values.getDictionary(cell.getContext()));
}

class Nondimensionalize
    : public spiking::impl::SpikingNondimensionalizeBase<Nondimensionalize> {
  void runOnOperation() override {
    SymbolTable models(getOperation());
    for (auto network : getOperation().getOps<NetworkOp>())
      for (auto population : network.getBody().getOps<PopulationOp>())
        scale(models.lookup<NeuronOp>(population.getModel()), population);
  }

  void scale(NeuronOp cell, PopulationOp population) {
    CellScaler scaler(cell, population);
    auto options =
        remark::RemarkOpts::name("Nondimensionalize").category("spiking");
    if (StringRef reason = scaler.check(); !reason.empty()) {
      remark::missed(scaler.getLoc(), options)
          << remark::metric("Population", population.getSymName())
          << remark::reason("{0}", reason);
      return;
    }
    scaler.rewrite();
    ++numScaled;
    remark::passed(scaler.getLoc(), options)
        << remark::metric("Population", population.getSymName())
        << remark::metric("State", scaler.getPotential());
  }
};

} // namespace
