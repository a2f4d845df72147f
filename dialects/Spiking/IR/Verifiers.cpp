//===- Verifiers.cpp - What must hold of each operation ---------*- C++ -*-===//
//
// The shape of regions and the numbers of attributes. That names resolve is
// checked in SymbolUses.cpp, that dimensions agree by the analysis.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/IR/Ops.h"
#include "dialects/Spiking/IR/Quiescence.h"
#include "dialects/Spiking/IR/Units.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace snn::spiking;

LogicalResult snn::spiking::detail::verifyUnit(Operation *op, StringRef unit) {
  std::optional<lang::Dimension> dimension = parseDimension(unit);
  if (!dimension)
    return op->emitOpError("has the unit \"")
           << unit << "\", which is unknown (a plain number has \"1\")";
  if (!isInternalUnit(unit))
    return op->emitOpError("has the unit \"")
           << unit << "\", but values are in \"" << dimension->unit() << "\"";
  return success();
}

//===----------------------------------------------------------------------===//
// Regions
//===----------------------------------------------------------------------===//

/// `region` takes `numArguments` doubles.
static LogicalResult verifyArguments(Operation *op, Region &region,
                                     unsigned numArguments) {
  if (region.getNumArguments() != numArguments ||
      !llvm::all_of(region.getArgumentTypes(),
                    [](Type type) { return type.isF64(); }))
    return op->emitOpError("region must take ")
           << (numArguments ? "one f64" : "no arguments");
  return success();
}

/// `region` yields `count` values, doubles or one condition.
static LogicalResult verifyYield(Operation *op, Region &region,
                                 unsigned numArguments, size_t count = 1,
                                 bool condition = false) {
  if (failed(verifyArguments(op, region, numArguments)))
    return failure();
  auto yield = dyn_cast<YieldOp>(region.front().getTerminator());
  if (!yield)
    return op->emitOpError("region must end with spiking.yield");
  auto hasType = [&](Type type) {
    return condition ? type.isInteger(1) : type.isF64();
  };
  if (yield.getValues().size() != count ||
      !llvm::all_of(yield.getValues().getTypes(), hasType)) {
    InFlightDiagnostic error = op->emitOpError("region must yield ");
    error << count << (condition ? " i1" : " f64") << ", but yields "
          << yield.getValues().size();
    error.attachNote(yield.getLoc()) << "yielded here";
    return error;
  }
  return success();
}

LogicalResult ParamOp::verify() {
  if (getDefault().empty())
    return success();
  if (getValue())
    return emitOpError("has both a number and a region as its default");
  return verifyYield(*this, getDefault(), 0);
}

LogicalResult StateOp::verifyRegions() {
  return verifyYield(*this, getInit(), 0);
}

LogicalResult LetOp::verifyRegions() {
  return verifyYield(*this, getBody(), 0);
}

LogicalResult DerivedOp::verifyRegions() {
  return verifyYield(*this, getBody(), 0);
}

LogicalResult BindOp::verifyRegions() {
  return verifyYield(*this, getValue(), 0);
}

LogicalResult EquationOp::verifyRegions() {
  if (failed(verifyYield(*this, getDerivative(), 0)))
    return failure();
  return getNoise().empty() ? success() : verifyYield(*this, getNoise(), 0);
}

LogicalResult OnSpikeOp::verifyRegions() {
  return verifyArguments(*this, getBody(), 1);
}

LogicalResult CoupleOp::verifyRegions() {
  if (getSums().empty())
    return emitOpError("adds to no sum");
  return verifyYield(*this, getBody(), 1, getSums().size());
}

LogicalResult PortOp::verifyRegions() {
  return verifyArguments(*this, getBody(), 1);
}

LogicalResult ThresholdOp::verifyRegions() {
  if (failed(verifyYield(*this, getCondition(), 0, 1, /*condition=*/true)))
    return failure();
  if (getBound().empty() != !getCap())
    return emitOpError("needs both the capped state and its bound, or neither");
  return getBound().empty() ? success() : verifyYield(*this, getBound(), 0);
}

