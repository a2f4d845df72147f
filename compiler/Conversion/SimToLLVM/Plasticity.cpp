//===- Plasticity.cpp - Handlers over the synapses of a row or a list -----===//
//
// A function of one synapse becomes a loop: over the synapses of one source,
// which lie side by side, or over those of one target, which are listed. What
// belongs to the neuron that they share is read before the loop. Of those side
// by side 16 are taken at once; which instructions that takes is the matter of
// LLVM, so results are those of one after the other.
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
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/ADT/MapVector.h"

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

/// Emits a handler as a function of many synapses.
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

protected:
  /// Where the states of a round's synapses lie, of which the first is `k`.
  virtual Value loadState(OpBuilder &builder, Value array, Value k,
                          Type type) = 0;
  virtual void storeState(OpBuilder &builder, Value value, Value array,
                          Value k) = 0;
  /// State number `state` of the follower of the round's source.
  virtual Value loadPre(OpBuilder &builder, unsigned state, Value i) = 0;
  /// What the round's targets hold in an array of theirs.
  virtual Value loadTarget(OpBuilder &builder, SymbolRefAttr read, Value i) = 0;
  /// The step of the round's event, in 32 bits.
  virtual Value stepAt(OpBuilder &builder, Value) {
    Value step = function.readTable(view, Step, builder.getI64Type());
    return arith::TruncIOp::create(builder, loc, builder.getI32Type(), step);
  }

  /// for (i = begin; i < end; i += width), and whether anything of it failed.
  Value emitRounds(OpBuilder &outside, Value begin, Value end,
                   llvm::function_ref<void(OpBuilder &, Value i)> round) {
    Value none = constant(outside, outside.getBoolAttr(false));
    auto loop = scf::ForOp::create(outside, loc, begin, end,
                                   function.getI64(width), none);
    OpBuilder builder = OpBuilder::atBlockBegin(loop.getBody());
    faults = loop.getRegionIterArg(0);
    round(builder, loop.getInductionVar());
    scf::YieldOp::create(builder, loc, faults);
    return loop.getResult(0);
  }
  func::FuncOp finish(Value failed) {
    ImplicitLocOpBuilder &body = function.getBuilder();
    Value result = arith::ExtUIOp::create(body, body.getI32Type(), failed);
    func::ReturnOp::create(body, result);
    return function.getOp();
  }

  Value member(Member member) {
    return function.readTable(view, member, function.getPointerType());
  }
  Value load(OpBuilder &builder, Value pointer, Value index, Type type) {
    return LLVM::LoadOp::create(
        builder, loc, type,
        function.addressOf(builder, loc, pointer, index, type));
  }
  Value stateArray(unsigned state) {
    return function.readTable(member(States), state, function.getPointerType());
  }
  bool readsTarget(SymbolRefAttr read) {
    StringRef population = read.getRootReference();
    return rule.getPost() == population || cells.targetOf(rule) == population;
  }
  /// Of all targets, what the rule reads of them.
  Value arrayOf(SymbolRefAttr read) {
    StringRef population = read.getRootReference();
    Value table = rule.getPost() == population ? member(Post) : member(Fields);
    return function.readTable(
        table,
        cells.layoutOf(population).getArrayIndex(read.getLeafReference()),
        function.getPointerType());
  }

  // Of 16 synapses, what differs between them is a vector.
  Type wide(Type type) {
    return width == 1 ? type : VectorType::get(width, type);
  }
  Value spread(OpBuilder &builder, Value value) {
    if (width == 1 || isa<VectorType>(value.getType()))
      return value;
    return vector::BroadcastOp::create(builder, loc, wide(value.getType()),
                                       value);
  }
  Value constant(OpBuilder &builder, TypedAttr value) {
    if (width == 1)
      return arith::ConstantOp::create(builder, loc, value);
    auto type = cast<VectorType>(wide(value.getType()));
    return arith::ConstantOp::create(
        builder, loc, DenseElementsAttr::get(type, Attribute(value)));
  }

  /// Changes the round's synapses, and returns what they send.
  Value emitSynapse(OpBuilder &builder, Value k, Value i) {
    IRMapping mapping;
    Block &body = kernel->getRegion(0).front();
    unsigned next = 0;
    for (unsigned s = 0; s < rule.getStates().size(); ++s)
      mapping.map(body.getArgument(next++),
                  loadState(builder, stateArray(s), k, element));
    for (auto read : rule.getReads().getAsRange<SymbolRefAttr>()) {
      BlockArgument argument = body.getArgument(next++);
      if (!argument.use_empty())
        mapping.map(argument, loadRead(builder, read, i));
    }
    if (rule.getLazy())
      mapping.map(body.getArgument(next++), elapsed(builder, k, i));
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

  void fault(OpBuilder &builder, Value isFault) {
    faults = arith::OrIOp::create(builder, loc, faults, isFault);
  }

  sim::PlasticityOp rule;
  const Cells &cells;
  Operation *kernel;
  FloatType element;
  Location loc;
  Function function;
  Value view;
  bool changes = true; // states; else the handler only sends
  int64_t width = 1;   // synapses of a round

private:
  void cloneBlock(OpBuilder &builder, Block &block, IRMapping &mapping) {
    for (Operation &op : block.without_terminator())
      if (auto conditional = dyn_cast<scf::IfOp>(op))
        cloneIf(builder, conditional, mapping);
      else
        cloneWide(builder, op, mapping);
  }

  /// Both branches are executed: they are values only.
  void cloneIf(OpBuilder &builder, scf::IfOp op, IRMapping &mapping) {
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
  void cloneWide(OpBuilder &builder, Operation &op, IRMapping &mapping) {
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
  Value loadRead(OpBuilder &builder, SymbolRefAttr read, Value i) {
    StringRef population = read.getRootReference();
    if (rule.getPre() == population)
      return loadPre(builder,
                     cells.stateNumber(population, read.getLeafReference()), i);
    if (readsTarget(read))
      return loadTarget(builder, read, i);
    return function.readTable(member(Modulators),
                              cells.modulatorNumber(rule, read), element);
  }

  /// Time in ms since the synapse's last event.
  Value elapsed(OpBuilder &builder, Value k, Value i) {
    Value last = loadState(builder, member(Last), k, builder.getI32Type());
    Value now = spread(builder, stepAt(builder, i));
    Value steps = arith::SubIOp::create(builder, loc, now, last);
    Value number = arith::UIToFPOp::create(builder, loc, wide(element), steps);
    Value step =
        constant(builder, builder.getFloatAttr(element, cells.getStepSize()));
    return arith::MulFOp::create(builder, loc, number, step);
  }

  /// x - x is zero, or no number.
  Value isNotFinite(OpBuilder &builder, Value x) {
    Value zero = arith::SubFOp::create(builder, loc, x, x);
    return arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::UNO, zero,
                                 zero);
  }

  Value faults;
};

/// snn_row_fn: the synapses of one source, which lie side by side. They are
/// taken by chunks, and of a chunk first what their targets hold is brought
/// side by side, too; then all else is done to 16 of them at once; and last
/// comes what is added to sums, one after the other, for targets may be the
/// same.
class RowEmitter : public HandlerEmitter {
public:
  RowEmitter(sim::PlasticityOp rule, const Cells &cells, Operation *kernel,
             StringRef name, bool onlySends = false)
      : HandlerEmitter(rule, cells, kernel, name, types(rule.getContext())) {
    changes = !onlySends;
  }

  func::FuncOp run() {
    ImplicitLocOpBuilder &body = function.getBuilder();
    Block &handler = kernel->getRegion(0).front();
    for (auto [i, read] :
         llvm::enumerate(rule.getReads().getAsRange<SymbolRefAttr>()))
      if (readsTarget(read) &&
          !handler.getArgument(rule.getStates().size() + i).use_empty())
        gathered[read] = allocate(element);
    bool sends = isa<sim::OnPreOp>(kernel);
    if (sends)
      sent = allocate(sentType());

    Value end = function.getArgument(3);
    Value none = arith::ConstantIntOp::create(body, body.getI1Type(), 0);
    auto chunks = scf::ForOp::create(body, function.getArgument(2), end,
                                     function.getI64(chunk), none);
    OpBuilder builder = OpBuilder::atBlockBegin(chunks.getBody());
    begin = chunks.getInductionVar();
    Value stop = arith::MinUIOp::create(
        builder, loc, end,
        arith::AddIOp::create(builder, loc, begin, function.getI64(chunk)));
    if (!gathered.empty())
      gather(builder, stop);

    Value count = arith::SubIOp::create(builder, loc, stop, begin);
    Value whole = arith::AndIOp::create(builder, loc, count,
                                        function.getI64(-sim::lanes));
    Value middle = arith::AddIOp::create(builder, loc, begin, whole);
    auto change = [&](OpBuilder &inside, Value k) {
      Value amount = emitSynapse(inside, k, k);
      if (sends)
        keepSent(inside, amount, k);
    };
    width = sim::lanes;
    Value some = isAny(builder, emitRounds(builder, begin, middle, change));
    width = 1;
    Value others = emitRounds(builder, middle, stop, change);
    if (sends)
      addSent(builder, stop);
    Value failed =
        arith::OrIOp::create(builder, loc, chunks.getRegionIterArg(0),
                             arith::OrIOp::create(builder, loc, some, others));
    scf::YieldOp::create(builder, loc, failed);
    return finish(chunks.getResult(0));
  }

private:
  // So many that loops take long beside their ends, and few enough that all of
  // a chunk stays in the first cache.
  static constexpr int64_t chunk = 256;

  static SmallVector<Type> types(MLIRContext *context) {
    Type pointer = LLVM::LLVMPointerType::get(context);
    Type i64 = IntegerType::get(context, 64);
    return {pointer, pointer, i64, i64};
  }

  /// Room for a number of each synapse of a chunk.
  Value allocate(Type type) {
    return LLVM::AllocaOp::create(function.getBuilder(),
                                  function.getPointerType(), type,
                                  function.getI64(chunk), /*alignment=*/64);
  }
  /// Where that of synapse `k` is.
  Value placeOf(OpBuilder &builder, Value room, Value k, Type type) {
    Value number = arith::SubIOp::create(builder, loc, k, begin);
    return function.addressOf(builder, loc, room, number, type);
  }

  Value loadSide(OpBuilder &builder, Value pointer, Type type) {
    return LLVM::LoadOp::create(builder, loc, wide(type), pointer,
                                type.getIntOrFloatBitWidth() / 8);
  }
  void storeSide(OpBuilder &builder, Value value, Value pointer) {
    Type type = getElementTypeOrSelf(value);
    LLVM::StoreOp::create(builder, loc, value, pointer,
                          type.getIntOrFloatBitWidth() / 8);
  }

  Value loadState(OpBuilder &builder, Value array, Value k,
                  Type type) override {
    return loadSide(builder, function.addressOf(builder, loc, array, k, type),
                    type);
  }
  void storeState(OpBuilder &builder, Value value, Value array,
                  Value k) override {
    Type type = getElementTypeOrSelf(value);
    storeSide(builder, value, function.addressOf(builder, loc, array, k, type));
  }
  Value loadPre(OpBuilder &, unsigned state, Value) override {
    return function.readTable(function.getArgument(1), state, element);
  }
  Value loadTarget(OpBuilder &builder, SymbolRefAttr read, Value k) override {
    return loadSide(
        builder, placeOf(builder, gathered.lookup(read), k, element), element);
  }

  Value targetOf(OpBuilder &builder, Value k) {
    Value target = load(builder, member(Targets), k, builder.getI32Type());
    return arith::ExtUIOp::create(builder, loc, builder.getI64Type(), target);
  }

  void forEach(OpBuilder &builder, Value stop,
               llvm::function_ref<void(OpBuilder &, Value k)> act) {
    auto loop =
        scf::ForOp::create(builder, loc, begin, stop, function.getI64(1));
    OpBuilder inside = OpBuilder::atBlockBegin(loop.getBody());
    act(inside, loop.getInductionVar());
  }

  void gather(OpBuilder &builder, Value stop) {
    forEach(builder, stop, [&](OpBuilder &inside, Value k) {
      Value target = targetOf(inside, k);
      for (auto [read, room] : gathered)
        LLVM::StoreOp::create(inside, loc,
                              load(inside, arrayOf(cast<SymbolRefAttr>(read)), target, element),
                              placeOf(inside, room, k, element));
    });
  }

  /// True if any of a vector's is.
  Value isAny(OpBuilder &builder, Value some) {
    Type bits = builder.getIntegerType(sim::lanes);
    Value none = arith::ConstantIntOp::create(builder, loc, bits, 0);
    return arith::CmpIOp::create(
        builder, loc, arith::CmpIPredicate::ne,
        LLVM::BitcastOp::create(builder, loc, bits, some), none);
  }

  //===- Sending ----------------------------------------------------------===//

  unsigned sumIndex() {
    return cells.layoutOf(cells.targetOf(rule)).getArrayIndex(rule.getSum());
  }
  Type sumType() {
    const Layout &layout = cells.layoutOf(cells.targetOf(rule));
    return Layout::getArrayType(layout.getArrays()[sumIndex()]);
  }
  /// What the rule sends at most may fit 32 bits where the sum does not.
  Type sentType() {
    bool isNarrow =
        rule.getLargest() && rule.getLargest()->convertToDouble() <
                                 0x1p30 * rule.getGrid().convertToDouble();
    return isNarrow ? IntegerType::get(rule.getContext(), 32) : sumType();
  }

  /// Keeps what is sent in whole units of the grid; one that the sum cannot
  /// hold is a fault.
  void keepSent(OpBuilder &builder, Value amount, Value k) {
    Type type = sentType();
    auto number = [&](double value) -> Value {
      return constant(builder, builder.getFloatAttr(element, value));
    };
    Value units =
        arith::MulFOp::create(builder, loc, spread(builder, amount),
                              number(1.0 / rule.getGrid().convertToDouble()));
    Value whole = math::RoundEvenOp::create(builder, loc, units);
    Value size = math::AbsFOp::create(builder, loc, whole);
    // A quarter of the range: no few events together leave it.
    Value fits =
        arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OLT, size,
                              number(type.isInteger(32) ? 0x1p31 : 0x1p61));
    Value one = constant(builder, builder.getBoolAttr(true));
    fault(builder, arith::XOrIOp::create(builder, loc, fits, one));
    Value safe =
        arith::SelectOp::create(builder, loc, fits, whole, number(0.0));
    storeSide(builder, arith::FPToSIOp::create(builder, loc, wide(type), safe),
              placeOf(builder, sent, k, type));
  }

  void addSent(OpBuilder &builder, Value stop) {
    Value sums = function.readTable(member(Fields), sumIndex(),
                                    function.getPointerType());
    Type type = sumType();
    forEach(builder, stop, [&](OpBuilder &inside, Value k) {
      Value amount = LLVM::LoadOp::create(inside, loc, sentType(),
                                          placeOf(inside, sent, k, sentType()));
      if (sentType() != type)
        amount = arith::ExtSIOp::create(inside, loc, type, amount);
      Value pointer =
          function.addressOf(inside, loc, sums, targetOf(inside, k), type);
      Value old = LLVM::LoadOp::create(inside, loc, type, pointer);
      Value sum = arith::AddIOp::create(inside, loc, old, amount);
      LLVM::StoreOp::create(inside, loc, sum, pointer);
    });
  }

  Value begin; // of the chunk
  llvm::MapVector<Attribute, Value> gathered;
  Value sent;
};

