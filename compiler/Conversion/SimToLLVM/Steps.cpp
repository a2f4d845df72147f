//===- Steps.cpp - Kernels over blocks of 16 neurons ----------------------===//
//
// update, integrate and observe: a loop over blocks around the vectorised
// region.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SimToLLVM/Function.h"
#include "compiler/Conversion/SimToLLVM/Kernels.h"
#include "dialects/Sim/Transforms/Passes.h"
#include "snn/abi.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace snn {

static_assert(sim::lanes == SNN_LANES);

/// Stores 16 conditions as the bits of spikes[(i - begin) / 16].
static void storeSpikes(OpBuilder &builder, Location loc, Function &function,
                        Value fired, Value spikes, Value index, Value begin) {
  Type i16 = builder.getIntegerType(16);
  Value bits = LLVM::BitcastOp::create(builder, loc, i16, fired);
  Value offset = arith::SubIOp::create(builder, loc, index, begin);
  Value block =
      arith::ShRUIOp::create(builder, loc, offset, function.getI64(4));
  Value pointer = function.addressOf(builder, loc, spikes, block, i16);
  LLVM::StoreOp::create(builder, loc, bits, pointer);
}

/// The new values of states at the end of a block of code: what it stores, and
/// where the step has a first half, what that and handlers left.
static SmallVector<Value> collectStates(OpBuilder &builder, Block &block,
                                        sim::PopulationOp population) {
  llvm::StringMap<Value> stored;
  for (auto store : block.getOps<sim::StoreOp>())
    stored[store.getName()] = store.getValue();
  auto halves = population.getBody().getOps<sim::IntegrateOp>();
  SmallVector<Value> states;
  for (auto field : population.getBody().getOps<sim::FieldOp>()) {
    if (field.getRole() != sim::Role::State)
      continue;
    if (Value value = stored.lookup(field.getSymName()))
      states.push_back(value);
    else if (!halves.empty())
      states.push_back(sim::LoadOp::create(
          builder, field.getLoc(), VectorType::get(sim::lanes, field.getType()),
          FlatSymbolRefAttr::get(field.getSymNameAttr())));
  }
  return states;
}

/// Zero times all states: zero, or NaN from the first one that is not finite.
static Value accumulateFaults(OpBuilder &builder, Location loc,
                              ArrayRef<Value> states, Value zero) {
  for (Value x : states)
    zero = arith::MulFOp::create(builder, loc, zero, x);
  return zero;
}

/// 1 if any lane of `zero` is NaN.
static Value reduceFaults(ImplicitLocOpBuilder &builder, Value zero) {
  Value isNaN =
      arith::CmpFOp::create(builder, arith::CmpFPredicate::UNO, zero, zero);
  Type i16 = builder.getIntegerType(16);
  Value bits = LLVM::BitcastOp::create(builder, i16, isNaN);
  Value none = arith::ConstantIntOp::create(builder, i16, 0);
  Value any =
      arith::CmpIOp::create(builder, arith::CmpIPredicate::ne, bits, none);
  return arith::ExtUIOp::create(builder, builder.getI32Type(), any);
}

func::FuncOp emitUpdate(sim::UpdateOp op, const Layout &layout,
                        StringRef name) {
  MLIRContext *context = op.getContext();
  Type pointer = LLVM::LLVMPointerType::get(context);
  Type i64 = IntegerType::get(context, 64), i32 = IntegerType::get(context, 32);
  Function function(op.getLoc(), name,
                    {pointer, pointer, pointer, i64, i64, pointer}, {i32});
  Function::Memory memory = {function.getArgument(0), function.getArgument(1),
                             function.getArgument(2)};
  Value begin = function.getArgument(3), end = function.getArgument(4);
  ImplicitLocOpBuilder &body = function.getBuilder();
  auto vector = VectorType::get(sim::lanes, layout.getElementType());
  Value noFaults = arith::ConstantOp::create(body, body.getZeroAttr(vector));
  auto loop = scf::ForOp::create(body, begin, end, function.getI64(sim::lanes),
                                 noFaults);
  OpBuilder builder = OpBuilder::atBlockBegin(loop.getBody());
  IRMapping mapping;
  function.inlineBlock(builder, op.getBody().front(), mapping);

  auto population = cast<sim::PopulationOp>(op->getParentOp());
  SmallVector<Value> states =
      collectStates(builder, *loop.getBody(), population);
  Value faults =
      accumulateFaults(builder, op.getLoc(), states, loop.getRegionIterArg(0));
  auto emit = *loop.getBody()->getOps<sim::EmitOp>().begin();
  storeSpikes(builder, emit.getLoc(), function, emit.getFired(),
              function.getArgument(5), loop.getInductionVar(), begin);
  emit.erase();
  scf::YieldOp::create(builder, op.getLoc(), faults);
  function.lowerAccesses(loop.getRegion(), layout, memory,
                         loop.getInductionVar());
  func::ReturnOp::create(body, reduceFaults(body, loop.getResult(0)));
  return function.getOp();
}

