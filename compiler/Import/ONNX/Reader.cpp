//===- Reader.cpp - ONNX files through the reader process -----------------===//
//
// The file goes to the reader, and what that sends is decoded and checked.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/ONNX/Reader.h"

#include "compiler/Import/ONNX/Stream.h"

#include <cerrno>
#include <climits>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>

using namespace snn;
using namespace snn::onnx;
using results::ExitCode;
using results::Expected;
using results::Failure;
namespace fs = std::filesystem;

/// What a stream may have beyond the file: names of members and lengths.
constexpr uint64_t StreamBase = uint64_t(16) << 20, StreamFactor = 6;

Expected<Graph> snn::onnx::readGraph(const fs::path &path) {
  std::string name = "`" + shown(path.string()) + "`";
  // A pipe would be awaited.
  process::Descriptor file(
      open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status;
  if (file.get() < 0 || fstat(file.get(), &status) != 0)
    return Failure{ExitCode::NoInput,
                   "cannot read " + name + ": " + std::strerror(errno), ""};
  if (!S_ISREG(status.st_mode))
    return Failure{ExitCode::NoInput, name + " is not a regular file", ""};
  auto size = static_cast<uint64_t>(status.st_size);
  if (size == 0 || size > INT_MAX)
    return Failure{ExitCode::BrokenFile,
                   name + (size == 0 ? " is empty" : " is larger than 2 GiB"),
                   size == 0 ? "" : "larger weights stand in files beside it"};
  Expected<std::string> bytes = process::runReader(
      "snn-onnx", file.get(), StreamBase + StreamFactor * size, name);
  if (!bytes)
    return bytes.failure();
  Graph graph;
  DecodeError error;
  if (!decode(*bytes, graph, error))
    return Failure{ExitCode::BrokenFile,
                   name + " is refused: " + shown(error.message), ""};
  bytes->clear();
  bytes->shrink_to_fit();
  fs::path folder = path.has_parent_path() ? path.parent_path() : ".";
  if (std::optional<Failure> failure = readExternalData(graph, folder))
    return *failure;
  if (std::optional<Failure> failure = validate(graph))
    return Failure{failure->code, name + " is refused: " + failure->message,
                   failure->help};
  return graph;
}
