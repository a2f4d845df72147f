//===- Activations.cpp - ONNX's elementwise functions -----------*- C++ -*-===//
//
// Monotone functions of one argument, and what passes its argument through.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/ONNX/Builder.h"

#include <limits>

using namespace mlir;
using namespace snn;
using namespace snn::onnx;

namespace {

/// Bounds were attributes before version 11, and inputs since.
void importClip(NodeBuilder &node) {
  constexpr double most = std::numeric_limits<float>::max();
  double low = node.real("min", -most), high = node.real("max", most);
  for (size_t i : {1, 2})
    if (node.hasInput(i)) {
      std::optional<double> bound = node.number(i);
      if (!bound) {
        node.refuse("has a bound that is no constant");
        return;
      }
      (i == 1 ? low : high) = *bound;
    }
  node.define(0, node.apply(ann::Function::Clip, node.input(0), low, high));
}

/// Over the last axis; before version 13 over all from `axis` on, which is the
/// same where that is the last.
void importSoftmax(NodeBuilder &node, bool logarithm) {
  Value value = node.input(0);
  if (!value)
    return;
  int64_t rank = NodeBuilder::type(value).getRank();
  int64_t axis =
      node.axis(node.whole("axis", node.version < 13 ? 1 : -1), rank);
  for (int64_t i = axis + 1; i < rank; ++i)
    if (NodeBuilder::shape(value)[static_cast<size_t>(i)] != 1)
      return (void)node.refuse("is over an axis that is not the last");
  if (axis != rank - 1) {
    SmallVector<int64_t> shape(NodeBuilder::shape(value));
    Value flat = node.reshape(
        value, ArrayRef(shape).take_front(static_cast<size_t>(axis + 1)));
    SmallVector<NamedAttribute> attributes;
    if (logarithm)
      attributes.push_back(node.named("logarithm", node.builder.getUnitAttr()));
    return node.define(
        0, node.reshape(node.make<ann::SoftmaxOp>(flat, attributes), shape));
  }
  SmallVector<NamedAttribute> attributes;
  if (logarithm)
    attributes.push_back(node.named("logarithm", node.builder.getUnitAttr()));
  node.define(0, node.make<ann::SoftmaxOp>(value, attributes));
}

void passThrough(NodeBuilder &node) {
  if (std::optional<WholeList> list = node.list(0); list && !node.tensor(0))
    return node.define(0, *list);
  node.define(0, node.input(0));
}

/// What inference does not do.
void importDropout(NodeBuilder &node) {
  if (node.hasInput(2))
    if (std::optional<double> training = node.number(2); !training || *training)
      return (void)node.refuse("is in training mode");
  // Nothing defines its mask, so who takes it is refused.
  passThrough(node);
}

void importCast(NodeBuilder &node) {
  auto to = static_cast<ElementType>(node.whole("to", 0));
  bool isReal = to == ElementType::Float || to == ElementType::Double;
  if (node.list(0) && !isReal)
    return passThrough(node);
  if (!isReal)
    return (void)node.refuse("makes " + std::string("other than float32 or "
                                                    "float64 of reals"));
  if (std::optional<WholeList> list = node.list(0)) {
    ann::Reals reals(list->elements.begin(), list->elements.end());
    return node.define(0, node.constant(list->shape, reals));
  }
  passThrough(node);
}

} // namespace

void snn::onnx::addActivations(Importers &importers) {
  auto simple = [](ann::Function function) {
    return [function](NodeBuilder &node) {
      node.define(0, node.apply(function, node.input(0)));
    };
  };
  importers["Relu"] = simple(ann::Function::Relu);
  importers["Sigmoid"] = simple(ann::Function::Sigmoid);
  importers["Tanh"] = simple(ann::Function::Tanh);
  importers["LeakyRelu"] = [](NodeBuilder &node) {
    // 0.01 as the float that ONNX means.
    node.define(0, node.apply(ann::Function::LeakyRelu, node.input(0),
                              node.real("alpha", 0.01f)));
  };
  importers["HardSigmoid"] = [](NodeBuilder &node) {
    node.define(0,
                node.apply(ann::Function::HardSigmoid, node.input(0),
                           node.real("alpha", 0.2f), node.real("beta", 0.5)));
  };
  importers["Clip"] = importClip;
  importers["Softmax"] = [](NodeBuilder &node) { importSoftmax(node, false); };
  importers["LogSoftmax"] = [](NodeBuilder &node) {
    importSoftmax(node, true);
  };
  importers["Identity"] = passThrough;
  importers["Dropout"] = importDropout;
  importers["Cast"] = importCast;
}
