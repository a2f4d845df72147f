//===- SynapseStatesTest.cpp - Numbers of recorded synapses -----*- C++ -*-===//
//
// Two projections, three synapses, two samples; each number by hand.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/Evaluate.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace snn;
using lang::checked::Metric;

namespace {

metrics::Measurement measure(Metric::Kind kind, double low = -INFINITY,
                             double high = INFINITY, bool isOpen = false,
                             double to = -1) {
  lang::checked::Network network;
  network.projections.resize(2);
  network.projections[0].path = "E->I.syn#0";
  network.projections[1].path = "E->I.syn#1";
  results::Recording run;
  run.window = {100, 200};
  run.synapses.push_back(
      {"E->I.syn#0", "w", "mV", 2, {100, 150}, {1, 2, 3, 5}});
  run.synapses.push_back({"E->I.syn#1", "w", "mV", 1, {100, 150}, {6, 7}});
  Metric metric;
  metric.kind = kind;
  metric.projections = {0, 1};
  metric.traceName = "w";
  metric.share = {low, high};
  metric.isShareOpen = isOpen;
  metric.at = 0;
  metric.to = to;
  return metrics::measure(metric, network, run);
}

} // namespace

TEST(SynapseStates, AreThoseOfAllSynapsesAtTheLastSample) {
  EXPECT_DOUBLE_EQ(*measure(Metric::Kind::MeanOf).value, 5);
  EXPECT_DOUBLE_EQ(*measure(Metric::Kind::MinOf).value, 3);
  EXPECT_DOUBLE_EQ(*measure(Metric::Kind::MaxOf).value, 7);
}

TEST(SynapseStates, AWindowEndsAtItsOwnLastSample) {
  EXPECT_DOUBLE_EQ(
      *measure(Metric::Kind::MeanOf, -INFINITY, INFINITY, false, 40).value, 3);
}

TEST(SynapseStates, ATimeNamesItsSample) {
  EXPECT_DOUBLE_EQ(*measure(Metric::Kind::ValueAt).value, 3);
}

TEST(SynapseStates, AShareHoldsItsBoundsUnlessTheyAreOpen) {
  EXPECT_DOUBLE_EQ(
      *measure(Metric::Kind::FractionOf, -INFINITY, 5, false).value, 2 / 3.0);
  EXPECT_DOUBLE_EQ(*measure(Metric::Kind::FractionOf, -INFINITY, 5, true).value,
                   1 / 3.0);
  EXPECT_DOUBLE_EQ(*measure(Metric::Kind::FractionOf, 3, INFINITY, true).value,
                   2 / 3.0);
}

TEST(SynapseStates, WhatWasNotRecordedIsNamed) {
  lang::checked::Network network;
  network.projections.resize(1);
  network.projections[0].path = "E->I.syn#0";
  Metric metric;
  metric.kind = Metric::Kind::MeanOf;
  metric.projections = {0};
  metric.traceName = "w";
  metrics::Measurement result = metrics::measure(metric, network, {});
  EXPECT_FALSE(result.value);
  EXPECT_EQ(result.reason, "w of E->I.syn#0 was not recorded");
}
