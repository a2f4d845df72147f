//===- UnitsTest.cpp - Dimensions, units, exact scaling -------------------===//
//
// The algebra against identities of physics, the scaling against decimal
// literals that the host's own conversion reads.
//
//===----------------------------------------------------------------------===//
#include "lang/Basic/Units.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

using namespace snn::lang;

namespace {

Unit unit(std::string_view text) {
  std::optional<Unit> parsed = parseUnit(text);
  EXPECT_TRUE(parsed.has_value()) << text;
  return parsed.value_or(Unit());
}

double internal(std::string_view digits, std::string_view text) {
  return toInternal(digits, unit(text)).value_or(NAN);
}

TEST(Dimension, ProductsOfPhysicsHold) {
  EXPECT_EQ(Dimension::conductance() * Dimension::voltage(),
            Dimension::current());
  EXPECT_EQ(Dimension::capacitance() * Dimension::voltage(),
            Dimension::current() * Dimension::time());
  EXPECT_EQ(Dimension::none() / Dimension::resistance(),
            Dimension::conductance());
  EXPECT_EQ(Dimension::charge() / Dimension::time(), Dimension::current());
}

TEST(Dimension, RootsAreExactAndInverseToPowers) {
  std::optional<Dimension> root = Dimension::voltage().sqrt();
  ASSERT_TRUE(root);
  EXPECT_FALSE(root->isInteger());
  EXPECT_EQ(*root * *root, Dimension::voltage());
  EXPECT_EQ(Dimension::voltage().pow(1, 3)->pow(3), Dimension::voltage());
  EXPECT_FALSE(Dimension::voltage().pow(1, 5));
}

TEST(Dimension, PowersOutOfRangeAreRefused) {
  EXPECT_FALSE(Dimension::voltage().pow(100'000));
}

TEST(Dimension, InternalUnitsAreThoseOfPapers) {
  for (const char *text :
       {"mV", "pA", "ms", "nS", "pF", "um", "mM", "K", "Gohm", "fC", "mV/ms",
        "mV^2", "pA/mV", "1/ms", "kHz"})
    EXPECT_EQ(unit(text).exponentToInternal(), 0) << text;
}

TEST(Dimension, IsNamedInWords) {
  EXPECT_EQ(Dimension::voltage().describe(), "voltage (mV)");
  EXPECT_EQ((Dimension::voltage() / Dimension::time()).describe(),
            "voltage per time (mV/ms)");
  EXPECT_EQ((Dimension::voltage() * Dimension::voltage()).describe(),
            "squared voltage (mV^2)");
  EXPECT_EQ(Dimension::frequency().describe(), "frequency (1/ms)");
  EXPECT_EQ(Dimension::none().describe(), "plain number");
  EXPECT_EQ((Dimension::none() / Dimension::voltage()).name(),
            "inverse voltage");
}

TEST(Dimension, UnitTextReadsBackAsTheSameDimension) {
  for (const char *text :
       {"mV", "mV/ms", "mV^2", "1/(mV*ms)", "nS/mV", "pA*ms^2", "mM/ms",
        "nS/um^2", "1/um", "aJ", "mV^3", "K*ms"}) {
    Unit original = unit(text);
    std::optional<Unit> again = parseUnit(original.dimension.unit());
    ASSERT_TRUE(again) << original.dimension.unit();
    EXPECT_EQ(again->dimension, original.dimension) << text;
    EXPECT_EQ(again->exponentToInternal(), 0) << original.dimension.unit();
  }
}

TEST(Unit, PrefixesAndSpellings) {
  EXPECT_EQ(internal("1", "V"), 1000);
  EXPECT_EQ(internal("1", "s"), 1000);
  EXPECT_EQ(internal("1", "us"), 0.001);
  EXPECT_EQ(internal("1", "\u00b5s"), 0.001);
  EXPECT_EQ(internal("1", "\u03bcs"), 0.001);
  EXPECT_EQ(internal("1", "nA"), 1000);
  EXPECT_EQ(internal("8", "Hz"), 0.008);
  EXPECT_EQ(internal("100", "Mohm"), internal("100", "MOhm"));
  EXPECT_EQ(internal("100", "Mohm"), internal("100", "M\u03a9"));
  EXPECT_EQ(internal("1", "uF"), 1e6);
  EXPECT_EQ(internal("2", "uM"), 0.002);
  EXPECT_EQ(internal("1", "mol/m^3"), 1);
}

TEST(Unit, MilliAndMetreMegaAndMolarAreToldApart) {
  EXPECT_EQ(unit("m").dimension, Dimension::length());
  EXPECT_EQ(unit("mm").dimension, Dimension::length());
  EXPECT_EQ(unit("M").dimension, Dimension::concentration());
  EXPECT_EQ(unit("mM").dimension, Dimension::concentration());
  EXPECT_EQ(unit("MHz").dimension, Dimension::frequency());
  EXPECT_EQ(unit("S").dimension, Dimension::conductance());
  EXPECT_EQ(unit("s").dimension, Dimension::time());
}

TEST(Unit, WhatIsNoUnitIsRefused) {
  for (const char *text : {"", "mv", "msec", "mV/", "/ms", "mV^", "mV^x", "(mV",
                           "mV)", "mV^99", "mV ms", "2", "kk"})
    EXPECT_FALSE(parseUnit(text)) << text;
}

TEST(Unit, DeepNestingIsRefusedNotFollowed) {
  EXPECT_FALSE(parseUnit(std::string(100'000, '(')));
}

TEST(Literal, IsRoundedOnce) {
  // 0.1 s is 100 ms exactly, although 0.1 * 1000 in doubles need not be.
  EXPECT_EQ(internal("0.1", "s"), 100);
  EXPECT_EQ(internal("0.3", "V"), 300);
  EXPECT_EQ(internal("87.8", "pA"), 87.8);
  EXPECT_EQ(internal("1.62", "mV"), 1.62);
  EXPECT_EQ(internal("0.0351", "nA"), 35.1);
  EXPECT_EQ(internal("10_000", "ms"), 10000);
  EXPECT_EQ(internal("1e-3", "s"), 1);
  EXPECT_EQ(internal("2.5E+1", "mV"), 25);
}

TEST(Literal, WithManyDigitsIsTheNearestDouble) {
  EXPECT_EQ(*scaleDecimal("0.1000000000000000055511151231257827021181583404541"
                          "015625",
                          0),
            0.1);
  EXPECT_EQ(*scaleDecimal("9007199254740993", 0), 9007199254740992.0);
  EXPECT_EQ(*scaleDecimal("9007199254740993", -3), 9007199254740.993);
}

TEST(Literal, OutOfRangeOrMalformedIsRefused) {
  EXPECT_FALSE(scaleDecimal("1e400", 0));
  EXPECT_FALSE(scaleDecimal("1", 400));
  EXPECT_FALSE(scaleDecimal("1e999999999999", 0));
  EXPECT_FALSE(scaleDecimal("", 0));
  EXPECT_FALSE(scaleDecimal("1.2.3", 0));
  EXPECT_FALSE(scaleDecimal("x", 0));
}

TEST(Format, IsTheShortestTextThatReadsBack) {
  EXPECT_EQ(formatQuantity(0.25, unit("ms")), "0.25 ms");
  EXPECT_EQ(formatQuantity(1000, unit("s")), "1 s");
  EXPECT_EQ(formatQuantity(-65, Dimension::voltage()), "-65 mV");
  EXPECT_EQ(formatQuantity(0.008, Dimension::frequency()), "8 Hz");
  EXPECT_EQ(formatQuantity(0.1, Dimension::none()), "0.1");
  EXPECT_EQ(formatNumber(1e300), "1e300");
  EXPECT_EQ(formatNumber(-1.5e-9), "-1.5e-9");
  EXPECT_EQ(formatNumber(0), "0");
  EXPECT_EQ(formatNumber(123456), "123456");
  for (double value : {0.1, 1.0 / 3, 6.02e23, 1e-7, 1234.5678, 5e-324})
    EXPECT_EQ(*scaleDecimal(formatNumber(value), 0), value);
}

} // namespace
