//===- Shapes.cpp - Shapes of results ---------------------------*- C++ -*-===//
//
// What each operator makes of the shapes of its operands. The same functions
// infer types where a network is built and verify those that are written.
//
//===----------------------------------------------------------------------===//
#include "dialects/Ann/IR/Ops.h"

using namespace mlir;
using namespace snn::ann;

namespace {

RankedTensorType tensor(Value value) {
  return cast<RankedTensorType>(value.getType());
}

/// Elements that a tensor may have: indices of it fit 31 bits.
constexpr int64_t MostElements = int64_t(1) << 31;
/// Elements of a kernel that all windows of a plane meet: each is a synapse.
constexpr int64_t MostMeetings = int64_t(1) << 27;

LogicalResult finish(std::optional<Location> loc, ArrayRef<int64_t> shape,
                     Type element, SmallVectorImpl<Type> &types) {
  int64_t elements = 1;
  for (int64_t size : shape)
    if (size < 1 || __builtin_mul_overflow(elements, size, &elements) ||
        elements > MostElements)
      return emitOptionalError(loc, "would have the shape [", shape,
                               "], which is empty or too large");
  types.push_back(RankedTensorType::get(shape, element));
  return success();
}

/// Where a window begins on an axis, how often, and how far it reaches.
struct Window {
  ArrayRef<int64_t> kernel, strides, pads, dilations;
};

/// Appends the sizes of the axes of space behind the first two of `input`.
LogicalResult slide(std::optional<Location> loc, ArrayRef<int64_t> input,
                    const Window &window, SmallVectorImpl<int64_t> &shape) {
  size_t axes = window.kernel.size();
  if (input.size() != axes + 2 || window.strides.size() != axes ||
      window.pads.size() != 2 * axes || window.dilations.size() != axes)
    return emitOptionalError(loc, "has a window over ", axes,
                             " axes, but an input of rank ", input.size(),
                             " or lists of other lengths");
  constexpr int64_t most = int64_t(1) << 31;
  int64_t meetings = 1;
  for (size_t i = 0; i < axes; ++i) {
    int64_t kernel = window.kernel[i], stride = window.strides[i],
            before = window.pads[i], behind = window.pads[i + axes],
            dilation = window.dilations[i];
    if (kernel < 1 || stride < 1 || dilation < 1 || before < 0 || behind < 0 ||
        std::max({kernel, stride, dilation, before, behind}) > most)
      return emitOptionalError(loc, "has a kernel, stride or dilation below 1, "
                                    "or a pad below 0");
    int64_t reach = (kernel - 1) * dilation + 1;
    int64_t size = input[i + 2] + before + behind;
    if (reach > size)
      return emitOptionalError(loc, "has a window of ", reach,
                               " on an axis of ", size);
    shape.push_back((size - reach) / stride + 1);
    if (__builtin_mul_overflow(meetings, kernel, &meetings) ||
        __builtin_mul_overflow(meetings, shape.back(), &meetings) ||
        meetings > MostMeetings)
      return emitOptionalError(loc, "has windows that meet more than ",
                               MostMeetings, " elements");
  }
  return success();
}

LogicalResult inferElementwise(std::optional<Location> loc, ValueRange operands,
                               SmallVectorImpl<Type> &types) {
  RankedTensorType lhs = tensor(operands[0]), rhs = tensor(operands[1]);
  if (lhs.getElementType() != rhs.getElementType())
    return emitOptionalError(loc, "has operands of different element types");
  SmallVector<int64_t> shape;
  int64_t rank = std::max(lhs.getRank(), rhs.getRank());
  for (int64_t axis = 0; axis < rank; ++axis) {
    int64_t a = axis - (rank - lhs.getRank()),
            b = axis - (rank - rhs.getRank());
    int64_t sizeA = a < 0 ? 1 : lhs.getDimSize(a),
            sizeB = b < 0 ? 1 : rhs.getDimSize(b);
    if (sizeA != sizeB && sizeA != 1 && sizeB != 1)
      return emitOptionalError(loc, "has operands of the shapes [",
                               lhs.getShape(), "] and [", rhs.getShape(),
                               "], which do not go together");
    shape.push_back(sizeA == 1 ? sizeB : sizeA);
  }
  return finish(loc, shape, lhs.getElementType(), types);
}

LogicalResult sameShape(Value input, Type element,
                        SmallVectorImpl<Type> &types) {
  types.push_back(RankedTensorType::get(tensor(input).getShape(), element));
  return success();
}

} // namespace

