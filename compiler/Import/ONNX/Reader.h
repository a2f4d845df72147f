//===- Reader.h - ONNX files through the reader process ---------*- C++ -*-===//
//
// A file is opened here, and parsed by `snn-onnx`, a process of its own that
// may do nothing else.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_IMPORT_ONNX_READER_H
#define SNN_COMPILER_IMPORT_ONNX_READER_H

#include "compiler/Import/ONNX/Graph.h"
#include "compiler/Import/Process/Reader.h"
#include "compiler/Results/Expected.h"

#include <filesystem>
#include <optional>

namespace snn::onnx {

/// The graph of a file, with external data read and all sizes checked.
/// Fails with ExitCode::NoInput for what cannot be read, ExitCode::BrokenFile
/// for what is broken or hostile.
results::Expected<Graph> readGraph(const std::filesystem::path &path);

/// Reads what tensors keep in files of their own, beneath `folder` only.
std::optional<results::Failure>
readExternalData(Graph &graph, const std::filesystem::path &folder);

/// Why a tensor cannot have so many bytes; nothing if it has just those.
std::optional<std::string> faultOf(const Tensor &tensor, uint64_t bytes);

/// Shapes that are no shapes, tensors with more or fewer bytes than elements.
std::optional<results::Failure> validate(const Graph &graph);

using process::shown;

} // namespace snn::onnx

#endif // SNN_COMPILER_IMPORT_ONNX_READER_H
