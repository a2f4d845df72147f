//===- Stream.h - From the reader process to the compiler -------*- C++ -*-===//
//
// A graph as bytes: "SNNONNX1", then either 'G' and the graph or 'E' and a text
// that says what is wrong with the file, then "END.". Numbers are
// little-endian; a text is its length (4 bytes) and its bytes, a list its
// length and its elements, in the order of the members in Graph.h. Whoever
// decodes trusts nothing: lengths are held against the bytes that are there.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_IMPORT_ONNX_STREAM_H
#define SNN_COMPILER_IMPORT_ONNX_STREAM_H

#include "compiler/Import/ONNX/Graph.h"

#include <functional>
#include <string_view>

namespace snn::onnx {

/// Takes pieces of the stream, in order.
using Sink = std::function<void(std::string_view)>;

void encodeGraph(const Graph &graph, const Sink &sink);
void encodeError(std::string_view message, const Sink &sink);

/// False, with what is wrong, if the bytes are no stream, or one of an error;
/// `isFault` tells the two apart.
struct DecodeError {
  std::string message;
  /// The stream is broken, not the file that it tells of.
  bool isFault = false;
};
bool decode(std::string_view bytes, Graph &graph, DecodeError &error);

} // namespace snn::onnx

#endif // SNN_COMPILER_IMPORT_ONNX_STREAM_H
