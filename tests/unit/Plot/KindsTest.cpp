//===- KindsTest.cpp - From recordings to figures ---------------*- C++ -*-===//
//
// What each kind of plot computes, read off the example, and the messages where
// there is nothing to show.
//
//===----------------------------------------------------------------------===//
#include "compiler/Plot/Kinds.h"

#include "Example.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

using namespace snn;
using namespace snn::plot;

TEST(Kinds, RasterHasAPanelForEachPopulation) {
  auto figure = plotRaster(exampleRecording(), {});
  ASSERT_TRUE(figure);
  ASSERT_EQ(figure->panels.size(), 2u);
  EXPECT_EQ(figure->panels[0].series[0].x.size(), 8u + 4 + 2 + 2);
  EXPECT_EQ(figure->panels[1].series[0].y, (std::vector<double>{1, 0, 1}));
}

TEST(Kinds, RasterShowsTheChosenNeurons) {
  PlotOptions options;
  options.targets = {{"E", results::NeuronSet{1, 1, 1}}};
  auto figure = plotRaster(exampleRecording(), options);
  ASSERT_TRUE(figure);
  EXPECT_EQ(figure->panels[0].series[0].x,
            (std::vector<double>{20, 30, 40, 50}));
}

TEST(Kinds, RasterOfManyNeuronsSaysWhichAreShown) {
  PlotOptions options;
  options.targets = {{"E", std::nullopt}};
  options.mostNeurons = 2;
  auto figure = plotRaster(exampleRecording(), options);
  ASSERT_TRUE(figure);
  EXPECT_EQ(figure->panels[0].y.label, "neuron of E (one of 2)");
  EXPECT_EQ(figure->panels[0].series[0].x.size(), 8u + 2);
}

TEST(Kinds, RateIsPerNeuronInHertz) {
  PlotOptions options;
  options.bin = 20;
  auto figure = plotRate(exampleRecording(), options);
  ASSERT_TRUE(figure);
  // E: 4 + 2 + 1 + 1 spikes of 4 neurons in 20 ms are 100 Hz.
  EXPECT_EQ(figure->panels[0].series[0].y, (std::vector<double>{100, 100}));
  EXPECT_EQ(figure->panels[0].series[1].y, (std::vector<double>{75, 0}));
  EXPECT_EQ(figure->panels[0].series[0].x, (std::vector<double>{10, 30, 50}));
}

TEST(Kinds, IntervalsAddUpToAllOfThem) {
  auto figure = plotIntervals(exampleRecording(), {});
  ASSERT_TRUE(figure);
  const std::vector<double> &shares = figure->panels[0].series[0].y;
  EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), 100, 1e-9);
}

TEST(Kinds, CvCountsNeuronsWithEnoughIntervals) {
  PlotOptions options;
  options.leastIntervals = 3;
  auto figure = plotCv(exampleRecording(), options);
  ASSERT_TRUE(figure);
  // Neurons 0 and 1 of E are regular; no other has three intervals.
  EXPECT_EQ(figure->panels[0].series[0].y[0], 2);
  EXPECT_EQ(figure->panels[0].series[1].y[0], 0);
}

TEST(Kinds, CvWithoutEnoughIntervalsSaysSo) {
  PlotOptions options;
  options.leastIntervals = 20;
  auto figure = plotCv(exampleRecording(), options);
  ASSERT_FALSE(figure);
  EXPECT_EQ(figure.failure().message, "no neuron has 20 intervals or more");
}

TEST(Kinds, TraceCarriesItsUnit) {
  auto figure = plotTrace(exampleRecording(), {});
  ASSERT_TRUE(figure);
  EXPECT_EQ(figure->panels[0].y.title(), "V of E (mV)");
  EXPECT_EQ(figure->panels[0].series[0].y,
            (std::vector<double>{-65, -50, -60}));
}

TEST(Kinds, SpectrumNeedsEnoughBins) {
  PlotOptions options;
  options.bin = 10;
  auto figure = plotSpectrum(exampleRecording(), options);
  ASSERT_FALSE(figure);
  EXPECT_NE(figure.failure().message.find("fewer than 8 bins"),
            std::string::npos);
}

TEST(Kinds, UnknownPopulationsAreAnsweredWithTheKnownOnes) {
  PlotOptions options;
  options.targets = {{"X", std::nullopt}};
  auto figure = plotRate(exampleRecording(), options);
  ASSERT_FALSE(figure);
  EXPECT_EQ(figure.failure().code, results::ExitCode::Usage);
  EXPECT_EQ(figure.failure().message, "no spikes of `X` were recorded");
  EXPECT_EQ(figure.failure().help, "spikes were recorded of E, I");
}

TEST(Kinds, ResponseOfOneCurveHasBothFits) {
  metrics::Curve curve;
  for (int i = 0; i <= 10; ++i) {
    curve.x.push_back(i);
    curve.y.push_back(std::max(0, i - 4));
  }
  Figure figure =
      plotResponse("f", {"I", "pA"}, {"rate", "Hz"}, {{"c", curve}});
  ASSERT_EQ(figure.panels[0].series.size(), 3u);
  EXPECT_EQ(figure.panels[0].series[0].name, "ReLU, R² = 1.000");
  EXPECT_EQ(figure.panels[0].series[2].y, curve.y);
}

TEST(Kinds, ModulatorsLeaveNeuronsOut) {
  results::Recording run = exampleRecording();
  EXPECT_FALSE(plotModulators(run, {}));
  run.traces.push_back(
      {"da", "d", "", {0, 1, 1}, {10, 50}, {0, 0.5}, /*isOfModulator=*/true});
  auto figure = plotModulators(run, {});
  ASSERT_TRUE(figure);
  ASSERT_EQ(figure->panels.size(), 1u);
  EXPECT_EQ(figure->panels[0].y.label, "d of da");
}

/// Two targets of four sources each: two fields of 2 x 2 beside each other, a
/// cell apart, row by row from above, on one scale.
TEST(Kinds, FieldsLieAsTheirSourcesDo) {
  results::Recording run = exampleRecording();
  results::SynapseTrace trace;
  trace.projection = "A->B.syn#0";
  trace.state = "w";
  trace.count = 8;
  trace.times = {50};
  for (uint32_t target : {0u, 7u})
    for (uint32_t source = 0; source < 4; ++source) {
      trace.sources.push_back(source);
      trace.targets.push_back(target);
      trace.values.push_back(target ? -2.0 : 0.5 * source);
    }
  run.synapses.push_back(trace);
  auto figure = plotFields(run, {});
  ASSERT_TRUE(figure);
  const Panel &panel = figure->panels.at(0);
  EXPECT_EQ(panel.x.high - panel.x.low, 5);
  EXPECT_EQ(panel.y.high - panel.y.low, 2);
  const Series &cells = panel.series.at(0);
  EXPECT_EQ(cells.x, (std::vector<double>{0, 1, 0, 1, 3, 4, 3, 4}));
  EXPECT_EQ(cells.y, (std::vector<double>{1, 1, 0, 0, 1, 1, 0, 0}));
  EXPECT_EQ(cells.shade,
            (std::vector<double>{0, 0.25, 0.5, 0.75, -1, -1, -1, -1}));
}
