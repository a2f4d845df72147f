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

TEST(Terminal, ValuesBeyondTheAxesAreNotDrawn) {
  Panel panel{{"x", "ms", 0, 39}, {"n", "", 0, 7, true}, {}};
  panel.series.push_back({"", 0, Mark::Dots, {-5, 60, 10}, {3, 3, 1e300}});
  std::string text = renderTerminal({"t", {panel}}, {24, 2, true, false});
  EXPECT_EQ(text.find('.'), std::string::npos);
}
