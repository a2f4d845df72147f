//===- TerminalTest.cpp - Figures as text -----------------------*- C++ -*-===//
//
// Small canvases, compared character by character.
//
//===----------------------------------------------------------------------===//
#include "compiler/Plot/Terminal.h"

#include <gtest/gtest.h>

using namespace snn::plot;

static Figure diagonal() {
  Panel panel{{"x", "ms", 0, 39}, {"n", "", 0, 7, true}, {}};
  panel.series.push_back({"", 0, Mark::Dots, {0, 13, 26, 39}, {0, 2, 5, 7}});
  return {"title", {panel}};
}

TEST(Terminal, BrailleHoldsTwoByFourDots) {
  EXPECT_EQ(renderTerminal(diagonal(), {24, 2, false, false}),
            "title\n"
            "n\n"
            "7 │             ⠄     ⠈\n"
            "0 │⡀     ⠐\n"
            "  └────────────────────\n"
            "   0     x (ms)      39\n");
}

TEST(Terminal, AsciiUsesNothingElse) {
  std::string text = renderTerminal(diagonal(), {24, 2, true, false});
  EXPECT_EQ(text, "title\n"
                  "n\n"
                  "7 |             .     .\n"
                  "0 |.     .\n"
                  "  +--------------------\n"
                  "   0     x (ms)      39\n");
  for (char c : text)
    EXPECT_GE(c, '\n');
}

TEST(Terminal, ColoursAreResetAtTheEndOfEachLine) {
  std::string text = renderTerminal(diagonal(), {24, 2, false, true});
  EXPECT_NE(text.find("\x1b[38;5;32m"), std::string::npos);
  EXPECT_NE(text.find("⠈\x1b[0m\n"), std::string::npos);
}

TEST(Terminal, OneNeuronIsLabelledOnceBesideItsSpikes) {
  Panel panel;
  panel.x = {"time", "ms", 0, 10};
  panel.y = {"neuron", "", 6.5, 7.5, true};
  panel.series.push_back({"", 0, Mark::Ticks, {5}, {7}});
  std::string text = renderTerminal({"t", {panel}}, {24, 3, true, false});
  EXPECT_EQ(text.find("7 |"), text.rfind("7 |")) << text;
  size_t label = text.find("7 |");
  ASSERT_NE(label, std::string::npos) << text;
  std::string line = text.substr(label + 3, text.find('\n', label) - label - 3);
  EXPECT_NE(line.find_first_not_of(' '), std::string::npos) << text;
}

TEST(Terminal, ValuesBeyondTheAxesAreNotDrawn) {
  Panel panel{{"x", "ms", 0, 39}, {"n", "", 0, 7, true}, {}};
  panel.series.push_back({"", 0, Mark::Dots, {-5, 60, 10}, {3, 3, 1e300}});
  std::string text = renderTerminal({"t", {panel}}, {24, 2, true, false});
  EXPECT_EQ(text.find('.'), std::string::npos);
}
