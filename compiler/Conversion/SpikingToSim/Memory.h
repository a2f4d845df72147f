//===- Memory.h - Constants, fields, inputs of a population -----*- C++ -*-===//
//
// Declares what the kernels of a population turn out to need, and knows for
// each parameter whether it is one number or differs between neurons; what is
// derived from one that differs does, too.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_CONVERSION_SPIKINGTOSIM_MEMORY_H
#define SNN_COMPILER_CONVERSION_SPIKINGTOSIM_MEMORY_H

#include "compiler/Conversion/SpikingToSim/Executor.h"
#include "dialects/Sim/IR/Ops.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringSet.h"

namespace snn {

/// Names of memory that is no variable of the model have a colon, which no name
/// of the language has.
std::string sumName(llvm::StringRef port);
inline constexpr llvm::StringLiteral countdownName = "refractory:countdown";

/// A number derived from parameters that a kernel reads.
struct Derived {
  enum Kind {
    Variable, // a parameter or spiking.derived
    Entry,    // of a propagator
    StepSize, // h
    Steps,    // a variable of time, in whole steps
  };
  Kind kind;
  std::string source = {};
  int64_t row = 0, column = 0;
  std::string unit = "1";
  bool perNeuron = false;
};

class Memory {
public:
  Memory(spiking::NeuronOp cell, spiking::PopulationOp source,
         sim::PopulationOp population,
         const llvm::StringSet<> &changedParameters);

  spiking::NeuronOp getCell() const { return cell; }
  spiking::PopulationOp getSource() const { return source; }
  sim::PopulationOp getPopulation() const { return population; }
  mlir::FloatType getElement() { return population.getElementType(); }

  /// Parameters, inputs and states; fails where a parameter has no value.
  mlir::LogicalResult declare();

  /// A parameter that the engine knows, as opposed to one that is computed
  /// from others by its default.
  bool isGiven(spiking::ParamOp param);

  /// The value in a kernel that steps or observes.
  mlir::Value get(mlir::OpBuilder &builder, mlir::Location loc,
                  const Derived &derived, llvm::StringRef name);
  /// Where a state rests, which is declared here.
  mlir::Value getRest(mlir::OpBuilder &builder, spiking::StateOp state,
                      double tolerance);
  Derived describeVariable(llvm::StringRef name);
  Derived describeEntry(spiking::EntryOp entry);
  /// Whether the value of a region differs between neurons.
  bool differs(mlir::Region &region);

  const llvm::MapVector<mlir::StringAttr, Derived> &getDerived() const {
    return derived;
  }

  void removeDerivedIf(llvm::function_ref<bool(llvm::StringRef)> unused);

  /// A builder that declares memory, in order, before the kernels.
  mlir::OpBuilder declarations();
  void addField(mlir::Location loc, llvm::StringRef name, mlir::Type type,
                sim::Role role, llvm::StringRef unit,
                spiking::ValueAttr initial = {}, mlir::FloatAttr grid = {});
  /// An observed input has its name in results; the sum itself another one.
  void addInput(spiking::InputOp input, bool perNeuron, bool coupled,
                bool observed);
  llvm::StringRef inputName(llvm::StringRef input) { return inputNames[input]; }

private:
  mlir::LogicalResult declareParameter(spiking::ParamOp param);
  bool variableDiffers(llvm::StringRef name);
  /// Whether anything but initial values differs between neurons.
  bool neuronsDiffer();

  spiking::NeuronOp cell;
  spiking::PopulationOp source;
  sim::PopulationOp population;
  const llvm::StringSet<> &changedParameters;
  llvm::MapVector<mlir::StringAttr, Derived> derived;
  llvm::StringMap<bool> differing;
  llvm::StringMap<std::string> inputNames;
  mlir::Operation *lastDeclaration = nullptr;
};

/// Values for code that steps or observes: constants, per-neuron constants,
/// inputs.
class StepSource : public ValueSource {
public:
  StepSource(mlir::OpBuilder &builder, Memory &memory)
      : builder(builder), memory(memory) {}
  mlir::Value read(mlir::Location loc, llvm::StringRef name) override;
  mlir::Value stepSize(mlir::Location loc) override;
  mlir::Value entry(spiking::EntryOp entry) override;

private:
  mlir::OpBuilder &builder;
  Memory &memory;
};

} // namespace snn

#endif // SNN_COMPILER_CONVERSION_SPIKINGTOSIM_MEMORY_H
