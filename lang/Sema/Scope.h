//===- Scope.h - What names mean where an expression stands -----*- C++ -*-===//
//
// The checker of expressions asks a scope for everything that is not
// arithmetic. A model, a network that is being built and an experiment each
// have their own.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_SCOPE_H
#define SNN_LANG_SEMA_SCOPE_H

#include "lang/Sema/Types.h"

#include <vector>

namespace snn::lang {

/// A name that could have been meant, with the place and the kind of its
/// declaration ("a parameter").
struct Visible {
  std::string name;
  std::string kind;
  SourceRange range;
  /// For quantities.
  std::optional<Dimension> dimension;
};

class Scope {
public:
  virtual ~Scope() = default;

  /// The value of a name; empty where it is not declared here. Reports where it
  /// is declared but no value, and gives an error.
  virtual std::optional<Typed> name(const ast::NameExpr &name) = 0;
  /// A function of the scope's own; empty where it has none of that name.
  virtual std::optional<Typed> call(const ast::CallExpr &call) {
    return std::nullopt;
  }
  /// The value of `base.member`, `base[index]`; report where there is none.
  virtual Typed member(const ast::MemberExpr &member) = 0;
  virtual Typed element(const ast::IndexExpr &index) = 0;
  /// The truth of `lhs is rhs`.
  virtual Typed identity(const ast::BinaryExpr &is) = 0;
  /// All declared names, for suggestions.
  virtual std::vector<Visible> visible() const = 0;
  /// "neuron `LIF`".
  virtual std::string description() const = 0;
  /// `t` has a meaning here.
  virtual bool hasTime() const { return false; }
  /// Only the use of a model says the dimension of the value, so that a bare 0
  /// has it.
  virtual bool isGeneric(const checked::Expr &value) const { return false; }
  /// The step, for `dt` and `0.5 step`: a number while a network is built, a
  /// reference in a model, null where neither is known.
  virtual checked::ExprRef stepSize(SourceRange range) const { return nullptr; }
};

} // namespace snn::lang

#endif // SNN_LANG_SEMA_SCOPE_H
