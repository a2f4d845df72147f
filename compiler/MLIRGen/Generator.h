//===- Generator.h - State shared by the parts of MLIRGen -------*- C++ -*-===//
//
// One generator emits one experiment; its parts are written by topic in
// Models.cpp, Networks.cpp and Experiments.cpp.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_MLIRGEN_GENERATOR_H
#define SNN_COMPILER_MLIRGEN_GENERATOR_H

#include "compiler/MLIRGen/Expressions.h"

#include "dialects/Spiking/IR/Ops.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace snn::mlirgen {

class Generator {
public:
  Generator(mlir::MLIRContext &context, const lang::checked::Program &program,
            const lang::checked::Experiment &experiment,
            const lang::SourceMap &sources)
      : builder(&context), loc(&context, sources), program(program),
        experiment(experiment), network(experiment.network) {}

  mlir::OwningOpRef<mlir::ModuleOp> run();

private:
  // Models.cpp
  void emitSums(const lang::checked::SynapseModel &synapse, Names names);
  void emitSynapse(const lang::checked::SynapseModel &synapse);
  void emitNeuron(const lang::checked::NeuronModel &neuron);
  void emitReceptor(const lang::checked::NeuronModel &neuron,
                    const lang::checked::Receptor &receptor, Names names);
  void emitDynamics(const lang::checked::Dynamics &dynamics, Names names);
  void emitPort(const lang::checked::Port &port, mlir::Region &body,
                Names names);
  void emitSpikeRule(const lang::checked::SpikeRule &rule, Names names);
  spiking::SolverAttr solverOf(const lang::checked::Dynamics &dynamics);

  // Networks.cpp
  mlir::LogicalResult emitNetwork();
  mlir::LogicalResult emitPopulation(const lang::checked::Population &pop);
  mlir::LogicalResult emitTrains(const lang::checked::Population &pop);
  mlir::LogicalResult emitCondition(const lang::checked::Population &pop);
  mlir::LogicalResult
  emitProjection(const lang::checked::Projection &projection);
  mlir::LogicalResult emitDrive(const lang::checked::Drive &drive);
  void emitStimulus(const lang::checked::Stimulus &stimulus);
  mlir::FailureOr<spiking::ValueAttr>
  valueOf(const lang::checked::Value &value);
  mlir::FailureOr<spiking::RuleAttr> ruleOf(const lang::checked::Rule &rule);
  mlir::FlatSymbolRefAttr functionOf(const lang::checked::ExprRef &expr);
  void emitGeometry(const lang::checked::Projection &projection,
                    spiking::ProjectionOp op);
  spiking::SliceAttr sliceOf(const lang::checked::Slice &slice);
  mlir::StringRef portName(const lang::checked::Slice &target,
                           lang::checked::PortRef port);

  // Plasticity.cpp
  using Home = lang::checked::PlasticityModel::Home;
  mlir::LogicalResult
  emitPlasticity(const lang::checked::PlasticityModel &rule);
  void emitRuleDynamics(const lang::checked::PlasticityModel &rule,
                        Names names);
  void emitFollower(const lang::checked::PlasticityModel &rule, Home home);
  void emitEvent(const lang::checked::PlasticityHandler &handler, Names names);
  void emitHandler(const std::vector<lang::checked::Statement> &statements,
                   mlir::Region &body, Names names);
  void emitPlastic(const lang::checked::Projection &projection);
  spiking::PopulationOp
  emitFollowers(const lang::checked::Projection &projection, Home home,
                mlir::ArrayRef<mlir::NamedAttribute> params);

  // Experiments.cpp
  void emitExperiment();
  void emitRecord(const lang::checked::Record &record);
  void emitChange(const lang::checked::Change &change);

  /// Emits `expr` and its spiking.yield into a new block of `region`.
  void yieldExpression(mlir::Region &region, const lang::checked::Expr &expr,
                       Names names);
  /// The same with a block argument for the time t.
  void yieldTimeFunction(mlir::Region &region, const lang::checked::Expr &expr);
  /// A new block of `region` with insertion at its end while `fill` runs.
  void inBlock(mlir::Region &region, llvm::function_ref<void()> fill);
  mlir::FlatSymbolRefAttr symbol(llvm::StringRef name) {
    return mlir::FlatSymbolRefAttr::get(builder.getContext(), name);
  }
  const lang::checked::NeuronModel &modelOf(unsigned population) const {
    return program.neurons[network.populations[population].model];
  }

  mlir::OpBuilder builder;
  Locations loc;
  const lang::checked::Program &program;
  const lang::checked::Experiment &experiment;
  const lang::checked::Network &network;
  std::vector<mlir::func::FuncOp> placeFunctions;
};

} // namespace snn::mlirgen

#endif // SNN_COMPILER_MLIRGEN_GENERATOR_H
