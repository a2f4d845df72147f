//===- Program.cpp - From a model's handlers to a chip's steps ------------===//
//
// Values become steps where they stand. Chips compute what is not used as well,
// and store under conditions: those of a program are that the event is for one
// of its receptors, and that the neuron is one of its own.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Map/Program.h"

#include "dialects/Spiking/Analysis/Additive.h"
#include "dialects/Spiking/Analysis/Evaluator.h"
#include "dialects/Spiking/Analysis/LinearForm.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>
#include <map>

using namespace mlir;
using namespace snn::spiking;
using llvm::StringRef;

namespace snn::target::cores {

using lang::checked::ChipAlways;
using lang::checked::ChipOperation;
using lang::checked::ChipStep;
using Steps = std::vector<ChipStep>;

namespace {

/// Registers hold no more, so neither do constants.
bool isWhole(double value) {
  return value == std::nearbyint(value) && std::abs(value) < 0x1p31;
}

/// Appends to one program, whose temporaries are from `next` on.
struct Emitter {
  Steps &steps;
  unsigned next;
  std::map<int64_t, unsigned> constants = {};

  unsigned emit(ChipOperation operation, unsigned a = 0, unsigned b = 0,
                unsigned c = 0, int64_t value = 0) {
    steps.push_back({operation, next, a, b, c, value});
    return next++;
  }
  unsigned constant(int64_t value) {
    auto [known, isNew] = constants.try_emplace(value);
    if (isNew)
      known->second = emit(ChipOperation::Constant, 0, 0, 0, value);
    return known->second;
  }
  unsigned both(unsigned a, unsigned b) {
    return a == ChipAlways   ? b
           : b == ChipAlways ? a
                             : emit(ChipOperation::And, a, b);
  }
};

/// Compiles the regions of one cell.
class CellCompiler {
public:
  CellCompiler(const lang::checked::Chip &chip, NeuronOp cell,
               PopulationOp population, NetworkOp network, Population &into)
      : chip(chip), cell(cell), population(population), network(network),
        into(into), fixed(cell, population, std::nullopt) {}

  std::optional<Trouble> compile(CellProgram &program);
  /// Of the population, in the order in which those of one tick act.
  std::vector<PortOp> portsInOrder();

private:
  const lang::checked::Chip &chip;
  NeuronOp cell;
  PopulationOp population;
  NetworkOp network;
  Population &into;
  Evaluator fixed;
  llvm::StringMap<unsigned> parameterSlots;
  std::optional<Trouble> trouble;

  Emitter *out = nullptr;
  llvm::DenseMap<Value, unsigned> slots;

