//===- SynapsesTest.cpp - Weights and connectivity as figures ---*- C++ -*-===//
//
// Histograms that hold every synapse, matrices that hold every k-th neuron.
//
//===----------------------------------------------------------------------===//
#include "compiler/Plot/Kinds.h"

#include <gtest/gtest.h>

#include <numeric>

using namespace snn;
using namespace snn::plot;

namespace {

std::vector<results::Synapses> example() {
  return {{"E->I.exc#0", "E", "I", "nS", {0, 0, 1}, {0, 1, 1}, {1, 2, 2.5}},
          {"I->I.inh#0", "I", "I", "nS", {0, 400}, {0, 400}, {4, 4}}};
}

double sum(const std::vector<double> &values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

} // namespace

TEST(Synapses, HistogramsHoldEverySynapse) {
  auto figure = plotWeights("net", example(), {});
  ASSERT_TRUE(figure);
  const Panel &panel = figure->panels[0];
  ASSERT_EQ(panel.series.size(), 2u);
  EXPECT_EQ(sum(panel.series[0].y), 3);
  EXPECT_EQ(sum(panel.series[1].y), 2);
  EXPECT_EQ(panel.x.title(), "weight (nS)");
  EXPECT_EQ(panel.series[0].x.size(), panel.series[0].y.size() + 1);
}

TEST(Synapses, EqualWeightsAreOneBar) {
  PlotOptions options;
  options.targets = {{"I->I", std::nullopt}};
  auto figure = plotWeights("net", example(), options);
  ASSERT_TRUE(figure);
  ASSERT_EQ(figure->panels[0].series.size(), 1u);
  EXPECT_EQ(figure->panels[0].series[0].y, (std::vector<double>{2}));
}

TEST(Synapses, WeightsOfDifferentUnitsNeedAChoice) {
  std::vector<results::Synapses> mixed = example();
  mixed[1].unit = "pA";
  auto figure = plotWeights("net", mixed, {});
  ASSERT_FALSE(figure);
  EXPECT_EQ(figure.failure().message, "the weights have different units");
}

TEST(Synapses, AMatrixShowsEveryKthNeuron) {
  PlotOptions options;
  options.targets = {{"I->I.inh", std::nullopt}};
  auto figure = plotConnectivity("net", example(), options);
  ASSERT_TRUE(figure);
  // 401 neurons: every third, so that neuron 400 is left out.
  EXPECT_EQ(figure->panels[0].x.label, "target neuron of I (one of 3)");
  EXPECT_EQ(figure->panels[0].series[0].x, (std::vector<double>{0}));
}

TEST(Synapses, AMatrixIsOfOnePairOfPopulations) {
  auto figure = plotConnectivity("net", example(), {});
  ASSERT_FALSE(figure);
  EXPECT_EQ(figure.failure().help, "choose it with `--of \"E->I\"`");
}

TEST(Synapses, UnknownProjectionsAreAnsweredWithThoseThatExist) {
  PlotOptions options;
  options.targets = {{"E->I.inh", std::nullopt}};
  auto figure = plotWeights("net", example(), options);
  ASSERT_FALSE(figure);
  EXPECT_EQ(figure.failure().help, "stored are E->I.exc#0, I->I.inh#0");
}