/// snn_replay_fn: states are in registers from step to step.
func::FuncOp emitReplay(sim::UpdateOp op, const Layout &layout,
                        StringRef name) {
  MLIRContext *context = op.getContext();
  Type pointer = LLVM::LLVMPointerType::get(context);
  Type i64 = IntegerType::get(context, 64);
  Function function(op.getLoc(), name,
                    {pointer, pointer, pointer, pointer, i64, i64}, {});
  Function::Memory memory = {function.getArgument(0), function.getArgument(1)};
  Value start = function.getArgument(2), out = function.getArgument(3);
  Value stride = function.getArgument(4), count = function.getArgument(5);
  ImplicitLocOpBuilder &body = function.getBuilder();
  Location loc = op.getLoc();
  Type element = layout.getElementType();
  auto vector = VectorType::get(sim::lanes, element);
  unsigned alignment = element.getIntOrFloatBitWidth() / 8;

  SmallVector<StringRef> states;
  auto population = cast<sim::PopulationOp>(op->getParentOp());
  for (auto field : population.getBody().getOps<sim::FieldOp>())
    if (field.getRole() == sim::Role::State)
      states.push_back(field.getSymName());
  SmallVector<Value> first;
  for (unsigned s = 0; s < states.size(); ++s)
    first.push_back(LLVM::LoadOp::create(
        body, vector,
        function.addressOf(body, loc, start, function.getI64(s * sim::lanes),
                           element),
        alignment));
  auto loop = scf::ForOp::create(body, function.getI64(0), count,
                                 function.getI64(1), first);
  OpBuilder builder = OpBuilder::atBlockBegin(loop.getBody());
  for (auto [s, state] : llvm::enumerate(loop.getRegionIterArgs())) {
    Value row = arith::MulIOp::create(builder, loc, stride,
                                      function.getI64(s * sim::lanes));
    Value step = arith::MulIOp::create(builder, loc, loop.getInductionVar(),
                                       function.getI64(sim::lanes));
    Value place = arith::AddIOp::create(builder, loc, row, step);
    LLVM::StoreOp::create(builder, loc, state,
                          function.addressOf(builder, loc, out, place, element),
                          alignment);
  }
  IRMapping mapping;
  function.inlineBlock(builder, op.getBody().front(), mapping);
  SmallVector<Value> next(loop.getRegionIterArgs());
  for (Operation &access : llvm::make_early_inc_range(*loop.getBody())) {
    auto stateOf = [&](StringRef field) {
      return std::find(states.begin(), states.end(), field) - states.begin();
    };
    if (auto load = dyn_cast<sim::LoadOp>(access)) {
      size_t s = stateOf(load.getName());
      if (s == states.size())
        continue;
      load.replaceAllUsesWith(loop.getRegionIterArg(s));
    } else if (auto store = dyn_cast<sim::StoreOp>(access)) {
      next[stateOf(store.getName())] = store.getValue();
    } else if (!isa<sim::EmitOp>(access)) {
      continue;
    }
    access.erase();
  }
  scf::YieldOp::create(builder, loc, next);
  function.lowerAccesses(loop.getRegion(), layout, memory, function.getI64(0));
  func::ReturnOp::create(body);
  return function.getOp();
}

/// A loop without results.
static func::FuncOp emitLoop(Operation *op, const Layout &layout,
                             StringRef name) {
  MLIRContext *context = op->getContext();
  Type pointer = LLVM::LLVMPointerType::get(context);
  Type i64 = IntegerType::get(context, 64);
  Function function(op->getLoc(), name, {pointer, pointer, pointer, i64, i64},
                    {});
  Function::Memory memory = {function.getArgument(0), function.getArgument(1),
                             function.getArgument(2)};
  ImplicitLocOpBuilder &body = function.getBuilder();
  auto loop =
      scf::ForOp::create(body, function.getArgument(3), function.getArgument(4),
                         function.getI64(sim::lanes));
  OpBuilder builder = OpBuilder::atBlockBegin(loop.getBody());
  IRMapping mapping;
  function.inlineBlock(builder, op->getRegion(0).front(), mapping);
  function.lowerAccesses(loop.getRegion(), layout, memory,
                         loop.getInductionVar());
  func::ReturnOp::create(body);
  return function.getOp();
}

func::FuncOp emitIntegrate(sim::IntegrateOp op, const Layout &layout,
                           StringRef name) {
  return emitLoop(op, layout, name);
}

func::FuncOp emitObserve(sim::ObserveOp op, const Layout &layout,
                         StringRef name) {
  return emitLoop(op, layout, name);
}

} // namespace snn
