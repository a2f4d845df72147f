//===- Stmt.h - What all statements and declarations share ------*- C++ -*-===//
//
// Everything that stands on a line of its own, from `neuron LIF { … }` down to
// `V = V_reset`, is a statement. Which kinds a body may hold is the parser's
// table (Parse/Placement); the tree itself is uniform.
//
//===----------------------------------------------------------------------===//

#ifndef SNN_LANG_AST_STMT_H
#define SNN_LANG_AST_STMT_H

#include "lang/AST/Expr.h"

namespace snn::lang::ast {

/// `@solver(rk4)`, `@allow(W0304)`: overrules a choice of the compiler.
struct Attribute {
  Name name;
  std::vector<Argument> arguments;
  SourceRange range;
};

struct Stmt {
  enum class Kind {
    // A file holds
    Use,
    Model,
    Structure,
    Experiment,
    Chip,
    // anywhere
    Let,
    If,
    Precision,
    // neurons, synapses, plasticity rules and modulators hold
    Param,
    Input,
    Host,
    Source,
    Sum,
    Receptor,
    State,
    Equation,
    Bound,
    Trace,
    Port,
    Spike,
    Handler,
    Periodic,
    // handlers hold
    Assign,
    Send,
    Refractory,
    // columns and networks hold
    Instance,
    Import,
    Connect,
    Disconnect,
    Drive,
    When,
    InPort,
    OutPort,
    For,
    // experiments hold
    Network,
    Step,
    Duration,
    Seed,
    Schedule,
    Record,
    Plot,
    Expect,
    Sweep,
    Phase,
    At,
    Repeat,
    Control,
    Reset,
    Learning,
    Event,
  };

  const Kind kind;
  /// From the first token (attributes left out) to the last.
  SourceRange range;
  /// The word it begins with; invalid for equations, assignments and events.
  SourceRange keyword;
  std::vector<Attribute> attributes;
  /// The lines of the `///` comment above, without the slashes and one blank.
  std::vector<std::string> doc;

  virtual ~Stmt() = default;

protected:
  explicit Stmt(Kind kind) : kind(kind) {}
};

using StmtPtr = std::unique_ptr<Stmt>;

/// `{ … }`.
struct Block {
  std::vector<StmtPtr> statements;
  /// Both braces included; invalid where the block was left out.
  SourceRange range;

  bool isPresent() const { return range.isValid(); }
};

/// What restricts a drawn value: `redraw to >= 0.5 step`, `redraw to
/// sign(mean)`, `clip to 0 .. 1`, `at least 1 step`.
struct Restriction {
  enum class Kind {
    /// Draw again until the value is inside: a conditional distribution.
    Redraw,
    /// Move an outside value to the nearest bound.
    Clip,
    /// The same as clip, but of the value rounded to steps.
    AtLeast,
  };
  Kind kind = Kind::Redraw;
  /// `>=`, `>`, `<=` or `<` before the bound; empty for a range, for
  /// `sign(…)` and for `at least`.
  std::optional<BinaryOp> comparison;
  ExprPtr bound;
  SourceRange range;
};

/// `= given` or `~ drawn`, with the restrictions of the draw.
struct Initializer {
  enum class Kind { None, Given, Drawn };
  Kind kind = Kind::None;
  /// The `=` or `~`.
  SourceRange opRange;
  ExprPtr value;
  std::vector<Restriction> restrictions;

  explicit operator bool() const { return kind != Kind::None; }
};

/// `name [: type] [= value]`: a parameter, a state, a `let`, the argument of a
/// handler.
struct Binding {
  Name name;
  std::optional<Unit> type;
  Initializer init;
  SourceRange range;
};

/// `LIF(tau_m = 20 ms)`, `Exp<nS>(tau = 5 ms)`.
struct Instantiation {
  Name model;
  std::vector<Unit> generics;
  std::vector<Argument> arguments;
  SourceRange range;
};

/// `weight = J`, `delay ~ normal(…)`, `exc.tau = 3 ms` between the braces after
/// a population or connection.
struct Setting {
  /// A NameExpr or MemberExpr.
  ExprPtr target;
  Initializer init;
  SourceRange range;
};

struct Settings {
  std::vector<Setting> list;
  /// Both braces included; invalid where they were left out.
  SourceRange range;

  bool isPresent() const { return range.isValid(); }
};

/// `let mean = …, sd : mV = …`, also `let p = table(…) { … }`.
struct LetStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Let;
  LetStmt() : Stmt(ClassKind) {}

  std::vector<Binding> bindings;
};

/// `if c { … } else if d { … } else { … }`.
struct IfStmt : Stmt {
  static constexpr Kind ClassKind = Kind::If;
  IfStmt() : Stmt(ClassKind) {}

  struct Branch {
    /// Null for the last `else`.
    ExprPtr condition;
    Block body;
  };
  std::vector<Branch> branches;
};

/// `precision f64`.
struct PrecisionStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Precision;
  PrecisionStmt() : Stmt(ClassKind) {}

  Name precision;
};

} // namespace snn::lang::ast

#endif // SNN_LANG_AST_STMT_H
