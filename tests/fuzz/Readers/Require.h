//===- Require.h - What must hold, whatever the bytes -----------*- C++ -*-===//
//
// Ends the process, so that the fuzzer keeps the input.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TESTS_FUZZ_READERS_REQUIRE_H
#define SNN_TESTS_FUZZ_READERS_REQUIRE_H

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace snn::fuzz {

inline void require(bool holds, const char *what) {
  if (holds)
    return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

inline std::string_view text(const uint8_t *data, size_t size) {
  return {reinterpret_cast<const char *>(data), size};
}

} // namespace snn::fuzz

#endif // SNN_TESTS_FUZZ_READERS_REQUIRE_H
