//===- Modules.cpp - Files that use each other ----------------------------===//
//
// Depth-first loading, each file once; the chain of open files finds loops.
//
//===----------------------------------------------------------------------===//
#include "lang/Modules/Modules.h"

#include "lang/AST/Walk.h"
#include "lang/Diagnostics/Suggest.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace snn::lang {

namespace fs = std::filesystem;

static constexpr uintmax_t maxFileSize = 64u << 20;

const ast::Name &nameOf(const ast::Stmt &declaration) {
  if (const auto *model = ast::dynCast<ast::ModelDecl>(&declaration))
    return model->name;
  if (const auto *structure = ast::dynCast<ast::StructureDecl>(&declaration))
    return structure->name;
  if (const auto *chip = ast::dynCast<ast::ChipDecl>(&declaration))
    return chip->name;
  return ast::cast<ast::ExperimentDecl>(declaration).name;
}

ModuleLoader::ModuleLoader(SourceMap &sources, DiagnosticEngine &diagnostics,
                           ParseFunction parse, std::vector<fs::path> libraries,
                           ImportFunction convert)
    : sources(sources), diagnostics(diagnostics), parse(std::move(parse)),
      libraries(std::move(libraries)), convert(std::move(convert)) {}

static fs::path realPath(const fs::path &path) {
  std::error_code error;
  fs::path result = fs::weakly_canonical(path, error);
  return error ? path.lexically_normal() : result;
}

/// True if `path`, with links followed, stands beneath `folder`.
static bool isBeneath(const fs::path &path, const fs::path &folder) {
  fs::path whole = realPath(path), tree = realPath(folder);
  return std::mismatch(tree.begin(), tree.end(), whole.begin(), whole.end())
             .first == tree.end();
}

const Module *ModuleLoader::load(const SourceBuffer &buffer,
                                 const fs::path &folder) {
  root = folder.empty() ? fs::path(".") : folder;
  open.push_back(realPath(buffer.name()));
  Module *module = loadBuffer(buffer, root, /*isLibrary=*/false);
  open.pop_back();
  return module;
}

Module *ModuleLoader::loadBuffer(const SourceBuffer &buffer,
                                 const fs::path &folder, bool isLibrary) {
  std::unique_ptr<ast::File> file = parse(buffer, diagnostics);
  if (!file)
    return nullptr;
  Module &module = *loaded.emplace_back(std::make_unique<Module>());
  module.buffer = &buffer;
  module.folder = folder;
  module.file = std::move(file);
  module.isLibrary = isLibrary;
  byPath[realPath(buffer.name())] = &module;
  for (const ast::StmtPtr &declaration : module.file->declarations) {
    if (ast::dynCast<ast::UseDecl>(declaration.get()))
      continue;
    const ast::Name &name = nameOf(*declaration);
    Declared declared{declaration.get(), &module};
    auto [place, isNew] = module.names.emplace(name.text, declared);
    if (!isNew) {
      diagnostics
          .report(diag::DuplicateName, name.range, name.text, "this file")
          .label(nameOf(*place->second.declaration).range,
                 "first declared here");
      continue;
    }
    module.own.push_back(declared);
  }
  for (const ast::StmtPtr &declaration : module.file->declarations)
    if (const auto *use = ast::dynCast<ast::UseDecl>(declaration.get()))
      if (const Module *used = resolve(*use, folder, isLibrary))
        import(module, *use, *used);
  // They cost something: not for a text with mistakes.
  if (!diagnostics.hasErrors())
    for (const ast::StmtPtr &declaration : module.file->declarations)
      ast::forEachStatement(*declaration, [&](const ast::Stmt &statement) {
        if (const auto *given = ast::dynCast<ast::ImportStmt>(&statement))
          import(module, *given);
      });
  return &module;
}

void ModuleLoader::import(Module &module, const ast::ImportStmt &statement) {
  const auto &file = ast::cast<ast::StringExpr>(*statement.file);
  fs::path relative = file.value;
  std::string reason;
  if (!relative.is_relative() ||
      std::ranges::find(relative, "..") != relative.end())
    reason = "it does not stand beneath the folder of the model";
  else if (!convert)
    reason = "nothing converts it here";
  if (!reason.empty()) {
    diagnostics.report(diag::ImportFault, file.range, file.value, reason);
    return;
  }
  std::optional<Imported> imported =
      convert(statement, module.folder, diagnostics);
  if (!imported)
    return;
  const SourceBuffer &buffer =
      sources.add((module.folder / relative).generic_string() + ":column.snn",
                  std::move(imported->text));
  if (const Module *made =
          loadBuffer(buffer, imported->folder, /*isLibrary=*/false))
    for (const Declared &declared : made->own)
      if (ast::dynCast<ast::StructureDecl>(declared.declaration))
        imported->column = declared;
  module.imports.emplace(&statement, std::move(*imported));
}

