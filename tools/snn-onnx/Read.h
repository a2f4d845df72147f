//===- Read.h - From the bytes of a file to a graph -------------*- C++ -*-===//
//
// The only place of the project where protobuf parses.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TOOLS_SNN_ONNX_READ_H
#define SNN_TOOLS_SNN_ONNX_READ_H

#include "compiler/Import/ONNX/Graph.h"

#include <optional>
#include <string>
#include <string_view>

namespace snn::onnx {

/// Nothing, with what is wrong, if the bytes are no ONNX model or one that
/// cannot be told of.
std::optional<Graph> readModel(std::string_view bytes, std::string &error);

/// A tensor that stands alone, as the data of ONNX's tests do.
std::optional<Tensor> readTensor(std::string_view bytes);

} // namespace snn::onnx

#endif // SNN_TOOLS_SNN_ONNX_READ_H