  void fail(const std::string &what, Location location) {
    if (!trouble)
      trouble = Trouble{what, location};
  }
  std::optional<unsigned> registerOf(StringRef state) const {
    auto found = llvm::find(into.states, state.str());
    if (found == into.states.end())
      return std::nullopt;
    return static_cast<unsigned>(found - into.states.begin());
  }
  void declare();
  unsigned parameter(StringRef name, Location location);
  unsigned read(ReadOp op);
  unsigned constant(double value, Location location);
  unsigned compare(arith::CmpFOp op, unsigned a, unsigned b);
  unsigned compute(Operation &op);
  void region(Region &region, unsigned condition);
  unsigned yielded(Region &region);
};

} // namespace

/// States, which must start as whole numbers and change at events alone.
void CellCompiler::declare() {
  for (auto state : cell.getBody().getOps<StateOp>())
    into.states.push_back(state.getSymName().str());
  if (into.states.size() > chip.registers.size())
    fail("more states than the chip has registers", cell.getLoc());
  for (auto equation : cell.getBody().getOps<EquationOp>()) {
    Operation *end = equation.getDerivative().front().getTerminator();
    std::optional<double> slope = fixed.value(end->getOperand(0));
    if (!equation.getNoise().empty() || slope != 0.0)
      fail("a state that changes between events", equation.getLoc());
  }
}

/// A number of each neuron: what the population gives for it.
unsigned CellCompiler::parameter(StringRef name, Location location) {
  auto first = static_cast<unsigned>(chip.registers.size()) + 1;
  auto [known, isNew] = parameterSlots.try_emplace(name);
  if (!isNew)
    return known->second;
  auto given = population.getParams().getAs<ValueAttr>(name);
  std::vector<double> values;
  if (given.isConstant())
    values = {given.getConstant()};
  else if (given.getKind() == ValueKind::Data)
    values.assign(given.getValues().asArrayRef().begin(),
                  given.getValues().asArrayRef().end());
  else
    fail("a parameter that is drawn, `" + name.str() + "`", location);
  if (!llvm::all_of(values, isWhole))
    fail("a parameter that is no whole number, `" + name.str() + "`", location);
  known->second = first + static_cast<unsigned>(into.parameters.size());
  into.parameters.push_back(std::move(values));
  if (into.parameters.size() >= chip.parameters.size())
    fail("more parameters than the chip's neurons have", location);
  return known->second;
}

unsigned CellCompiler::constant(double value, Location location) {
  if (!isWhole(value))
    fail("a number that is not whole", location);
  return out->constant(std::llround(value));
}

/// A register is copied where it is read if it is written before its last use.
unsigned CellCompiler::read(ReadOp op) {
  StringRef name = getReadName(op);
  if (population.getParams().getAs<ValueAttr>(name))
    return parameter(name, op.getLoc());
  std::optional<unsigned> place = registerOf(name);
  if (!place) {
    std::optional<double> value = fixed.variable(name);
    if (!value)
      fail("a quantity that differs between neurons, `" + name.str() + "`",
           op.getLoc());
    return constant(value.value_or(0), op.getLoc());
  }
  bool lasts =
      llvm::none_of(op->getBlock()->getOps<WriteOp>(), [&](auto write) {
        return write.getState().getLeafReference() == name &&
               llvm::any_of(op->getUsers(), [&](Operation *user) {
                 return write->isBeforeInBlock(user);
               });
      });
  return lasts ? *place
               : out->emit(ChipOperation::Add, *place, out->constant(0));
}

unsigned CellCompiler::compare(arith::CmpFOp op, unsigned a, unsigned b) {
  switch (op.getPredicate()) {
  case arith::CmpFPredicate::OEQ:
    return out->emit(ChipOperation::Equal, a, b);
  case arith::CmpFPredicate::UNE:
    return out->emit(ChipOperation::Not, out->emit(ChipOperation::Equal, a, b));
  case arith::CmpFPredicate::OLT:
    return out->emit(ChipOperation::Less, a, b);
  case arith::CmpFPredicate::OLE:
    return out->emit(ChipOperation::LessEqual, a, b);
  case arith::CmpFPredicate::OGT:
    return out->emit(ChipOperation::Less, b, a);
  case arith::CmpFPredicate::OGE:
    return out->emit(ChipOperation::LessEqual, b, a);
  default:
    fail("a comparison that whole numbers do not have", op.getLoc());
    return 0;
  }
}

unsigned CellCompiler::compute(Operation &op) {
  auto in = [&](unsigned i) { return slots.lookup(op.getOperand(i)); };
  auto make = [&](ChipOperation operation) {
    return op.getNumOperands() > 1 ? out->emit(operation, in(0), in(1))
                                   : out->emit(operation, in(0));
  };
  return llvm::TypeSwitch<Operation *, unsigned>(&op)
      .Case([&](ReadOp one) { return read(one); })
      .Case([&](arith::ConstantOp one) {
        if (auto number = dyn_cast<FloatAttr>(one.getValue()))
          return constant(number.getValueAsDouble(), op.getLoc());
        return out->constant(
            !cast<IntegerAttr>(one.getValue()).getValue().isZero());
      })
      .Case([&](QuantityOp one) {
        return constant(one.getValue().convertToDouble(), op.getLoc());
      })
      .Case([&](arith::AddFOp) { return make(ChipOperation::Add); })
      .Case([&](arith::SubFOp) { return make(ChipOperation::Subtract); })
      .Case([&](arith::MulFOp) { return make(ChipOperation::Multiply); })
      .Case([&](arith::NegFOp) {
        return out->emit(ChipOperation::Subtract, out->constant(0), in(0));
      })
      .Case([&](math::AbsFOp) { return make(ChipOperation::Absolute); })
      .Case([&](arith::AndIOp) { return make(ChipOperation::And); })
      .Case([&](arith::OrIOp) { return make(ChipOperation::Or); })
      // Of truths.
      .Case([&](arith::XOrIOp) {
        return out->emit(ChipOperation::Not,
                         out->emit(ChipOperation::Equal, in(0), in(1)));
      })
      .Case([&](arith::SelectOp) {
        return out->emit(ChipOperation::Select, in(0), in(1), in(2));
      })
      .Case([&](arith::CmpFOp one) { return compare(one, in(0), in(1)); })
      .Default([&](Operation *) {
        fail("something that whole numbers and `+`, `-`, `*`, comparisons, "
             "`and`, `or`, `not`, `if`, abs, min and max do not say",
             op.getLoc());
        return 0u;
      });
}

/// The statements of a handler; what they store, they store if it holds.
void CellCompiler::region(Region &region, unsigned condition) {
  for (Operation &op : region.front()) {
    if (auto write = dyn_cast<WriteOp>(op)) {
      std::optional<unsigned> place =
          registerOf(write.getState().getLeafReference());
      if (place)
        out->steps.push_back({ChipOperation::Store, *place,
                              slots.lookup(write.getValue()), condition, 0, 0});
    } else if (auto refractory = dyn_cast<RefractoryOp>(op)) {
      if (fixed.value(refractory.getDuration()) != 0.0)
        fail("a refractory time", op.getLoc());
    } else if (op.getNumResults() == 1) {
      slots[op.getResult(0)] = compute(op);
    } else if (!isa<YieldOp>(op)) {
      fail("a statement that is no assignment", op.getLoc());
    }
  }
}

unsigned CellCompiler::yielded(Region &part) {
  region(part, ChipAlways);
  return slots.lookup(part.front().getTerminator()->getOperand(0));
}

/// Handlers that do more than add act as their spikes arrive, by projection;
/// the sums of those that add come last.
std::vector<PortOp> CellCompiler::portsInOrder() {
  std::vector<PortOp> order, adding;
  auto arrive = [&](auto from) {
    auto port = llvm::find_if(cell.getBody().getOps<PortOp>(), [&](PortOp one) {
      return one.getSymName() == from.getPort();
    });
    if (from.getTarget() != population.getSymName() ||
        port == cell.getBody().getOps<PortOp>().end())
      return;
    std::vector<PortOp> &list = isAdditive(*port) ? adding : order;
    if (!llvm::is_contained(list, *port))
      list.push_back(*port);
    else if (&list == &order && order.back() != *port)
      fail("connections to `" + from.getPort().str() +
               "` between which others stand: a chip would act on them in "
               "another order",
           from.getLoc());
  };
  for (auto drive : network.getBody().getOps<DriveOp>())
    arrive(drive);
  for (auto projection : network.getBody().getOps<ProjectionOp>())
    arrive(projection);
  order.insert(order.end(), adding.begin(), adding.end());
  return order;
}

std::optional<Trouble> CellCompiler::compile(CellProgram &program) {
  declare();
  for (PortOp port : portsInOrder()) {
    Emitter emitter{program.onEvent.emplace_back(), chip.firstTemporary()};
    out = &emitter;
    slots.clear();
    slots[port.getBody().front().getArgument(0)] = chip.weightSlot();
    region(port.getBody(), ChipAlways);
  }
  Emitter emitter{program.onTick, chip.firstTemporary()};
  out = &emitter;
  slots.clear();
  for (auto threshold : cell.getBody().getOps<ThresholdOp>()) {
    if (threshold.getRising())
      fail("a threshold that must be crossed", threshold.getLoc());
    unsigned fires = yielded(threshold.getCondition());
    program.onTick.push_back({ChipOperation::Spike, 0, fires, 0, 0, 0});
    for (auto reset : cell.getBody().getOps<ResetOp>())
      region(reset.getBody(), fires);
  }
  return trouble;
}

std::optional<Trouble> ProgramLinker::add(NeuronOp cell,
                                          PopulationOp population,
                                          NetworkOp network, Population &into) {
  CellProgram made;
  CellCompiler compiler(chip, cell, population, network, into);
  if (std::optional<Trouble> trouble = compiler.compile(made))
    return trouble;
  auto known = llvm::find(cells, made);
  into.program = known - cells.begin();
  if (known == cells.end()) {
    firstReceptor.push_back(numReceptors);
    numReceptors += static_cast<uint32_t>(made.onEvent.size());
    cells.push_back(std::move(made));
  }
  std::vector<PortOp> order = compiler.portsInOrder();
  for (auto port : cell.getBody().getOps<PortOp>()) {
    Port one;
    one.name = port.getSymName().str();
    one.gain = 1;
    one.receptor =
        firstReceptor[static_cast<size_t>(into.program)] +
        static_cast<uint32_t>(llvm::find(order, port) - order.begin());
    into.ports.push_back(std::move(one));
  }
  return std::nullopt;
}

/// Appends steps that act under a condition alone, with temporaries of their
/// own.
static void append(const Steps &from, unsigned firstTemporary,
                   unsigned condition, Emitter &to) {
  std::vector<unsigned> moved; // of temporaries
  auto slot = [&](unsigned old) {
    return old < firstTemporary || old == ChipAlways
               ? old
               : moved[old - firstTemporary];
  };
  for (ChipStep step : from) {
    step.a = slot(step.a);
    step.b = slot(step.b);
    step.c = slot(step.c);
    if (step.operation == ChipOperation::Store) {
      step.b = to.both(step.b, condition);
      to.steps.push_back(step);
    } else if (step.operation == ChipOperation::Spike) {
      step.a = to.both(step.a, condition);
      to.steps.push_back(step);
    } else if (step.operation == ChipOperation::Constant) {
      moved.push_back(to.constant(step.value));
    } else {
      moved.push_back(
          to.emit(step.operation, step.a, step.b, step.c, step.value));
    }
  }
}

std::variant<Programs, std::string> ProgramLinker::link() const {
  Programs made;
  Emitter onSynapse{made.onSynapse, chip.firstTemporary()},
      onTick{made.onTick, chip.firstTemporary()};
  auto program = static_cast<unsigned>(chip.registers.size());
  auto is = [](Emitter &out, unsigned slot, int64_t value) {
    return out.emit(ChipOperation::Equal, slot, out.constant(value));
  };
  for (size_t i = 0; i < cells.size(); ++i) {
    for (size_t port = 0; port < cells[i].onEvent.size(); ++port) {
      unsigned here = chip.receptors() == 1
                          ? ChipAlways
                          : is(onSynapse, chip.receptorSlot(),
                               firstReceptor[i] + static_cast<int64_t>(port));
      append(cells[i].onEvent[port], chip.firstTemporary(), here, onSynapse);
    }
    if (cells[i].onTick.empty())
      continue;
    unsigned here = cells.size() == 1
                        ? ChipAlways
                        : is(onTick, program, static_cast<int64_t>(i));
    append(cells[i].onTick, chip.firstTemporary(), here, onTick);
  }
  auto beyond = [](const std::string &what, uint64_t need, int64_t have) {
    return what + " " + std::to_string(need) + "; the chip has " +
           std::to_string(have);
  };
  if (numReceptors > chip.receptors())
    return beyond("all kinds of neurons together have ports to the number of",
                  numReceptors, chip.receptors());
  if (static_cast<int64_t>(cells.size()) > chip.parameters.front().high + 1)
    return beyond("kinds of neurons are", cells.size(),
                  chip.parameters.front().high + 1);
  auto steps = chip.numbers.find("program_steps");
  size_t most = std::max(made.onSynapse.size(), made.onTick.size());
  if (steps != chip.numbers.end() && most > static_cast<size_t>(steps->second))
    return beyond("steps of a program are", most, steps->second);
  if (std::max(onSynapse.next, onTick.next) > ChipAlways)
    return beyond("values that a program computes are",
                  std::max(onSynapse.next, onTick.next), ChipAlways);
  return made;
}

bool isProgrammable(NeuronOp cell, PopulationOp population, NetworkOp network) {
  lang::checked::Chip largest;
  largest.registers.resize(8);
  largest.parameters.resize(32);
  largest.numbers["receptors"] = 32;
  Population into;
  CellProgram program;
  return !CellCompiler(largest, cell, population, network, into)
              .compile(program);
}

} // namespace snn::target::cores
