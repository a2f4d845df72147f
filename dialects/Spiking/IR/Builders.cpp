//===- Builders.cpp - Construction of operations ----------------*- C++ -*-===//
//
// Each builder leaves the operation with the blocks and arguments that it
// needs, so that a caller only fills them. Names of results, and the effects of
// reads, are here, too.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/IR/Building.h"
#include "dialects/Spiking/IR/Ops.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace snn::spiking;

/// An operation with nothing but a name and one block of no arguments.
template <typename OpT>
static void buildNamed(OpBuilder &builder, OperationState &state,
                       StringRef name) {
  addName<OpT>(builder, state, name);
  addBody(state);
}

//===----------------------------------------------------------------------===//
// Models
//===----------------------------------------------------------------------===//

void NeuronOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                     SolverAttr solver, PrecisionAttr precision) {
  buildNamed<NeuronOp>(builder, state, name);
  if (solver)
    state.addAttribute(getSolverAttrName(state.name), solver);
  if (precision)
    state.addAttribute(getPrecisionAttrName(state.name), precision);
}

void SynapseOp::build(OpBuilder &builder, OperationState &state,
                      StringRef name) {
  buildNamed<SynapseOp>(builder, state, name);
}

void ParamOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                    StringRef unit, std::optional<double> value) {
  addName<ParamOp>(builder, state, name);
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
  addBody(state);
}

void LetOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                  StringRef unit) {
  buildDeclaration<LetOp>(builder, state, name, unit);
  addBody(state);
}

void DerivedOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                      StringRef unit) {
  buildDeclaration<DerivedOp>(builder, state, name, unit);
  addBody(state);
}

void ReceptorOp::build(OpBuilder &builder, OperationState &state,
                       StringRef name, StringRef synapse) {
  buildNamed<ReceptorOp>(builder, state, name);
  state.addAttribute(getSynapseAttrName(state.name), symbol(builder, synapse));
}

void BindOp::build(OpBuilder &builder, OperationState &state, StringRef param) {
  state.addAttribute(getParamAttrName(state.name), symbol(builder, param));
  addBody(state);
}

void EquationOp::build(OpBuilder &builder, OperationState &state,
                       StringRef variable) {
  state.addAttribute(getStateAttrName(state.name), symbol(builder, variable));
  addBody(state);
  state.addRegion();
}

void OnSpikeOp::build(OpBuilder &builder, OperationState &state,
                      StringRef unit) {
  state.addAttribute(getUnitAttrName(state.name), builder.getStringAttr(unit));
  addFunction(state, builder.getF64Type());
}

void SourceOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                     StringRef variable, StringRef unit) {
  buildDeclaration<SourceOp>(builder, state, name, unit);
  state.addAttribute(getStateAttrName(state.name), symbol(builder, variable));
}

void CoupleOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                     StringRef unit, ArrayRef<StringRef> sums) {
  buildDeclaration<CoupleOp>(builder, state, name, unit);
  SmallVector<Attribute> inputs;
  for (StringRef sum : sums)
    inputs.push_back(symbol(builder, sum));
  state.addAttribute(getSumsAttrName(state.name), builder.getArrayAttr(inputs));
  addFunction(state, builder.getF64Type());
}

void PortOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                   StringRef unit, std::optional<double> grid) {
  buildDeclaration<PortOp>(builder, state, name, unit);
  if (grid)
    state.addAttribute(getGridAttrName(state.name),
                       builder.getF64FloatAttr(*grid));
  addFunction(state, builder.getF64Type());
}

void ThresholdOp::build(OpBuilder &builder, OperationState &state,
                        bool rising) {
  if (rising)
    state.addAttribute(getRisingAttrName(state.name), builder.getUnitAttr());
  addBody(state);
  state.addRegion();
}

void ResetOp::build(OpBuilder &builder, OperationState &state) {
  addBody(state);
}

void FollowOp::build(OpBuilder &builder, OperationState &state) {
  addBody(state);
}

//===----------------------------------------------------------------------===//
// Plasticity
//===----------------------------------------------------------------------===//

