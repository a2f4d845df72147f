//===- Builders.cpp - Construction of operations ----------------*- C++ -*-===//
//
// Each builder leaves the operation with the blocks and arguments that it
// needs, so that a caller only fills them. Names of results are here, too.
//
//===----------------------------------------------------------------------===//
#include "dialects/Sim/IR/Ops.h"
#include "dialects/Spiking/IR/Building.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace snn::sim;
using snn::spiking::addBody;
using snn::spiking::addFunction;
using snn::spiking::addName;
using snn::spiking::addTarget;
using snn::spiking::nameArguments;
using snn::spiking::Precision;
using snn::spiking::PrecisionAttr;
using snn::spiking::RuleAttr;
using snn::spiking::SliceAttr;
using snn::spiking::symbol;
using snn::spiking::ValueAttr;

//===----------------------------------------------------------------------===//
// Populations
//===----------------------------------------------------------------------===//

void ModelOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                    double step, int64_t warmup, int64_t duration,
                    ArrayRef<int64_t> seeds) {
  addName<ModelOp>(builder, state, name);
  state.addAttribute(getStepAttrName(state.name),
                     builder.getF64FloatAttr(step));
  state.addAttribute(getWarmupAttrName(state.name),
                     builder.getI64IntegerAttr(warmup));
  state.addAttribute(getDurationAttrName(state.name),
                     builder.getI64IntegerAttr(duration));
  state.addAttribute(getSeedsAttrName(state.name),
                     builder.getDenseI64ArrayAttr(seeds));
  addBody(state);
}

void PopulationOp::build(OpBuilder &builder, OperationState &state,
                         StringRef name, int64_t size, Precision precision) {
  addName<PopulationOp>(builder, state, name);
  state.addAttribute(getSizeAttrName(state.name),
                     builder.getI64IntegerAttr(size));
  state.addAttribute(getPrecisionAttrName(state.name),
                     PrecisionAttr::get(builder.getContext(), precision));
  addBody(state);
}

FloatType PopulationOp::getElementType() {
  if (getPrecision() == Precision::F32)
    return Float32Type::get(getContext());
  return Float64Type::get(getContext());
}

void InitConstantsOp::build(OpBuilder &, OperationState &state) {
  addBody(state);
}

void InitNeuronsOp::build(OpBuilder &, OperationState &state) {
  addBody(state);
}

void IntegrateOp::build(OpBuilder &, OperationState &state) { addBody(state); }

void UpdateOp::build(OpBuilder &, OperationState &state) { addBody(state); }

void ObserveOp::build(OpBuilder &, OperationState &state) { addBody(state); }

void FollowOp::build(OpBuilder &, OperationState &state) { addBody(state); }

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
  snn::spiking::buildPoissonSource<PoissonSourceOp>(builder, state, name, size);
}

void ProjectionOp::build(OpBuilder &builder, OperationState &state,
                         StringRef name, StringRef source,
                         SliceAttr sourceSlice, StringRef target,
                         SliceAttr targetSlice, RuleAttr rule, ValueAttr weight,
                         ValueAttr delay, ValueAttr dendriticDelay,
                         FloatAttr grid, spiking::Storage storage,
                         Type weightType) {
  addName<ProjectionOp>(builder, state, name);
  state.addAttribute(getSourceAttrName(state.name), symbol(builder, source));
  if (sourceSlice)
    state.addAttribute(getSourceSliceAttrName(state.name), sourceSlice);
  addTarget<ProjectionOp>(builder, state, target, targetSlice);
  state.addAttribute(getRuleAttrName(state.name), rule);
  state.addAttribute(getWeightAttrName(state.name), weight);
  state.addAttribute(getDelayAttrName(state.name), delay);
  if (dendriticDelay)
    state.addAttribute(getDendriticDelayAttrName(state.name), dendriticDelay);
  if (grid)
    state.addAttribute(getGridAttrName(state.name), grid);
  state.addAttribute(getStorageAttrName(state.name),
                     spiking::StorageAttr::get(builder.getContext(), storage));
  addFunction(state, weightType);
}

void DriveOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                    StringRef target, SliceAttr targetSlice, StringRef sum,
                    ValueAttr weight, FloatAttr grid) {
  addName<DriveOp>(builder, state, name);
  addTarget<DriveOp>(builder, state, target, targetSlice);
  state.addAttribute(getSumAttrName(state.name), symbol(builder, sum));
  state.addAttribute(getWeightAttrName(state.name), weight);
  state.addAttribute(getGridAttrName(state.name), grid);
  addFunction(state, builder.getF64Type());
}

void StimulusOp::build(OpBuilder &builder, OperationState &state,
                       StringRef name, StringRef target, SliceAttr targetSlice,
                       StringRef input, bool noise) {
  snn::spiking::buildStimulus<StimulusOp>(builder, state, name, target,
                                          targetSlice, input, noise);
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

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
