//===- BuildExpr.cpp - Expressions of the syntax tree -----------*- C++ -*-===//
//
// Builds expressions, units, ranges and selections.
//
//===----------------------------------------------------------------------===//

#include "lang/Parse/Builder.h"

#include <algorithm>
#include <charconv>

namespace snn::lang {

using namespace ast;
using antlr4::ParserRuleContext;
using antlr4::Token;

//===----------------------------------------------------------------------===//
// Places and names
//===----------------------------------------------------------------------===//

SourceRange Builder::range(const Token *token) const {
  return buffer.range(static_cast<uint32_t>(token->getStartIndex()),
                      static_cast<uint32_t>(token->getStopIndex()) + 1);
}

SourceRange Builder::range(ParserRuleContext *ctx) const {
  return join(range(ctx->start), range(ctx->stop ? ctx->stop : ctx->start));
}

ast::Name Builder::name(P::NameContext *ctx) const {
  return {ctx->start->getText(), range(ctx->start)};
}

std::vector<ast::Name>
Builder::names(const std::vector<P::NameContext *> &ctxs) const {
  std::vector<ast::Name> result;
  for (P::NameContext *ctx : ctxs)
    result.push_back(name(ctx));
  return result;
}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

template <typename T>
static std::unique_ptr<T> makeExpr(SourceRange range) {
  auto node = std::make_unique<T>();
  node->range = range;
  return node;
}

ExprPtr Builder::nameExpr(P::NameContext *ctx) {
  auto node = makeExpr<NameExpr>(range(ctx));
  node->name = ctx->start->getText();
  return node;
}

ExprPtr Builder::stringExpr(Token *token) {
  auto node = makeExpr<StringExpr>(range(token));
  std::string text = token->getText();
  for (size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] != '\\') {
      node->value += text[i];
      continue;
    }
    static constexpr std::string_view Escapes = "\"\\nt", Values = "\"\\\n\t";
    size_t which = Escapes.find(text[++i]);
    if (which != Escapes.npos) {
      node->value += Values[which];
      continue;
    }
    uint32_t begin = node->range.begin + static_cast<uint32_t>(i) - 1;
    engine
        .report(diag::InvalidEscape, buffer.range(begin, begin + 2),
                text.substr(i - 1, 2))
        .help("a backslash itself is written `\\\\`");
  }
  return node;
}

ExprPtr Builder::number(P::NumberContext *ctx) {
  auto node = makeExpr<NumberExpr>(range(ctx));
  node->digits = ctx->NUMBER()->getText();
  node->digitsRange = range(ctx->NUMBER());
  if (ctx->unit())
    node->unit = unit(ctx->unit());
  return node;
}

ExprPtr Builder::percent(P::PercentContext *ctx) {
  auto node = makeExpr<PercentExpr>(range(ctx));
  node->digits = ctx->NUMBER()->getText();
  return node;
}

ExprPtr Builder::list(P::ListContext *ctx) {
  auto node = makeExpr<ListExpr>(range(ctx));
  for (P::ExprContext *element : ctx->expr())
    node->elements.push_back(expr(element));
  return node;
}

