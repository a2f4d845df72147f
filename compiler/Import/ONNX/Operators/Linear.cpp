//===- Linear.cpp - ONNX's operators that weigh and add ---------*- C++ -*-===//
//
// Products with weights, convolutions, batch normalisation as the factor and
// the term that it is in inference, and arithmetic.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/ONNX/Builder.h"

#include <cmath>

using namespace mlir;
using namespace snn;
using namespace snn::onnx;

namespace {

Value transposed(NodeBuilder &node, Value value) {
  if (!value)
    return nullptr;
  if (NodeBuilder::type(value).getRank() != 2)
    return node.refuse("transposes what is no matrix");
  return node.make<ann::TransposeOp>(
      value, {node.named("order", ArrayRef<int64_t>{1, 0})});
}

Value scaled(NodeBuilder &node, Value value, double factor) {
  if (factor == 1 || !value)
    return value;
  return node.make<ann::MulOp>({value, node.constant(factor)});
}

/// alpha A B + beta C.
void importGemm(NodeBuilder &node) {
  Value a = node.input(0), b = node.input(1);
  if (node.whole("transA", 0))
    a = transposed(node, a);
  if (node.whole("transB", 0))
    b = transposed(node, b);
  Value product =
      scaled(node, node.make<ann::MatMulOp>({a, b}), node.real("alpha", 1));
  if (!node.hasInput(2))
    return node.define(0, product);
  Value c = scaled(node, node.input(2), node.real("beta", 1));
  node.define(0, node.make<ann::AddOp>({product, c}));
}

void importMatMul(NodeBuilder &node) {
  Value a = node.input(0), b = node.input(1);
  if (!a || !b)
    return;
  if (NodeBuilder::type(b).getRank() != 2)
    return (void)node.refuse("multiplies by what is no matrix of weights");
  node.define(0, node.make<ann::MatMulOp>({a, b}));
}

/// A number for each channel, to go together with a value.
Value channels(NodeBuilder &node, Value value, const ann::Reals &numbers) {
  SmallVector<int64_t> shape(static_cast<size_t>(std::max<int64_t>(
                                 NodeBuilder::type(value).getRank() - 1, 1)),
                             1);
  shape[0] = static_cast<int64_t>(numbers.size());
  return node.constant(shape, numbers);
}

void importConv(NodeBuilder &node) {
  Value input = node.input(0), weights = node.input(1);
  std::optional<ann::Reals> bias;
  if (node.hasInput(2)) {
    bias = node.reals(2);
    if (!bias)
      return (void)node.refuse("has a bias that is no constant");
  }
  node.define(0, convolution(node, input, weights, bias));
}

/// x g/sqrt(v + eps) + (b - m g/sqrt(v + eps)).
void importBatchNormalization(NodeBuilder &node) {
  Value input = node.input(0);
  ann::Reals parts[4];
  for (size_t i = 0; i < 4; ++i) {
    std::optional<ann::Reals> given = node.reals(i + 1);
    if (!given)
      return (void)node.refuse("has statistics that are no constants");
    parts[i] = std::move(*given);
    if (parts[i].size() != parts[0].size())
      return (void)node.refuse("has statistics of different lengths");
  }
  if (!input)
    return;
  if (node.whole("training_mode", 0))
    return (void)node.refuse("is in training mode");
  double epsilon = node.real("epsilon", 1e-5f);
  ann::Reals factor, term;
  for (size_t c = 0; c < parts[0].size(); ++c) {
    factor.push_back(parts[0][c] / std::sqrt(parts[3][c] + epsilon));
    term.push_back(parts[1][c] - parts[2][c] * factor[c]);
    if (!std::isfinite(factor[c]) || !std::isfinite(term[c]))
      return (void)node.refuse("divides by a variance that is not positive");
  }
  Value product = node.make<ann::MulOp>({input, channels(node, input, factor)});
  if (product)
    node.define(
        0, node.make<ann::AddOp>({product, channels(node, product, term)}));
}

void importAdd(NodeBuilder &node) {
  Value sum = node.input(0);
  for (size_t i = 1; i < node.node.inputs.size(); ++i)
    sum = node.make<ann::AddOp>({sum, node.input(i)});
  node.define(0, sum);
}

void importSub(NodeBuilder &node) {
  Value negative = scaled(node, node.input(1), -1);
  node.define(0, node.make<ann::AddOp>({node.input(0), negative}));
}

void importMul(NodeBuilder &node) {
  node.define(0, node.make<ann::MulOp>({node.input(0), node.input(1)}));
}

void importDiv(NodeBuilder &node) {
  const Tensor *divisor = node.tensor(1);
  if (!divisor)
    return (void)node.refuse("divides by what is no constant");
  ann::Reals inverse = divisor->toReals();
  for (double &number : inverse) {
    if (number == 0)
      return (void)node.refuse("divides by zero");
    number = 1 / number;
  }
  node.define(0, node.make<ann::MulOp>(
                     {node.input(0), node.constant(divisor->shape, inverse)}));
}

} // namespace

Value snn::onnx::convolution(NodeBuilder &node, Value input, Value weights,
                             const std::optional<ann::Reals> &bias) {
  if (!input || !weights)
    return nullptr;
  if (NodeBuilder::type(weights).getRank() < 3 ||
      NodeBuilder::type(weights).getRank() !=
          NodeBuilder::type(input).getRank())
    return node.refuse("has weights of another rank than its input");
  WindowAttributes window = windowOf(node, NodeBuilder::shape(input),
                                     NodeBuilder::shape(weights).drop_front(2));
  Value sum = node.make<ann::ConvOp>(
      {input, weights},
      {node.named("strides", window.strides), node.named("pads", window.pads),
       node.named("dilations", window.dilations),
       node.named("groups", node.whole("group", 1))});
  if (!bias || !sum)
    return sum;
  return node.make<ann::AddOp>({sum, channels(node, sum, *bias)});
}

void snn::onnx::addLinear(Importers &importers) {
  importers["Gemm"] = importGemm;
  importers["MatMul"] = importMatMul;
  importers["Conv"] = importConv;
  importers["BatchNormalization"] = importBatchNormalization;
  importers["Add"] = importAdd;
  importers["Sum"] = importAdd;
  importers["Sub"] = importSub;
  importers["Mul"] = importMul;
  importers["Div"] = importDiv;
  importers["Neg"] = [](NodeBuilder &node) {
    node.define(0, scaled(node, node.input(0), -1));
  };
}
