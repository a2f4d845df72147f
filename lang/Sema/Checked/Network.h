//===- Network.h - The checked network --------------------------*- C++ -*-===//
//
// Flat: every population, projection, drive and stimulus by its path, with the
// numbers that each was given.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_CHECKED_NETWORK_H
#define SNN_LANG_SEMA_CHECKED_NETWORK_H

#include "lang/Sema/Checked/Models.h"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace snn::lang::checked {

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

/// `when spikes within window after before`: a step in which one of `spikes`
/// fires meets it if one of `before` fired at most `window` earlier, and not in
/// the same step; without these it always does.
struct SpikeCondition {
  Slice spikes;
  std::optional<Slice> before;
  /// ms, on the grid.
  double window = 0;
  /// ms from the spike to what follows, drawn anew for each; at least two
  /// steps, and at most `longest`.
  Value delay;
  double longest = 0;
};

struct Population {
  enum class Kind {
    Neurons,         // instances of a neuron model
    PoissonSource,   // independent Poisson trains, shared by all who read them
    SpikeSource,     // given trains
    ConditionSource, // one spike whenever spikes of others meet a condition
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
  /// ConditionSource: its spike comes a step before what follows.
  std::optional<SpikeCondition> condition;
  /// `@quiescent`: how near to its rest each state of a neuron is, by its name
  /// ("exc.I"), where the neuron is put to rest. Of all states, or none.
  struct Tolerance {
    std::string state;
    Dimension dimension;
    double value = 0;
  };
  std::vector<Tolerance> tolerances;
  std::vector<Attribute> attributes;
  SourceRange range;
};

/// Where events of a projection or drive arrive.
struct PortRef {
  enum class Kind { Receptor, Port } kind = Kind::Port;
  /// In the receptors or ports of the target's neuron model.
  unsigned index = 0;
};

/// A kernel that moves over maps of neurons: channels, height, width, of which
/// one axis has height 1.
struct Convolution {
  std::array<uint64_t, 3> source{}, target{};
  /// Down and across; the padding is what lies before the first neuron.
  std::array<uint64_t, 2> kernel{1, 1}, stride{1, 1}, padding{}, dilation{1, 1};
  uint64_t groups = 1;
  /// Weights of the kernel: [target channel, channel of a group, row, column].
  uint64_t size() const {
    return target[0] * (source[0] / groups) * kernel[0] * kernel[1];
  }
};

struct Rule {
  enum class Kind {
    Probability, // `probability`
    Indegree,    // `count` for each target
    Outdegree,   // `count` for each source
    Total,       // `count` altogether
    OneToOne,
    AllToAll,
    List,        // `pairs`
    Place,       // each pair with the probability that `function` has for it
    Convolution, // `convolution`
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
  checked::Convolution convolution;
  /// As that of a value.
  ExprRef function;
  SourceRange range;
};

/// What is asked to be kept of synapses, and where; an invalid range is
/// nowhere. It changes no result.
struct Storage {
  enum class Kind { Auto, Stored, Rows, Procedural } kind = Kind::Auto;
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
  /// To a receptor that sums: it acts by the states of both ends.
  bool isContinuous = false;
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
  /// Columns that were trained networks.
  struct Import {
    std::string path, summary;
    /// Its numbers are whole in 64 bits alone.
    bool needsF64 = false;
    SourceRange range;
  };
  std::vector<Import> imports;
  SourceRange range;
};

} // namespace snn::lang::checked

#endif // SNN_LANG_SEMA_CHECKED_NETWORK_H
