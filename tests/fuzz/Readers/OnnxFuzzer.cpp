//===- OnnxFuzzer.cpp - Any bytes as an ONNX file ---------------*- C++ -*-===//
//
// What the reader makes of it goes through the stream unchanged.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/ONNX/Reader.h"
#include "compiler/Import/ONNX/Stream.h"
#include "tests/fuzz/Readers/Require.h"
#include "tools/snn-onnx/Read.h"

#include <google/protobuf/stubs/logging.h>

using namespace snn;

static std::string encoded(const onnx::Graph &graph) {
  std::string bytes;
  onnx::encodeGraph(graph, [&](std::string_view piece) { bytes += piece; });
  return bytes;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const bool quiet = (google::protobuf::SetLogHandler(nullptr), true);
  fuzz::require(quiet, "");
  std::string error;
  std::optional<onnx::Graph> graph =
      onnx::readModel(fuzz::text(data, size), error);
  if (!graph) {
    fuzz::require(!error.empty(), "no graph and no message");
    return 0;
  }
  std::string bytes = encoded(*graph);
  onnx::Graph again;
  onnx::DecodeError decodeError;
  fuzz::require(onnx::decode(bytes, again, decodeError), "a stream is lost");
  fuzz::require(encoded(again) == bytes, "a stream changes");
  onnx::validate(again);
  return 0;
}
