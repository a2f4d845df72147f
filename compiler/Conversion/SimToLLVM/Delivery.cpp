//===- Delivery.cpp - What happens where a spike arrives ------------------===//
//
// A port that only adds gets a loop that loads some targets before it adds to
// any of them, since the sums may lie anywhere. A handler runs for one synapse
// after another, in their order, as often as the spike counts.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SimToLLVM/Function.h"
#include "compiler/Conversion/SimToLLVM/Kernels.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

#include <cmath>

using namespace mlir;

namespace snn {

/// An upper bound of what a distribution gives; 32 standard deviations are
/// never drawn.
static double largestMagnitude(spiking::ValueAttr value) {
  using spiking::ValueKind;
  double a = std::abs(value.getA().convertToDouble());
  double b = std::abs(value.getB().convertToDouble());
  double bound = std::numeric_limits<double>::infinity();
  switch (value.getKind()) {
  case ValueKind::Constant:
    bound = a;
    break;
  case ValueKind::Uniform:
  case ValueKind::OfPlace:
    bound = std::max(a, b);
    break;
  case ValueKind::Normal:
    bound = a + 32 * b;
    break;
  case ValueKind::Binomial:
    bound = a;
    break;
  case ValueKind::Categorical:
  case ValueKind::Data:
    bound = 0;
    for (double x : value.getValues().asArrayRef())
      bound = std::max(bound, std::abs(x));
    break;
  case ValueKind::LogNormal:
  case ValueKind::Gamma:
  case ValueKind::Exponential:
  case ValueKind::Poisson:
    break;
  }
  auto limit = [&](const llvm::APFloat &low, const llvm::APFloat &high) {
    bound = std::min(bound, std::max(std::abs(low.convertToDouble()),
                                     std::abs(high.convertToDouble())));
  };
  limit(value.getRedrawLow(), value.getRedrawHigh());
  limit(value.getClipLow(), value.getClipHigh());
  return bound;
}

bool needsWideWeights(sim::ProjectionOp op) {
  return !(largestMagnitude(op.getWeight()) <
           0x1p31 * op.getGrid()->convertToDouble());
}

namespace {
/// The arguments of snn_deliver_fn.
struct Arguments {
  explicit Arguments(Function &f)
      : fields(f.getArgument(0)), constants(f.getArgument(1)),
        targets(f.getArgument(2)), weights(f.getArgument(3)),
        weight(f.getArgument(4)), payload(f.getArgument(5)),
        count(f.getArgument(6)) {}
  Value fields, constants, targets, weights, weight, payload, count;
};
} // namespace

static Function createDeliver(sim::ProjectionOp op, StringRef name) {
  MLIRContext *context = op.getContext();
  Type pointer = LLVM::LLVMPointerType::get(context);
  Type i64 = IntegerType::get(context, 64);
  return Function(op.getLoc(), name,
                  {pointer, pointer, pointer, pointer, i64, i64, i64}, {});
}

/// targets[k]
static Value loadTarget(OpBuilder &builder, Location loc, Function &function,
                        Value targets, Value k) {
  Type i32 = builder.getI32Type();
  Value target = LLVM::LoadOp::create(
      builder, loc, i32, function.addressOf(builder, loc, targets, k, i32));
  return arith::ExtUIOp::create(builder, loc, builder.getI64Type(), target);
}

//===----------------------------------------------------------------------===//
// Ports that add
//===----------------------------------------------------------------------===//

namespace {
/// Emits sum[targets[k]] += value(k) for the synapses of one call.
class Adder {
public:
  Adder(Function &function, const Arguments &arguments, Value sum, Type sumType)
      : function(function), arguments(arguments), sum(sum), sumType(sumType) {}

  using ValueAt = llvm::function_ref<Value(OpBuilder &, Value k)>;

