//===- Plasticity.cpp - Handlers over the synapses of a row or a list -----===//
//
// A function of one synapse becomes a loop: over the synapses of one source,
// which lie side by side, or over those of one target, which are listed. What
// belongs to the neuron that they share is read before the loop.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SimToLLVM/Cells.h"
#include "compiler/Conversion/SimToLLVM/Function.h"
#include "compiler/Conversion/SimToLLVM/Kernels.h"
#include "dialects/Sim/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace snn {

/// The members of snn_synapses, which are pointers but for the last.
enum Member : unsigned {
  States,
  Targets,
  Last,
  Fields,
  Post,
  Modulators,
  Constants,
  Step
};

namespace {

/// Emits the loop of one handler.
class HandlerEmitter {
public:
  HandlerEmitter(sim::PlasticityOp rule, const Cells &cells, Operation *kernel,
                 StringRef name, TypeRange arguments)
      : rule(rule), cells(cells), kernel(kernel),
        element(rule.getElementType()), loc(kernel->getLoc()),
        function(loc, name, arguments,
                 {IntegerType::get(rule.getContext(), 32)}),
        view(function.getArgument(0)) {}

  virtual ~HandlerEmitter() = default;

  func::FuncOp emit(Value begin, Value end) {
    ImplicitLocOpBuilder &body = function.getBuilder();
    Value noFaults = arith::ConstantIntOp::create(body, body.getI1Type(), 0);
    auto loop =
        scf::ForOp::create(body, begin, end, function.getI64(1), noFaults);
    OpBuilder builder = OpBuilder::atBlockBegin(loop.getBody());
    faults = loop.getRegionIterArg(0);
    emitSynapse(builder, loop.getInductionVar());
    scf::YieldOp::create(builder, loc, faults);
    Value result =
        arith::ExtUIOp::create(body, body.getI32Type(), loop.getResult(0));
    func::ReturnOp::create(body, result);
    return function.getOp();
  }

protected:
  /// Synapse and target of the loop's `i`-th round.
  virtual Value synapseAt(OpBuilder &builder, Value i) = 0;
  virtual Value targetAt(OpBuilder &builder, Value i) = 0;
  /// State number `state` of the follower of the round's source.
  virtual Value loadPre(OpBuilder &builder, unsigned state, Value i) = 0;
  /// The step of the round's event, in 32 bits.
  virtual Value stepAt(OpBuilder &builder, Value) {
    Value step = function.readTable(view, Step, builder.getI64Type());
    return arith::TruncIOp::create(builder, loc, builder.getI32Type(), step);
  }

  Value member(Member member) {
    return function.readTable(view, member, function.getPointerType());
  }
  Value load(OpBuilder &builder, Value pointer, Value index, Type type) {
    return LLVM::LoadOp::create(
        builder, loc, type,
        function.addressOf(builder, loc, pointer, index, type));
  }

  sim::PlasticityOp rule;
  const Cells &cells;
  Operation *kernel;
  FloatType element;
  Location loc;
  Function function;
  Value view;
  bool changes = true; // states; else the handler only sends

private:
  void emitSynapse(OpBuilder &builder, Value i) {
    Value k = synapseAt(builder, i);
    Value target = targetAt(builder, i);
    IRMapping mapping;
    Block &body = kernel->getRegion(0).front();
    unsigned next = 0;
    for (unsigned s = 0; s < rule.getStates().size(); ++s)
      mapping.map(body.getArgument(next++),
                  load(builder, stateArray(s), k, element));
    for (auto read : rule.getReads().getAsRange<SymbolRefAttr>()) {
      BlockArgument argument = body.getArgument(next++);
      if (!argument.use_empty())
        mapping.map(argument, loadRead(builder, read, target, i));
    }
    if (rule.getLazy())
      mapping.map(body.getArgument(next++), elapsed(builder, k, i));
    for (Operation &op : body)
      if (!isa<sim::YieldOp>(op))
        builder.clone(op, mapping);

    auto yield = cast<sim::YieldOp>(body.getTerminator());
    for (unsigned s = 0; changes && s < rule.getStates().size(); ++s) {
      Value yielded = yield.getValues()[s];
      if (yielded == body.getArgument(s))
        continue;
      Value state = mapping.lookup(yielded);
      LLVM::StoreOp::create(
          builder, loc, state,
          function.addressOf(builder, loc, stateArray(s), k, element));
      fault(builder, isNotFinite(builder, state));
    }
    if (changes && rule.getLazy())
      LLVM::StoreOp::create(builder, loc, stepAt(builder, i),
                            function.addressOf(builder, loc, member(Last), k,
                                               builder.getI32Type()));
    if (isa<sim::OnPreOp>(kernel))
      send(builder, mapping.lookup(yield.getValues().back()), target);
  }

  Value stateArray(unsigned state) {
    return function.readTable(member(States), state, function.getPointerType());
  }

