//===- InvalidTest.cpp - What is said about texts that are wrong *- C++ -*-===//
//
// Invalid/<topic>.snn holds wrong texts, each under a line `// ---- title`;
// Invalid/<topic>.expected holds what a reader sees for each. A text has one
// slip, so it gets one message; a title that begins with a number says how many
// it has. With SNN_UPDATE_EXPECTED=1 the test writes what it should compare.
//
//===----------------------------------------------------------------------===//

#include "tests/unit/Lang/Support.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace snn::lang::test {
namespace {

constexpr std::string_view Rule = "// ---- ";

std::vector<Model> casesOf(const std::string &text) {
  std::vector<Model> result;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);)
    if (line.starts_with(Rule))
      result.push_back({line.substr(Rule.size()), ""});
    else
      result.back().text += line + "\n";
  return result;
}

class Invalid : public testing::TestWithParam<const char *> {};

TEST_P(Invalid, EachSlipGetsTheExpectedMessage) {
  std::filesystem::path stem = std::filesystem::path(SNN_SOURCE_DIR) /
                               "tests/unit/Lang/Parse/Invalid" / GetParam();
  std::vector<Model> cases = casesOf(readFile(stem.string() + ".snn"));
  ASSERT_FALSE(cases.empty());

  std::string seen;
  for (const Model &one : cases) {
    Parsed parsed(one.text);
    unsigned slips = std::max(1, std::atoi(one.name.c_str()));
    EXPECT_EQ(parsed.engine.errorCount(), slips) << one.name << "\n"
                                                 << parsed.messages();
    seen += std::string(Rule) + one.name + "\n" + parsed.messages();
  }
  if (std::getenv("SNN_UPDATE_EXPECTED")) {
    std::ofstream(stem.string() + ".expected") << seen;
    return;
  }
  std::vector<Model> got = casesOf(seen);
  std::vector<Model> expected = casesOf(readFile(stem.string() + ".expected"));
  ASSERT_EQ(got.size(), expected.size());
  for (size_t i = 0; i < got.size(); ++i) {
    EXPECT_EQ(got[i].name, expected[i].name);
    EXPECT_EQ(got[i].text, expected[i].text) << got[i].name;
  }
}

INSTANTIATE_TEST_SUITE_P(Topics, Invalid,
                         testing::Values("brackets", "characters", "equations",
                                         "experiments", "models", "networks",
                                         "numbers", "sections"),
                         [](const auto &info) { return info.param; });

} // namespace
} // namespace snn::lang::test
