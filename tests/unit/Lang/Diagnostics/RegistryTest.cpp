//===- RegistryTest.cpp - The registry of messages is complete ------------===//
//
// Every code is unique, explained with a wrong and a right example, worded
// after one pattern, and shown by at least one test of a model.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Kinds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace fs = std::filesystem;
using namespace snn::lang;

namespace {

TEST(Registry, CodesAreUniqueAndSaySeverity) {
  std::set<std::string_view> codes;
  for (const KindInfo &kind : allKinds()) {
    EXPECT_TRUE(codes.insert(kind.code).second) << kind.code;
    ASSERT_EQ(kind.code.size(), 5u) << kind.code;
    // E and W are said of models, R of runs.
    EXPECT_EQ(kind.code[0] != 'W', kind.severity == Severity::Error)
        << kind.code;
    EXPECT_EQ(findKind(kind.code), &kind);
  }
}

TEST(Registry, EveryCodeIsExplainedWithAWrongAndARightExample) {
  for (const KindInfo &kind : allKinds()) {
    EXPECT_NE(kind.explanation.find("wrong:"), std::string_view::npos)
        << kind.code;
    EXPECT_NE(kind.explanation.find("right:"), std::string_view::npos)
        << kind.code;
  }
}

TEST(Registry, MessagesAreLowerCaseWithoutFullStop) {
  for (const KindInfo &kind : allKinds()) {
    EXPECT_FALSE(kind.message.ends_with('.')) << kind.code;
    EXPECT_FALSE(kind.message[0] >= 'A' && kind.message[0] <= 'Z') << kind.code;
  }
}

TEST(Registry, EveryCodeIsShownByATest) {
  std::string all;
  for (const fs::directory_entry &entry :
       fs::recursive_directory_iterator(fs::path(SNN_SOURCE_DIR) / "tests")) {
    if (!entry.is_regular_file() || entry.path() == fs::path(__FILE__))
      continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    all += text.str();
  }
  for (const KindInfo &kind : allKinds()) {
    // What a run or the machine refuses (R, E073x) has tests of its own.
    if (kind.code[0] == 'R' || kind.code.starts_with("E073"))
      continue;
    EXPECT_NE(all.find(kind.code), std::string::npos)
        << kind.code << " (" << kind.id << ") is shown by no test";
  }
}

} // namespace
