//===- Layout.cpp - Where a population's memory lies ----------------------===//
//
// Everything in the order of declaration.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SimToLLVM/Layout.h"

using namespace mlir;

namespace snn {

Layout::Layout(sim::PopulationOp population)
    : elementType(population.getElementType()) {
  Block &body = population.getBody().front();
  for (auto field : body.getOps<sim::FieldOp>())
    addArray(field.getSymName(), field);
  for (auto parameter : body.getOps<sim::ParameterOp>()) {
    parameterIndices[parameter.getSymName()] = parameters.size();
    parameters.push_back(parameter);
    if (parameter.isPerNeuron())
      addArray(parameter.getSymName(), parameter);
  }
  for (auto input : body.getOps<sim::InputOp>()) {
    if (input.getPerNeuron())
      addArray(input.getSymName(), input);
    else
      inputIndices[input.getSymName()] = numUniformInputs++;
  }
  for (auto constant : body.getOps<sim::ConstantOp>())
    constantIndices[constant.getSymName()] = numConstants++;
}

void Layout::addArray(StringRef name, Operation *op) {
  arrayIndices[name] = arrays.size();
  arrays.push_back(op);
}

Type Layout::getArrayType(Operation *array) {
  if (auto field = dyn_cast<sim::FieldOp>(array))
    return field.getType();
  if (auto input = dyn_cast<sim::InputOp>(array))
    return input.getType();
  return Float64Type::get(array->getContext());
}

} // namespace snn
