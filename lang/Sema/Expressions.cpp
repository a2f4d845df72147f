//===- Expressions.cpp - Checks and resolves expressions ------------------===//
//
// One function for each form of expression; the rules of dimensions are in
// Rules.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Expressions.h"

#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Functions.h"
#include "lang/Sema/Rules/Dimensions.h"

#include <algorithm>

namespace snn::lang {

using namespace checked;

static constexpr double pi = 0x1.921fb54442d18p+1;

Typed ExpressionChecker::check(const ast::Expr &expr) {
  Typed result = dispatch(expr);
  result.range = expr.range;
  return result;
}

Typed ExpressionChecker::checkQuantity(const ast::Expr &expr) {
  Typed value = check(expr);
  if (!value.isError() && !rules::checkQuantity(value, diagnostics))
    return Typed::error(expr.range);
  return value;
}

Typed ExpressionChecker::checkTruth(const ast::Expr &expr) {
  Typed value = check(expr);
  if (!value.isError() && !rules::checkTruth(value, diagnostics))
    return Typed::error(expr.range);
  return value;
}

Typed ExpressionChecker::checkGiven(const ast::Expr &expr,
                                    std::string_view what,
                                    const Dimension &needed,
                                    SourceRange declared, bool zeroIsAny) {
  Typed value = check(expr);
  if (zeroIsAny && value.isBareNumber && value.expr->number == 0)
    return Typed::quantity(makeNumber(0, needed, expr.range));
  if (!rules::checkGiven(value, what, needed, declared, diagnostics))
    return Typed::error(expr.range);
  return value;
}

void ExpressionChecker::adaptZero(Typed &zero, const Typed &other) const {
  bool isZero = zero.isQuantity() && zero.isBareNumber &&
                zero.expr->number == 0 && other.isQuantity();
  if (isZero && zero.dimension() != other.dimension() &&
      scope.isGeneric(*other.expr))
    zero = Typed::quantity(makeNumber(0, other.dimension(), zero.range));
}

Typed ExpressionChecker::dispatch(const ast::Expr &expr) {
  using Kind = ast::Expr::Kind;
  switch (expr.kind) {
  case Kind::Number:
    return number(ast::cast<ast::NumberExpr>(expr));
  case Kind::Percent: {
    std::optional<double> fraction =
        scaleDecimal(ast::cast<ast::PercentExpr>(expr).digits, -2);
    if (!fraction) {
      diagnostics.report(diag::NumberOutOfRange, expr.range,
                         sourceText(expr.range, diagnostics));
      return Typed::error();
    }
    Typed result =
        Typed::quantity(makeNumber(*fraction, Dimension::none(), expr.range));
    result.kind = TypeKind::Percent;
    return result;
  }
  case Kind::Boolean: {
    auto node = std::make_shared<Expr>();
    node->kind = ExprKind::Bool;
    node->number = ast::cast<ast::BooleanExpr>(expr).value;
    node->range = expr.range;
    return Typed::truth(node);
  }
  case Kind::Name:
    return name(ast::cast<ast::NameExpr>(expr));
  case Kind::Member:
    return scope.member(ast::cast<ast::MemberExpr>(expr));
  case Kind::Index:
    return scope.element(ast::cast<ast::IndexExpr>(expr));
  case Kind::Call:
    return call(ast::cast<ast::CallExpr>(expr));
  case Kind::Unary:
    return unary(ast::cast<ast::UnaryExpr>(expr));
  case Kind::Binary:
    return binary(ast::cast<ast::BinaryExpr>(expr));
  case Kind::Conditional:
    return conditional(ast::cast<ast::ConditionalExpr>(expr));
  case Kind::String:
  case Kind::List:
  case Kind::Range:
  case Kind::Table:
  case Kind::Metric:
    diagnostics.report(diag::NotAValue, expr.range,
                       sourceText(expr.range, diagnostics));
    return Typed::error();
  }
  return Typed::error();
}

Typed ExpressionChecker::number(const ast::NumberExpr &number) {
  const std::string *word = number.unit ? number.unit->asName() : nullptr;
  if (word && (*word == "step" || *word == "steps")) {
    ExprRef step = scope.stepSize(number.range);
    std::optional<double> count = scaleDecimal(number.digits, 0);
    if (!step || !count) {
      diagnostics.report(diag::StepUnknown, number.range,
                         sourceText(number.range, diagnostics));
      return Typed::error();
    }
    return Typed::quantity(makeBinary(
        BinaryOp::Mul, makeNumber(*count, Dimension::none(), number.range),
        step, Dimension::time(), number.range));
  }
  Unit unit;
  if (number.unit) {
    std::optional<Unit> resolved = resolveUnit(*number.unit, diagnostics);
    if (!resolved)
      return Typed::error();
    unit = *resolved;
  }
  std::optional<double> value = toInternal(number.digits, unit);
  if (!value) {
    diagnostics.report(diag::NumberOutOfRange, number.range,
                       sourceText(number.range, diagnostics));
    return Typed::error();
  }
  Typed result =
      Typed::quantity(makeNumber(*value, unit.dimension, number.range));
  if (number.unit)
    result.unit = unit;
  else
    result.isBareNumber = true;
  return result;
}

Typed ExpressionChecker::name(const ast::NameExpr &name) {
  if (std::optional<Typed> value = scope.name(name))
    return *value;
  if (name.name == "pi")
    return Typed::quantity(makeNumber(pi, Dimension::none(), name.range));
  if (name.name == "dt")
    if (ExprRef step = scope.stepSize(name.range))
      return Typed::quantity(step);
  if (name.name == "t" && scope.hasTime())
    return Typed::quantity(
        makeReference(ExprKind::Time, 0, Dimension::time(), name.range));
  reportUnknown(name.name, name.range);
  return Typed::error();
}

void ExpressionChecker::reportUnknown(const std::string &name,
                                      SourceRange range) {
  std::string where = context.empty() ? scope.description() : context;
  Diagnostic &message =
      diagnostics.report(diag::UnknownName, range, name, where);
  message.at("not declared in " + scope.description());
  if (std::ranges::find(partsOfDistance, name) != partsOfDistance.end())
    message.help(
        "a distance belongs to a pair of neurons: it stands in a "
        "connection's `where`, `probability(...)`, weights and delays");
  if (name == "t") {
    message.help("rates and stimuli are functions of the time; a model keeps a "
                 "clock of its own: `state clock = 0 ms; clock' = 1`");
    return;
  }
  std::vector<Visible> visible = scope.visible();
  std::vector<std::string> names;
  for (const Visible &entry : visible)
    names.push_back(entry.name);
  std::optional<std::string> meant = nearest(name, names);
  if (!meant)
    return;
  auto entry = std::ranges::find(visible, *meant, &Visible::name);
  message
      .label(entry->range,
             entry->kind + " with a similar name is declared here")
      .fix("replace `" + name + "` by `" + *meant +
               "` (run `snn check --fix` to apply)",
           range, *meant);
}

Typed ExpressionChecker::call(const ast::CallExpr &call) {
  if (std::optional<Typed> own = scope.call(call))
    return *own;
  const auto *callee = ast::dynCast<ast::NameExpr>(call.callee.get());
  const FunctionInfo *function = callee ? findFunction(callee->name) : nullptr;
  std::vector<Typed> arguments;
  for (const ast::Argument &argument : call.arguments)
    arguments.push_back(checkQuantity(*argument.value));
  if (!function) {
    std::string name = sourceText(call.callee->range, diagnostics);
    std::vector<std::string> names;
    for (const FunctionInfo &known : allFunctions())
      names.emplace_back(known.name);
    Diagnostic &message =
        diagnostics.report(diag::UnknownFunction, call.callee->range, name);
    if (name == "ln")
      message.at("did you mean `log`?")
          .fix("the natural logarithm is `log`", call.callee->range, "log");
    else if (auto meant = nearest(name, names))
      message.at("did you mean `" + *meant + "`?")
          .suggest("replace the name", call.callee->range, *meant);
    else
      message.note("functions: " + joinNames(names, 30));
    return Typed::error();
  }
  for (const ast::Argument &argument : call.arguments)
    if (!argument.name.empty()) {
      diagnostics.report(diag::UnknownParameter, argument.name.range,
                         "function `" + std::string(function->name) + "`",
                         argument.name.text);
      return Typed::error();
    }
  if (arguments.size() != function->arity) {
    diagnostics.report(diag::WrongArgumentCount, call.range,
                       std::string(function->name),
                       argumentCount(function->arity), Count(arguments.size()));
    return Typed::error();
  }
  if (function->signature == Signature::Same)
    for (Typed &argument : arguments)
      for (const Typed &other : arguments)
        adaptZero(argument, other);
  auto node = std::make_shared<Expr>();
  node->kind = ExprKind::Call;
  node->function = function->function;
  node->range = call.range;
  for (const Typed &argument : arguments) {
    if (argument.isError())
      return Typed::error();
    node->operands.push_back(argument.expr);
  }
  std::optional<Dimension> dimension =
      rules::checkCall(*function, arguments, call.range, diagnostics);
  if (!dimension)
    return Typed::error();
  node->dimension = *dimension;
  return Typed::quantity(node);
}

Typed ExpressionChecker::unary(const ast::UnaryExpr &unary) {
  if (unary.op == ast::UnaryOp::Not) {
    Typed operand = checkTruth(*unary.operand);
    if (operand.isError())
      return operand;
    auto node = std::make_shared<Expr>();
    node->kind = ExprKind::Not;
    node->range = unary.range;
    node->operands = {operand.expr};
    return Typed::truth(node);
  }
  Typed operand = checkQuantity(*unary.operand);
  if (operand.isError() || unary.op == ast::UnaryOp::Plus)
    return operand;
  if (operand.expr->kind == ExprKind::Number)
    operand.expr =
        makeNumber(-operand.expr->number, operand.dimension(), unary.range);
  else
    operand.expr = makeNegative(operand.expr);
  return operand;
}

Typed ExpressionChecker::binary(const ast::BinaryExpr &binary) {
  switch (binary.op) {
  case ast::BinaryOp::Or:
  case ast::BinaryOp::And:
    return logic(binary);
  case ast::BinaryOp::Is:
    return scope.identity(binary);
  case ast::BinaryOp::Add:
  case ast::BinaryOp::Subtract:
  case ast::BinaryOp::Multiply:
  case ast::BinaryOp::Divide:
  case ast::BinaryOp::Power:
    return arithmetic(binary);
  default:
    return comparison(binary);
  }
}

Typed ExpressionChecker::arithmetic(const ast::BinaryExpr &binary) {
  Typed lhs = checkQuantity(*binary.lhs), rhs = checkQuantity(*binary.rhs);
  if (lhs.isError() || rhs.isError())
    return Typed::error();
  if (binary.op == ast::BinaryOp::Add || binary.op == ast::BinaryOp::Subtract) {
    adaptZero(lhs, rhs);
    adaptZero(rhs, lhs);
  }
  auto make = [&](BinaryOp op, const Dimension &dimension) {
    return Typed::quantity(
        makeBinary(op, lhs.expr, rhs.expr, dimension, binary.range));
  };
  switch (binary.op) {
  case ast::BinaryOp::Add:
    if (!rules::checkAlike(lhs, rhs, "add", diagnostics))
      return Typed::error();
    return make(BinaryOp::Add, lhs.dimension());
  case ast::BinaryOp::Subtract:
    if (!rules::checkAlike(lhs, rhs, "take the difference of", diagnostics))
      return Typed::error();
    return make(BinaryOp::Sub, lhs.dimension());
  case ast::BinaryOp::Multiply:
    return make(BinaryOp::Mul, lhs.dimension() * rhs.dimension());
  case ast::BinaryOp::Divide:
    return make(BinaryOp::Div, lhs.dimension() / rhs.dimension());
  default: {
    std::optional<Dimension> power =
        rules::checkPower(lhs, rhs, binary.range, diagnostics);
    return power ? make(BinaryOp::Pow, *power) : Typed::error();
  }
  }
}

Typed ExpressionChecker::comparison(const ast::BinaryExpr &binary) {
  static constexpr CompareOp ops[] = {
      CompareOp::Less,         CompareOp::LessEqual, CompareOp::Greater,
      CompareOp::GreaterEqual, CompareOp::Equal,     CompareOp::NotEqual};
  Typed lhs = checkQuantity(*binary.lhs), rhs = checkQuantity(*binary.rhs);
  adaptZero(lhs, rhs);
  adaptZero(rhs, lhs);
  if (lhs.isError() || rhs.isError() ||
      !rules::checkAlike(lhs, rhs, "compare", diagnostics))
    return Typed::error();
  auto node = std::make_shared<Expr>();
  node->kind = ExprKind::Compare;
  node->compare =
      ops[static_cast<int>(binary.op) - static_cast<int>(ast::BinaryOp::Less)];
  node->range = binary.range;
  node->operands = {lhs.expr, rhs.expr};
  return Typed::truth(node);
}

Typed ExpressionChecker::logic(const ast::BinaryExpr &binary) {
  Typed lhs = checkTruth(*binary.lhs), rhs = checkTruth(*binary.rhs);
  if (lhs.isError() || rhs.isError())
    return Typed::error();
  auto node = std::make_shared<Expr>();
  node->kind = ExprKind::Logic;
  node->logic = binary.op == ast::BinaryOp::And ? LogicOp::And : LogicOp::Or;
  node->range = binary.range;
  node->operands = {lhs.expr, rhs.expr};
  return Typed::truth(node);
}

Typed ExpressionChecker::conditional(const ast::ConditionalExpr &conditional) {
  Typed condition = checkTruth(*conditional.condition);
  Typed thenValue = checkQuantity(*conditional.thenValue);
  Typed elseValue = checkQuantity(*conditional.elseValue);
  adaptZero(thenValue, elseValue);
  adaptZero(elseValue, thenValue);
  if (condition.isError() || thenValue.isError() || elseValue.isError() ||
      !rules::checkAlike(thenValue, elseValue, "choose between", diagnostics))
    return Typed::error();
  auto node = std::make_shared<Expr>();
  node->kind = ExprKind::Select;
  node->dimension = thenValue.dimension();
  node->range = conditional.range;
  node->operands = {condition.expr, thenValue.expr, elseValue.expr};
  return Typed::quantity(node);
}

} // namespace snn::lang
