//===- Couplings.cpp - Synapses that act in every step ----------*- C++ -*-===//
//
// Construction and rules of `sim.coupling`.
//
//===----------------------------------------------------------------------===//
#include "dialects/Sim/IR/Ops.h"
#include "dialects/Spiking/IR/Building.h"

using namespace mlir;
using namespace snn;
using namespace snn::sim;

void CouplingOp::build(OpBuilder &builder, OperationState &state,
                       StringRef projection, ArrayAttr reads, ArrayAttr sums,
                       Type element) {
  state.addAttribute(getProjectionAttrName(state.name),
                     spiking::symbol(builder, projection));
  state.addAttribute(getReadsAttrName(state.name), reads);
  state.addAttribute(getSumsAttrName(state.name), sums);
  Block &body = state.addRegion()->emplaceBlock();
  for (size_t i = 0; i < 1 + reads.size(); ++i)
    body.addArgument(element, state.location);
}

LogicalResult CouplingOp::verifyRegions() {
  Block &body = getBody().front();
  auto yield = dyn_cast<YieldOp>(body.getTerminator());
  if (body.getNumArguments() != 1 + getReads().size())
    return emitOpError("must take the weight and ")
           << getReads().size() << " states";
  if (!yield || yield.getValues().size() != getSums().size())
    return emitOpError("must yield ") << getSums().size() << " values";
  Type element = body.getArgument(0).getType();
  if (!llvm::all_of(body.getArgumentTypes(),
                    [&](Type type) { return type == element; }) ||
      !llvm::all_of(yield.getValues().getTypes(),
                    [&](Type type) { return type == element; }))
    return emitOpError("must take and yield values of one type");
  return success();
}

LogicalResult CouplingOp::verifySymbolUses(SymbolTableCollection &tables) {
  auto projection =
      tables.lookupNearestSymbolFrom<ProjectionOp>(*this, getProjectionAttr());
  if (!projection)
    return emitOpError("'") << getProjectionAttr() << "' is no projection";
  auto source = tables.lookupNearestSymbolFrom<PopulationOp>(
      *this, projection.getSourceAttr());
  auto target = tables.lookupNearestSymbolFrom<PopulationOp>(
      *this, projection.getTargetAttr());
  if (!source || !target)
    return emitOpError("needs neurons on both sides");
  if (getBody().getArgument(0).getType() != target.getElementType())
    return emitOpError("must compute in ") << target.getElementType();
  for (auto read : getReads().getAsRange<FlatSymbolRefAttr>())
    if (auto field = tables.lookupSymbolIn<FieldOp>(source, read.getAttr());
        !field || field.getRole() != Role::State)
      return emitOpError("'") << read << "' is no state of the source";
  for (auto sum : getSums().getAsRange<FlatSymbolRefAttr>())
    if (auto input = tables.lookupSymbolIn<InputOp>(target, sum.getAttr());
        !input || !input.getCoupled())
      return emitOpError("'") << sum << "' is no coupled input of the target";
  return success();
}
