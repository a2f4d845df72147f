//===- Function.h - A function of generated code ----------------*- C++ -*-===//
//
// Emits one function with a signature of snn/abi.h, and turns the accesses of
// the sim dialect in its body into loads and stores. What does not change while
// the function runs (base pointers, constants, inputs) is read at its entry.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_CONVERSION_SIMTOLLVM_FUNCTION_H
#define SNN_COMPILER_CONVERSION_SIMTOLLVM_FUNCTION_H

#include "compiler/Conversion/SimToLLVM/Layout.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace snn {

class Function {
public:
  /// The parameters that kernels find their memory by; null where a signature
  /// has none.
  struct Memory {
    mlir::Value fields = {}, constants = {}, inputs = {}, parameters = {},
                step = {};
  };

  /// A function without a place yet.
  Function(mlir::Location loc, llvm::StringRef name, mlir::TypeRange arguments,
           mlir::TypeRange results);

  mlir::func::FuncOp getOp() { return function; }
  mlir::Value getArgument(unsigned i) { return function.getArgument(i); }
  /// Builds at the end of the function; the entry's code comes before it.
  mlir::ImplicitLocOpBuilder &getBuilder() { return body; }

  // Types and constants that all kernels need.
  mlir::Type getPointerType();
  mlir::Value getI64(int64_t value);

  /// An element's address: pointer + index elements of `type`.
  mlir::Value addressOf(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::Value pointer, mlir::Value index,
                        mlir::Type type);

  /// Copies a block's operations to `builder`, without its terminator. The
  /// block's accesses become those of neuron `index` (or of the 16 from it).
  void inlineBlock(mlir::OpBuilder &builder, mlir::Block &block,
                   mlir::IRMapping &mapping);
  void lowerAccesses(mlir::Region &region, const Layout &layout,
                     const Memory &memory, mlir::Value index);

  /// The base pointer of an array.
  mlir::Value getArray(const Layout &layout, const Memory &memory,
                       unsigned index);

  /// Element `index` of a table that does not change, read at the entry.
  mlir::Value readTable(mlir::Value table, unsigned index, mlir::Type type);

private:
  void lowerAccess(mlir::Operation *op, const Layout &layout,
                   const Memory &memory, mlir::Value index);

  mlir::func::FuncOp function;
  mlir::ImplicitLocOpBuilder entry, body;
  llvm::DenseMap<std::pair<mlir::Value, unsigned>, mlir::Value> tableReads;
  llvm::DenseMap<int64_t, mlir::Value> integers;
};

} // namespace snn

#endif // SNN_COMPILER_CONVERSION_SIMTOLLVM_FUNCTION_H
