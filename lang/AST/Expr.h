//===- Expr.h - Expressions of the syntax tree ------------------*- C++ -*-===//
//
// An expression as it is written: numbers keep their digits and their unit (so
// that scaling is exact and happens once, later), names are not resolved.
//
//===----------------------------------------------------------------------===//

#ifndef SNN_LANG_AST_EXPR_H
#define SNN_LANG_AST_EXPR_H

#include "lang/Basic/Source.h"

#include <cassert>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace snn::lang::ast {

/// An identifier and where it stands.
struct Name {
  std::string text;
  SourceRange range;

  bool empty() const { return text.empty(); }
};

/// One factor of a unit: `mV` in `[nS/mV^2]` with exponent -2.
struct UnitFactor {
  std::string name;
  int exponent = 1;
  SourceRange range;
};

/// A unit of measure: `pA`, `mV^2`, `[nS/ms]`, or `1` (no factors). Where a
/// type stands, a single factor may instead be a model, `weight` or a generic
/// parameter; only name lookup can tell.
struct Unit {
  std::vector<UnitFactor> factors;
  bool bracketed = false;
  SourceRange range;

  bool isOne() const { return factors.empty(); }
  /// The name, if this is one plain name.
  const std::string *asName() const {
    return !bracketed && factors.size() == 1 && factors[0].exponent == 1
               ? &factors[0].name
               : nullptr;
  }
};

struct Expr {
  enum class Kind {
    Number,
    Percent,
    String,
    Boolean,
    Name,
    Member,
    Index,
    Call,
    List,
    Unary,
    Binary,
    Conditional,
    Range,
    Table,
    Metric,
  };

  const Kind kind;
  /// The expression without the parentheses that may enclose it.
  SourceRange range;
  /// Written in parentheses: the formatter keeps them, nothing else looks.
  bool parenthesized = false;

  virtual ~Expr() = default;

protected:
  explicit Expr(Kind kind) : kind(kind) {}
};

using ExprPtr = std::unique_ptr<Expr>;

/// `10 ms`, `2.5e-3`, `3 [nS/ms]`, `10_000`.
struct NumberExpr : Expr {
  static constexpr Kind ClassKind = Kind::Number;
  NumberExpr() : Expr(ClassKind) {}

  /// As written, underscores included.
  std::string digits;
  SourceRange digitsRange;
  std::optional<Unit> unit;

  /// Without a point or an exponent: may be a count.
  bool isInteger() const {
    return digits.find_first_of(".eE") == std::string::npos;
  }
};

/// `10 %`: relative to something that the place says.
struct PercentExpr : Expr {
  static constexpr Kind ClassKind = Kind::Percent;
  PercentExpr() : Expr(ClassKind) {}

  std::string digits;
};

struct StringExpr : Expr {
  static constexpr Kind ClassKind = Kind::String;
  StringExpr() : Expr(ClassKind) {}

  /// With its escapes replaced.
  std::string value;
};

struct BooleanExpr : Expr {
  static constexpr Kind ClassKind = Kind::Boolean;
  BooleanExpr() : Expr(ClassKind) {}

  bool value = false;
};

struct NameExpr : Expr {
  static constexpr Kind ClassKind = Kind::Name;
  NameExpr() : Expr(ClassKind) {}

  std::string name;
};

/// `exc.I`, `s.size`, `[L4E, L4I].syn`.
struct MemberExpr : Expr {
  static constexpr Kind ClassKind = Kind::Member;
  MemberExpr() : Expr(ClassKind) {}

  ExprPtr base;
  Name member;
};

/// `E[0..99]`, `grid[2, 3]`: a RangeExpr among the indices is a slice.
struct IndexExpr : Expr {
  static constexpr Kind ClassKind = Kind::Index;
  IndexExpr() : Expr(ClassKind) {}

  ExprPtr base;
  std::vector<ExprPtr> indices;
};

/// An argument, by position when `name` is empty.
struct Argument {
  Name name;
  ExprPtr value;
  SourceRange range;
};

/// `exp(x)`, `normal(mean, 50 %)`.
struct CallExpr : Expr {
  static constexpr Kind ClassKind = Kind::Call;
  CallExpr() : Expr(ClassKind) {}

  ExprPtr callee;
  std::vector<Argument> arguments;
};

