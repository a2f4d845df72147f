//===- EngineTest.cpp - Collecting, sorting, silencing, fixing ------------===//
//
// What is reported comes out once, by place; warnings can be silenced, errors
// cannot; certain fixes give the text that was meant.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Engine.h"
#include "lang/Diagnostics/Fixes.h"
#include "lang/Diagnostics/Render.h"

#include <gtest/gtest.h>

using namespace snn::lang;

namespace {

class EngineTest : public testing::Test {
protected:
  SourceMap sources;
  DiagnosticEngine engine{sources};
  const SourceBuffer &buffer =
      sources.add("a.snn", "neuron A {\n  V = 0\n  W = tua\n}\n");

  SourceRange find(std::string_view text) const {
    auto at = static_cast<uint32_t>(buffer.text().find(text));
    return buffer.range(at, at + static_cast<uint32_t>(text.size()));
  }
};

TEST_F(EngineTest, SortsByPlaceAndDropsRepetitions) {
  engine.report(diag::UnknownName, find("tua"), "tua", "neuron `A`");
  engine.report(diag::UnitMissing, find("0"), "`V`", "a voltage (mV)", "0");
  engine.report(diag::UnknownName, find("tua"), "tua", "neuron `A`");
  auto sorted = engine.sorted();
  ASSERT_EQ(sorted.size(), 2u);
  EXPECT_EQ(sorted[0]->info().code, "E0303");
  EXPECT_EQ(sorted[1]->message, "unknown name `tua` in neuron `A`");
  EXPECT_EQ(engine.errorCount(), 2u);
  EXPECT_EQ(engine.reportedErrors(), 3u);
}

TEST_F(EngineTest, AllowSilencesWarningsWithinItsScopeOnly) {
  engine.report(diag::SuspiciousMagnitude, find("0"), "V", "0", "odd");
  engine.report(diag::UnknownName, find("tua"), "tua", "neuron `A`");
  engine.allow("W0304", find("tua"));
  EXPECT_EQ(engine.warningCount(), 1u);
  engine.allow("W0304", buffer.range(0, 30));
  EXPECT_EQ(engine.warningCount(), 0u);
  engine.allow("E0201", buffer.range(0, 30));
  EXPECT_EQ(engine.errorCount(), 1u);
}

TEST_F(EngineTest, CertainFixesAreAppliedUncertainOnesAreNot) {
  engine.report(diag::UnknownName, find("tua"), "tua", "neuron `A`")
      .fix("replace", find("tua"), "tau");
  engine.report(diag::UnitMissing, find("0"), "`V`", "a voltage (mV)", "0")
      .suggest("write the unit", find("0"), "0 mV");
  FixedText fixed = applyFixes(buffer, engine);
  EXPECT_EQ(fixed.applied, 1u);
  EXPECT_EQ(fixed.text, "neuron A {\n  V = 0\n  W = tau\n}\n");
}

TEST_F(EngineTest, OfOverlappingFixesTheFirstWins) {
  engine.report(diag::UnknownName, find("tua"), "tua", "x")
      .fix("replace", find("tua"), "tau");
  engine.report(diag::UsedBeforeDefinition, find("tua"), "tua")
      .fix("replace", find("W = tua"), "W = 1");
  FixedText fixed = applyFixes(buffer, engine);
  EXPECT_EQ(fixed.applied, 1u);
}

TEST_F(EngineTest, ArgumentsWithBracesAreNotFilledAgain) {
  engine.report(diag::UnknownName, find("tua"), "{1}", "neuron `{0}`");
  EXPECT_EQ(engine.sorted()[0]->message, "unknown name `{1}` in neuron `{0}`");
}

} // namespace
