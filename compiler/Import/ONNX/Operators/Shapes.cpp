//===- Shapes.cpp - ONNX's operators that move elements ---------*- C++ -*-===//
//
// Their arguments were attributes and became inputs: each takes both. What only
// shapes are computed from is computed here.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/ONNX/Builder.h"

using namespace mlir;
using namespace snn;
using namespace snn::onnx;

namespace {

/// An attribute, or an input that is constant; nothing, with a refusal, for one
/// that is not.
std::optional<std::vector<int64_t>> listOf(NodeBuilder &node, size_t input,
                                           const char *attribute) {
  if (!node.hasInput(input))
    return node.wholes(attribute);
  if (std::optional<WholeList> list = node.list(input))
    return list->elements;
  node.refuse(std::string("has `") + attribute + "` that are no constant");
  return std::nullopt;
}

void importReshape(NodeBuilder &node) {
  auto shape = listOf(node, 1, "shape");
  if (!shape)
    return;
  if (std::optional<WholeList> list = node.list(0)) {
    std::vector<int64_t> flat{static_cast<int64_t>(list->elements.size())};
    return node.define(0, WholeList{flat, list->elements});
  }
  Value value = node.input(0);
  if (!value)
    return;
  int64_t known = 1, open = -1;
  for (auto [i, size] : llvm::enumerate(*shape)) {
    if (size == 0 && !node.whole("allowzero", 0)) {
      if (i >= NodeBuilder::shape(value).size())
        return (void)node.refuse("keeps an axis that its input lacks");
      size = NodeBuilder::shape(value)[i];
    }
    if (size == -1 && open < 0)
      open = static_cast<int64_t>(i);
    else if (size < 1 || __builtin_mul_overflow(known, size, &known))
      return (void)node.refuse("makes a shape that is empty or too large");
  }
  if (open >= 0)
    (*shape)[static_cast<size_t>(open)] =
        NodeBuilder::type(value).getNumElements() / known;
  node.define(0, node.reshape(value, *shape));
}

void importFlatten(NodeBuilder &node) {
  Value value = node.input(0);
  if (!value)
    return;
  ArrayRef<int64_t> shape = NodeBuilder::shape(value);
  int64_t rank = NodeBuilder::type(value).getRank(),
          axis = node.whole("axis", 1);
  axis = axis == rank ? rank : node.axis(axis, rank);
  int64_t rows = 1;
  for (int64_t size : shape.take_front(static_cast<size_t>(axis)))
    rows *= size;
  node.define(
      0, node.reshape(
             value, {rows, NodeBuilder::type(value).getNumElements() / rows}));
}

void importTranspose(NodeBuilder &node) {
  Value value = node.input(0);
  if (!value)
    return;
  std::vector<int64_t> order = node.wholes("perm");
  if (order.empty())
    for (int64_t i = NodeBuilder::type(value).getRank(); i-- > 0;)
      order.push_back(i);
  node.define(0,
              node.make<ann::TransposeOp>(value, {node.named("order", order)}));
}

void importConcat(NodeBuilder &node) {
  WholeList lists{{0}, {}};
  size_t count = node.node.inputs.size(), known = 0;
  for (size_t i = 0; i < count; ++i)
    if (std::optional<WholeList> list = node.list(i);
        list && list->shape.size() == 1) {
      lists.elements.insert(lists.elements.end(), list->elements.begin(),
                            list->elements.end());
      ++known;
    }
  if (known == count && count > 0) {
    lists.shape[0] = static_cast<int64_t>(lists.elements.size());
    return node.define(0, std::move(lists));
  }
  SmallVector<Value> values;
  for (size_t i = 0; i < count; ++i)
    values.push_back(node.input(i));
  if (values.empty() || node.isRefused())
    return (void)node.refuse("has no inputs");
  int64_t axis =
      node.axis(node.whole("axis", 1), NodeBuilder::type(values[0]).getRank());
  node.define(0, node.make<ann::ConcatOp>(values, {node.named("axis", axis)}));
}

Value slice(NodeBuilder &node, Value value, ArrayRef<int64_t> starts,
            ArrayRef<int64_t> sizes, ArrayRef<int64_t> steps) {
  return node.make<ann::SliceOp>(value, {node.named("starts", starts),
                                         node.named("sizes", sizes),
                                         node.named("steps", steps)});
}

/// Starts, ends, axes and steps: attributes before version 10.
void importSlice(NodeBuilder &node) {
  auto from = listOf(node, 1, "starts"), to = listOf(node, 2, "ends"),
       axes = listOf(node, 3, "axes"), by = listOf(node, 4, "steps");
  if (!from || !to || !axes || !by)
    return;
  std::optional<WholeList> list = node.list(0);
  Value value = list ? nullptr : node.input(0);
  if (!list && !value)
    return;
  SmallVector<int64_t> sizes(list ? ArrayRef<int64_t>(list->shape)
                                  : NodeBuilder::shape(value));
  auto rank = static_cast<int64_t>(sizes.size());
  SmallVector<int64_t> starts(sizes.size(), 0), steps(sizes.size(), 1);
  if (axes->empty())
    for (size_t i = 0; i < from->size(); ++i)
      axes->push_back(static_cast<int64_t>(i));
  if (by->empty())
    by->assign(from->size(), 1);
  if (from->size() != axes->size() || to->size() != axes->size() ||
      by->size() != axes->size())
    return (void)node.refuse("has lists of different lengths");
  for (auto [axis, begin, end, step] :
       llvm::zip_equal(*axes, *from, *to, *by)) {
    auto i = static_cast<size_t>(node.axis(axis, rank));
    if (node.isRefused())
      return;
    int64_t size = sizes[i];
    if (step == 0 || step == INT64_MIN)
      return (void)node.refuse("has a step of 0");
    auto clamped = [&](int64_t at, int64_t low, int64_t high) {
      return std::min(std::max(at < 0 ? at + size : at, low), high);
    };
    begin = step > 0 ? clamped(begin, 0, size) : clamped(begin, 0, size - 1);
    end = step > 0 ? clamped(end, 0, size) : clamped(end, -1, size - 1);
    int64_t distance = step > 0 ? end - begin : begin - end;
    int64_t width = std::abs(step);
    if (distance <= 0)
      return (void)node.refuse("leaves no elements");
    starts[i] = begin;
    steps[i] = step;
    sizes[i] = (distance - 1) / width + 1;
  }
  if (!list)
    return node.define(0, slice(node, value, starts, sizes, steps));
  if (rank != 1)
    return (void)node.refuse("slices whole numbers of several axes");
  WholeList part{{sizes[0]}, {}};
  for (int64_t i = 0; i < sizes[0]; ++i)
    part.elements.push_back(
        list->elements[static_cast<size_t>(starts[0] + i * steps[0])]);
  node.define(0, std::move(part));
}

void importSplit(NodeBuilder &node) {
  Value value = node.input(0);
  auto parts = listOf(node, 1, "split");
  if (!value || !parts)
    return;
  int64_t rank = NodeBuilder::type(value).getRank();
  auto axis = static_cast<size_t>(node.axis(node.whole("axis", 0), rank));
  if (node.isRefused())
    return;
  auto count = static_cast<int64_t>(node.node.outputs.size());
  int64_t all = NodeBuilder::shape(value)[axis];
  if (parts->empty() && count > 0)
    // The last one is smaller where it must be.
    for (int64_t size = (all + count - 1) / count, at = 0; at < all; at += size)
      parts->push_back(std::min(size, all - at));
  int64_t sum = 0;
  for (int64_t size : *parts)
    if (size < 1 || size > all || (sum += size) > all)
      return (void)node.refuse("has parts that are empty or too large");
  if (sum != all || static_cast<int64_t>(parts->size()) != count)
    return (void)node.refuse("has parts that do not make up its input");
  SmallVector<int64_t> starts(static_cast<size_t>(rank), 0),
      sizes(NodeBuilder::shape(value)), steps(static_cast<size_t>(rank), 1);
  for (auto [i, size] : llvm::enumerate(*parts)) {
    sizes[axis] = size;
    node.define(i, slice(node, value, starts, sizes, steps));
    starts[axis] += size;
  }
}

void importPad(NodeBuilder &node) {
  Value value = node.input(0);
  auto pads = listOf(node, 1, "pads");
  if (!value || !pads)
    return;
  std::string mode = node.text("mode", "constant");
  if (mode != "constant")
    return (void)node.refuse("pads by other than a constant");
  double around = node.real("value", 0);
  if (node.hasInput(2)) {
    std::optional<double> given = node.number(2);
    if (!given)
      return (void)node.refuse("pads by what is no constant");
    around = *given;
  }
  auto rank = NodeBuilder::type(value).getRank();
  std::vector<int64_t> axes;
  if (node.hasInput(3)) {
    auto list = listOf(node, 3, "axes");
    if (!list)
      return;
    axes = *list;
  } else {
    for (int64_t i = 0; i < rank; ++i)
      axes.push_back(i);
  }
  if (pads->size() != 2 * axes.size())
    return (void)node.refuse("has pads for other axes than its input");
  SmallVector<int64_t> low(static_cast<size_t>(rank), 0), high(low);
  for (size_t i = 0; i < axes.size(); ++i) {
    auto axis = static_cast<size_t>(node.axis(axes[i], rank));
    if (node.isRefused())
      return;
    low[axis] = (*pads)[i];
    high[axis] = (*pads)[i + axes.size()];
  }
  node.define(
      0,
      node.make<ann::PadOp>(
          value, {node.named("low", low), node.named("high", high),
                  node.named("value", node.builder.getF64FloatAttr(around))}));
}

/// Squeeze and Unsqueeze; axes are inputs since version 13.
void importSqueeze(NodeBuilder &node) {
  auto axes = listOf(node, 1, "axes");
  if (!axes)
    return;
  if (std::optional<WholeList> list = node.list(0))
    return node.define(0, WholeList{{}, list->elements});
  Value value = node.input(0);
  if (!value)
    return;
  SmallVector<int64_t> shape;
  auto rank = NodeBuilder::type(value).getRank();
  for (int64_t &axis : *axes)
    axis = node.axis(axis, rank);
  for (auto [i, size] : llvm::enumerate(NodeBuilder::shape(value))) {
    bool isNamed = llvm::is_contained(*axes, static_cast<int64_t>(i));
    if (isNamed && size != 1)
      return (void)node.refuse("takes away an axis that has elements");
    if (!isNamed && !(axes->empty() && size == 1))
      shape.push_back(size);
  }
  node.define(0, node.reshape(value, shape));
}

void importUnsqueeze(NodeBuilder &node) {
  auto axes = listOf(node, 1, "axes");
  if (!axes)
    return;
  if (std::optional<WholeList> list = node.list(0);
      list && list->elements.size() == 1)
    return node.define(0, WholeList{{1}, list->elements});
  Value value = node.input(0);
  if (!value)
    return;
  int64_t rank =
      NodeBuilder::type(value).getRank() + static_cast<int64_t>(axes->size());
  for (int64_t &axis : *axes)
    axis = node.axis(axis, rank);
  SmallVector<int64_t> shape;
  ArrayRef<int64_t> rest = NodeBuilder::shape(value);
  for (int64_t i = 0; i < rank; ++i) {
    if (llvm::is_contained(*axes, i)) {
      shape.push_back(1);
    } else if (rest.empty()) {
      return (void)node.refuse("adds an axis twice");
    } else {
      shape.push_back(rest.front());
      rest = rest.drop_front();
    }
  }
  node.define(0, node.reshape(value, shape));
}

void importShape(NodeBuilder &node) {
  std::vector<int64_t> shape;
  if (const Tensor *tensor = node.tensor(0)) {
    shape = tensor->shape;
  } else {
    Value value = node.input(0);
    if (!value)
      return;
    shape.assign(NodeBuilder::shape(value).begin(),
                 NodeBuilder::shape(value).end());
  }
  auto rank = static_cast<int64_t>(shape.size());
  auto end = [&](const char *name, int64_t otherwise) {
    int64_t at = node.whole(name, otherwise);
    return std::min(std::max<int64_t>(at < 0 ? at + rank : at, 0), rank);
  };
  int64_t first = end("start", 0), last = std::max(end("end", rank), first);
  std::vector<int64_t> part(shape.begin() + first, shape.begin() + last);
  node.define(0, WholeList{{last - first}, part});
}

/// Of the numbers that shapes are computed from.
void importGather(NodeBuilder &node) {
  std::optional<WholeList> list = node.list(0), indices = node.list(1);
  if (!list || !indices || list->shape.size() != 1)
    return (void)node.refuse("takes elements of what is no list of sizes");
  WholeList result{indices->shape, {}};
  auto size = static_cast<int64_t>(list->elements.size());
  for (int64_t index : indices->elements) {
    int64_t at = node.axis(index, size);
    if (node.isRefused())
      return;
    result.elements.push_back(list->elements[static_cast<size_t>(at)]);
  }
  node.define(0, std::move(result));
}

/// Constants that are no tensors.
void importConstant(NodeBuilder &node) {
  if (const onnx::Attribute *number = node.node.find("value_float"))
    return node.define(0, node.constant({}, {double(number->real)}));
  if (const onnx::Attribute *list = node.node.find("value_floats"))
    return node.define(
        0, node.constant({static_cast<int64_t>(list->reals.size())},
                         ann::Reals(list->reals.begin(), list->reals.end())));
  if (const onnx::Attribute *number = node.node.find("value_int"))
    return node.define(0, WholeList{{}, {number->whole}});
  if (const onnx::Attribute *list = node.node.find("value_ints"))
    return node.define(0, WholeList{{static_cast<int64_t>(list->wholes.size())},
                                    list->wholes});
  node.refuse("holds no numbers");
}

void importConstantOfShape(NodeBuilder &node) {
  std::optional<WholeList> shape = node.list(0);
  if (!shape)
    return (void)node.refuse("has a shape that is no constant");
  int64_t elements = 1;
  for (int64_t size : shape->elements)
    if (size < 1 || __builtin_mul_overflow(elements, size, &elements) ||
        elements > (1 << 28))
      return (void)node.refuse("makes a shape that is empty or too large");
  const onnx::Attribute *value = node.node.find("value");
  if (value && value->kind != onnx::Attribute::Kind::Tensor)
    return (void)node.refuse("repeats what is no tensor");
  ElementType type = value ? value->tensor.type : ElementType::Float;
  auto count = static_cast<size_t>(elements);
  if (value && value->tensor.elements() != 1)
    return (void)node.refuse("repeats a tensor of several elements");
  if (type == ElementType::Float || type == ElementType::Double) {
    double number = value ? value->tensor.toReals()[0] : 0;
    return node.define(0, node.constant(shape->elements, {number}));
  }
  std::vector<int64_t> whole = value->tensor.toWhole();
  if (whole.empty() || count > 64)
    return (void)node.refuse("makes a tensor of whole numbers");
  node.define(
      0, WholeList{shape->elements, std::vector<int64_t>(count, whole[0])});
}

} // namespace

void snn::onnx::addShapes(Importers &importers) {
  importers["Reshape"] = importReshape;
  importers["Flatten"] = importFlatten;
  importers["Transpose"] = importTranspose;
  importers["Concat"] = importConcat;
  importers["Slice"] = importSlice;
  importers["Split"] = importSplit;
  importers["Pad"] = importPad;
  importers["Squeeze"] = importSqueeze;
  importers["Unsqueeze"] = importUnsqueeze;
  importers["Shape"] = importShape;
  importers["Gather"] = importGather;
  importers["Constant"] = importConstant;
  importers["ConstantOfShape"] = importConstantOfShape;
}
