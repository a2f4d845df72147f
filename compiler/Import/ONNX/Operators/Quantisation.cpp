//===- Quantisation.cpp - ONNX's quantised operators ------------*- C++ -*-===//
//
// QuantizeLinear and DequantizeLinear as they are; operators on whole numbers
// as the same operator between a dequantisation and a quantisation, which
// defines them.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/ONNX/Builder.h"

#include <cmath>

using namespace mlir;
using namespace snn;
using namespace snn::onnx;

namespace {

/// The levels of an element type; nothing for one that is not quantised to.
std::optional<std::pair<int64_t, int64_t>> levelsOf(ElementType type) {
  switch (type) {
  case ElementType::UInt8:
    return std::pair(0, 255);
  case ElementType::Int8:
    return std::pair(-128, 127);
  case ElementType::UInt16:
    return std::pair(0, 65535);
  case ElementType::Int16:
    return std::pair(-32768, 32767);
  default:
    return std::nullopt;
  }
}

struct Scheme {
  ann::Reals scales;
  ann::Whole zeros;
  ElementType type = ElementType::UInt8;
};

/// The constant scale and zero point at the inputs `scale` and `zero`.
std::optional<Scheme> schemeOf(NodeBuilder &node, size_t scale, size_t zero) {
  const Tensor *scales = node.tensor(scale);
  if (!scales || (node.hasInput(zero) && !node.tensor(zero))) {
    node.refuse("has a scale or zero point that is no constant");
    return std::nullopt;
  }
  Scheme scheme;
  scheme.scales = scales->toReals();
  scheme.zeros.assign(scheme.scales.size(), 0);
  if (const Tensor *zeros = node.tensor(zero)) {
    scheme.type = zeros->type;
    scheme.zeros = zeros->toWhole();
  }
  if (scheme.scales.empty() || scheme.zeros.size() != scheme.scales.size() ||
      scales->shape.size() > 1) {
    node.refuse("has scales and zero points that do not go together");
    return std::nullopt;
  }
  for (double number : scheme.scales)
    if (!(number > 0) || !std::isfinite(number)) {
      node.refuse("has a scale that is not positive");
      return std::nullopt;
    }
  return scheme;
}

Value quantize(NodeBuilder &node, Value value, const Scheme &scheme) {
  auto levels = levelsOf(scheme.type);
  if (!levels)
    return node.refuse("quantises to " + nameOf(scheme.type));
  if (scheme.scales.size() != 1)
    return node.refuse("quantises an activation with several scales");
  OpBuilder &builder = node.builder;
  return node.make<ann::QuantizeOp>(
      value,
      {node.named("scale", builder.getF64FloatAttr(scheme.scales[0])),
       node.named("zero", scheme.zeros[0]), node.named("lowest", levels->first),
       node.named("highest", levels->second)});
}

Value dequantize(NodeBuilder &node, Value value, const Scheme &scheme,
                 int64_t axis) {
  return node.make<ann::DequantizeOp>(
      value,
      {node.named("scales", node.builder.getDenseF64ArrayAttr(scheme.scales)),
       node.named("zeros", scheme.zeros), node.named("axis", axis)});
}

bool isWhole(Value value) {
  return NodeBuilder::type(value).getElementType().isInteger();
}

void importQuantizeLinear(NodeBuilder &node) {
  std::optional<Scheme> scheme = schemeOf(node, 1, 2);
  Value value = node.input(0);
  if (scheme && value)
    node.define(0, quantize(node, value, *scheme));
}

void importDequantizeLinear(NodeBuilder &node) {
  std::optional<Scheme> scheme = schemeOf(node, 1, 2);
  Value value = node.input(0);
  if (!scheme || !value)
    return;
  if (!isWhole(value))
    return (void)node.refuse("dequantises what is not quantised");
  int64_t rank = NodeBuilder::type(value).getRank(), axis = 0;
  if (scheme->scales.size() > 1)
    axis = node.axis(node.whole("axis", 1), rank);
  node.define(0, dequantize(node, value, *scheme, axis));
}

/// The operands of QLinearConv and QLinearMatMul as reals.
std::optional<std::pair<Value, Value>> operandsOf(NodeBuilder &node,
                                                  int64_t weightAxis) {
  std::optional<Scheme> input = schemeOf(node, 1, 2),
                        weights = schemeOf(node, 4, 5);
  Value x = node.input(0), w = node.input(3);
  if (!input || !weights || !x || !w)
    return std::nullopt;
  if (!isWhole(x) || !isWhole(w)) {
    node.refuse("has operands that are not quantised");
    return std::nullopt;
  }
  return std::pair(dequantize(node, x, *input, 0),
                   dequantize(node, w, *weights, weightAxis));
}

void importQLinearMatMul(NodeBuilder &node) {
  auto operands = operandsOf(node, 1);
  std::optional<Scheme> output = schemeOf(node, 6, 7);
  if (!operands || !output)
    return;
  if (NodeBuilder::type(operands->second).getRank() != 2)
    return (void)node.refuse("multiplies by what is no matrix of weights");
  Value product = node.make<ann::MatMulOp>({operands->first, operands->second});
  node.define(0, quantize(node, product, *output));
}

void importQLinearConv(NodeBuilder &node) {
  auto operands = operandsOf(node, 0);
  std::optional<Scheme> output = schemeOf(node, 6, 7);
  if (!operands || !output || !operands->first || !operands->second)
    return;
  auto [x, w] = *operands;
  std::optional<ann::Reals> bias;
  if (node.hasInput(8)) {
    // Whole numbers in units of the product of both scales.
    const Tensor *whole = node.tensor(8);
    ArrayRef<double> scales = w.getDefiningOp<ann::DequantizeOp>().getScales();
    double scale = x.getDefiningOp<ann::DequantizeOp>().getScales()[0];
    if (!whole)
      return (void)node.refuse("has a bias that is no constant");
    bias = whole->toReals();
    if (scales.size() != 1 && scales.size() != bias->size())
      return (void)node.refuse("has a bias of another length than its scales");
    for (size_t c = 0; c < bias->size(); ++c)
      (*bias)[c] *= scale * scales[scales.size() == 1 ? 0 : c];
  }
  node.define(0, quantize(node, convolution(node, x, w, bias), *output));
}

} // namespace

void snn::onnx::addQuantisation(Importers &importers) {
  importers["QuantizeLinear"] = importQuantizeLinear;
  importers["DequantizeLinear"] = importDequantizeLinear;
  importers["QLinearMatMul"] = importQLinearMatMul;
  importers["QLinearConv"] = importQLinearConv;
}