#define INFER(OP)                                                              \
  LogicalResult OP::inferReturnTypes(                                          \
      MLIRContext *context, std::optional<Location> loc, ValueRange operands,  \
      DictionaryAttr attributes, OpaqueProperties properties,                  \
      RegionRange regions, SmallVectorImpl<Type> &types)

INFER(MatMulOp) {
  RankedTensorType input = tensor(operands[0]), weights = tensor(operands[1]);
  if (input.getElementType() != weights.getElementType())
    return emitOptionalError(loc, "has operands of different element types");
  if (input.getRank() < 1 || weights.getRank() != 2 ||
      input.getShape().back() != weights.getDimSize(0))
    return emitOptionalError(loc, "cannot multiply [", input.getShape(),
                             "] by [", weights.getShape(), "]");
  SmallVector<int64_t> shape(input.getShape());
  shape.back() = weights.getDimSize(1);
  return finish(loc, shape, input.getElementType(), types);
}

INFER(ConvOp) {
  Adaptor conv(operands, attributes, properties, regions);
  RankedTensorType input = tensor(operands[0]), weights = tensor(operands[1]);
  if (input.getElementType() != weights.getElementType())
    return emitOptionalError(loc, "has operands of different element types");
  int64_t groups = static_cast<int64_t>(conv.getGroups());
  if (input.getRank() < 3 || weights.getRank() != input.getRank() ||
      groups < 1 || weights.getDimSize(0) % groups != 0 ||
      input.getDimSize(1) % groups != 0 ||
      weights.getDimSize(1) != input.getDimSize(1) / groups)
    return emitOptionalError(loc, "cannot apply weights [", weights.getShape(),
                             "] in ", groups, " groups to [", input.getShape(),
                             "]");
  SmallVector<int64_t> shape{input.getDimSize(0), weights.getDimSize(0)};
  Window window{weights.getShape().drop_front(2), conv.getStrides(),
                conv.getPads(), conv.getDilations()};
  if (failed(slide(loc, input.getShape(), window, shape)))
    return failure();
  return finish(loc, shape, input.getElementType(), types);
}

INFER(SumPoolOp) {
  Adaptor pool(operands, attributes, properties, regions);
  RankedTensorType input = tensor(operands[0]);
  if (input.getRank() < 2)
    return emitOptionalError(loc, "needs a batch and channels");
  SmallVector<int64_t> shape(input.getShape().take_front(2));
  SmallVector<int64_t> dense(pool.getKernel().size(), 1);
  Window window{pool.getKernel(), pool.getStrides(), pool.getPads(), dense};
  if (failed(slide(loc, input.getShape(), window, shape)))
    return failure();
  return finish(loc, shape, input.getElementType(), types);
}

INFER(MaxPoolOp) {
  Adaptor pool(operands, attributes, properties, regions);
  RankedTensorType input = tensor(operands[0]);
  if (input.getRank() < 2)
    return emitOptionalError(loc, "needs a batch and channels");
  SmallVector<int64_t> shape(input.getShape().take_front(2));
  Window window{pool.getKernel(), pool.getStrides(), pool.getPads(),
                pool.getDilations()};
  if (failed(slide(loc, input.getShape(), window, shape)))
    return failure();
  return finish(loc, shape, input.getElementType(), types);
}

INFER(AddOp) { return inferElementwise(loc, operands, types); }
INFER(MulOp) { return inferElementwise(loc, operands, types); }