  /// What the rule reads of a cell.
  Value loadRead(OpBuilder &builder, SymbolRefAttr read, Value target,
                 Value i) {
    StringRef population = read.getRootReference();
    StringRef field = read.getLeafReference();
    auto arrayOf = [&](Value table) {
      return function.readTable(table,
                                cells.layoutOf(population).getArrayIndex(field),
                                function.getPointerType());
    };
    if (rule.getPre() == population)
      return loadPre(builder, cells.stateNumber(population, field), i);
    if (rule.getPost() == population)
      return load(builder, arrayOf(member(Post)), target, element);
    if (cells.targetOf(rule) == population)
      return load(builder, arrayOf(member(Fields)), target, element);
    return function.readTable(member(Modulators),
                              cells.modulatorNumber(rule, read), element);
  }

  /// Time in ms since the synapse's last event.
  Value elapsed(OpBuilder &builder, Value k, Value i) {
    Value last = load(builder, member(Last), k, builder.getI32Type());
    Value steps = arith::SubIOp::create(builder, loc, stepAt(builder, i), last);
    Value number = arith::UIToFPOp::create(builder, loc, element, steps);
    Value step = arith::ConstantOp::create(
        builder, loc, builder.getFloatAttr(element, cells.getStepSize()));
    return arith::MulFOp::create(builder, loc, number, step);
  }

  /// x - x is zero, or no number.
  Value isNotFinite(OpBuilder &builder, Value x) {
    Value zero = arith::SubFOp::create(builder, loc, x, x);
    return arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::UNO, zero,
                                 zero);
  }

  void fault(OpBuilder &builder, Value isFault) {
    faults = arith::OrIOp::create(builder, loc, faults, isFault);
  }

  /// Adds a value to the target's sum, in whole units of the grid; one that the
  /// sum cannot hold is a fault.
  void send(OpBuilder &builder, Value sent, Value target) {
    const Layout &layout = cells.layoutOf(cells.targetOf(rule));
    unsigned index = layout.getArrayIndex(rule.getSum());
    Type type = Layout::getArrayType(layout.getArrays()[index]);
    auto number = [&](double value) -> Value {
      return arith::ConstantOp::create(builder, loc,
                                       builder.getFloatAttr(element, value));
    };
    Value units = arith::MulFOp::create(
        builder, loc, sent, number(1.0 / rule.getGrid().convertToDouble()));
    Value whole = math::RoundEvenOp::create(builder, loc, units);
    Value size = math::AbsFOp::create(builder, loc, whole);
    // A quarter of the range: no few events together leave it.
    Value fits =
        arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OLT, size,
                              number(type.isInteger(32) ? 0x1p31 : 0x1p61));
    Value one =
        arith::ConstantIntOp::create(builder, loc, builder.getI1Type(), 1);
    fault(builder, arith::XOrIOp::create(builder, loc, fits, one));
    Value safe =
        arith::SelectOp::create(builder, loc, fits, whole, number(0.0));
    Value added = arith::FPToSIOp::create(builder, loc, type, safe);
    Value sums =
        function.readTable(member(Fields), index, function.getPointerType());
    Value pointer = function.addressOf(builder, loc, sums, target, type);
    Value old = LLVM::LoadOp::create(builder, loc, type, pointer);
    Value sum = arith::AddIOp::create(builder, loc, old, added);
    LLVM::StoreOp::create(builder, loc, sum, pointer);
  }

  Value faults;
};

/// snn_row_fn: the synapses of one source.
class RowEmitter : public HandlerEmitter {
public:
  RowEmitter(sim::PlasticityOp rule, const Cells &cells, Operation *kernel,
             StringRef name, bool onlySends = false)
      : HandlerEmitter(rule, cells, kernel, name, types(rule.getContext())) {
    changes = !onlySends;
  }
  func::FuncOp run() {
    return emit(function.getArgument(2), function.getArgument(3));
  }

private:
  static SmallVector<Type> types(MLIRContext *context) {
    Type pointer = LLVM::LLVMPointerType::get(context);
    Type i64 = IntegerType::get(context, 64);
    return {pointer, pointer, i64, i64};
  }
  Value synapseAt(OpBuilder &, Value i) override { return i; }
  Value targetAt(OpBuilder &builder, Value i) override {
    Value target = load(builder, member(Targets), i, builder.getI32Type());
    return arith::ExtUIOp::create(builder, loc, builder.getI64Type(), target);
  }
  Value loadPre(OpBuilder &, unsigned state, Value) override {
    return function.readTable(function.getArgument(1), state, element);
  }
};

