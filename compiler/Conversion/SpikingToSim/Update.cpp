//===- Update.cpp - One step of a population --------------------*- C++ -*-===//
//
// In the normative order: integrate to t + h, add what arrived at t + h, test
// the threshold, reset. A neuron that fired at t and is refractory for k steps
// is held in the steps that end at t + h, ..., t + k h: a countdown of k, and a
// threshold that is tested only where the countdown has run out.
//
// The schedule `brian2` tests before it adds, and holds one step less.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SpikingToSim/Kernels.h"

#include "dialects/Spiking/Analysis/LinearForm.h"
#include "dialects/Spiking/IR/Quiescence.h"
#include "dialects/Spiking/Transforms/Simplify.h"
#include "dialects/Spiking/Transforms/Solvers/System.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

#include <cmath>

using namespace mlir;
using llvm::StringRef;

namespace snn {

namespace {

constexpr llvm::StringLiteral testedName = "threshold:tested";

class UpdateBuilder {
public:
  UpdateBuilder(Memory &memory, const llvm::StringSet<> &fedPorts,
                bool readAtArrivals, double stepSize,
                spiking::Schedule schedule)
      : memory(memory), cell(memory.getCell()), fedPorts(fedPorts),
        readAtArrivals(readAtArrivals), stepSize(stepSize),
        brian2(schedule == spiking::Schedule::Brian2),
        builder(cell.getContext()), source(builder, memory) {}

  void build() {
    if (integratesFirst())
      buildIntegration();
    auto update = start<sim::UpdateOp>();
    loadStates();
    if (integratesFirst())
      current = atBegin;
    else
      integrate();
    if (brian2) {
      testThreshold();
      addArrivals();
    } else {
      addArrivals();
      testThreshold();
    }
    reset();
    putToRest();
    storeStates();
    sim::EmitOp::create(builder, cell.getLoc(), fired);
    spiking::simplify(update);
  }

private:
  template <typename KernelT>
  KernelT start() {
    OpBuilder place(cell.getContext());
    place.setInsertionPointToEnd(&memory.getPopulation().getBody().front());
    auto kernel = KernelT::create(place, cell.getLoc());
    builder.setInsertionPointToEnd(&kernel.getBody().front());
    return kernel;
  }

  /// Some port does more than add: its handler acts on the state at t + h. Or a
  /// rule of plasticity reads that state.
  bool integratesFirst() {
    return readAtArrivals ||
           llvm::any_of(cell.getBody().getOps<spiking::PortOp>(),
                        [&](spiking::PortOp port) {
                          return !port.getGrid() &&
                                 fedPorts.contains(port.getSymName());
                        });
  }

  /// The kernel before the handlers, which leaves for `update` what the
  /// threshold needs of the state before them.
  void buildIntegration() {
    auto kernel = start<sim::IntegrateOp>();
    loadStates();
    integrate();
    auto thresholds = cell.getBody().getOps<spiking::ThresholdOp>();
    if (!thresholds.empty() && (brian2 || (*thresholds.begin()).getRising())) {
      Location loc = (*thresholds.begin()).getLoc();
      if (brian2)
        testThreshold();
      else
        fired = run((*thresholds.begin()).getCondition(), atBegin).front();
      memory.addField(loc, testedName, memory.getElement(), sim::Role::Observer,
                      "1");
      auto number = [&](double value) -> Value {
        return arith::ConstantOp::create(
            builder, loc, builder.getFloatAttr(memory.getElement(), value));
      };
      sim::StoreOp::create(builder, loc, testedName,
                           select(loc, fired, number(1.0), number(0.0)));
      tested = true;
    }
    storeStates();
    spiking::simplify(kernel);
  }

  /// What the integrating kernel found.
  Value loadTested(Location loc) {
    Value number =
        sim::LoadOp::create(builder, loc, memory.getElement(), testedName);
    Value zero = arith::ConstantOp::create(
        builder, loc, builder.getFloatAttr(memory.getElement(), 0.0));
    return arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::UNE,
                                 number, zero);
  }

  SmallVector<Value> run(Region &region, Environment &environment,
                         ValueRange arguments = {}) {
    Executor executor(builder, memory.getElement(), source);
    return executor.run(region, arguments, environment);
  }

