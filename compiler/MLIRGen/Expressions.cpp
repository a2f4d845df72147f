//===- Expressions.cpp - Checked expressions to arith and math --*- C++ -*-===//
//
// Functions without an operation of their own (clip, exprel, sinh, ...) are
// written out here, so that every later stage knows a small set of operations.
//
//===----------------------------------------------------------------------===//
#include "compiler/MLIRGen/Expressions.h"

#include "dialects/Spiking/IR/Ops.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

#include <cmath>

using namespace mlir;
using namespace snn;
using namespace snn::mlirgen;
using lang::checked::ExprKind;

Location Locations::operator()(lang::SourceRange range) const {
  if (!range.isValid())
    return UnknownLoc::get(context);
  const lang::SourceBuffer &buffer = sources.get(range);
  lang::LineColumn place = buffer.lineColumn(range.begin);
  return FileLineColLoc::get(context, buffer.name(), place.line,
                             place.byteColumn);
}

Value ExpressionEmitter::number(Location loc, double value) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getF64FloatAttr(value));
}

Value ExpressionEmitter::read(Location loc, ArrayRef<std::string> path) {
  SmallVector<FlatSymbolRefAttr> nested;
  for (const std::string &name : path.drop_front())
    nested.push_back(FlatSymbolRefAttr::get(builder.getContext(), name));
  auto symbol = SymbolRefAttr::get(builder.getContext(), path.front(), nested);
  return spiking::ReadOp::create(builder, loc, symbol);
}

/// A state of the model, or of a cell that the rule's code looks at.
Value ExpressionEmitter::emitState(unsigned index, Location loc) {
  using Home = lang::checked::PlasticityModel::Home;
  const std::string &name = names.model->states[index].name;
  Home home = names.rule ? names.rule->homes[index] : names.home;
  if (home == names.home)
    return read(loc, name);
  return read(loc, {home == Home::Pre ? "pre" : "post", name});
}

Value ExpressionEmitter::emitLeaf(const lang::checked::Expr &expr,
                                  Location loc) {
  switch (expr.kind) {
  case ExprKind::Param:
    return read(loc, names.model->params[expr.index].name);
  case ExprKind::State:
    return emitState(expr.index, loc);
  case ExprKind::Let:
    if (names.rule)
      return emit(*names.model->lets[expr.index].value);
    return read(loc, names.model->lets[expr.index].name);
  case ExprKind::Input:
    return read(loc, names.neuron ? names.neuron->inputs[expr.index].name
                                  : names.synapse->sums[expr.index].name);
  case ExprKind::Source:
    return read(loc, sourceName(names.synapse->sources[expr.index].name));
  case ExprKind::Host:
    return read(loc, names.rule ? names.rule->hosts[expr.index].name
                                : names.synapse->hosts[expr.index].name);
  case ExprKind::Modulator: {
    const lang::checked::ModulatorUse &use = names.rule->modulators[expr.index];
    const lang::checked::NeuronModel &model = names.program->neurons[use.model];
    return read(loc, {use.name, model.states[expr.output].name});
  }
  case ExprKind::ReceptorOutput: {
    const lang::checked::Receptor &receptor =
        names.neuron->receptors[expr.index];
    const lang::checked::ReceptorOutput &output = receptor.outputs[expr.output];
    const lang::checked::SynapseModel &synapse =
        names.program->synapses[receptor.synapse];
    using Kind = lang::checked::ReceptorOutput::Kind;
    const std::string &name =
        output.kind == Kind::State ? synapse.states[output.index].name
        : output.kind == Kind::Let ? synapse.lets[output.index].name
                                   : synapse.sums[output.index].name;
    return read(loc, {receptor.name, name});
  }
  case ExprKind::Argument:
    return arguments[expr.index];
  case ExprKind::StepSize:
    return spiking::StepSizeOp::create(builder, loc);
  case ExprKind::Time:
    return time;
  default:
    llvm_unreachable("not a leaf");
  }
}

Value ExpressionEmitter::emit(const lang::checked::Expr &expr) {
  Location loc = locations(expr.range);
  switch (expr.kind) {
  case ExprKind::Number:
    if (expr.dimension.isNone())
      return number(loc, expr.number);
    return spiking::QuantityOp::create(builder, loc, expr.number,
                                       expr.dimension.unit());
  case ExprKind::Bool:
    return arith::ConstantOp::create(builder, loc,
                                     builder.getBoolAttr(expr.number != 0));
  case ExprKind::Unary:
    return arith::NegFOp::create(builder, loc, emit(*expr.operands[0]));
  case ExprKind::Binary:
    return emitBinary(expr, loc);
  case ExprKind::Compare:
    return emitCompare(expr, loc);
  case ExprKind::Logic: {
    Value left = emit(*expr.operands[0]), right = emit(*expr.operands[1]);
    if (expr.logic == lang::checked::LogicOp::And)
      return arith::AndIOp::create(builder, loc, left, right);
    return arith::OrIOp::create(builder, loc, left, right);
  }
  case ExprKind::Not: {
    Value one =
        arith::ConstantOp::create(builder, loc, builder.getBoolAttr(true));
    return arith::XOrIOp::create(builder, loc, emit(*expr.operands[0]), one);
  }
  case ExprKind::Call:
    return emitCall(expr, loc);
  case ExprKind::Select: {
    Value condition = emit(*expr.operands[0]);
    Value yes = emit(*expr.operands[1]), no = emit(*expr.operands[2]);
    return arith::SelectOp::create(builder, loc, condition, yes, no);
  }
  default:
    return emitLeaf(expr, loc);
  }
}

