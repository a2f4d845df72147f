//===- Validate.cpp - Sizes that agree --------------------------*- C++ -*-===//
//
// What later code relies on: shapes whose products are numbers, tensors that
// have as many bytes as elements, names where there must be some.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/ONNX/Reader.h"

#include <set>

using namespace snn;
using namespace snn::onnx;
using results::ExitCode;
using results::Failure;

namespace {

/// Axes of a tensor, and elements: indices have 31 bits.
constexpr size_t MostAxes = 8;
constexpr int64_t MostElements = int64_t(1) << 31;

} // namespace

std::optional<std::string> snn::onnx::faultOf(const Tensor &tensor,
                                              uint64_t bytes) {
  std::string name = "tensor `" + shown(tensor.name) + "` ";
  if (tensor.shape.size() > MostAxes)
    return name + "has " + std::to_string(tensor.shape.size()) + " axes";
  int64_t elements = 1;
  for (int64_t size : tensor.shape)
    if (size < 0 || __builtin_mul_overflow(elements, size, &elements) ||
        elements > MostElements)
      return name + "has a size that is negative or too large";
  uint64_t width = sizeOf(tensor.type);
  if (width == 0)
    return name + "has elements of " + nameOf(tensor.type) +
           ", which are not read";
  if (bytes != static_cast<uint64_t>(elements) * width)
    return name + "has " + std::to_string(bytes) + " bytes for " +
           std::to_string(elements) + " elements of " + nameOf(tensor.type);
  return std::nullopt;
}

namespace {

std::optional<std::string> fault(const ValueInfo &value) {
  if (value.name.empty())
    return "an input or output has no name";
  if (value.shape.size() > MostAxes)
    return "`" + shown(value.name) + "` has " +
           std::to_string(value.shape.size()) + " axes";
  for (int64_t size : value.shape)
    if (size > MostElements)
      return "`" + shown(value.name) + "` has the size " + std::to_string(size);
  return std::nullopt;
}

std::optional<std::string> fault(const Graph &graph) {
  for (const auto &values : {graph.inputs, graph.outputs})
    for (const ValueInfo &value : values)
      if (std::optional<std::string> why = fault(value))
        return why;
  std::set<std::string> names;
  for (const Tensor &tensor : graph.initializers) {
    if (std::optional<std::string> why = faultOf(tensor, tensor.bytes.size()))
      return why;
    if (!names.insert(tensor.name).second)
      return "two tensors are named `" + shown(tensor.name) + "`";
  }
  for (const Node &node : graph.nodes) {
    for (const Attribute &attribute : node.attributes)
      if (attribute.kind == Attribute::Kind::Tensor)
        if (std::optional<std::string> why =
                faultOf(attribute.tensor, attribute.tensor.bytes.size()))
          return why;
    for (const std::string &output : node.outputs)
      if (!output.empty() && !names.insert(output).second)
        return "`" + shown(output) + "` is computed twice";
  }
  if (graph.outputs.empty())
    return "it has no output";
  return std::nullopt;
}

} // namespace

std::optional<Failure> snn::onnx::validate(const Graph &graph) {
  if (std::optional<std::string> why = fault(graph))
    return Failure{ExitCode::BrokenFile, *why, ""};
  return std::nullopt;
}
