//===- Coupling.cpp - Sums over the synapses of each target ---------------===//
//
// Two loops: over the neurons of a range, and over the synapses of each, whose
// contributions are added one after the other.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SimToLLVM/Cells.h"
#include "compiler/Conversion/SimToLLVM/Function.h"
#include "compiler/Conversion/SimToLLVM/Kernels.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace snn {

/// The arguments of snn_couple_fn.
enum Argument : unsigned {
  Fields,
  Constants,
  Reads,
  Rows,
  Sources,
  Weights,
  Begin,
  End
};

func::FuncOp emitCouple(sim::CouplingOp op, const Layout &target,
                        StringRef name) {
  MLIRContext *context = op.getContext();
  Location loc = op.getLoc();
  Type pointer = LLVM::LLVMPointerType::get(context);
  Type i32 = IntegerType::get(context, 32), i64 = IntegerType::get(context, 64);
  Type real = target.getElementType();
  Function function(
      loc, name,
      {pointer, pointer, pointer, pointer, pointer, pointer, i64, i64}, {});
  Function::Memory memory = {function.getArgument(Fields),
                             function.getArgument(Constants)};
  auto load = [&](OpBuilder &builder, Value array, Value index,
                  Type type) -> Value {
    return LLVM::LoadOp::create(
        builder, loc, type,
        function.addressOf(builder, loc, array, index, type));
  };
  SmallVector<Value> arrays;
  for (auto sum : op.getSums().getAsRange<FlatSymbolRefAttr>())
    arrays.push_back(function.getArray(target, memory,
                                       target.getArrayIndex(sum.getValue())));

  ImplicitLocOpBuilder &body = function.getBuilder();
  Value begin = function.getArgument(Begin), one = function.getI64(1);
  auto neurons =
      scf::ForOp::create(body, begin, function.getArgument(End), one);
  OpBuilder outer = OpBuilder::atBlockBegin(neurons.getBody());
  Value neuron = neurons.getInductionVar();
  Value row = arith::SubIOp::create(outer, loc, neuron, begin);
  Value next = arith::AddIOp::create(outer, loc, row, one);
  Value rows = function.getArgument(Rows);
  SmallVector<Value> before;
  for (Value array : arrays)
    before.push_back(load(outer, array, neuron, real));
  auto synapses = scf::ForOp::create(outer, loc, load(outer, rows, row, i64),
                                     load(outer, rows, next, i64), one, before);

  OpBuilder inner = OpBuilder::atBlockBegin(synapses.getBody());
  Value k = synapses.getInductionVar();
  Value listed = load(inner, function.getArgument(Sources), k, i32);
  Value source = arith::ExtUIOp::create(inner, loc, i64, listed);
  Block &block = op.getBody().front();
  IRMapping mapping;
  mapping.map(block.getArgument(0),
              load(inner, function.getArgument(Weights), k, real));
  for (unsigned i = 1; i < block.getNumArguments(); ++i) {
    Value array =
        function.readTable(function.getArgument(Reads), i - 1, pointer);
    mapping.map(block.getArgument(i), load(inner, array, source, real));
  }
  function.inlineBlock(inner, block, mapping);
  SmallVector<Value> sums;
  for (auto [sum, added] :
       llvm::zip_equal(synapses.getRegionIterArgs(),
                       cast<sim::YieldOp>(block.getTerminator()).getValues()))
    sums.push_back(
        arith::AddFOp::create(inner, loc, sum, mapping.lookupOrDefault(added)));
  scf::YieldOp::create(inner, loc, sums);
  for (auto [array, sum] : llvm::zip_equal(arrays, synapses.getResults()))
    LLVM::StoreOp::create(outer, loc, sum,
                          function.addressOf(outer, loc, array, neuron, real));
  function.lowerAccesses(synapses.getRegion(), target, memory, neuron);
  func::ReturnOp::create(body);
  return function.getOp();
}

} // namespace snn