Module *ModuleLoader::resolve(const ast::UseDecl &use, const fs::path &folder,
                              bool fromLibrary) {
  fs::path relative;
  std::string spelled;
  for (const ast::Name &part : use.path) {
    relative /= part.text;
    spelled += (spelled.empty() ? "" : ".") + part.text;
  }
  relative += ".snn";
  std::error_code error;
  fs::path local = folder / relative;
  if (fs::is_regular_file(local, error)) {
    bool allowed = isBeneath(local, root) ||
                   (fromLibrary && std::ranges::any_of(
                                       libraries, [&](const fs::path &library) {
                                         return isBeneath(local, library);
                                       }));
    if (!allowed) {
      diagnostics.report(diag::FileOutside, use.pathRange, spelled);
      return nullptr;
    }
    return loadFile(local, fromLibrary, use);
  }
  for (const fs::path &library : libraries) {
    fs::path candidate = library / relative;
    if (fs::is_regular_file(candidate, error) && isBeneath(candidate, library))
      return loadFile(candidate, /*isLibrary=*/true, use);
  }
  Diagnostic &message =
      diagnostics.report(diag::FileNotFound, use.pathRange, spelled);
  message.note("looked for " + local.generic_string());
  std::vector<std::string> siblings;
  for (const fs::path &library : libraries) {
    fs::directory_iterator entries(library / relative.parent_path(), error);
    if (error)
      continue;
    message.note("and in the standard library at " + library.generic_string());
    for (const fs::directory_entry &entry : entries)
      if (entry.path().extension() == ".snn")
        siblings.push_back(entry.path().stem().string());
  }
  std::ranges::sort(siblings); // folders list their files in any order
  if (use.path.empty())
    return nullptr;
  const ast::Name &last = use.path.back();
  if (auto meant = nearest(last.text, siblings))
    message.fix("did you mean `" + *meant + "`?", last.range, *meant);
  return nullptr;
}

Module *ModuleLoader::loadFile(const fs::path &path, bool isLibrary,
                               const ast::UseDecl &use) {
  fs::path whole = realPath(path);
  if (std::ranges::find(open, whole) != open.end()) {
    Diagnostic &message = diagnostics.report(diag::UseLoop, use.pathRange,
                                             path.filename().generic_string());
    for (const fs::path &file : open)
      message.note(file.filename().generic_string() + " uses");
    message.note(path.filename().generic_string() + " again");
    return nullptr;
  }
  if (auto known = byPath.find(whole); known != byPath.end())
    return known->second;
  if (open.size() >= maxDepth) {
    diagnostics.report(diag::UseTooDeep, use.pathRange, Count(maxDepth));
    return nullptr;
  }
  std::error_code error;
  std::ifstream stream(path, std::ios::binary);
  uintmax_t size = fs::file_size(path, error);
  if (!stream || error || size > maxFileSize) {
    diagnostics.report(diag::FileUnreadable, use.pathRange,
                       path.generic_string());
    return nullptr;
  }
  std::ostringstream text;
  text << stream.rdbuf();
  const SourceBuffer &buffer = sources.add(path.generic_string(), text.str());
  open.push_back(whole);
  Module *module = loadBuffer(buffer, path.parent_path(), isLibrary);
  open.pop_back();
  byPath[whole] = module;
  return module;
}

void ModuleLoader::import(Module &module, const ast::UseDecl &use,
                          const Module &used) {
  auto bring = [&](const ast::Name &as, Declared declared) {
    auto [place, isNew] = module.names.emplace(as.text, declared);
    if (isNew || place->second.declaration == declared.declaration)
      return;
    diagnostics
        .report(diag::AmbiguousName,
                as.range.isValid() ? as.range : use.pathRange, as.text)
        .label(nameOf(*place->second.declaration).range, "the other one");
  };
  if (use.imports.empty()) {
    for (const Declared &declared : used.own)
      bring({nameOf(*declared.declaration).text, use.pathRange}, declared);
    return;
  }
  for (const ast::UseDecl::Import &wanted : use.imports) {
    auto found = std::ranges::find_if(used.own, [&](const Declared &declared) {
      return nameOf(*declared.declaration).text == wanted.name.text;
    });
    if (found != used.own.end()) {
      bring(wanted.alias.empty() ? wanted.name : wanted.alias, *found);
      continue;
    }
    std::vector<std::string> names;
    for (const Declared &declared : used.own)
      names.push_back(nameOf(*declared.declaration).text);
    Diagnostic &message =
        diagnostics.report(diag::UnknownImport, wanted.name.range,
                           wanted.name.text, used.buffer->name());
    if (auto meant = nearest(wanted.name.text, names))
      message.at("did you mean `" + *meant + "`?")
          .fix("replace the name", wanted.name.range, *meant);
    else
      message.note("it declares: " + joinNames(names));
  }
}

std::vector<fs::path> standardLibraryPaths(const fs::path &executable,
                                           const fs::path &builtIn) {
  std::vector<fs::path> paths;
  if (const char *given = std::getenv("SNN_STDLIB"); given && *given)
    paths.emplace_back(given);
  if (!executable.empty())
    paths.push_back(
        (executable.parent_path().parent_path() / "share/snn/stdlib"));
  if (!builtIn.empty())
    paths.push_back(builtIn);
  std::error_code error;
  std::erase_if(paths, [&](const fs::path &path) {
    return !fs::is_directory(path, error);
  });
  return paths;
}

} // namespace snn::lang
