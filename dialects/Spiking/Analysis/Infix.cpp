//===- Infix.cpp - Expressions as people write them -------------*- C++ -*-===//
//
// A recursive descent the other way round: each operation has a precedence, and
// an operand of a lower one gets brackets.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Analysis/Infix.h"

#include "dialects/Spiking/Analysis/LinearForm.h"
#include "lang/Basic/Units.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace snn::spiking {

namespace {

/// How strongly the last operation of a text binds.
enum Binding { Condition, Sum, Product, Sign, Atom };

struct Text {
  std::string text;
  Binding binding;
};

std::string bracket(const Text &part, Binding least) {
  return part.binding < least ? "(" + part.text + ")" : part.text;
}

/// Shared parts are printed wherever they are used; the budget keeps texts
/// from growing without bound.
class Printer {
public:
  Text print(Value value);
  bool isExhausted() const { return budget < 0; }

private:
  Text infix(Operation *op, const char *symbol, Binding binding);
  Text call(llvm::StringRef name, Operation *op);

  int budget = 1000;
};

Text Printer::infix(Operation *op, const char *symbol, Binding binding) {
  // The right operand of - and / needs brackets at equal binding, too; so do
  // those of + and *, whose order of evaluation is part of the value.
  Text left = print(op->getOperand(0)), right = print(op->getOperand(1));
  auto above = static_cast<Binding>(binding + 1);
  return {bracket(left, binding) + symbol + bracket(right, above), binding};
}

Text Printer::call(llvm::StringRef name, Operation *op) {
  std::string text = name.str() + "(";
  for (auto [index, operand] : llvm::enumerate(op->getOperands()))
    text += (index ? ", " : "") + print(operand).text;
  return {text + ")", Atom};
}

Text Printer::print(Value value) {
  if (--budget < 0)
    return {"", Atom};
  if (std::optional<double> number =
          value.getType().isF64() ? getConstantNumber(value) : std::nullopt)
    return {lang::formatNumber(*number), *number < 0 ? Sign : Atom};
  Operation *op = value.getDefiningOp();
  if (!op)
    return {"w", Atom};
  return llvm::TypeSwitch<Operation *, Text>(op)
      .Case([&](ReadOp read) { return Text{getReadName(read).str(), Atom}; })
      .Case([&](StepSizeOp) { return Text{"dt", Atom}; })
      .Case([&](EntryOp entry) {
        return Text{(entry.getPropagator() + "[" + llvm::Twine(entry.getRow()) +
                     "," + llvm::Twine(entry.getColumn()) + "]")
                        .str(),
                    Atom};
      })
      .Case([&](arith::AddFOp add) { return infix(add, " + ", Sum); })
      .Case([&](arith::SubFOp subtract) { return infix(subtract, " - ", Sum); })
      .Case(
          [&](arith::MulFOp multiply) { return infix(multiply, "*", Product); })
      .Case([&](arith::DivFOp divide) { return infix(divide, "/", Product); })
      .Case([&](arith::NegFOp negate) {
        return Text{"-" + bracket(print(negate.getOperand()), Sign), Sign};
      })
      .Case([&](arith::CmpFOp compare) {
        return Text{
            bracket(print(compare.getLhs()), Sum) + " " +
                arith::stringifyCmpFPredicate(compare.getPredicate()).str() +
                " " + bracket(print(compare.getRhs()), Sum),
            Condition};
      })
      .Case([&](arith::SelectOp choice) {
        return Text{"if " + print(choice.getCondition()).text + " then " +
                        print(choice.getTrueValue()).text + " else " +
                        print(choice.getFalseValue()).text,
                    Condition};
      })
      .Default([&](Operation *other) {
        return call(other->getName().stripDialect(), other);
      });
}

} // namespace

std::optional<std::string> printInfix(Value value) {
  Printer printer;
  std::string text = printer.print(value).text;
  if (printer.isExhausted())
    return std::nullopt;
  return text;
}

} // namespace snn::spiking
