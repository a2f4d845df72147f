//===- Modules.h - Files that use each other --------------------*- C++ -*-===//
//
// A file is a module; `use a.b` brings in what the file a/b.snn declares. The
// file is looked for beneath the folder of the file that uses it, then in the
// standard library. Nothing outside those two trees is ever read.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_MODULES_MODULES_H
#define SNN_LANG_MODULES_MODULES_H

#include "lang/AST/Nodes.h"
#include "lang/Diagnostics/Engine.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace snn::lang {

struct Module;

/// A model, structure or experiment and the module whose names it sees.
struct Declared {
  const ast::Stmt *declaration = nullptr;
  const Module *module = nullptr;

  explicit operator bool() const { return declaration != nullptr; }
};

/// What came of `import "net.onnx" as eye`.
struct Imported {
  /// One column, whose data stand beneath the folder.
  std::string text;
  std::filesystem::path folder;
  /// Its ports with their sizes, and what else a reader wants to know.
  std::string summary;
  /// Its numbers are whole in 64 bits alone.
  bool needsF64 = false;
  Declared column;
};

struct Module {
  const SourceBuffer *buffer = nullptr;
  /// Beneath it stands what it uses and loads.
  std::filesystem::path folder;
  std::unique_ptr<ast::File> file;
  /// What its expressions see: its own declarations and those it uses.
  std::map<std::string, Declared> names;
  /// Its own, in the order of the text.
  std::vector<Declared> own;
  /// What its statements import; those that failed, and were reported, are not
  /// there.
  std::map<const ast::ImportStmt *, Imported> imports;
  bool isLibrary = false;

  Declared find(const std::string &name) const {
    auto found = names.find(name);
    return found == names.end() ? Declared() : found->second;
  }
};

/// The name of a model, structure or experiment.
const ast::Name &nameOf(const ast::Stmt &declaration);

/// Parses a buffer; reports what is wrong. Null if there is nothing to go on
/// with.
using ParseFunction = std::function<std::unique_ptr<ast::File>(
    const SourceBuffer &, DiagnosticEngine &)>;

/// Converts the network of a statement in a text that stands in `folder`;
/// reports what is wrong.
using ImportFunction = std::function<std::optional<Imported>(
    const ast::ImportStmt &, const std::filesystem::path &folder,
    DiagnosticEngine &)>;

class ModuleLoader {
public:
  /// `libraries` are the places where a standard library may be, best first.
  /// Without `convert` there are no imports.
  ModuleLoader(SourceMap &sources, DiagnosticEngine &diagnostics,
               ParseFunction parse,
               std::vector<std::filesystem::path> libraries,
               ImportFunction convert = nullptr);

  /// The module of a text that stands in `folder`, and all that it uses. Null
  /// if the text cannot be parsed.
  const Module *load(const SourceBuffer &buffer,
                     const std::filesystem::path &folder);

  /// Every module that was loaded, the first one first.
  const std::vector<std::unique_ptr<Module>> &modules() const { return loaded; }

private:
  static constexpr unsigned maxDepth = 64;

  SourceMap &sources;
  DiagnosticEngine &diagnostics;
  ParseFunction parse;
  std::vector<std::filesystem::path> libraries;
  ImportFunction convert;
  std::filesystem::path root;
  std::vector<std::unique_ptr<Module>> loaded;
  std::map<std::filesystem::path, Module *> byPath;
  /// Files that are being loaded, outermost first.
  std::vector<std::filesystem::path> open;

  Module *loadBuffer(const SourceBuffer &buffer,
                     const std::filesystem::path &folder, bool isLibrary);
  Module *loadFile(const std::filesystem::path &path, bool isLibrary,
                   const ast::UseDecl &use);
  Module *resolve(const ast::UseDecl &use, const std::filesystem::path &folder,
                  bool fromLibrary);
  void import(Module &module, const ast::UseDecl &use, const Module &used);
  void import(Module &module, const ast::ImportStmt &statement);
};

/// Where the standard library may be: $SNN_STDLIB, then
/// ../share/snn/stdlib beside the folder of the executable, then `builtIn`.
std::vector<std::filesystem::path>
standardLibraryPaths(const std::filesystem::path &executable,
                     const std::filesystem::path &builtIn);

} // namespace snn::lang

#endif // SNN_LANG_MODULES_MODULES_H
