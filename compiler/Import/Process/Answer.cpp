//===- Answer.cpp - What a reader process says ------------------*- C++ -*-===//
//
// System calls that are allowed in the sandbox, and those that come before it.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/Process/Answer.h"

#include <climits>
#include <cstdio>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace snn::process;

namespace {

void write(std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t count = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (count <= 0)
      _exit(1); // nobody listens any more
    bytes.remove_prefix(static_cast<size_t>(count));
  }
}

} // namespace

std::optional<std::string_view>
snn::process::standardInput(const char *program, const char *starters) {
  struct stat status;
  if (isatty(STDOUT_FILENO) || fstat(STDIN_FILENO, &status) != 0 ||
      !S_ISREG(status.st_mode)) {
    std::fprintf(stderr, "%s is started by %s\n", program, starters);
    return std::nullopt;
  }
  auto size = static_cast<size_t>(status.st_size);
  if (size == 0 || status.st_size > INT_MAX)
    return std::nullopt;
  void *bytes = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
  if (bytes == MAP_FAILED)
    return std::nullopt;
  return std::string_view(static_cast<const char *>(bytes), size);
}

void Answer::add(std::string_view piece) {
  constexpr size_t most = 1 << 16;
  if (pending.size() + piece.size() > most)
    flush();
  if (piece.size() > most)
    write(piece);
  else
    pending += piece;
}

void Answer::flush() {
  write(pending);
  pending.clear();
}
