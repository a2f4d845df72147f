//===- Network.cpp - What surrounds the populations -------------*- C++ -*-===//
//
// An experiment with its network becomes one `sim.model`: the populations with
// their kernels first, then what connects and drives them, then what is
// recorded and changed. Times become whole steps.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SpikingToSim/Network.h"

#include "compiler/Conversion/SpikingToSim/Kernels.h"
#include "compiler/Conversion/SpikingToSim/Plasticity.h"
#include "dialects/Spiking/Analysis/RuleReads.h"
#include "dialects/Spiking/IR/Geometry.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

#include <cmath>
#include <memory>

using namespace mlir;
using llvm::StringRef;

namespace snn {

namespace {

class ExperimentConverter {
public:
  ExperimentConverter(spiking::ExperimentOp experiment, OpBuilder &builder)
      : experiment(experiment), builder(builder),
        stepSize(experiment.getStep().convertToDouble()) {
    auto module = experiment->getParentOfType<ModuleOp>();
    network =
        SymbolTable(module).lookup<spiking::NetworkOp>(experiment.getNetwork());
    for (auto cell : module.getOps<spiking::NeuronOp>())
      cells[cell.getSymName()] = cell;
    reads.emplace(network);
  }

  LogicalResult convert() {
    model = sim::ModelOp::create(
        builder, experiment.getLoc(), experiment.getSymName(), stepSize,
        steps(experiment.getWarmup().convertToDouble()),
        steps(experiment.getDuration().convertToDouble()),
        experiment.getSeeds());
    for (auto population : network.getBody().getOps<spiking::PopulationOp>())
      if (failed(convertPopulation(population)))
        return failure();
    for (Operation &part : network.getBody().front())
      if (failed(convertPart(part)))
        return failure();
    // Deliveries may read constants, too, so that these are complete now.
    for (auto &[name, memory] : memories)
      buildInitialisation(*memory);
    for (Operation &part : experiment.getBody().front())
      if (failed(convertProtocol(part)))
        return failure();
    return success();
  }

private:
  OpBuilder atEnd() {
    OpBuilder end(experiment.getContext());
    end.setInsertionPointToEnd(&model.getBody().front());
    return end;
  }

  /// A time on the grid, in steps.
  int64_t steps(double time) {
    return static_cast<int64_t>(std::nearbyint(time / stepSize));
  }

  //===--------------------------------------------------------------------===//
  // Populations
  //===--------------------------------------------------------------------===//

  spiking::ProjectionOp projectionOf(spiking::PlasticOp plastic) {
    return cast<spiking::ProjectionOp>(
        SymbolTable::lookupSymbolIn(network, plastic.getProjectionAttr()));
  }

  bool isModulator(FlatSymbolRefAttr population) {
    return llvm::any_of(network.getBody().getOps<spiking::PlasticOp>(),
                        [&](spiking::PlasticOp plastic) {
                          return llvm::is_contained(plastic.getModulators(),
                                                    population);
                        });
  }

  spiking::Precision precisionOf(spiking::PopulationOp population,
                                 spiking::NeuronOp cell) {
    if (auto own = population.getPrecision())
      return *own;
    // What a rule reads has the precision of the synapses, the target's.
    FlatSymbolRefAttr self =
        FlatSymbolRefAttr::get(population.getSymNameAttr());
    for (auto plastic : network.getBody().getOps<spiking::PlasticOp>())
      if (plastic.getPreAttr() == self || plastic.getPostAttr() == self ||
          llvm::is_contained(plastic.getModulators(), self)) {
        if (isModulator(projectionOf(plastic).getTargetAttr()))
          continue; // Modulators may drive each other.
        auto neurons = cast<spiking::PopulationOp>(SymbolTable::lookupSymbolIn(
            network, projectionOf(plastic).getTargetAttr()));
        return precisionOf(neurons, cells.lookup(neurons.getModel()));
      }
    if (auto ofModel = cell.getPrecision())
      return *ofModel;
    return experiment.getPrecision();
  }