  /// `unrolled` synapses, a power of two, are loaded before any is added.
  void emitLoops(OpBuilder &builder, Location loc, int64_t unrolled,
                 ValueAt valueAt) {
    Value mask = function.getI64(-unrolled);
    Value whole = arith::AndIOp::create(builder, loc, arguments.count, mask);
    emitLoop(builder, loc, function.getI64(0), whole, unrolled, valueAt);
    emitLoop(builder, loc, whole, arguments.count, 1, valueAt);
  }

private:
  void emitLoop(OpBuilder &builder, Location loc, Value begin, Value end,
                int64_t step, ValueAt valueAt) {
    auto loop =
        scf::ForOp::create(builder, loc, begin, end, function.getI64(step));
    OpBuilder inside = OpBuilder::atBlockBegin(loop.getBody());
    SmallVector<std::pair<Value, Value>> additions;
    for (int64_t i = 0; i < step; ++i) {
      Value k = loop.getInductionVar();
      if (i)
        k = arith::AddIOp::create(inside, loc, k, function.getI64(i));
      Value target = loadTarget(inside, loc, function, arguments.targets, k);
      additions.push_back({target, valueAt(inside, k)});
    }
    for (auto [target, value] : additions) {
      Value pointer = function.addressOf(inside, loc, sum, target, sumType);
      if (sumType != value.getType())
        value = arith::TruncIOp::create(inside, loc, sumType, value);
      Value old = LLVM::LoadOp::create(inside, loc, sumType, pointer);
      Value next = arith::AddIOp::create(inside, loc, old, value);
      LLVM::StoreOp::create(inside, loc, next, pointer);
    }
  }

  Function &function;
  const Arguments &arguments;
  Value sum;
  Type sumType;
};
} // namespace

static func::FuncOp emitAdding(sim::ProjectionOp op, const Layout &layout,
                               StringRef name) {
  Function function = createDeliver(op, name);
  Arguments arguments(function);
  Function::Memory memory = {arguments.fields};
  auto add = *op.getDeliver().getOps<sim::AddOp>().begin();
  unsigned index = layout.getArrayIndex(add.getName());
  Value sum = function.getArray(layout, memory, index);
  Adder adder(function, arguments, sum,
              Layout::getArrayType(layout.getArrays()[index]));
  ImplicitLocOpBuilder &body = function.getBuilder();
  Location loc = op.getLoc();

  Value null = LLVM::ZeroOp::create(body, function.getPointerType());
  Value oneWeight = LLVM::ICmpOp::create(body, LLVM::ICmpPredicate::eq,
                                         arguments.weights, null);
  auto branch = scf::IfOp::create(body, oneWeight, /*withElseRegion=*/true);
  OpBuilder constant = branch.getThenBodyBuilder();
  Value value =
      arith::MulIOp::create(constant, loc, arguments.weight, arguments.payload);
  adder.emitLoops(constant, loc, 8, [&](OpBuilder &, Value) { return value; });

  OpBuilder drawn = branch.getElseBodyBuilder();
  Type i64 = body.getI64Type();
  Type stored = needsWideWeights(op) ? i64 : body.getI32Type();
  // With weights, four fill the registers.
  adder.emitLoops(drawn, loc, 4, [&](OpBuilder &builder, Value k) -> Value {
    Value weight = LLVM::LoadOp::create(
        builder, loc, stored,
        function.addressOf(builder, loc, arguments.weights, k, stored));
    if (stored != i64)
      weight = arith::ExtSIOp::create(builder, loc, i64, weight);
    return arith::MulIOp::create(builder, loc, weight, arguments.payload);
  });
  func::ReturnOp::create(body);
  return function.getOp();
}

//===----------------------------------------------------------------------===//
// Handlers
//===----------------------------------------------------------------------===//

static func::FuncOp emitHandler(sim::ProjectionOp op, const Layout &layout,
                                StringRef name) {
  Function function = createDeliver(op, name);
  Arguments arguments(function);
  Function::Memory memory = {arguments.fields, arguments.constants};
  ImplicitLocOpBuilder &body = function.getBuilder();
  Location loc = op.getLoc();
  Value zero = function.getI64(0), one = function.getI64(1);
  auto synapses = scf::ForOp::create(body, zero, arguments.count, one);
  OpBuilder outer = OpBuilder::atBlockBegin(synapses.getBody());
  Value k = synapses.getInductionVar();
  Value target = loadTarget(outer, loc, function, arguments.targets, k);
  Type real = layout.getElementType();
  Value weight = LLVM::LoadOp::create(
      outer, loc, real,
      function.addressOf(outer, loc, arguments.weights, k, real));
  auto repeats = scf::ForOp::create(outer, loc, zero, arguments.payload, one);
  OpBuilder inner = OpBuilder::atBlockBegin(repeats.getBody());
  IRMapping mapping;
  mapping.map(op.getDeliver().getArgument(0), weight);
  function.inlineBlock(inner, op.getDeliver().front(), mapping);
  function.lowerAccesses(repeats.getRegion(), layout, memory, target);
  func::ReturnOp::create(body);
  return function.getOp();
}

func::FuncOp emitDeliver(sim::ProjectionOp op, const Layout &target,
                         StringRef name) {
  return op.getGrid() ? emitAdding(op, target, name)
                      : emitHandler(op, target, name);
}

} // namespace snn