LogicalResult ResetOp::verifyRegions() {
  if (llvm::range_size(getBody().getOps<RefractoryOp>()) > 1)
    return emitOpError("starts refractoriness twice");
  return success();
}

LogicalResult PropagatorOp::verifyRegions() {
  size_t n = getVariables().size();
  if (n == 0)
    return emitOpError("needs at least one state");
  return verifyYield(*this, getMatrix(), 0, n * n + (getAffine() ? n : 0));
}

LogicalResult StepOp::verifyRegions() {
  if (DictionaryAttr solved = getSolvedAttr())
    for (NamedAttribute entry : solved)
      if (!isa<StringAttr>(entry.getValue()))
        return emitOpError("'solved' must map states to names of methods");
  return success();
}

LogicalResult PoissonSourceOp::verifyRegions() {
  if (getSize() < 1)
    return emitOpError("needs at least one member, but has ") << getSize();
  return verifyYield(*this, getRate(), 1);
}

LogicalResult DriveOp::verifyRegions() {
  return verifyYield(*this, getRate(), 1);
}

LogicalResult StimulusOp::verifyRegions() {
  return verifyYield(*this, getValue(), 1);
}

//===----------------------------------------------------------------------===//
// Models
//===----------------------------------------------------------------------===//

/// No second operation of a kind that a model has once.
template <typename OpT>
static LogicalResult verifyOnce(Region &body, const char *what) {
  Operation *first = nullptr;
  for (OpT op : body.getOps<OpT>()) {
    if (first) {
      InFlightDiagnostic error = op.emitOpError("is a second ") << what;
      error.attachNote(first->getLoc()) << "the first is here";
      return error;
    }
    first = op;
  }
  return success();
}

/// One equation a state.
static LogicalResult verifyEquations(Region &body) {
  DenseMap<StringAttr, EquationOp> equations;
  for (auto equation : body.getOps<EquationOp>()) {
    auto [entry, isNew] =
        equations.try_emplace(equation.getStateAttr().getAttr(), equation);
    if (isNew)
      continue;
    InFlightDiagnostic error = equation.emitOpError("is a second equation of ")
                               << equation.getState();
    error.attachNote(entry->second.getLoc()) << "the first is here";
    return error;
  }
  return success();
}

LogicalResult NeuronOp::verifyRegions() {
  if (failed(verifyOnce<ThresholdOp>(getBody(), "threshold")) ||
      failed(verifyOnce<ResetOp>(getBody(), "reset")) ||
      failed(verifyOnce<FollowOp>(getBody(), "handler")) ||
      failed(verifyEquations(getBody())))
    return failure();
  auto resets = getBody().getOps<ResetOp>();
  if (!resets.empty() && getBody().getOps<ThresholdOp>().empty())
    return (*resets.begin()).emitOpError("needs a spiking.threshold");
  unsigned steps[2] = {0, 0};
  for (auto step : getBody().getOps<StepOp>())
    if (++steps[step.getHeld()] > 1)
      return step.emitOpError("is a second step of its kind");
  return success();
}

LogicalResult SynapseOp::verifyRegions() {
  if (failed(verifyOnce<OnSpikeOp>(getBody(), "handler")) ||
      failed(verifyOnce<CoupleOp>(getBody(), "coupling")))
    return failure();
  return verifyEquations(getBody());
}

