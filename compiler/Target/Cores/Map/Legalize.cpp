//===- Legalize.cpp - From a model's equations to a chip's neuron ---------===//
//
// Every value that must be linear is proven to be by DegreeAnalysis, and its
// coefficients are what it gives at zero and at ones. With V' = a V + c I + b
// and I' = -I/tau, for each of the currents, a step of h makes
//
//   V <- e^(a h) V + c (e^(-h/tau) - e^(a h))/(-1/tau - a) I + b (e^(a h) -
//   1)/a,
//
// the exact propagator (Rotter & Diesmann 1999).
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Map/Legalize.h"

#include "compiler/Target/Cores/Map/Chip.h"
#include "compiler/Target/Cores/Map/Program.h"

#include "dialects/Spiking/Analysis/Evaluator.h"
#include "dialects/Spiking/Analysis/LinearForm.h"
#include "dialects/Spiking/IR/Lookup.h"
#include "dialects/Spiking/IR/Quiescence.h"
#include "snn/math.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace mlir;
using namespace snn::spiking;
using llvm::StringRef;

namespace snn::target::cores {

namespace {

std::string placeOf(Location location) {
  std::string place;
  location->walk([&](Location inner) {
    auto line = dyn_cast<FileLineColLoc>(inner);
    if (!line)
      return WalkResult::advance();
    place = line.getFilename().str() + ":" + std::to_string(line.getLine());
    return WalkResult::interrupt();
  });
  return place;
}

/// sum of coefficient * name, and a constant.
struct Affine {
  llvm::StringMap<double> coefficients;
  double constant = 0;
  double of(StringRef name) const { return coefficients.lookup(name); }
};

class CellReader {
public:
  CellReader(NeuronOp cell, PopulationOp population, double step,
             unsigned mostCurrents)
      : cell(cell), step(step), mostCurrents(mostCurrents),
        parameters(cell, population, step) {
    for (auto state : cell.getBody().getOps<StateOp>())
      names.push_back(state.getSymName());
    for (auto input : cell.getBody().getOps<InputOp>())
      names.push_back(input.getSymName());
  }

  /// `inputs` are the constant values that stimuli give.
  std::optional<Trouble> read(Population &into,
                              const llvm::StringMap<double> &inputs);

private:
  NeuronOp cell;
  double step;
  unsigned mostCurrents; // that the chip tells apart, if it has any
  Evaluator parameters;
  llvm::SmallVector<StringRef> names; // states and inputs

  std::optional<double> number(Value value,
                               const llvm::StringMap<double> &given);
  std::optional<Affine> affine(Value value);
  std::optional<Trouble> readThreshold(Population &into, ThresholdOp op);
  std::optional<Trouble> readReset(Population &into, ResetOp op, double level);
  std::optional<Trouble> readEquations(Population &into,
                                       const llvm::StringMap<double> &inputs);
  std::optional<Trouble> readPort(Population &into, PortOp op);

