//===- Initialization.cpp - Constants, first states, functions of time ----===//
//
// Scalar f64 code. Its elementary functions are the runtime's, which evaluate
// the same expressions when the compiler folds them.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SimToLLVM/Function.h"
#include "compiler/Conversion/SimToLLVM/Kernels.h"
#include "compiler/Conversion/SimToLLVM/PlaceFunction.h"
#include "dialects/Spiking/IR/Ops.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace snn {

/// The runtime's function for an operation; empty if it has none.
static StringRef runtimeFunction(Operation *op) {
  return llvm::TypeSwitch<Operation *, StringRef>(op)
      .Case([](math::ExpOp) { return "snn_exp"; })
      .Case([](math::ExpM1Op) { return "snn_expm1"; })
      .Case([](math::LogOp) { return "snn_log"; })
      .Case([](math::Log1pOp) { return "snn_log1p"; })
      .Case([](math::SinOp) { return "snn_sin"; })
      .Case([](math::CosOp) { return "snn_cos"; })
      .Case([](math::TanhOp) { return "snn_tanh"; })
      .Case([](math::PowFOp) { return "snn_pow"; })
      .Default([](Operation *) { return ""; });
}

static void callRuntime(Region &region) {
  region.walk([](Operation *op) {
    StringRef name = runtimeFunction(op);
    if (name.empty())
      return;
    OpBuilder builder(op);
    auto call = func::CallOp::create(builder, op->getLoc(), name,
                                     op->getResultTypes(), op->getOperands());
    op->replaceAllUsesWith(call);
    op->erase();
  });
}

func::FuncOp emitInitConstants(sim::InitConstantsOp op, const Layout &layout,
                               StringRef name) {
  MLIRContext *context = op.getContext();
  Type pointer = LLVM::LLVMPointerType::get(context);
  Type f64 = Float64Type::get(context);
  Function function(op.getLoc(), name, {pointer, f64, pointer}, {});
  Function::Memory memory;
  memory.parameters = function.getArgument(0);
  memory.step = function.getArgument(1);
  memory.constants = function.getArgument(2);
  IRMapping mapping;
  function.inlineBlock(function.getBuilder(), op.getBody().front(), mapping);
  func::ReturnOp::create(function.getBuilder());
  Region &body = function.getOp().getBody();
  function.lowerAccesses(body, layout, memory, Value());
  callRuntime(body);
  return function.getOp();
}

func::FuncOp emitInitNeurons(sim::InitNeuronsOp op, const Layout &layout,
                             StringRef name) {
  MLIRContext *context = op.getContext();
  Type pointer = LLVM::LLVMPointerType::get(context);
  Type f64 = Float64Type::get(context), i64 = IntegerType::get(context, 64);
  Function function(op.getLoc(), name,
                    {pointer, pointer, f64, pointer, i64, i64}, {});
  Function::Memory memory;
  memory.fields = function.getArgument(0);
  memory.parameters = function.getArgument(1);
  memory.step = function.getArgument(2);
  memory.constants = function.getArgument(3);
  auto loop = scf::ForOp::create(function.getBuilder(), function.getArgument(4),
                                 function.getArgument(5), function.getI64(1));
  OpBuilder builder = OpBuilder::atBlockBegin(loop.getBody());
  IRMapping mapping;
  function.inlineBlock(builder, op.getBody().front(), mapping);
  func::ReturnOp::create(function.getBuilder());
  function.lowerAccesses(loop.getRegion(), layout, memory,
                         loop.getInductionVar());
  callRuntime(function.getOp().getBody());
  return function.getOp();
}

func::FuncOp emitTimeFunction(Region &region, StringRef name) {
  Type f64 = Float64Type::get(region.getContext());
  Function function(region.getLoc(), name, {f64}, {f64});
  IRMapping mapping;
  mapping.map(region.getArgument(0), function.getArgument(0));
  Block &block = region.front();
  function.inlineBlock(function.getBuilder(), block, mapping);
  Value result = cast<sim::YieldOp>(block.getTerminator()).getValues()[0];
  func::ReturnOp::create(function.getBuilder(),
                         mapping.lookupOrDefault(result));
  callRuntime(function.getOp().getBody());
  return function.getOp();
}

func::FuncOp emitPlaceFunction(func::FuncOp profile) {
  Type f64 = Float64Type::get(profile.getContext());
  SmallVector<Type> arguments(profile.getNumArguments() + 1, f64);
  arguments[0] = LLVM::LLVMPointerType::get(profile.getContext());
  Function function(profile.getLoc(), profile.getSymName(), arguments, {f64});
  IRMapping mapping;
  for (auto [i, argument] : llvm::enumerate(profile.getArguments()))
    mapping.map(argument, function.getArgument(static_cast<unsigned>(i) + 1));
  Block &block = profile.getBody().front();
  function.inlineBlock(function.getBuilder(), block, mapping);
  Value result = cast<func::ReturnOp>(block.getTerminator()).getOperand(0);
  func::ReturnOp::create(function.getBuilder(),
                         mapping.lookupOrDefault(result));
  function.getOp().walk([](spiking::QuantityOp quantity) {
    OpBuilder builder(quantity);
    quantity.replaceAllUsesWith(
        arith::ConstantOp::create(builder, quantity.getLoc(),
                                  quantity.getValueAttr())
            .getResult());
    quantity.erase();
  });
  callRuntime(function.getOp().getBody());
  return function.getOp();
}

} // namespace snn
