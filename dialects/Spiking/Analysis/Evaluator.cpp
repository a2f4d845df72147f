//===- Evaluator.cpp - Values of expressions of parameters ------*- C++ -*-===//
//
// See the header. The host's libm is never called.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Analysis/Evaluator.h"

#include "dialects/Spiking/Analysis/LinearForm.h"
#include "dialects/Spiking/Analysis/ScalarBuilder.h"
#include "snn/math.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace snn::spiking {

static std::optional<double> compare(arith::CmpFPredicate predicate, double a,
                                     double b) {
  switch (predicate) {
  case arith::CmpFPredicate::OEQ:
    return a == b;
  case arith::CmpFPredicate::OGT:
    return a > b;
  case arith::CmpFPredicate::OGE:
    return a >= b;
  case arith::CmpFPredicate::OLT:
    return a < b;
  case arith::CmpFPredicate::OLE:
    return a <= b;
  case arith::CmpFPredicate::UNE:
    return a != b;
  default:
    return std::nullopt;
  }
}

std::optional<double> evaluateOperation(Operation *op,
                                        llvm::ArrayRef<double> x) {
  using Result = std::optional<double>;
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case([&](arith::AddFOp) { return x[0] + x[1]; })
      .Case([&](arith::SubFOp) { return x[0] - x[1]; })
      .Case([&](arith::MulFOp) { return x[0] * x[1]; })
      .Case([&](arith::DivFOp) { return x[0] / x[1]; })
      .Case([&](arith::NegFOp) { return -x[0]; })
      .Case([&](arith::SelectOp) { return x[0] != 0 ? x[1] : x[2]; })
      .Case([&](arith::CmpFOp comparison) {
        return compare(comparison.getPredicate(), x[0], x[1]);
      })
      .Case([&](arith::AndIOp) { return double(x[0] != 0 && x[1] != 0); })
      .Case([&](arith::OrIOp) { return double(x[0] != 0 || x[1] != 0); })
      .Case([&](arith::XOrIOp) { return double((x[0] != 0) != (x[1] != 0)); })
      .Case([&](math::ExpOp) { return snn_exp(x[0]); })
      .Case([&](math::ExpM1Op) { return snn_expm1(x[0]); })
      .Case([&](math::LogOp) { return snn_log(x[0]); })
      .Case([&](math::Log1pOp) { return snn_log1p(x[0]); })
      .Case([&](math::SinOp) { return snn_sin(x[0]); })
      .Case([&](math::CosOp) { return snn_cos(x[0]); })
      .Case([&](math::TanhOp) { return snn_tanh(x[0]); })
      .Case([&](math::SqrtOp) { return snn_sqrt(x[0]); })
      .Case([&](math::PowFOp) { return snn_pow(x[0], x[1]); })
      .Case([&](math::AbsFOp) { return x[0] < 0 ? -x[0] : x[0] + 0.0; })
      .Default([](Operation *) { return Result(); });
}

Evaluator::Evaluator(NeuronOp cell, PopulationOp population,
                     std::optional<double> stepSize)
    : Evaluator(cell.getOperation(),
                population ? population.getParams() : DictionaryAttr(),
                stepSize) {}

std::optional<double> Evaluator::variable(llvm::StringRef name) {
  if (auto it = known.find(name); it != known.end())
    return it->second;
  known[name] = std::nullopt; // Ends the search should a name need itself.
  std::optional<double> result;
  Operation *declaration = SymbolTable::lookupSymbolIn(model, name);
  auto value = given ? given.getAs<ValueAttr>(name) : ValueAttr();
  if (value) {
    if (value.isConstant())
      result = value.getConstant();
  } else if (auto param = dyn_cast_or_null<ParamOp>(declaration)) {
    if (param.getValue())
      result = param.getValue()->convertToDouble();
    else if (!param.getDefault().empty())
      result = this->value(
          param.getDefault().front().getTerminator()->getOperand(0));
  } else if (auto derived = dyn_cast_or_null<DerivedOp>(declaration)) {
    result =
        this->value(derived.getBody().front().getTerminator()->getOperand(0));
  }
  return known[name] = result;
}

std::optional<double> Evaluator::value(Value value) {
  if (auto it = values.find(value); it != values.end())
    return it->second;
  std::optional<double> number = compute(value);
  values[value] = number;
  return number;
}

std::optional<double> Evaluator::compute(Value value) {
  if (std::optional<double> number =
          value.getType().isF64() ? getConstantNumber(value) : std::nullopt)
    return number;
  Operation *op = value.getDefiningOp();
  if (!op)
    return std::nullopt;
  APInt truth;
  if (matchPattern(value, m_ConstantInt(&truth)))
    return truth.isZero() ? 0.0 : 1.0;
  if (auto read = dyn_cast<ReadOp>(op)) {
    if (!read.getVariable().getNestedReferences().empty())
      return std::nullopt; // of a cell that a rule reads
    return variable(getReadName(read));
  }
  if (isa<StepSizeOp>(op))
    return stepSize;
  SmallVector<double> operands;
  for (Value operand : op->getOperands()) {
    std::optional<double> number = this->value(operand);
    if (!number)
      return std::nullopt;
    operands.push_back(*number);
  }
  return evaluateOperation(op, operands);
}

} // namespace snn::spiking
