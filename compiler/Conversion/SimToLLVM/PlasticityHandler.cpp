//===- PlasticityHandler.cpp - A handler of many synapses -----------------===//
//
// A handler is a function of one synapse; its operations are copied with
// numbers in their places, or with vectors.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SimToLLVM/PlasticityHandler.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace snn {

HandlerEmitter::HandlerEmitter(sim::PlasticityOp rule, const Cells &cells,
                               Operation *kernel, StringRef name,
                               TypeRange arguments)
    : rule(rule), cells(cells), kernel(kernel), element(rule.getElementType()),
      loc(kernel->getLoc()),
      function(loc, name, arguments, {IntegerType::get(rule.getContext(), 32)}),
      view(function.getArgument(0)) {}

//===----------------------------------------------------------------------===//
// Code of a round
//===----------------------------------------------------------------------===//

Value HandlerEmitter::stepAt(OpBuilder &builder, Value) {
  Value step = function.readTable(view, Step, builder.getI64Type());
  return arith::TruncIOp::create(builder, loc, builder.getI32Type(), step);
}

Value HandlerEmitter::emitSynapse(OpBuilder &builder, Value k, Value i) {
  IRMapping mapping;
  Block &body = kernel->getRegion(0).front();
  unsigned next = 0;
  for (unsigned s = 0; s < rule.getStates().size(); ++s)
    mapping.map(body.getArgument(next++),
                loadState(builder, stateArray(s), k, element));
  for (auto read : rule.getReads().getAsRange<SymbolRefAttr>()) {
    BlockArgument argument = body.getArgument(next++);
    if (!argument.use_empty() && !isEarly(argument))
      mapping.map(argument, loadRead(builder, read, i));
  }
  if (rule.getLazy() && !isEarly(body.getArgument(next))) {
    Value last = loadState(builder, member(Last), k, builder.getI32Type());
    Value now = spread(builder, stepAt(builder, i));
    mapping.map(
        body.getArgument(next),
        timeOf(builder, arith::SubIOp::create(builder, loc, now, last)));
  }
  mapEarly(builder, mapping, i);
  cloneBlock(builder, body, mapping);

  auto yield = cast<sim::YieldOp>(body.getTerminator());
  for (unsigned s = 0; changes && s < rule.getStates().size(); ++s) {
    Value yielded = yield.getValues()[s];
    if (yielded == body.getArgument(s))
      continue;
    Value state = spread(builder, mapping.lookup(yielded));
    storeState(builder, state, stateArray(s), k);
    fault(builder, isNotFinite(builder, state));
  }
  if (changes && rule.getLazy())
    storeState(builder, spread(builder, stepAt(builder, i)), member(Last), k);
  return mapping.lookup(yield.getValues().back());
}

void HandlerEmitter::cloneBlock(OpBuilder &builder, Block &block,
                                IRMapping &mapping, bool early) {
  for (Operation &op : block.without_terminator()) {
    if (!op.hasTrait<OpTrait::ConstantLike>() && isEarly(op) != early)
      continue;
    if (auto conditional = dyn_cast<scf::IfOp>(op))
      cloneIf(builder, conditional, mapping);
    else
      cloneWide(builder, op, mapping);
  }
}

/// Both branches are executed: they are values only.
void HandlerEmitter::cloneIf(OpBuilder &builder, scf::IfOp op,
                             IRMapping &mapping) {
  cloneBlock(builder, op.getThenRegion().front(), mapping);
  cloneBlock(builder, op.getElseRegion().front(), mapping);
  Value condition = spread(builder, mapping.lookup(op.getCondition()));
  for (auto [result, a, b] :
       llvm::zip(op.getResults(), op.thenYield().getOperands(),
                 op.elseYield().getOperands()))
    mapping.map(result,
                arith::SelectOp::create(builder, loc, condition,
                                        spread(builder, mapping.lookup(a)),
                                        spread(builder, mapping.lookup(b))));
}

/// What is the same for all synapses stays one number.
void HandlerEmitter::cloneWide(OpBuilder &builder, Operation &op,
                               IRMapping &mapping) {
  bool isWide = llvm::any_of(op.getOperands(), [&](Value operand) {
    return isa<VectorType>(mapping.lookup(operand).getType());
  });
  IRMapping operands;
  for (Value operand : op.getOperands())
    operands.map(operand, isWide ? spread(builder, mapping.lookup(operand))
                                 : mapping.lookup(operand));
  Operation *created = builder.clone(op, operands);
  for (auto [from, to] : llvm::zip(op.getResults(), created->getResults())) {
    if (isWide)
      to.setType(wide(to.getType()));
    mapping.map(from, to);
  }
}

/// What the rule reads of a cell.
Value HandlerEmitter::loadRead(OpBuilder &builder, SymbolRefAttr read,
                               Value i) {
  StringRef population = read.getRootReference();
  if (rule.getPre() == population)
    return loadPre(builder,
                   cells.stateNumber(population, read.getLeafReference()), i);
  if (readsTarget(read))
    return loadTarget(builder, read, i);
  return function.readTable(member(Modulators),
                            cells.modulatorNumber(rule, read), element);
}

Value HandlerEmitter::timeOf(OpBuilder &builder, Value steps) {
  Value number = arith::UIToFPOp::create(builder, loc, wide(element), steps);
  Value step =
      constant(builder, builder.getFloatAttr(element, cells.getStepSize()));
  return arith::MulFOp::create(builder, loc, number, step);
}

