//===- Rule.cpp - A plasticity rule that runs -------------------*- C++ -*-===//
//
// Names to slots, and what an event does to one synapse.
//
//===----------------------------------------------------------------------===//
#include "compiler/Interpreter/Rule.h"
#include "dialects/Spiking/IR/Rewire.h"
#include "dialects/Spiking/IR/RuleSums.h"

using namespace mlir;
using namespace snn::spiking;

namespace snn::interpreter {

/// Numbers in place of parameters, closed forms in place of equations: what the
/// compiled program has, and its arithmetic.
static bool isSolved(PlasticityOp rule) {
  return rule.getBody().getOps<ParamOp>().empty() &&
         rule.getBody().getOps<EquationOp>().empty();
}

Rule::Rule(PlasticOp plastic, const Surroundings &cells, const Run &run,
           Functions &functions)
    : rule(cast<PlasticityOp>(
          lookupGlobal(plastic, plastic.getRuleAttr().getAttr()))),
      cells(cells), run(run), functions(functions),
      arithmetic(isSolved(rule) ? cells.target->getArithmetic()
                                : Arithmetic::Initial) {
  declare();
  computeParams(plastic);
  compileParts();
  for (auto state : rule.getBody().getOps<StateOp>()) {
    unsigned slot = slots[state.getSymName().str()];
    initial[slot] = round(compile(state.getInit(), Arithmetic::Initial)
                              ->run(initial.data())
                              .front());
  }
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

void Rule::declare() {
  stepSlot = numSlots++;
  sentSlot = numSlots++;
  for (Operation &op : rule.getBody().front())
    if (isa<ParamOp, WeightOp, StateOp>(op))
      slots[SymbolTable::getSymbolName(&op).getValue().str()] = numSlots++;
  for (StringRef name : rule.getStateNames())
    states.emplace_back(name.str(), slots[name.str()]);
  rule.walk([&](ReadOp read) { resolve(read); });
  initial.resize(numSlots);
  initial[stepSlot] = run.step;
}

Access Rule::resolve(Operation *op) {
  if (isa<StepSizeOp>(op))
    return {stepSlot};
  if (isa<SendOp>(op))
    return {sentSlot};
  if (auto write = dyn_cast<WriteOp>(op))
    return {slots[write.getState().getLeafReference().str()]};
  auto read = cast<ReadOp>(op);
  SymbolRefAttr name = read.getVariable();
  if (name.getNestedReferences().empty() &&
      !isa<HostOp>(lookupVariable(read, name)))
    return {slots[name.getRootReference().str()]};
  return resolveCell(read);
}

/// What is read of a cell is put into a slot before the handler runs.
Access Rule::resolveCell(ReadOp read) {
  SymbolRefAttr name = read.getVariable();
  std::string key = name.getRootReference().str();
  Read entry{Place::Host, 0, 0, 0};
  Cell *cell = cells.target;
  if (!name.getNestedReferences().empty()) {
    if (key == "pre") {
      entry.place = Place::Pre;
      cell = cells.pre;
    } else if (key == "post") {
      entry.place = Place::Post;
      cell = cells.post;
    } else {
      entry.place = Place::Modulator;
      for (auto modulator : rule.getBody().getOps<ModulatorOp>()) {
        if (modulator.getSymName() == key)
          break;
        ++entry.modulator;
      }
      cell = cells.modulators[entry.modulator];
    }
    key += "." + name.getLeafReference().str();
  }
  auto [known, isNew] = slots.try_emplace("@" + key, numSlots);
  if (!isNew)
    return {known->second};
  entry.slot = numSlots++;
  FailureOr<unsigned> field = cell->findSlot(name.getLeafReference());
  if (succeeded(field)) {
    entry.field = *field;
    reads.push_back(entry);
  } else if (!unknown) {
    unknown = read;
  }
  return {entry.slot};
}

LogicalResult Rule::check() {
  if (unknown)
    return unknown.emitError() << "`" << unknown.getVariable()
                               << "` is no variable that a cell keeps";
  WalkResult result = rule.walk([&](EquationOp equation) {
    WalkResult inside = equation.walk([&](ReadOp read) {
      SymbolRefAttr name = read.getVariable();
      if (name.getNestedReferences().empty() &&
          !isa<HostOp>(lookupVariable(read, name)))
        return WalkResult::advance();
      read.emitError("changes between the events of a synapse");
      return WalkResult::interrupt();
    });
    return inside;
  });
  return failure(result.wasInterrupted());
}

//===----------------------------------------------------------------------===//
// Code
//===----------------------------------------------------------------------===//

std::unique_ptr<Code> Rule::compile(Region &region, Arithmetic how) {
  return std::make_unique<Code>(region.front(), how, functions,
                                [&](Operation *op) { return resolve(op); });
}

/// They may read each other in any order, so as often as there are parameters.
void Rule::computeParams(PlasticOp plastic) {
  auto params = rule.getBody().getOps<ParamOp>();
  for (size_t round = llvm::range_size(params); round > 0; --round)
    for (ParamOp param : params) {
      double &value = initial[slots[param.getSymName().str()]];
      if (auto given = plastic.getParams().getAs<ValueAttr>(param.getSymName()))
        value = given.getA().convertToDouble();
      else if (param.getValue())
        value = param.getValue()->convertToDouble();
      else
        value = compile(param.getDefault(), Arithmetic::Initial)
                    ->run(initial.data())
                    .front();
    }
}

void Rule::compileParts() {
  for (auto equation : rule.getBody().getOps<EquationOp>())
    equations.push_back({slots[equation.getState().str()],
                         compile(equation.getDerivative(), arithmetic)});
  for (auto op : rule.getBody().getOps<ElapseOp>())
    elapse = compile(op.getBody(), arithmetic);
  for (auto handler : rule.getBody().getOps<OnEventOp>())
    compileHandler(handler);
  auto slotOf = [&](Attribute name) {
    return slots[cast<StringAttr>(name).getValue().str()];
  };
  for (NamedAttribute sum : getSums(rule, incomingName))
    if (auto into = cells.post->findSlot(sum.getName()); succeeded(into))
      incoming.push_back({slotOf(sum.getValue()), *into});
  for (NamedAttribute sum : getSums(rule, outgoingName))
    outgoing.push_back({slotOf(sum.getValue()), slotOf(sum.getName())});
  if (StringAttr moves = spiking::getRewire(rule))
    rewire = slots[moves.getValue().str()];
}

/// A bound holds of what the handler writes, and of what has advanced by
/// itself.
void Rule::compileHandler(OnEventOp op) {
  auto handler = std::make_unique<Handler>();
  handler->code = compile(op.getBody(), arithmetic);
  llvm::StringSet<> changed;
  auto changes = [&](WriteOp write) {
    changed.insert(write.getState().getLeafReference());
  };
  op.walk(changes);
  op.walk([&](SendOp) { handler->sends = true; });
  for (auto elapsing : rule.getBody().getOps<ElapseOp>())
    elapsing.walk(changes);
  for (auto equation : rule.getBody().getOps<EquationOp>())
    changed.insert(equation.getState());
  for (auto bound : rule.getBody().getOps<BoundOp>()) {
    if (!changed.contains(bound.getState()))
      continue;
    SmallVector<double, 1> limits =
        compile(bound.getBounds(), Arithmetic::Initial)->run(initial.data());
    handler->bounds.push_back(
        {slots[bound.getState().str()], round(limits[0]), round(limits[1])});
  }
  if (op.getPeriod())
    periodic.emplace_back(run.inSteps(*op.getPeriod()), std::move(handler));
  else
    ofSpikes[unsigned(op.getEvent())] = std::move(handler);
}

//===----------------------------------------------------------------------===//
// One synapse
//===----------------------------------------------------------------------===//

Frame Rule::makeSynapse(double weight) const {
  Frame synapse = initial;
  synapse[states.front().second] = round(weight);
  return synapse;
}

/// As equations of cells: the classical Runge-Kutta method in short parts of
/// the step.
void Rule::integrate(Frame &synapse) const {
  constexpr unsigned numParts = 8;
  constexpr double at[4] = {0.0, 0.5, 0.5, 1.0};
  double h = run.step / numParts;
  size_t n = equations.size();
  std::vector<double> k[4], begin(n);
  for (unsigned part = 0; n && part < numParts; ++part) {
    for (size_t i = 0; i < n; ++i)
      begin[i] = synapse[equations[i].state];
    for (unsigned stage = 0; stage < 4; ++stage) {
      for (size_t i = 0; stage && i < n; ++i)
        synapse[equations[i].state] =
            begin[i] + at[stage] * h * k[stage - 1][i];
      k[stage].clear();
      for (const Equation &equation : equations)
        k[stage].push_back(equation.derivative->run(synapse.data()).front());
    }
    for (size_t i = 0; i < n; ++i)
      synapse[equations[i].state] =
          begin[i] + h / 6.0 * (k[0][i] + 2.0 * (k[1][i] + k[2][i]) + k[3][i]);
  }
}

double Rule::handle(const Handler *handler, Frame &synapse,
                    uint64_t steps) const {
  if (elapse)
    elapse->run(synapse.data(),
                round(round(static_cast<double>(steps)) * round(run.step)));
  double weight = synapse[states.front().second];
  if (!handler)
    return weight;
  synapse[sentSlot] = 0.0;
  handler->code->run(synapse.data());
  for (const Bound &bound : handler->bounds) {
    double &value = synapse[bound.state];
    if (value > bound.high)
      value = bound.high;
    if (value < bound.low)
      value = bound.low;
  }
  return handler->sends ? synapse[sentSlot] : synapse[states.front().second];
}

} // namespace snn::interpreter
