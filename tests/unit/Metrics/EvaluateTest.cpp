//===- EvaluateTest.cpp - Metrics as models name them -----------*- C++ -*-===//
//
// Each metric of a small run, computed by hand.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/Evaluate.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace snn;
using lang::checked::Expect;
using lang::checked::Metric;

namespace {

lang::checked::Network network() {
  lang::checked::Network net;
  for (auto [path, size] : {std::pair{"E", 2u}, std::pair{"I", 1u}}) {
    lang::checked::Population population;
    population.path = path;
    population.size = size;
    net.populations.push_back(std::move(population));
  }
  return net;
}

/// After 100 ms of warm-up: E[0] at 10, 20, 40; E[1] silent; I at 5, 95 ms.
results::Recording run() {
  results::Recording recording;
  recording.step = 1;
  recording.window = {100, 200};
  recording.spikes.push_back({"E", {0, 2, 1}, {110, 120, 140}, {0, 0, 0}});
  recording.spikes.push_back({"I", {0, 1, 1}, {105, 195}, {0, 0}});
  recording.traces.push_back(
      {"E", "V", "mV", {0, 2, 1}, {100, 150, 200}, {0, 2, 4, 6, 8, 10}});
  return recording;
}

Metric of(Metric::Kind kind, std::vector<unsigned> populations = {0}) {
  Metric metric;
  metric.kind = kind;
  for (unsigned population : populations) {
    lang::checked::Slice slice;
    slice.population = population;
    slice.last = network().populations[population].size - 1;
    metric.targets.push_back(slice);
  }
  metric.traceName = "V";
  return metric;
}

double value(const Metric &metric) {
  metrics::Measurement result = metrics::measure(metric, network(), run());
  EXPECT_TRUE(result.value) << result.reason;
  return result.value.value_or(NAN);
}

std::string reason(const Metric &metric) {
  metrics::Measurement result = metrics::measure(metric, network(), run());
  EXPECT_FALSE(result.value);
  return result.reason;
}

} // namespace

TEST(Evaluate, RateCountsSilentNeuronsOfAllTargets) {
  EXPECT_DOUBLE_EQ(value(of(Metric::Kind::Rate)), 3 / 200.0);
  EXPECT_DOUBLE_EQ(value(of(Metric::Kind::Rate, {0, 1})), 5 / 300.0);
}

TEST(Evaluate, TimesCountFromTheEndOfTheWarmUp) {
  EXPECT_EQ(value(of(Metric::Kind::FirstSpike)), 10);
  EXPECT_EQ(value(of(Metric::Kind::LastSpike, {0, 1})), 95);
  Metric second = of(Metric::Kind::SpikeTime, {0, 1});
  second.number = 1;
  EXPECT_EQ(value(second), 10);
  second.number = 5;
  EXPECT_EQ(reason(second), "E, I has 5 spikes");
}

TEST(Evaluate, WindowsOfClausesLieInTheRecordedPart) {
  Metric count = of(Metric::Kind::Count);
  EXPECT_EQ(value(count), 3);
  count.from = 10;
  count.to = 20;
  EXPECT_EQ(value(count), 1);
  count.to = 1000;
  EXPECT_EQ(value(count), 2);
}

TEST(Evaluate, IntervalsAndTheirVariability) {
  EXPECT_DOUBLE_EQ(value(of(Metric::Kind::Isi)), 15);
  EXPECT_DOUBLE_EQ(value(of(Metric::Kind::CvIsi)), 5 / 15.0);
  Metric many = of(Metric::Kind::CvIsi);
  many.atLeastIsi = 3;
  EXPECT_EQ(reason(many), "no neuron of E has 3 intervals or more");
}

TEST(Evaluate, ActivityOfThePopulation) {
  EXPECT_EQ(value(of(Metric::Kind::Duration)), 30);
  EXPECT_EQ(value(of(Metric::Kind::FractionActive)), 0.5);
}

TEST(Evaluate, SpikeTimesDeviateFromAList) {
  Metric times = of(Metric::Kind::SpikeTimes, {0, 1});
  times.sample = {5, 10, 20.5, 40, 95};
  EXPECT_NEAR(value(times), 0.5, 1e-12);
  times.sample.pop_back();
  EXPECT_EQ(reason(times), "E, I has 5 spikes, and 4 are expected");
}

