//===- SymbolUses.cpp - What names must stand for ---------------*- C++ -*-===//
//
// Each name resolves, to something that may stand there.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/IR/Ops.h"

using namespace mlir;
using namespace snn::spiking;

//===----------------------------------------------------------------------===//
// Models
//===----------------------------------------------------------------------===//

/// The declaration in a model, for instance the equation, that `op` belongs to.
static Operation *getPart(Operation *op) {
  while (op &&
         !isa_and_nonnull<NeuronOp, SynapseOp, PlasticityOp>(op->getParentOp()))
    op = op->getParentOp();
  return op;
}

/// What `name` stands for in the model around `op`; an error if it is no DeclT.
template <typename... DeclTs>
static Operation *resolve(Operation *op, SymbolRefAttr name, const char *what) {
  Operation *model = getEnclosingModel(op);
  if (!model) {
    op->emitOpError("stands outside of any model");
    return nullptr;
  }
  Operation *found = lookupInModel(model, name);
  if (isa_and_nonnull<DeclTs...>(found))
    return found;
  InFlightDiagnostic error = op->emitOpError("'")
                             << name << "' is no " << what << " of @"
                             << SymbolTable::getSymbolName(model).getValue();
  if (found)
    error.attachNote(found->getLoc()) << "declared here";
  return nullptr;
}

LogicalResult ReadOp::verifySymbolUses(SymbolTableCollection &) {
  Operation *found =
      resolve<ParamOp, DerivedOp, StateOp, InputOp, HostOp, SourceOp, LetOp,
              WeightOp>(*this, getVariable(), "variable");
  if (!found)
    return failure();
  // A let is one or the other, as what it reads.
  bool changes = isa<StateOp, InputOp, HostOp, SourceOp, WeightOp>(found);
  if (isa<SourceOp>(found) && !isa<CoupleOp>(getPart(*this)))
    return emitOpError("'") << getVariable()
                            << "' belongs to a source; only a coupling, "
                               "which knows one, reads it";
  if (changes && isa<ParamOp, DerivedOp, PropagatorOp, ReceptorOp, BoundOp>(
                     getPart(*this)))
    return emitOpError("'") << getVariable()
                            << "' changes during a run; this is computed once, "
                               "before";
  return success();
}

LogicalResult WriteOp::verifySymbolUses(SymbolTableCollection &) {
  Operation *state = resolve<StateOp, WeightOp>(*this, getState(), "state");
  if (!state)
    return failure();
  if (!getState().getNestedReferences().empty() &&
      isa<PlasticityOp>(getEnclosingModel(*this)))
    return emitOpError("writes '")
           << getState() << "', which is no state of the synapse";
  if (!isa<OnSpikeOp, PortOp, ResetOp, StepOp, FollowOp, OnEventOp, ElapseOp>(
          getPart(*this)))
    return emitOpError("must stand in a handler, a reset or a step");
  return success();
}

LogicalResult RefractoryOp::verifySymbolUses(SymbolTableCollection &) {
  if (!isa_and_nonnull<ResetOp>(getPart(*this)))
    return emitOpError("must stand in a reset");
  for (auto name : getHolding().getAsRange<SymbolRefAttr>())
    if (!resolve<StateOp>(*this, name, "state"))
      return failure();
  return success();
}

LogicalResult EntryOp::verifySymbolUses(SymbolTableCollection &) {
  auto propagator = cast_or_null<PropagatorOp>(
      resolve<PropagatorOp>(*this, getPropagatorAttr(), "propagator"));
  if (!propagator)
    return failure();
  uint64_t rows = propagator.getVariables().size();
  uint64_t columns = rows + propagator.getAffine();
  if (getRow() >= rows || getColumn() >= columns)
    return emitOpError("lies outside of @")
           << getPropagator() << ", which has " << rows << " rows and "
           << columns << " columns";
  return success();
}

LogicalResult PropagatorOp::verifySymbolUses(SymbolTableCollection &) {
  for (auto name : getVariables().getAsRange<SymbolRefAttr>())
    if (!resolve<StateOp, InputOp>(*this, name, "state or input"))
      return failure();
  return success();
}

LogicalResult CoupleOp::verifySymbolUses(SymbolTableCollection &) {
  for (auto sum : getSums().getAsRange<FlatSymbolRefAttr>())
    if (!resolve<InputOp>(*this, sum, "input"))
      return failure();
  return success();
}

