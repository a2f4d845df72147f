//===- Entities.cpp - What names stand for while a network is built -------===//
//
// Populations and their slices, columns and their parts, tables, lists.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Entities.h"

#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Elaborator.h"
#include "lang/Sema/Evaluate.h"
#include "lang/Sema/Rules/Dimensions.h"

#include <algorithm>
#include <cmath>

namespace snn::lang {

std::string_view describe(Entity::Kind kind) {
  static constexpr std::string_view words[] = {
      "unknown", "a quantity", "a population", "a column",
      "a port",  "a table",    "a list",       "a text"};
  return words[static_cast<int>(kind)];
}

Entity Elaborator::evaluate(const ast::Expr &expr) {
  using Kind = ast::Expr::Kind;
  Entity entity;
  switch (expr.kind) {
  case Kind::Name:
    return nameEntity(ast::cast<ast::NameExpr>(expr));
  case Kind::Member:
    return memberEntity(ast::cast<ast::MemberExpr>(expr));
  case Kind::Index:
    return indexEntity(ast::cast<ast::IndexExpr>(expr));
  case Kind::Table:
    return tableEntity(ast::cast<ast::TableExpr>(expr));
  case Kind::String:
    entity.kind = Entity::Kind::Text;
    entity.text = ast::cast<ast::StringExpr>(expr).value;
    return entity;
  case Kind::List: {
    bool isPopulations = true;
    for (const ast::ExprPtr &element :
         ast::cast<ast::ListExpr>(expr).elements) {
      Entity one = evaluate(*element);
      if (one.isError())
        return one;
      isPopulations &= one.kind == Entity::Kind::Populations;
      entity.list.push_back(std::move(one));
    }
    if (!entity.list.empty() && isPopulations) {
      entity.kind = Entity::Kind::Populations;
      for (Entity &element : entity.list)
        entity.populations.insert(entity.populations.end(),
                                  element.populations.begin(),
                                  element.populations.end());
      entity.list.clear();
      return entity;
    }
    entity.kind = Entity::Kind::List;
    return entity;
  }
  default:
    break;
  }
  ExpressionChecker checker(*this, diagnostics);
  Typed value = checker.check(expr);
  if (value.isError())
    return entity;
  std::optional<double> known = evaluateConstant(*value.expr, diagnostics);
  if (!known)
    return entity;
  entity.kind = Entity::Kind::Quantity;
  auto node = std::make_shared<checked::Expr>();
  node->kind = value.kind == TypeKind::Truth ? checked::ExprKind::Bool
                                             : checked::ExprKind::Number;
  node->number = *known;
  node->dimension = value.dimension();
  node->range = expr.range;
  value.expr = node;
  entity.quantity = std::move(value);
  return entity;
}

std::optional<std::vector<PopulationRef>>
Elaborator::populations(const ast::Expr &expr) {
  Entity entity = evaluate(expr);
  if (entity.isError())
    return std::nullopt;
  if (entity.kind != Entity::Kind::Populations) {
    diagnostics
        .report(diag::WrongDeclaration, expr.range,
                sourceText(expr.range, diagnostics),
                std::string(describe(entity.kind)), "a population")
        .label(entity.range, "declared here");
    return std::nullopt;
  }
  return std::move(entity.populations);
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

Entity Elaborator::nameEntity(const ast::NameExpr &name) {
  if (const Entity *found = frame->find(name.name)) {
    Entity entity = *found;
    if (entity.kind == Entity::Kind::Populations)
      for (PopulationRef &ref : entity.populations)
        ref.slice.range = name.range;
    return entity;
  }
  for (const Frame *outer = frame; outer; outer = outer->parent)
    if (auto later = outer->later.find(name.name);
        later != outer->later.end()) {
      // Declared in a branch that did not run, or simply further down.
      Diagnostic &message =
          diagnostics.report(diag::UsedBeforeDefinition, name.range, name.name);
      message.label(later->second, "defined here");
      return {};
    }
  Entity entity;
  ExpressionChecker checker(*this, diagnostics);
  if (name.name == "pi" || name.name == "dt" ||
      (name.name == "t" && timeIsKnown)) {
    entity.kind = Entity::Kind::Quantity;
    entity.quantity = checker.check(name);
    return entity;
  }
  if (!lost.names)
    checker.reportUnknown(name.name, name.range);
  return entity;
}

std::vector<Visible> Elaborator::visible() const {
  std::vector<Visible> result;
  for (const Frame *outer = frame; outer; outer = outer->parent)
    for (const auto &[name, entity] : outer->names) {
      Visible entry{name, std::string(describe(entity.kind)), entity.range,
                    std::nullopt};
      if (entity.kind == Entity::Kind::Quantity && entity.quantity.expr)
        entry.dimension = entity.quantity.dimension();
      result.push_back(std::move(entry));
    }
  return result;
}

Typed Elaborator::quantityOf(const Entity &entity, SourceRange range) {
  if (entity.isError())
    return Typed::error();
  if (entity.kind == Entity::Kind::Quantity) {
    Typed value = entity.quantity;
    // A name is no literal: what is wrong with it is wrong here.
    value.isBareNumber = false;
    auto node = std::make_shared<checked::Expr>(*value.expr);
    node->range = range;
    value.expr = node;
    return value;
  }
  diagnostics
      .report(diag::NotAQuantity, range, sourceText(range, diagnostics),
              std::string(describe(entity.kind)))
      .label(entity.range, "declared here");
  return Typed::error();
}

std::optional<Typed> Elaborator::name(const ast::NameExpr &name) {
  const Entity *found = frame->find(name.name);
  if (!found) {
    if (std::optional<Typed> part = partOfDistance(name))
      return part;
    for (const Frame *outer = frame; outer; outer = outer->parent)
      if (outer->later.contains(name.name)) {
        nameEntity(name);
        return Typed::error();
      }
    bool isKnown = name.name == "pi" || name.name == "dt" || name.name == "t";
    if (lost.names && !isKnown)
      return Typed::error();
    return std::nullopt;
  }
  return quantityOf(*found, name.range);
}

Typed Elaborator::member(const ast::MemberExpr &member) {
  return quantityOf(memberEntity(member), member.range);
}

Typed Elaborator::element(const ast::IndexExpr &index) {
  return quantityOf(indexEntity(index), index.range);
}

Typed Elaborator::identity(const ast::BinaryExpr &is) {
  Entity lhs = evaluate(*is.lhs), rhs = evaluate(*is.rhs);
  if (lhs.isError() || rhs.isError())
    return Typed::error();
  if (lhs.kind != Entity::Kind::Populations || rhs.kind != lhs.kind) {
    diagnostics.report(diag::WrongDeclaration, is.range,
                       sourceText(is.range, diagnostics),
                       "a question about " + std::string(describe(lhs.kind)),
                       "one about populations");
    return Typed::error();
  }
  bool same =
      std::ranges::equal(lhs.populations, rhs.populations,
                         [](const PopulationRef &a, const PopulationRef &b) {
                           return a.slice.isSameAs(b.slice);
                         });
  auto node = std::make_shared<checked::Expr>();
  node->kind = checked::ExprKind::Bool;
  node->number = same;
  node->range = is.range;
  return Typed::truth(node);
}

//===----------------------------------------------------------------------===//
// Parts
//===----------------------------------------------------------------------===//

Entity Elaborator::memberEntity(const ast::MemberExpr &member) {
  return memberOf(member, evaluate(*member.base));
}

/// `V1.L23E` of an array of columns: what all of them call so. Arrays in an
/// array are one with the axes of both.
Entity Elaborator::memberOfAll(const ast::MemberExpr &member,
                               const Entity &list) {
  Entity result;
  result.range = list.range;
  result.extents = list.extents;
  if (result.extents.empty())
    result.extents = {list.list.size()};
  std::vector<uint64_t> inner;
  for (const Entity &element : list.list) {
    Entity part = memberOf(member, element);
    if (part.isError())
      return part;
    if (part.kind == Entity::Kind::Populations) {
      result.kind = part.kind;
      result.populations.insert(result.populations.end(),
                                part.populations.begin(),
                                part.populations.end());
      continue;
    }
    result.kind = Entity::Kind::List;
    if (part.kind != Entity::Kind::List) {
      result.list.push_back(std::move(part));
      continue;
    }
    inner = part.extents.empty() ? std::vector<uint64_t>{part.list.size()}
                                 : part.extents;
    result.list.insert(result.list.end(), part.list.begin(), part.list.end());
  }
  result.extents.insert(result.extents.end(), inner.begin(), inner.end());
  return result;
}

Entity Elaborator::memberOf(const ast::MemberExpr &member, Entity base) {
  Entity result;
  const std::string &name = member.member.text;
  switch (base.kind) {
  case Entity::Kind::Error:
    return base;
  case Entity::Kind::Column: {
    auto found = base.frame->names.find(name);
    if (found != base.frame->names.end()) {
      result = found->second;
      result.frame =
          result.kind == Entity::Kind::InPort ? base.frame : result.frame;
      if (result.kind == Entity::Kind::Populations)
        for (PopulationRef &ref : result.populations)
          ref.slice.range = member.range;
      return result;
    }
    if (lost.names)
      return result;
    std::vector<std::string> names;
    for (const auto &[known, entity] : base.frame->names)
      if (entity.kind != Entity::Kind::Quantity)
        names.push_back(known);
    Diagnostic &message =
        diagnostics.report(diag::UnknownMember, member.member.range,
                           sourceText(member.base->range, diagnostics), name);
    if (auto meant = nearest(name, names))
      message.at("did you mean `" + *meant + "`?");
    message.note(base.frame->summary.empty() ? "it has: " + joinNames(names)
                                             : base.frame->summary);
    return result;
  }
  case Entity::Kind::Populations: {
    if (name == "size" || name == "inhibitory") {
      uint64_t size = 0;
      bool isInhibitory = true;
      for (const PopulationRef &ref : base.populations) {
        size += ref.slice.size();
        isInhibitory &= inhibitory.contains(ref.slice.population);
      }
      result.kind = Entity::Kind::Quantity;
      if (name == "size") {
        result.quantity = Typed::quantity(makeNumber(
            static_cast<double>(size), Dimension::none(), member.range));
      } else {
        auto node = std::make_shared<checked::Expr>();
        node->kind = checked::ExprKind::Bool;
        node->number = isInhibitory;
        node->range = member.range;
        result.quantity = Typed::truth(node);
      }
      return result;
    }
    for (PopulationRef &ref : base.populations) {
      std::string whole =
          ref.member.empty() ? name : ref.member.text + "." + name;
      SourceRange range = ref.member.empty()
                              ? member.member.range
                              : join(ref.member.range, member.member.range);
      ref.member = {whole, range};
    }
    return base;
  }
  case Entity::Kind::List:
    if (!base.list.empty() && (base.list[0].kind == Entity::Kind::Column ||
                               base.list[0].kind == Entity::Kind::List))
      return memberOfAll(member, base);
    [[fallthrough]];
  default:
    diagnostics
        .report(diag::NoMembers, member.range,
                sourceText(member.base->range, diagnostics),
                std::string(describe(base.kind)))
        .label(base.range, "declared here");
    return result;
  }
}

std::optional<AxisIndex> Elaborator::axisIndex(const ast::IndexExpr &index,
                                               size_t axis, uint64_t size,
                                               const Entity &base,
                                               std::string_view what) {
  const ast::Expr &given = *index.indices[axis];
  const auto *range = ast::dynCast<ast::RangeExpr>(&given);
  const ast::Expr &lowExpr = range ? *range->low : given;
  const ast::Expr &highExpr = range ? *range->high : given;
  std::optional<double> low = number(lowExpr, "an index", Dimension::none());
  std::optional<double> high =
      range ? number(highExpr, "an index", Dimension::none()) : low;
  if (!low || !high)
    return std::nullopt;
  for (auto [value, expr] : {std::pair(*low, &lowExpr), {*high, &highExpr}}) {
    if (value != std::floor(value)) {
      diagnostics.report(diag::NotACount, expr->range, "an index",
                         formatNumber(value));
      return std::nullopt;
    }
    if (value < 0 || value >= static_cast<double>(size)) {
      diagnostics
          .report(diag::IndexOutside, expr->range,
                  sourceText(index.base->range, diagnostics),
                  formatNumber(value), Count(size), std::string(what))
          .at("valid: 0.." + std::to_string(size - 1))
          .label(base.range, "declared here");
      return std::nullopt;
    }
  }
  if (*high < *low) {
    diagnostics.report(diag::EmptyRange, given.range,
                       sourceText(given.range, diagnostics));
    return std::nullopt;
  }
  AxisIndex result;
  result.first = static_cast<uint64_t>(*low);
  uint64_t span = static_cast<uint64_t>(*high) - result.first;
  if (range && range->step) {
    std::optional<uint64_t> stride = count(*range->step, "the stride");
    if (!stride)
      return std::nullopt;
    if (*stride == 0) {
      diagnostics.report(diag::NotPositive, range->step->range, "stride", "0");
      return std::nullopt;
    }
    result.stride = *stride;
  }
  result.count = span / result.stride + 1;
  return result;
}

/// Neurons are counted with the last index running fastest. What several
/// indices choose is one slice where its neurons lie at equal distances, and
/// else one slice for each row.
Entity Elaborator::indexPopulation(const ast::IndexExpr &index, Entity base) {
  const checked::Slice whole = base.populations[0].slice;
  const std::vector<uint64_t> &declared =
      network.populations[whole.population].extents;
  std::vector<uint64_t> extents{whole.size()};
  bool isGrid = !declared.empty() &&
                whole.size() == network.populations[whole.population].size;
  if (isGrid && index.indices.size() != 1)
    extents = declared;
  if (index.indices.size() != extents.size() || base.populations.size() != 1) {
    diagnostics.report(diag::IndexCount, index.range,
                       sourceText(index.base->range, diagnostics));
    return {};
  }
  struct Row {
    uint64_t first = 0, count = 1, stride = 1;
  };
  std::vector<Row> rows{{}};
  uint64_t distance = 1;
  for (size_t axis = extents.size(); axis-- > 0; distance *= extents[axis]) {
    std::optional<AxisIndex> chosen =
        axisIndex(index, axis, extents[axis], base, "neurons");
    if (!chosen)
      return {};
    for (Row &row : rows)
      row.first += chosen->first * distance;
    if (chosen->count == 1)
      continue;
    uint64_t step = chosen->stride * distance;
    bool isAlone = rows.size() == 1 && rows[0].count == 1;
    bool goesOn = rows.size() == 1 && rows[0].count * rows[0].stride == step;
    if (isAlone) {
      rows[0].count = chosen->count;
      rows[0].stride = step;
    } else if (goesOn) {
      rows[0].count *= chosen->count;
    } else {
      std::vector<Row> all;
      for (uint64_t i = 0; i < chosen->count; ++i)
        for (Row row : rows) {
          row.first += i * step;
          all.push_back(row);
        }
      rows = std::move(all);
    }
  }
  std::vector<PopulationRef> refs;
  for (const Row &row : rows) {
    PopulationRef ref = base.populations[0];
    ref.isRowOfBlock = rows.size() > 1;
    ref.slice.first = whole.at(row.first);
    ref.slice.last = whole.at(row.first + (row.count - 1) * row.stride);
    ref.slice.stride = row.count == 1 ? 1 : row.stride * whole.stride;
    ref.slice.range = index.range;
    refs.push_back(ref);
  }
  base.populations = std::move(refs);
  return base;
}

Entity Elaborator::indexList(const ast::IndexExpr &index, Entity base) {
  std::vector<uint64_t> extents = base.extents;
  if (extents.empty())
    extents = {base.list.size()};
  if (index.indices.size() != extents.size()) {
    diagnostics.report(diag::IndexCount, index.range,
                       sourceText(index.base->range, diagnostics));
    return {};
  }
  std::vector<uint64_t> places{0}, left;
  bool isOne = true;
  for (size_t axis = 0; axis < extents.size(); ++axis) {
    std::optional<AxisIndex> chosen =
        axisIndex(index, axis, extents[axis], base, "elements");
    if (!chosen)
      return {};
    bool isRange = ast::dynCast<ast::RangeExpr>(index.indices[axis].get());
    isOne &= !isRange;
    if (isRange)
      left.push_back(chosen->count);
    std::vector<uint64_t> further;
    for (uint64_t place : places)
      for (uint64_t i = 0; i < chosen->count; ++i)
        further.push_back(place * extents[axis] + chosen->first +
                          i * chosen->stride);
    places = std::move(further);
  }
  if (isOne)
    return base.list[places[0]];
  Entity result;
  result.kind = Entity::Kind::List;
  result.range = base.range;
  result.extents = std::move(left);
  for (uint64_t place : places)
    result.list.push_back(base.list[place]);
  return result;
}

Entity Elaborator::indexEntity(const ast::IndexExpr &index) {
  Entity base = evaluate(*index.base);
  Entity result;
  if (base.isError())
    return base;
  if (base.kind == Entity::Kind::Populations)
    return indexPopulation(index, std::move(base));
  if (base.kind == Entity::Kind::List)
    return indexList(index, std::move(base));
  if (base.kind == Entity::Kind::Table) {
    const ast::TableExpr &table = *base.table->syntax;
    if (index.indices.size() != table.axes.size()) {
      diagnostics.report(diag::IndexCount, index.range,
                         sourceText(index.base->range, diagnostics));
      return result;
    }
    // The variable of a loop stands for a population; `K[t]` is the row that
    // the population has the name of.
    auto meantBy = [&](const std::string &text) {
      const Entity *entity = frame->find(text);
      return entity && entity->kind == Entity::Kind::Populations &&
                     entity->populations.size() == 1
                 ? &entity->populations[0].slice
                 : nullptr;
    };
    auto find = [&](const ast::Expr &expr, auto &&nameAt, size_t size) {
      std::string text = sourceText(expr.range, diagnostics);
      const checked::Slice *meant = meantBy(text);
      std::vector<std::string> names;
      for (size_t i = 0; i < size; ++i) {
        names.push_back(nameAt(i));
        if (names.back() == text)
          return i;
      }
      for (size_t i = 0; i < size && meant; ++i)
        if (const checked::Slice *row = meantBy(names[i]);
            row && row->population == meant->population &&
            row->first == meant->first && row->last == meant->last)
          return i;
      Diagnostic &message =
          diagnostics.report(diag::UnknownMember, expr.range,
                             sourceText(index.base->range, diagnostics), text);
      message.note("it has: " + joinNames(names));
      return size;
    };
    size_t row = find(
        *index.indices[0], [&](size_t i) { return table.rows[i].name.text; },
        table.rows.size());
    size_t column = 0;
    if (row < table.rows.size() && table.axes.size() > 1)
      column = find(
          *index.indices[1], [&](size_t i) { return table.columns[i].text; },
          table.columns.size());
    if (row >= table.rows.size() || column >= base.table->values[row].size())
      return result;
    result.quantity = base.table->values[row][column];
    if (!result.quantity.isError())
      result.kind = Entity::Kind::Quantity;
    return result;
  }
  diagnostics
      .report(diag::NotASequence, index.range,
              sourceText(index.base->range, diagnostics),
              std::string(describe(base.kind)))
      .label(base.range, "declared here");
  return result;
}

Entity Elaborator::tableEntity(const ast::TableExpr &table) {
  Entity result;
  auto value = std::make_shared<TableValue>();
  value->syntax = &table;
  const Typed *first = nullptr;
  bool isValid = true;
  for (const ast::TableExpr::Row &row : table.rows) {
    std::vector<Typed> &cells = value->values.emplace_back();
    cells.reserve(row.values.size());
    for (const ast::ExprPtr &expr : row.values) {
      Entity cell = evaluate(*expr);
      if (cell.kind != Entity::Kind::Quantity) {
        if (!cell.isError())
          quantityOf(cell, expr->range);
        isValid = false;
        cells.push_back(Typed::error());
        continue;
      }
      cells.push_back(cell.quantity);
      if (first && !rules::checkAlike(*first, cells.back(),
                                      "put into one table", diagnostics))
        isValid = false;
      else if (!first)
        first = &cells.back();
    }
  }
  if (!isValid)
    return result;
  result.kind = Entity::Kind::Table;
  result.table = std::move(value);
  return result;
}

} // namespace snn::lang
