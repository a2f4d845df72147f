//===- Verifiers.cpp - What must hold of each operation ---------*- C++ -*-===//
//
// Beyond shapes, which are inferred and compared: numbers in their ranges, and
// networks that hold nothing but operators.
//
//===----------------------------------------------------------------------===//
#include "dialects/Ann/IR/Ops.h"

#include <cmath>
#include <set>

using namespace mlir;
using namespace snn::ann;

LogicalResult NetworkOp::verifyRegions() {
  bool hasOutput = false;
  for (Operation &op : getBody().front()) {
    if (op.getDialect() != (*this)->getDialect() || isa<NetworkOp>(op))
      return op.emitOpError("is no operator of a network");
    hasOutput |= isa<OutputOp>(op);
  }
  if (!hasOutput)
    return emitOpError("has no output");
  return success();
}

LogicalResult WindowOp::verifyRegions() {
  for (Operation &op : getBody().front())
    if (op.getDialect() != (*this)->getDialect() ||
        isa<NetworkOp, WindowOp, InputOp, OutputOp>(op))
      return op.emitOpError("is nothing that a step evaluates");
  if (static_cast<int64_t>(getSteps()) < 1)
    return emitOpError("needs a step at least");
  auto yield = dyn_cast<YieldOp>(getBody().front().getTerminator());
  if (!yield || yield.getOperandTypes() != getResultTypes())
    return emitOpError("gives other types than its body yields");
  return success();
}

LogicalResult FireOp::verify() {
  auto type = cast<RankedTensorType>(getInput().getType());
  auto axis = static_cast<int64_t>(getAxis());
  size_t rows = getThetas().size();
  if (rows == 0 || getBiases().size() != rows ||
      (getRheobase() && getRheobase()->size() != rows))
    return emitOpError("needs as many biases and rheobases as thetas");
  if (rows > 1 && (axis < 0 || axis >= type.getRank() ||
                   type.getDimSize(axis) != static_cast<int64_t>(rows)))
    return emitOpError("has ") << rows << " thetas for axis " << axis;
  for (double theta : getThetas())
    if (!(theta > 0) || !std::isfinite(theta))
      return emitOpError("needs positive thetas, not ") << theta;
  for (double bias : getBiases())
    if (!std::isfinite(bias))
      return emitOpError("needs finite biases");
  double beta = getBeta().convertToDouble(),
         start = getStart().convertToDouble();
  if (!(beta > 0 && beta <= 1))
    return emitOpError("keeps a share from 0 to 1 of its potential, not ")
           << beta;
  if (!(start >= 0 && start < 1))
    return emitOpError("begins at a share from 0 to 1 of theta, not ") << start;
  return success();
}

LogicalResult InputOp::verify() {
  std::optional<ArrayRef<double>> range = getRange();
  if (range && (range->size() != 2 || !((*range)[0] <= (*range)[1])))
    return emitOpError("has a range that is not two ascending numbers");
  return success();
}

LogicalResult OutputOp::verify() {
  bool isWhole =
      cast<RankedTensorType>(getValue().getType()).getElementType().isInteger();
  if (getScale().has_value() != getZero().has_value())
    return emitOpError("needs both a scale and a zero, or none");
  if (getScale() && !isWhole)
    return emitOpError("has a scale, but gives reals");
  return success();
}

LogicalResult ApplyOp::verify() {
  double alpha = getAlpha().convertToDouble(),
         beta = getBeta().convertToDouble();
  switch (getFunction()) {
  case Function::Clip:
    if (!(alpha <= beta))
      return emitOpError("clips from ") << alpha << " to " << beta;
    return success();
  case Function::LeakyRelu:
  case Function::HardSigmoid:
    if (!(alpha >= 0))
      return emitOpError("is not monotone with alpha = ") << alpha;
    return success();
  case Function::Relu:
  case Function::Sigmoid:
  case Function::Tanh:
    return success();
  }
  llvm_unreachable("all functions are handled");
}

