//===- NpyFuzzer.cpp - Any bytes as an .npy file ----------------*- C++ -*-===//
//
// As many numbers as the shape says, inside of the file, or a message.
//
//===----------------------------------------------------------------------===//
#include "compiler/Results/Npy.h"
#include "tests/fuzz/Readers/Require.h"

using namespace snn;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  auto array = results::parseNpy(fuzz::text(data, size), "f");
  if (!array) {
    fuzz::require(!array.failure().message.empty(), "no array and no message");
    return 0;
  }
  fuzz::require(array->data.size() <= size, "elements outside of the file");
  fuzz::require(array->toDoubles().size() == array->size(),
                "another size than its shape");
  array->toIds();
  return 0;
}
