//===- SuggestTest.cpp - "did you mean ...?" ------------------------------===//
//
// Near names are found, far ones are not: a wrong hint is worse than none.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Suggest.h"

#include <gtest/gtest.h>

#include <vector>

using namespace snn::lang;

namespace {

const std::vector<std::string> names = {"tau_m", "tau_syn", "C_m", "V_reset",
                                        "x"};

TEST(Suggest, FindsSlips) {
  EXPECT_EQ(nearest("tau_n", names), "tau_m");
  EXPECT_EQ(nearest("tua_m", names), "tau_m"); // swapped neighbours
  EXPECT_EQ(nearest("Vreset", names), "V_reset");
  EXPECT_EQ(nearest("v_RESET", names), "V_reset");
  EXPECT_EQ(nearest("X", names), "x");
}

TEST(Suggest, LeavesFarNamesAlone) {
  EXPECT_EQ(nearest("conductance", names), std::nullopt);
  EXPECT_EQ(nearest("y", names), std::nullopt);
  EXPECT_EQ(nearest("", names), std::nullopt);
  EXPECT_EQ(nearest(std::string(1000, 'a'), names), std::nullopt);
}

TEST(Suggest, TheFirstOfEqualsWins) {
  std::vector<std::string> equal = {"abc1", "abc2"};
  EXPECT_EQ(nearest("abc3", equal), "abc1");
}

TEST(Suggest, KnowsHowUnitsAreMiswritten) {
  EXPECT_EQ(nearestUnit("msec"), "ms");
  EXPECT_EQ(nearestUnit("mv"), "mV");
  EXPECT_EQ(nearestUnit("hz"), "Hz");
  EXPECT_EQ(nearestUnit("parsec"), std::nullopt);
}

TEST(Suggest, UnitsOfAnotherCaseComeBeforeThoseOfOtherLetters) {
  EXPECT_EQ(nearestUnit("Mhz"), "MHz");
  EXPECT_EQ(nearestUnit("khz"), "kHz");
  EXPECT_EQ(nearestUnit("MOhm"), "Mohm");
  EXPECT_EQ(nearestUnit("Ma"), "mA");
  EXPECT_EQ(nearestUnit("Mv"), "mV");
  EXPECT_EQ(nearestUnit("NS"), "nS");
  EXPECT_EQ(nearestUnit("pct"), "%");
  EXPECT_EQ(nearestUnit("percent"), "%");
}

TEST(Suggest, ListsAreCut) {
  EXPECT_EQ(joinNames(names, 2), "tau_m, tau_syn, ...");
  EXPECT_EQ(joinNames({}), "");
}

} // namespace
