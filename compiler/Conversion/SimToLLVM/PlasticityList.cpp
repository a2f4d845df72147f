//===- PlasticityList.cpp - Handlers over listed synapses -----------------===//
//
// Synapses of one target, or of one source at steps of their own, are changed
// one after the other, as the same one may be listed twice. What of that
// depends on no state of a synapse is computed for 16 at once before.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SimToLLVM/Kernels.h"
#include "compiler/Conversion/SimToLLVM/PlasticityHandler.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace snn {

namespace {

/// Listed synapses, one after the other.
class ListedEmitter : public HandlerEmitter {
public:
  using HandlerEmitter::HandlerEmitter;

  func::FuncOp run() {
    return finish(emitRounds(
        function.getBuilder(), function.getI64(0), function.getArgument(4),
        [&](OpBuilder &builder, Value i) { emitListed(builder, i); }));
  }

protected:
  /// The synapse of round `i`.
  Value synapseAt(OpBuilder &builder, Value i) {
    Value k = load(builder, function.getArgument(2), i, builder.getI32Type());
    return arith::ExtUIOp::create(builder, loc, builder.getI64Type(), k);
  }
  void emitListed(OpBuilder &builder, Value i) {
    emitSynapse(builder, synapseAt(builder, i), i);
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

  func::FuncOp run() {
    // Else there is little to be done before.
    if (rule.getLazy())
      findEarly();
    if (early.empty())
      return ListedEmitter::run();

    ImplicitLocOpBuilder &body = function.getBuilder();
    for (auto &[value, room] : rooms)
      room = allocate(element);
    passed = allocate(body.getI32Type());
    return emitChunks(
        function.getI64(0), function.getArgument(4),
        [&](OpBuilder &builder, Value middle, Value stop) {
          forEach(builder, begin, stop,
                  [&](OpBuilder &inside, Value i) { gather(inside, i); });
          auto compute = [&](OpBuilder &inside, Value i) {
            computeEarly(inside, i);
          };
          width = sim::lanes;
          forEach(builder, begin, middle, compute);
          width = 1;
          forEach(builder, middle, stop, compute);
          return emitRounds(
              builder, begin, stop,
              [&](OpBuilder &inside, Value i) { emitListed(inside, i); });
        });
  }

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

  //===- What depends on no state -----------------------------------------===//

  Block &handler() { return kernel->getRegion(0).front(); }
  BlockArgument elapsed() {
    return handler().getArgument(handler().getNumArguments() - 1);
  }
  bool isEarly(BlockArgument argument) override {
    return !early.empty() && argument.getOwner() == &handler() &&
           argument.getArgNumber() >= rule.getStates().size();
  }
  bool isEarly(Operation &op) override { return early.contains(&op); }

  /// Operations on times, traces and constants alone; and rooms for what the
  /// others need of them.
  void findEarly() {
    auto isKnown = [&](Value value) {
      if (auto argument = dyn_cast<BlockArgument>(value))
        return argument.getArgNumber() >= rule.getStates().size();
      Operation *op = value.getDefiningOp();
      return op->hasTrait<OpTrait::ConstantLike>() || early.contains(op);
    };
    for (Operation &op : handler().without_terminator())
      if (!op.hasTrait<OpTrait::ConstantLike>() &&
          OpTrait::hasElementwiseMappableTraits(&op) &&
          llvm::all_of(op.getResultTypes(),
                       [&](Type type) { return type == element; }) &&
          llvm::all_of(op.getOperands(), isKnown))
        early.insert(&op);
    auto addRoom = [&](Value value) {
      if (llvm::any_of(value.getUsers(),
                       [&](Operation *user) { return !isEarly(*user); }))
        rooms[value] = Value();
    };
    for (BlockArgument argument : handler().getArguments())
      if (isEarly(argument))
        addRoom(argument);
    for (Operation *op : early)
      for (Value result : op->getResults())
        addRoom(result);
    // Traces are brought side by side in any case.
    for (BlockArgument argument : handler().getArguments())
      if (isEarly(argument) && argument != elapsed() && !argument.use_empty())
        rooms[argument] = Value();
  }

  /// What 16 entries need: the steps since the event before, which is that of
  /// the entry before where the synapse is the same, and traces.
  void gather(OpBuilder &builder, Value i) {
    Value zero = function.getI64(0), one = function.getI64(1);
    Value isLater =
        arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne, i, begin);
    Value before = arith::SubIOp::create(
        builder, loc, i,
        arith::SelectOp::create(builder, loc, isLater, one, zero));
    Value k = synapseAt(builder, i), other = synapseAt(builder, before);
    Value again = arith::AndIOp::create(
        builder, loc, isLater,
        arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, k,
                              other));
    Value last = load(builder, member(Last), k, builder.getI32Type());
    Value since = arith::SelectOp::create(builder, loc, again,
                                          stepAt(builder, before), last);
    storeSide(builder,
              arith::SubIOp::create(builder, loc, stepAt(builder, i), since),
              placeOf(builder, passed, i, builder.getI32Type()));
    unsigned next = rule.getStates().size();
    for (auto read : rule.getReads().getAsRange<SymbolRefAttr>()) {
      BlockArgument argument = handler().getArgument(next++);
      if (!argument.use_empty())
        storeSide(builder,
                  loadPre(builder,
                          cells.stateNumber(read.getRootReference(),
                                            read.getLeafReference()),
                          i),
                  placeOf(builder, rooms.lookup(argument), i, element));
    }
  }

  void computeEarly(OpBuilder &builder, Value i) {
    IRMapping mapping;
    for (auto [value, room] : rooms)
      if (auto argument = dyn_cast<BlockArgument>(value);
          argument && argument != elapsed())
        mapping.map(value, loadSide(builder, placeOf(builder, room, i, element),
                                    element));
    Type i32 = builder.getI32Type();
    Value steps = loadSide(builder, placeOf(builder, passed, i, i32), i32);
    mapping.map(elapsed(), timeOf(builder, steps));
    cloneBlock(builder, handler(), mapping, /*early=*/true);
    for (auto [value, room] : rooms)
      if (isa<OpResult>(value) || value == elapsed())
        storeSide(builder, spread(builder, mapping.lookup(value)),
                  placeOf(builder, room, i, element));
  }

  void mapEarly(OpBuilder &builder, IRMapping &mapping, Value i) override {
    for (auto [value, room] : rooms)
      mapping.map(value, loadSide(builder, placeOf(builder, room, i, element),
                                  element));
  }

  llvm::SetVector<Operation *> early;
  llvm::MapVector<Value, Value> rooms; // of a chunk's entries
  Value passed;                        // steps since the event before, likewise
};

} // namespace

func::FuncOp emitList(sim::PlasticityOp rule, sim::OnPostOp kernel,
                      const Cells &cells, StringRef name) {
  return ListEmitter(rule, cells, kernel, name).run();
}

func::FuncOp emitMissed(sim::PlasticityOp rule, sim::OnPostOp kernel,
                        const Cells &cells, StringRef name) {
  return MissedEmitter(rule, cells, kernel, name).run();
}

} // namespace snn
