//===- Intervals.cpp - Bounds of every element ------------------*- C++ -*-===//
//
// A product with constant weights is bounded by the positive weights times one
// end plus the negative ones times the other. All else is monotone. Whole
// numbers below 2^53 are exact here.
//
//===----------------------------------------------------------------------===//
#include "dialects/Ann/Analysis/Intervals.h"

#include "dialects/Ann/Analysis/Elements.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace snn::ann;

std::pair<double, double> Intervals::hull(Value value) const {
  const Interval &interval = of(value);
  return {*llvm::min_element(interval.low), *llvm::max_element(interval.high)};
}

/// Of each channel over all places, which costs a kernel and not a convolution;
/// what pads is 0.
Interval Intervals::weigh(ConvOp op) {
  const Interval &x = values.at(op.getInput());
  const Reals &w = values.at(op.getWeights()).low;
  auto size = [](int64_t given) { return static_cast<size_t>(given); };
  auto type = cast<RankedTensorType>(op.getInput().getType());
  size_t space = size(spaceOf(op.getInput())),
         channels = size(type.getDimSize(1)),
         filters = size(op.getType().getDimSize(1)),
         outSpace = size(spaceOf(op.getResult())),
         perFilter = w.size() / filters,
         kernel = size(spaceOf(op.getWeights())), depth = perFilter / kernel,
         perGroup = filters / size(static_cast<int64_t>(op.getGroups())),
         batch = x.low.size() / (channels * space);
  bool isPadded = llvm::any_of(op.getPads(), [](int64_t pad) { return pad; });
  Interval y;
  for (size_t n = 0; n < batch; ++n) {
    Reals low, high;
    for (size_t c = 0; c < channels; ++c) {
      auto first = static_cast<ptrdiff_t>((n * channels + c) * space),
           last = first + static_cast<ptrdiff_t>(space);
      low.push_back(
          *std::min_element(x.low.begin() + first, x.low.begin() + last));
      high.push_back(
          *std::max_element(x.high.begin() + first, x.high.begin() + last));
      if (isPadded) {
        low.back() = std::min(low.back(), 0.0);
        high.back() = std::max(high.back(), 0.0);
      }
    }
    for (size_t f = 0; f < filters; ++f) {
      double least = 0, most = 0;
      for (size_t i = 0; i < perFilter; ++i) {
        size_t c = f / perGroup * depth + i / kernel;
        double weight = w[f * perFilter + i];
        least += weight * (weight > 0 ? low[c] : high[c]);
        most += weight * (weight > 0 ? high[c] : low[c]);
      }
      y.low.insert(y.low.end(), outSpace, least);
      y.high.insert(y.high.end(), outSpace, most);
    }
  }
  return y;
}

/// matmul and mul: the second operand is constant.
Interval Intervals::weigh(Operation &op) {
  if (auto conv = dyn_cast<ConvOp>(op))
    return weigh(conv);
  const Interval &x = values.at(op.getOperand(0)),
                 &w = values.at(op.getOperand(1));
  Reals positive = w.low, negative = w.low;
  for (double &weight : positive)
    weight = std::max(weight, 0.0);
  for (double &weight : negative)
    weight = std::min(weight, 0.0);
  auto ends = [&](const Reals &withPositive, const Reals &withNegative) {
    Reals y = evaluateReals(op, {&withPositive, &positive}),
          other = evaluateReals(op, {&withNegative, &negative});
    for (auto [element, more] : llvm::zip_equal(y, other))
      element += more;
    return y;
  };
  return {ends(x.low, x.high), ends(x.high, x.low)};
}

FailureOr<Interval> Intervals::bound(Operation &op) {
  auto each = [&](auto map) {
    Interval result = values.at(op.getOperand(0));
    for (double &element : result.low)
      element = map(element);
    for (double &element : result.high)
      element = map(element);
    return result;
  };
  auto ends = [&] {
    SmallVector<const Reals *> low, high;
    for (Value operand : op.getOperands()) {
      low.push_back(&values.at(operand).low);
      high.push_back(&values.at(operand).high);
    }
    return Interval{evaluateReals(op, low), evaluateReals(op, high)};
  };
  return llvm::TypeSwitch<Operation *, FailureOr<Interval>>(&op)
      .Case<InputOp>([&](InputOp input) -> FailureOr<Interval> {
        if (!input.getRange())
          return input.emitOpError("has no range, from which to bound what "
                                   "follows");
        auto size = static_cast<size_t>(input.getType().getNumElements());
        return Interval{Reals(size, (*input.getRange())[0]),
                        Reals(size, (*input.getRange())[1])};
      })
      .Case<ConstantOp>([&](ConstantOp constant) {
        Numbers numbers = numbersOf(constant.getValue());
        Reals reals;
        if (auto *whole = std::get_if<Whole>(&numbers))
          reals.assign(whole->begin(), whole->end());
        else
          reals = std::move(std::get<Reals>(numbers));
        return Interval{reals, reals};
      })
      .Case<ApplyOp>([&](ApplyOp apply) {
        return each([&](double x) { return applyFunction(apply, x); });
      })
      .Case<QuantizeOp>([&](QuantizeOp quantize) {
        return each([&](double x) {
          return static_cast<double>(quantizeNumber(quantize, x));
        });
      })
      .Case<DequantizeOp>([&](DequantizeOp back) {
        Interval result = values.at(back.getInput());
        std::vector<int64_t> indices(result.low.size(), 0);
        if (back.getScales().size() > 1)
          indices = indicesAlong(back.getInput().getType(),
                                 static_cast<int64_t>(back.getAxis()));
        for (size_t i = 0; i < indices.size(); ++i) {
          auto index = static_cast<size_t>(indices[i]);
          double scale = back.getScales()[index],
                 zero = static_cast<double>(back.getZeros()[index]);
          result.low[i] = (result.low[i] - zero) * scale;
          result.high[i] = (result.high[i] - zero) * scale;
        }
        return result;
      })
      .Case<ThresholdOp>([&](ThresholdOp threshold) {
        auto size = values.at(threshold.getInput()).low.size();
        auto levels = static_cast<double>(
            threshold.getTable().getShapedType().getDimSize(1));
        return Interval{Reals(size, 0), Reals(size, levels)};
      })
      .Case<SoftmaxOp>([&](SoftmaxOp max) -> FailureOr<Interval> {
        if (max.getLogarithm())
          return max.emitOpError("has no bounds");
        auto size = values.at(max.getInput()).low.size();
        return Interval{Reals(size, 0), Reals(size, 1)};
      })
      .Case<MatMulOp, ConvOp, MulOp>(
          [&](Operation *weighing) -> FailureOr<Interval> {
            const Interval &w = values.at(weighing->getOperand(1));
            if (w.low != w.high)
              return weighing->emitOpError("multiplies two values that both "
                                           "change");
            return weigh(*weighing);
          })
      .Default([&](Operation *) { return ends(); });
}

LogicalResult Intervals::run(NetworkOp network) {
  for (Operation &op : network.getBody().front()) {
    if (isa<OutputOp>(op))
      continue;
    FailureOr<Interval> result = bound(op);
    if (failed(result))
      return failure();
    values[op.getResult(0)] = std::move(*result);
  }
  return success();
}
