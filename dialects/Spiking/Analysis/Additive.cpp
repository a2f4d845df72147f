//===- Additive.cpp - Handlers that only add --------------------*- C++ -*-===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Analysis/Additive.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace snn::spiking {

namespace {

class AdditiveHandler {
public:
  explicit AdditiveHandler(PortOp port)
      : cell(port->getParentOfType<NeuronOp>()), port(port) {}

  bool check() {
    Block &body = port.getBody().front();
    llvm::StringSet<> written;
    for (Operation &op : body) {
      if (op.getNumRegions() != 0)
        return false;
      auto write = dyn_cast<WriteOp>(op);
      if (!write)
        continue;
      StringRef state = write.getState().getLeafReference();
      if (!written.insert(state).second ||
          !isIncrement(write.getValue(), state))
        return false;
    }
    return true;
  }

private:
  /// x + c*w, c*w + x or x - c*w, with x the state's value.
  bool isIncrement(Value value, StringRef state) {
    Operation *op = value.getDefiningOp();
    if (!isa_and_nonnull<arith::AddFOp, arith::SubFOp>(op))
      return false;
    auto isOld = [&](Value operand) {
      auto read = operand.getDefiningOp<ReadOp>();
      return read && read.getVariable().getLeafReference() == state;
    };
    Value left = op->getOperand(0), right = op->getOperand(1);
    return (isOld(left) && isMultiple(right)) ||
           (isa<arith::AddFOp>(op) && isOld(right) && isMultiple(left));
  }

  /// c*w.
  bool isMultiple(Value value) {
    Operation *op = value.getDefiningOp();
    if (!op)
      return true;
    auto operand = [&](unsigned i) { return op->getOperand(i); };
    if (isa<arith::NegFOp>(op))
      return isMultiple(operand(0));
    if (isa<arith::MulFOp>(op))
      return (isMultiple(operand(0)) && isConstant(operand(1))) ||
             (isConstant(operand(0)) && isMultiple(operand(1)));
    if (isa<arith::DivFOp>(op))
      return isMultiple(operand(0)) && isConstant(operand(1));
    return false;
  }

  bool isConstant(Value value) {
    Operation *op = value.getDefiningOp();
    if (!op)
      return false;
    if (auto read = dyn_cast<ReadOp>(op))
      return isa_and_nonnull<ParamOp, DerivedOp>(SymbolTable::lookupSymbolIn(
          cell, read.getVariable().getLeafReference()));
    return isPure(op) && llvm::all_of(op->getOperands(), [&](Value operand) {
             return isConstant(operand);
           });
  }

  NeuronOp cell;
  PortOp port;
};

} // namespace

bool isAdditive(PortOp port) { return AdditiveHandler(port).check(); }

} // namespace snn::spiking
