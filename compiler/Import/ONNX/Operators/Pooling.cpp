//===- Pooling.cpp - ONNX's windows -----------------------------*- C++ -*-===//
//
// Maxima and averages. An average is a sum times one over the number of its
// elements, which at a border may be another one.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/ONNX/Builder.h"

#include "dialects/Ann/Analysis/Elements.h"

#include <numeric>

using namespace mlir;
using namespace snn;
using namespace snn::onnx;

WindowAttributes snn::onnx::windowOf(NodeBuilder &node, ArrayRef<int64_t> input,
                                     ArrayRef<int64_t> kernel) {
  size_t axes = kernel.size();
  WindowAttributes window;
  window.kernel.assign(kernel.begin(), kernel.end());
  window.strides = node.wholes("strides");
  window.dilations = node.wholes("dilations");
  window.pads = node.wholes("pads");
  window.roundedUp.assign(axes, 0);
  if (window.strides.empty())
    window.strides.assign(axes, 1);
  if (window.dilations.empty())
    window.dilations.assign(axes, 1);
  if (window.pads.empty())
    window.pads.assign(2 * axes, 0);
  std::vector<int64_t> given = node.wholes("kernel_shape");
  constexpr int64_t most = int64_t(1) << 31;
  auto isBad = [&](ArrayRef<int64_t> list, size_t size, int64_t least) {
    return list.size() != size || llvm::any_of(list, [&](int64_t number) {
             return number < least || number > most;
           });
  };
  if (input.size() != axes + 2 || (!given.empty() && given != window.kernel) ||
      isBad(kernel, axes, 1) || isBad(window.strides, axes, 1) ||
      isBad(window.dilations, axes, 1) || isBad(window.pads, 2 * axes, 0)) {
    node.refuse("has a window that does not fit its input");
    return window;
  }
  std::string automatic = node.text("auto_pad", "NOTSET");
  for (size_t i = 0; i < axes; ++i) {
    int64_t reach = (window.kernel[i] - 1) * window.dilations[i] + 1,
            stride = window.strides[i], size = input[i + 2];
    int64_t &before = window.pads[i], &behind = window.pads[i + axes];
    if (automatic == "VALID")
      before = behind = 0;
    if (automatic == "SAME_UPPER" || automatic == "SAME_LOWER") {
      int64_t out = (size + stride - 1) / stride;
      int64_t all = std::max<int64_t>((out - 1) * stride + reach - size, 0);
      before = automatic == "SAME_UPPER" ? all / 2 : all - all / 2;
      behind = all - before;
    }
    int64_t room = size + before + behind - reach;
    if (node.whole("ceil_mode", 0) && room > 0 && room % stride != 0) {
      // A last window counts only if it begins within the input or before it.
      int64_t begin = (room / stride + 1) * stride;
      if (begin < size + before)
        behind += window.roundedUp[i] = begin - room;
    }
  }
  return window;
}