LogicalResult EquationOp::verifySymbolUses(SymbolTableCollection &) {
  return success(resolve<StateOp>(*this, getStateAttr(), "state"));
}

LogicalResult ThresholdOp::verifySymbolUses(SymbolTableCollection &) {
  return success(!getCap() || resolve<StateOp>(*this, getCapAttr(), "state"));
}

LogicalResult ReceptorOp::verifySymbolUses(SymbolTableCollection &) {
  auto synapse = dyn_cast_or_null<SynapseOp>(
      lookupGlobal(*this, getSynapseAttr().getAttr()));
  if (!synapse)
    return emitOpError("'") << getSynapseAttr() << "' is no synapse";
  for (NamedAttribute host : getHostsAttr() ? getHostsAttr().getValue()
                                            : ArrayRef<NamedAttribute>()) {
    if (!isa_and_nonnull<HostOp>(
            SymbolTable::lookupSymbolIn(synapse, host.getName())))
      return emitOpError("'") << host.getName().getValue() << "' is no host of "
                              << getSynapseAttr();
    auto name = dyn_cast<FlatSymbolRefAttr>(host.getValue());
    if (!name ||
        !resolve<StateOp, ParamOp, InputOp, LetOp>(*this, name, "variable"))
      return failure();
  }
  return success();
}

StringRef ReceptorOp::getHostVariable(StringRef host) {
  auto given = getHostsAttr() ? getHostsAttr().getAs<FlatSymbolRefAttr>(host)
                              : FlatSymbolRefAttr();
  return given ? given.getValue() : host;
}

LogicalResult BindOp::verifySymbolUses(SymbolTableCollection &) {
  auto receptor = cast<ReceptorOp>((*this)->getParentOp());
  auto synapse = dyn_cast_or_null<SynapseOp>(
      lookupGlobal(receptor, receptor.getSynapseAttr().getAttr()));
  if (!synapse)
    return success(); // The receptor says so.
  if (!isa_and_nonnull<ParamOp>(lookupInModel(synapse, getParamAttr())))
    return emitOpError("'") << getParamAttr() << "' is no parameter of "
                            << receptor.getSynapseAttr();
  return success();
}

//===----------------------------------------------------------------------===//
// Plasticity
//===----------------------------------------------------------------------===//

LogicalResult ModulatorOp::verifySymbolUses(SymbolTableCollection &) {
  if (!isa_and_nonnull<NeuronOp>(lookupGlobal(*this, getModelAttr().getAttr())))
    return emitOpError("'") << getModelAttr() << "' is no cell";
  return success();
}

LogicalResult BoundOp::verifySymbolUses(SymbolTableCollection &) {
  return success(resolve<StateOp, WeightOp>(*this, getStateAttr(), "state"));
}

LogicalResult SendOp::verifySymbolUses(SymbolTableCollection &) {
  auto handler = dyn_cast_or_null<OnEventOp>(getPart(*this));
  if (!handler || handler.getEvent() != Event::Pre)
    return emitOpError("must stand in the handler of 'pre'");
  return success();
}

//===----------------------------------------------------------------------===//
// Networks
//===----------------------------------------------------------------------===//

/// The DeclT that `name`, perhaps `exc.tau`, means in a population's model.
template <typename DeclT>
static DeclT lookupPath(Operation *model, StringRef name) {
  MLIRContext *context = model->getContext();
  auto flat = dyn_cast_or_null<DeclT>(
      lookupInModel(model, FlatSymbolRefAttr::get(context, name)));
  if (flat)
    return flat;
  auto [receptor, rest] = name.split('.');
  auto nested = SymbolRefAttr::get(context, receptor,
                                   {FlatSymbolRefAttr::get(context, rest)});
  return dyn_cast_or_null<DeclT>(lookupInModel(model, nested));
}

static bool needsValue(ParamOp param) {
  return !param.getValue() && param.getDefault().empty();
}

