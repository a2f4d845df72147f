//===- Builders.cpp - Construction of operations ----------------*- C++ -*-===//
//
// Each builder leaves the operation with the blocks and arguments that it
// needs, so that a caller only fills them. Names of results are here, too.
//
//===----------------------------------------------------------------------===//
#include "dialects/Sim/IR/Ops.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace snn::sim;
using snn::spiking::Precision;
using snn::spiking::PrecisionAttr;
using snn::spiking::RuleAttr;
using snn::spiking::SliceAttr;
using snn::spiking::ValueAttr;

static FlatSymbolRefAttr symbol(OpBuilder &builder, StringRef name) {
  return FlatSymbolRefAttr::get(builder.getContext(), name);
}

/// The one block of an operation, with an argument of the type given.
static void addFunction(OperationState &state, Type type) {
  state.addRegion()->emplaceBlock().addArgument(type, state.location);
}

//===----------------------------------------------------------------------===//
// Populations
//===----------------------------------------------------------------------===//

void ModelOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                    double step, int64_t warmup, int64_t duration,
                    ArrayRef<int64_t> seeds) {
  state.addAttribute(getSymNameAttrName(state.name),
                     builder.getStringAttr(name));
  state.addAttribute(getStepAttrName(state.name),
                     builder.getF64FloatAttr(step));
  state.addAttribute(getWarmupAttrName(state.name),
                     builder.getI64IntegerAttr(warmup));
  state.addAttribute(getDurationAttrName(state.name),
                     builder.getI64IntegerAttr(duration));
  state.addAttribute(getSeedsAttrName(state.name),
                     builder.getDenseI64ArrayAttr(seeds));
  state.addRegion()->emplaceBlock();
}

void PopulationOp::build(OpBuilder &builder, OperationState &state,
                         StringRef name, int64_t size, Precision precision) {
  state.addAttribute(getSymNameAttrName(state.name),
                     builder.getStringAttr(name));
  state.addAttribute(getSizeAttrName(state.name),
                     builder.getI64IntegerAttr(size));
  state.addAttribute(getPrecisionAttrName(state.name),
                     PrecisionAttr::get(builder.getContext(), precision));
  state.addRegion()->emplaceBlock();
}

FloatType PopulationOp::getElementType() {
  if (getPrecision() == Precision::F32)
    return Float32Type::get(getContext());
  return Float64Type::get(getContext());
}

void InitConstantsOp::build(OpBuilder &, OperationState &state) {
  state.addRegion()->emplaceBlock();
}

void InitNeuronsOp::build(OpBuilder &, OperationState &state) {
  state.addRegion()->emplaceBlock();
}

void IntegrateOp::build(OpBuilder &, OperationState &state) {
  state.addRegion()->emplaceBlock();
}

void UpdateOp::build(OpBuilder &, OperationState &state) {
  state.addRegion()->emplaceBlock();
}

void ObserveOp::build(OpBuilder &, OperationState &state) {
  state.addRegion()->emplaceBlock();
}

void ExpmOp::build(OpBuilder &builder, OperationState &state, Value step,
                   ValueRange entries) {
  state.addOperands(step);
  state.addOperands(entries);
  state.addTypes(SmallVector<Type>(entries.size(), builder.getF64Type()));
}

//===----------------------------------------------------------------------===//
// Projections and stimuli
//===----------------------------------------------------------------------===//

void PoissonSourceOp::build(OpBuilder &builder, OperationState &state,
                            StringRef name, int64_t size) {
  state.addAttribute(getSymNameAttrName(state.name),
                     builder.getStringAttr(name));
  state.addAttribute(getSizeAttrName(state.name),
                     builder.getI64IntegerAttr(size));
  addFunction(state, builder.getF64Type());
}

void ProjectionOp::build(OpBuilder &builder, OperationState &state,
                         StringRef name, StringRef source,
                         SliceAttr sourceSlice, StringRef target,
                         SliceAttr targetSlice, RuleAttr rule, ValueAttr weight,
                         ValueAttr delay, ValueAttr dendriticDelay,
                         FloatAttr grid, Type weightType) {
  state.addAttribute(getSymNameAttrName(state.name),
                     builder.getStringAttr(name));
  state.addAttribute(getSourceAttrName(state.name), symbol(builder, source));
  if (sourceSlice)
    state.addAttribute(getSourceSliceAttrName(state.name), sourceSlice);
  state.addAttribute(getTargetAttrName(state.name), symbol(builder, target));
  if (targetSlice)
    state.addAttribute(getTargetSliceAttrName(state.name), targetSlice);
  state.addAttribute(getRuleAttrName(state.name), rule);
  state.addAttribute(getWeightAttrName(state.name), weight);
  state.addAttribute(getDelayAttrName(state.name), delay);
  if (dendriticDelay)
    state.addAttribute(getDendriticDelayAttrName(state.name), dendriticDelay);
  if (grid)
    state.addAttribute(getGridAttrName(state.name), grid);
  addFunction(state, weightType);
}

void DriveOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                    StringRef target, SliceAttr targetSlice, StringRef sum,
                    ValueAttr weight, FloatAttr grid) {
  state.addAttribute(getSymNameAttrName(state.name),
                     builder.getStringAttr(name));
  state.addAttribute(getTargetAttrName(state.name), symbol(builder, target));
  if (targetSlice)
    state.addAttribute(getTargetSliceAttrName(state.name), targetSlice);
  state.addAttribute(getSumAttrName(state.name), symbol(builder, sum));
  state.addAttribute(getWeightAttrName(state.name), weight);
  state.addAttribute(getGridAttrName(state.name), grid);
  addFunction(state, builder.getF64Type());
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
  addFunction(state, builder.getF64Type());
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

static void nameArguments(Region &region, StringRef name,
                          OpAsmSetValueNameFn setName) {
  for (BlockArgument argument : region.getArguments())
    setName(argument, name);
}

/// By what it reads, in signs that a name of a value may have.
static void nameResult(Value result, StringRef name,
                       OpAsmSetValueNameFn setName) {
  std::string spelled = name.str();
  for (char &c : spelled)
    if (!llvm::isAlnum(c) && c != '_' && c != '.')
      c = '_';
  setName(result, spelled);
}

void PoissonSourceOp::getAsmBlockArgumentNames(Region &region,
                                               OpAsmSetValueNameFn setName) {
  nameArguments(region, "t", setName);
}

void ProjectionOp::getAsmBlockArgumentNames(Region &region,
                                            OpAsmSetValueNameFn setName) {
  nameArguments(region, "w", setName);
}

void DriveOp::getAsmBlockArgumentNames(Region &region,
                                       OpAsmSetValueNameFn setName) {
  nameArguments(region, "t", setName);
}

void StimulusOp::getAsmBlockArgumentNames(Region &region,
                                          OpAsmSetValueNameFn setName) {
  nameArguments(region, "t", setName);
}

void GetParameterOp::getAsmResultNames(OpAsmSetValueNameFn setName) {
  nameResult(getResult(), getName(), setName);
}

void GetConstantOp::getAsmResultNames(OpAsmSetValueNameFn setName) {
  nameResult(getResult(), getName(), setName);
}

void GetInputOp::getAsmResultNames(OpAsmSetValueNameFn setName) {
  nameResult(getResult(), getName(), setName);
}

void LoadOp::getAsmResultNames(OpAsmSetValueNameFn setName) {
  nameResult(getResult(), getName(), setName);
}

void TakeOp::getAsmResultNames(OpAsmSetValueNameFn setName) {
  nameResult(getResult(), getName(), setName);
}
