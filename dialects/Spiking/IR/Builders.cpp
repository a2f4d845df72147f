//===- Builders.cpp - Construction of operations ----------------*- C++ -*-===//
//
// Each builder leaves the operation with the blocks and arguments that it
// needs, so that a caller only fills them. Names of results, and the effects of
// reads, are here, too.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/IR/Ops.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace snn::spiking;

/// An operation with nothing but a name and one block of no arguments.
static void buildNamed(OpBuilder &builder, OperationState &state,
                       StringAttr attributeName, StringRef name) {
  state.addAttribute(attributeName, builder.getStringAttr(name));
  state.addRegion()->emplaceBlock();
}

static void addFunction(OpBuilder &builder, OperationState &state) {
  state.addRegion()->emplaceBlock().addArgument(builder.getF64Type(),
                                                state.location);
}

static FlatSymbolRefAttr symbol(OpBuilder &builder, StringRef name) {
  return FlatSymbolRefAttr::get(builder.getContext(), name);
}

//===----------------------------------------------------------------------===//
// Models
//===----------------------------------------------------------------------===//

void NeuronOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                     SolverAttr solver, PrecisionAttr precision) {
  buildNamed(builder, state, getSymNameAttrName(state.name), name);
  if (solver)
    state.addAttribute(getSolverAttrName(state.name), solver);
  if (precision)
    state.addAttribute(getPrecisionAttrName(state.name), precision);
}

void SynapseOp::build(OpBuilder &builder, OperationState &state,
                      StringRef name) {
  buildNamed(builder, state, getSymNameAttrName(state.name), name);
}

void ParamOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                    StringRef unit, std::optional<double> value) {
  state.addAttribute(getSymNameAttrName(state.name),
                     builder.getStringAttr(name));
  state.addAttribute(getUnitAttrName(state.name), builder.getStringAttr(unit));
  if (value)
    state.addAttribute(getValueAttrName(state.name),
                       builder.getF64FloatAttr(*value));
  state.addRegion();
}

template <typename OpT>
static void buildDeclaration(OpBuilder &builder, OperationState &state,
                             StringRef name, StringRef unit) {
  state.addAttribute(OpT::getSymNameAttrName(state.name),
                     builder.getStringAttr(name));
  state.addAttribute(OpT::getUnitAttrName(state.name),
                     builder.getStringAttr(unit));
}

void StateOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                    StringRef unit) {
  buildDeclaration<StateOp>(builder, state, name, unit);
  state.addRegion()->emplaceBlock();
}

void LetOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                  StringRef unit) {
  buildDeclaration<LetOp>(builder, state, name, unit);
  state.addRegion()->emplaceBlock();
}

void DerivedOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                      StringRef unit) {
  buildDeclaration<DerivedOp>(builder, state, name, unit);
  state.addRegion()->emplaceBlock();
}

void ReceptorOp::build(OpBuilder &builder, OperationState &state,
                       StringRef name, StringRef synapse) {
  buildNamed(builder, state, getSymNameAttrName(state.name), name);
  state.addAttribute(getSynapseAttrName(state.name), symbol(builder, synapse));
}

void BindOp::build(OpBuilder &builder, OperationState &state, StringRef param) {
  state.addAttribute(getParamAttrName(state.name), symbol(builder, param));
  state.addRegion()->emplaceBlock();
}

void EquationOp::build(OpBuilder &builder, OperationState &state,
                       StringRef variable) {
  state.addAttribute(getStateAttrName(state.name), symbol(builder, variable));
  state.addRegion()->emplaceBlock();
  state.addRegion();
}

void OnSpikeOp::build(OpBuilder &builder, OperationState &state,
                      StringRef unit) {
  state.addAttribute(getUnitAttrName(state.name), builder.getStringAttr(unit));
  addFunction(builder, state);
}

void PortOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                   StringRef unit, std::optional<double> grid) {
  buildDeclaration<PortOp>(builder, state, name, unit);
  if (grid)
    state.addAttribute(getGridAttrName(state.name),
                       builder.getF64FloatAttr(*grid));
  addFunction(builder, state);
}

void ThresholdOp::build(OpBuilder &builder, OperationState &state,
                        bool rising) {
  if (rising)
    state.addAttribute(getRisingAttrName(state.name), builder.getUnitAttr());
  state.addRegion()->emplaceBlock();
  state.addRegion();
}

void ResetOp::build(OpBuilder &builder, OperationState &state) {
  state.addRegion()->emplaceBlock();
}

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

