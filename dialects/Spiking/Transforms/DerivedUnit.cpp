//===- DerivedUnit.cpp - The unit of a derived constant ---------*- C++ -*-===//
//
// The expression has been checked before; a bare number (which lost its unit
// when it was folded) takes the unit of what it is added to.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Transforms/DerivedUnit.h"

#include "dialects/Spiking/Analysis/LinearForm.h"
#include "lang/Basic/Units.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace snn::spiking {

namespace {

/// None for bare numbers.
using Known = std::optional<lang::Dimension>;

Known parse(llvm::StringRef unit) {
  if (auto parsed = lang::parseUnit(std::string_view(unit)))
    return parsed->dimension;
  return std::nullopt;
}

class UnitFinder {
public:
  explicit UnitFinder(NeuronOp cell) : cell(cell) {}

  Known of(Value value) {
    if (auto it = known.find(value); it != known.end())
      return it->second;
    Known unit = compute(value);
    known[value] = unit;
    return unit;
  }

  lang::Dimension orNone(Value value) {
    return of(value).value_or(lang::Dimension::none());
  }

private:
  Known compute(Value value) {
    Operation *op = value.getDefiningOp();
    if (!op)
      return std::nullopt;
    return llvm::TypeSwitch<Operation *, Known>(op)
        .Case([&](ReadOp read) { return ofVariable(getReadName(read)); })
        .Case([&](QuantityOp quantity) { return parse(quantity.getUnit()); })
        .Case([&](StepSizeOp) { return lang::Dimension::time(); })
        .Case([&](EntryOp entry) { return ofEntry(entry); })
        .Case([&](arith::MulFOp product) {
          return orNone(product.getLhs()) * orNone(product.getRhs());
        })
        .Case([&](arith::DivFOp quotient) {
          return orNone(quotient.getLhs()) / orNone(quotient.getRhs());
        })
        .Case(
            [&](math::SqrtOp root) { return orNone(root.getOperand()).sqrt(); })
        .Case<arith::AddFOp, arith::SubFOp, arith::NegFOp, arith::SelectOp,
              arith::MaximumFOp, arith::MinimumFOp, math::AbsFOp>(
            [&](Operation *same) { return ofAny(same); })
        .Default([](Operation *) { return std::nullopt; });
  }

  Known ofVariable(llvm::StringRef name) {
    Operation *declaration = SymbolTable::lookupSymbolIn(cell, name);
    if (!declaration)
      return std::nullopt;
    auto unit = declaration->getAttrOfType<StringAttr>("unit");
    return unit ? parse(unit.getValue()) : std::nullopt;
  }

  /// x_row(t + h) = ... + P[row, column] x_column(t).
  Known ofEntry(EntryOp entry) {
    auto propagator = dyn_cast_or_null<PropagatorOp>(
        SymbolTable::lookupSymbolIn(cell, entry.getPropagator()));
    if (!propagator)
      return std::nullopt;
    auto variable = [&](uint64_t index) {
      return ofVariable(
          cast<FlatSymbolRefAttr>(propagator.getVariables()[index]).getValue());
    };
    Known row = variable(entry.getRow());
    if (entry.getColumn() >= propagator.getVariables().size())
      return row;
    Known column = variable(entry.getColumn());
    return row && column ? Known(*row / *column) : std::nullopt;
  }

  Known ofAny(Operation *op) {
    for (Value operand : op->getOperands())
      if (operand.getType().isF64())
        if (Known known = of(operand))
          return known;
    return std::nullopt;
  }

  NeuronOp cell;
  llvm::DenseMap<Value, Known> known;
};

} // namespace

std::string deriveUnit(Value value, NeuronOp cell) {
  return UnitFinder(cell).orNone(value).unit();
}

} // namespace snn::spiking
