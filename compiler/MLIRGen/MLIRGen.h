//===- MLIRGen.h - Checked programs to the spiking dialect ------*- C++ -*-===//
//
// The bridge from the language to the IR. A checked program has no error left,
// so nothing here can fail but reading the data files that it names.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_MLIRGEN_MLIRGEN_H
#define SNN_COMPILER_MLIRGEN_MLIRGEN_H

#include "lang/Sema/Checked.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace snn::mlirgen {

/// Emits one experiment: the models its network uses, the network, and the
/// experiment itself, in one module. Locations name files, lines and columns of
/// the source. Null if a data file cannot be read; the context's diagnostic
/// handler then has the message.
mlir::OwningOpRef<mlir::ModuleOp>
generateModule(mlir::MLIRContext &context,
               const lang::checked::Program &program,
               const lang::checked::Experiment &experiment,
               const lang::SourceMap &sources);

} // namespace snn::mlirgen

#endif // SNN_COMPILER_MLIRGEN_MLIRGEN_H
