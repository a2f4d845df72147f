//===- ModulesTest.cpp - Files that use each other ------------------------===//
//
// What golden files cannot show: links that leave the folder, long chains,
// large files, and where the standard library is found.
//
//===----------------------------------------------------------------------===//
#include "lang/Modules/Modules.h"
#include "lang/Parse/Parser.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <memory>

namespace fs = std::filesystem;
using namespace snn::lang;

namespace {

class ModulesTest : public testing::Test {
protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "snn-modules-XXXXXX");
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    top = name;
    folder = top / "model";
    fs::create_directories(folder);
  }
  void TearDown() override { fs::remove_all(top); }

  static void write(const fs::path &path, const std::string &text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }

  /// The codes that loading a text in `folder` reports.
  std::string codes(const std::string &text,
                    std::vector<fs::path> libraries = {}) {
    loader.reset();
    engine = std::make_unique<DiagnosticEngine>(sources);
    loader = std::make_unique<ModuleLoader>(sources, *engine, parse,
                                            std::move(libraries));
    const SourceBuffer &buffer =
        sources.add((folder / "model.snn").string(), text);
    module = loader->load(buffer, folder);
    loaded = loader->modules().size();
    std::string result;
    for (const Diagnostic *one : engine->sorted())
      result += (result.empty() ? "" : " ") + std::string(one->info().code);
    return result;
  }

  fs::path top, folder;
  SourceMap sources;
  std::unique_ptr<DiagnosticEngine> engine;
  /// Owns the modules that tests look at.
  std::unique_ptr<ModuleLoader> loader;
  const Module *module = nullptr;
  size_t loaded = 0;
};

TEST_F(ModulesTest, FilesBeneathTheFolderAreFoundAndReadOnce) {
  write(folder / "a.snn", "use parts.b\nneuron A { state V = 0 mV }\n");
  write(folder / "parts/b.snn", "neuron B { state V = 0 mV }\n");
  EXPECT_EQ(codes("use a\nuse parts.b\nuse parts.b: B as Again\n"), "");
  EXPECT_EQ(loaded, 3u);
  // `use` looks beneath the folder of the file that says it, not above.
  write(folder / "parts/b.snn", "use a\nneuron B { state V = 0 mV }\n");
  EXPECT_EQ(codes("use parts.b\n"), "E0215");
}

TEST_F(ModulesTest, ALinkOutOfTheFolderIsRefused) {
  write(top / "secret.snn", "neuron Secret { state V = 0 mV }\n");
  fs::create_symlink(top / "secret.snn", folder / "link.snn");
  EXPECT_EQ(codes("use link\n"), "E0217");
}

TEST_F(ModulesTest, AChainOfSixtyFourFilesIsReadAndOneMoreIsNot) {
  for (int i = 1; i <= 64; ++i)
    write(folder / ("f" + std::to_string(i) + ".snn"),
          i == 64 ? "" : "use f" + std::to_string(i + 1) + "\n");
  EXPECT_EQ(codes("use f2\n"), "");
  EXPECT_EQ(codes("use f1\n"), "E0218");
}

TEST_F(ModulesTest, AFileBeyondTheLimitIsNotRead) {
  write(folder / "large.snn", "");
  fs::resize_file(folder / "large.snn", (64u << 20) + 1);
  EXPECT_EQ(codes("use large\n"), "E0222");
}

TEST_F(ModulesTest, OwnFilesComeBeforeTheStandardLibrary) {
  fs::path library = top / "stdlib";
  write(library / "neurons/A.snn", "neuron A { state V = 0 mV }\n");
  EXPECT_EQ(codes("use neurons.A\n", {library}), "");
  EXPECT_TRUE(module->find("A").module->isLibrary);
  write(folder / "neurons/A.snn", "neuron A { state V = 0 mV }\n");
  EXPECT_EQ(codes("use neurons.A\n", {library}), "");
  EXPECT_FALSE(module->find("A").module->isLibrary);
}

TEST_F(ModulesTest, TheLibraryIsFoundByVariableExecutableOrBuild) {
  fs::path given = top / "given", installed = top / "share/snn/stdlib",
           built = top / "built";
  for (const fs::path &path : {given, installed, built})
    fs::create_directories(path);
  unsetenv("SNN_STDLIB");
  fs::path executable = top / "bin/snn";
  auto paths = standardLibraryPaths(executable, built);
  ASSERT_EQ(paths.size(), 2u);
  EXPECT_EQ(paths[0], installed);
  EXPECT_EQ(paths[1], built);
  setenv("SNN_STDLIB", given.c_str(), 1);
  EXPECT_EQ(standardLibraryPaths(executable, built)[0], given);
  unsetenv("SNN_STDLIB");
  EXPECT_TRUE(standardLibraryPaths({}, top / "missing").empty());
}

} // namespace
