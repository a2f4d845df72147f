//===- Experiment.h - A checked experiment ----------------------*- C++ -*-===//
//
// What is run of a network, and what is recorded, shown and expected of it.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_CHECKED_EXPERIMENT_H
#define SNN_LANG_SEMA_CHECKED_EXPERIMENT_H

#include "lang/Sema/Checked/Network.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace snn::lang::checked {

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

} // namespace snn::lang::checked

#endif // SNN_LANG_SEMA_CHECKED_EXPERIMENT_H
