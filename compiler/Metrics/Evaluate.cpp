//===- Evaluate.cpp - Metrics as models name them ---------------*- C++ -*-===//
//
// The neurons of all targets form one population. Times that models give and
// get count from the beginning of the recorded part.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/Evaluate.h"

#include "compiler/Metrics/Distance.h"
#include "compiler/Metrics/Intervals.h"
#include "compiler/Metrics/Rate.h"
#include "compiler/Metrics/SpikeTimes.h"
#include "compiler/Metrics/SynapseStates.h"
#include "compiler/Metrics/Synchrony.h"
#include "compiler/Metrics/Traces.h"

#include <algorithm>
#include <cmath>
#include <iterator>

using namespace snn;
using namespace snn::metrics;
using lang::checked::Metric;

namespace {

Window windowOf(const Metric &metric, const results::Recording &run) {
  Window window = run.window;
  double begin = window.begin;
  window.begin = begin + metric.from;
  if (metric.to >= metric.from)
    window.end = std::min(window.end, begin + metric.to);
  return window;
}

NeuronSet neuronsOf(const lang::checked::Slice &slice) {
  return {slice.first, slice.size(), slice.stride};
}

std::string namesOf(const Metric &metric,
                    const lang::checked::Network &network) {
  std::string names;
  for (const lang::checked::Slice &slice : metric.targets)
    names += (names.empty() ? "" : ", ") +
             network.populations[slice.population].path;
  return names;
}

/// Of synchrony and correlation, ms.
double countingBin(const Metric &metric) {
  return metric.bin > 0 ? metric.bin : 5;
}

bool readsTrace(Metric::Kind kind) {
  return kind == Metric::Kind::MeanOf || kind == Metric::Kind::MinOf ||
         kind == Metric::Kind::MaxOf || kind == Metric::Kind::ValueAt;
}

Measurement measureTrace(const Metric &metric,
                         const lang::checked::Network &network,
                         const results::Recording &run) {
  double weighted = 0, weights = 0;
  Summary extremes;
  for (const lang::checked::Slice &slice : metric.targets) {
    const std::string &path = network.populations[slice.population].path;
    NeuronSet neurons = neuronsOf(slice);
    const results::Trace *trace =
        run.findTrace(path, metric.traceName, neurons);
    if (!trace)
      return {std::nullopt,
              metric.traceName + " of " + path + " was not recorded"};
    auto count = static_cast<double>(slice.size());
    if (metric.kind == Metric::Kind::ValueAt) {
      std::optional<double> value =
          valueAt(*trace, neurons, run.window.begin + metric.at);
      if (!value)
        return {std::nullopt, "there is no sample at that time"};
      weighted += count * *value;
      weights += count;
      continue;
    }
    std::optional<Summary> summary =
        summarize(*trace, neurons, windowOf(metric, run));
    if (!summary)
      return {std::nullopt, "there is no sample in that time"};
    extremes.minimum = weights == 0
                           ? summary->minimum
                           : std::min(extremes.minimum, summary->minimum);
    extremes.maximum = weights == 0
                           ? summary->maximum
                           : std::max(extremes.maximum, summary->maximum);
    weighted += count * summary->mean;
    weights += count;
  }
  if (weights == 0)
    return {std::nullopt, "there is no neuron to look at"};
  if (metric.kind == Metric::Kind::MinOf)
    return {extremes.minimum, ""};
  if (metric.kind == Metric::Kind::MaxOf)
    return {extremes.maximum, ""};
  return {weighted / weights, ""};
}

/// Of the state of all synapses together, at one sample.
Measurement measureSynapses(const Metric &metric,
                            const lang::checked::Network &network,
                            const results::Recording &run) {
  double sum = 0, within = 0, count = 0;
  double minimum = INFINITY, maximum = -INFINITY;
  for (unsigned index : metric.projections) {
    const std::string &path = network.projections[index].path;
    const SynapseTrace *trace = run.findSynapses(path, metric.traceName);
    if (!trace)
      return {std::nullopt,
              metric.traceName + " of " + path + " was not recorded"};
    auto values = metric.kind == Metric::Kind::ValueAt
                      ? sampleAt(*trace, run.window.begin + metric.at)
                      : lastSample(*trace, windowOf(metric, run));
    if (!values)
      return {std::nullopt, "there is no sample at that time"};
    for (double value : *values) {
      sum += value;
      minimum = std::min(minimum, value);
      maximum = std::max(maximum, value);
    }
    within += static_cast<double>(countWithin(
        *values, metric.share.low, metric.share.high, metric.isShareOpen));
    count += static_cast<double>(values->size());
  }
  if (count == 0)
    return {std::nullopt, "there is no synapse to look at"};
  switch (metric.kind) {
  case Metric::Kind::MinOf:
    return {minimum, ""};
  case Metric::Kind::MaxOf:
    return {maximum, ""};
  case Metric::Kind::FractionOf:
    return {within / count, ""};
  default:
    return {sum / count, ""};
  }
}

/// The trains of all targets as one population; `reason` says why not.
std::optional<Trains> trainsOf(const Metric &metric,
                               const lang::checked::Network &network,
                               const results::Recording &run,
                               std::string &reason) {
  Trains trains;
  trains.window = windowOf(metric, run);
  for (const lang::checked::Slice &slice : metric.targets) {
    const std::string &path = network.populations[slice.population].path;
    const SpikeTrains *spikes = run.findSpikes(path);
    if (!spikes) {
      reason = "spikes of " + path + " were not recorded";
      return std::nullopt;
    }
    Trains own = select(*spikes, neuronsOf(slice), trains.window);
    if (own.times.size() != slice.size()) {
      reason = "spikes of some neurons of " + path + " were not recorded";
      return std::nullopt;
    }
    std::move(own.times.begin(), own.times.end(),
              std::back_inserter(trains.times));
  }
  return trains;
}

std::optional<Spectrum> spectrumOf(const Metric &metric, const Trains &trains) {
  SpectrumOptions options;
  if (metric.bin > 0)
    options.bin = metric.bin;
  if (metric.segment > 0)
    options.segment = metric.segment;
  return populationSpectrum(trains, options);
}

/// What the distances between distributions compare.
std::vector<double> sampleOf(const Metric &metric, const Trains &trains) {
  switch (metric.distribution) {
  case Metric::Distribution::Intervals:
    return allIntervals(trains);
  case Metric::Distribution::Rates:
    return rates(trains);
  case Metric::Distribution::Variations:
    return coefficientsOfVariation(trains, metric.atLeastIsi);
  }
  return {};
}

std::string emptySample(const Metric &metric, const std::string &names) {
  if (metric.distribution == Metric::Distribution::Variations)
    return "no neuron of " + names + " has " +
           std::to_string(metric.atLeastIsi) + " intervals or more";
  return "no neuron of " + names + " fired twice";
}

} // namespace

