//===- Evaluate.cpp - Checked expressions as numbers ----------------------===//
//
// A walk over the tree; IEEE operations and FixedMath only.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Evaluate.h"

#include "lang/Sema/FixedMath.h"
#include "lang/Sema/Functions.h"

#include <algorithm>
#include <cmath>

namespace snn::lang {

using namespace checked;

namespace {

double callFunction(Function function, const std::vector<double> &x) {
  switch (function) {
  case Function::Exp:
    return fixed::exp(x[0]);
  case Function::Expm1:
    return fixed::expm1(x[0]);
  case Function::Exprel:
    return fixed::exprel(x[0]);
  case Function::Log:
    return fixed::log(x[0]);
  case Function::Log1p:
    return fixed::log1p(x[0]);
  case Function::Log10:
    return fixed::log10(x[0]);
  case Function::Sqrt:
    return std::sqrt(x[0]); // correctly rounded by IEEE 754
  case Function::Abs:
    return std::fabs(x[0]);
  case Function::Sign:
    return x[0] > 0 ? 1 : x[0] < 0 ? -1 : 0;
  case Function::Heaviside:
    return x[0] >= 0 ? 1 : 0;
  case Function::Min:
    return std::min(x[0], x[1]);
  case Function::Max:
    return std::max(x[0], x[1]);
  case Function::Clip:
    return std::min(std::max(x[0], x[1]), x[2]);
  case Function::Pow:
    return fixed::pow(x[0], x[1]);
  case Function::Sin:
    return fixed::sin(x[0]);
  case Function::Cos:
    return fixed::cos(x[0]);
  case Function::Tan:
    return fixed::tan(x[0]);
  case Function::Sinh:
    return fixed::sinh(x[0]);
  case Function::Cosh:
    return fixed::cosh(x[0]);
  case Function::Tanh:
    return fixed::tanh(x[0]);
  case Function::Atan:
    return fixed::atan(x[0]);
  case Function::Floor:
    return std::floor(x[0]);
  case Function::Ceil:
    return std::ceil(x[0]);
  case Function::Round:
    return std::nearbyint(x[0]); // half to even
  }
  return 0;
}

bool holds(CompareOp op, double a, double b) {
  switch (op) {
  case CompareOp::Less:
    return a < b;
  case CompareOp::LessEqual:
    return a <= b;
  case CompareOp::Greater:
    return a > b;
  case CompareOp::GreaterEqual:
    return a >= b;
  case CompareOp::Equal:
    return a == b;
  case CompareOp::NotEqual:
    return a != b;
  }
  return false;
}

class Evaluator {
public:
  explicit Evaluator(const Environment &environment)
      : environment(environment) {}

  Evaluation run(const Expr &expr) {
    std::optional<double> value = visit(expr);
    return {value, failure};
  }

private:
  const Environment &environment;
  EvaluationFailure failure;

  std::optional<double> fail(const Expr &expr, std::string reason) {
    failure = {expr.range, std::move(reason)};
    return std::nullopt;
  }

  std::optional<double> finite(const Expr &expr, double value) {
    if (std::isfinite(value))
      return value;
    return fail(expr, std::isnan(value) ? "has no real value" : "is infinite");
  }

  std::optional<double> visit(const Expr &expr) {
    switch (expr.kind) {
    case ExprKind::Number:
    case ExprKind::Bool:
      return expr.number;
    case ExprKind::Select: {
      std::optional<double> condition = visit(*expr.operands[0]);
      if (!condition)
        return std::nullopt;
      return visit(*expr.operands[*condition != 0 ? 1 : 2]);
    }
    case ExprKind::Logic: {
      std::optional<double> left = visit(*expr.operands[0]);
      if (!left || (*left != 0) == (expr.logic == LogicOp::Or))
        return left;
      return visit(*expr.operands[1]);
    }
    case ExprKind::Unary:
    case ExprKind::Not:
    case ExprKind::Binary:
    case ExprKind::Compare:
    case ExprKind::Call:
      return operation(expr);
    default:
      if (std::optional<double> value = environment(expr))
        return value;
      return fail(expr, {});
    }
  }

