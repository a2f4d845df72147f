//===- GoldenTest.cpp - Every model says what its file says ---------------===//
//
// Each file of tests/golden/sema is a model followed by what is said about it,
// in comments that begin with `//|`: source and message are read together, as
// users read them. A file without such lines must be valid. With
// SNN_UPDATE_GOLDEN=1 the comments are written anew, to be reviewed.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Render.h"
#include "lang/Modules/Modules.h"
#include "lang/Parse/Parser.h"
#include "lang/Sema/Sema.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace fs = std::filesystem;
using namespace snn::lang;

namespace {

std::string read(const fs::path &path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

struct Golden {
  std::string model, expected;
  /// `// set: path = text` lines are overrides.
  std::vector<Override> overrides;
};

Golden split(const std::string &text) {
  Golden golden;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("//|")) {
      golden.expected += line.size() > 4 ? line.substr(4) : std::string();
      golden.expected += "\n";
      continue;
    }
    golden.model += line + "\n";
    if (line.starts_with("// set: ")) {
      size_t equals = line.find(" = ");
      golden.overrides.push_back(
          {line.substr(8, equals - 8), line.substr(equals + 3)});
    }
  }
  return golden;
}

std::string messagesFor(const fs::path &path, const Golden &golden) {
  SourceMap sources;
  DiagnosticEngine diagnostics(sources);
  const SourceBuffer &buffer =
      sources.add(path.filename().generic_string(), golden.model);
  ModuleLoader loader(sources, diagnostics, parse, {SNN_STDLIB_DIR});
  const Module *module = loader.load(buffer, path.parent_path());
  if (module && !diagnostics.hasErrors()) {
    CheckOptions options;
    options.overrides = golden.overrides;
    check(*module, options, diagnostics);
  }
  // Messages about files name them as they were opened.
  std::string text = render(diagnostics),
              folder = path.parent_path().generic_string() + "/";
  for (std::string root : {folder, std::string(SNN_STDLIB_DIR) + "/"})
    for (size_t at; (at = text.find(root)) != std::string::npos;)
      text.erase(at, root.size());
  // The library itself stands somewhere else on every machine.
  std::string library = SNN_STDLIB_DIR;
  for (size_t at; (at = text.find(library)) != std::string::npos;)
    text.replace(at, library.size(), "STDLIB");
  return text;
}

class GoldenTest : public testing::TestWithParam<fs::path> {};

TEST_P(GoldenTest, SaysWhatItsFileSays) {
  Golden golden = split(read(GetParam()));
  std::string messages = messagesFor(GetParam(), golden);
  if (std::getenv("SNN_UPDATE_GOLDEN")) {
    std::ofstream stream(GetParam(), std::ios::binary);
    stream << golden.model;
    std::istringstream lines(messages);
    for (std::string line; std::getline(lines, line);)
      stream << (line.empty() ? "//|" : "//| ") << line << "\n";
    return;
  }
  EXPECT_EQ(messages, golden.expected);
}

std::vector<fs::path> goldenFiles() {
  std::vector<fs::path> files;
  for (const fs::directory_entry &entry :
       fs::recursive_directory_iterator(SNN_GOLDEN_DIR))
    if (entry.path().extension() == ".snn" &&
        entry.path().parent_path().filename() != "used")
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

INSTANTIATE_TEST_SUITE_P(Sema, GoldenTest, testing::ValuesIn(goldenFiles()),
                         [](const testing::TestParamInfo<fs::path> &info) {
                           std::string name =
                               info.param.parent_path().filename().string() +
                               "_" + info.param.stem().string();
                           for (char &c : name)
                             if (!std::isalnum(static_cast<unsigned char>(c)))
                               c = '_';
                           return name;
                         });

} // namespace