  Value select(Location loc, Value condition, Value whenTrue, Value whenFalse) {
    if (whenTrue == whenFalse)
      return whenTrue;
    return arith::SelectOp::create(builder, loc, condition, whenTrue,
                                   whenFalse);
  }

  Value integer(Location loc, int32_t value) {
    return arith::ConstantOp::create(builder, loc,
                                     builder.getI32IntegerAttr(value));
  }

  void loadStates() {
    for (auto state : cell.getBody().getOps<spiking::StateOp>())
      atBegin[state.getSymName()] = sim::LoadOp::create(
          builder, state.getLoc(), memory.getElement(), state.getSymName());
    cell.walk([&](spiking::RefractoryOp op) { refractory = op; });
    if (!refractory)
      return;
    Location loc = refractory.getLoc();
    if (!countdown)
      memory.addField(loc, countdownName, builder.getI32Type(),
                      sim::Role::Countdown, "1");
    heldStates = spiking::findHeldStates(cell);
    countdown =
        sim::LoadOp::create(builder, loc, builder.getI32Type(), countdownName);
    held = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::sgt,
                                 countdown, integer(loc, 0));
  }

  void integrate() {
    spiking::StepOp free, whileHeld;
    for (auto step : cell.getBody().getOps<spiking::StepOp>())
      (step.getHeld() ? whileHeld : free) = step;
    current = atBegin;
    if (free)
      run(free.getBody(), current);
    if (heldStates.empty())
      return;
    Environment kept = whileHeld ? atBegin : current;
    if (whileHeld)
      run(whileHeld.getBody(), kept);
    for (auto &[name, value] : current)
      value =
          select(refractory.getLoc(), held,
                 heldStates.contains(name) ? atBegin[name] : kept[name], value);
  }

  void addArrivals() {
    for (auto port : cell.getBody().getOps<spiking::PortOp>()) {
      if (!port.getGrid() || !fedPorts.contains(port.getSymName()))
        continue;
      std::string sum = sumName(port.getSymName());
      Type integer = builder.getIntegerType(port.getWide() ? 64 : 32);
      memory.addField(port.getLoc(), sum, integer, sim::Role::Sum,
                      port.getUnit(), {}, port.getGridAttr());
      Value arrived =
          sim::TakeOp::create(builder, port.getLoc(), memory.getElement(), sum);
      arrivals.push_back(arrived);
      Environment after = current;
      run(port.getBody(), after, arrived);
      bool lost = refractory && !refractory.getKeepingInput();
      for (auto &[name, value] : current)
        value = lost && heldStates.contains(name)
                    ? select(port.getLoc(), held, value, after[name])
                    : after[name];
    }
  }

  void testThreshold() {
    Location loc = cell.getLoc();
    auto thresholds = cell.getBody().getOps<spiking::ThresholdOp>();
    if (thresholds.empty()) {
      fired =
          arith::ConstantOp::create(builder, loc, builder.getBoolAttr(false));
      return;
    }
    spiking::ThresholdOp threshold = *thresholds.begin();
    loc = threshold.getLoc();
    auto test = [&](Environment &environment) {
      return run(threshold.getCondition(), environment).front();
    };
    auto andNot = [&](Value left, Value right) {
      Value yes =
          arith::ConstantOp::create(builder, loc, builder.getBoolAttr(true));
      Value no = arith::XOrIOp::create(builder, loc, right, yes);
      return arith::AndIOp::create(builder, loc, left, no);
    };
    if (brian2 && tested) {
      fired = loadTested(loc);
      return;
    }
    fired = test(current);
    // A crossing: the condition did not hold at the last grid point.
    if (threshold.getRising())
      fired = andNot(fired, tested ? loadTested(loc) : test(atBegin));
    if (held)
      fired = andNot(fired, held);
  }

