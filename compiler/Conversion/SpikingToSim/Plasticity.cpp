//===- Plasticity.cpp - Handlers of synapses and followers ------*- C++ -*-===//
//
// A handler becomes a function of one synapse: its states, what the rule reads
// of cells, and the time since its last event go in as arguments. States first
// advance by that time, then the handler runs, then bounds hold.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SpikingToSim/Plasticity.h"
#include "dialects/Spiking/IR/Rewire.h"
#include "dialects/Spiking/IR/RuleSums.h"

#include "dialects/Spiking/Analysis/LinearForm.h"
#include "dialects/Spiking/Transforms/Simplify.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

#include <cmath>

using namespace mlir;
using llvm::StringRef;

namespace snn {

//===----------------------------------------------------------------------===//
// Followers
//===----------------------------------------------------------------------===//

void buildFollow(Memory &memory) {
  auto handlers = memory.getCell().getBody().getOps<spiking::FollowOp>();
  if (handlers.empty())
    return;
  spiking::FollowOp handler = *handlers.begin();
  OpBuilder builder(handler.getContext());
  builder.setInsertionPointToEnd(&memory.getPopulation().getBody().front());
  auto kernel = sim::FollowOp::create(builder, handler.getLoc());
  builder.setInsertionPointToEnd(&kernel.getBody().front());
  StepSource source(builder, memory);
  Environment before;
  for (auto state : memory.getCell().getBody().getOps<spiking::StateOp>())
    before[state.getSymName()] = sim::LoadOp::create(
        builder, state.getLoc(), memory.getElement(), state.getSymName());
  Environment after = before;
  Executor executor(builder, memory.getElement(), source);
  executor.run(handler.getBody(), {}, after);
  for (auto &[name, value] : after)
    if (value != before[name])
      sim::StoreOp::create(builder, value.getLoc(), name, value);
  spiking::simplify(kernel);
}

//===----------------------------------------------------------------------===//
// Rules
//===----------------------------------------------------------------------===//

namespace {

/// What a handler reads besides the states of its synapse: its arguments.
class ArgumentSource : public ValueSource {
public:
  Value read(Location, StringRef name) override { return values.lookup(name); }
  Value stepSize(Location) override { return {}; } // written in already
  Value entry(spiking::EntryOp) override { return {}; }

  llvm::StringMap<Value> values;
};

class RuleConverter {
public:
  RuleConverter(spiking::PlasticOp plastic, Memory &target, double stepSize)
      : plastic(plastic),
        rule(cast<spiking::PlasticityOp>(
            spiking::lookupGlobal(plastic, plastic.getRuleAttr().getAttr()))),
        target(target), stepSize(stepSize) {
    for (StringRef name : rule.getStateNames())
      states.push_back(name);
    auto elapses = rule.getBody().getOps<spiking::ElapseOp>();
    if (!elapses.empty())
      elapse = *elapses.begin();
  }

  LogicalResult convert(spiking::PortOp port, OpBuilder &builder) {
    if (failed(collectReads()))
      return failure();
    MLIRContext *context = builder.getContext();
    SmallVector<Attribute> units = {rule.getWeight().getUnitAttr()}, initials;
    for (auto state : rule.getBody().getOps<spiking::StateOp>()) {
      units.push_back(state.getUnitAttr());
      Value initial = state.getInit().front().getTerminator()->getOperand(0);
      initials.push_back(spiking::ValueAttr::constant(
          context, *spiking::getConstantNumber(initial)));
    }
    SmallVector<Attribute> reads;
    for (const Read &read : this->reads)
      reads.push_back(read.field);
    op = sim::PlasticityOp::create(
        builder, rule.getLoc(), plastic.getProjectionAttr(),
        builder.getStringAttr(ruleName()),
        target.getPopulation().getPrecisionAttr(),
        builder.getStrArrayAttr(states), builder.getArrayAttr(units),
        builder.getArrayAttr(initials), plastic.getPreAttr(),
        plastic.getPostAttr(), builder.getArrayAttr(reads),
        elapse ? builder.getUnitAttr() : UnitAttr(),
        FlatSymbolRefAttr::get(context, sumName(port.getSymName())),
        port.getGridAttr(), builder.getI64IntegerAttr(steps(backprop())),
        plastic.getLargestAttr());
    for (StringRef name : {spiking::incomingName, spiking::outgoingName})
      if (Attribute sums = rule->getAttr(name))
        op->setAttr(name, sums);
    if (StringAttr moves = spiking::getRewire(rule))
      op->setAttr(spiking::rewireName, moves);
    op.getBody().emplaceBlock();
    bool hasPre = false;
    for (auto handler : rule.getBody().getOps<spiking::OnEventOp>()) {
      hasPre |= handler.getEvent() == spiking::Event::Pre;
      convertHandler(handler.getEvent(), handler);
    }
    if (!hasPre) // The weight is sent as it is.
      convertHandler(spiking::Event::Pre, {});
    return success();
  }

private:
  struct Read {
    std::string name;    // "pre.x", "V"
    SymbolRefAttr field; // @"E:pre"::@x
  };

  /// As the scientist calls it: instances are "projection:rule".
  StringRef ruleName() {
    return rule.getSymName().substr(rule.getSymName().rfind(':') + 1);
  }
  double backprop() {
    return plastic.getBackprop() ? plastic.getBackprop()->convertToDouble() : 0;
  }
  int64_t steps(double time) {
    return static_cast<int64_t>(std::nearbyint(time / stepSize));
  }

