//===- Types.cpp - What the value of an expression is ---------------------===//
//
// Making nodes, and how dimensions and units are written in messages.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Types.h"

#include "lang/Diagnostics/Suggest.h"

#include <filesystem>

namespace snn::lang {

using namespace checked;

ExprRef makeNumber(double value, Dimension dimension, SourceRange range) {
  auto node = std::make_shared<Expr>();
  node->kind = ExprKind::Number;
  node->number = value;
  node->dimension = dimension;
  node->range = range;
  return node;
}

ExprRef makeReference(ExprKind kind, unsigned index, Dimension dimension,
                      SourceRange range) {
  auto node = std::make_shared<Expr>();
  node->kind = kind;
  node->index = index;
  node->dimension = dimension;
  node->range = range;
  return node;
}

ExprRef makeBinary(BinaryOp op, ExprRef lhs, ExprRef rhs, Dimension dimension,
                   SourceRange range) {
  auto node = std::make_shared<Expr>();
  node->kind = ExprKind::Binary;
  node->binary = op;
  node->dimension = dimension;
  node->range = range;
  node->operands = {std::move(lhs), std::move(rhs)};
  return node;
}

ExprRef makeNegative(ExprRef operand) {
  auto node = std::make_shared<Expr>();
  node->kind = ExprKind::Unary;
  node->dimension = operand->dimension;
  node->range = operand->range;
  node->operands = {std::move(operand)};
  return node;
}

ExprRef makeConjunction(ExprRef lhs, ExprRef rhs) {
  auto node = std::make_shared<Expr>();
  node->kind = ExprKind::Logic;
  node->logic = LogicOp::And;
  node->range = lhs->range;
  node->operands = {std::move(lhs), std::move(rhs)};
  return node;
}

std::string withArticle(const Dimension &dimension) {
  std::string name = dimension.name();
  bool vowel = std::string_view("aeiou").find(name[0]) != std::string::npos;
  return (vowel ? "an " : "a ") + name;
}

std::string describeQuantity(const Dimension &dimension) {
  if (dimension.isNone())
    return "a plain number";
  return withArticle(dimension) + " (" + dimension.unit() + ")";
}

std::string argumentCount(size_t count) {
  if (count == 0)
    return "no arguments";
  return std::to_string(count) + (count == 1 ? " argument" : " arguments");
}

std::string shownValue(double value, const Dimension &dimension,
                       SourceRange range, const DiagnosticEngine &diagnostics) {
  std::string text = sourceText(range, diagnostics);
  size_t at = text.starts_with('-') ? 1 : 0;
  size_t end = text.find_first_not_of("0123456789._", at);
  bool isLiteral = end != std::string::npos && end > at && text[end] == ' ' &&
                   parseUnit(std::string_view(text).substr(end + 1));
  return isLiteral ? text : formatQuantity(value, dimension);
}

std::optional<Unit> resolveUnit(const ast::Unit &unit,
                                DiagnosticEngine &diagnostics) {
  Unit result;
  for (const ast::UnitFactor &factor : unit.factors) {
    std::optional<Unit> named = parseUnit(factor.name);
    if (!named) {
      Diagnostic &message =
          diagnostics.report(diag::UnknownUnit, factor.range, factor.name);
      if (factor.name == "degC" || factor.name == "celsius")
        message.help("temperatures are in kelvin: 36 degC are 309.15 K");
      else if (auto meant = nearestUnit(factor.name))
        message.at("did you mean `" + *meant + "`?")
            .suggest("replace the unit", factor.range, *meant);
      return std::nullopt;
    }
    std::optional<Dimension> power = named->dimension.pow(factor.exponent);
    if (!power || std::abs(factor.exponent) > 12) {
      diagnostics.report(diag::UnknownUnit, factor.range,
                         sourceText(unit.range, diagnostics));
      return std::nullopt;
    }
    result.dimension = result.dimension * *power;
    result.exponent += named->exponent * factor.exponent;
  }
  if (unit.range.isValid()) {
    result.spelling = sourceText(unit.range, diagnostics);
    if (result.spelling.starts_with('['))
      result.spelling = result.spelling.substr(1, result.spelling.size() - 2);
  }
  return result;
}

std::string dataPath(const std::string &file, SourceRange range,
                     const DiagnosticEngine &diagnostics) {
  std::filesystem::path model(diagnostics.sourceMap().get(range).name());
  return (model.parent_path() / file).string();
}

std::string sourceText(SourceRange range, const DiagnosticEngine &diagnostics) {
  if (!range.isValid())
    return {};
  std::string text(diagnostics.sourceMap().get(range).text(range));
  if (size_t newline = text.find('\n'); newline != std::string::npos)
    text = text.substr(0, newline) + " ...";
  return text;
}

} // namespace snn::lang