/// x - x is zero, or no number.
Value HandlerEmitter::isNotFinite(OpBuilder &builder, Value x) {
  Value zero = arith::SubFOp::create(builder, loc, x, x);
  return arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::UNO, zero,
                               zero);
}

void HandlerEmitter::fault(OpBuilder &builder, Value isFault) {
  faults = arith::OrIOp::create(builder, loc, faults, isFault);
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

Value HandlerEmitter::emitRounds(OpBuilder &outside, Value from, Value to,
                                 Round round) {
  Value none = constant(outside, outside.getBoolAttr(false));
  auto loop =
      scf::ForOp::create(outside, loc, from, to, function.getI64(width), none);
  OpBuilder builder = OpBuilder::atBlockBegin(loop.getBody());
  faults = loop.getRegionIterArg(0);
  round(builder, loop.getInductionVar());
  scf::YieldOp::create(builder, loc, faults);
  if (width == 1)
    return loop.getResult(0);
  // Whether any of a vector's did.
  Type bits = outside.getIntegerType(width);
  Value zero = arith::ConstantIntOp::create(outside, loc, bits, 0);
  return arith::CmpIOp::create(
      outside, loc, arith::CmpIPredicate::ne,
      LLVM::BitcastOp::create(outside, loc, bits, loop.getResult(0)), zero);
}

void HandlerEmitter::forEach(OpBuilder &outside, Value from, Value to,
                             Round round) {
  auto loop =
      scf::ForOp::create(outside, loc, from, to, function.getI64(width));
  OpBuilder builder = OpBuilder::atBlockBegin(loop.getBody());
  round(builder, loop.getInductionVar());
}

func::FuncOp HandlerEmitter::emitChunks(Value from, Value to, Chunk emitChunk) {
  ImplicitLocOpBuilder &body = function.getBuilder();
  Value none = arith::ConstantIntOp::create(body, body.getI1Type(), 0);
  auto chunks =
      scf::ForOp::create(body, from, to, function.getI64(chunk), none);
  OpBuilder builder = OpBuilder::atBlockBegin(chunks.getBody());
  begin = chunks.getInductionVar();
  Value stop = arith::MinUIOp::create(
      builder, loc, to,
      arith::AddIOp::create(builder, loc, begin, function.getI64(chunk)));
  Value count = arith::SubIOp::create(builder, loc, stop, begin);
  Value whole =
      arith::AndIOp::create(builder, loc, count, function.getI64(-sim::lanes));
  Value middle = arith::AddIOp::create(builder, loc, begin, whole);
  Value failed = emitChunk(builder, middle, stop);
  scf::YieldOp::create(builder, loc,
                       ValueRange{arith::OrIOp::create(
                           builder, loc, chunks.getRegionIterArg(0), failed)});
  return finish(chunks.getResult(0));
}

func::FuncOp HandlerEmitter::finish(Value failed) {
  ImplicitLocOpBuilder &body = function.getBuilder();
  Value result = arith::ExtUIOp::create(body, body.getI32Type(), failed);
  func::ReturnOp::create(body, result);
  return function.getOp();
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

bool HandlerEmitter::readsTarget(SymbolRefAttr read) {
  StringRef population = read.getRootReference();
  return rule.getPost() == population || cells.targetOf(rule) == population;
}

Value HandlerEmitter::arrayOf(SymbolRefAttr read) {
  StringRef population = read.getRootReference();
  Value table = rule.getPost() == population ? member(Post) : member(Fields);
  return function.readTable(
      table, cells.layoutOf(population).getArrayIndex(read.getLeafReference()),
      function.getPointerType());
}

Value HandlerEmitter::load(OpBuilder &builder, Value pointer, Value index,
                           Type type) {
  return LLVM::LoadOp::create(
      builder, loc, type,
      function.addressOf(builder, loc, pointer, index, type));
}

Value HandlerEmitter::loadSide(OpBuilder &builder, Value pointer, Type type) {
  return LLVM::LoadOp::create(builder, loc, wide(type), pointer,
                              type.getIntOrFloatBitWidth() / 8);
}

void HandlerEmitter::storeSide(OpBuilder &builder, Value value, Value pointer) {
  Type type = getElementTypeOrSelf(value);
  LLVM::StoreOp::create(builder, loc, value, pointer,
                        type.getIntOrFloatBitWidth() / 8);
}

Value HandlerEmitter::allocate(Type type) {
  return LLVM::AllocaOp::create(function.getBuilder(),
                                function.getPointerType(), type,
                                function.getI64(chunk), /*alignment=*/64);
}

Value HandlerEmitter::placeOf(OpBuilder &builder, Value room, Value k,
                              Type type) {
  Value number = arith::SubIOp::create(builder, loc, k, begin);
  return function.addressOf(builder, loc, room, number, type);
}

Type HandlerEmitter::wide(Type type) {
  return width == 1 ? type : VectorType::get(width, type);
}

Value HandlerEmitter::spread(OpBuilder &builder, Value value) {
  if (width == 1 || isa<VectorType>(value.getType()))
    return value;
  return vector::BroadcastOp::create(builder, loc, wide(value.getType()),
                                     value);
}

Value HandlerEmitter::constant(OpBuilder &builder, TypedAttr value) {
  if (width == 1)
    return arith::ConstantOp::create(builder, loc, value);
  auto type = cast<VectorType>(wide(value.getType()));
  return arith::ConstantOp::create(
      builder, loc, DenseElementsAttr::get(type, Attribute(value)));
}

} // namespace snn