LogicalResult SumPoolOp::verify() {
  if (!getShare())
    return success();
  auto share = static_cast<int64_t>(*getShare());
  if (share < 1 || share > MostShare)
    return emitOpError("has a share of ")
           << share << ", not from 1 to " << MostShare;
  // Elements that windows meet, axis by axis.
  auto in = cast<RankedTensorType>(getInput().getType())
                .getShape()
                .drop_front(2),
       out = cast<RankedTensorType>(getType()).getShape().drop_front(2);
  std::set<int64_t> met{1};
  for (size_t axis = 0; axis < out.size(); ++axis) {
    std::set<int64_t> more;
    for (int64_t o = 0; o < out[axis]; ++o) {
      int64_t begin = o * getStrides()[axis] - getPads()[axis],
              end = std::min(begin + getKernel()[axis], in[axis]);
      for (int64_t count : met)
        more.insert(count *
                    std::max<int64_t>(end - std::max<int64_t>(begin, 0), 0));
    }
    met = std::move(more);
  }
  for (int64_t count : met)
    if (count == 0 || share % count != 0)
      return emitOpError("shares ")
             << share << " among " << count << " elements";
  return success();
}

LogicalResult ReshapeOp::verify() {
  auto from = cast<RankedTensorType>(getInput().getType());
  if (from.getElementType() != getType().getElementType())
    return emitOpError("changes the element type");
  if (from.getNumElements() != getType().getNumElements())
    return emitOpError("makes ") << getType().getNumElements()
                                 << " elements of " << from.getNumElements();
  return success();
}

LogicalResult QuantizeOp::verify() {
  double scale = getScale().convertToDouble();
  if (!(scale > 0) || !std::isfinite(scale))
    return emitOpError("needs a positive scale, not ") << scale;
  auto lowest = static_cast<int64_t>(getLowest()),
       highest = static_cast<int64_t>(getHighest()),
       zero = static_cast<int64_t>(getZero());
  if (lowest >= highest || highest - lowest > 65535 || zero < lowest ||
      zero > highest)
    return emitOpError("has the zero ")
           << zero << " and levels from " << lowest << " to " << highest;
  return success();
}

LogicalResult DequantizeOp::verify() {
  auto type = cast<RankedTensorType>(getInput().getType());
  auto axis = static_cast<int64_t>(getAxis());
  size_t count = getScales().size();
  if (count == 0 || getZeros().size() != count)
    return emitOpError("needs as many zeros as scales");
  if (count > 1 && (axis < 0 || axis >= type.getRank() ||
                    type.getDimSize(axis) != static_cast<int64_t>(count)))
    return emitOpError("has ") << count << " scales for axis " << axis;
  for (double scale : getScales())
    if (!(scale > 0) || !std::isfinite(scale))
      return emitOpError("needs positive scales, not ") << scale;
  return success();
}

LogicalResult ThresholdOp::verify() {
  auto type = cast<RankedTensorType>(getInput().getType());
  auto axis = static_cast<int64_t>(getAxis());
  auto table = cast<RankedTensorType>(getTable().getType());
  if (table.getRank() != 2 || table.getNumElements() == 0)
    return emitOpError("needs a table of rows and levels");
  if (table.getDimSize(0) != 1 &&
      (axis < 0 || axis >= type.getRank() ||
       type.getDimSize(axis) != table.getDimSize(0)))
    return emitOpError("has ")
           << table.getDimSize(0) << " rows of thresholds for axis " << axis;
  int64_t levels = table.getDimSize(1), index = 0;
  int32_t before = 0;
  for (int32_t threshold : getTable().getValues<int32_t>()) {
    if (index++ % levels != 0 && threshold < before)
      return emitOpError("has thresholds that descend, in row ")
             << (index - 1) / levels;
    before = threshold;
  }
  return success();
}