Value ExpressionEmitter::emitBinary(const lang::checked::Expr &expr,
                                    Location loc) {
  using lang::checked::BinaryOp;
  if (expr.binary == BinaryOp::Pow)
    return emitPower(expr, loc);
  Value left = emit(*expr.operands[0]), right = emit(*expr.operands[1]);
  switch (expr.binary) {
  case BinaryOp::Add:
    return arith::AddFOp::create(builder, loc, left, right);
  case BinaryOp::Sub:
    return arith::SubFOp::create(builder, loc, left, right);
  case BinaryOp::Mul:
    return arith::MulFOp::create(builder, loc, left, right);
  case BinaryOp::Div:
    return arith::DivFOp::create(builder, loc, left, right);
  case BinaryOp::Mod: {
    // x - y*floor(x/y): has the sign of y, and needs no library.
    Value quotient = arith::DivFOp::create(builder, loc, left, right);
    Value whole = math::FloorOp::create(builder, loc, quotient);
    Value part = arith::MulFOp::create(builder, loc, right, whole);
    return arith::SubFOp::create(builder, loc, left, part);
  }
  case BinaryOp::Pow:
    break;
  }
  llvm_unreachable("handled above");
}

/// Small whole powers are products, by repeated squaring: V^2 and n^4 then look
/// to every pass like what they are.
Value ExpressionEmitter::emitPower(const lang::checked::Expr &expr,
                                   Location loc) {
  constexpr double largestProduct = 64;
  const lang::checked::Expr &exponent = *expr.operands[1];
  Value base = emit(*expr.operands[0]);
  double power = exponent.number;
  bool isNegated = false;
  if (exponent.kind == ExprKind::Unary &&
      exponent.operands[0]->kind == ExprKind::Number) {
    power = exponent.operands[0]->number;
    isNegated = true;
  } else if (exponent.kind != ExprKind::Number) {
    return math::PowFOp::create(builder, loc, base, emit(exponent));
  }
  isNegated ^= power < 0;
  power = std::fabs(power);
  if (power != std::floor(power) || power > largestProduct)
    return math::PowFOp::create(builder, loc, base, emit(exponent));
  Value result;
  Value square = base;
  for (auto rest = static_cast<unsigned>(power); rest; rest >>= 1) {
    if (rest & 1)
      result =
          result ? arith::MulFOp::create(builder, loc, result, square) : square;
    if (rest > 1)
      square = arith::MulFOp::create(builder, loc, square, square);
  }
  if (!result)
    return number(loc, 1);
  if (isNegated)
    return arith::DivFOp::create(builder, loc, number(loc, 1), result);
  return result;
}

Value ExpressionEmitter::emitCompare(const lang::checked::Expr &expr,
                                     Location loc) {
  using arith::CmpFPredicate;
  using lang::checked::CompareOp;
  Value left = emit(*expr.operands[0]), right = emit(*expr.operands[1]);
  CmpFPredicate predicate = [&] {
    switch (expr.compare) {
    case CompareOp::Less:
      return CmpFPredicate::OLT;
    case CompareOp::LessEqual:
      return CmpFPredicate::OLE;
    case CompareOp::Greater:
      return CmpFPredicate::OGT;
    case CompareOp::GreaterEqual:
      return CmpFPredicate::OGE;
    case CompareOp::Equal:
      return CmpFPredicate::OEQ;
    case CompareOp::NotEqual:
      return CmpFPredicate::UNE;
    }
    llvm_unreachable("all comparisons handled");
  }();
  return arith::CmpFOp::create(builder, loc, predicate, left, right);
}

