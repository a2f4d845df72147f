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