void QuantityOp::build(OpBuilder &builder, OperationState &state, double value,
                       StringRef unit) {
  state.addAttribute(getValueAttrName(state.name),
                     builder.getF64FloatAttr(value));
  state.addAttribute(getUnitAttrName(state.name), builder.getStringAttr(unit));
  state.addTypes(builder.getF64Type());
}

void ReadOp::build(OpBuilder &builder, OperationState &state,
                   SymbolRefAttr variable) {
  state.addAttribute(getVariableAttrName(state.name), variable);
  state.addTypes(builder.getF64Type());
}

void ReadOp::build(OpBuilder &builder, OperationState &state,
                   StringRef variable) {
  build(builder, state, symbol(builder, variable));
}

void ReadOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  if (!isConstantInRegions(lookupVariable(*this, getVariable())))
    effects.emplace_back(MemoryEffects::Read::get());
}

void ReadOp::getAsmResultNames(OpAsmSetValueNameFn setName) {
  std::string name = getVariable().getRootReference().str();
  for (FlatSymbolRefAttr nested : getVariable().getNestedReferences())
    name += "." + nested.getValue().str();
  // Derived constants are named by what they compute, in signs that no name of
  // a value has.
  bool isName = llvm::all_of(
      name, [](char c) { return llvm::isAlnum(c) || c == '_' || c == '.'; });
  setName(getResult(), isName ? name : "k");
}

void WriteOp::build(OpBuilder &builder, OperationState &state,
                    StringRef variable, Value value) {
  state.addAttribute(getStateAttrName(state.name), symbol(builder, variable));
  state.addOperands(value);
}

void YieldOp::build(OpBuilder &, OperationState &state, ValueRange values) {
  state.addOperands(values);
}

void StepSizeOp::build(OpBuilder &builder, OperationState &state) {
  state.addTypes(builder.getF64Type());
}

void StepSizeOp::getAsmResultNames(OpAsmSetValueNameFn setName) {
  setName(getResult(), "h");
}

//===----------------------------------------------------------------------===//
// Solutions
//===----------------------------------------------------------------------===//

void PropagatorOp::build(OpBuilder &builder, OperationState &state,
                         StringRef name, ArrayRef<StringRef> variables,
                         bool affine) {
  state.addAttribute(getSymNameAttrName(state.name),
                     builder.getStringAttr(name));
  if (affine)
    state.addAttribute(getAffineAttrName(state.name), builder.getUnitAttr());
  SmallVector<Attribute> names;
  for (StringRef variable : variables)
    names.push_back(symbol(builder, variable));
  state.addAttribute(getVariablesAttrName(state.name),
                     builder.getArrayAttr(names));
  state.addRegion()->emplaceBlock();
}

void EntryOp::build(OpBuilder &builder, OperationState &state,
                    StringRef propagator, int64_t row, int64_t column) {
  state.addAttribute(getPropagatorAttrName(state.name),
                     symbol(builder, propagator));
  state.addAttribute(getRowAttrName(state.name),
                     builder.getI64IntegerAttr(row));
  state.addAttribute(getColumnAttrName(state.name),
                     builder.getI64IntegerAttr(column));
  state.addTypes(builder.getF64Type());
}

void StepOp::build(OpBuilder &builder, OperationState &state, bool held) {
  if (held)
    state.addAttribute(getHeldAttrName(state.name), builder.getUnitAttr());
  state.addRegion()->emplaceBlock();
}

//===----------------------------------------------------------------------===//
// Networks and experiments
//===----------------------------------------------------------------------===//

void NetworkOp::build(OpBuilder &builder, OperationState &state,
                      StringRef name) {
  buildNamed(builder, state, getSymNameAttrName(state.name), name);
}

void PopulationOp::build(OpBuilder &builder, OperationState &state,
                         StringRef name, StringRef model, int64_t size,
                         ArrayRef<NamedAttribute> params,
                         ArrayRef<NamedAttribute> init) {
  state.addAttribute(getSymNameAttrName(state.name),
                     builder.getStringAttr(name));
  state.addAttribute(getModelAttrName(state.name), symbol(builder, model));
  state.addAttribute(getSizeAttrName(state.name),
                     builder.getI64IntegerAttr(size));
  state.addAttribute(getParamsAttrName(state.name),
                     builder.getDictionaryAttr(params));
  state.addAttribute(getInitAttrName(state.name),
                     builder.getDictionaryAttr(init));
}

