//===- TreeTest.cpp - The trees of the models kept for tests ----*- C++ -*-===//
//
// Models/<name>.snn and its tree, Models/<name>.tree. With
// SNN_UPDATE_EXPECTED=1 the test writes the trees.
//
//===----------------------------------------------------------------------===//

#include "lang/AST/Dump.h"
#include "tests/unit/Lang/Support.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace snn::lang::test {
namespace {

class Tree : public testing::TestWithParam<const char *> {};

TEST_P(Tree, IsAsExpected) {
  std::filesystem::path stem = std::filesystem::path(SNN_SOURCE_DIR) /
                               "tests/unit/Lang/AST/Models" / GetParam();
  Parsed parsed(readFile(stem.string() + ".snn"));
  ASSERT_TRUE(parsed.isRight()) << parsed.messages();
  std::string tree = dump(*parsed.file);
  if (std::getenv("SNN_UPDATE_EXPECTED"))
    std::ofstream(stem.string() + ".tree") << tree;
  EXPECT_EQ(tree, readFile(stem.string() + ".tree"));
}

INSTANTIATE_TEST_SUITE_P(Models, Tree,
                         testing::Values("exemplars", "experiments", "models",
                                         "networks"),
                         [](const auto &info) { return info.param; });

TEST(SourceTest, ColumnsCountBytesAndCodePoints) {
  SourceMap sources;
  SourceBuffer &buffer = sources.add("a", "x\n\xC2\xB5s y\r\nlast");
  EXPECT_EQ(buffer.lineCount(), 3u);
  EXPECT_EQ(buffer.line(2), "\xC2\xB5s y");
  EXPECT_EQ(buffer.line(3), "last");
  LineColumn place = buffer.lineColumn(6);
  EXPECT_EQ(place.line, 2u);
  EXPECT_EQ(place.byteColumn, 5u);
  EXPECT_EQ(place.codePointColumn, 4u);
  EXPECT_EQ(buffer.lineColumn(0).line, 1u);
  EXPECT_EQ(buffer.lineColumn(static_cast<uint32_t>(buffer.text().size())).line,
            3u);
}

TEST(SourceTest, BuffersAreFoundByIdAndName) {
  SourceMap sources;
  sources.add("a", "1");
  SourceBuffer &b = sources.add("b", "22");
  EXPECT_EQ(&sources.get(b.id()), &b);
  EXPECT_EQ(sources.find("b"), &b);
  EXPECT_EQ(sources.find("c"), nullptr);
}

TEST(SourceTest, JoinedRangesHoldBoth) {
  SourceRange a{0, 3, 5}, b{0, 9, 12};
  EXPECT_EQ(join(a, b), (SourceRange{0, 3, 12}));
  EXPECT_EQ(join(b, SourceRange{}), b);
  EXPECT_EQ(join(SourceRange{}, a), a);
  EXPECT_TRUE(join(a, b).contains(a));
  EXPECT_FALSE(a.contains(b));
}

} // namespace
} // namespace snn::lang::test