TEST(Evaluate, DistancesOfIntervalsRatesAndVariations) {
  // Intervals of E and I: 10, 20, 90 ms.
  Metric ks = of(Metric::Kind::KolmogorovSmirnov, {0, 1});
  ks.sample = {10, 20, 30};
  EXPECT_DOUBLE_EQ(value(ks), 1 / 3.0);
  Metric emd = of(Metric::Kind::EarthMovers, {0, 1});
  emd.sample = {10, 20, 30};
  EXPECT_DOUBLE_EQ(value(emd), 20);
  // Rates: 0.03, 0, 0.02 per ms.
  emd.distribution = Metric::Distribution::Rates;
  emd.sample = {0.02};
  EXPECT_DOUBLE_EQ(value(emd), 0.01);
  // E[0] alone has two intervals, with a CV of 1/3.
  emd.distribution = Metric::Distribution::Variations;
  emd.sample = {1};
  EXPECT_DOUBLE_EQ(value(emd), 2 / 3.0);
  emd.atLeastIsi = 3;
  EXPECT_EQ(reason(emd), "no neuron of E, I has 3 intervals or more");
}

TEST(Evaluate, FitsHaveTheirNumbers) {
  using lang::checked::Fit;
  metrics::Curve relu{{0, 1, 2, 3, 4}, {0, 0, 0, 3, 6}};
  auto number = [&](Fit::Law law, Fit::Part part, const metrics::Curve &curve) {
    return metrics::measureFit({law, part}, curve).value.value_or(NAN);
  };
  EXPECT_DOUBLE_EQ(number(Fit::Law::Relu, Fit::Part::Onset, relu), 2);
  EXPECT_DOUBLE_EQ(number(Fit::Law::Relu, Fit::Part::Gain, relu), 3);
  EXPECT_DOUBLE_EQ(number(Fit::Law::Relu, Fit::Part::RSquared, relu), 1);
  metrics::Curve sigmoid;
  for (int x = -4; x <= 8; ++x) {
    sigmoid.x.push_back(x);
    sigmoid.y.push_back(50 / (1 + std::exp(-(x - 2) / 1.5)));
  }
  EXPECT_NEAR(number(Fit::Law::Sigmoid, Fit::Part::Top, sigmoid), 50, 1e-6);
  EXPECT_NEAR(number(Fit::Law::Sigmoid, Fit::Part::Middle, sigmoid), 2, 1e-6);
  EXPECT_NEAR(number(Fit::Law::Sigmoid, Fit::Part::Width, sigmoid), 1.5, 1e-6);
  EXPECT_FALSE(metrics::measureFit({}, {{0, 1, 2, 3}, {5, 5, 5, 5}}).value);
}

TEST(Evaluate, SynchronyHasADefaultBin) {
  // Of 20 bins of 5 ms three hold one spike: variance/mean is 1 - mean.
  EXPECT_DOUBLE_EQ(value(of(Metric::Kind::Synchrony)), 1 - 3 / 20.0);
}

TEST(Evaluate, Traces) {
  Metric at = of(Metric::Kind::ValueAt);
  at.at = 25;
  EXPECT_DOUBLE_EQ(value(at), 3);
  EXPECT_DOUBLE_EQ(value(of(Metric::Kind::MeanOf)), 5);
  EXPECT_EQ(value(of(Metric::Kind::MinOf)), 0);
  EXPECT_EQ(value(of(Metric::Kind::MaxOf)), 10);
  Metric other = of(Metric::Kind::MeanOf);
  other.traceName = "w";
  EXPECT_EQ(reason(other), "w of E was not recorded");
}

TEST(Evaluate, WhatWasNotRecordedDoesNotExist) {
  results::Recording empty = run();
  empty.spikes.clear();
  EXPECT_EQ(metrics::measure(of(Metric::Kind::Rate), network(), empty).reason,
            "spikes of E were not recorded");
  results::Recording part = run();
  part.spikes[0].neurons = {0, 1, 1};
  EXPECT_EQ(metrics::measure(of(Metric::Kind::Rate), network(), part).reason,
            "spikes of some neurons of E were not recorded");
}

TEST(Evaluate, BoundsAreIncludedUnlessExcluded) {
  Expect expect;
  expect.bounds = {0.0369, 0.0382};
  EXPECT_TRUE(metrics::holds(expect, 0.0369, std::nullopt));
  EXPECT_TRUE(metrics::holds(expect, 0.0382, std::nullopt));
  EXPECT_FALSE(metrics::holds(expect, 0.0383, std::nullopt));
  expect.lowExcluded = expect.highExcluded = true;
  EXPECT_FALSE(metrics::holds(expect, 0.0369, std::nullopt));
  EXPECT_FALSE(metrics::holds(expect, 0.0382, std::nullopt));
  EXPECT_TRUE(metrics::holds(expect, 0.037, std::nullopt));
}

TEST(Evaluate, BoundsMayBeRelativeToAReference) {
  Expect expect;
  expect.bounds = {0.95, 1.05};
  EXPECT_TRUE(metrics::holds(expect, 104, 100));
  EXPECT_FALSE(metrics::holds(expect, 106, 100));
}
