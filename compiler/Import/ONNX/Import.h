//===- Import.h - From a decoded ONNX graph to the ann dialect --*- C++ -*-===//
//
// Shapes are inferred on the way, by the operations of the dialect.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_IMPORT_ONNX_IMPORT_H
#define SNN_COMPILER_IMPORT_ONNX_IMPORT_H

#include "compiler/Import/ONNX/Graph.h"
#include "dialects/Ann/IR/Ops.h"

#include "mlir/IR/BuiltinOps.h"

namespace snn::onnx {

/// A node that cannot be imported, and why: "node `conv1` (ConvTranspose):
/// ...".
struct Refusal {
  std::string message;
};

/// The network in a module of its own; null if `refusals` is not empty.
/// What only follows from an earlier refusal is not told.
mlir::OwningOpRef<mlir::ModuleOp> importGraph(Graph &graph,
                                              mlir::MLIRContext &context,
                                              std::vector<Refusal> &refusals);

} // namespace snn::onnx

#endif // SNN_COMPILER_IMPORT_ONNX_IMPORT_H
