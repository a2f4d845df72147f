//===- Model.h - Neurons, synapses, plasticity, modulators ------*- C++ -*-===//
//
// The four kinds of model are written alike: parameters, states, equations and
// what happens at events.
//
//===----------------------------------------------------------------------===//

#ifndef SNN_LANG_AST_MODEL_H
#define SNN_LANG_AST_MODEL_H

#include "lang/AST/Stmt.h"

namespace snn::lang::ast {

enum class ModelKind { Neuron, Synapse, Plasticity, Modulator };

/// `neuron AdaptiveThresholdLIF extends LIF { … }`, `synapse Exp<U> { … }`,
/// `plasticity DopamineSTDP(dopamine: Dopamine) { … }`.
struct ModelDecl : Stmt {
  static constexpr Kind ClassKind = Kind::Model;
  ModelDecl() : Stmt(ClassKind) {}

  ModelKind model = ModelKind::Neuron;
  Name name;
  std::vector<Name> generics;
  std::vector<Binding> parameters;
  /// Empty without `extends`.
  Name base;
  Block body;
};

/// A member that may redefine what the base model has.
struct MemberStmt : Stmt {
  /// The word `override`; invalid without.
  SourceRange overrideRange;
  bool isOverride() const { return overrideRange.isValid(); }

protected:
  using Stmt::Stmt;
};

/// `param tau = 10 ms, w_max : weight`.
struct ParamStmt : MemberStmt {
  static constexpr Kind ClassKind = Kind::Param;
  ParamStmt() : MemberStmt(ClassKind) {}

  std::vector<Binding> bindings;
};

/// `input I_ext : pA`: the sum of what is injected.
struct InputStmt : MemberStmt {
  static constexpr Kind ClassKind = Kind::Input;
  InputStmt() : MemberStmt(ClassKind) {}

  std::vector<Binding> bindings;
};

/// `host V : mV`: what a synapse reads of the neuron it sits on.
struct HostStmt : MemberStmt {
  static constexpr Kind ClassKind = Kind::Host;
  HostStmt() : MemberStmt(ClassKind) {}

  std::vector<Binding> bindings;
};

/// `pre V : mV`: what a synapse reads of the neuron it comes from, as `pre.V`.
struct SourceStmt : MemberStmt {
  static constexpr Kind ClassKind = Kind::Source;
  SourceStmt() : MemberStmt(ClassKind) {}

  std::vector<Binding> bindings;
};

/// `sum I(w: nS) = w*(pre.V - V)`: over the synapses that arrive at a neuron.
struct SumStmt : MemberStmt {
  static constexpr Kind ClassKind = Kind::Sum;
  SumStmt() : MemberStmt(ClassKind) {}

  Name name;
  std::vector<Binding> arguments;
  ExprPtr value;
};

/// `receptor exc : ExpCurrent(tau = 5 ms), inh : ExpCurrent`.
struct ReceptorStmt : MemberStmt {
  static constexpr Kind ClassKind = Kind::Receptor;
  ReceptorStmt() : MemberStmt(ClassKind) {}

  struct Receptor {
    Name name;
    Instantiation synapse;
    SourceRange range;
  };
  std::vector<Receptor> receptors;
};

/// `state V = E_L, w = 0 pA`.
struct StateStmt : MemberStmt {
  static constexpr Kind ClassKind = Kind::State;
  StateStmt() : MemberStmt(ClassKind) {}

  std::vector<Binding> bindings;
};

/// `V' = …`, `C_m*V' = …`.
struct EquationStmt : MemberStmt {
  static constexpr Kind ClassKind = Kind::Equation;
  EquationStmt() : MemberStmt(ClassKind) {}

  /// What the derivative is multiplied by; null for 1.
  ExprPtr coefficient;
  Name variable;
  /// The variable with its prime.
  SourceRange derivativeRange;
  ExprPtr value;
};

/// `bound w in 0 .. w_max`.
struct BoundStmt : MemberStmt {
  static constexpr Kind ClassKind = Kind::Bound;
  BoundStmt() : MemberStmt(ClassKind) {}

  Name variable;
  /// A RangeExpr.
  ExprPtr interval;
};

/// `pre trace x { x' = -x/tau; on spike { x += 1 } }`: an equation and a
/// handler that belong to the source or the target neuron. `post trace u : mV =
/// E_L { … }` has a dimension and a beginning.
struct TraceStmt : MemberStmt {
  static constexpr Kind ClassKind = Kind::Trace;
  TraceStmt() : MemberStmt(ClassKind) {}

  enum class Side { Pre, Post };
  Side side = Side::Pre;
  Binding binding;
  Block body;
};

/// `port syn(w: mV) { V += w }`: where spikes act on the neuron itself.
struct PortStmt : MemberStmt {
  static constexpr Kind ClassKind = Kind::Port;
  PortStmt() : MemberStmt(ClassKind) {}

  Name name;
  std::vector<Binding> arguments;
  Block body;
};

/// `spike when V >= V_th { … }`, `spike when V rises above 0 mV`.
struct SpikeStmt : MemberStmt {
  static constexpr Kind ClassKind = Kind::Spike;
  SpikeStmt() : MemberStmt(ClassKind) {}

  /// The level condition; with `rises above` the value that is watched.
  ExprPtr condition;
  /// What the value crosses; null for a level condition.
  ExprPtr crossing;
  Block body;
};

/// `on spike(w: pA) { … }`, `on pre { … }`, `on reward(r) { … }`.
struct HandlerStmt : MemberStmt {
  static constexpr Kind ClassKind = Kind::Handler;
  HandlerStmt() : MemberStmt(ClassKind) {}

  Name event;
  std::vector<Binding> arguments;
  Block body;
};

/// `every 1 s { … }` in a model or an experiment.
struct PeriodicStmt : MemberStmt {
  static constexpr Kind ClassKind = Kind::Periodic;
  PeriodicStmt() : MemberStmt(ClassKind) {}

  ExprPtr period;
  Block body;
};

enum class AssignOp { Set, Add, Subtract, Multiply, Divide };

/// `V = V_reset`, `w += b`; in experiments also `E.I_ext = 500 pA` and
/// `E.V ~ normal(…)`.
struct AssignStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Assign;
  AssignStmt() : Stmt(ClassKind) {}

  /// A NameExpr, MemberExpr or IndexExpr.
  ExprPtr target;
  AssignOp op = AssignOp::Set;
  /// `Drawn` only with AssignOp::Set.
  Initializer value;
};

/// `send w*u*R`: what arrives at the port instead of the weight.
struct SendStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Send;
  SendStmt() : Stmt(ClassKind) {}

  ExprPtr value;
};

/// `refractory t_ref holding V, w keeping input`.
struct RefractoryStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Refractory;
  RefractoryStmt() : Stmt(ClassKind) {}

  ExprPtr duration;
  std::vector<Name> held;
  /// The words `keeping input`; invalid without.
  SourceRange keepingRange;
  bool keepsInput() const { return keepingRange.isValid(); }
};

const char *spelling(ModelKind kind);
const char *spelling(AssignOp op);

} // namespace snn::lang::ast

#endif // SNN_LANG_AST_MODEL_H
