//===- SvgTest.cpp - Figures as SVG -----------------------------*- C++ -*-===//
//
// One figure is compared to the byte: data/raster.svg was looked at with
// rsvg-convert before it was stored. The rest are properties.
//
//===----------------------------------------------------------------------===//
#include "compiler/Plot/Svg.h"

#include "compiler/Plot/Kinds.h"

#include "Example.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

using namespace snn::plot;

TEST(Svg, IsTheSameToTheByte) {
  std::ifstream in(SNN_TEST_DATA "/raster.svg");
  std::stringstream stored;
  stored << in.rdbuf();
  EXPECT_EQ(renderSvg(*plotRaster(exampleRecording(), {})), stored.str());
}

TEST(Svg, EscapesNames) {
  Figure figure{"<script>&\x1b[2J", {}};
  std::string text = renderSvg(figure);
  EXPECT_EQ(text.find("<script>"), std::string::npos);
  EXPECT_NE(text.find("&lt;script&gt;&amp;[2J"), std::string::npos);
}

TEST(Svg, SpikesOnOnePlaceAreDrawnOnce) {
  Panel panel{{"t", "ms", 0, 100}, {"n", "", 0, 1}, {}};
  panel.series.push_back({"", 0, Mark::Ticks, {50}, {0.5}});
  std::string once = renderSvg({"f", {panel}});
  panel.series[0].x.assign(100000, 50);
  panel.series[0].y.assign(100000, 0.5);
  EXPECT_EQ(renderSvg({"f", {panel}}), once);
}

TEST(Svg, LongLinesKeepTheirExtremes) {
  Panel panel{{"t", "ms", 0, 100000}, {"V", "mV", -80, 40}, {}};
  Series line;
  for (int i = 0; i < 100000; ++i) {
    line.x.push_back(i);
    line.y.push_back(i == 54321 ? 40 : -80);
  }
  panel.series.push_back(line);
  std::string text = renderSvg({"f", {panel}});
  EXPECT_LT(text.size(), 50000u);
  // The top of the frame is at y = 44.
  EXPECT_NE(text.find(" 44L"), std::string::npos);
}