INFER(ApplyOp) {
  return sameShape(operands[0], tensor(operands[0]).getElementType(), types);
}
INFER(SoftmaxOp) {
  return sameShape(operands[0], tensor(operands[0]).getElementType(), types);
}
INFER(QuantizeOp) {
  return sameShape(operands[0], IntegerType::get(context, 32), types);
}
INFER(DequantizeOp) {
  return sameShape(operands[0], Float32Type::get(context), types);
}
INFER(ThresholdOp) {
  return sameShape(operands[0], IntegerType::get(context, 32), types);
}

INFER(TransposeOp) {
  ArrayRef<int64_t> order =
      Adaptor(operands, attributes, properties, regions).getOrder();
  RankedTensorType input = tensor(operands[0]);
  SmallVector<int64_t> shape, seen(order);
  llvm::sort(seen);
  for (auto [i, axis] : llvm::enumerate(seen))
    if (axis != static_cast<int64_t>(i))
      return emitOptionalError(loc, "has an order that is no permutation");
  if (static_cast<int64_t>(order.size()) != input.getRank())
    return emitOptionalError(loc, "orders ", order.size(),
                             " axes of a tensor of rank ", input.getRank());
  for (int64_t axis : order)
    shape.push_back(input.getDimSize(axis));
  return finish(loc, shape, input.getElementType(), types);
}

INFER(ConcatOp) {
  int64_t axis = static_cast<int64_t>(
      Adaptor(operands, attributes, properties, regions).getAxis());
  if (operands.empty())
    return emitOptionalError(loc, "needs an input");
  RankedTensorType first = tensor(operands[0]);
  if (axis < 0 || axis >= first.getRank())
    return emitOptionalError(loc, "has no axis ", axis);
  SmallVector<int64_t> shape(first.getShape());
  for (Value other : operands.drop_front()) {
    RankedTensorType type = tensor(other);
    if (type.getRank() != first.getRank() ||
        type.getElementType() != first.getElementType())
      return emitOptionalError(loc, "has inputs of different ranks or types");
    for (int64_t i = 0; i < first.getRank(); ++i)
      if (i != axis && type.getDimSize(i) != first.getDimSize(i))
        return emitOptionalError(loc, "has inputs of the shapes [",
                                 first.getShape(), "] and [", type.getShape(),
                                 "]");
    shape[static_cast<size_t>(axis)] += type.getDimSize(axis);
  }
  return finish(loc, shape, first.getElementType(), types);
}

INFER(SliceOp) {
  Adaptor slice(operands, attributes, properties, regions);
  RankedTensorType input = tensor(operands[0]);
  auto rank = static_cast<size_t>(input.getRank());
  if (slice.getStarts().size() != rank || slice.getSizes().size() != rank ||
      slice.getSteps().size() != rank)
    return emitOptionalError(loc, "needs a start, a size and a step for each "
                                  "axis");
  for (size_t i = 0; i < rank; ++i) {
    int64_t last = 0, start = slice.getStarts()[i],
            size = input.getDimSize(static_cast<unsigned>(i));
    if (slice.getSizes()[i] < 1 || start < 0 || start >= size ||
        __builtin_mul_overflow(slice.getSizes()[i] - 1, slice.getSteps()[i],
                               &last) ||
        __builtin_add_overflow(last, start, &last) || last < 0 || last >= size)
      return emitOptionalError(loc, "leaves axis ", i, ", which has ", size,
                               " elements");
  }
  return finish(loc, slice.getSizes(), input.getElementType(), types);
}

INFER(PadOp) {
  Adaptor pad(operands, attributes, properties, regions);
  RankedTensorType input = tensor(operands[0]);
  auto rank = static_cast<size_t>(input.getRank());
  if (pad.getLow().size() != rank || pad.getHigh().size() != rank)
    return emitOptionalError(loc, "needs a low and a high pad for each axis");
  SmallVector<int64_t> shape;
  for (size_t i = 0; i < rank; ++i) {
    int64_t low = pad.getLow()[i], high = pad.getHigh()[i];
    if (low < 0 || high < 0 || low > MostElements || high > MostElements)
      return emitOptionalError(loc, "has a pad below 0 or too large");
    shape.push_back(input.getDimSize(static_cast<unsigned>(i)) + low + high);
  }
  return finish(loc, shape, input.getElementType(), types);
}

#undef INFER
