//===- PrintExpr.cpp - Expressions as canonical text ------------*- C++ -*-===//
//
// Products stand close, sums apart: `g*(E_rev - V)/tau + I`.
//
//===----------------------------------------------------------------------===//

#include "lang/AST/PrinterImpl.h"

#include <algorithm>

namespace snn::lang {

using namespace ast;

void Printer::names(const std::vector<ast::Name> &nodes) {
  commaList(nodes, [&](const ast::Name &node) { write(node.text); });
}

void Printer::unit(const ast::Unit &unit) {
  auto factor = [&](const UnitFactor &one, int exponent) {
    write(one.name);
    if (exponent != 1)
      write("^" + std::to_string(exponent));
  };
  if (!unit.bracketed) {
    if (unit.isOne())
      write("1");
    else
      factor(unit.factors[0], unit.factors[0].exponent);
    return;
  }
  // `[a*b/(c*d)]`
  std::vector<const UnitFactor *> above, below;
  for (const UnitFactor &one : unit.factors)
    (one.exponent < 0 ? below : above).push_back(&one);
  write("[");
  if (above.empty())
    write("1");
  for (size_t i = 0; i < above.size(); ++i) {
    if (i > 0)
      write("*");
    factor(*above[i], above[i]->exponent);
  }
  if (!below.empty())
    write(below.size() > 1 ? "/(" : "/");
  for (size_t i = 0; i < below.size(); ++i) {
    if (i > 0)
      write("*");
    factor(*below[i], -below[i]->exponent);
  }
  write(below.size() > 1 ? ")]" : "]");
}

void Printer::arguments(const std::vector<Argument> &nodes, uint32_t begin) {
  write("(");
  if (!nodes.empty() && isBroken(begin, nodes.front().range.begin))
    newLine(indent + Continuation, nodes.front().range.begin);
  commaList(nodes, [&](const Argument &node) {
    if (!node.name.empty())
      write(node.name.text + " = ");
    expr(*node.value);
  });
  write(")");
}

void Printer::selection(const Selection &node) {
  expr(*node.source);
  if (!node.target)
    return;
  write(" -> ");
  expr(*node.target);
}

void Printer::selections(const std::vector<Selection> &nodes) {
  commaList(nodes, [&](const Selection &node) { selection(node); });
}

void Printer::range(const RangeExpr &node, bool inIndex) {
  auto isCount = [](const Expr &end) {
    auto *number = dynCast<NumberExpr>(&end);
    return number && !number->unit && number->isInteger();
  };
  auto isShort = [](const Expr &end) {
    return end.kind == Expr::Kind::Number || end.kind == Expr::Kind::Name ||
           end.kind == Expr::Kind::Member;
  };
  bool close = (isCount(*node.low) && isCount(*node.high)) ||
               (inIndex && isShort(*node.low) && isShort(*node.high));
  expr(*node.low);
  write(close ? ".." : " .. ");
  expr(*node.high);
  if (node.step) {
    write(" step ");
    expr(*node.step);
  }
}

void Printer::binary(const BinaryExpr &node) {
  expr(*node.lhs);
  bool close = node.op == BinaryOp::Multiply || node.op == BinaryOp::Divide ||
               node.op == BinaryOp::Power;
  if (isBroken(node.lhs->range.end, node.rhs->range.begin))
    newLine(indent + Continuation, node.rhs->range.begin);
  else if (!close)
    write(" ");
  write(spelling(node.op));
  if (!close)
    write(" ");
  expr(*node.rhs);
}

void Printer::table(const TableExpr &node) {
  write("table(");
  names(node.axes);
  write(") {");
  // Cells are printed first, to know how wide the columns are.
  struct Row {
    uint32_t begin;
    std::vector<std::string> cells;
  };
  std::vector<Row> rows;
  if (node.headerRange.isValid()) {
    Row row{node.headerRange.begin, {"_"}};
    for (const ast::Name &column : node.columns)
      row.cells.push_back(column.text);
    rows.push_back(std::move(row));
  }
  for (const TableExpr::Row &one : node.rows) {
    Row row{one.range.begin, {one.name.text}};
    for (const ExprPtr &value : one.values) {
      Printer cell(nullptr, nullptr);
      cell.expr(*value);
      row.cells.push_back(cell.takeLine());
    }
    rows.push_back(std::move(row));
  }
  // The header may stand anywhere in the source; here it comes first.
  std::vector<size_t> widths;
  for (const Row &row : rows) {
    widths.resize(std::max(widths.size(), row.cells.size()));
    for (size_t i = 0; i < row.cells.size(); ++i)
      widths[i] = std::max(widths[i], row.cells[i].size());
  }
  if (flat)
    write(" ");
  for (const Row &row : rows) {
    if (!flat)
      newLine(indent + Indent, row.begin);
    for (size_t i = 0; i < row.cells.size(); ++i) {
      bool last = i + 1 == row.cells.size();
      write(row.cells[i]);
      if (i > 0 && !last)
        write(",");
      if (!last && !flat)
        current.text.append(widths[i] - row.cells[i].size(), ' ');
      write(last ? "" : i == 0 ? " : " : " ");
    }
    if (flat && &row != &rows.back())
      write("; ");
  }
  if (flat)
    return write(" }");
  flushComments(node.range.end - 1, indent + Indent);
  newLine(indent, node.range.end - 1);
  write("}");
}

void Printer::metric(const MetricExpr &node) {
  write(node.metric.text);
  if (!node.arguments.empty())
    arguments(node.arguments, node.metric.range.end);
  if (!node.part.empty())
    write("." + node.part.text);
  write(" of ");
  selection(node.selection);
  if (node.atLeast) {
    write(" (at least ");
    expr(*node.atLeast);
    write(")");
  }
  if (!node.during.empty())
    write(" during " + node.during.text);
  if (node.from) {
    write(" from ");
    expr(*node.from);
    write(" to ");
    expr(*node.to);
  }
}

void Printer::expr(const Expr &node) {
  if (node.parenthesized)
    write("(");
  operand(node);
  if (node.parenthesized)
    write(")");
}

static std::string quote(std::string_view text) {
  std::string result = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\')
      result += '\\';
    if (c == '\n')
      result += "\\n";
    else if (c == '\t')
      result += "\\t";
    else
      result += c;
  }
  return result + "\"";
}