  LogicalResult convertPopulation(spiking::PopulationOp source) {
    StringRef name = source.getSymName();
    spiking::NeuronOp cell = cells.lookup(source.getModel());
    OpBuilder end = atEnd();
    auto population =
        sim::PopulationOp::create(end, source.getLoc(), name, source.getSize(),
                                  precisionOf(source, cell));
    if (source.getFollowed())
      population.setFollowed(*source.getFollowed());
    if (source.getFollowDelay())
      population.setFollowDelay(
          steps(source.getFollowDelay()->convertToDouble()));
    llvm::StringSet<> &changed = changedParameters[name];
    for (auto change : experiment.getBody().getOps<spiking::SetParameterOp>())
      if (change.getPopulation() == name)
        changed.insert(change.getParam().getLeafReference());

    auto memory = std::make_unique<Memory>(cell, source, population, changed);
    if (failed(memory->declare()))
      return failure();
    declareInputs(*memory);
    buildUpdate(*memory, fedPorts(name), reads->isReadAtArrivals(name),
                stepSize, experiment.getSchedule());
    buildFollow(*memory);
    buildObservers(*memory);
    memories[name] = std::move(memory);
    return success();
  }

  llvm::StringSet<> fedPorts(StringRef population) {
    llvm::StringSet<> fed;
    for (Operation &part : network.getBody().front()) {
      if (auto projection = dyn_cast<spiking::ProjectionOp>(part)) {
        if (projection.getTarget() == population)
          fed.insert(projection.getPort());
      } else if (auto drive = dyn_cast<spiking::DriveOp>(part)) {
        if (drive.getTarget() == population)
          fed.insert(drive.getPort());
      }
    }
    return fed;
  }

  /// Handlers of single spikes have memory alone to read from.
  static bool isReadByHandler(Memory &memory, spiking::InputOp input) {
    for (auto port : memory.getCell().getBody().getOps<spiking::PortOp>()) {
      if (port.getGrid())
        continue;
      WalkResult result = port.walk([&](spiking::ReadOp read) {
        return read.getVariable().getLeafReference() == input.getSymName()
                   ? WalkResult::interrupt()
                   : WalkResult::advance();
      });
      if (result.wasInterrupted())
        return true;
    }
    return false;
  }

  /// One number serves the whole population where every stimulus does.
  void declareInputs(Memory &memory) {
    StringRef population = memory.getSource().getSymName();
    llvm::StringSet<> fed = fedPorts(population), coupled;
    for (auto couple : memory.getCell().getBody().getOps<spiking::CoupleOp>())
      for (auto sum : couple.getSums().getAsRange<FlatSymbolRefAttr>())
        if (fed.contains(couple.getSymName()))
          coupled.insert(sum.getValue());
    for (auto input : memory.getCell().getBody().getOps<spiking::InputOp>()) {
      bool isCoupled = coupled.contains(input.getSymName());
      bool perNeuron = isCoupled || isReadByHandler(memory, input);
      for (auto stimulus : network.getBody().getOps<spiking::StimulusOp>())
        if (stimulus.getTarget() == population &&
            stimulus.getInput() == input.getSymName())
          perNeuron |=
              stimulus.getNoise() || !coversAll(stimulus.getTargetSliceAttr(),
                                                memory.getSource().getSize());
      bool observed =
          llvm::any_of(experiment.getBody().getOps<spiking::RecordStateOp>(),
                       [&](spiking::RecordStateOp record) {
                         return record.getPopulation() == population &&
                                record.getVariable().getLeafReference() ==
                                    input.getSymName();
                       });
      memory.addInput(input, perNeuron, isCoupled, observed);
    }
  }

  static bool coversAll(spiking::SliceAttr slice, int64_t size) {
    return !slice || slice.getCount() == size;
  }

  /// Observers of what is recorded and is no state.
  void buildObservers(Memory &memory) {
    SmallVector<spiking::LetOp> lets;
    SmallVector<spiking::InputOp> inputs;
    llvm::StringSet<> seen;
    for (auto record : experiment.getBody().getOps<spiking::RecordStateOp>()) {
      StringRef variable = record.getVariable().getLeafReference();
      if (record.getPopulation() != memory.getSource().getSymName() ||
          !seen.insert(variable).second)
        continue;
      Operation *declaration =
          SymbolTable::lookupSymbolIn(memory.getCell(), variable);
      if (auto let = dyn_cast_or_null<spiking::LetOp>(declaration))
        lets.push_back(let);
      else if (auto input = dyn_cast_or_null<spiking::InputOp>(declaration))
        inputs.push_back(input);
    }
    buildObserve(memory, lets, inputs);
  }

  //===--------------------------------------------------------------------===//
  // The network
  //===--------------------------------------------------------------------===//