namespace {

void importMaxPool(NodeBuilder &node) {
  Value input = node.input(0);
  if (!input)
    return;
  if (node.isUsed(1))
    return (void)node.refuse("has the indices of maxima as an output");
  WindowAttributes window =
      windowOf(node, NodeBuilder::shape(input), node.wholes("kernel_shape"));
  node.define(0, node.make<ann::MaxPoolOp>(
                     input, {node.named("kernel", window.kernel),
                             node.named("strides", window.strides),
                             node.named("pads", window.pads),
                             node.named("dilations", window.dilations)}));
}

Value sum(NodeBuilder &node, Value input, const WindowAttributes &window) {
  return node.make<ann::SumPoolOp>(input,
                                   {node.named("kernel", window.kernel),
                                    node.named("strides", window.strides),
                                    node.named("pads", window.pads)});
}

/// The least whole multiple of all counts; nothing if it is large.
std::optional<int64_t> shareOf(const ann::Reals &counts) {
  int64_t share = 1;
  for (double count : counts) {
    share = std::lcm(share, static_cast<int64_t>(count));
    if (share > ann::MostShare)
      return std::nullopt;
  }
  return share;
}

void importAveragePool(NodeBuilder &node) {
  Value input = node.input(0);
  if (!input)
    return;
  WindowAttributes window =
      windowOf(node, NodeBuilder::shape(input), node.wholes("kernel_shape"));
  for (int64_t dilation : window.dilations)
    if (dilation != 1)
      return (void)node.refuse("averages over a dilated window");
  Value total = sum(node, input, window);
  if (!total)
    return;
  auto pool = total.getDefiningOp<ann::SumPoolOp>();
  // What each window divides by: its elements within the input, or within the
  // pads that are given.
  ArrayRef<int64_t> out = NodeBuilder::shape(total).drop_front(2);
  auto space = static_cast<size_t>(ann::spaceOf(total));
  ann::Reals counts(space, 0);
  if (node.whole("count_include_pad", 0)) {
    size_t axes = window.kernel.size();
    for (size_t at = 0; at < space; ++at) {
      double count = 1;
      size_t rest = at;
      for (size_t i = axes; i-- > 0;) {
        auto size = static_cast<size_t>(out[i]);
        int64_t begin = static_cast<int64_t>(rest % size) * window.strides[i];
        rest /= size;
        int64_t end = NodeBuilder::shape(input)[i + 2] + window.pads[i] +
                      window.pads[i + axes] - window.roundedUp[i];
        count *= static_cast<double>(std::min(window.kernel[i], end - begin));
      }
      counts[at] = count;
    }
  } else {
    for (const ann::Tap &tap : ann::taps(pool))
      counts[static_cast<size_t>(tap.out)] += 1;
  }
  bool meetsAll = !node.whole("count_include_pad", 0);
  if (llvm::any_of(counts, [](double count) { return !(count > 0); }))
    return (void)node.refuse("averages over a window without elements");
  if (meetsAll && !llvm::all_equal(counts))
    if (std::optional<int64_t> share = shareOf(counts)) {
      pool.setShare(*share);
      return node.define(
          0, node.make<ann::MulOp>(
                 {total, node.constant(1 / static_cast<double>(*share))}));
    }
  for (double &count : counts)
    count = 1 / count;
  Value factor = llvm::all_equal(counts) ? node.constant(counts[0])
                                         : node.constant(out, counts);
  node.define(0, node.make<ann::MulOp>({total, factor}));
}

WindowAttributes wholeWindow(Value input) {
  size_t axes = NodeBuilder::shape(input).size() - 2;
  WindowAttributes window;
  window.kernel.assign(NodeBuilder::shape(input).begin() + 2,
                       NodeBuilder::shape(input).end());
  window.strides.assign(axes, 1);
  window.dilations.assign(axes, 1);
  window.pads.assign(2 * axes, 0);
  return window;
}

Value averageAll(NodeBuilder &node, Value input) {
  if (!input)
    return nullptr;
  if (NodeBuilder::type(input).getRank() < 3)
    return node.refuse("averages over space, of which there is none");
  Value total = sum(node, input, wholeWindow(input));
  if (!total)
    return nullptr;
  double count = static_cast<double>(ann::spaceOf(input));
  return node.make<ann::MulOp>({total, node.constant(1 / count)});
}

void importGlobalMaxPool(NodeBuilder &node) {
  Value input = node.input(0);
  if (!input)
    return;
  if (NodeBuilder::type(input).getRank() < 3)
    return (void)node.refuse("is the maximum over space, of which there is "
                             "none");
  WindowAttributes window = wholeWindow(input);
  node.define(0, node.make<ann::MaxPoolOp>(
                     input, {node.named("kernel", window.kernel),
                             node.named("strides", window.strides),
                             node.named("pads", window.pads),
                             node.named("dilations", window.dilations)}));
}

/// Over all axes of space; axes were an attribute before version 18.
void importReduceMean(NodeBuilder &node) {
  Value input = node.input(0);
  if (!input)
    return;
  std::vector<int64_t> axes = node.wholes("axes");
  if (node.hasInput(1)) {
    std::optional<WholeList> list = node.list(1);
    if (!list)
      return (void)node.refuse("has axes that are no constant");
    axes = list->elements;
  }
  int64_t rank = NodeBuilder::type(input).getRank();
  for (int64_t &axis : axes)
    axis = node.axis(axis, rank);
  llvm::sort(axes);
  std::vector<int64_t> space;
  for (int64_t axis = 2; axis < rank; ++axis)
    space.push_back(axis);
  if (axes != space || space.empty())
    return (void)node.refuse("averages over other axes than all those of "
                             "space");
  Value result = averageAll(node, input);
  if (!node.whole("keepdims", 1))
    result = node.reshape(result, NodeBuilder::shape(input).take_front(2));
  node.define(0, result);
}

} // namespace

void snn::onnx::addPooling(Importers &importers) {
  importers["MaxPool"] = importMaxPool;
  importers["AveragePool"] = importAveragePool;
  importers["GlobalAveragePool"] = [](NodeBuilder &node) {
    node.define(0, averageAll(node, node.input(0)));
  };
  importers["GlobalMaxPool"] = importGlobalMaxPool;
  importers["ReduceMean"] = importReduceMean;
}