/// Parameters without a default have a value.
static LogicalResult verifyGiven(PopulationOp population, NeuronOp model) {
  auto verify = [&](ParamOp param, const Twine &path) -> LogicalResult {
    if (!needsValue(param) || population.getParams().contains(path.str()))
      return success();
    InFlightDiagnostic error = population.emitOpError("gives no value of '")
                               << path.str() << "', which has no default";
    error.attachNote(param.getLoc()) << "declared here";
    return error;
  };
  for (auto param : model.getBody().getOps<ParamOp>())
    if (failed(verify(param, param.getSymName())))
      return failure();
  for (auto receptor : model.getBody().getOps<ReceptorOp>()) {
    auto synapse = dyn_cast_or_null<SynapseOp>(
        lookupGlobal(receptor, receptor.getSynapseAttr().getAttr()));
    if (!synapse)
      continue;
    DenseSet<StringRef> bound;
    for (auto bind : receptor.getBindings().getOps<BindOp>())
      bound.insert(bind.getParam());
    for (auto param : synapse.getBody().getOps<ParamOp>())
      if (!bound.contains(param.getSymName()) &&
          failed(
              verify(param, receptor.getSymName() + "." + param.getSymName())))
        return failure();
  }
  return success();
}

/// The population or source that `name` means beside `op`; null after an error.
static Operation *resolvePopulation(Operation *op,
                                    SymbolTableCollection &tables,
                                    Operation *network, FlatSymbolRefAttr name,
                                    SliceAttr slice) {
  Operation *found = tables.lookupSymbolIn(network, name.getAttr());
  if (!isa_and_nonnull<PopulationOp, PoissonSourceOp, TrainSourceOp,
                       ConditionSourceOp>(found)) {
    op->emitOpError("'") << name << "' is no population";
    return nullptr;
  }
  int64_t size = getPopulationSize(found);
  if (slice && slice.getEnd() > size) {
    op->emitOpError("slice ends at ") << slice.getEnd() << ", but '" << name
                                      << "' has " << size << " neurons";
    return nullptr;
  }
  return found;
}

LogicalResult PopulationOp::verifySymbolUses(SymbolTableCollection &tables) {
  auto model =
      dyn_cast_or_null<NeuronOp>(lookupGlobal(*this, getModelAttr().getAttr()));
  if (!model)
    return emitOpError("'") << getModelAttr() << "' is no neuron";
  for (NamedAttribute entry : getParams())
    if (!lookupPath<ParamOp>(model, entry.getName()))
      return emitOpError("'") << entry.getName().getValue()
                              << "' is no parameter of " << getModelAttr();
  for (NamedAttribute entry : getInit())
    if (!lookupPath<StateOp>(model, entry.getName()))
      return emitOpError("'") << entry.getName().getValue()
                              << "' is no state of " << getModelAttr();
  if (getFollowed()) {
    Operation *followed = resolvePopulation(
        *this, tables, (*this)->getParentOp(), getFollowedAttr(), SliceAttr());
    if (!followed)
      return failure();
    if (getPopulationSize(followed) != static_cast<int64_t>(getSize()))
      return emitOpError("has ")
             << static_cast<int64_t>(getSize()) << " cells, but '"
             << getFollowedAttr() << "' has " << getPopulationSize(followed);
  }
  return verifyGiven(*this, model);
}

LogicalResult
ConditionSourceOp::verifySymbolUses(SymbolTableCollection &tables) {
  Operation *network = (*this)->getParentOp();
  return success(resolvePopulation(*this, tables, network, getSpikesAttr(),
                                   getSpikesSliceAttr()) &&
                 (!getBefore() ||
                  resolvePopulation(*this, tables, network, getBeforeAttr(),
                                    getBeforeSliceAttr())));
}

static PopulationOp resolveNeurons(Operation *op, SymbolTableCollection &tables,
                                   Operation *network, FlatSymbolRefAttr name,
                                   SliceAttr slice) {
  Operation *found = resolvePopulation(op, tables, network, name, slice);
  if (found && !isa<PopulationOp>(found))
    op->emitOpError("'") << name << "' has no neurons, only spikes";
  return dyn_cast_or_null<PopulationOp>(found);
}

static LogicalResult verifyPort(Operation *op, PopulationOp population,
                                FlatSymbolRefAttr port) {
  if (lookupPort(population, port.getAttr()))
    return success();
  return op->emitOpError("'")
         << port << "' is no port or receptor of " << population.getModelAttr();
}

