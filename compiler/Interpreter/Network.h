//===- Network.h - A network that runs --------------------------*- C++ -*-===//
//
// The cells, the synapses between them, and spikes under way.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_INTERPRETER_NETWORK_H
#define SNN_COMPILER_INTERPRETER_NETWORK_H

#include "compiler/Interpreter/Synapses.h"

#include "llvm/ADT/MapVector.h"

namespace snn::interpreter {

/// Synapses of one source and delay, on their way since a spike.
struct Arrival {
  unsigned projection;
  uint32_t source;
  uint64_t emitted;
  llvm::ArrayRef<Edge> edges;
};

struct Projection {
  spiking::ProjectionOp op;
  Cell *target;
  unsigned port;
  std::vector<Edge> edges;            // by source, then delay, of fixed weights
  std::unique_ptr<Synapses> synapses; // if they change
};

/// The synapses of a projection that acts by states.
struct Coupled {
  Cell *target, *source;
  const Cell::Coupling *coupling;
  std::vector<unsigned> states; // slots of the source
  std::vector<Edge> edges;      // by target, then source, then place
};

class Network {
public:
  explicit Network(spiking::ExperimentOp experiment)
      : experiment(experiment),
        network(mlir::cast<spiking::NetworkOp>(spiking::lookupGlobal(
            experiment, experiment.getNetworkAttr().getAttr()))) {
    run.step = experiment.getStep().convertToDouble();
    llvm::ArrayRef<int64_t> seeds = experiment.getSeeds();
    run.seeds = {static_cast<uint64_t>(seeds[0]),
                 static_cast<uint64_t>(seeds[1]),
                 static_cast<uint64_t>(seeds[2])};
    run.precision = experiment.getPrecision();
    run.schedule = experiment.getSchedule();
  }

  mlir::FailureOr<Result> interpret();

private:
  mlir::LogicalResult build();
  mlir::LogicalResult buildProjection(spiking::ProjectionOp op);
  /// Whether the projection is one.
  mlir::FailureOr<bool> buildCoupling(spiking::ProjectionOp op);
  void couple();
  spiking::PlasticOp findPlastic(spiking::ProjectionOp projection);
  std::unique_ptr<Synapses> makeSynapses(spiking::PlasticOp op,
                                         const Projection &projection);
  snn_slice slice(mlir::FlatSymbolRefAttr population, spiking::SliceAttr slice);
  mlir::FailureOr<unsigned> findPort(mlir::Operation *op, Cell &cell,
                                     llvm::StringRef port);
  mlir::LogicalResult doStep();
  void beginStep();
  void stimulate();
  mlir::LogicalResult deliver();
  mlir::LogicalResult drive();
  mlir::LogicalResult fireSources(uint64_t stamp);
  mlir::LogicalResult fireCondition(spiking::ConditionSourceOp source,
                                    uint64_t stamp);
  mlir::LogicalResult change();
  void emit(mlir::Operation *population, uint32_t neuron, uint64_t stamp);
  void sample();
  void add(Cell &cell, unsigned port, size_t neuron, double weight,
           int64_t multiplicity = 1);
  void addSent(Projection &projection, const Sent &sent);
  mlir::LogicalResult changeSynapses(uint64_t stamp);
  double evaluate(mlir::Region &function, double time);
  double time(uint64_t step) const {
    return static_cast<double>(step) * run.step;
  }
  uint64_t inSteps(const llvm::APFloat &ms) const { return run.inSteps(ms); }

  spiking::ExperimentOp experiment;
  spiking::NetworkOp network;
  Run run;
  Functions functions;
  Result result;
  uint64_t now = 0;
  llvm::MapVector<mlir::StringAttr, std::unique_ptr<Cell>> cells;
  llvm::MapVector<mlir::StringAttr, std::unique_ptr<Followers>> followers;
  llvm::DenseMap<mlir::StringAttr, uint32_t> indices;
  std::vector<Projection> projections;
  std::vector<Coupled> couplings;
  std::map<uint64_t, std::vector<Arrival>> underWay;
  /// Of each condition, when the spike before was, and how often it is due.
  struct Waiting {
    std::optional<uint64_t> before;
    std::map<uint64_t, unsigned> due;
  };
  std::map<mlir::Operation *, Waiting> waiting;
  // Port sums on their grids, by cell and port, one a neuron.
  std::map<std::pair<Cell *, unsigned>, std::vector<int64_t>> sums;
};

} // namespace snn::interpreter

#endif // SNN_COMPILER_INTERPRETER_NETWORK_H