  struct Current {
    StringRef state;
    double coupling = 0, rate = 0;
    double gain = 0; // into the potential, in the first step
  };
  llvm::SmallVector<Current> currents;
  Current *current(StringRef state) {
    return llvm::find_if(
        currents, [&](const Current &one) { return one.state == state; });
  }
};

} // namespace

std::optional<double> CellReader::number(Value value,
                                         const llvm::StringMap<double> &given) {
  Operation *op = value.getDefiningOp();
  if (!op) // the weight of an event
    return given.contains("") ? std::optional(given.lookup("")) : std::nullopt;
  if (auto read = dyn_cast<ReadOp>(op)) {
    StringRef name = getReadName(read);
    if (given.contains(name))
      return given.lookup(name);
    return parameters.variable(name);
  }
  if (op->getNumOperands() == 0)
    return parameters.value(value);
  llvm::SmallVector<double> operands;
  for (Value operand : op->getOperands()) {
    std::optional<double> one = number(operand, given);
    if (!one)
      return std::nullopt;
    operands.push_back(*one);
  }
  return evaluateOperation(op, operands);
}

/// Empty for what is not linear, or depends on what differs between neurons.
std::optional<Affine> CellReader::affine(Value value) {
  auto varies = [&](StringRef name) { return llvm::is_contained(names, name); };
  if (DegreeAnalysis(varies).of(value) == Degree::Nonlinear)
    return std::nullopt;
  llvm::StringMap<double> at;
  for (StringRef name : names)
    at[name] = 0;
  at[""] = 0;
  std::optional<double> constant = number(value, at);
  if (!constant)
    return std::nullopt;
  Affine result;
  result.constant = *constant;
  auto coefficient = [&](StringRef name) {
    at[name] = 1;
    std::optional<double> one = number(value, at);
    at[name] = 0;
    if (one)
      result.coefficients[name] = *one - *constant;
    return one.has_value();
  };
  if (!llvm::all_of(names, coefficient) || !coefficient(""))
    return std::nullopt;
  return result;
}

std::optional<Trouble> CellReader::readThreshold(Population &into,
                                                 ThresholdOp op) {
  auto compare = op.getCondition()
                     .front()
                     .getTerminator()
                     ->getOperand(0)
                     .getDefiningOp<arith::CmpFOp>();
  if (op.getRising() || !compare)
    return Trouble{"a threshold that is no comparison with a level",
                   op.getLoc()};
  std::optional<Affine> left = affine(compare.getLhs()),
                        right = affine(compare.getRhs());
  bool isAbove = compare.getPredicate() == arith::CmpFPredicate::OGE ||
                 compare.getPredicate() == arith::CmpFPredicate::OGT;
  if (!left || !right || !isAbove)
    return Trouble{"a threshold that is no level of one state", op.getLoc()};
  StringRef state;
  for (StringRef name : names) {
    double slope = left->of(name) - right->of(name);
    if (slope == 0)
      continue;
    if (!state.empty() || slope != 1)
      return Trouble{"a threshold that is no level of one state", op.getLoc()};
    state = name;
  }
  if (state.empty())
    return Trouble{"a threshold of no state", op.getLoc()};
  into.potential = state.str();
  into.threshold = right->constant - left->constant;
  return std::nullopt;
}

std::optional<Trouble> CellReader::readReset(Population &into, ResetOp op,
                                             double level) {
  bool resets = false;
  for (Operation &part : op.getBody().front()) {
    if (auto write = dyn_cast<WriteOp>(part)) {
      std::optional<Affine> value = affine(write.getValue());
      if (write.getState().getRootReference().getValue() != into.potential ||
          !value || resets)
        return Trouble{"a reset of more than the potential", write.getLoc()};
      for (StringRef name : names)
        if (name != into.potential && value->of(name) != 0)
          return Trouble{"a reset that depends on other states",
                         write.getLoc()};
      double slope = value->of(into.potential);
      if (slope != 0 && slope != 1)
        return Trouble{"a reset that scales the potential", write.getLoc()};
      resets = true;
      into.subtracts = slope == 1;
      // Measured from the reset, the threshold is what a spike takes off.
      into.origin = into.subtracts ? level + value->constant : value->constant;
    } else if (auto refractory = dyn_cast<RefractoryOp>(part)) {
      llvm::StringMap<double> none;
      std::optional<double> duration = number(refractory.getDuration(), none);
      if (!duration || refractory.getKeepingInput())
        return Trouble{"a refractory time that a chip cannot keep",
                       refractory.getLoc()};
      into.refractory = static_cast<uint32_t>(std::nearbyint(*duration / step));
      bool holds = llvm::any_of(
          refractory.getHolding().getAsRange<SymbolRefAttr>(),
          [&](SymbolRefAttr held) {
            return held.getRootReference().getValue() == into.potential;
          });
      if (into.refractory &&
          (!holds || refractory.getHolding().size() != 1 || into.subtracts))
        return Trouble{"a refractory time in which more or less than the "
                       "potential is held at its reset",
                       refractory.getLoc()};
    }
  }
  if (!resets)
    return Trouble{"a spike that does not reset the potential", op.getLoc()};
  return std::nullopt;
}

std::optional<Trouble>
CellReader::readEquations(Population &into,
                          const llvm::StringMap<double> &inputs) {
  double leak = 0, constant = 0;
  Location where = cell.getLoc();
  for (auto equation : cell.getBody().getOps<EquationOp>()) {
    StringRef state = equation.getState();
    if (!equation.getNoise().empty())
      return Trouble{"noise in an equation", equation.getLoc()};
    std::optional<Affine> form =
        affine(equation.getDerivative().front().getTerminator()->getOperand(0));
    if (!form)
      return Trouble{"an equation that is not linear, or whose parameters "
                     "differ between neurons",
                     equation.getLoc()};
    if (state == into.potential) {
      where = equation.getLoc();
      leak = form->of(state);
      constant = form->constant;
      for (StringRef name : names) {
        double slope = form->of(name);
        if (name == state || slope == 0)
          continue;
        if (isa_and_nonnull<InputOp>(SymbolTable::lookupSymbolIn(cell, name))) {
          constant += slope * inputs.lookup(name);
        } else {
          currents.push_back({name, slope});
        }
      }
    }
  }
  if (currents.size() > std::max(mostCurrents, 1u))
    return Trouble{currents.size() == 2 && mostCurrents <= 1
                       ? "two synaptic currents with time constants of their "
                         "own"
                       : std::to_string(currents.size()) +
                             " synaptic currents with time constants of their "
                             "own; the chip has " +
                             std::to_string(mostCurrents),
                   where};
  for (auto equation : cell.getBody().getOps<EquationOp>()) {
    StringRef state = equation.getState();
    if (state == into.potential)
      continue;
    Current *which = current(state);
    if (which == currents.end())
      return Trouble{"a state beside the potential and its currents",
                     equation.getLoc()};
    std::optional<Affine> form =
        affine(equation.getDerivative().front().getTerminator()->getOperand(0));
    for (StringRef name : names)
      if (name != state && form->of(name) != 0)
        return Trouble{"a current that depends on other states",
                       equation.getLoc()};
    which->rate = form->of(state);
    if (which->rate >= 0 || form->constant != 0)
      return Trouble{"a current that does not decay to zero",
                     equation.getLoc()};
  }
  if (leak > 0)
    return Trouble{"a potential that grows by itself", where};
  if (llvm::any_of(currents, [](const Current &one) { return one.rate == 0; }))
    return Trouble{"a current that does not decay", where};
  double kept = snn_exp(leak * step);
  into.keepPotential = kept;
  into.bias =
      leak == 0 ? constant * step : constant * snn_expm1(leak * step) / leak;
  // In numbers that count from the reset.
  into.bias += (kept - 1) * into.origin;
  into.threshold -= into.origin;
  for (Current &one : currents) {
    double keep = snn_exp(one.rate * step);
    into.keepCurrents.push_back(keep);
    one.gain = leak == one.rate
                   ? one.coupling * step * kept
                   : one.coupling * (keep - kept) / (one.rate - leak);
  }
  for (auto port : cell.getBody().getOps<PortOp>())
    if (std::optional<Trouble> trouble = readPort(into, port))
      return trouble;
  return std::nullopt;
}

std::optional<Trouble> CellReader::readPort(Population &into, PortOp op) {
  Port port;
  port.name = op.getSymName().str();
  unsigned writes = 0;
  for (Operation &part : op.getBody().front()) {
    auto write = dyn_cast<WriteOp>(part);
    if (!write)
      continue;
    StringRef state = write.getState().getRootReference().getValue();
    std::optional<Affine> value = affine(write.getValue());
    bool adds = value && value->constant == 0 && value->of(state) == 1;
    for (StringRef name : names)
      adds = adds && (name == state || value->of(name) == 0);
    Current *which = current(state);
    port.isCurrent = which != currents.end();
    if (!adds || ++writes > 1 || (state != into.potential && !port.isCurrent))
      return Trouble{"an event that does more than to add its weight",
                     write.getLoc()};
    port.gain = value->of("") * (port.isCurrent ? which->gain : 1);
    if (port.isCurrent)
      port.receptor = static_cast<uint32_t>(which - currents.begin());
  }
  into.ports.push_back(port);
  return std::nullopt;
}

std::optional<Trouble> CellReader::read(Population &into,
                                        const llvm::StringMap<double> &inputs) {
  auto thresholds = cell.getBody().getOps<ThresholdOp>();
  auto resets = cell.getBody().getOps<ResetOp>();
  if (thresholds.empty() || resets.empty())
    return Trouble{"a neuron that does not spike", cell.getLoc()};
  if (std::optional<Trouble> trouble = readThreshold(into, *thresholds.begin()))
    return trouble;
  if (std::optional<Trouble> trouble =
          readReset(into, *resets.begin(), into.threshold))
    return trouble;
  if (std::optional<Trouble> trouble = readEquations(into, inputs))
    return trouble;
  bool jumps = llvm::any_of(into.ports,
                            [](const Port &port) { return !port.isCurrent; });
  if (jumps && into.hasCurrent())
    return Trouble{"currents and jumps of the potential in one neuron",
                   cell.getLoc()};
  if (into.threshold <= 0)
    return Trouble{"a reset that is not below the threshold", cell.getLoc()};
  return std::nullopt;
}

/// A number that does not depend on time.
static std::optional<double> constantOf(Region &function) {
  auto quantity =
      function.front().getTerminator()->getOperand(0).getDefiningOp();
  if (!function.front().getArgument(0).use_empty() || !quantity)
    return std::nullopt;
  return getConstantNumber(quantity->getResult(0));
}

/// A population as the chip has its neurons.
static std::optional<Refusal>
readCell(NeuronOp cell, PopulationOp op, NetworkOp network,
         const llvm::StringMap<double> &inputs, const lang::checked::Chip &chip,
         double step, ProgramLinker &linker, Population &into) {
  std::optional<Trouble> trouble =
      chip.isProgrammed()
          ? linker.add(cell, op, network, into)
          : CellReader(cell, op, step, countCurrents(chip)).read(into, inputs);
  if (!trouble)
    return std::nullopt;
  std::string help =
      chip.isProgrammed()
          ? "a chip that the network programs takes neurons of whole numbers "
            "that change at events and spikes; those that leak go on chips "
            "such as `loihi1`"
      : isProgrammable(cell, op, network)
          ? "its numbers are whole and change at events alone: a chip whose "
            "neurons the network programs takes it, such as "
            "`programmable_mesh`"
          : "chips that add up weights take currents that decay, or jumps, "
            "into "
            "a leaky potential: one current, or two on `generic_mesh`";
  return Refusal{"E0821",
                 "`" + op.getSymName().str() + "` cannot be expressed on `" +
                     chip.name + "`: " + trouble->what,
                 help, placeOf(trouble->location)};
}

std::variant<Network, Refusal> legalize(ExperimentOp experiment,
                                        const lang::checked::Chip &chip) {
  auto network = cast<NetworkOp>(
      lookupGlobal(experiment, experiment.getNetworkAttr().getAttr()));
  Network result;
  result.step = experiment.getStep().convertToDouble();
  auto refuse = [](StringRef what, const std::string &why, Location at) {
    return Refusal{
        "E0821", "`" + what.str() + "` cannot be expressed on a chip: " + why,
        "chips take what is the same during the whole run", placeOf(at)};
  };
  for (Operation &part : experiment.getBody().front())
    if (isa<SetParameterOp, ResetStateOp>(part))
      return refuse(experiment.getSymName(),
                    "something that changes during the run", part.getLoc());
  // Before the modulators that it acts on, which are of no chip either.
  for (auto source : network.getBody().getOps<ConditionSourceOp>())
    return refuse(source.getSymName(), "a condition on spikes",
                  source.getLoc());
  llvm::StringMap<llvm::StringMap<double>> inputs;
  for (Operation &part : network.getBody().front()) {
    if (auto stimulus = dyn_cast<StimulusOp>(part)) {
      std::optional<double> value = constantOf(stimulus.getValue());
      if (!value || stimulus.getNoise() || stimulus.getTargetSlice())
        return refuse(stimulus.getTarget(),
                      "an input that changes or is not of the whole population",
                      part.getLoc());
      inputs[stimulus.getTarget()][stimulus.getInput()] += *value;
    }
  }
  ProgramLinker linker(chip);
  llvm::StringMap<uint32_t> populations, sources;
  for (Operation &part : network.getBody().front()) {
    if (auto op = dyn_cast<PopulationOp>(part)) {
      auto cell = cast<NeuronOp>(lookupGlobal(op, op.getModelAttr().getAttr()));
      for (auto couple : cell.getBody().getOps<CoupleOp>())
        return refuse(op.getSymName(), "it sums over the states of its sources",
                      couple.getLoc());
      if (isPutToRest(op))
        return refuse(op.getSymName(), "its neurons are put to rest",
                      op.getLoc());
      Population population;
      population.name = op.getSymName().str();
      population.place = placeOf(op.getLoc());
      population.first = result.numNeurons;
      population.size = static_cast<uint32_t>(op.getSize());
      if (std::optional<Refusal> refusal =
              readCell(cell, op, network, inputs[op.getSymName()], chip,
                       result.step, linker, population))
        return *refusal;
      result.numNeurons += population.size;
      populations[op.getSymName()] =
          static_cast<uint32_t>(result.populations.size());
      result.populations.push_back(std::move(population));
    } else if (isa<PoissonSourceOp, TrainSourceOp>(part)) {
      StringRef name = cast<SymbolOpInterface>(part).getName();
      auto size = static_cast<uint32_t>(getPopulationSize(&part));
      sources[name] = static_cast<uint32_t>(result.sources.size());
      result.sources.push_back({name.str(), result.numLines, size});
      result.numLines += size;
    }
  }
  auto portOf = [&](uint32_t population, StringRef name) {
    const auto &ports = result.populations[population].ports;
    return llvm::find_if(ports,
                         [&](const Port &port) { return port.name == name; }) -
           ports.begin();
  };
  for (auto op : network.getBody().getOps<DriveOp>()) {
    Drive drive;
    drive.path = op.getSymName().str();
    drive.target = populations.lookup(op.getTarget());
    drive.port = static_cast<uint32_t>(portOf(drive.target, op.getPort()));
    drive.first = result.numLines;
    const Population &target = result.populations[drive.target];
    if (drive.port == target.ports.size())
      return refuse(op.getTarget(), "a port that it does not have",
                    op.getLoc());
    drive.size = op.getTargetSlice()
                     ? static_cast<uint32_t>(op.getTargetSlice()->getCount())
                     : target.size;
    result.numLines += drive.size;
    result.drives.push_back(std::move(drive));
  }
  for (auto op : network.getBody().getOps<ProjectionOp>()) {
    Wiring wire;
    wire.path = op.getSymName().str();
    wire.place = placeOf(op.getLoc());
    wire.fromSource = sources.contains(op.getSource());
    wire.source = wire.fromSource ? sources.lookup(op.getSource())
                                  : populations.lookup(op.getSource());
    wire.target = populations.lookup(op.getTarget());
    wire.port = static_cast<uint32_t>(portOf(wire.target, op.getPort()));
    if (wire.port == result.populations[wire.target].ports.size())
      return refuse(op.getTarget(), "a port that it does not have",
                    op.getLoc());
    result.wiring.push_back(std::move(wire));
  }
  if (chip.isProgrammed()) {
    std::variant<Programs, std::string> programs = linker.link();
    if (const std::string *beyond = std::get_if<std::string>(&programs))
      return Refusal{"E0822", "the network does not fit: " + *beyond,
                     "fewer kinds of neurons, or simpler ones", ""};
    result.programs = std::get<Programs>(std::move(programs));
  }
  return result;
}

} // namespace snn::target::cores
