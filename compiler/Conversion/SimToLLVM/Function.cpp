//===- Function.cpp - A function of generated code ------------------------===//
//
// Accesses become address arithmetic; vectors are aligned to 64 bytes, as the
// ABI lays fields out.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/SimToLLVM/Function.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

using namespace mlir;

namespace snn {

Function::Function(Location loc, StringRef name, TypeRange arguments,
                   TypeRange results)
    : function(func::FuncOp::create(
          loc, name, FunctionType::get(loc.getContext(), arguments, results))),
      entry(loc, loc.getContext()), body(loc, loc.getContext()) {
  function.setPrivate();
  function->setAttr(
      "llvm.linkage",
      LLVM::LinkageAttr::get(loc.getContext(), LLVM::Linkage::Internal));
  Block *block = function.addEntryBlock();
  body.setInsertionPointToEnd(block);
  // What the entry reads goes before this first operation.
  integers[0] = arith::ConstantIntOp::create(body, body.getI64Type(), 0);
  entry.setInsertionPointToStart(block);
}

Type Function::getPointerType() {
  return LLVM::LLVMPointerType::get(function.getContext());
}

Value Function::getI64(int64_t value) {
  Value &constant = integers[value];
  if (!constant)
    constant = arith::ConstantIntOp::create(entry, entry.getI64Type(), value);
  return constant;
}

Value Function::addressOf(OpBuilder &builder, Location loc, Value pointer,
                          Value index, Type type) {
  return LLVM::GEPOp::create(builder, loc, getPointerType(), type, pointer,
                             index);
}

Value Function::readTable(Value table, unsigned index, Type type) {
  Value &read = tableReads[{table, index}];
  if (!read) {
    Value address = LLVM::GEPOp::create(entry, getPointerType(), type, table,
                                        ArrayRef<LLVM::GEPArg>(index));
    read = LLVM::LoadOp::create(entry, type, address);
  }
  return read;
}

Value Function::getArray(const Layout &layout, const Memory &memory,
                         unsigned index) {
  return readTable(memory.fields, index, getPointerType());
}

void Function::inlineBlock(OpBuilder &builder, Block &block,
                           IRMapping &mapping) {
  for (Operation &op : block)
    if (!op.hasTrait<OpTrait::IsTerminator>())
      builder.clone(op, mapping);
}

//===----------------------------------------------------------------------===//
// Accesses
//===----------------------------------------------------------------------===//

/// Alignment of an access: fields begin at 64 bytes, blocks of 16 elements too.
static unsigned alignmentOf(Type type) {
  if (isa<VectorType>(type))
    return 64;
  return type.getIntOrFloatBitWidth() / 8;
}

static Value zeroOf(OpBuilder &builder, Location loc, Type type) {
  return arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
}

static Type withElement(Type type, Type element) {
  if (auto vector = dyn_cast<VectorType>(type))
    return vector.clone(element);
  return element;
}

/// A sum as a real number: the integer is rounded once to the type, then
/// scaled. 64 bits go through f64, where less than 2^53 units are exact: that
/// is the faster way, since few levels convert them to f32.
static Value scaleSum(OpBuilder &builder, Location loc, Value sum, double grid,
                      Type type) {
  Type wide = getElementTypeOrSelf(sum).isInteger(32)
                  ? type
                  : withElement(type, builder.getF64Type());
  Value real = arith::SIToFPOp::create(builder, loc, wide, sum);
  if (wide != type)
    real = arith::TruncFOp::create(builder, loc, type, real);
  auto unit = builder.getFloatAttr(getElementTypeOrSelf(type), grid);
  TypedAttr attribute = unit;
  if (auto vector = dyn_cast<VectorType>(type))
    attribute = DenseElementsAttr::get(vector, Attribute(unit));
  Value scale = arith::ConstantOp::create(builder, loc, attribute);
  return arith::MulFOp::create(builder, loc, real, scale);
}

/// Rounds an f64 to the type it is stored as.
static Value roundTo(OpBuilder &builder, Location loc, Type type, Value value) {
  if (type == value.getType())
    return value;
  return arith::TruncFOp::create(builder, loc, type, value);
}

/// exp(h A) by the runtime, which leaves the results alone where it fails; they
/// are then NaN.
static void lowerExpm(sim::ExpmOp op, ImplicitLocOpBuilder &entry,
                      Function &function) {
  ImplicitLocOpBuilder builder(op.getLoc(), op);
  Type f64 = builder.getF64Type();
  unsigned count = op.getEntries().size();
  unsigned rows = static_cast<unsigned>(std::lround(std::sqrt(count)));
  auto allocate = [&] {
    return LLVM::AllocaOp::create(entry, function.getPointerType(), f64,
                                  function.getI64(count));
  };
  Value in = allocate(), out = allocate();
  Value nan =
      arith::ConstantOp::create(builder, builder.getF64FloatAttr(std::nan("")));
  auto element = [&](Value array, unsigned i) {
    return function.addressOf(builder, op.getLoc(), array, function.getI64(i),
                              f64);
  };
  for (unsigned i = 0; i < count; ++i) {
    LLVM::StoreOp::create(builder, op.getEntries()[i], element(in, i));
    LLVM::StoreOp::create(builder, nan, element(out, i));
  }
  Value n = arith::ConstantIntOp::create(builder, builder.getI32Type(), rows);
  func::CallOp::create(builder, "snn_expm", builder.getI32Type(),
                       ValueRange{n, in, op.getStep(), out});
  for (unsigned i = 0; i < count; ++i)
    op.getResult(i).replaceAllUsesWith(
        LLVM::LoadOp::create(builder, f64, element(out, i)));
}

void Function::lowerAccess(Operation *op, const Layout &layout,
                           const Memory &memory, Value index) {
  OpBuilder builder(op);
  Location loc = op->getLoc();
  auto pointerTo = [&](StringRef name, Type type) {
    Value base = getArray(layout, memory, layout.getArrayIndex(name));
    return addressOf(builder, loc, base, index, getElementTypeOrSelf(type));
  };
  auto load = [&](Value pointer, Type type) -> Value {
    return LLVM::LoadOp::create(builder, loc, type, pointer, alignmentOf(type));
  };
  auto store = [&](Value value, Value pointer) {
    LLVM::StoreOp::create(builder, loc, value, pointer,
                          alignmentOf(value.getType()));
  };
  auto replace = [&](Value value) {
    op->getResult(0).replaceAllUsesWith(value);
  };
  auto arrayType = [&](StringRef name) {
    return Layout::getArrayType(layout.getArrays()[layout.getArrayIndex(name)]);
  };

  llvm::TypeSwitch<Operation *>(op)
      .Case([&](sim::LoadOp access) {
        Type type = access.getType();
        replace(load(pointerTo(access.getName(), type), type));
      })
      .Case([&](sim::StoreOp access) {
        Value value = access.getValue();
        store(value, pointerTo(access.getName(), value.getType()));
      })
      .Case([&](sim::GetConstantOp access) {
        replace(readTable(memory.constants,
                          layout.getConstantIndex(access.getName()),
                          access.getType()));
      })
      .Case([&](sim::GetInputOp access) {
        Type type = access.getType();
        StringRef name = access.getName();
        replace(layout.isArray(name)
                    ? load(pointerTo(name, type), type)
                    : readTable(memory.inputs,
                                layout.getUniformInputIndex(name), type));
      })
      .Case([&](sim::TakeOp access) {
        StringRef name = access.getName();
        Type sumType = withElement(access.getType(), arrayType(name));
        Value pointer = pointerTo(name, sumType);
        Value sum = load(pointer, sumType);
        store(zeroOf(builder, loc, sumType), pointer);
        auto field =
            cast<sim::FieldOp>(layout.getArrays()[layout.getArrayIndex(name)]);
        replace(scaleSum(builder, loc, sum, field.getGrid()->convertToDouble(),
                         access.getType()));
      })
      .Case([&](sim::GetParameterOp access) {
        StringRef name = access.getName();
        Type type = access.getType();
        replace(layout.isArray(name)
                    ? load(pointerTo(name, type), type)
                    : readTable(memory.parameters,
                                layout.getParameterIndex(name), type));
      })
      .Case([&](sim::StepSizeOp) { replace(memory.step); })
      .Case([&](sim::SetConstantOp access) {
        Type type = layout.getElementType();
        Value position = getI64(layout.getConstantIndex(access.getName()));
        Value pointer =
            addressOf(builder, loc, memory.constants, position, type);
        store(roundTo(builder, loc, type, access.getValue()), pointer);
      })
      .Case([&](sim::SetFieldOp access) {
        Type type = arrayType(access.getName());
        store(roundTo(builder, loc, type, access.getValue()),
              pointerTo(access.getName(), type));
      })
      .Case([&](sim::ExpmOp expm) { lowerExpm(expm, entry, *this); })
      .Default([](Operation *) { llvm_unreachable("no access"); });
  op->erase();
}

void Function::lowerAccesses(Region &region, const Layout &layout,
                             const Memory &memory, Value index) {
  SmallVector<Operation *> accesses;
  region.walk([&](Operation *op) {
    if (isa<sim::SimDialect>(op->getDialect()))
      accesses.push_back(op);
  });
  for (Operation *op : accesses)
    lowerAccess(op, layout, memory, index);
}

} // namespace snn
