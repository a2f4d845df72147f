//===- Support.h - What the tests of the front end share --------*- C++ -*-===//
//
// Texts parsed in one call, files read whole, and the models that stand in the
// documentation.
//
//===----------------------------------------------------------------------===//

#ifndef SNN_TESTS_UNIT_LANG_SUPPORT_H
#define SNN_TESTS_UNIT_LANG_SUPPORT_H

#include "lang/AST/Nodes.h"
#include "lang/Diagnostics/Engine.h"
#include "lang/Diagnostics/Render.h"
#include "lang/Parse/Parser.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace snn::lang::test {

/// A text with its tree and its messages.
struct Parsed {
  SourceMap sources;
  SourceBuffer *buffer;
  DiagnosticEngine engine{sources};
  std::unique_ptr<ast::File> file;

  explicit Parsed(std::string text, std::string name = "model.snn")
      : buffer(&sources.add(std::move(name), std::move(text))) {
    file = parse(*buffer, engine);
  }

  std::string messages() const { return render(engine); }
  /// The codes of all messages, by place: "E0101 E0102".
  std::string codes() const {
    std::string result;
    for (const Diagnostic *one : engine.sorted())
      result += (result.empty() ? "" : " ") + std::string(one->info().code);
    return result;
  }
  bool isRight() const { return file && engine.sorted().empty(); }
};

inline std::string readFile(const std::filesystem::path &path) {
  std::ifstream stream(path, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

struct Model {
  std::string name;
  std::string text;
};

/// The ```snn blocks of a page.
inline std::vector<Model> blocksOf(const std::filesystem::path &page) {
  std::vector<Model> result;
  std::string text = readFile(page);
  for (size_t at = 0; (at = text.find("```snn", at)) != text.npos;) {
    at = text.find('\n', at) + 1;
    size_t end = text.find("```", at);
    result.push_back({page.filename().string() + ", block " +
                          std::to_string(result.size() + 1),
                      text.substr(at, end - at)});
    at = end + 3;
  }
  return result;
}

/// The models of the standard library, the examples and the reference, and
/// those kept for these tests.
inline std::vector<Model> allModels() {
  std::filesystem::path root = SNN_SOURCE_DIR;
  std::vector<Model> result = blocksOf(root / "docs/reference/language.md");
  std::vector<std::filesystem::path> paths;
  for (const char *folder :
       {"stdlib", "examples", "tests/unit/Lang/AST/Models"})
    if (std::filesystem::exists(root / folder))
      for (const auto &entry :
           std::filesystem::recursive_directory_iterator(root / folder))
        if (entry.path().extension() == ".snn")
          paths.push_back(entry.path());
  std::ranges::sort(paths);
  for (const auto &path : paths)
    result.push_back({path.string(), readFile(path)});
  return result;
}

} // namespace snn::lang::test

#endif // SNN_TESTS_UNIT_LANG_SUPPORT_H
