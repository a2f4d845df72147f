//===- main.cpp - snn-onnx: the reader process ------------------*- C++ -*-===//
//
// Standard input is an ONNX file, standard output the stream that Stream.h
// describes. `snn` starts it for each file; it takes no arguments.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/ONNX/Stream.h"
#include "tools/snn-onnx/Read.h"
#include "tools/snn-onnx/Sandbox.h"

#include <google/protobuf/stubs/logging.h>

#include <climits>
#include <cstdio>
#include <new>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace snn;

namespace {

/// Collects small pieces, so that a stream is few writes.
class Output {
public:
  void add(std::string_view piece) {
    if (pending.size() + piece.size() > Most)
      flush();
    if (piece.size() > Most)
      write(piece);
    else
      pending += piece;
  }
  void flush() {
    write(pending);
    pending.clear();
  }

private:
  static constexpr size_t Most = 1 << 16;
  std::string pending;

  static void write(std::string_view bytes) {
    while (!bytes.empty()) {
      ssize_t count = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
      if (count <= 0)
        _exit(1); // nobody listens any more
      bytes.remove_prefix(static_cast<size_t>(count));
    }
  }
};

} // namespace

int main() {
  struct stat status;
  if (isatty(STDOUT_FILENO) || fstat(STDIN_FILENO, &status) != 0 ||
      !S_ISREG(status.st_mode)) {
    std::fputs("snn-onnx is started by `snn import` and `snn check`\n", stderr);
    return 2;
  }
  auto size = static_cast<size_t>(status.st_size);
  void *bytes =
      size == 0 || status.st_size > INT_MAX
          ? MAP_FAILED
          : mmap(nullptr, size, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
  if (bytes == MAP_FAILED)
    return 5;
  google::protobuf::SetLogHandler(nullptr);
  if (!onnx::restrictProcess(size))
    return 3;
  Output output;
  onnx::Sink sink = [&](std::string_view piece) { output.add(piece); };
  std::string error;
  try {
    std::optional<onnx::Graph> graph =
        onnx::readModel({static_cast<const char *>(bytes), size}, error);
    if (graph)
      onnx::encodeGraph(*graph, sink);
    else
      onnx::encodeError(error, sink);
    output.flush();
  } catch (const std::bad_alloc &) {
    _exit(4);
  }
  // Destructors of libraries may do more than this process is allowed to.
  _exit(0);
}