std::optional<Spectrum>
snn::metrics::measureSpectrum(const Metric &metric,
                              const lang::checked::Network &network,
                              const results::Recording &run) {
  std::string reason;
  std::optional<Trains> trains = trainsOf(metric, network, run, reason);
  return trains ? spectrumOf(metric, *trains) : std::nullopt;
}

Measurement snn::metrics::measure(const Metric &metric,
                                  const lang::checked::Network &network,
                                  const results::Recording &run) {
  if (!metric.projections.empty())
    return measureSynapses(metric, network, run);
  if (readsTrace(metric.kind))
    return measureTrace(metric, network, run);
  Measurement missing;
  std::optional<Trains> selected =
      trainsOf(metric, network, run, missing.reason);
  if (!selected)
    return missing;
  const Trains &trains = *selected;
  std::string names = namesOf(metric, network);
  auto orReason = [](std::optional<double> value, const std::string &reason) {
    return Measurement{value, value ? "" : reason};
  };
  // Times are shown as models give them.
  auto fromBegin = [&](std::optional<double> time) {
    if (time)
      *time -= run.window.begin;
    return time;
  };
  const std::string silent = names + " has no spikes";
  switch (metric.kind) {
  case Metric::Kind::Rate:
    return orReason(meanRate(trains), "there is no time to look at");
  case Metric::Kind::Count:
    return {static_cast<double>(trains.count()), ""};
  case Metric::Kind::CvIsi:
    return orReason(meanCoefficientOfVariation(trains, metric.atLeastIsi),
                    "no neuron of " + names + " has " +
                        std::to_string(metric.atLeastIsi) +
                        " intervals or more");
  case Metric::Kind::Isi:
    return orReason(meanInterval(trains),
                    "no neuron of " + names + " fired twice");
  case Metric::Kind::SpikeTime:
    return orReason(fromBegin(spikeTime(trains, metric.number)),
                    names + " has " + std::to_string(trains.count()) +
                        " spikes");
  case Metric::Kind::FirstSpike:
    return orReason(fromBegin(firstSpike(trains)), silent);
  case Metric::Kind::LastSpike:
    return orReason(fromBegin(lastSpike(trains)), silent);
  case Metric::Kind::SpikeTimes: {
    std::vector<double> times = trains.merged();
    for (double &time : times)
      time -= run.window.begin;
    return orReason(largestDeviation(times, metric.sample),
                    names + " has " + std::to_string(times.size()) +
                        " spikes, and " + std::to_string(metric.sample.size()) +
                        " are expected");
  }
  case Metric::Kind::KolmogorovSmirnov:
    return orReason(kolmogorovSmirnov(sampleOf(metric, trains), metric.sample),
                    emptySample(metric, names));
  case Metric::Kind::EarthMovers:
    return orReason(earthMovers(sampleOf(metric, trains), metric.sample),
                    emptySample(metric, names));
  case Metric::Kind::Synchrony:
    return orReason(fanoFactor(trains, countingBin(metric)), silent);
  case Metric::Kind::Correlation:
    return orReason(meanCorrelation(trains, countingBin(metric)),
                    "fewer than two neurons of " + names +
                        " have counts that vary");
  case Metric::Kind::SpectrumPeak: {
    std::optional<Spectrum> spectrum = spectrumOf(metric, trains);
    if (!spectrum)
      return {std::nullopt, "the time looked at holds fewer than 8 bins"};
    return orReason(spectrumPeak(*spectrum), "the spectrum has no peak");
  }
  case Metric::Kind::Duration:
    return {activityDuration(trains), ""};
  case Metric::Kind::FractionActive:
    return orReason(fractionActive(trains), "there is no neuron to look at");
  case Metric::Kind::MeanOf:
  case Metric::Kind::MinOf:
  case Metric::Kind::MaxOf:
  case Metric::Kind::ValueAt:
  case Metric::Kind::FractionOf:
    break;
  }
  return {std::nullopt, "it reads no spikes"};
}