LogicalResult ReceptorOp::verifyRegions() {
  DenseSet<StringAttr> bound;
  for (Operation &op : getBindings().front()) {
    auto bind = dyn_cast<BindOp>(op);
    if (!bind)
      return op.emitOpError("must not stand in a receptor");
    if (!bound.insert(bind.getParamAttr().getAttr()).second)
      return bind.emitOpError("binds ") << bind.getParam() << " twice";
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Plasticity
//===----------------------------------------------------------------------===//

WeightOp PlasticityOp::getWeight() {
  return *getBody().getOps<WeightOp>().begin();
}

SmallVector<StringRef> PlasticityOp::getStateNames() {
  SmallVector<StringRef> names = {getWeight().getSymName()};
  for (auto state : getBody().getOps<StateOp>())
    names.push_back(state.getSymName());
  return names;
}

LogicalResult PlasticityOp::verifyRegions() {
  if (getBody().getOps<WeightOp>().empty())
    return emitOpError("needs a spiking.weight");
  if (failed(verifyOnce<WeightOp>(getBody(), "weight")) ||
      failed(verifyOnce<ElapseOp>(getBody(), "elapse")) ||
      failed(verifyEquations(getBody())))
    return failure();
  bool seen[] = {false, false};
  for (auto handler : getBody().getOps<OnEventOp>()) {
    if (handler.getEvent() == Event::Every)
      continue;
    bool &isSecond = seen[unsigned(handler.getEvent())];
    if (isSecond)
      return handler.emitOpError("is a second handler of '")
             << stringifyEvent(handler.getEvent()) << "'";
    isSecond = true;
  }
  return success();
}

LogicalResult BoundOp::verifyRegions() {
  return verifyYield(*this, getBounds(), 0, 2);
}

LogicalResult OnEventOp::verifyRegions() {
  bool isPeriodic = getEvent() == Event::Every;
  if (getPeriod().has_value() != isPeriodic)
    return emitOpError(isPeriodic ? "needs a period"
                                  : "has a period, but happens at spikes");
  if (isPeriodic && !(getPeriod()->convertToDouble() > 0.0))
    return emitOpError("needs a positive period");
  return success();
}

LogicalResult ElapseOp::verifyRegions() {
  return verifyArguments(*this, getBody(), 1);
}

LogicalResult PlasticOp::verify() {
  for (NamedAttribute entry : getParams()) {
    auto value = dyn_cast<ValueAttr>(entry.getValue());
    if (!value || !value.isConstant())
      return emitOpError("value of '")
             << entry.getName().getValue() << "' must be one number";
  }
  if (getBackprop() && !(getBackprop()->convertToDouble() >= 0.0))
    return emitOpError("has a negative delay to its target's spikes");
  return success();
}

//===----------------------------------------------------------------------===//
// Networks and experiments
//===----------------------------------------------------------------------===//

LogicalResult PopulationOp::verify() {
  if (static_cast<int64_t>(getSize()) < 1)
    return emitOpError("needs at least one neuron, but has ")
           << static_cast<int64_t>(getSize());
  if (getFollowDelay() && !getFollowed())
    return emitOpError("has a delay, but follows no population");
  if (getFollowDelay() && !(getFollowDelay()->convertToDouble() >= 0.0))
    return emitOpError("follows with a negative delay");
  for (const auto &[state, value] : getTolerances(*this))
    if (!(value > 0.0))
      return emitOpError("tolerance of '")
             << state << "' must be a positive number";
  for (DictionaryAttr values : {getParams(), getInit()})
    for (NamedAttribute entry : values) {
      auto value = dyn_cast<ValueAttr>(entry.getValue());
      if (!value)
        return emitOpError("value of '")
               << entry.getName().getValue() << "' must be a #spiking.value";
      if (value.getKind() == ValueKind::OfPlace)
        return emitOpError("value of '")
               << entry.getName().getValue()
               << "' depends on places, as only those of a projection do";
      if (value.getKind() == ValueKind::Data &&
          value.getValues().size() != static_cast<int64_t>(getSize()))
        return emitOpError("gives ")
               << value.getValues().size() << " values of '"
               << entry.getName().getValue() << "' for " << getSize()
               << " neurons";
    }
  return success();
}

LogicalResult TrainSourceOp::verify() {
  auto steps = dyn_cast<DenseIntElementsAttr>(getSteps());
  auto ids = dyn_cast<DenseIntElementsAttr>(getIds());
  if (!steps || !ids || !steps.getElementType().isInteger(64) ||
      !ids.getElementType().isInteger(64))
    return emitOpError("needs 64-bit integers as steps and ids");
  if (steps.size() != ids.size())
    return emitOpError("has ")
           << steps.size() << " steps, but " << ids.size() << " ids";
  int64_t last = 0;
  for (int64_t step : steps.getValues<int64_t>()) {
    if (step < last)
      return emitOpError("steps must ascend from 0, but ")
             << step << " follows " << last;
    last = step;
  }
  for (int64_t id : ids.getValues<int64_t>())
    if (id < 0 || id >= static_cast<int64_t>(getSize()))
      return emitOpError("has ")
             << getSize() << " members, but a spike of " << id;
  return success();
}

LogicalResult ConditionSourceOp::verify() {
  if (getBefore().has_value() != getWindow().has_value())
    return emitOpError("needs a window and what comes before, or neither");
  if (getWindow() && !(getWindow()->convertToDouble() > 0.0))
    return emitOpError("has an empty window");
  if (getDelay().getKind() == ValueKind::Data ||
      getDelay().getKind() == ValueKind::OfPlace)
    return emitOpError("needs one delay, given or drawn");
  if (getDelay().isConstant() &&
      getDelay().getConstant() > getLongest().convertToDouble())
    return emitOpError("has a delay longer than the longest");
  return success();
}

LogicalResult ProjectionOp::verify() {
  for (ValueAttr delay : {getDelay(), getDendriticDelayAttr()})
    if (delay && delay.isConstant() && delay.getConstant() < 0.0)
      return emitOpError("has a negative delay");
  Storage storage = getStorage().value_or(Storage::Stored);
  if (mayGenerate(storage) &&
      !canBeGenerated(getRule(), getSource() == getTarget(),
                      {getWeight(), getDelay(), getDendriticDelayAttr()}))
    return emitOpError("has storage '")
           << stringifyStorage(storage)
           << "', but one source's synapses cannot be generated alone";
  if (storage == Storage::Toeplitz &&
      !isKernel(getRule(), {getDelay(), getDendriticDelayAttr()}))
    return emitOpError("has storage 'toeplitz', but is no convolution with one "
                       "delay");
  return success();
}

LogicalResult ExperimentOp::verifyRegions() {
  if (!(getStep().convertToDouble() > 0.0))
    return emitOpError("needs a positive step");
  if (!(getWarmup().convertToDouble() >= 0.0) ||
      !(getDuration().convertToDouble() >= 0.0))
    return emitOpError("needs a warm-up and a duration of at least 0 ms");
  if (getSeeds().size() != 3)
    return emitOpError("needs three seeds (network, initial state, stimulus), "
                       "but has ")
           << getSeeds().size();
  return success();
}

LogicalResult RecordStateOp::verify() {
  if (!(getEvery().convertToDouble() > 0.0))
    return emitOpError("needs a positive interval");
  return success();
}

LogicalResult SetParameterOp::verify() {
  if (!(getTime().convertToDouble() >= 0.0))
    return emitOpError("needs a time of at least 0 ms");
  return success();
}

LogicalResult RecordSynapsesOp::verify() {
  if (!(getEvery().convertToDouble() > 0.0))
    return emitOpError("needs a positive interval");
  return success();
}

LogicalResult SetPlasticityOp::verify() {
  if (!(getTime().convertToDouble() >= 0.0))
    return emitOpError("needs a time of at least 0 ms");
  return success();
}

LogicalResult ResetStateOp::verify() {
  if (!(getTime().convertToDouble() >= 0.0))
    return emitOpError("needs a time of at least 0 ms");
  return success();
}
