//===- LinearSum.cpp - What a value is a weighted sum of --------*- C++ -*-===//
//
// Walks back from a value to what was quantised.
//
//===----------------------------------------------------------------------===//
#include "dialects/Ann/Analysis/LinearSum.h"

#include "dialects/Ann/Analysis/Elements.h"

using namespace mlir;
using namespace snn::ann;

bool snn::ann::holds(Value value, function_ref<Answer(Operation *)> ask) {
  SmallVector<Value> open{value};
  SmallPtrSet<Operation *, 16> asked;
  while (!open.empty()) {
    Operation *op = open.pop_back_val().getDefiningOp();
    if (!op)
      return false;
    if (!asked.insert(op).second)
      continue;
    switch (ask(op)) {
    case Answer::Yes:
      break;
    case Answer::No:
      return false;
    case Answer::IfOfOperands:
      llvm::append_range(open, op->getOperands());
    }
  }
  return true;
}

bool snn::ann::isQuantised(Value value) {
  return holds(value, [](Operation *op) {
    if (auto back = dyn_cast<DequantizeOp>(op))
      return back.getInput().getDefiningOp<ConstantOp>() ? Answer::No
                                                         : Answer::Yes;
    return movesElements(op) || isa<MaxPoolOp>(op) ? Answer::IfOfOperands
                                                   : Answer::No;
  });
}

bool snn::ann::isPreparation(Value value) {
  return holds(value, [](Operation *op) {
    if (isa<InputOp, ConstantOp>(op))
      return Answer::Yes;
    return movesElements(op) || isa<AddOp, MulOp, ApplyOp>(op)
               ? Answer::IfOfOperands
               : Answer::No;
  });
}

SoftmaxOp snn::ann::softmaxAt(OutputOp output) {
  Value value = output.getValue();
  while (auto reshape = value.getDefiningOp<ReshapeOp>())
    value = reshape.getInput();
  return value.getDefiningOp<SoftmaxOp>();
}

int64_t snn::ann::channelAxis(Value value) {
  // That of the first weights on the way back.
  for (Operation *op = value.getDefiningOp(); op;) {
    int64_t rank = cast<RankedTensorType>(op->getResult(0).getType()).getRank();
    if (isa<MatMulOp>(op))
      return rank - 1;
    if (isa<ConvOp, SumPoolOp, MaxPoolOp>(op) || rank < 2)
      return std::min<int64_t>(1, rank - 1);
    if (!isa<AddOp, MulOp, ApplyOp>(op))
      break;
    Operation *next = nullptr;
    for (Value operand : op->getOperands())
      if (!next && !operand.getDefiningOp<ConstantOp>())
        next = operand.getDefiningOp();
    op = next;
  }
  return 1;
}

std::optional<Reals> snn::ann::perChannel(ConstantOp constant,
                                          RankedTensorType type, int64_t axis) {
  Reals numbers = std::get<Reals>(numbersOf(constant.getValue()));
  std::vector<int64_t> indices = broadcastIndices(
                           cast<RankedTensorType>(constant.getType()), type),
                       channels = indicesAlong(type, axis);
  Reals result(static_cast<size_t>(type.getDimSize(axis)), NAN);
  for (auto [index, channel] : llvm::zip_equal(indices, channels)) {
    double &known = result[static_cast<size_t>(channel)];
    double number = numbers[static_cast<size_t>(index)];
    if (std::isnan(known))
      known = number;
    else if (known != number)
      return std::nullopt;
  }
  return result;
}

DequantizeOp snn::ann::levelsOf(Value value) {
  Operation *op = value.getDefiningOp();
  if (auto back = dyn_cast<DequantizeOp>(op))
    return back.getScales().size() == 1 ? back : nullptr;
  DequantizeOp first;
  for (Value operand : op->getOperands()) {
    DequantizeOp other = levelsOf(operand);
    if (!other || (first && (first.getScales() != other.getScales() ||
                             first.getZeros() != other.getZeros())))
      return nullptr;
    first = other;
  }
  return first;
}

Value snn::ann::argumentOf(QuantizeOp op) {
  Value value = op.getInput();
  while (auto apply = value.getDefiningOp<ApplyOp>())
    value = apply.getInput();
  return value;
}

Operation *snn::ann::weightsOf(const Term &term) {
  Operation *weights = term.op->getOperand(1).getDefiningOp();
  if (auto back = dyn_cast_or_null<DequantizeOp>(weights))
    return back.getInput().getDefiningOp<ConstantOp>() ? weights : nullptr;
  return isa_and_nonnull<ConstantOp>(weights) ? weights : nullptr;
}

namespace {

class Collector {
public:
  explicit Collector(LinearSum &sum) : sum(sum) {}

  LogicalResult collect(Value value, const Reals &factor) {
    Operation *op = value.getDefiningOp();
    if (isQuantised(value)) {
      sum.terms.push_back({value, nullptr, factor});
      return success();
    }
    if (isa<AddOp, MulOp>(op))
      return combine(op, factor);
    if (isa<MatMulOp, ConvOp, SumPoolOp>(op)) {
      Term term{op->getOperand(0), op, factor};
      if (!isQuantised(term.source))
        return op->emitOpError("weighs what is not quantised");
      if (term.hasWeights() && !weightsOf(term))
        return op->emitOpError("has weights that are not constant");
      sum.terms.push_back(std::move(term));
      return success();
    }
    return op->emitOpError("is no part of a weighted sum");
  }

private:
  LinearSum &sum;

  LogicalResult combine(Operation *op, const Reals &factor) {
    auto type = cast<RankedTensorType>(op->getResult(0).getType());
    Value value = op->getOperand(0);
    auto constant = op->getOperand(1).getDefiningOp<ConstantOp>();
    if (!constant && (constant = value.getDefiningOp<ConstantOp>()))
      value = op->getOperand(1);
    if (value.getType() != type ||
        (!constant && op->getOperand(1).getType() != type))
      return op->emitOpError("repeats elements of a value");
    if (!constant) {
      if (isa<MulOp>(op))
        return op->emitOpError("multiplies two values that both change");
      return success(succeeded(collect(value, factor)) &&
                     succeeded(collect(op->getOperand(1), factor)));
    }
    std::optional<Reals> numbers = perChannel(constant, type, sum.axis);
    if (!numbers)
      return op->emitOpError("has a constant that differs within a channel");
    if (isa<MulOp>(op)) {
      for (auto [number, more] : llvm::zip_equal(*numbers, factor))
        number *= more;
      return collect(value, *numbers);
    }
    for (auto [bias, number, times] :
         llvm::zip_equal(sum.bias, *numbers, factor))
      bias += number * times;
    return collect(value, factor);
  }
};

} // namespace

FailureOr<LinearSum> snn::ann::linearSumOf(Value value) {
  LinearSum sum;
  sum.axis = channelAxis(value);
  auto channels = static_cast<size_t>(
      cast<RankedTensorType>(value.getType()).getDimSize(sum.axis));
  sum.bias.assign(channels, 0);
  if (failed(Collector(sum).collect(value, Reals(channels, 1))))
    return failure();
  return sum;
}
