//===- PlasticityRow.cpp - Handlers over the synapses of a row ------------===//
//
// The synapses of one source lie side by side. They are taken by chunks, and of
// a chunk first what their targets hold is brought side by side, too; then all
// else is done to 16 of them at once; and last comes what is added to sums, one
// after the other, for targets may be the same.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SimToLLVM/Kernels.h"
#include "compiler/Conversion/SimToLLVM/PlasticityHandler.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;

namespace snn {

namespace {

/// snn_row_fn
class RowEmitter : public HandlerEmitter {
public:
  RowEmitter(sim::PlasticityOp rule, const Cells &cells, Operation *kernel,
             StringRef name, bool onlySends)
      : HandlerEmitter(rule, cells, kernel, name, types(rule.getContext())) {
    changes = !onlySends;
  }

  func::FuncOp run() {
    Block &handler = kernel->getRegion(0).front();
    for (auto [i, read] :
         llvm::enumerate(rule.getReads().getAsRange<SymbolRefAttr>()))
      if (readsTarget(read) &&
          !handler.getArgument(rule.getStates().size() + i).use_empty())
        gathered[read] = allocate(element);
    bool sends = isa<sim::OnPreOp>(kernel);
    if (sends)
      sent = allocate(sentType());

    auto change = [&](OpBuilder &inside, Value k) {
      Value amount = emitSynapse(inside, k, k);
      if (sends)
        keepSent(inside, amount, k);
    };
    return emitChunks(
        function.getArgument(2), function.getArgument(3),
        [&](OpBuilder &builder, Value middle, Value stop) -> Value {
          if (!gathered.empty())
            forEach(builder, begin, stop,
                    [&](OpBuilder &inside, Value k) { gather(inside, k); });
          width = sim::lanes;
          Value some = emitRounds(builder, begin, middle, change);
          width = 1;
          Value others = emitRounds(builder, middle, stop, change);
          if (sends)
            forEach(builder, begin, stop,
                    [&](OpBuilder &inside, Value k) { addSent(inside, k); });
          return arith::OrIOp::create(builder, loc, some, others);
        });
  }

private:
  static SmallVector<Type> types(MLIRContext *context) {
    Type pointer = LLVM::LLVMPointerType::get(context);
    Type i64 = IntegerType::get(context, 64);
    return {pointer, pointer, i64, i64};
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

  void gather(OpBuilder &builder, Value k) {
    Value target = targetOf(builder, k);
    for (auto [read, room] : gathered)
      storeSide(
          builder,
          load(builder, arrayOf(cast<SymbolRefAttr>(read)), target, element),
          placeOf(builder, room, k, element));
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

  void addSent(OpBuilder &builder, Value k) {
    Type type = sumType();
    Value amount =
        loadSide(builder, placeOf(builder, sent, k, sentType()), sentType());
    if (sentType() != type)
      amount = arith::ExtSIOp::create(builder, loc, type, amount);
    Value sums = function.readTable(member(Fields), sumIndex(),
                                    function.getPointerType());
    Value pointer =
        function.addressOf(builder, loc, sums, targetOf(builder, k), type);
    Value old = LLVM::LoadOp::create(builder, loc, type, pointer);
    Value sum = arith::AddIOp::create(builder, loc, old, amount);
    LLVM::StoreOp::create(builder, loc, sum, pointer);
  }

  llvm::MapVector<Attribute, Value> gathered; // rooms, by what is read
  Value sent;
};

} // namespace

func::FuncOp emitRow(sim::PlasticityOp rule, Operation *kernel,
                     const Cells &cells, StringRef name, bool onlySends) {
  return RowEmitter(rule, cells, kernel, name, onlySends).run();
}

} // namespace snn