Value ExpressionEmitter::emitCall(const lang::checked::Expr &expr,
                                  Location loc) {
  using arith::CmpFPredicate;
  using lang::checked::Function;
  SmallVector<Value> x;
  for (const lang::checked::ExprRef &operand : expr.operands)
    x.push_back(emit(*operand));
  auto choose = [&](CmpFPredicate predicate, Value a, Value b, Value yes,
                    Value no) -> Value {
    Value condition = arith::CmpFOp::create(builder, loc, predicate, a, b);
    return arith::SelectOp::create(builder, loc, condition, yes, no);
  };
  auto smaller = [&](Value a, Value b) {
    return choose(CmpFPredicate::OLT, a, b, a, b);
  };
  auto larger = [&](Value a, Value b) {
    return choose(CmpFPredicate::OGT, a, b, a, b);
  };
  auto half = [&](Value sum) -> Value {
    return arith::MulFOp::create(builder, loc, sum, number(loc, 0.5));
  };
  switch (expr.function) {
  case Function::Exp:
    return math::ExpOp::create(builder, loc, x[0]);
  case Function::Expm1:
    return math::ExpM1Op::create(builder, loc, x[0]);
  case Function::Log:
    return math::LogOp::create(builder, loc, x[0]);
  case Function::Log1p:
    return math::Log1pOp::create(builder, loc, x[0]);
  case Function::Log10: {
    Value natural = math::LogOp::create(builder, loc, x[0]);
    return arith::MulFOp::create(builder, loc, natural,
                                 number(loc, 0.43429448190325182765));
  }
  case Function::Sqrt:
    return math::SqrtOp::create(builder, loc, x[0]);
  case Function::Abs:
    return math::AbsFOp::create(builder, loc, x[0]);
  case Function::Sign: {
    Value zero = number(loc, 0);
    Value negative =
        choose(CmpFPredicate::OLT, x[0], zero, number(loc, -1), zero);
    return choose(CmpFPredicate::OGT, x[0], zero, number(loc, 1), negative);
  }
  case Function::Min:
    return smaller(x[0], x[1]);
  case Function::Max:
    return larger(x[0], x[1]);
  case Function::Clip:
    return smaller(larger(x[0], x[1]), x[2]);
  case Function::Pow:
    return math::PowFOp::create(builder, loc, x[0], x[1]);
  case Function::Sin:
    return math::SinOp::create(builder, loc, x[0]);
  case Function::Cos:
    return math::CosOp::create(builder, loc, x[0]);
  case Function::Tan: {
    Value sine = math::SinOp::create(builder, loc, x[0]);
    Value cosine = math::CosOp::create(builder, loc, x[0]);
    return arith::DivFOp::create(builder, loc, sine, cosine);
  }
  case Function::Sinh: {
    // (e + e/(e + 1))/2 with e = expm1(x) does not cancel near 0.
    Value e = math::ExpM1Op::create(builder, loc, x[0]);
    Value next = arith::AddFOp::create(builder, loc, e, number(loc, 1));
    Value rest = arith::DivFOp::create(builder, loc, e, next);
    return half(arith::AddFOp::create(builder, loc, e, rest));
  }
  case Function::Cosh: {
    Value grown = math::ExpOp::create(builder, loc, x[0]);
    Value negated = arith::NegFOp::create(builder, loc, x[0]);
    Value decayed = math::ExpOp::create(builder, loc, negated);
    return half(arith::AddFOp::create(builder, loc, grown, decayed));
  }
  case Function::Tanh:
    return math::TanhOp::create(builder, loc, x[0]);
  case Function::Atan:
    return math::AtanOp::create(builder, loc, x[0]);
  case Function::Floor:
    return math::FloorOp::create(builder, loc, x[0]);
  case Function::Ceil:
    return math::CeilOp::create(builder, loc, x[0]);
  case Function::Round:
    return math::RoundEvenOp::create(builder, loc, x[0]);
  case Function::Heaviside: {
    Value zero = number(loc, 0);
    return choose(CmpFPredicate::OGE, x[0], zero, number(loc, 1), zero);
  }
  case Function::Exprel: {
    // expm1(x)/x is accurate everywhere but at 0 itself.
    Value grown = math::ExpM1Op::create(builder, loc, x[0]);
    Value slope = arith::DivFOp::create(builder, loc, grown, x[0]);
    return choose(CmpFPredicate::OEQ, x[0], number(loc, 0), number(loc, 1),
                  slope);
  }
  }
  llvm_unreachable("all functions handled");
}

void ExpressionEmitter::emit(
    const std::vector<lang::checked::Statement> &statements) {
  for (const lang::checked::Statement &statement : statements) {
    Location loc = locations(statement.range);
    if (statement.assignment) {
      const std::string &state =
          names.model->states[statement.assignment->state].name;
      Value value = emit(*statement.assignment->value);
      spiking::WriteOp::create(builder, loc, state, value);
      continue;
    }
    if (statement.sent) {
      spiking::SendOp::create(builder, loc, emit(*statement.sent));
      continue;
    }
    const lang::checked::Conditional &conditional = *statement.conditional;
    Value condition = emit(*conditional.condition);
    bool hasElse = !conditional.elseBody.empty();
    auto branch = scf::IfOp::create(builder, loc, TypeRange{}, condition,
                                    /*addThenBlock=*/true, hasElse);
    OpBuilder::InsertionGuard guard(builder);
    auto emitBranch = [&](Block *block,
                          const std::vector<lang::checked::Statement> &body) {
      builder.setInsertionPointToStart(block);
      emit(body);
      scf::YieldOp::create(builder, loc);
    };
    emitBranch(branch.thenBlock(), conditional.thenBody);
    if (hasElse)
      emitBranch(branch.elseBlock(), conditional.elseBody);
  }
}