/// `[E, I]`.
struct ListExpr : Expr {
  static constexpr Kind ClassKind = Kind::List;
  ListExpr() : Expr(ClassKind) {}

  std::vector<ExprPtr> elements;
};

enum class UnaryOp { Minus, Plus, Not };

struct UnaryExpr : Expr {
  static constexpr Kind ClassKind = Kind::Unary;
  UnaryExpr() : Expr(ClassKind) {}

  UnaryOp op = UnaryOp::Minus;
  SourceRange opRange;
  ExprPtr operand;
};

enum class BinaryOp {
  Or,
  And,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  Equal,
  NotEqual,
  /// `x is y`: the same declaration, asked while the network is built.
  Is,
  Add,
  Subtract,
  Multiply,
  Divide,
  Power,
};

struct BinaryExpr : Expr {
  static constexpr Kind ClassKind = Kind::Binary;
  BinaryExpr() : Expr(ClassKind) {}

  BinaryOp op = BinaryOp::Add;
  SourceRange opRange;
  ExprPtr lhs;
  ExprPtr rhs;
};

/// `if c then a else b`.
struct ConditionalExpr : Expr {
  static constexpr Kind ClassKind = Kind::Conditional;
  ConditionalExpr() : Expr(ClassKind) {}

  ExprPtr condition;
  ExprPtr thenValue;
  ExprPtr elseValue;
};

/// `a .. b`, both ends included, or `a .. b step c`. Stands only as an index,
/// after `in`, `redraw to`, `clip to` and `over seeds`.
struct RangeExpr : Expr {
  static constexpr Kind ClassKind = Kind::Range;
  RangeExpr() : Expr(ClassKind) {}

  ExprPtr low;
  ExprPtr high;
  /// Null without `step`.
  ExprPtr step;
};

/// `table(target, source) { _ : A, B … }`. A table over one axis has no column
/// names and one value in each row.
struct TableExpr : Expr {
  static constexpr Kind ClassKind = Kind::Table;
  TableExpr() : Expr(ClassKind) {}

  struct Row {
    Name name;
    std::vector<ExprPtr> values;
    SourceRange range;
  };

  /// The names of the axes: rows, then columns.
  std::vector<Name> axes;
  std::vector<Name> columns;
  /// The range of `_ : A, B`; invalid without it.
  SourceRange headerRange;
  std::vector<Row> rows;
};

/// What a selection of neurons or, with `target`, of synapses is: `E[0..9]`,
/// `[E, I]`, `E -> I.exc`.
struct Selection {
  ExprPtr source;
  /// Null for neurons.
  ExprPtr target;
  SourceRange range;
};

/// A measured value, only in `expect` and `plot`:
/// `rate of E`, `cv_isi of E (at least 5 isi) during stimulus`,
/// `spectrum_peak(segment = 256 ms) of [E, I]`, `relu_fit(rate).r2 of cell`.
struct MetricExpr : Expr {
  static constexpr Kind ClassKind = Kind::Metric;
  MetricExpr() : Expr(ClassKind) {}

  Name metric;
  std::vector<Argument> arguments;
  /// `.r2`: which number of several; empty without.
  Name part;
  Selection selection;
  /// `(at least 5 isi)`: a number whose unit is what is counted; else null.
  ExprPtr atLeast;
  /// `during NAME`: a phase; empty without.
  Name during;
  /// `from a to b`: a window of time; null without.
  ExprPtr from;
  ExprPtr to;
};

/// `node` as a T, or null when it is of another kind.
template <typename T, typename Node>
const T *dynCast(const Node *node) {
  return node && node->kind == T::ClassKind ? static_cast<const T *>(node)
                                            : nullptr;
}
template <typename T, typename Node>
T *dynCast(Node *node) {
  return node && node->kind == T::ClassKind ? static_cast<T *>(node) : nullptr;
}
template <typename T, typename Node>
const T &cast(const Node &node) {
  assert(node.kind == T::ClassKind && "cast to another kind of node");
  return static_cast<const T &>(node);
}

/// The token that stands for an operator: "+", "and", "is".
const char *spelling(BinaryOp op);
const char *spelling(UnaryOp op);

} // namespace snn::lang::ast

#endif // SNN_LANG_AST_EXPR_H