void PoissonSourceOp::build(OpBuilder &builder, OperationState &state,
                            StringRef name, int64_t size) {
  state.addAttribute(getSymNameAttrName(state.name),
                     builder.getStringAttr(name));
  state.addAttribute(getSizeAttrName(state.name),
                     builder.getI64IntegerAttr(size));
  addFunction(builder, state);
}

void TrainSourceOp::build(OpBuilder &builder, OperationState &state,
                          StringRef name, int64_t size, ArrayRef<int64_t> steps,
                          ArrayRef<int64_t> ids) {
  state.addAttribute(getSymNameAttrName(state.name),
                     builder.getStringAttr(name));
  state.addAttribute(getSizeAttrName(state.name),
                     builder.getI64IntegerAttr(size));
  state.addAttribute(getStepsAttrName(state.name),
                     builder.getI64TensorAttr(steps));
  state.addAttribute(getIdsAttrName(state.name), builder.getI64TensorAttr(ids));
}

void DriveOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                    StringRef target, SliceAttr targetSlice, StringRef port,
                    ValueAttr weight) {
  state.addAttribute(getSymNameAttrName(state.name),
                     builder.getStringAttr(name));
  state.addAttribute(getTargetAttrName(state.name), symbol(builder, target));
  if (targetSlice)
    state.addAttribute(getTargetSliceAttrName(state.name), targetSlice);
  state.addAttribute(getPortAttrName(state.name), symbol(builder, port));
  state.addAttribute(getWeightAttrName(state.name), weight);
  addFunction(builder, state);
}

void StimulusOp::build(OpBuilder &builder, OperationState &state,
                       StringRef name, StringRef target, SliceAttr targetSlice,
                       StringRef input, bool noise) {
  state.addAttribute(getSymNameAttrName(state.name),
                     builder.getStringAttr(name));
  state.addAttribute(getTargetAttrName(state.name), symbol(builder, target));
  if (targetSlice)
    state.addAttribute(getTargetSliceAttrName(state.name), targetSlice);
  state.addAttribute(getInputAttrName(state.name), symbol(builder, input));
  if (noise)
    state.addAttribute(getNoiseAttrName(state.name), builder.getUnitAttr());
  addFunction(builder, state);
}

void ExperimentOp::build(OpBuilder &builder, OperationState &state,
                         StringRef name, StringRef network, double step,
                         double warmup, double duration,
                         ArrayRef<int64_t> seeds, Precision precision,
                         Schedule schedule) {
  buildNamed(builder, state, getSymNameAttrName(state.name), name);
  state.addAttribute(getNetworkAttrName(state.name), symbol(builder, network));
  state.addAttribute(getStepAttrName(state.name),
                     builder.getF64FloatAttr(step));
  state.addAttribute(getWarmupAttrName(state.name),
                     builder.getF64FloatAttr(warmup));
  state.addAttribute(getDurationAttrName(state.name),
                     builder.getF64FloatAttr(duration));
  state.addAttribute(getSeedsAttrName(state.name),
                     builder.getDenseI64ArrayAttr(seeds));
  state.addAttribute(getPrecisionAttrName(state.name),
                     PrecisionAttr::get(builder.getContext(), precision));
  state.addAttribute(getScheduleAttrName(state.name),
                     ScheduleAttr::get(builder.getContext(), schedule));
}

//===----------------------------------------------------------------------===//
// Names of arguments
//===----------------------------------------------------------------------===//

static void nameArguments(Region &region, StringRef name,
                          OpAsmSetValueNameFn setName) {
  for (BlockArgument argument : region.getArguments())
    setName(argument, name);
}

void OnSpikeOp::getAsmBlockArgumentNames(Region &region,
                                         OpAsmSetValueNameFn setName) {
  nameArguments(region, "w", setName);
}

void PortOp::getAsmBlockArgumentNames(Region &region,
                                      OpAsmSetValueNameFn setName) {
  nameArguments(region, "w", setName);
}

void PoissonSourceOp::getAsmBlockArgumentNames(Region &region,
                                               OpAsmSetValueNameFn setName) {
  nameArguments(region, "t", setName);
}

void DriveOp::getAsmBlockArgumentNames(Region &region,
                                       OpAsmSetValueNameFn setName) {
  nameArguments(region, "t", setName);
}

void StimulusOp::getAsmBlockArgumentNames(Region &region,
                                          OpAsmSetValueNameFn setName) {
  nameArguments(region, "t", setName);
}
