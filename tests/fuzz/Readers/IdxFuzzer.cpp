//===- IdxFuzzer.cpp - Any bytes as an idx file -----------------*- C++ -*-===//
//
// As many numbers as the shape says, or a message.
//
//===----------------------------------------------------------------------===//
#include "compiler/Data/Idx.h"
#include "tests/fuzz/Readers/Require.h"

using namespace snn;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  auto array = data::parseIdx(fuzz::text(data, size), "f");
  if (!array) {
    fuzz::require(!array.failure().message.empty(), "no array and no message");
    return 0;
  }
  uint64_t product = 1;
  for (uint64_t extent : array->shape)
    product *= extent;
  fuzz::require(array->numbers.size() == product,
                "another size than its shape");
  return 0;
}