  /// Copies a function of time.
  void copyFunction(Region &from, Region &to) {
    OpBuilder inside(experiment.getContext());
    inside.setInsertionPointToEnd(&to.front());
    struct TimeSource : ValueSource {
      TimeSource(OpBuilder &builder, double stepSize)
          : builder(builder), size(stepSize) {}
      Value read(Location, StringRef) override { return {}; }
      Value entry(spiking::EntryOp) override { return {}; }
      Value stepSize(Location loc) override {
        return arith::ConstantOp::create(builder, loc,
                                         builder.getF64FloatAttr(size));
      }
      OpBuilder &builder;
      double size;
    } source(inside, stepSize);
    Environment none;
    Executor executor(inside, inside.getF64Type(), source);
    SmallVector<Value> yielded = executor.run(from, to.getArguments(), none);
    sim::YieldOp::create(inside, from.getLoc(), yielded);
  }

  LogicalResult convertPart(Operation &part) {
    OpBuilder end = atEnd();
    if (auto source = dyn_cast<spiking::PoissonSourceOp>(part)) {
      auto op = sim::PoissonSourceOp::create(
          end, part.getLoc(), source.getSymName(), source.getSize());
      copyFunction(source.getRate(), op.getRate());
    } else if (auto source = dyn_cast<spiking::TrainSourceOp>(part)) {
      sim::TrainSourceOp::create(end, part.getLoc(), source.getSymName(),
                                 source.getSize(), source.getSteps(),
                                 source.getIds());
    } else if (auto source = dyn_cast<spiking::ConditionSourceOp>(part)) {
      auto steps = [&](const APFloat &time) {
        return static_cast<int64_t>(
            std::nearbyint(time.convertToDouble() / stepSize));
      };
      bool isPair = source.getBefore().has_value();
      sim::ConditionSourceOp::create(
          end, part.getLoc(), source.getSymName(), source.getSize(),
          source.getSpikes(), source.getSpikesSliceAttr(),
          isPair ? steps(*source.getWindow()) : 0,
          isPair ? *source.getBefore() : source.getSpikes(),
          isPair ? source.getBeforeSliceAttr() : source.getSpikesSliceAttr(),
          source.getDelay(), steps(source.getLongest()));
    } else if (auto projection = dyn_cast<spiking::ProjectionOp>(part)) {
      convertProjection(projection);
    } else if (auto plastic = dyn_cast<spiking::PlasticOp>(part)) {
      return convertPlasticity(plastic);
    } else if (auto drive = dyn_cast<spiking::DriveOp>(part)) {
      return convertDrive(drive);
    } else if (auto stimulus = dyn_cast<spiking::StimulusOp>(part)) {
      auto op = sim::StimulusOp::create(
          end, part.getLoc(), stimulus.getSymName(), stimulus.getTarget(),
          stimulus.getTargetSliceAttr(),
          memories[stimulus.getTarget()]->inputName(stimulus.getInput()),
          stimulus.getNoise());
      copyFunction(stimulus.getValue(), op.getValue());
    }
    return success();
  }

  spiking::PortOp findPort(Memory &memory, StringRef name) {
    return cast<spiking::PortOp>(
        SymbolTable::lookupSymbolIn(memory.getCell(), name));
  }

  void convertProjection(spiking::ProjectionOp projection) {
    Memory &memory = *memories[projection.getTarget()];
    Operation *place =
        SymbolTable::lookupSymbolIn(memory.getCell(), projection.getPort());
    auto port = dyn_cast<spiking::PortOp>(place);
    OpBuilder end = atEnd();
    Type weight = memory.getElement();
    if (port && port.getGrid())
      weight = end.getIntegerType(port.getWide() ? 64 : 32);
    auto op = sim::ProjectionOp::create(
        end, projection.getLoc(), projection.getSymName(),
        projection.getSource(), projection.getSourceSliceAttr(),
        projection.getTarget(), projection.getTargetSliceAttr(),
        projection.getRule(), projection.getWeight(), projection.getDelay(),
        projection.getDendriticDelayAttr(),
        port ? port.getGridAttr() : FloatAttr(),
        projection.getStorage().value_or(spiking::Storage::Stored), weight);
    if (Attribute geometry =
            projection->getAttr(spiking::Geometry::AttributeName))
      op->setAttr(spiking::Geometry::AttributeName, geometry);
    if (auto couple = dyn_cast<spiking::CoupleOp>(place))
      return buildCoupling(memory, couple, projection.getSymName(), end);
    if (!port.getGrid()) {
      buildDelivery(memory, port, op.getDeliver());
      return;
    }
    end.setInsertionPointToEnd(&op.getDeliver().front());
    sim::AddOp::create(end, projection.getLoc(), sumName(projection.getPort()),
                       op.getDeliver().getArgument(0));
  }

