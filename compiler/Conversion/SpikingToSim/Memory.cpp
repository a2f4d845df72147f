//===- Memory.cpp - Constants, fields, inputs of a population ---*- C++ -*-===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SpikingToSim/Memory.h"

#include "dialects/Sim/IR/Rests.h"
#include "dialects/Spiking/Analysis/Evaluator.h"
#include "dialects/Spiking/Analysis/LinearForm.h"

using namespace mlir;
using llvm::StringRef;

namespace snn {

Memory::Memory(spiking::NeuronOp cell, spiking::PopulationOp source,
               sim::PopulationOp population,
               const llvm::StringSet<> &changedParameters)
    : cell(cell), source(source), population(population),
      changedParameters(changedParameters) {}

OpBuilder Memory::declarations() {
  OpBuilder builder(population.getContext());
  if (lastDeclaration)
    builder.setInsertionPointAfter(lastDeclaration);
  else
    builder.setInsertionPointToStart(&population.getBody().front());
  return builder;
}

void Memory::addField(Location loc, StringRef name, Type type, sim::Role role,
                      StringRef unit, spiking::ValueAttr initial,
                      FloatAttr grid) {
  OpBuilder builder = declarations();
  lastDeclaration = sim::FieldOp::create(
      builder, loc, builder.getStringAttr(name), TypeAttr::get(type),
      sim::RoleAttr::get(builder.getContext(), role),
      builder.getStringAttr(unit), initial, grid);
}

std::string sumName(StringRef port) { return (port + ":sum").str(); }

void Memory::addInput(spiking::InputOp input, bool perNeuron, bool coupled,
                      bool observed) {
  std::string &name = inputNames[input.getSymName()];
  name = input.getSymName().str() + (observed ? ":sum" : "");
  OpBuilder builder = declarations();
  lastDeclaration = sim::InputOp::create(builder, input.getLoc(), name,
                                         getElement(), perNeuron, coupled);
}

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

bool Memory::isGiven(spiking::ParamOp param) {
  return param.getDefault().empty() ||
         source.getParams().contains(param.getSymName()) ||
         changedParameters.contains(param.getSymName());
}

LogicalResult Memory::declareParameter(spiking::ParamOp param) {
  if (!isGiven(param))
    return success();
  auto value = source.getParams().getAs<spiking::ValueAttr>(param.getSymName());
  if (!value) {
    // A computed default is given here only because it changes during the run.
    std::optional<double> number =
        spiking::Evaluator(cell, source, std::nullopt)
            .variable(param.getSymName());
    if (!number)
      return source.emitError()
             << "parameter `" << param.getSymName() << "` of `"
             << source.getSymName() << "` needs a value";
    value = spiking::ValueAttr::constant(param.getContext(), *number);
  }
  OpBuilder builder = declarations();
  lastDeclaration =
      sim::ParameterOp::create(builder, param.getLoc(), param.getSymNameAttr(),
                               param.getUnitAttr(), value);
  return success();
}

bool Memory::variableDiffers(StringRef name) {
  if (auto it = differing.find(name); it != differing.end())
    return it->second;
  Operation *declaration = SymbolTable::lookupSymbolIn(cell, name);
  bool result = false;
  if (auto param = dyn_cast_or_null<spiking::ParamOp>(declaration)) {
    auto value = source.getParams().getAs<spiking::ValueAttr>(name);
    if (value)
      result = !value.isConstant();
    else if (!isGiven(param))
      result = differs(param.getDefault());
  } else if (auto constant =
                 dyn_cast_or_null<spiking::DerivedOp>(declaration)) {
    result = differs(constant.getBody());
  } else if (auto propagator =
                 dyn_cast_or_null<spiking::PropagatorOp>(declaration)) {
    result = differs(propagator.getMatrix());
  }
  return differing[name] = result;
}

bool Memory::differs(Region &region) {
  bool result = false;
  region.walk([&](Operation *op) {
    if (auto read = dyn_cast<spiking::ReadOp>(op))
      result |= variableDiffers(spiking::getReadName(read));
    else if (auto entry = dyn_cast<spiking::EntryOp>(op))
      result |= variableDiffers(entry.getPropagator());
  });
  return result;
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

LogicalResult Memory::declare() {
  for (auto param : cell.getBody().getOps<spiking::ParamOp>())
    if (failed(declareParameter(param)))
      return failure();
  for (auto state : cell.getBody().getOps<spiking::StateOp>())
    addField(state.getLoc(), state.getSymName(), getElement(), sim::Role::State,
             state.getUnit(),
             source.getInit().getAs<spiking::ValueAttr>(state.getSymName()));
  return success();
}

Derived Memory::describeVariable(StringRef name) {
  Derived result{Derived::Variable, name.str()};
  Operation *declaration = SymbolTable::lookupSymbolIn(cell, name);
  if (auto unit = declaration->getAttrOfType<StringAttr>("unit"))
    result.unit = unit.str();
  result.perNeuron = variableDiffers(name);
  return result;
}

Derived Memory::describeEntry(spiking::EntryOp entry) {
  Derived result{Derived::Entry, entry.getPropagator().str(),
                 static_cast<int64_t>(entry.getRow()),
                 static_cast<int64_t>(entry.getColumn())};
  result.perNeuron = variableDiffers(entry.getPropagator());
  return result;
}

Value Memory::get(OpBuilder &builder, Location loc, const Derived &what,
                  StringRef name) {
  if (derived.insert({builder.getStringAttr(name), what}).second) {
    if (what.perNeuron) {
      addField(loc, name, getElement(), sim::Role::Derived, what.unit);
    } else {
      OpBuilder place = declarations();
      lastDeclaration = sim::ConstantOp::create(
          place, loc, place.getStringAttr(name), TypeAttr::get(getElement()));
    }
  }
  if (what.perNeuron)
    return sim::LoadOp::create(builder, loc, getElement(), name);
  return sim::GetConstantOp::create(builder, loc, getElement(), name);
}

bool Memory::neuronsDiffer() {
  auto inputs = population.getBody().getOps<sim::InputOp>();
  auto params = cell.getBody().getOps<spiking::ParamOp>();
  return llvm::any_of(
             inputs, [](sim::InputOp input) { return input.getPerNeuron(); }) ||
         llvm::any_of(params, [&](spiking::ParamOp param) {
           return variableDiffers(param.getSymName());
         });
}

Value Memory::getRest(OpBuilder &builder, spiking::StateOp state,
                      double tolerance) {
  Location loc = state.getLoc();
  std::string name = state.getSymName().str() + ":rest";
  sim::addRest(population, {state.getSymName(), name, tolerance});
  if (neuronsDiffer()) {
    addField(loc, name, getElement(), sim::Role::Derived, state.getUnit());
    return sim::LoadOp::create(builder, loc, getElement(), name);
  }
  OpBuilder place = declarations();
  lastDeclaration = sim::ConstantOp::create(
      place, loc, place.getStringAttr(name), TypeAttr::get(getElement()));
  return sim::GetConstantOp::create(builder, loc, getElement(), name);
}

void Memory::removeDerivedIf(llvm::function_ref<bool(StringRef)> unused) {
  derived.remove_if([&](auto &entry) {
    StringRef name = entry.first.getValue();
    if (!unused(name))
      return false;
    Operation *declaration = SymbolTable::lookupSymbolIn(population, name);
    if (declaration == lastDeclaration)
      lastDeclaration = declaration->getPrevNode();
    declaration->erase();
    return true;
  });
}

//===----------------------------------------------------------------------===//
// Values in steps
//===----------------------------------------------------------------------===//

Value StepSource::read(Location loc, StringRef name) {
  Operation *declaration = SymbolTable::lookupSymbolIn(memory.getCell(), name);
  if (isa<spiking::InputOp>(declaration))
    return sim::GetInputOp::create(builder, loc, memory.getElement(),
                                   memory.inputName(name));
  // A parameter and its value in the table of constants have two names.
  std::string constant = name.str();
  if (isa<spiking::ParamOp>(declaration))
    constant += ":value";
  return memory.get(builder, loc, memory.describeVariable(name), constant);
}

Value StepSource::stepSize(Location loc) {
  return memory.get(builder, loc, {Derived::StepSize, "", 0, 0, "ms"}, "dt");
}

Value StepSource::entry(spiking::EntryOp entry) {
  std::string name =
      (entry.getPropagator() + "[" + llvm::Twine(entry.getRow()) + "," +
       llvm::Twine(entry.getColumn()) + "]")
          .str();
  return memory.get(builder, entry.getLoc(), memory.describeEntry(entry), name);
}

} // namespace snn
