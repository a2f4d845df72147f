//===- LinearForm.cpp - Values as linear functions of states ----*- C++ -*-===//
//
// Works on the use-def chains of one region; what has regions of its own
// (scf.if) counts as nonlinear in whatever it reads.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Analysis/LinearForm.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using llvm::StringRef;

namespace snn::spiking {

StringRef getReadName(ReadOp read) {
  return read.getVariable().getLeafReference();
}

std::string getFlatName(SymbolRefAttr symbol) {
  std::string name = symbol.getRootReference().str();
  for (FlatSymbolRefAttr nested : symbol.getNestedReferences())
    name += "." + nested.getValue().str();
  return name;
}

//===----------------------------------------------------------------------===//
// Degree
//===----------------------------------------------------------------------===//

Degree DegreeAnalysis::of(Value value) {
  if (auto it = cache.find(value); it != cache.end())
    return it->second;
  Degree degree = compute(value);
  cache[value] = degree;
  return degree;
}

Degree DegreeAnalysis::compute(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op)
    return Degree::Constant; // An argument: what an event carries.
  if (auto read = dyn_cast<ReadOp>(op))
    return varies(getReadName(read)) ? Degree::Affine : Degree::Constant;

  bool readsWithin = false;
  op->walk([&](ReadOp read) { readsWithin |= varies(getReadName(read)); });
  if (readsWithin)
    return Degree::Nonlinear;

  Degree highest = Degree::Constant;
  for (Value operand : op->getOperands())
    highest = std::max(highest, of(operand));
  if (highest != Degree::Affine)
    return highest;
  if (isa<arith::AddFOp, arith::SubFOp, arith::NegFOp>(op))
    return Degree::Affine;
  bool linear = false;
  if (auto product = dyn_cast<arith::MulFOp>(op))
    linear = of(product.getLhs()) == Degree::Constant ||
             of(product.getRhs()) == Degree::Constant;
  else if (auto quotient = dyn_cast<arith::DivFOp>(op))
    linear = of(quotient.getRhs()) == Degree::Constant;
  else if (auto choice = dyn_cast<arith::SelectOp>(op))
    linear = of(choice.getCondition()) == Degree::Constant;
  return linear ? Degree::Affine : Degree::Nonlinear;
}

//===----------------------------------------------------------------------===//
// Copies
//===----------------------------------------------------------------------===//

/// Copies one operation, then replaces the reads within it.
static Operation *copyOperation(Operation *op, OpBuilder &builder,
                                IRMapping &copies,
                                ReadReplacement replacement) {
  Operation *copy = builder.clone(*op, copies);
  if (copy->getNumRegions() == 0)
    return copy;
  SmallVector<ReadOp> reads;
  copy->walk([&](ReadOp read) { reads.push_back(read); });
  for (ReadOp read : reads)
    if (Value value = replacement(getReadName(read))) {
      read.getResult().replaceAllUsesWith(value);
      read.erase();
    }
  return copy;
}

SmallVector<Value> inlineRegion(Region &region, ValueRange arguments,
                                OpBuilder &builder,
                                ReadReplacement replacement) {
  IRMapping copies;
  Block &block = region.front();
  copies.map(block.getArguments(), arguments);
  SmallVector<Value> yielded;
  for (Operation &op : block) {
    if (isa<YieldOp>(op)) {
      for (Value operand : op.getOperands())
        yielded.push_back(copies.lookup(operand));
      break;
    }
    if (auto read = dyn_cast<ReadOp>(op))
      if (Value value = replacement(getReadName(read))) {
        copies.map(read.getResult(), value);
        continue;
      }
    copyOperation(&op, builder, copies, replacement);
  }
  return yielded;
}

Value LinearFormBuilder::copy(Value value) {
  if (Value done = copies.lookupOrNull(value))
    return done;
  Operation *op = value.getDefiningOp();
  if (!op)
    return value; // What an event carries stands for itself.
  if (auto read = dyn_cast<ReadOp>(op))
    if (Value replaced = replacement(getReadName(read))) {
      copies.map(value, replaced);
      return replaced;
    }
  for (Value operand : op->getOperands())
    copy(operand);
  copyOperation(op, scalars.getBuilder(), copies, replacement);
  return copies.lookup(value);
}

//===----------------------------------------------------------------------===//
// Decomposition
//===----------------------------------------------------------------------===//

/// Applies `combine` to the parts of two forms.
template <typename Combine>
static LinearForm zip(const LinearForm &left, const LinearForm &right,
                      Combine combine) {
  LinearForm result;
  for (auto &[name, value] : left.coefficients)
    result.coefficients[name] = combine(value, right.coefficient(name));
  for (auto &[name, value] : right.coefficients)
    if (!left.coefficients.contains(name))
      result.coefficients[name] = combine(Value(), value);
  result.constant = combine(left.constant, right.constant);
  return result;
}

template <typename Change>
static LinearForm map(const LinearForm &form, Change change) {
  LinearForm result;
  for (auto &[name, value] : form.coefficients)
    result.coefficients[name] = change(value);
  result.constant = change(form.constant);
  return result;
}

LinearForm LinearFormBuilder::decompose(Value value) {
  if (auto it = forms.find(value); it != forms.end())
    return it->second;
  LinearForm form = compute(value);
  forms[value] = form;
  return form;
}

LinearForm LinearFormBuilder::compute(Value value) {
  LinearForm form;
  if (degrees.of(value) == Degree::Constant) {
    form.constant = copy(value);
    return form;
  }
  Operation *op = value.getDefiningOp();
  if (auto read = dyn_cast<ReadOp>(op)) {
    form.coefficients[getReadName(read)] = scalars.constant(1.0);
    return form;
  }
  auto operand = [&](unsigned index) {
    return decompose(op->getOperand(index));
  };
  if (isa<arith::AddFOp>(op))
    return zip(operand(0), operand(1),
               [&](Value a, Value b) { return scalars.add(a, b); });
  if (isa<arith::SubFOp>(op))
    return zip(operand(0), operand(1),
               [&](Value a, Value b) { return scalars.subtract(a, b); });
  if (isa<arith::NegFOp>(op))
    return map(operand(0), [&](Value a) { return scalars.negate(a); });
  if (isa<arith::DivFOp>(op)) {
    Value divisor = copy(op->getOperand(1));
    return map(operand(0), [&](Value a) { return scalars.divide(a, divisor); });
  }
  if (isa<arith::MulFOp>(op)) {
    bool leftVaries = degrees.of(op->getOperand(0)) != Degree::Constant;
    Value factor = copy(op->getOperand(leftVaries ? 1 : 0));
    return map(operand(leftVaries ? 0 : 1), [&](Value a) {
      return leftVaries ? scalars.multiply(a, factor)
                        : scalars.multiply(factor, a);
    });
  }
  auto choice = cast<arith::SelectOp>(op);
  Value condition = copy(choice.getCondition());
  return zip(operand(1), operand(2),
             [&](Value a, Value b) { return scalars.select(condition, a, b); });
}

} // namespace snn::spiking