LogicalResult ProjectionOp::verifySymbolUses(SymbolTableCollection &tables) {
  Operation *network = (*this)->getParentOp();
  Operation *source = resolvePopulation(*this, tables, network, getSourceAttr(),
                                        getSourceSliceAttr());
  PopulationOp target = resolveNeurons(*this, tables, network, getTargetAttr(),
                                       getTargetSliceAttr());
  if (!source || !target || failed(verifyPort(*this, target, getPortAttr())))
    return failure();
  auto count = [](Operation *population, SliceAttr slice) {
    return slice ? slice.getCount() : getPopulationSize(population);
  };
  int64_t sources = count(source, getSourceSliceAttr());
  int64_t targets = count(target, getTargetSliceAttr());
  RuleAttr rule = getRule();
  if (rule.getKind() == RuleKind::OneToOne && sources != targets)
    return emitOpError("connects one to one, but there are ")
           << sources << " sources and " << targets << " targets";
  if (rule.getKind() == RuleKind::List) {
    for (auto [indices, bound] : {std::pair(rule.getSources(), sources),
                                  std::pair(rule.getTargets(), targets)})
      for (int64_t index : indices.asArrayRef())
        if (index < 0 || index >= bound)
          return emitOpError("lists neuron ") << index << " of " << bound;
  }
  if (rule.getKind() == RuleKind::Convolution) {
    Convolution shape = Convolution::of(rule.getConvolution());
    if (shape.numSources() != sources || shape.numTargets() != targets)
      return emitOpError("convolves ")
             << shape.numSources() << " neurons into " << shape.numTargets()
             << ", but there are " << sources << " sources and " << targets
             << " targets";
  }
  return success();
}

/// `name` is a population of `network` that follows `followed`.
static LogicalResult verifyFollower(PlasticOp op, Operation *network,
                                    FlatSymbolRefAttr name,
                                    FlatSymbolRefAttr model,
                                    FlatSymbolRefAttr followed) {
  if (!model && !name)
    return success();
  if (!model || !name)
    return op.emitOpError("and its rule must both name a follower, or neither");
  auto follower = dyn_cast_or_null<PopulationOp>(
      SymbolTable::lookupSymbolIn(network, name.getAttr()));
  if (!follower || follower.getFollowedAttr() != followed)
    return op.emitOpError("'")
           << name << "' is no population that follows " << followed;
  if (follower.getModelAttr() != model)
    return op.emitOpError("'") << name << "' consists of "
                               << follower.getModelAttr() << ", but the rule "
                               << "reads " << model;
  return success();
}

LogicalResult PlasticOp::verifySymbolUses(SymbolTableCollection &) {
  Operation *network = (*this)->getParentOp();
  auto projection = dyn_cast_or_null<ProjectionOp>(
      SymbolTable::lookupSymbolIn(network, getProjectionAttr().getAttr()));
  if (!projection)
    return emitOpError("'") << getProjectionAttr() << "' is no projection";
  auto rule = dyn_cast_or_null<PlasticityOp>(
      lookupGlobal(*this, getRuleAttr().getAttr()));
  if (!rule)
    return emitOpError("'") << getRuleAttr() << "' is no plasticity rule";
  if (failed(verifyFollower(*this, network, getPreAttr(), rule.getPreAttr(),
                            projection.getSourceAttr())) ||
      failed(verifyFollower(*this, network, getPostAttr(), rule.getPostAttr(),
                            projection.getTargetAttr())))
    return failure();
  auto read = llvm::to_vector(rule.getBody().getOps<ModulatorOp>());
  if (read.size() != getModulators().size())
    return emitOpError("gives ")
           << getModulators().size() << " modulators to a rule that reads "
           << read.size();
  for (auto [modulator, given] :
       llvm::zip(read, getModulators().getAsRange<FlatSymbolRefAttr>())) {
    auto population = dyn_cast_or_null<PopulationOp>(
        SymbolTable::lookupSymbolIn(network, given.getAttr()));
    if (!population || population.getSize() != 1 ||
        population.getModelAttr() != modulator.getModelAttr())
      return emitOpError("'")
             << given << "' is no single cell of " << modulator.getModelAttr();
  }
  for (NamedAttribute entry : getParams())
    if (!isa_and_nonnull<ParamOp>(
            SymbolTable::lookupSymbolIn(rule, entry.getName())))
      return emitOpError("'") << entry.getName().getValue()
                              << "' is no parameter of " << getRuleAttr();
  return success();
}

LogicalResult DriveOp::verifySymbolUses(SymbolTableCollection &tables) {
  PopulationOp target = resolveNeurons(*this, tables, (*this)->getParentOp(),
                                       getTargetAttr(), getTargetSliceAttr());
  return target ? verifyPort(*this, target, getPortAttr()) : failure();
}