  /// The population that a rule's name for a cell means.
  StringAttr populationOf(StringRef cell) {
    if (cell == "pre")
      return plastic.getPreAttr().getAttr();
    if (cell == "post")
      return plastic.getPostAttr().getAttr();
    for (auto [modulator, given] :
         llvm::zip(rule.getBody().getOps<spiking::ModulatorOp>(),
                   plastic.getModulators().getAsRange<FlatSymbolRefAttr>()))
      if (modulator.getSymName() == cell)
        return given.getAttr();
    llvm_unreachable("verified: a cell that the rule names");
  }

  LogicalResult collectReads() {
    llvm::StringSet<> seen;
    WalkResult result = rule.walk([&](spiking::ReadOp read) {
      SymbolRefAttr variable = read.getVariable();
      bool isNested = !variable.getNestedReferences().empty();
      bool isHost = isa_and_nonnull<spiking::HostOp>(
          spiking::lookupVariable(read, variable));
      std::string name = spiking::getFlatName(variable);
      if ((!isNested && !isHost) || !seen.insert(name).second)
        return WalkResult::advance();
      StringAttr population = isHost
                                  ? target.getSource().getSymNameAttr()
                                  : populationOf(variable.getRootReference());
      FlatSymbolRefAttr leaf =
          FlatSymbolRefAttr::get(variable.getLeafReference());
      if (isHost && !isa_and_nonnull<spiking::StateOp>(
                        SymbolTable::lookupSymbolIn(target.getCell(), leaf))) {
        read.emitError() << "`" << name << "` of the target `"
                         << population.getValue()
                         << "` is no state: a rule that reads it cannot be "
                            "compiled by this version [E0706]";
        return WalkResult::interrupt();
      }
      reads.push_back({name, SymbolRefAttr::get(population, {leaf})});
      return WalkResult::advance();
    });
    return failure(result.wasInterrupted());
  }

  /// A handler as a function; without `source`, nothing happens but sending.
  void convertHandler(spiking::Event event, spiking::OnEventOp source) {
    Location loc = source ? source.getLoc() : rule.getLoc();
    OpBuilder builder(rule.getContext());
    builder.setInsertionPointToEnd(&op.getBody().front());
    Operation *kernel = nullptr;
    if (event == spiking::Event::Pre)
      kernel = sim::OnPreOp::create(builder, loc);
    else if (event == spiking::Event::Post)
      kernel = sim::OnPostOp::create(builder, loc);
    else
      kernel = sim::EveryOp::create(
          builder, loc, steps(source.getPeriod()->convertToDouble()));
    Block &body = kernel->getRegion(0).front();
    FloatType element = target.getElement();
    for (unsigned i = 0; i < op.getNumArguments(); ++i)
      body.addArgument(element, loc);
    builder.setInsertionPointToEnd(&body);

    Environment environment;
    ArgumentSource arguments;
    for (auto [i, name] : llvm::enumerate(states))
      environment[name] = body.getArgument(i);
    for (auto [i, read] : llvm::enumerate(reads))
      arguments.values[read.name] = body.getArgument(states.size() + i);
    Executor executor(builder, element, arguments);
    if (elapse)
      executor.run(elapse.getBody(), body.getArguments().take_back(),
                   environment);
    Value sent;
    if (source) {
      bool sends = false;
      source.walk([&](spiking::SendOp) { sends = true; });
      if (sends)
        environment[Executor::sentName] = arith::ConstantOp::create(
            builder, loc, builder.getFloatAttr(element, 0.0));
      executor.run(source.getBody(), {}, environment);
      bound(builder, environment);
      sent = sends ? environment[Executor::sentName] : Value();
    }
    SmallVector<Value> yielded;
    for (StringRef name : states)
      yielded.push_back(environment[name]);
    if (event == spiking::Event::Pre)
      yielded.push_back(sent ? sent : yielded.front());
    sim::YieldOp::create(builder, loc, yielded);
    spiking::simplify(kernel);
  }

  /// max(low, min(high, x)).
  void bound(OpBuilder &builder, Environment &environment) {
    for (auto bound : rule.getBody().getOps<spiking::BoundOp>()) {
      Location loc = bound.getLoc();
      Value &value = environment[bound.getState()];
      if (isa<BlockArgument>(value))
        continue; // has not changed
      auto limits = bound.getBounds().front().getTerminator()->getOperands();
      for (auto [limit, predicate] :
           {std::pair(limits[1], arith::CmpFPredicate::OGT),
            std::pair(limits[0], arith::CmpFPredicate::OLT)}) {
        Value number = arith::ConstantOp::create(
            builder, loc,
            builder.getFloatAttr(target.getElement(),
                                 *spiking::getConstantNumber(limit)));
        Value outside =
            arith::CmpFOp::create(builder, loc, predicate, value, number);
        value = arith::SelectOp::create(builder, loc, outside, number, value);
      }
    }
  }

  spiking::PlasticOp plastic;
  spiking::PlasticityOp rule;
  Memory &target;
  double stepSize;
  spiking::ElapseOp elapse;
  SmallVector<StringRef> states;
  SmallVector<Read> reads;
  sim::PlasticityOp op;
};

} // namespace

LogicalResult convertPlastic(spiking::PlasticOp plastic, spiking::PortOp port,
                             Memory &target, double stepSize,
                             OpBuilder &builder) {
  return RuleConverter(plastic, target, stepSize).convert(port, builder);
}

} // namespace snn
