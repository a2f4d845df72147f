//===- ExamplesTest.cpp - What the project ships checks without a word ----===//
//
// Every example and every file of the standard library, and what comes out of
// one example, number by number.
//
//===----------------------------------------------------------------------===//
#include "lang/Parse/Parser.h"
#include "lang/Sema/Sema.h"
#include "tests/unit/Lang/Support.h"

#include <gtest/gtest.h>

namespace fs = std::filesystem;
using namespace snn::lang;

namespace {

struct Checked {
  SourceMap sources;
  DiagnosticEngine engine{sources};
  std::optional<checked::Program> program;

  explicit Checked(const fs::path &path, CheckOptions options = {}) {
    fs::path root = SNN_SOURCE_DIR;
    ModuleLoader loader(sources, engine, parse, {root / "stdlib"});
    const SourceBuffer &buffer =
        sources.add(path.string(), test::readFile(path));
    if (const Module *module = loader.load(buffer, path.parent_path()))
      if (!engine.hasErrors())
        program = check(*module, options, engine);
  }
};

TEST(Examples, AndTheStandardLibraryCheckWithoutAWord) {
  fs::path root = SNN_SOURCE_DIR;
  unsigned count = 0;
  for (const char *folder : {"stdlib", "examples"})
    for (const auto &entry : fs::recursive_directory_iterator(root / folder))
      // The front end alone converts no networks.
      if (entry.path().extension() == ".snn" &&
          entry.path().parent_path().filename() != "hybrid") {
        Checked checked(entry.path());
        EXPECT_EQ(render(checked.engine), "") << entry.path();
        ++count;
      }
  EXPECT_GE(count, 20u);
}

TEST(Examples, BrunelBecomesTheNumbersOfThePaper) {
  Checked checked(fs::path(SNN_SOURCE_DIR) / "examples/brunel/model.snn");
  ASSERT_TRUE(checked.program);
  auto experiment =
      std::ranges::find(checked.program->experiments, "AsynchronousIrregular",
                        &checked::Experiment::name);
  ASSERT_NE(experiment, checked.program->experiments.end());
  EXPECT_EQ(experiment->stepSize, 0.1);
  EXPECT_EQ(experiment->durationSteps, 10'000u);
  EXPECT_EQ(experiment->warmupSteps, 2'000u);
  const checked::Network &network = experiment->network;
  ASSERT_EQ(network.populations.size(), 2u);
  EXPECT_EQ(network.populations[0].path, "E");
  EXPECT_EQ(network.populations[0].size, 10'000u);
  ASSERT_EQ(network.projections.size(), 4u);
  const checked::Projection &inhibition = network.projections[2];
  EXPECT_EQ(inhibition.path, "I->E.syn#0");
  EXPECT_EQ(inhibition.rule.kind, checked::Rule::Kind::Indegree);
  EXPECT_EQ(inhibition.rule.count, 250u);
  EXPECT_EQ(inhibition.weight.constant, -0.5);
  EXPECT_EQ(inhibition.axonal.constant, 1.5);
  // eta nu_th C_E = 2 * 20 mV/(0.1 mV * 20 ms) = 20 per ms.
  ASSERT_EQ(network.drives.size(), 2u);
  ASSERT_EQ(network.drives[0].rate->kind, checked::ExprKind::Number);
  EXPECT_DOUBLE_EQ(network.drives[0].rate->number, 20);
}

TEST(Examples, AnOverrideChangesTheStructure) {
  CheckOptions options;
  options.experiment = "AsynchronousIrregular";
  options.overrides = {
      {"net.N_E", "800"}, {"net.g", "4"}, {"E.tau_m", "0.01 s"}};
  Checked checked(fs::path(SNN_SOURCE_DIR) / "examples/brunel/model.snn",
                  options);
  ASSERT_TRUE(checked.program) << render(checked.engine);
  ASSERT_EQ(checked.program->experiments.size(), 1u);
  const checked::Network &network = checked.program->experiments[0].network;
  EXPECT_EQ(network.populations[0].size, 800u);
  EXPECT_EQ(network.projections[0].rule.count, 80u);
  EXPECT_EQ(network.projections[2].weight.constant, -0.4);
  ASSERT_TRUE(network.populations[0].params[0]);
  EXPECT_EQ(network.populations[0].params[0]->constant, 10);
}

} // namespace