static std::string counted(size_t count, const std::string &what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

ExprPtr Builder::table(P::TableContext *ctx) {
  auto node = makeExpr<TableExpr>(range(ctx));
  node->axes = names(ctx->name());
  bool twoAxes = node->axes.size() == 2;
  for (P::TableRowContext *row : ctx->tableRow()) {
    if (row->exception)
      continue;
    std::vector<P::ExprContext *> values = row->expr();
    SourceRange place = join(range(row->name()), range(values.back()));
    if (row->name()->getText() == "_") {
      node->headerRange = place;
      for (P::ExprContext *value : values) {
        ExprPtr column = expr(value);
        std::string written(buffer.text(column->range));
        node->columns.push_back({written, column->range});
        if (column->kind != Expr::Kind::Name || column->parenthesized)
          engine.report(diag::UnexpectedToken, column->range,
                        "`" + written + "`", "the name of a column");
      }
      continue;
    }
    TableExpr::Row entry{name(row->name()), {}, place};
    for (P::ExprContext *value : values)
      entry.values.push_back(expr(value));
    size_t columns = twoAxes ? node->columns.size() : 1;
    if (entry.values.size() != columns &&
        (node->headerRange.isValid() || !twoAxes))
      engine
          .report(diag::TableShape, place, entry.name.text,
                  counted(entry.values.size(), "value"),
                  counted(columns, "column"))
          .label(node->headerRange, "the columns");
    node->rows.push_back(std::move(entry));
  }
  if (twoAxes != node->headerRange.isValid())
    engine
        .report(diag::UnexpectedToken,
                twoAxes ? range(ctx->LBRACE()) : node->headerRange,
                twoAxes ? "no header" : "a header",
                twoAxes ? "a row with the names of the columns"
                        : "a row with one value")
        .help(twoAxes ? "begin with the names of the columns: `_ : E, I`"
                      : "a table over one axis has no columns to name");
  return node;
}

//===----------------------------------------------------------------------===//
// Units
//===----------------------------------------------------------------------===//

UnitFactor Builder::unitFactor(P::UnitFactorContext *ctx) {
  UnitFactor factor{ctx->NAME()->getText(), 1, range(ctx)};
  if (P::ExponentContext *exponent = ctx->exponent()) {
    std::string digits = exponent->NUMBER()->getText();
    int value = 0;
    auto [end, status] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (status != std::errc() || end != digits.data() + digits.size() ||
        value > 99)
      engine.report(diag::InvalidUnitPower, range(exponent));
    else
      factor.exponent = exponent->MINUS() ? -value : value;
  }
  return factor;
}

void Builder::unitProduct(P::UnitProductContext *ctx, int sign,
                          ast::Unit &result) {
  // `a/b/c` is a/(b*c): each sign holds for the one factor after it.
  int next = sign;
  for (antlr4::tree::ParseTree *child : ctx->children) {
    if (auto *op = dynamic_cast<antlr4::tree::TerminalNode *>(child)) {
      next = op->getSymbol()->getType() == P::SLASH ? -sign : sign;
      continue;
    }
    auto *term = static_cast<P::UnitTermContext *>(child);
    if (term->unitFactor()) {
      UnitFactor factor = unitFactor(term->unitFactor());
      factor.exponent *= next;
      result.factors.push_back(std::move(factor));
    } else if (term->unitProduct()) {
      unitProduct(term->unitProduct(), next, result);
    } else if (term->getText() != "1") {
      engine.report(diag::InvalidUnit, range(term), term->getText());
    }
  }
}

ast::Unit Builder::unit(P::UnitContext *ctx) {
  ast::Unit result;
  result.range = range(ctx);
  if (ctx->unitFactor()) {
    result.factors.push_back(unitFactor(ctx->unitFactor()));
  } else {
    result.bracketed = true;
    unitProduct(ctx->unitProduct(), 1, result);
    // `a/b*c` and `a*c/b` are one unit, so they are one tree.
    std::vector<UnitFactor> factors;
    for (bool below : {false, true})
      for (const UnitFactor &one : result.factors)
        if ((one.exponent < 0) == below)
          factors.push_back(one);
    result.factors = std::move(factors);
  }
  return result;
}

ast::Unit Builder::unitType(P::UnitTypeContext *ctx) {
  if (ctx->unit())
    return unit(ctx->unit());
  if (ctx->getText() != "1")
    engine.report(diag::InvalidUnit, range(ctx), ctx->getText())
        .help("a value without dimension is declared by `: 1`");
  ast::Unit result;
  result.range = range(ctx);
  return result;
}

//===----------------------------------------------------------------------===//
// Ranges, places, arguments
//===----------------------------------------------------------------------===//

ExprPtr Builder::makeRange(const std::vector<P::ExprContext *> &parts,
                           ParserRuleContext *ctx) {
  auto node = makeExpr<RangeExpr>(range(ctx));
  node->low = expr(parts[0]);
  node->high = expr(parts[1]);
  if (parts.size() > 2)
    node->step = expr(parts[2]);
  return node;
}

ExprPtr Builder::rangeOrValue(P::RangeOrValueContext *ctx) {
  std::vector<P::ExprContext *> parts = ctx->expr();
  return parts.size() == 1 ? expr(parts[0]) : makeRange(parts, ctx);
}

ExprPtr Builder::suffixes(ExprPtr base,
                          const std::vector<P::SuffixContext *> &ctxs) {
  for (P::SuffixContext *ctx : ctxs) {
    SourceRange place = join(base->range, range(ctx));
    if (ctx->name()) {
      auto node = makeExpr<MemberExpr>(place);
      node->member = name(ctx->name());
      node->base = std::move(base);
      base = std::move(node);
      continue;
    }
    auto node = makeExpr<IndexExpr>(place);
    for (P::RangeOrValueContext *index : ctx->rangeOrValue())
      node->indices.push_back(rangeOrValue(index));
    node->base = std::move(base);
    base = std::move(node);
  }
  return base;
}

ExprPtr Builder::endpoint(P::EndpointContext *ctx) {
  ExprPtr base = ctx->name() ? nameExpr(ctx->name()) : list(ctx->list());
  return suffixes(std::move(base), ctx->suffix());
}

ExprPtr Builder::place(P::PlaceContext *ctx) {
  return suffixes(nameExpr(ctx->name()), ctx->suffix());
}

Selection Builder::selection(P::SelectionContext *ctx) {
  std::vector<P::EndpointContext *> ends = ctx->endpoint();
  Selection result;
  result.range = range(ctx);
  result.source = endpoint(ends[0]);
  if (ends.size() > 1)
    result.target = endpoint(ends[1]);
  return result;
}

std::vector<Selection> Builder::selections(P::SelectionsContext *ctx) {
  std::vector<Selection> result;
  if (ctx)
    for (P::SelectionContext *one : ctx->selection())
      result.push_back(selection(one));
  return result;
}

Argument Builder::argument(P::ArgumentContext *ctx) {
  Argument result;
  result.range = range(ctx);
  if (ctx->name())
    result.name = name(ctx->name());
  result.value = expr(ctx->expr());
  return result;
}

std::vector<Argument> Builder::arguments(P::ArgumentsContext *ctx,
                                         bool ofAttribute) {
  std::vector<Argument> result;
  if (!ctx)
    return result;
  for (P::ArgumentContext *one : ctx->argument()) {
    Argument given = argument(one);
    auto same = std::ranges::find_if(result, [&](const Argument &other) {
      return !given.name.empty() && other.name.text == given.name.text;
    });
    if (same != result.end())
      engine.report(diag::DuplicateArgument, given.name.range, given.name.text)
          .label(same->name.range, "given here first");
    if (!ofAttribute && given.name.empty() && !result.empty() &&
        !result.back().name.empty())
      engine.report(diag::PositionalAfterNamed, given.range)
          .label(result.back().range, "this has a name");
    result.push_back(std::move(given));
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

ExprPtr Builder::binaryExpr(P::BinaryExprContext *ctx) {
  static constexpr std::pair<size_t, BinaryOp> Operators[] = {
      {P::OR, BinaryOp::Or},
      {P::AND, BinaryOp::And},
      {P::LESS, BinaryOp::Less},
      {P::LESS_EQUAL, BinaryOp::LessEqual},
      {P::GREATER, BinaryOp::Greater},
      {P::GREATER_EQUAL, BinaryOp::GreaterEqual},
      {P::EQUAL, BinaryOp::Equal},
      {P::NOT_EQUAL, BinaryOp::NotEqual},
      {P::IS, BinaryOp::Is},
      {P::PLUS, BinaryOp::Add},
      {P::MINUS, BinaryOp::Subtract},
      {P::STAR, BinaryOp::Multiply},
      {P::SLASH, BinaryOp::Divide},
      {P::CARET, BinaryOp::Power}};
  auto node = makeExpr<BinaryExpr>(range(ctx));
  auto *op = static_cast<antlr4::tree::TerminalNode *>(ctx->children[1]);
  size_t type = op->getSymbol()->getType();
  node->op =
      std::ranges::find(Operators, type, &std::pair<size_t, BinaryOp>::first)
          ->second;
  node->opRange = range(op);
  node->lhs = expr(ctx->expr(0));
  node->rhs = expr(ctx->expr(1));

  auto compares = [](BinaryOp op) {
    return op >= BinaryOp::Less && op <= BinaryOp::Is;
  };
  if (auto *left = dynCast<BinaryExpr>(node->lhs.get()))
    if (compares(node->op) && compares(left->op) && !left->parenthesized)
      engine.report(diag::ChainedComparison, node->opRange)
          .label(left->opRange, "the first comparison")
          .help("join two comparisons with `and`");
  return node;
}

ExprPtr Builder::metricExpr(P::OperandExprContext *ctx) {
  auto node = makeExpr<MetricExpr>(range(ctx));
  P::OperandContext *base = ctx->operand();
  if (auto *member = dynamic_cast<P::MemberOperandContext *>(base);
      member && dynamic_cast<P::CallOperandContext *>(member->operand())) {
    node->part = name(member->name());
    base = member->operand();
  }
  if (auto *call = dynamic_cast<P::CallOperandContext *>(base)) {
    node->arguments = arguments(call->arguments());
    base = call->operand();
  }
  auto *plain = dynamic_cast<P::NameOperandContext *>(base);
  if (plain && !plain->PRIME()) {
    node->metric = name(plain->name());
  } else {
    std::string written(buffer.text(range(base)));
    node->metric = {written, range(base)};
    engine.report(diag::UnexpectedToken, range(base), "`" + written + "`",
                  "the name of a measured value");
  }
  node->selection = selection(ctx->measured()->selection());
  for (P::QualifierContext *qualifier : ctx->measured()->qualifier()) {
    if (qualifier->AT()) {
      node->atLeast = expr(qualifier->expr());
    } else if (qualifier->DURING()) {
      node->during = name(qualifier->name());
    } else {
      node->from = operand(qualifier->operand(0));
      node->to = operand(qualifier->operand(1));
    }
  }
  if (!metricsWelcome)
    engine.report(diag::MisplacedMetric, node->range,
                  std::string(buffer.text(node->range)));
  return node;
}

ExprPtr Builder::expr(P::ExprContext *ctx) {
  if (auto *c = dynamic_cast<P::OperandExprContext *>(ctx))
    return c->measured() ? metricExpr(c) : operand(c->operand());
  if (auto *c = dynamic_cast<P::BinaryExprContext *>(ctx))
    return binaryExpr(c);
  if (auto *c = dynamic_cast<P::UnaryExprContext *>(ctx)) {
    auto node = makeExpr<UnaryExpr>(range(c));
    node->op = c->NOT()    ? UnaryOp::Not
               : c->PLUS() ? UnaryOp::Plus
                           : UnaryOp::Minus;
    node->opRange = range(c->start);
    node->operand = expr(c->expr());
    return node;
  }
  auto *c = static_cast<P::ConditionalExprContext *>(ctx);
  auto node = makeExpr<ConditionalExpr>(range(c));
  node->condition = expr(c->expr(0));
  node->thenValue = expr(c->expr(1));
  node->elseValue = expr(c->expr(2));
  return node;
}

ExprPtr Builder::operand(P::OperandContext *ctx) {
  if (auto *c = dynamic_cast<P::NameOperandContext *>(ctx)) {
    ExprPtr node = nameExpr(c->name());
    if (c->PRIME()) {
      node->range = range(c);
      derivatives.push_back({node.get(), name(c->name()), node->range});
    }
    return node;
  }
  if (auto *c = dynamic_cast<P::NumberOperandContext *>(ctx))
    return number(c->number());
  if (auto *c = dynamic_cast<P::ParenOperandContext *>(ctx)) {
    ExprPtr node = expr(c->expr());
    node->parenthesized = true;
    return node;
  }
  if (auto *c = dynamic_cast<P::MemberOperandContext *>(ctx)) {
    auto node = makeExpr<MemberExpr>(range(c));
    node->base = operand(c->operand());
    node->member = name(c->name());
    return node;
  }
  if (auto *c = dynamic_cast<P::CallOperandContext *>(ctx)) {
    auto node = makeExpr<CallExpr>(range(c));
    node->callee = operand(c->operand());
    node->arguments = arguments(c->arguments());
    return node;
  }
  if (auto *c = dynamic_cast<P::IndexOperandContext *>(ctx)) {
    auto node = makeExpr<IndexExpr>(range(c));
    node->base = operand(c->operand());
    for (P::RangeOrValueContext *index : c->rangeOrValue())
      node->indices.push_back(rangeOrValue(index));
    // No number has elements: what was meant is a compound unit.
    if (node->base->kind == Expr::Kind::Number) {
      SourceRange place = join(range(c->LBRACKET()), range(c->RBRACKET()));
      engine.report(diag::InvalidUnit, place, std::string(buffer.text(place)))
          .help("a compound unit is made of units, whole powers, `*` and `/`");
    }
    return node;
  }
  if (auto *c = dynamic_cast<P::BooleanOperandContext *>(ctx)) {
    auto node = makeExpr<BooleanExpr>(range(c));
    node->value = c->TRUE() != nullptr;
    return node;
  }
  if (auto *c = dynamic_cast<P::ListOperandContext *>(ctx))
    return list(c->list());
  if (auto *c = dynamic_cast<P::PercentOperandContext *>(ctx))
    return percent(c->percent());
  if (auto *c = dynamic_cast<P::StringOperandContext *>(ctx))
    return stringExpr(c->STRING()->getSymbol());
  return table(static_cast<P::TableOperandContext *>(ctx)->table());
}

void Builder::checkDerivatives(size_t from) {
  for (; derivatives.size() > from; derivatives.pop_back())
    engine
        .report(diag::MisplacedDerivative, derivatives.back().range,
                derivatives.back().variable.text + "'")
        .help("repeat its value here, or name it with `let`");
}

} // namespace snn::lang
