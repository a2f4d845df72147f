//===- Models.h - Models of the checked program -----------------*- C++ -*-===//
//
// Symbolic: equations and handlers over the parameters and states of a model,
// whatever its instances are given.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_CHECKED_MODELS_H
#define SNN_LANG_SEMA_CHECKED_MODELS_H

#include "lang/Sema/Checked/Attribute.h"
#include "lang/Sema/Checked/Expr.h"

#include <optional>
#include <string>
#include <vector>

namespace snn::lang::checked {

struct Parameter {
  std::string name;
  Dimension dimension;
  /// May refer to parameters declared before it; null where every instance must
  /// give a value.
  ExprRef defaultValue;
  SourceRange range;
};

struct State {
  std::string name;
  Dimension dimension;
  /// Over parameters.
  ExprRef initial;
  SourceRange range;
};

/// A named expression, evaluated where it is used. Refers to lets before it.
struct Let {
  std::string name;
  ExprRef value;
  SourceRange range;
};

/// state' = drift + sum_k noise[k] * xi_k, where every xi_k is a white noise of
/// its own, (unit)/sqrt(ms).
struct Equation {
  unsigned state = 0;
  ExprRef drift;
  std::vector<ExprRef> noise;
  /// The equation as written, for messages and for the solver's remarks.
  SourceRange range;
};

struct Statement;

/// state := value. Where written as `+=` or `-=`, `increment` is what is added
/// and `value` is state + increment: a handler of such statements alone sums in
/// any order.
struct Assignment {
  unsigned state = 0;
  ExprRef value;
  ExprRef increment;
};

struct Conditional {
  ExprRef condition;
  std::vector<Statement> thenBody, elseBody;
};

/// Exactly one of the three is set.
struct Statement {
  std::optional<Assignment> assignment;
  std::optional<Conditional> conditional;
  /// `send`: what arrives at the port instead of the weight.
  ExprRef sent = nullptr;
  SourceRange range;
};

/// A value that an event carries: `w` of `on spike(w: pA)`.
struct Argument {
  std::string name;
  Dimension dimension;
  SourceRange range;
};

/// A way for events to come in; the first argument is the weight.
struct Port {
  std::string name;
  std::vector<Argument> arguments;
  std::vector<Statement> body;
  SourceRange range;
};

/// What neurons and synapses share.
struct Dynamics {
  /// Unique in the program; a generic kinetics is one model for each dimension
  /// it is used with: "Exp<pA>".
  std::string name;
  std::vector<Parameter> params;
  std::vector<State> states;
  std::vector<Let> lets;
  std::vector<Equation> equations;
  std::vector<Attribute> attributes;
  SourceRange range;
};

/// What a synapse reads of its neuron.
struct Host {
  std::string name;
  Dimension dimension;
  SourceRange range;
};

/// `sum I(w: nS) = w*(pre.V - V)`: over the synapses that arrive at a receptor,
/// at the beginning of each step; held during it.
struct SynapticSum {
  std::string name;
  Dimension dimension;
  /// The weight is Argument 0.
  ExprRef summand;
  SourceRange range;
};

struct SynapseModel : Dynamics {
  std::vector<Host> hosts;
  /// What sums read of the neurons where the synapses come from.
  std::vector<Host> sources;
  std::vector<SynapticSum> sums;
  /// It takes no spikes: `onSpike` has the weight alone.
  bool isContinuous() const { return !sums.empty(); }
  /// `on spike(...)`; exactly one argument, the weight.
  Port onSpike;
};

/// A value of a synapse that its neuron reads: `exc.I`.
struct ReceptorOutput {
  enum class Kind { State, Let, Sum } kind = Kind::State;
  /// In the states, lets or sums of the synapse model.
  unsigned index = 0;
  Dimension dimension;
};

/// What binds a host value of a synapse in a neuron.
struct HostBinding {
  enum class Kind { State, Let, Param, Input } kind = Kind::State;
  /// In the corresponding table of the neuron.
  unsigned index = 0;
};

struct Receptor {
  std::string name;
  /// In Program::synapses.
  unsigned synapse = 0;
  /// One for each parameter of the synapse, over the parameters of the neuron;
  /// null where the default of the synapse holds.
  std::vector<ExprRef> arguments;
  /// One for each host value of the synapse.
  std::vector<HostBinding> hosts;
  /// What the neuron's expressions refer to, in the order of first use.
  std::vector<ReceptorOutput> outputs;
  SourceRange range;
};

struct Input {
  std::string name;
  Dimension dimension;
  SourceRange range;
};

struct Refractory {
  /// Time over parameters, ms.
  ExprRef duration;
  /// States that neither equations nor events change in that time.
  std::vector<unsigned> holding;
  /// Events still change the held states.
  bool keepingInput = false;
  SourceRange range;
};

struct SpikeRule {
  /// Level: spikes whenever the condition holds. Rising: where it begins to.
  enum class Kind { Level, Rising } kind = Kind::Level;
  /// A Bool; where it is one comparison with a state on its left side,
  /// `Compare` with operands[0] of kind State (the cap inside solver stages).
  ExprRef condition;
  /// Run in order at a spike.
  std::vector<Statement> reset;
  std::optional<Refractory> refractory;
  SourceRange range;
};

struct NeuronModel : Dynamics {
  std::vector<Input> inputs;
  std::vector<Receptor> receptors;
  /// Ports of the neuron itself (delta synapses).
  std::vector<Port> ports;
  std::optional<SpikeRule> spike;
};

//===----------------------------------------------------------------------===//
// Plasticity
//===----------------------------------------------------------------------===//

/// What happens to a synapse. The statements of `pre` and `post` traces are in
/// the handlers PreTrace and PostTrace, in the order of their declaration.
struct PlasticityHandler {
  enum class Event {
    Pre,       // a spike of the source arrives at the synapse
    Post,      // the target has fired
    Every,     // each `period`
    PreTrace,  // the source fires: changes states whose home is Pre
    PostTrace, // the target fires: changes states whose home is Post
  } event = Event::Pre;
  std::vector<Statement> body;
  /// Of Every: a number, ms.
  ExprRef period;
  SourceRange range;
};

/// `bound w in 0 .. w_max`, over parameters.
struct StateBound {
  unsigned state = 0;
  ExprRef low, high;
  SourceRange range;
};

/// A modulator that a rule reads: `plasticity R(dopamine: Dopamine)`.
struct ModulatorUse {
  std::string name;
  /// In Program::neurons: a modulator is a cell that never fires.
  unsigned model = 0;
  SourceRange range;
};

/// A plasticity rule for weights of one dimension: "PairSTDP<mV>".
struct PlasticityModel : Dynamics {
  /// Where the state lives, one for each. State 0 is the weight `w`; it has no
  /// initial value here.
  enum class Home { Synapse, Pre, Post };
  std::vector<Home> homes;
  /// Why it lives there, in words, one for each.
  std::vector<std::string> reasons;
  /// What it reads of the target neuron.
  std::vector<Host> hosts;
  std::vector<ModulatorUse> modulators;
  /// At most one of each event but Every.
  std::vector<PlasticityHandler> handlers;
  std::vector<StateBound> bounds;
  /// `incoming(w)`, `outgoing(w)`: whenever a period begins, `into`, a state of
  /// the target or of each synapse of the source, is the sum of `of` over all.
  struct Sum {
    unsigned of = 0, into = 0;
  };
  std::vector<Sum> sums;
  /// The state that `rewire()` sets to 1; 0 if there is none.
  unsigned rewire = 0;
};

} // namespace snn::lang::checked

#endif // SNN_LANG_SEMA_CHECKED_MODELS_H
