//===- Plasticity.cpp - Handlers of synapses --------------------*- C++ -*-===//
//
// Syntax, construction and rules of `sim.plasticity`.
//
//===----------------------------------------------------------------------===//
#include "dialects/Sim/IR/Ops.h"
#include "dialects/Spiking/IR/Building.h"

using namespace mlir;
using namespace snn;
using namespace snn::sim;

//===----------------------------------------------------------------------===//
// Construction
//===----------------------------------------------------------------------===//

FloatType PlasticityOp::getElementType() {
  if (getPrecision() == spiking::Precision::F32)
    return Float32Type::get(getContext());
  return Float64Type::get(getContext());
}

unsigned PlasticityOp::getNumArguments() {
  return getStates().size() + getReads().size() + getLazy();
}

void OnPreOp::build(OpBuilder &, OperationState &state) {
  spiking::addBody(state);
}

void OnPostOp::build(OpBuilder &, OperationState &state) {
  spiking::addBody(state);
}

void EveryOp::build(OpBuilder &builder, OperationState &state, int64_t period) {
  state.addAttribute(getPeriodAttrName(state.name),
                     builder.getI64IntegerAttr(period));
  spiking::addBody(state);
}

//===----------------------------------------------------------------------===//
// Rules
//===----------------------------------------------------------------------===//

/// One argument for each thing that a handler sees; all of the precision.
static LogicalResult verifyHandler(PlasticityOp rule, Operation *op,
                                   unsigned numYielded) {
  Block &body = op->getRegion(0).front();
  FloatType element = rule.getElementType();
  auto isElement = [&](Type type) { return type == element; };
  if (body.getNumArguments() != rule.getNumArguments() ||
      !llvm::all_of(body.getArgumentTypes(), isElement))
    return op->emitOpError("must take ")
           << rule.getNumArguments() << " arguments of " << element;
  auto yield = dyn_cast<YieldOp>(body.getTerminator());
  if (!yield || yield.getValues().size() != numYielded ||
      !llvm::all_of(yield.getValues().getTypes(), isElement))
    return op->emitOpError("must yield ")
           << numYielded << " values of " << element;
  return success();
}

LogicalResult PlasticityOp::verifyRegions() {
  if (getStates().empty() || getStates().size() != getUnits().size())
    return emitOpError("needs a weight, and as many units as states");
  if (getInitials().size() + 1 != getStates().size())
    return emitOpError("needs an initial value for each state but the weight");
  unsigned numPre = 0;
  for (Operation &op : getBody().front()) {
    if (!isa<OnPreOp, OnPostOp, EveryOp>(op))
      return op.emitOpError("is no handler of a synapse");
    numPre += isa<OnPreOp>(op);
    if (failed(
            verifyHandler(*this, &op, getStates().size() + isa<OnPreOp>(op))))
      return failure();
  }
  if (numPre != 1)
    return emitOpError("needs one sim.on_pre, but has ") << numPre;
  return success();
}

LogicalResult PlasticityOp::verifySymbolUses(SymbolTableCollection &tables) {
  auto projection =
      tables.lookupNearestSymbolFrom<ProjectionOp>(*this, getProjectionAttr());
  if (!projection)
    return emitOpError("'") << getProjectionAttr() << "' is no projection";
  for (auto read : getReads().getAsRange<SymbolRefAttr>()) {
    auto population = tables.lookupNearestSymbolFrom<PopulationOp>(
        *this, FlatSymbolRefAttr::get(read.getRootReference()));
    auto field = population ? tables.lookupSymbolIn<FieldOp>(
                                  population, read.getLeafReference())
                            : FieldOp();
    if (!field)
      return emitOpError("'") << read << "' is no field of a population";
    if (field.getType() != getElementType())
      return emitOpError("reads '") << read << "' of type " << field.getType()
                                    << " in a rule of " << getElementType();
  }
  auto target = tables.lookupNearestSymbolFrom<PopulationOp>(
      *this, projection.getTargetAttr());
  auto sum =
      target ? tables.lookupSymbolIn<FieldOp>(target, getSumAttr().getAttr())
             : FieldOp();
  if (!sum || sum.getRole() != Role::Sum)
    return emitOpError("'") << getSumAttr() << "' is no sum";
  return success();
}

/// The rule of a projection; null after an error.
static PlasticityOp resolveRule(Operation *op, FlatSymbolRefAttr projection) {
  auto model = cast<ModelOp>(op->getParentOp());
  for (auto rule : model.getBody().getOps<PlasticityOp>())
    if (rule.getProjectionAttr() == projection)
      return rule;
  op->emitOpError("'") << projection << "' is no plastic projection";
  return {};
}

LogicalResult RecordSynapsesOp::verifySymbolUses(SymbolTableCollection &) {
  PlasticityOp rule = resolveRule(*this, getProjectionAttr());
  if (!rule)
    return failure();
  for (auto state : rule.getStates().getAsRange<StringAttr>())
    if (state == getStateAttr().getAttr())
      return success();
  return emitOpError("'") << getStateAttr() << "' is no state of the synapses "
                          << "of " << getProjectionAttr();
}

LogicalResult SetPlasticityOp::verifySymbolUses(SymbolTableCollection &) {
  return success(!getProjection() || resolveRule(*this, getProjectionAttr()));
}
