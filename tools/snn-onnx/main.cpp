//===- main.cpp - snn-onnx: the reader process ------------------*- C++ -*-===//
//
// Standard input is an ONNX file, standard output the stream that Stream.h
// describes. `snn` starts it for each file; it takes no arguments.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/ONNX/Stream.h"
#include "compiler/Import/Process/Answer.h"
#include "compiler/Import/Process/Sandbox.h"
#include "tools/snn-onnx/Read.h"

#include <google/protobuf/stubs/logging.h>

#include <new>
#include <unistd.h>

using namespace snn;

int main() {
  std::optional<std::string_view> bytes =
      process::standardInput("snn-onnx", "`snn import` and `snn check`");
  if (!bytes)
    return process::NoFile;
  google::protobuf::SetLogHandler(nullptr);
  if (!process::restrictProcess(bytes->size()))
    return process::NotRestricted;
  process::Answer answer;
  onnx::Sink sink = [&](std::string_view piece) { answer.add(piece); };
  std::string error;
  try {
    std::optional<onnx::Graph> graph = onnx::readModel(*bytes, error);
    if (graph)
      onnx::encodeGraph(*graph, sink);
    else
      onnx::encodeError(error, sink);
    answer.flush();
  } catch (const std::bad_alloc &) {
    _exit(process::NoMemory);
  }
  // Destructors of libraries may do more than this process is allowed to.
  _exit(0);
}