  std::optional<double> operation(const Expr &expr) {
    std::vector<double> x;
    for (const ExprRef &operand : expr.operands) {
      std::optional<double> value = visit(*operand);
      if (!value)
        return std::nullopt;
      x.push_back(*value);
    }
    switch (expr.kind) {
    case ExprKind::Unary:
      return -x[0];
    case ExprKind::Not:
      return x[0] == 0 ? 1 : 0;
    case ExprKind::Compare:
      return holds(expr.compare, x[0], x[1]) ? 1 : 0;
    case ExprKind::Call:
      return finite(expr, callFunction(expr.function, x));
    default:
      break;
    }
    switch (expr.binary) {
    case BinaryOp::Add:
      return finite(expr, x[0] + x[1]);
    case BinaryOp::Sub:
      return finite(expr, x[0] - x[1]);
    case BinaryOp::Mul:
      return finite(expr, x[0] * x[1]);
    case BinaryOp::Div:
      if (x[1] == 0)
        return fail(expr, "divides by zero");
      return finite(expr, x[0] / x[1]);
    case BinaryOp::Mod:
      if (x[1] == 0)
        return fail(expr, "divides by zero");
      return finite(expr, std::fmod(x[0], x[1])); // exact by definition
    case BinaryOp::Pow:
      return finite(expr, fixed::pow(x[0], x[1]));
    }
    return std::nullopt;
  }
};

} // namespace

Evaluation evaluate(const Expr &expr, const Environment &environment) {
  return Evaluator(environment).run(expr);
}

std::optional<double> evaluateConstant(const Expr &expr,
                                       DiagnosticEngine &diagnostics) {
  Evaluation result =
      evaluate(expr, [](const Expr &) { return std::optional<double>(); });
  if (result.value)
    return result.value;
  std::string reason = result.failure.reason;
  if (reason.empty())
    diagnostics.report(diag::NotConstant, result.failure.range,
                       sourceText(result.failure.range, diagnostics));
  else
    diagnostics.report(diag::NoValue, result.failure.range,
                       sourceText(result.failure.range, diagnostics), reason);
  return std::nullopt;
}

ExprRef foldConstants(const ExprRef &expr, DiagnosticEngine &diagnostics) {
  if (expr->kind == ExprKind::Number || expr->kind == ExprKind::Bool ||
      expr->kind == ExprKind::Time || expr->kind == ExprKind::Argument)
    return expr;
  if (!mentions(*expr, ExprKind::Time) &&
      !mentions(*expr, ExprKind::Argument)) {
    std::optional<double> value = evaluateConstant(*expr, diagnostics);
    if (!value)
      return nullptr;
    auto folded = std::make_shared<Expr>();
    bool isTruth = expr->kind == ExprKind::Compare ||
                   expr->kind == ExprKind::Logic || expr->kind == ExprKind::Not;
    folded->kind = isTruth ? ExprKind::Bool : ExprKind::Number;
    folded->number = *value;
    folded->dimension = expr->dimension;
    folded->range = expr->range;
    return folded;
  }
  auto result = std::make_shared<Expr>(*expr);
  for (ExprRef &operand : result->operands) {
    operand = foldConstants(operand, diagnostics);
    if (!operand)
      return nullptr;
  }
  return result;
}

bool mentions(const Expr &expr, ExprKind kind) {
  return expr.kind == kind ||
         std::ranges::any_of(expr.operands, [&](const ExprRef &operand) {
           return mentions(*operand, kind);
         });
}

std::vector<std::optional<double>>
evaluateParameters(const std::vector<Parameter> &params,
                   std::vector<std::optional<double>> values) {
  values.resize(params.size());
  Environment environment = [&](const Expr &expr) {
    return expr.kind == ExprKind::Param ? values[expr.index] : std::nullopt;
  };
  for (size_t i = 0; i < params.size(); ++i)
    if (!values[i] && params[i].defaultValue)
      values[i] = evaluate(*params[i].defaultValue, environment).value;
  return values;
}

} // namespace snn::lang
