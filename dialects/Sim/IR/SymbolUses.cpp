//===- SymbolUses.cpp - What names must stand for ---------------*- C++ -*-===//
//
// Names of memory resolve in the population that the kernel belongs to or that
// the projection delivers to; each access fits the declaration.
//
//===----------------------------------------------------------------------===//
#include "dialects/Sim/IR/Ops.h"

#include "mlir/IR/SymbolTable.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace snn::sim;
using snn::spiking::SliceAttr;

//===----------------------------------------------------------------------===//
// Lookup
//===----------------------------------------------------------------------===//

/// The population whose memory `op` accesses.
static PopulationOp getPopulation(Operation *op,
                                  SymbolTableCollection &tables) {
  for (; op; op = op ? op->getParentOp() : nullptr) {
    if (auto population = dyn_cast<PopulationOp>(op))
      return population;
    if (auto coupling = dyn_cast<CouplingOp>(op))
      op = tables.lookupNearestSymbolFrom(coupling,
                                          coupling.getProjectionAttr());
    if (auto projection = dyn_cast_or_null<ProjectionOp>(op))
      return tables.lookupNearestSymbolFrom<PopulationOp>(
          projection, projection.getTargetAttr());
  }
  return {};
}

/// What `name` is in the population's memory; an error where it is no DeclT.
template <typename DeclT>
static FailureOr<DeclT> lookup(Operation *op, FlatSymbolRefAttr name,
                               SymbolTableCollection &tables,
                               const char *what) {
  PopulationOp population = getPopulation(op, tables);
  if (!population)
    return op->emitOpError("belongs to no population");
  if (auto found = tables.lookupSymbolIn<DeclT>(population, name.getAttr()))
    return found;
  op->emitOpError("'") << name << "' is no " << what << " of @"
                       << population.getSymName();
  return failure();
}

static LogicalResult verifyType(Operation *op, Type declared, Type used) {
  if (getElementTypeOrSelf(used) == declared)
    return success();
  return op->emitOpError("has type ")
         << used << ", but the declaration says " << declared;
}

/// The named part of the model is one of PartTs.
template <typename... PartTs>
static LogicalResult verifyPart(Operation *op, FlatSymbolRefAttr name,
                                SymbolTableCollection &tables,
                                const char *what) {
  Operation *found = tables.lookupNearestSymbolFrom(op, name);
  if (isa_and_nonnull<PartTs...>(found))
    return success();
  return op->emitOpError("'") << name << "' is no " << what;
}

static LogicalResult verifySlice(Operation *op, FlatSymbolRefAttr name,
                                 SliceAttr slice,
                                 SymbolTableCollection &tables) {
  if (!slice)
    return success();
  Operation *found = tables.lookupNearestSymbolFrom(op, name);
  auto size = found->getAttrOfType<IntegerAttr>("size").getInt();
  if (slice.getEnd() <= size)
    return success();
  return op->emitOpError("slice ends at ")
         << slice.getEnd() << ", but '" << name << "' has " << size
         << " neurons";
}

//===----------------------------------------------------------------------===//
// Kernels
//===----------------------------------------------------------------------===//

LogicalResult GetParameterOp::verifySymbolUses(SymbolTableCollection &tables) {
  auto parameter =
      lookup<ParameterOp>(*this, getNameAttr(), tables, "parameter");
  if (failed(parameter))
    return failure();
  if (parameter->isPerNeuron() && isa<InitConstantsOp>((*this)->getParentOp()))
    return emitOpError("'@") << getName()
                             << "' differs between neurons; constants cannot "
                                "depend on it";
  return success();
}

LogicalResult SetConstantOp::verifySymbolUses(SymbolTableCollection &tables) {
  return lookup<ConstantOp>(*this, getNameAttr(), tables, "constant");
}

LogicalResult GetConstantOp::verifySymbolUses(SymbolTableCollection &tables) {
  auto constant = lookup<ConstantOp>(*this, getNameAttr(), tables, "constant");
  return failed(constant) ? failure()
                          : verifyType(*this, constant->getType(), getType());
}

LogicalResult GetInputOp::verifySymbolUses(SymbolTableCollection &tables) {
  auto input = lookup<InputOp>(*this, getNameAttr(), tables, "input");
  return failed(input) ? failure()
                       : verifyType(*this, input->getType(), getType());
}

LogicalResult SetFieldOp::verifySymbolUses(SymbolTableCollection &tables) {
  auto field = lookup<FieldOp>(*this, getNameAttr(), tables, "field");
  if (failed(field))
    return failure();
  if (field->getRole() != Role::State && field->getRole() != Role::Derived)
    return emitOpError("sets a ")
           << stringifyRole(field->getRole()) << "; only states and derived "
           << "fields are initialised";
  return success();
}

LogicalResult LoadOp::verifySymbolUses(SymbolTableCollection &tables) {
  auto field = lookup<FieldOp>(*this, getNameAttr(), tables, "field");
  return failed(field) ? failure()
                       : verifyType(*this, field->getType(), getType());
}

LogicalResult StoreOp::verifySymbolUses(SymbolTableCollection &tables) {
  auto field = lookup<FieldOp>(*this, getNameAttr(), tables, "field");
  if (failed(field))
    return failure();
  if (field->getRole() == Role::Derived)
    return emitOpError("'@") << getName() << "' is constant during a run";
  return verifyType(*this, field->getType(), getValue().getType());
}