/// Listed synapses, one after the other.
class ListedEmitter : public HandlerEmitter {
public:
  using HandlerEmitter::HandlerEmitter;

  func::FuncOp run() {
    Value failed = emitRounds(
        function.getBuilder(), function.getI64(0), function.getArgument(4),
        [&](OpBuilder &builder, Value i) {
          Value k =
              load(builder, function.getArgument(2), i, builder.getI32Type());
          emitSynapse(
              builder,
              arith::ExtUIOp::create(builder, loc, builder.getI64Type(), k), i);
        });
    return finish(failed);
  }

private:
  Value loadState(OpBuilder &builder, Value array, Value k,
                  Type type) override {
    return load(builder, array, k, type);
  }
  void storeState(OpBuilder &builder, Value value, Value array,
                  Value k) override {
    LLVM::StoreOp::create(
        builder, loc, value,
        function.addressOf(builder, loc, array, k, value.getType()));
  }
};

/// snn_list_fn: synapses of one target.
class ListEmitter : public ListedEmitter {
public:
  ListEmitter(sim::PlasticityOp rule, const Cells &cells, Operation *kernel,
              StringRef name)
      : ListedEmitter(rule, cells, kernel, name, types(rule.getContext())) {}

private:
  static SmallVector<Type> types(MLIRContext *context) {
    Type pointer = LLVM::LLVMPointerType::get(context);
    Type i64 = IntegerType::get(context, 64);
    return {pointer, i64, pointer, pointer, i64};
  }
  Value loadTarget(OpBuilder &builder, SymbolRefAttr read, Value) override {
    return load(builder, arrayOf(read), function.getArgument(1), element);
  }
  Value loadPre(OpBuilder &builder, unsigned state, Value i) override {
    Value array = function.readTable(function.getArgument(3), state,
                                     function.getPointerType());
    return load(builder, array, i, element);
  }
};

/// snn_missed_fn: synapses of one source, each at a step of its own.
class MissedEmitter : public ListedEmitter {
public:
  MissedEmitter(sim::PlasticityOp rule, const Cells &cells, Operation *kernel,
                StringRef name)
      : ListedEmitter(rule, cells, kernel, name, types(rule.getContext())) {}

private:
  static SmallVector<Type> types(MLIRContext *context) {
    Type pointer = LLVM::LLVMPointerType::get(context);
    Type i64 = IntegerType::get(context, 64);
    return {pointer, pointer, pointer, pointer, i64};
  }
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
  Value loadTarget(OpBuilder &, SymbolRefAttr, Value) override {
    llvm_unreachable("a rule that reads its target does not wait");
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