Measurement snn::metrics::measureFit(const lang::checked::Fit &fit,
                                     const Curve &curve) {
  using lang::checked::Fit;
  const std::string reason = "the curve is constant or has too few points";
  if (fit.law == Fit::Law::Relu) {
    std::optional<ReluFit> relu = fitRelu(curve);
    if (!relu)
      return {std::nullopt, reason};
    return {fit.part == Fit::Part::Onset  ? relu->onset
            : fit.part == Fit::Part::Gain ? relu->gain
                                          : relu->rSquared,
            ""};
  }
  std::optional<SigmoidFit> sigmoid = fitSigmoid(curve);
  if (!sigmoid)
    return {std::nullopt, reason};
  return {fit.part == Fit::Part::Top      ? sigmoid->top
          : fit.part == Fit::Part::Middle ? sigmoid->middle
          : fit.part == Fit::Part::Width  ? sigmoid->width
                                          : sigmoid->rSquared,
          ""};
}

bool snn::metrics::holds(const lang::checked::Expect &expect, double value,
                         std::optional<double> reference) {
  double low = expect.bounds.low, high = expect.bounds.high;
  if (reference && expect.isOffset) {
    low += *reference;
    high += *reference;
  } else if (reference) {
    low *= *reference;
    high *= *reference;
    // 5 % around a negative value.
    if (low > high)
      std::swap(low, high);
  }
  // A value on an included bound must not miss it by a rounding.
  double slack = 1e-12 * std::abs(value);
  return (expect.lowExcluded ? value > low : value >= low - slack) &&
         (expect.highExcluded ? value < high : value <= high + slack);
}