void Printer::operand(const Expr &node) {
  switch (node.kind) {
  case Expr::Kind::Number: {
    auto &number = cast<NumberExpr>(node);
    write(number.digits);
    if (number.unit) {
      write(" ");
      unit(*number.unit);
    }
    return;
  }
  case Expr::Kind::Percent:
    return write(cast<PercentExpr>(node).digits + " %");
  case Expr::Kind::String:
    return write(quote(cast<StringExpr>(node).value));
  case Expr::Kind::Boolean:
    return write(cast<BooleanExpr>(node).value ? "true" : "false");
  case Expr::Kind::Name:
    return write(cast<NameExpr>(node).name);
  case Expr::Kind::Member: {
    auto &member = cast<MemberExpr>(node);
    expr(*member.base);
    // `200.x` would be a number with a point and no digits behind it.
    if (member.base->kind == Expr::Kind::Number)
      write(" ");
    return write("." + member.member.text);
  }
  case Expr::Kind::Index: {
    auto &index = cast<IndexExpr>(node);
    expr(*index.base);
    write("[");
    commaList(index.indices, [&](const ExprPtr &one) {
      if (auto *slice = dynCast<RangeExpr>(one.get()))
        range(*slice, true);
      else
        expr(*one);
    });
    return write("]");
  }
  case Expr::Kind::Call: {
    auto &call = cast<CallExpr>(node);
    expr(*call.callee);
    return arguments(call.arguments, call.callee->range.end);
  }
  case Expr::Kind::List: {
    auto &list = cast<ListExpr>(node);
    write("[");
    if (!list.elements.empty() &&
        isBroken(list.range.begin, list.elements.front()->range.begin))
      newLine(indent + Continuation, list.elements.front()->range.begin);
    commaList(list.elements, [&](const ExprPtr &one) { expr(*one); });
    return write("]");
  }
  case Expr::Kind::Unary: {
    auto &unary = cast<UnaryExpr>(node);
    write(spelling(unary.op));
    if (unary.op == UnaryOp::Not)
      write(" ");
    return expr(*unary.operand);
  }
  case Expr::Kind::Binary:
    return binary(cast<BinaryExpr>(node));
  case Expr::Kind::Conditional: {
    auto &choice = cast<ConditionalExpr>(node);
    write("if ");
    expr(*choice.condition);
    breakOr(choice.condition->range.end, choice.thenValue->range.begin, " ");
    write("then ");
    expr(*choice.thenValue);
    breakOr(choice.thenValue->range.end, choice.elseValue->range.begin, " ");
    write("else ");
    return expr(*choice.elseValue);
  }
  case Expr::Kind::Range:
    return range(cast<RangeExpr>(node), false);
  case Expr::Kind::Table:
    return table(cast<TableExpr>(node));
  case Expr::Kind::Metric:
    return metric(cast<MetricExpr>(node));
  }
}

} // namespace snn::lang