LogicalResult TakeOp::verifySymbolUses(SymbolTableCollection &tables) {
  auto field = lookup<FieldOp>(*this, getNameAttr(), tables, "field");
  if (failed(field))
    return failure();
  if (field->getRole() != Role::Sum)
    return emitOpError("'@") << getName() << "' is no sum";
  return verifyType(*this, getPopulation(*this, tables).getElementType(),
                    getType());
}

LogicalResult AddOp::verifySymbolUses(SymbolTableCollection &tables) {
  auto field = lookup<FieldOp>(*this, getNameAttr(), tables, "field");
  if (failed(field))
    return failure();
  if (field->getRole() != Role::Sum)
    return emitOpError("'@") << getName() << "' is no sum";
  return verifyType(*this, field->getType(), getValue().getType());
}

//===----------------------------------------------------------------------===//
// The model's parts
//===----------------------------------------------------------------------===//

LogicalResult ProjectionOp::verifySymbolUses(SymbolTableCollection &tables) {
  if (failed(verifyPart<PopulationOp, PoissonSourceOp, TrainSourceOp,
                        ConditionSourceOp>(*this, getSourceAttr(), tables,
                                           "population or source")) ||
      failed(verifyPart<PopulationOp>(*this, getTargetAttr(), tables,
                                      "population")) ||
      failed(
          verifySlice(*this, getSourceAttr(), getSourceSliceAttr(), tables)) ||
      failed(verifySlice(*this, getTargetAttr(), getTargetSliceAttr(), tables)))
    return failure();
  return success();
}

LogicalResult
ConditionSourceOp::verifySymbolUses(SymbolTableCollection &tables) {
  for (FlatSymbolRefAttr name : {getSpikesAttr(), getBeforeAttr()})
    if (failed(verifyPart<PopulationOp, PoissonSourceOp, TrainSourceOp,
                          ConditionSourceOp>(*this, name, tables,
                                             "population or source")))
      return failure();
  if (failed(verifySlice(*this, getSpikesAttr(), getSpikesSliceAttr(), tables)))
    return failure();
  return verifySlice(*this, getBeforeAttr(), getBeforeSliceAttr(), tables);
}

/// The sum or input `name` of the population `target`.
template <typename DeclT>
static FailureOr<DeclT>
lookupAt(Operation *op, FlatSymbolRefAttr target, FlatSymbolRefAttr name,
         SymbolTableCollection &tables, const char *what) {
  auto population = tables.lookupNearestSymbolFrom<PopulationOp>(op, target);
  if (!population) {
    op->emitOpError("'") << target << "' is no population";
    return failure();
  }
  if (auto found = tables.lookupSymbolIn<DeclT>(population, name.getAttr()))
    return found;
  op->emitOpError("'") << name << "' is no " << what << " of " << target;
  return failure();
}

LogicalResult DriveOp::verifySymbolUses(SymbolTableCollection &tables) {
  auto field =
      lookupAt<FieldOp>(*this, getTargetAttr(), getSumAttr(), tables, "field");
  if (failed(field))
    return failure();
  if (field->getRole() != Role::Sum)
    return emitOpError("'@") << getSum() << "' is no sum";
  return verifySlice(*this, getTargetAttr(), getTargetSliceAttr(), tables);
}

LogicalResult StimulusOp::verifySymbolUses(SymbolTableCollection &tables) {
  auto input = lookupAt<InputOp>(*this, getTargetAttr(), getInputAttr(), tables,
                                 "input");
  if (failed(input))
    return failure();
  if (!input->getPerNeuron() && (getTargetSlice() || getNoise()))
    return emitOpError("'@") << getInput()
                             << "' is one number for all neurons, but this "
                                "stimulus differs between them";
  return verifySlice(*this, getTargetAttr(), getTargetSliceAttr(), tables);
}

LogicalResult RecordSpikesOp::verifySymbolUses(SymbolTableCollection &tables) {
  if (failed(verifyPart<PopulationOp, PoissonSourceOp, TrainSourceOp,
                        ConditionSourceOp>(*this, getPopulationAttr(), tables,
                                           "population or source")))
    return failure();
  return verifySlice(*this, getPopulationAttr(), getSliceAttr(), tables);
}

LogicalResult RecordFieldOp::verifySymbolUses(SymbolTableCollection &tables) {
  if (failed(lookupAt<FieldOp>(*this, getPopulationAttr(), getFieldAttr(),
                               tables, "field")))
    return failure();
  return verifySlice(*this, getPopulationAttr(), getSliceAttr(), tables);
}

LogicalResult SetParameterOp::verifySymbolUses(SymbolTableCollection &tables) {
  auto parameter = lookupAt<ParameterOp>(
      *this, getPopulationAttr(), getParameterAttr(), tables, "parameter");
  if (failed(parameter))
    return failure();
  if (parameter->isPerNeuron())
    return emitOpError("'@") << getParameter()
                             << "' differs between neurons; only a uniform "
                                "parameter can be changed";
  return success();
}

LogicalResult ResetStateOp::verifySymbolUses(SymbolTableCollection &tables) {
  if (!getPopulation())
    return success();
  return verifyPart<PopulationOp>(*this, getPopulationAttr(), tables,
                                  "population");
}