  LogicalResult convertPlasticity(spiking::PlasticOp plastic) {
    spiking::ProjectionOp projection = projectionOf(plastic);
    Memory &memory = *memories[projection.getTarget()];
    spiking::PortOp port = findPort(memory, projection.getPort());
    if (!port.getGrid())
      return plastic.emitError()
             << "plastic synapses need a port that only adds, but `"
             << projection.getPort() << "` of `" << projection.getTarget()
             << "` does more";
    OpBuilder end = atEnd();
    return convertPlastic(plastic, port, memory, stepSize, end);
  }

  LogicalResult convertDrive(spiking::DriveOp drive) {
    Memory &memory = *memories[drive.getTarget()];
    spiking::PortOp port = findPort(memory, drive.getPort());
    if (!port.getGrid())
      return drive.emitError()
             << "a Poisson drive needs a port that only adds, but `"
             << drive.getPort() << "` of `" << drive.getTarget()
             << "` does more; use a Poisson source and a projection instead";
    OpBuilder end = atEnd();
    auto op = sim::DriveOp::create(
        end, drive.getLoc(), drive.getSymName(), drive.getTarget(),
        drive.getTargetSliceAttr(), sumName(drive.getPort()), drive.getWeight(),
        port.getGridAttr());
    copyFunction(drive.getRate(), op.getRate());
    return success();
  }

  //===--------------------------------------------------------------------===//
  // Records and changes
  //===--------------------------------------------------------------------===//

  LogicalResult convertProtocol(Operation &part) {
    OpBuilder end = atEnd();
    Location loc = part.getLoc();
    auto name = [&](StringRef symbol) {
      return FlatSymbolRefAttr::get(end.getContext(), symbol);
    };
    if (auto record = dyn_cast<spiking::RecordSpikesOp>(part)) {
      sim::RecordSpikesOp::create(end, loc, record.getPopulationAttr(),
                                  record.getSliceAttr());
    } else if (auto record = dyn_cast<spiking::RecordStateOp>(part)) {
      StringRef variable = record.getVariable().getLeafReference();
      int64_t every = steps(record.getEvery().convertToDouble());
      Memory &memory = *memories[record.getPopulation()];
      Operation *declaration =
          SymbolTable::lookupSymbolIn(memory.getCell(), variable);
      if (!isa_and_nonnull<spiking::StateOp, spiking::LetOp, spiking::InputOp>(
              declaration))
        return record.emitError()
               << "`" << variable << "` of `" << record.getPopulation()
               << "` is neither a state, a let nor an input";
      sim::RecordFieldOp::create(
          end, loc, name(variable), record.getPopulationAttr(),
          record.getSliceAttr(), end.getI64IntegerAttr(every),
          end.getI64IntegerAttr(model.getWarmup() + every));
    } else if (auto record = dyn_cast<spiking::RecordSynapsesOp>(part)) {
      int64_t every = steps(record.getEvery().convertToDouble());
      sim::RecordSynapsesOp::create(
          end, loc, record.getStateAttr(), record.getProjectionAttr(),
          end.getI64IntegerAttr(every),
          end.getI64IntegerAttr(model.getWarmup() + every));
    } else if (auto change = dyn_cast<spiking::SetPlasticityOp>(part)) {
      sim::SetPlasticityOp::create(
          end, loc, change.getFrozenAttr(), change.getProjectionAttr(),
          end.getI64IntegerAttr(steps(change.getTime().convertToDouble())));
    } else if (auto change = dyn_cast<spiking::SetParameterOp>(part)) {
      sim::SetParameterOp::create(
          end, loc, name(change.getParam().getLeafReference()),
          change.getPopulationAttr(), change.getValueAttr(),
          end.getI64IntegerAttr(steps(change.getTime().convertToDouble())));
    } else if (auto reset = dyn_cast<spiking::ResetStateOp>(part)) {
      sim::ResetStateOp::create(
          end, loc, reset.getPopulationAttr(),
          end.getI64IntegerAttr(steps(reset.getTime().convertToDouble())));
    }
    return success();
  }

  spiking::ExperimentOp experiment;
  OpBuilder &builder;
  double stepSize;
  spiking::NetworkOp network;
  std::optional<spiking::RuleReads> reads;
  sim::ModelOp model;
  llvm::StringMap<spiking::NeuronOp> cells;
  llvm::StringMap<llvm::StringSet<>> changedParameters;
  llvm::MapVector<StringRef, std::unique_ptr<Memory>> memories;
};

} // namespace

LogicalResult convertExperiment(spiking::ExperimentOp experiment,
                                OpBuilder &builder) {
  return ExperimentConverter(experiment, builder).convert();
}

} // namespace snn
