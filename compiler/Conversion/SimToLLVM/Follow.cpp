//===- Follow.cpp - What followers do when their neurons fire -------------===//
//
// A handler of one neuron becomes a loop over those listed.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SimToLLVM/Function.h"
#include "compiler/Conversion/SimToLLVM/Kernels.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace snn {

/// snn_follow_fn: one listed neuron after the other.
func::FuncOp emitFollow(sim::FollowOp op, const Layout &layout,
                        StringRef name) {
  MLIRContext *context = op.getContext();
  Type pointer = LLVM::LLVMPointerType::get(context);
  Type i64 = IntegerType::get(context, 64);
  Function function(op.getLoc(), name, {pointer, pointer, pointer, i64}, {});
  Function::Memory memory = {function.getArgument(0), function.getArgument(1)};
  ImplicitLocOpBuilder &body = function.getBuilder();
  auto loop = scf::ForOp::create(body, function.getI64(0),
                                 function.getArgument(3), function.getI64(1));
  OpBuilder builder = OpBuilder::atBlockBegin(loop.getBody());
  Type i32 = builder.getI32Type();
  Value listed = LLVM::LoadOp::create(
      builder, op.getLoc(), i32,
      function.addressOf(builder, op.getLoc(), function.getArgument(2),
                         loop.getInductionVar(), i32));
  Value neuron = arith::ExtUIOp::create(builder, op.getLoc(), i64, listed);
  IRMapping mapping;
  function.inlineBlock(builder, op.getBody().front(), mapping);
  function.lowerAccesses(loop.getRegion(), layout, memory, neuron);
  func::ReturnOp::create(body);
  return function.getOp();
}

} // namespace snn
