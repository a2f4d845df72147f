//===- Interpreter.cpp - The reference of what a network computes ---------===//
//
// Each operator as its definition has it, for both kinds of numbers at once.
// Elementary functions are the project's own, so that results do not depend on
// the machine.
//
//===----------------------------------------------------------------------===//
#include "dialects/Ann/Analysis/Interpreter.h"

#include "dialects/Ann/Analysis/Elements.h"
#include "snn/math.h"

#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

using namespace mlir;
using namespace snn::ann;

//===----------------------------------------------------------------------===//
// Constants and single numbers
//===----------------------------------------------------------------------===//

Numbers snn::ann::numbersOf(ElementsAttr attribute) {
  auto type = cast<RankedTensorType>(attribute.getShapedType());
  if (type.getElementType().isInteger()) {
    Whole result;
    result.reserve(static_cast<size_t>(type.getNumElements()));
    for (int32_t element : attribute.getValues<int32_t>())
      result.push_back(element);
    return result;
  }
  Reals result;
  result.reserve(static_cast<size_t>(type.getNumElements()));
  for (float element : attribute.getValues<float>())
    result.push_back(element);
  return result;
}

ElementsAttr snn::ann::attributeOf(const Numbers &numbers,
                                   RankedTensorType type) {
  if (auto *whole = std::get_if<Whole>(&numbers)) {
    SmallVector<int32_t> elements;
    for (int64_t element : *whole)
      elements.push_back(static_cast<int32_t>(element));
    return DenseElementsAttr::get(type, ArrayRef<int32_t>(elements));
  }
  SmallVector<float> elements;
  for (double element : std::get<Reals>(numbers))
    elements.push_back(static_cast<float>(element));
  return DenseElementsAttr::get(type, ArrayRef<float>(elements));
}

double snn::ann::applyFunction(ApplyOp op, double x) {
  double alpha = op.getAlpha().convertToDouble(),
         beta = op.getBeta().convertToDouble();
  switch (op.getFunction()) {
  case Function::Relu:
    return std::max(x, 0.0);
  case Function::Clip:
    return std::min(std::max(x, alpha), beta);
  case Function::LeakyRelu:
    return x < 0 ? alpha * x : x;
  case Function::Sigmoid:
    return 1 / (1 + snn_exp(-x));
  case Function::Tanh:
    return snn_tanh(x);
  case Function::HardSigmoid:
    return std::min(std::max(alpha * x + beta, 0.0), 1.0);
  }
  llvm_unreachable("all functions are handled");
}

double snn::ann::roundHalfEven(double x) {
  double low = std::floor(x), part = x - low;
  if (part != 0.5)
    return part < 0.5 ? low : low + 1;
  return std::floor(low / 2) * 2 == low ? low : low + 1;
}

