//===- Layout.h - Where a population's memory lies --------------*- C++ -*-===//
//
// Numbers the fields, parameters, constants and inputs of a population, once
// for the kernels and for the descriptor.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_CONVERSION_SIMTOLLVM_LAYOUT_H
#define SNN_COMPILER_CONVERSION_SIMTOLLVM_LAYOUT_H

#include "dialects/Sim/IR/Ops.h"

namespace snn {

class Layout {
public:
  explicit Layout(sim::PopulationOp population);

  /// The arrays in the order of the field table: fields, then the parameters
  /// and the inputs that differ between neurons.
  llvm::ArrayRef<mlir::Operation *> getArrays() const { return arrays; }
  llvm::ArrayRef<sim::ParameterOp> getParameters() const { return parameters; }
  unsigned getNumUniformInputs() const { return numUniformInputs; }

  mlir::FloatType getElementType() const { return elementType; }
  uint64_t getElementSize() const {
    return elementType.getIntOrFloatBitWidth() / 8;
  }
  uint64_t getConstantsSize() const { return numConstants * getElementSize(); }

  /// The field, parameter or input that is an array of elements of some type.
  static mlir::Type getArrayType(mlir::Operation *array);

  // Indices in the tables of the ABI; the name must stand for such a thing.
  unsigned getArrayIndex(llvm::StringRef name) const {
    return arrayIndices.at(name);
  }
  unsigned getParameterIndex(llvm::StringRef name) const {
    return parameterIndices.at(name);
  }
  unsigned getConstantIndex(llvm::StringRef name) const {
    return constantIndices.at(name);
  }
  unsigned getUniformInputIndex(llvm::StringRef name) const {
    return inputIndices.at(name);
  }
  /// A field, or a parameter or input that differs between neurons.
  bool isArray(llvm::StringRef name) const {
    return arrayIndices.contains(name);
  }

private:
  void addArray(llvm::StringRef name, mlir::Operation *op);

  mlir::FloatType elementType;
  llvm::SmallVector<mlir::Operation *> arrays;
  llvm::SmallVector<sim::ParameterOp> parameters;
  unsigned numConstants = 0, numUniformInputs = 0;
  llvm::StringMap<unsigned> arrayIndices, parameterIndices, constantIndices,
      inputIndices;
};

} // namespace snn

#endif // SNN_COMPILER_CONVERSION_SIMTOLLVM_LAYOUT_H
