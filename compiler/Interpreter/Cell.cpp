//===- Cell.cpp - Neurons of a population that run --------------*- C++ -*-===//
//
// What a model is made of: names, values before the first step, and code.
//
//===----------------------------------------------------------------------===//
#include "compiler/Interpreter/Cell.h"
#include "compiler/Interpreter/Values.h"
#include "dialects/Spiking/IR/Quiescence.h"

#include "runtime/lib/Random/Distribution.h"
#include "runtime/lib/Random/Hash.h"
#include "snn/math.h"

using namespace mlir;
using namespace snn::spiking;

namespace snn::interpreter {

/// What a rule reads has the precision of the synapses, their target's.
static PopulationOp decidesPrecision(PopulationOp population) {
  auto self = FlatSymbolRefAttr::get(population.getSymNameAttr());
  Operation *network = population->getParentOp();
  for (auto plastic : network->getRegion(0).getOps<PlasticOp>()) {
    if (plastic.getPreAttr() != self && plastic.getPostAttr() != self &&
        !llvm::is_contained(plastic.getModulators(), self))
      continue;
    auto projection = cast<ProjectionOp>(
        SymbolTable::lookupSymbolIn(network, plastic.getProjectionAttr()));
    return cast<PopulationOp>(
        SymbolTable::lookupSymbolIn(network, projection.getTargetAttr()));
  }
  return population;
}

static Precision precisionOf(PopulationOp population, const Run &run) {
  if (auto own = population.getPrecision())
    return *own;
  if (PopulationOp target = decidesPrecision(population); target != population)
    return precisionOf(target, run);
  auto neuron = cast<NeuronOp>(
      lookupGlobal(population, population.getModelAttr().getAttr()));
  return neuron.getPrecision().value_or(run.precision);
}

Cell::Cell(PopulationOp population, const Run &run, Functions &functions)
    : population(population), run(run), functions(functions) {
  neuron = cast<NeuronOp>(
      lookupGlobal(population, population.getModelAttr().getAttr()));
  Precision precision = precisionOf(population, run);
  // Equations as the scientist wrote them are solved as well as can be.
  bool solved = neuron.getBody().getOps<EquationOp>().empty() &&
                neuron.getBody().getOps<ReceptorOp>().empty();
  arithmetic = !solved                       ? Arithmetic::Initial
               : precision == Precision::F32 ? Arithmetic::Single
                                             : Arithmetic::Double;

  stepSlot = numSlots++;
  durationSlot = numSlots++;
  SmallVector<Scope> scopes = {{neuron, ""}};
  for (auto receptor : neuron.getBody().getOps<ReceptorOp>())
    scopes.push_back(
        {lookupGlobal(receptor, receptor.getSynapseAttr().getAttr()),
         receptor.getSymName().str() + "."});
  for (const Scope &scope : scopes)
    declare(scope);
  for (const Scope &scope : scopes)
    compileValues(scope);
  for (const Scope &scope : scopes)
    compileDynamics(scope);

  frames.assign(population.getSize(), std::vector<double>(numSlots));
  for (std::vector<double> &frame : frames)
    frame[stepSlot] = run.step;
  begins = frames;
  countdown.resize(frames.size());
  reached.resize(frames.size());
  for (const auto &[state, tolerance] : getTolerances(population))
    rests.push_back({variables.at(state.str()).slot, tolerance,
                     std::vector<double>(frames.size())});
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

void Cell::declare(const Scope &scope) {
  for (Operation &op : scope.model->getRegion(0).front()) {
    if (!isa<ParamOp, DerivedOp, PropagatorOp, StateOp, InputOp, SourceOp>(op))
      continue;
    std::string name =
        scope.prefix + SymbolTable::getSymbolName(&op).getValue().str();
    Variable &variable = variables[name];
    variable.op = &op;
    variable.slot = numSlots;
    if (auto propagator = dyn_cast<PropagatorOp>(op)) {
      size_t n = propagator.getVariables().size();
      variable.count = n * (n + propagator.getAffine());
    }
    numSlots += variable.count;
    DictionaryAttr given =
        isa<StateOp>(op) ? population.getInit() : population.getParams();
    if (isa<StateOp, ParamOp>(op))
      variable.given = given.getAs<ValueAttr>(name);
    if (isa<StateOp>(op))
      stateSlots.push_back(variable.slot);
  }
}

FailureOr<unsigned> Cell::findSlot(StringRef name) const {
  auto found = variables.find(name.str());
  return found == variables.end() ? FailureOr<unsigned>(failure())
                                  : FailureOr<unsigned>(found->second.slot);
}

std::vector<std::string> Cell::getStates() const {
  std::vector<std::string> names;
  for (const auto &[name, variable] : variables)
    if (isa<StateOp>(variable.op))
      names.push_back(name);
  return names;
}

static SymbolRefAttr accessed(Operation *op) {
  if (auto read = dyn_cast<ReadOp>(op))
    return read.getVariable();
  return cast<WriteOp>(op).getState();
}

Access Cell::resolve(Operation *op, const Scope &scope, Arithmetic how,
                     std::vector<std::string> *reads) {
  if (isa<StepSizeOp>(op))
    return {stepSlot};
  if (isa<RefractoryOp>(op))
    return {durationSlot};
  if (auto entry = dyn_cast<EntryOp>(op)) {
    const Variable &variable =
        variables.find(entry.getPropagator().str())->second;
    if (reads)
      reads->push_back(entry.getPropagator().str());
    auto propagator = cast<PropagatorOp>(variable.op);
    size_t columns = propagator.getVariables().size() + propagator.getAffine();
    return {static_cast<unsigned>(variable.slot + entry.getRow() * columns +
                                  entry.getColumn())};
  }
  SymbolRefAttr symbol = accessed(op);
  Scope place = scope;
  if (!symbol.getNestedReferences().empty()) {
    auto receptor = cast<ReceptorOp>(
        SymbolTable::lookupSymbolIn(neuron, symbol.getRootReference()));
    place = {lookupGlobal(receptor, receptor.getSynapseAttr().getAttr()),
             receptor.getSymName().str() + "."};
  }
  StringRef leaf = symbol.getLeafReference();
  Operation *declaration = SymbolTable::lookupSymbolIn(place.model, leaf);
  if (isa<HostOp>(declaration)) {
    auto receptor = cast<ReceptorOp>(SymbolTable::lookupSymbolIn(
        neuron, StringRef(place.prefix).drop_back()));
    leaf = receptor.getHostVariable(leaf);
    place = {neuron, ""};
    declaration = SymbolTable::lookupSymbolIn(neuron, leaf);
  }
  if (auto let = dyn_cast<LetOp>(declaration)) {
    lets.push_back(compile(let.getBody(), place, how, reads));
    return {0, lets.back().get()};
  }
  std::string name = place.prefix + leaf.str();
  if (reads)
    reads->push_back(name);
  return {variables.find(name)->second.slot};
}

std::unique_ptr<Code> Cell::compile(Region &region, const Scope &scope,
                                    Arithmetic how,
                                    std::vector<std::string> *reads) {
  return std::make_unique<Code>(
      region.front(), how, functions,
      [&](Operation *op) { return resolve(op, scope, how, reads); });
}

void Cell::compileValues(const Scope &scope) {
  for (Operation &op : scope.model->getRegion(0).front()) {
    if (!isa<ParamOp, DerivedOp, PropagatorOp, StateOp>(op) ||
        op.getRegion(0).empty())
      continue;
    std::string name =
        scope.prefix + SymbolTable::getSymbolName(&op).getValue().str();
    Variable &variable = variables[name];
    std::vector<std::string> reads;
    variable.code =
        compile(op.getRegion(0), scope, Arithmetic::Initial, &reads);
    variable.reads = std::move(reads);
  }
  if (scope.model != neuron)
    return;
  for (auto receptor : neuron.getBody().getOps<ReceptorOp>())
    for (auto bind : receptor.getBindings().getOps<BindOp>()) {
      Variable &variable =
          variables[receptor.getSymName().str() + "." + bind.getParam().str()];
      variable.code =
          compile(bind.getValue(), scope, Arithmetic::Initial, &variable.reads);
    }
}

void Cell::compileDynamics(const Scope &scope) {
  for (Operation &op : scope.model->getRegion(0).front()) {
    if (auto equation = dyn_cast<EquationOp>(op)) {
      unsigned state = variables[scope.prefix + equation.getState().str()].slot;
      equations.push_back(
          {state, compile(equation.getDerivative(), scope, arithmetic)});
    } else if (auto step = dyn_cast<StepOp>(op)) {
      (step.getHeld() ? held : free) =
          compile(step.getBody(), scope, arithmetic);
    } else if (auto port = dyn_cast<PortOp>(op)) {
      std::optional<double> grid;
      if (port.getGrid())
        grid = port.getGrid()->convertToDouble();
      ports.push_back({port.getSymName().str(), grid, port.getWide(),
                       compile(port.getBody(), scope, arithmetic)});
    } else if (auto handler = dyn_cast<OnSpikeOp>(op)) {
      ports.push_back({StringRef(scope.prefix).drop_back().str(), std::nullopt,
                       false, compile(handler.getBody(), scope, arithmetic)});
    } else if (auto couple = dyn_cast<CoupleOp>(op)) {
      bool inSynapse = isa<SynapseOp>(scope.model);
      Coupling coupling;
      coupling.name = inSynapse ? StringRef(scope.prefix).drop_back().str()
                                : couple.getSymName().str();
      coupling.summands = compile(couple.getBody(), scope, arithmetic);
      for (auto sum : couple.getSums().getAsRange<FlatSymbolRefAttr>())
        coupling.sums.push_back(
            variables[scope.prefix + sum.getValue().str()].slot);
      llvm::StringSet<> seen;
      couple.walk([&](ReadOp read) {
        auto source =
            dyn_cast<SourceOp>(lookupVariable(read, read.getVariable()));
        if (source && seen.insert(source.getSymName()).second)
          coupling.reads.push_back(
              {variables[scope.prefix + source.getSymName().str()].slot,
               source.getState().str()});
      });
      couplings.push_back(std::move(coupling));
    } else if (auto threshold = dyn_cast<ThresholdOp>(op)) {
      rising = threshold.getRising();
      condition = compile(threshold.getCondition(), scope, arithmetic);
      if (threshold.getCap()) {
        capSlot = variables[threshold.getCap()->str()].slot;
        bound = compile(threshold.getBound(), scope, arithmetic);
      }
    } else if (auto follow = dyn_cast<FollowOp>(op)) {
      following = compile(follow.getBody(), scope, arithmetic);
    } else if (auto reset = dyn_cast<ResetOp>(op)) {
      resetting = compile(reset.getBody(), scope, arithmetic);
      reset.walk([&](RefractoryOp refractory) {
        keepingInput = refractory.getKeepingInput();
        for (auto name : refractory.getHolding().getAsRange<SymbolRefAttr>()) {
          std::string state = name.getRootReference().str();
          for (FlatSymbolRefAttr nested : name.getNestedReferences())
            state += "." + nested.getValue().str();
          heldSlots.push_back(variables[state].slot);
        }
      });
    }
  }
}

//===----------------------------------------------------------------------===//
// Values before the first step
//===----------------------------------------------------------------------===//

void Cell::set(size_t i, unsigned slot, double value) {
  frames[i][slot] = round(value);
}

LogicalResult Cell::drawGiven(bool states) {
  namespace rt = snn::runtime;
  uint64_t seed = states ? run.seeds.initial : run.seeds.network;
  uint64_t declaration = rt::hash64(seed, population.getSymName());
  for (auto &[name, variable] : variables) {
    if (!variable.given || isa<StateOp>(variable.op) != states)
      continue;
    Value value(variable.given);
    rt::Key key = rt::makeKey(
        declaration, states ? rt::Stream::Initial : rt::Stream::Parameter,
        rt::fnv1a64(name));
    for (size_t i = 0; i < size(); ++i) {
      double drawn = value.get().a;
      if (value.get().kind != SNN_CONSTANT &&
          !rt::drawForNeuron(value.get(), key, i, drawn))
        return population.emitError("no draw of '") << name << "' fits";
      frames[i][variable.slot] = states ? round(drawn) : drawn;
    }
  }
  return success();
}

void Cell::computeVariable(size_t i, StringRef name, llvm::StringSet<> &done) {
  if (!done.insert(name).second)
    return;
  const Variable &variable = variables.find(name.str())->second;
  if (isa<InputOp, SourceOp>(variable.op))
    return;
  double *frame = frames[i].data();
  if (variable.given && !isa<StateOp>(variable.op))
    return; // Drawn.
  for (const std::string &read : variable.reads)
    computeVariable(i, read, done);
  if (auto param = dyn_cast<ParamOp>(variable.op); param && !variable.code) {
    frame[variable.slot] = param.getValue()->convertToDouble();
    return;
  }
  SmallVector<double, 1> values = variable.code->run(frame);
  if (auto propagator = dyn_cast<PropagatorOp>(variable.op)) {
    // exp(h A), with b as one more column of A and a last row of zeros.
    size_t n = propagator.getVariables().size();
    size_t columns = n + propagator.getAffine();
    std::vector<double> matrix(columns * columns), result(matrix.size());
    for (size_t row = 0; row < n; ++row) {
      for (size_t column = 0; column < n; ++column)
        matrix[row * columns + column] = values[row * n + column];
      if (propagator.getAffine())
        matrix[row * columns + n] = values[n * n + row];
    }
    snn_expm(columns, matrix.data(), run.step, result.data());
    values.assign(result.begin(), result.begin() + variable.count);
  }
  std::copy(values.begin(), values.end(), frame + variable.slot);
}

LogicalResult Cell::computeConstants() {
  if (failed(drawGiven(/*states=*/false)))
    return failure();
  for (size_t i = 0; i < size(); ++i) {
    llvm::StringSet<> done;
    for (auto &[name, variable] : variables)
      if (!isa<StateOp>(variable.op))
        computeVariable(i, name, done);
  }
  return success();
}

LogicalResult Cell::changeParameter(StringRef name, double value) {
  variables[name.str()].given =
      ValueAttr::constant(population.getContext(), value);
  return computeConstants();
}

void Cell::setDeclaredStates(size_t i) {
  llvm::StringSet<> done;
  for (auto &[name, variable] : variables)
    if (!isa<StateOp>(variable.op))
      done.insert(name);
  for (auto &[name, variable] : variables)
    if (isa<StateOp>(variable.op))
      computeVariable(i, name, done);
  for (unsigned slot : stateSlots)
    frames[i][slot] = round(frames[i][slot]);
  countdown[i] = 0;
}

LogicalResult Cell::initialize() {
  for (size_t i = 0; i < size(); ++i)
    setDeclaredStates(i);
  return drawGiven(/*states=*/true);
}

} // namespace snn::interpreter
