//===- UnpackFuzzer.cpp - Any bytes as gzip, zip or PNG ---------*- C++ -*-===//
//
// No more comes out than the limit, and what comes out is an answer.
//
//===----------------------------------------------------------------------===//
#include "compiler/Data/Idx.h"
#include "compiler/Data/Unpack.h"
#include "tests/fuzz/Readers/Require.h"
#include "tools/snn-unpack/Unpack.h"

using namespace snn;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  constexpr uint64_t most = 1 << 20;
  std::string_view bytes = fuzz::text(data, size);
  std::string answer(data::AnswerMagic);
  data::Sink sink(most, [&](std::string_view piece) { answer += piece; });
  data::Fault fault = data::unpackFile("f", bytes, sink);
  sink.piece('Z', "");
  std::vector<data::Member> members;
  std::string error;
  fuzz::require(data::decodeAnswer(answer, members, error), "no answer");
  uint64_t total = 0;
  for (const data::Member &member : members)
    total += member.bytes.size();
  fuzz::require(total <= most, "more than the limit");
  // An image is a readable array.
  if (!fault && bytes.starts_with("\x89PNG"))
    fuzz::require(bool(data::parseIdx(members.at(0).bytes, "f")),
                  "an image that is no array");
  data::Sink nowhere(most, [](std::string_view) {});
  data::unpackAll(bytes, nowhere);
  return 0;
}
