//===- NpzFuzzer.cpp - Any bytes as a recording's archive -------*- C++ -*-===//
//
// Every array lies in the file and can be read, or there is a message.
//
//===----------------------------------------------------------------------===//
#include "compiler/Results/Npz.h"
#include "tests/fuzz/Readers/Require.h"

#include <string>
#include <sys/mman.h>
#include <unistd.h>

using namespace snn;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const int file = memfd_create("f", 0);
  static const std::string path = "/proc/self/fd/" + std::to_string(file);
  fuzz::require(ftruncate(file, 0) == 0 &&
                    pwrite(file, data, size, 0) == static_cast<ssize_t>(size),
                "no memory for a file");
  auto archive = results::NpzArchive::open(path);
  if (!archive) {
    fuzz::require(!archive.failure().message.empty(), "no message");
    return 0;
  }
  for (const auto &[name, array] : archive->arrays())
    fuzz::require(array.toDoubles().size() == array.size(),
                  "another size than its shape");
  return 0;
}