  void reset() {
    auto resets = cell.getBody().getOps<spiking::ResetOp>();
    if (resets.empty())
      return;
    spiking::ResetOp reset = *resets.begin();
    Environment after = current;
    Executor executor(builder, memory.getElement(), source);
    executor.run(reset.getBody(), {}, after);
    for (auto &[name, value] : current)
      value = select(reset.getLoc(), fired, after[name], value);
    if (!refractory)
      return;
    Location loc = refractory.getLoc();
    Value steps = countSteps(executor.getRefractoryDuration());
    Value one = integer(loc, 1), zero = integer(loc, 0);
    Value less = arith::SubIOp::create(builder, loc, countdown, one);
    Value counted = arith::SelectOp::create(builder, loc, held, less, zero);
    Value next = arith::SelectOp::create(builder, loc, fired, steps, counted);
    sim::StoreOp::create(builder, loc, countdownName, next);
  }

  /// Where nothing has arrived, the neuron neither fires nor is refractory, and
  /// every state is near its rest, the states are set to it.
  void putToRest() {
    if (!spiking::isPutToRest(memory.getSource()))
      return;
    Location loc = cell.getLoc();
    auto number = [&](double value) -> Value {
      return arith::ConstantOp::create(
          builder, loc, builder.getFloatAttr(memory.getElement(), value));
    };
    Value awake = fired;
    if (held)
      awake = arith::OrIOp::create(builder, loc, awake, held);
    for (Value arrived : arrivals) {
      Value any = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::UNE,
                                        arrived, number(0.0));
      awake = arith::OrIOp::create(builder, loc, awake, any);
    }
    Environment resting;
    for (const auto &[name, tolerance] :
         spiking::getTolerances(memory.getSource())) {
      auto state =
          cast<spiking::StateOp>(SymbolTable::lookupSymbolIn(cell, name));
      Value rest = memory.getRest(builder, state, tolerance);
      Value away = math::AbsFOp::create(
          builder, loc,
          arith::SubFOp::create(builder, loc, current[name], rest));
      Value isFar = arith::CmpFOp::create(
          builder, loc, arith::CmpFPredicate::UGT, away, number(tolerance));
      awake = arith::OrIOp::create(builder, loc, awake, isFar);
      resting[name] = rest;
    }
    for (auto &[name, value] : current)
      value = select(loc, awake, value, resting[name]);
  }

  /// The refractory time in whole steps, half-even.
  Value countSteps(Value duration) {
    Location loc = refractory.getLoc();
    Value steps;
    if (auto number = spiking::getConstantNumber(refractory.getDuration())) {
      double count = std::nearbyint(*number / stepSize);
      return integer(loc, std::max(0, static_cast<int32_t>(count) - brian2));
    }
    auto read = refractory.getDuration().getDefiningOp<spiking::ReadOp>();
    if (read && !atBegin.contains(spiking::getReadName(read))) {
      StringRef name = spiking::getReadName(read);
      Derived derived = memory.describeVariable(name);
      derived.kind = Derived::Steps;
      derived.unit = "1";
      steps = memory.get(builder, loc, derived, (name + ":steps").str());
    } else {
      // A duration that changes from spike to spike.
      Value ratio =
          arith::DivFOp::create(builder, loc, duration, source.stepSize(loc));
      steps = math::RoundEvenOp::create(builder, loc, ratio);
    }
    Value whole =
        arith::FPToSIOp::create(builder, loc, builder.getI32Type(), steps);
    if (!brian2)
      return whole;
    Value less = arith::SubIOp::create(builder, loc, whole, integer(loc, 1));
    return arith::MaxSIOp::create(builder, loc, less, integer(loc, 0));
  }

  void storeStates() {
    for (auto &[name, value] : current)
      if (value != atBegin[name])
        sim::StoreOp::create(builder, value.getLoc(), name, value);
  }

  Memory &memory;
  spiking::NeuronOp cell;
  const llvm::StringSet<> &fedPorts;
  bool readAtArrivals;
  double stepSize;
  bool brian2;
  OpBuilder builder;
  StepSource source;
  Environment atBegin, current;
  spiking::RefractoryOp refractory;
  llvm::StringSet<> heldStates;
  Value countdown, held, fired;
  SmallVector<Value> arrivals;
  bool tested = false;
};

} // namespace

void buildUpdate(Memory &memory, const llvm::StringSet<> &fedPorts,
                 bool readAtArrivals, double stepSize,
                 spiking::Schedule schedule) {
  UpdateBuilder(memory, fedPorts, readAtArrivals, stepSize, schedule).build();
}

} // namespace snn
