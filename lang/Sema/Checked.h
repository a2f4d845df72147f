//===- Checked.h - The checked program: what a compiler starts from -*- C++
//-*-//
//
// The result of semantic analysis and the only thing the compiler reads of the
// language: plain structs, no syntax, no failure left to report.
//
// Conventions that hold everywhere below:
//  * every number is an f64 in internal units (ms, mV, pA, nS = pA/mV,
//    pF = pA*ms/mV, 1/ms for rates, um, mM, K); its Dimension stands beside it;
//  * neuron and synapse models are symbolic: their expressions are trees over
//    parameters, states and lets, referred to by index in the tables of the
//    model they stand in;
//  * the network is flat: every population, projection, drive and stimulus has
//    a path name, and network arguments, loops and tables are already values;
//  * times in an experiment are whole steps (`*Steps`) of `stepSize` ms;
//  * ranges are inclusive and sizes are not: Slice{0, 99} has 100 neurons.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_CHECKED_H
#define SNN_LANG_SEMA_CHECKED_H

#include "lang/Basic/Source.h"
#include "lang/Basic/Units.h"

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace snn::lang::checked {

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

struct Expr;
/// Trees are immutable and may share subtrees.
using ExprRef = std::shared_ptr<const Expr>;

enum class ExprKind {
  Number,         // `number`, in internal units
  Bool,           // `number` is 0 or 1
  Param,          // params[index]
  State,          // states[index]
  Let,            // lets[index]
  Input,          // inputs[index] of a neuron
  Host,           // hosts[index] of a synapse: read of the neuron it sits on
  ReceptorOutput, // receptors[index].outputs[output] of a neuron
  Argument,       // arguments[index] of the port or handler it stands in
  Modulator,      // states[output] of modulators[index] of a plasticity rule
  StepSize,       // `dt`, ms
  Time,           // `t`, ms since the start of the simulation
  Unary,          // -x
  Binary,         // x op y
  Compare,        // x op y, a Bool
  Logic,          // x and y, x or y; Bools
  Not,            // not x
  Call,           // function(x, ...)
  Select,         // if operands[0] then operands[1] else operands[2]
};

enum class BinaryOp { Add, Sub, Mul, Div, Mod, Pow };
enum class CompareOp {
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  Equal,
  NotEqual
};
enum class LogicOp { And, Or };

/// The known functions; the number of operands is fixed by the function
/// (Min, Max and Pow have two, Clip has value, low, high).
enum class Function {
  Exp,
  Expm1,
  Log,
  Log1p,
  Log10,
  Sqrt,
  Abs,
  Sign,
  Min,
  Max,
  Clip,
  Pow,
  Sin,
  Cos,
  Tan,
  Sinh,
  Cosh,
  Tanh,
  Atan,
  Floor,
  Ceil,
  Round,
  Heaviside,
  /// (exp(x) - 1)/x, continued by 1 at x = 0, as in GSL, SciPy and Brian2: the
  /// rate functions of Hodgkin and Huxley without their removable singularity.
  Exprel,
};

struct Expr {
  ExprKind kind = ExprKind::Number;
  /// Dimension of the value; none for truth values.
  Dimension dimension;
  SourceRange range;
  double number = 0;
  unsigned index = 0;
  unsigned output = 0;
  BinaryOp binary = BinaryOp::Add;
  CompareOp compare = CompareOp::Less;
  LogicOp logic = LogicOp::And;
  Function function = Function::Exp;
  std::vector<ExprRef> operands;
};

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

/// `@solver(euler, substeps = 2)`: positional arguments have an empty key.
struct AttributeArgument {
  std::string key;
  /// A word ("euler") or, where `isNumber`, a number in internal units.
  std::string word;
  bool isNumber = false;
  double number = 0;
  Dimension dimension;
};

struct Attribute {
  std::string name;
  std::vector<AttributeArgument> arguments;
  SourceRange range;
};

//===----------------------------------------------------------------------===//
// Models
//===----------------------------------------------------------------------===//

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

struct SynapseModel : Dynamics {
  std::vector<Host> hosts;
  /// `on spike(...)`; exactly one argument, the weight.
  Port onSpike;
};

/// A value of a synapse that its neuron reads: `exc.I`.
struct ReceptorOutput {
  enum class Kind { State, Let } kind = Kind::State;
  /// In the states or lets of the synapse model.
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
  /// `incoming(w)`: state `into` of the target's follower is the sum of state
  /// `of` over the synapses onto it, whenever a period begins.
  struct Sum {
    unsigned of = 0, into = 0;
  };
  std::vector<Sum> sums;
};

//===----------------------------------------------------------------------===//
// Values of an instance
//===----------------------------------------------------------------------===//

enum class Distribution {
  Uniform,     // low, high
  Normal,      // mean, standard deviation
  LogNormal,   // mean and standard deviation of the underlying normal
  Gamma,       // shape, scale
  Exponential, // mean
  Binomial,    // count, probability
  Poisson,     // mean
  Categorical, // value, probability, value, probability, ...
};

/// Closed interval; an infinite bound is no bound.
struct Interval {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
};

/// A value for each neuron or each connection.
struct Value {
  enum class Kind {
    Constant,     // `constant`
    Distribution, // drawn, one for each element
    Data,         // `data[i]` for element i
    Place,        // `function` of where the target lies; of connections only
  } kind = Kind::Constant;
  Dimension dimension;
  double constant = 0;
  Distribution distribution = Distribution::Uniform;
  /// In internal units, as `distribution` names them.
  std::vector<double> arguments;
  /// Drawn again until inside.
  std::optional<Interval> redraw;
  /// Set to the nearer bound where outside.
  std::optional<Interval> clip;
  /// For delays: the least number of steps after rounding.
  std::optional<uint64_t> atLeastSteps;
  std::vector<double> data;
  /// Over the distance and its three parts, um, as Argument 0 to 3; the least
  /// and the greatest value of it, as far as pairs were looked at.
  ExprRef function;
  double least = 0, greatest = 0;
  SourceRange range;
};

//===----------------------------------------------------------------------===//
// The flat network
//===----------------------------------------------------------------------===//

/// What a population gives to one receptor of its neurons; empty entries take
/// what the neuron says.
struct ReceptorValues {
  /// One for each parameter of the synapse model.
  std::vector<std::optional<Value>> params;
  /// One for each state of the synapse model.
  std::vector<std::optional<Value>> initial;
};

/// Where the neurons of a population lie: neuron (i, j, k) at origin +
/// (i, j, k) * spacing, the last index running fastest; lengths in um.
struct Lattice {
  std::array<double, 3> origin{}, spacing{};
  std::array<uint64_t, 3> extent{1, 1, 1};
  /// After which space repeats itself; 0 where it does not.
  std::array<double, 3> period{};
};

struct Population {
  enum class Kind {
    Neurons,       // instances of a neuron model
    PoissonSource, // independent Poisson trains, shared by all who read them
    SpikeSource,   // given trains
  } kind = Kind::Neurons;
  /// "E", "column[3].L4E"; unique.
  std::string path;
  /// `modulator dopamine : Dopamine`; its size is 1.
  bool isModulator = false;
  uint64_t size = 0;
  /// Of each axis, the last one running fastest; empty for one axis.
  std::vector<uint64_t> extents;
  /// Empty where the model does not say.
  std::optional<Lattice> lattice;
  /// In Program::neurons; for Neurons.
  unsigned model = 0;
  /// One for each parameter of the model; empty where its default holds.
  std::vector<std::optional<Value>> params;
  /// One for each state of the model; empty where its initial value holds.
  std::vector<std::optional<Value>> initial;
  /// One for each receptor of the model.
  std::vector<ReceptorValues> receptors;
  /// PoissonSource: rate of each neuron in 1/ms over `t`.
  ExprRef rate;
  /// SpikeSource: trains[i] are the times of neuron i, ascending, ms.
  std::vector<std::vector<double>> trains;
  std::vector<Attribute> attributes;
  SourceRange range;
};

/// Neurons first, first + stride, ..., last of a population.
struct Slice {
  unsigned population = 0;
  uint64_t first = 0, last = 0;
  SourceRange range;
  uint64_t stride = 1;
  uint64_t size() const { return (last - first) / stride + 1; }
  uint64_t at(uint64_t index) const { return first + index * stride; }
  bool isSameAs(const Slice &other) const {
    return population == other.population && first == other.first &&
           last == other.last && stride == other.stride;
  }
};

/// Where events of a projection or drive arrive.
struct PortRef {
  enum class Kind { Receptor, Port } kind = Kind::Port;
  /// In the receptors or ports of the target's neuron model.
  unsigned index = 0;
};

struct Rule {
  enum class Kind {
    Probability, // `probability`
    Indegree,    // `count` for each target
    Outdegree,   // `count` for each source
    Total,       // `count` altogether
    OneToOne,
    AllToAll,
    List,  // `pairs`
    Place, // each pair with the probability that `function` has for it
  } kind = Kind::AllToAll;
  double probability = 0;
  uint64_t count = 0;
  /// A neuron may connect to itself.
  bool autapses = true;
  /// A pair of neurons may be connected more than once.
  bool multapses = false;
  struct Pair {
    uint64_t source, target;
  };
  std::vector<Pair> pairs;
  /// As that of a value.
  ExprRef function;
  SourceRange range;
};

/// What is asked to be kept of synapses, and where; an invalid range is
/// nowhere. It changes no result.
struct Storage {
  enum class Kind { Auto, Stored, Procedural } kind = Kind::Auto;
  SourceRange range;
};

/// `via Rule(...)`: the rule by which the synapses of a projection change.
struct Plasticity {
  /// In Program::plasticity.
  unsigned rule = 0;
  /// One for each parameter of the rule; empty where its default holds.
  std::vector<std::optional<double>> arguments;
  /// One for each modulator of the rule: a population of one.
  std::vector<unsigned> modulators;
  /// One for each host value of the rule.
  std::vector<HostBinding> hosts;
  /// ms from a spike of the target to `on post`, on the grid.
  double backprop = 0;
  SourceRange range;
};

struct Projection {
  /// "E->I.syn#0": source, target, port and the number among equals; the key of
  /// its draws.
  std::string path;
  Slice source, target;
  PortRef port;
  Rule rule;
  /// In the dimension of the port's weight.
  Value weight;
  /// ms; total = axonal + dendritic is at least one step. Constants are on the
  /// grid, what is drawn is rounded to it.
  Value axonal, dendritic;
  Storage storage;
  /// Empty where weights stay.
  std::optional<Plasticity> plasticity;
  std::vector<Attribute> attributes;
  SourceRange range;
};

/// Poisson events, independent for every target neuron, without delay.
struct Drive {
  /// "drive E.syn#0".
  std::string path;
  Slice target;
  PortRef port;
  /// Events per ms for each neuron, over `t`.
  ExprRef rate;
  Value weight;
  SourceRange range;
};

/// What is added to an input at every step, over `t`.
struct Stimulus {
  /// "stimulus cell.I_ext#0".
  std::string path;
  Slice target;
  unsigned input = 0;
  ExprRef value;
  /// Amplitude a of a white noise, (input)*sqrt(ms): held over a step h it has
  /// the standard deviation a/sqrt(h). Null for none.
  ExprRef noise;
  SourceRange range;
};

struct Network {
  std::string name;
  std::vector<Population> populations;
  std::vector<Projection> projections;
  std::vector<Drive> drives;
  std::vector<Stimulus> stimuli;
  SourceRange range;
};

//===----------------------------------------------------------------------===//
// Experiments
//===----------------------------------------------------------------------===//

/// `record spikes of E` and `record V of E[0..9] every 1 ms`.
struct Record {
  enum class Kind {
    Spikes,
    Trace,
    Synapses // a state of all synapses of some projections
  } kind = Kind::Spikes;
  Slice target;
  /// Synapses: in Network::projections; and the state of their rule.
  std::vector<unsigned> projections;
  unsigned synapticState = 0;
  /// Trace: what is sampled, over the tables of the neuron model, and its name
  /// as written ("V", "exc.I").
  ExprRef value;
  std::string name;
  uint64_t everySteps = 1;
  SourceRange range;
};

/// What the measured part of a run says of a population (or of two).
struct Metric {
  enum class Kind {
    Rate,       // spikes per neuron and time, 1/ms
    Count,      // spikes, all neurons together
    CvIsi,      // mean over neurons of the CV of their intervals
    Isi,        // mean interval, ms
    SpikeTime,  // time of spike number `number` (0 is the first), ms
    FirstSpike, // ms
    LastSpike,  // ms
    SpikeTimes, // largest distance of a spike from its time in `sample`, ms
    KolmogorovSmirnov, // of a `distribution` from `sample`
    EarthMovers,       // the same, in the unit of the distribution
    Synchrony,         // Fano factor of the population's count in bins
    Correlation,       // mean pairwise correlation of counts in bins
    SpectrumPeak,      // frequency of the largest peak of the population rate
    Duration,          // from the first to the last spike of the population, ms
    MeanOf,            // of a recorded trace
    MinOf,             // of a recorded trace
    MaxOf,             // of a recorded trace
    ValueAt,           // of a recorded trace at time `at`
    FractionActive,    // share of the neurons that spike at all
    FractionOf         // share of the synapses whose state lies in `share`
  } kind = Kind::Rate;
  std::vector<Slice> targets;
  /// For metrics of traces, and of states of synapses.
  ExprRef trace;
  std::string traceName;
  /// In Network::projections: MeanOf, MinOf, MaxOf and FractionOf are then of
  /// the last sample in the window.
  std::vector<unsigned> projections;
  Interval share;
  /// A value on a bound of `share` lies outside.
  bool isShareOpen = false;
  uint64_t number = 0;
  /// What KolmogorovSmirnov and EarthMovers compare: all intervals (ms), or one
  /// rate (1/ms) or coefficient of variation a neuron.
  enum class Distribution {
    Intervals,
    Rates,
    Variations
  } distribution = Distribution::Intervals;
  /// What SpikeTimes, KolmogorovSmirnov and EarthMovers compare with.
  std::vector<double> sample;
  /// CvIsi and Variations: neurons with fewer intervals are left out.
  uint64_t atLeastIsi = 2;
  /// ms; bin of Synchrony, Correlation, SpectrumPeak; time of ValueAt.
  double bin = 0, at = 0;
  /// ms; length of a segment of SpectrumPeak, 0 for the default.
  double segment = 0;
  /// The window looked at, ms from the start of the recorded part; to < from
  /// means all of it.
  double from = 0, to = -1;
  Dimension dimension;
  /// As written, for reports.
  std::string text;
  SourceRange range;
};

/// A law fitted to a metric over a sweep, and which of its numbers is meant:
/// y = gain*max(0, x - onset), or y = top/(1 + exp(-(x - middle)/width)).
struct Fit {
  enum class Law { Relu, Sigmoid } law = Law::Relu;
  enum class Part {
    RSquared,
    Onset,
    Gain,
    Top,
    Middle,
    Width
  } part = Part::RSquared;
};

/// Holds where low <= metric <= high, each bound excluded where said so. With
/// `reference`, bounds are relative to it: low*ref <= metric <= high*ref, or
/// with `isOffset` low + ref <= metric <= high + ref.
struct Expect {
  Metric metric;
  /// Bounds are of a number of this fit to the metric over the sweep `over`;
  /// its dimension is that of `metric`.
  std::optional<Fit> fit;
  std::optional<Metric> reference;
  /// Increasing and Decreasing are over the sweep `over`, strictly, and have no
  /// bounds.
  enum class Form { Bounds, Increasing, Decreasing } form = Form::Bounds;
  std::string over;
  Interval bounds;
  bool lowExcluded = false, highExcluded = false;
  bool isOffset = false;
  /// The unit the user wrote the bounds in.
  Unit unit;
  /// Means over these seeds; empty means the seed of the run.
  std::vector<uint64_t> seeds;
  std::string text;
  SourceRange range;
};

struct Plot {
  /// "raster", "rate", "isi", "cv", "spectrum", "trace", "weights",
  /// "connectivity", "fi".
  std::string kind;
  /// Paths of those that weights and connectivity show.
  std::vector<std::string> projections;
  std::vector<Slice> targets;
  ExprRef trace;
  std::string traceName;
  /// Sweep it runs over ("I"), or empty for time.
  std::string over;
  SourceRange range;
};

/// A value that takes several values, one run each.
struct Sweep {
  /// As `--set` spells it: "net.g", "E.tau_m", "cell.I_ext".
  std::string path;
  /// What plots call it: the alias, or the path.
  std::string name;
  enum class Kind {
    Network, // changes the structure: elaborate again with (path, text)
    Param,   // params[index] of `population`
    Input,   // a constant added to inputs[index] of `population`
  } kind = Kind::Network;
  unsigned population = 0;
  unsigned index = 0;
  std::vector<double> values;
  /// The same, as text for an override.
  std::vector<std::string> texts;
  Unit unit;
  SourceRange range;
};

/// `at 500 ms { ... }`: a parameter set, or states set back, between two steps.
struct Change {
  enum class Kind {
    Param,  // of the whole population
    Reset,  // all states of the target to their initial values
    Freeze, // plasticity of `projections`, or of all where there are none
    Resume,
  } kind = Kind::Param;
  std::vector<unsigned> projections;
  uint64_t atStep = 0;
  Slice target;
  /// Of the parameter: "tau_m", "exc.tau".
  std::string name;
  double value = 0;
  SourceRange range;
};

/// A named stretch of the run.
struct Phase {
  std::string name;
  uint64_t firstStep = 0, steps = 0;
  bool recorded = true;
  bool plasticity = true;
  SourceRange range;
};

enum class Schedule { Normative, Nest, Brian2 };
enum class Precision { Default, F32, F64 };

struct Seeds {
  uint64_t network = 1, initial = 1, stimulus = 1;
};

struct Experiment {
  /// "SelfSustained"; of a control "SelfSustained/WithoutKick".
  std::string name;
  /// The experiment that this one is a control of; empty for none.
  std::string controlOf;
  Network network;
  /// h in ms.
  double stepSize = 0.1;
  /// Simulated before anything is recorded, and then recorded.
  uint64_t warmupSteps = 0, durationSteps = 0;
  Seeds seeds;
  Schedule schedule = Schedule::Normative;
  Precision precision = Precision::Default;
  std::vector<Record> records;
  std::vector<Plot> plots;
  std::vector<Expect> expects;
  /// What the experiment expects that this one is a control of: the control
  /// must miss at least one of them.
  std::vector<Expect> effects;
  std::vector<Sweep> sweeps;
  std::vector<Change> changes;
  std::vector<Phase> phases;
  std::vector<Attribute> attributes;
  /// `@long`: tested only when asked for.
  bool isLong = false;
  SourceRange range;
};

//===----------------------------------------------------------------------===//
// The program
//===----------------------------------------------------------------------===//

struct Program {
  std::vector<SynapseModel> synapses;
  std::vector<NeuronModel> neurons;
  std::vector<PlasticityModel> plasticity;
  std::vector<Experiment> experiments;
};

} // namespace snn::lang::checked

#endif // SNN_LANG_SEMA_CHECKED_H
