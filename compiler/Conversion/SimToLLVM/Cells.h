//===- Cells.h - Where plasticity rules find what they read -----*- C++ -*-===//
//
// The populations of a model by name, for handlers of synapses, which read the
// memory of several, and for the tables of the ABI that they number.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_CONVERSION_SIMTOLLVM_CELLS_H
#define SNN_COMPILER_CONVERSION_SIMTOLLVM_CELLS_H

#include "compiler/Conversion/SimToLLVM/Layout.h"

namespace snn {

class Cells {
public:
  explicit Cells(sim::ModelOp model);

  const Layout &layoutOf(llvm::StringRef population) const {
    return *layouts.at(population);
  }
  /// ms.
  double getStepSize() const { return stepSize; }
  /// The population whose neurons have the synapses.
  llvm::StringRef targetOf(sim::PlasticityOp rule) const;
  llvm::StringRef targetOf(sim::CouplingOp coupling) const;
  llvm::StringRef sourceOf(sim::CouplingOp coupling) const;
  /// A state's place among the states of its population, which is what
  /// handlers get of the source's follower.
  unsigned stateNumber(llvm::StringRef population, llvm::StringRef field) const;
  /// What a rule reads of populations of one member, in the order of
  /// snn_plasticity.modulators.
  llvm::SmallVector<mlir::SymbolRefAttr>
  modulatorsOf(sim::PlasticityOp rule) const;
  unsigned modulatorNumber(sim::PlasticityOp rule,
                           mlir::SymbolRefAttr read) const;

private:
  sim::ModelOp model;
  double stepSize;
  llvm::StringMap<std::unique_ptr<Layout>> layouts;
};

} // namespace snn

#endif // SNN_COMPILER_CONVERSION_SIMTOLLVM_CELLS_H
