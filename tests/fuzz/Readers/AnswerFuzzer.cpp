//===- AnswerFuzzer.cpp - Any bytes as what a reader answers ----*- C++ -*-===//
//
// What the readers of packed files and of ONNX files send is not trusted.
//
//===----------------------------------------------------------------------===//
#include "compiler/Data/Unpack.h"
#include "compiler/Import/ONNX/Reader.h"
#include "compiler/Import/ONNX/Stream.h"
#include "tests/fuzz/Readers/Require.h"

using namespace snn;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string_view bytes = fuzz::text(data, size);
  std::vector<data::Member> members;
  std::string error;
  bool good = data::decodeAnswer(bytes, members, error);
  fuzz::require(good == error.empty(), "no members and no message");
  size_t total = 0;
  for (const data::Member &member : members)
    total += member.name.size() + member.bytes.size();
  fuzz::require(total <= size, "more bytes than there were");

  onnx::Graph graph;
  onnx::DecodeError decodeError;
  if (onnx::decode(bytes, graph, decodeError) && !onnx::validate(graph))
    for (const onnx::Tensor &tensor : graph.initializers)
      fuzz::require(tensor.toReals().size() ==
                        static_cast<size_t>(tensor.elements()),
                    "another size than its shape");
  return 0;
}