int64_t snn::ann::quantizeNumber(QuantizeOp op, double x) {
  auto lowest = static_cast<double>(op.getLowest()),
       highest = static_cast<double>(op.getHighest()),
       zero = static_cast<double>(op.getZero());
  double level = roundHalfEven(x / op.getScale().convertToDouble()) + zero;
  return static_cast<int64_t>(std::min(std::max(level, lowest), highest));
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

namespace {

int64_t elements(Value value) {
  return cast<RankedTensorType>(value.getType()).getNumElements();
}

int64_t dim(Value value, int64_t axis) {
  return cast<RankedTensorType>(value.getType())
      .getDimSize(static_cast<unsigned>(axis));
}

template <typename T>
std::vector<T> multiply(MatMulOp op, const std::vector<T> &x,
                        const std::vector<T> &w) {
  auto inner = static_cast<size_t>(dim(op.getWeights(), 0)),
       columns = static_cast<size_t>(dim(op.getWeights(), 1));
  size_t rows = x.size() / inner;
  std::vector<T> y(rows * columns, T(0));
  for (size_t row = 0; row < rows; ++row)
    for (size_t i = 0; i < inner; ++i) {
      T factor = x[row * inner + i];
      if (factor == T(0))
        continue;
      for (size_t j = 0; j < columns; ++j)
        y[row * columns + j] += factor * w[i * columns + j];
    }
  return y;
}

/// One element of a kernel along a run of places.
template <typename T>
void accumulate(T *__restrict to, T weight, const T *__restrict from,
                int64_t length, int64_t step) {
  if (step == 1) {
    for (int64_t i = 0; i < length; ++i)
      to[i] += weight * from[i];
    return;
  }
  for (int64_t i = 0; i < length; ++i)
    to[i] += weight * from[i * step];
}

template <typename T>
std::vector<T> convolve(ConvOp op, const std::vector<T> &x,
                        const std::vector<T> &w) {
  int64_t batch = dim(op.getInput(), 0), channels = dim(op.getInput(), 1),
          filters = dim(op.getWeights(), 0), depth = dim(op.getWeights(), 1),
          inSpace = spaceOf(op.getInput()), outSpace = spaceOf(op.getResult()),
          kernel = spaceOf(op.getWeights()),
          perGroup = filters / static_cast<int64_t>(op.getGroups());
  std::vector<T> y(static_cast<size_t>(elements(op.getResult())), T(0));
  std::vector<Run> meetings = runs(op);
  for (int64_t n = 0; n < batch; ++n)
    for (int64_t f = 0; f < filters; ++f)
      for (int64_t c = 0; c < depth; ++c) {
        const T *from = &x[static_cast<size_t>(
            (n * channels + f / perGroup * depth + c) * inSpace)];
        const T *weights = &w[static_cast<size_t>((f * depth + c) * kernel)];
        T *to = &y[static_cast<size_t>((n * filters + f) * outSpace)];
        for (const Run &run : meetings)
          accumulate(to + run.out, weights[run.kernel], from + run.in,
                     run.length, run.step);
      }
  return y;
}

/// `combine(previous, element)` over windows; nothing for a window that meets
/// no element, which stays `start`.
template <typename T, typename Op, typename Combine>
std::vector<T> pool(Op op, const std::vector<T> &x, T start, Combine combine) {
  int64_t inSpace = spaceOf(op.getInput()), outSpace = spaceOf(op.getResult()),
          planes = dim(op.getInput(), 0) * dim(op.getInput(), 1);
  std::vector<T> y(static_cast<size_t>(planes * outSpace), start);
  std::vector<Tap> meetings = taps(op);
  for (int64_t plane = 0; plane < planes; ++plane)
    for (const Tap &tap : meetings) {
      T &to = y[static_cast<size_t>(plane * outSpace + tap.out)];
      to = combine(to, x[static_cast<size_t>(plane * inSpace + tap.in)]);
    }
  return y;
}

template <typename T, typename Combine>
std::vector<T> combine(Operation &op, const std::vector<T> &a,
                       const std::vector<T> &b, Combine combine) {
  auto type = cast<RankedTensorType>(op.getResult(0).getType());
  auto indices = [&](unsigned operand) {
    return broadcastIndices(
        cast<RankedTensorType>(op.getOperand(operand).getType()), type);
  };
  std::vector<int64_t> left = indices(0), right = indices(1);
  std::vector<T> y;
  y.reserve(left.size());
  for (auto [i, j] : llvm::zip_equal(left, right))
    y.push_back(combine(a[static_cast<size_t>(i)], b[static_cast<size_t>(j)]));
  return y;
}

Reals softmax(SoftmaxOp op, const Reals &x) {
  auto width = static_cast<size_t>(
      dim(op.getInput(),
          cast<RankedTensorType>(op.getInput().getType()).getRank() - 1));
  Reals y(x.size());
  for (size_t row = 0; row < x.size(); row += width) {
    double most = *std::max_element(&x[row], &x[row] + width), sum = 0;
    for (size_t i = row; i < row + width; ++i)
      sum += y[i] = snn_exp(x[i] - most);
    for (size_t i = row; i < row + width; ++i)
      y[i] = op.getLogarithm() ? x[i] - most - snn_log(sum) : y[i] / sum;
  }
  return y;
}

/// Operators that are the same on both kinds of numbers.
template <typename T>
std::vector<T> evaluateAs(Operation &op,
                          ArrayRef<const std::vector<T> *> operands) {
  const std::vector<T> &x = *operands[0];
  return llvm::TypeSwitch<Operation *, std::vector<T>>(&op)
      .template Case<MatMulOp>(
          [&](MatMulOp matmul) { return multiply(matmul, x, *operands[1]); })
      .template Case<ConvOp>(
          [&](ConvOp conv) { return convolve(conv, x, *operands[1]); })
      .template Case<SumPoolOp>([&](SumPoolOp sum) {
        std::vector<T> y = pool(sum, x, T(0), [](T a, T b) { return a + b; });
        if (sum.getShare()) {
          std::vector<int64_t> times = repetitions(sum);
          for (size_t i = 0; i < y.size(); ++i)
            y[i] *= static_cast<T>(times[i % times.size()]);
        }
        return y;
      })
      .template Case<MaxPoolOp>([&](MaxPoolOp max) {
        // Counts begin at 0, as what pads an integer form does.
        T start = std::is_integral_v<T> ? T(0) : T(-INFINITY);
        return pool(max, x, start, [](T a, T b) { return std::max(a, b); });
      })
      .template Case<AddOp>([&](AddOp) {
        return combine(op, x, *operands[1], [](T a, T b) { return a + b; });
      })
      .template Case<MulOp>([&](MulOp) {
        return combine(op, x, *operands[1], [](T a, T b) { return a * b; });
      })
      .Default([&](Operation *moving) {
        std::vector<T> y;
        for (Origin origin : origins(moving))
          y.push_back(
              origin.index < 0
                  ? static_cast<T>(
                        cast<PadOp>(moving).getValue().convertToDouble())
                  : (*operands[origin.operand])[static_cast<size_t>(
                        origin.index)]);
        return y;
      });
}

Whole count(ThresholdOp op, const Whole &z) {
  Whole table = std::get<Whole>(numbersOf(op.getTable()));
  auto type = cast<RankedTensorType>(op.getTable().getType());
  auto levels = type.getDimSize(1);
  std::vector<int64_t> rows(z.size(), 0);
  if (type.getDimSize(0) > 1)
    rows = indicesAlong(cast<RankedTensorType>(op.getInput().getType()),
                        static_cast<int64_t>(op.getAxis()));
  Whole n;
  for (auto [element, row] : llvm::zip_equal(z, rows)) {
    auto begin = table.begin() + row * levels;
    n.push_back(std::upper_bound(begin, begin + levels, element) - begin);
  }
  return n;
}

Reals dequantize(DequantizeOp op, const Whole &q) {
  std::vector<int64_t> indices(q.size(), 0);
  if (op.getScales().size() > 1)
    indices = indicesAlong(cast<RankedTensorType>(op.getInput().getType()),
                           static_cast<int64_t>(op.getAxis()));
  Reals x;
  for (auto [element, index] : llvm::zip_equal(q, indices)) {
    auto i = static_cast<size_t>(index);
    x.push_back(static_cast<double>(element - op.getZeros()[i]) *
                op.getScales()[i]);
  }
  return x;
}

template <typename T>
Numbers evaluateOperator(Operation &op, ArrayRef<const Numbers *> operands) {
  SmallVector<const std::vector<T> *> typed;
  for (const Numbers *operand : operands)
    typed.push_back(&std::get<std::vector<T>>(*operand));
  return evaluateAs<T>(op, typed);
}

} // namespace

Reals snn::ann::evaluateReals(Operation &op, ArrayRef<const Reals *> operands) {
  return evaluateAs<double>(op, operands);
}

void Interpreter::give(InputOp input, Reals given) {
  assert(static_cast<int64_t>(given.size()) == elements(input.getResult()));
  values[input.getResult()] = std::move(given);
}

Potential snn::ann::bringForward(FireOp op, size_t row, double u,
                                 int64_t argument) {
  double theta = op.getThetas()[row];
  u = op.getBeta().convertToDouble() * u + op.getBiases()[row] +
      static_cast<double>(argument);
  if (!(u >= theta))
    return {u, false};
  return {op.getHard() ? 0 : u - theta, true};
}

void Interpreter::fire(FireOp op) {
  const Whole &argument = std::get<Whole>(values.at(op.getInput()));
  ArrayRef<double> thetas = op.getThetas();
  std::vector<int64_t> rows(argument.size(), 0);
  if (thetas.size() > 1)
    rows = indicesAlong(op.getType(), static_cast<int64_t>(op.getAxis()));
  auto [at, isNew] = potentials.try_emplace(op);
  Reals &potential = at->second;
  Whole &count = spikes[op];
  if (isNew) {
    count.assign(argument.size(), 0);
    for (int64_t row : rows)
      potential.push_back(op.getStart().convertToDouble() *
                          thetas[static_cast<size_t>(row)]);
  }
  Whole fired(argument.size(), 0);
  for (size_t i = 0; i < argument.size(); ++i) {
    auto row = static_cast<size_t>(rows[i]);
    if (op.getRheobase() && argument[i] < (*op.getRheobase())[row])
      continue;
    Potential next = bringForward(op, row, potential[i], argument[i]);
    potential[i] = next.u;
    fired[i] = next.fires;
    count[i] += next.fires;
  }
  values[op.getResult()] = std::move(fired);
}

LogicalResult Interpreter::evaluate(WindowOp window) {
  potentials.clear();
  spikes.clear();
  Operation *yield = window.getBody().front().getTerminator();
  std::vector<Whole> sums;
  for (Value value : yield->getOperands())
    sums.emplace_back(static_cast<size_t>(elements(value)), 0);
  for (uint64_t step = 0; step < window.getSteps(); ++step) {
    for (Operation &op : window.getBody().front()) {
      if (auto units = dyn_cast<FireOp>(op))
        fire(units);
      else if (!isa<YieldOp>(op) && failed(evaluate(op)))
        return failure();
    }
    for (auto [sum, value] : llvm::zip_equal(sums, yield->getOperands()))
      for (auto [total, element] :
           llvm::zip_equal(sum, std::get<Whole>(values.at(value))))
        total += element;
  }
  for (auto &[op, count] : spikes)
    values[op->getResult(0)] = std::move(count);
  for (auto [result, sum] : llvm::zip_equal(window.getResults(), sums))
    values[result] = std::move(sum);
  return success();
}

LogicalResult Interpreter::evaluate(Operation &op) {
  if (isa<InputOp, OutputOp>(op))
    return success();
  if (auto window = dyn_cast<WindowOp>(op))
    return evaluate(window);
  // Constants do not change.
  if (isa<ConstantOp>(op) && values.contains(op.getResult(0)))
    return success();
  SmallVector<const Numbers *> operands;
  for (Value operand : op.getOperands())
    operands.push_back(&values.at(operand));
  Numbers result = llvm::TypeSwitch<Operation *, Numbers>(&op)
                       .Case<ConstantOp>([&](ConstantOp constant) {
                         return numbersOf(constant.getValue());
                       })
                       .Case<ApplyOp>([&](ApplyOp apply) {
                         Reals y = std::get<Reals>(*operands[0]);
                         for (double &element : y)
                           element = applyFunction(apply, element);
                         return y;
                       })
                       .Case<SoftmaxOp>([&](SoftmaxOp max) {
                         return softmax(max, std::get<Reals>(*operands[0]));
                       })
                       .Case<QuantizeOp>([&](QuantizeOp quantize) {
                         Whole q;
                         for (double element : std::get<Reals>(*operands[0]))
                           q.push_back(quantizeNumber(quantize, element));
                         return q;
                       })
                       .Case<DequantizeOp>([&](DequantizeOp back) {
                         return dequantize(back, std::get<Whole>(*operands[0]));
                       })
                       .Case<ThresholdOp>([&](ThresholdOp threshold) {
                         return count(threshold, std::get<Whole>(*operands[0]));
                       })
                       .Default([&](Operation *) {
                         return std::holds_alternative<Whole>(*operands[0])
                                    ? evaluateOperator<int64_t>(op, operands)
                                    : evaluateOperator<double>(op, operands);
                       });
  if (auto *whole = std::get_if<Whole>(&result)) {
    for (int64_t element : *whole)
      if (element != static_cast<int32_t>(element))
        return op.emitOpError("reaches ") << element << ", beyond 32 bits";
  } else if (!isa<ConstantOp>(op)) {
    for (double element : std::get<Reals>(result))
      if (!std::isfinite(element))
        return op.emitOpError("gives a number that is not finite");
  }
  values[op.getResult(0)] = std::move(result);
  return success();
}

LogicalResult Interpreter::run() {
  for (Operation &op : network.getBody().front())
    if (failed(evaluate(op)))
      return failure();
  return success();
}