LogicalResult StimulusOp::verifySymbolUses(SymbolTableCollection &tables) {
  PopulationOp target = resolveNeurons(*this, tables, (*this)->getParentOp(),
                                       getTargetAttr(), getTargetSliceAttr());
  if (!target)
    return failure();
  auto model = dyn_cast_or_null<NeuronOp>(
      lookupGlobal(target, target.getModelAttr().getAttr()));
  if (model && !isa_and_nonnull<InputOp>(lookupInModel(model, getInputAttr())))
    return emitOpError("'")
           << getInputAttr() << "' is no input of " << target.getModelAttr();
  return success();
}

//===----------------------------------------------------------------------===//
// Experiments
//===----------------------------------------------------------------------===//

LogicalResult ExperimentOp::verifySymbolUses(SymbolTableCollection &) {
  if (!isa_and_nonnull<NetworkOp>(
          lookupGlobal(*this, getNetworkAttr().getAttr())))
    return emitOpError("'") << getNetworkAttr() << "' is no network";
  return success();
}

/// The experiment's network; null where the experiment is wrong anyway.
static Operation *getNetwork(Operation *op) {
  auto experiment = cast<ExperimentOp>(op->getParentOp());
  return lookupGlobal(experiment, experiment.getNetworkAttr().getAttr());
}

LogicalResult RecordSpikesOp::verifySymbolUses(SymbolTableCollection &tables) {
  Operation *network = getNetwork(*this);
  return success(!network ||
                 resolvePopulation(*this, tables, network, getPopulationAttr(),
                                   getSliceAttr()));
}

/// `name` is a DeclT of the population's model.
template <typename... DeclTs>
static LogicalResult verifyMember(Operation *op, SymbolTableCollection &tables,
                                  FlatSymbolRefAttr population, SliceAttr slice,
                                  SymbolRefAttr name, const char *what) {
  Operation *network = getNetwork(op);
  if (!network)
    return success();
  PopulationOp neurons = resolveNeurons(op, tables, network, population, slice);
  if (!neurons)
    return failure();
  auto model = dyn_cast_or_null<NeuronOp>(
      lookupGlobal(neurons, neurons.getModelAttr().getAttr()));
  if (!model || isa_and_nonnull<DeclTs...>(lookupInModel(model, name)))
    return success();
  return op->emitOpError("'")
         << name << "' is no " << what << " of " << neurons.getModelAttr();
}

LogicalResult RecordStateOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyMember<StateOp, LetOp, InputOp>(
      *this, tables, getPopulationAttr(), getSliceAttr(), getVariable(),
      "state, let or input");
}

LogicalResult SetParameterOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyMember<ParamOp>(*this, tables, getPopulationAttr(), SliceAttr(),
                               getParam(), "parameter");
}

LogicalResult ResetStateOp::verifySymbolUses(SymbolTableCollection &tables) {
  Operation *network = getNetwork(*this);
  return success(
      !network || !getPopulation() ||
      resolveNeurons(*this, tables, network, getPopulationAttr(), SliceAttr()));
}

/// The rule of a plastic projection; null after an error.
static PlasticityOp resolveRule(Operation *op, Operation *network,
                                FlatSymbolRefAttr projection) {
  for (auto plastic : cast<NetworkOp>(network).getBody().getOps<PlasticOp>())
    if (plastic.getProjectionAttr() == projection)
      return dyn_cast_or_null<PlasticityOp>(
          lookupGlobal(plastic, plastic.getRuleAttr().getAttr()));
  op->emitOpError("'") << projection << "' is no plastic projection";
  return {};
}

LogicalResult RecordSynapsesOp::verifySymbolUses(SymbolTableCollection &) {
  Operation *network = getNetwork(*this);
  if (!network)
    return success();
  PlasticityOp rule = resolveRule(*this, network, getProjectionAttr());
  if (!rule)
    return failure();
  if (llvm::is_contained(rule.getStateNames(), getState()))
    return success();
  return emitOpError("'") << getStateAttr() << "' is no state of the synapses "
                          << "of " << getProjectionAttr();
}

LogicalResult SetPlasticityOp::verifySymbolUses(SymbolTableCollection &) {
  Operation *network = getNetwork(*this);
  return success(!network || !getProjection() ||
                 resolveRule(*this, network, getProjectionAttr()));
}