void PlasticityOp::build(OpBuilder &builder, OperationState &state,
                         StringRef name, StringRef pre, StringRef post) {
  buildNamed<PlasticityOp>(builder, state, name);
  if (!pre.empty())
    state.addAttribute(getPreAttrName(state.name), symbol(builder, pre));
  if (!post.empty())
    state.addAttribute(getPostAttrName(state.name), symbol(builder, post));
}

void BoundOp::build(OpBuilder &builder, OperationState &state,
                    StringRef variable) {
  state.addAttribute(getStateAttrName(state.name), symbol(builder, variable));
  addBody(state);
}

void OnEventOp::build(OpBuilder &builder, OperationState &state, Event event,
                      std::optional<double> period) {
  state.addAttribute(getEventAttrName(state.name),
                     EventAttr::get(builder.getContext(), event));
  if (period)
    state.addAttribute(getPeriodAttrName(state.name),
                       builder.getF64FloatAttr(*period));
  addBody(state);
}

void ElapseOp::build(OpBuilder &builder, OperationState &state) {
  addFunction(state, builder.getF64Type());
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
  addName<PropagatorOp>(builder, state, name);
  if (affine)
    state.addAttribute(getAffineAttrName(state.name), builder.getUnitAttr());
  SmallVector<Attribute> names;
  for (StringRef variable : variables)
    names.push_back(symbol(builder, variable));
  state.addAttribute(getVariablesAttrName(state.name),
                     builder.getArrayAttr(names));
  addBody(state);
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
  addBody(state);
}

//===----------------------------------------------------------------------===//
// Networks and experiments
//===----------------------------------------------------------------------===//

void NetworkOp::build(OpBuilder &builder, OperationState &state,
                      StringRef name) {
  buildNamed<NetworkOp>(builder, state, name);
}

void PopulationOp::build(OpBuilder &builder, OperationState &state,
                         StringRef name, StringRef model, int64_t size,
                         ArrayRef<NamedAttribute> params,
                         ArrayRef<NamedAttribute> init) {
  addName<PopulationOp>(builder, state, name);
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
  buildPoissonSource<PoissonSourceOp>(builder, state, name, size);
}

void TrainSourceOp::build(OpBuilder &builder, OperationState &state,
                          StringRef name, int64_t size, ArrayRef<int64_t> steps,
                          ArrayRef<int64_t> ids) {
  addName<TrainSourceOp>(builder, state, name);
  state.addAttribute(getSizeAttrName(state.name),
                     builder.getI64IntegerAttr(size));
  state.addAttribute(getStepsAttrName(state.name),
                     builder.getI64TensorAttr(steps));
  state.addAttribute(getIdsAttrName(state.name), builder.getI64TensorAttr(ids));
}

void DriveOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                    StringRef target, SliceAttr targetSlice, StringRef port,
                    ValueAttr weight) {
  addName<DriveOp>(builder, state, name);
  addTarget<DriveOp>(builder, state, target, targetSlice);
  state.addAttribute(getPortAttrName(state.name), symbol(builder, port));
  state.addAttribute(getWeightAttrName(state.name), weight);
  addFunction(state, builder.getF64Type());
}

void StimulusOp::build(OpBuilder &builder, OperationState &state,
                       StringRef name, StringRef target, SliceAttr targetSlice,
                       StringRef input, bool noise) {
  buildStimulus<StimulusOp>(builder, state, name, target, targetSlice, input,
                            noise);
}

void ExperimentOp::build(OpBuilder &builder, OperationState &state,
                         StringRef name, StringRef network, double step,
                         double warmup, double duration,
                         ArrayRef<int64_t> seeds, Precision precision,
                         Schedule schedule) {
  buildNamed<ExperimentOp>(builder, state, name);
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

void OnSpikeOp::getAsmBlockArgumentNames(Region &region,
                                         OpAsmSetValueNameFn setName) {
  nameArguments(region, "w", setName);
}

void CoupleOp::getAsmBlockArgumentNames(Region &region,
                                        OpAsmSetValueNameFn setName) {
  nameArguments(region, "w", setName);
}

void PortOp::getAsmBlockArgumentNames(Region &region,
                                      OpAsmSetValueNameFn setName) {
  nameArguments(region, "w", setName);
}

void ElapseOp::getAsmBlockArgumentNames(Region &region,
                                        OpAsmSetValueNameFn setName) {
  nameArguments(region, "t", setName);
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
