//===- Read.cpp - From the bytes of a file to a graph -----------*- C++ -*-===//
//
// protobuf parses, and what it found is copied into plain values. Neither the
// checker nor the shape inference of libonnx is called: they know fewer
// versions than there are, and more of them can go wrong.
//
//===----------------------------------------------------------------------===//
#include "tools/snn-onnx/Read.h"

#include <google/protobuf/io/coded_stream.h>
#include <onnx/onnx_pb.h>

using namespace snn::onnx;

namespace {

/// Graphs within graphs, and what else can be nested.
constexpr int MostNested = 64;

template <typename To, typename List>
std::string packed(const List &list) {
  std::string bytes;
  bytes.reserve(static_cast<size_t>(list.size()) * sizeof(To));
  for (auto element : list) {
    To narrow = static_cast<To>(element);
    bytes.append(reinterpret_cast<const char *>(&narrow), sizeof narrow);
  }
  return bytes;
}

/// Elements that stand in a list of their own type instead of in raw bytes.
std::string typedBytes(const ::onnx::TensorProto &from, ElementType type) {
  switch (type) {
  case ElementType::Float:
    return packed<float>(from.float_data());
  case ElementType::Double:
    return packed<double>(from.double_data());
  case ElementType::Int64:
    return packed<int64_t>(from.int64_data());
  case ElementType::Int32:
    return packed<int32_t>(from.int32_data());
  case ElementType::UInt16:
  case ElementType::Int16:
  case ElementType::Float16:
  case ElementType::BFloat16:
    return packed<uint16_t>(from.int32_data());
  case ElementType::UInt8:
  case ElementType::Int8:
  case ElementType::Bool:
    return packed<uint8_t>(from.int32_data());
  case ElementType::Undefined:
    break;
  }
  return {};
}

int64_t number(const std::string &text) {
  try {
    return std::stoll(text);
  } catch (const std::exception &) {
    return -2; // no offset or length
  }
}

Tensor tensorOf(::onnx::TensorProto &from) {
  Tensor tensor;
  tensor.name = from.name();
  tensor.type = static_cast<ElementType>(from.data_type());
  tensor.shape.assign(from.dims().begin(), from.dims().end());
  if (from.data_location() == ::onnx::TensorProto::EXTERNAL) {
    for (const auto &entry : from.external_data())
      if (entry.key() == "location")
        tensor.location = entry.value();
      else if (entry.key() == "offset")
        tensor.offset = number(entry.value());
      else if (entry.key() == "length")
        tensor.length = number(entry.value());
    return tensor;
  }
  if (from.has_raw_data())
    tensor.bytes = std::move(*from.mutable_raw_data());
  else
    tensor.bytes = typedBytes(from, tensor.type);
  return tensor;
}

Attribute attributeOf(::onnx::AttributeProto &from) {
  Attribute attribute;
  attribute.name = from.name();
  attribute.kind = static_cast<Attribute::Kind>(from.type());
  attribute.real = from.f();
  attribute.whole = from.i();
  attribute.text = from.s();
  attribute.reals.assign(from.floats().begin(), from.floats().end());
  attribute.wholes.assign(from.ints().begin(), from.ints().end());
  if (from.has_t())
    attribute.tensor = tensorOf(*from.mutable_t());
  return attribute;
}

ValueInfo valueInfoOf(const ::onnx::ValueInfoProto &from) {
  ValueInfo value;
  value.name = from.name();
  const auto &type = from.type().tensor_type();
  value.type = static_cast<ElementType>(type.elem_type());
  for (const auto &size : type.shape().dim())
    value.shape.push_back(size.has_dim_value() ? size.dim_value() : -1);
  return value;
}

Node nodeOf(::onnx::NodeProto &from) {
  Node node{from.name(), from.op_type(), from.domain(), {}, {}, {}};
  node.inputs.assign(from.input().begin(), from.input().end());
  node.outputs.assign(from.output().begin(), from.output().end());
  for (auto &attribute : *from.mutable_attribute())
    node.attributes.push_back(attributeOf(attribute));
  return node;
}

} // namespace

std::optional<Graph> snn::onnx::readModel(std::string_view bytes,
                                          std::string &error) {
  google::protobuf::io::CodedInputStream input(
      reinterpret_cast<const uint8_t *>(bytes.data()),
      static_cast<int>(bytes.size()));
  input.SetRecursionLimit(MostNested);
  ::onnx::ModelProto model;
  if (!model.ParseFromCodedStream(&input) || !input.ConsumedEntireMessage()) {
    error = "it is no ONNX model: its bytes end early or have another form";
    return std::nullopt;
  }
  if (!model.has_graph() || model.opset_import().empty()) {
    error = "it is no ONNX model: it holds no graph or no version of operators";
    return std::nullopt;
  }
  auto &from = *model.mutable_graph();
  if (from.sparse_initializer_size() > 0 || model.functions_size() > 0) {
    error = "it has sparse weights or functions of its own, which are not read";
    return std::nullopt;
  }
  Graph graph;
  graph.name = from.name();
  graph.producer = model.producer_name();
  graph.irVersion = model.ir_version();
  for (const auto &set : model.opset_import())
    graph.opsets[set.domain() == "ai.onnx" ? "" : set.domain()] = set.version();
  for (const auto &value : from.input())
    graph.inputs.push_back(valueInfoOf(value));
  for (const auto &value : from.output())
    graph.outputs.push_back(valueInfoOf(value));
  for (auto &tensor : *from.mutable_initializer())
    graph.initializers.push_back(tensorOf(tensor));
  for (auto &node : *from.mutable_node())
    graph.nodes.push_back(nodeOf(node));
  return graph;
}

std::optional<Tensor> snn::onnx::readTensor(std::string_view bytes) {
  ::onnx::TensorProto tensor;
  if (!tensor.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return std::nullopt;
  return tensorOf(tensor);
}