/// snn_list_fn: listed synapses of one target.
class ListEmitter : public HandlerEmitter {
public:
  ListEmitter(sim::PlasticityOp rule, const Cells &cells, Operation *kernel,
              StringRef name)
      : HandlerEmitter(rule, cells, kernel, name, types(rule.getContext())) {}
  func::FuncOp run() {
    return emit(function.getI64(0), function.getArgument(4));
  }

private:
  static SmallVector<Type> types(MLIRContext *context) {
    Type pointer = LLVM::LLVMPointerType::get(context);
    Type i64 = IntegerType::get(context, 64);
    return {pointer, i64, pointer, pointer, i64};
  }
  Value synapseAt(OpBuilder &builder, Value i) override {
    Value k = load(builder, function.getArgument(2), i, builder.getI32Type());
    return arith::ExtUIOp::create(builder, loc, builder.getI64Type(), k);
  }
  Value targetAt(OpBuilder &, Value) override {
    return function.getArgument(1);
  }
  Value loadPre(OpBuilder &builder, unsigned state, Value i) override {
    Value array = function.readTable(function.getArgument(3), state,
                                     function.getPointerType());
    return load(builder, array, i, element);
  }
};

/// snn_missed_fn: listed synapses of one source, each at a step of its own.
class MissedEmitter : public HandlerEmitter {
public:
  MissedEmitter(sim::PlasticityOp rule, const Cells &cells, Operation *kernel,
                StringRef name)
      : HandlerEmitter(rule, cells, kernel, name, types(rule.getContext())) {}
  func::FuncOp run() {
    return emit(function.getI64(0), function.getArgument(4));
  }

private:
  static SmallVector<Type> types(MLIRContext *context) {
    Type pointer = LLVM::LLVMPointerType::get(context);
    Type i64 = IntegerType::get(context, 64);
    return {pointer, pointer, pointer, pointer, i64};
  }
  Value synapseAt(OpBuilder &builder, Value i) override {
    Value k = load(builder, function.getArgument(2), i, builder.getI32Type());
    return arith::ExtUIOp::create(builder, loc, builder.getI64Type(), k);
  }
  Value targetAt(OpBuilder &, Value) override { return {}; }
  /// The round's step since the log began.
  Value entryAt(OpBuilder &builder, Value i, Type type) {
    Value entry =
        load(builder, function.getArgument(3), i, builder.getIntegerType(16));
    return arith::ExtUIOp::create(builder, loc, type, entry);
  }
  Value stepAt(OpBuilder &builder, Value i) override {
    Value began = HandlerEmitter::stepAt(builder, i);
    return arith::AddIOp::create(builder, loc, began,
                                 entryAt(builder, i, builder.getI32Type()));
  }
  Value loadPre(OpBuilder &builder, unsigned state, Value i) override {
    Value array = function.readTable(function.getArgument(1), state,
                                     function.getPointerType());
    Value row = arith::MulIOp::create(builder, loc,
                                      entryAt(builder, i, builder.getI64Type()),
                                      function.getI64(sim::lanes));
    return load(builder, array, row, element);
  }
};

} // namespace

func::FuncOp emitRow(sim::PlasticityOp rule, Operation *kernel,
                     const Cells &cells, StringRef name, bool onlySends) {
  return RowEmitter(rule, cells, kernel, name, onlySends).run();
}

func::FuncOp emitList(sim::PlasticityOp rule, sim::OnPostOp kernel,
                      const Cells &cells, StringRef name) {
  return ListEmitter(rule, cells, kernel, name).run();
}

func::FuncOp emitMissed(sim::PlasticityOp rule, sim::OnPostOp kernel,
                        const Cells &cells, StringRef name) {
  return MissedEmitter(rule, cells, kernel, name).run();
}

/// snn_follow_fn: one listed neuron after the other.
func::FuncOp emitFollow(sim::FollowOp op, const Layout &layout,
                        StringRef name) {
  MLIRContext *context = op.getContext();
  Type pointer = LLVM::LLVMPointerType::get(context);
  Type i64 = IntegerType::get(context, 64);
  Function function(op.getLoc(), name, {pointer, pointer, pointer, i64}, {});
  Function::Memory memory = {function.getArgument(0), function.getArgument(1)};
  ImplicitLocOpBuilder &body = function.getBuilder();
  auto loop = scf::ForOp::create(body, function.getI64(0),
                                 function.getArgument(3), function.getI64(1));
  OpBuilder builder = OpBuilder::atBlockBegin(loop.getBody());
  Type i32 = builder.getI32Type();
  Value listed = LLVM::LoadOp::create(
      builder, op.getLoc(), i32,
      function.addressOf(builder, op.getLoc(), function.getArgument(2),
                         loop.getInductionVar(), i32));
  Value neuron = arith::ExtUIOp::create(builder, op.getLoc(), i64, listed);
  IRMapping mapping;
  function.inlineBlock(builder, op.getBody().front(), mapping);
  function.lowerAccesses(loop.getRegion(), layout, memory, neuron);
  func::ReturnOp::create(body);
  return function.getOp();
}

} // namespace snn
