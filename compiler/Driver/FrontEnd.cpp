//===- FrontEnd.cpp - From a file to a checked program ----------*- C++ -*-===//
//
// The standard library is found beside the program, or where it was built.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/FrontEnd.h"

#include "compiler/Driver/Reproducer.h"
#include "lang/Diagnostics/Render.h"
#include "lang/Parse/Parser.h"

using namespace snn;
using namespace snn::driver;
namespace fs = std::filesystem;

std::vector<fs::path> snn::driver::libraryPaths() {
  std::error_code error;
  fs::path program = fs::read_symlink("/proc/self/exe", error);
  return lang::standardLibraryPaths(program, SNN_STDLIB);
}

FrontEnd::FrontEnd(const Console &console)
    : console(console), diagnostics(sources), imports(console),
      loader(sources, diagnostics, lang::parse, libraryPaths(),
             [this](const lang::ast::ImportStmt &statement,
                    const fs::path &folder, lang::DiagnosticEngine &engine) {
               return imports.convert(statement, folder, engine);
             }) {}

/// Adds the clauses at the end of an experiment, on its last line, so that all
/// lines keep their numbers.
static void addRecords(std::string &text, const std::string &experiment,
                       const std::vector<std::string> &records) {
  lang::SourceMap sources;
  lang::DiagnosticEngine ignored(sources);
  std::unique_ptr<lang::ast::File> file =
      lang::parse(sources.add("", text), ignored);
  if (!file)
    return;
  for (const lang::ast::StmtPtr &statement : file->declarations) {
    const auto *found =
        lang::ast::dynCast<lang::ast::ExperimentDecl>(statement.get());
    if (!found || !found->body.isPresent() ||
        (!experiment.empty() &&
         found->name.text != experiment.substr(0, experiment.find('/'))))
      continue;
    std::string clauses;
    for (const std::string &record : records)
      clauses += "; record " + record;
    text.insert(found->body.range.end - 1, clauses + " ");
    return;
  }
}

std::optional<Failure> FrontEnd::load(const fs::path &path,
                                      const std::string &experiment,
                                      const std::vector<std::string> &records) {
  Expected<Input> read = readInput(path);
  if (!read)
    return read.failure();
  input = std::move(*read);
  setReproducerModel(input.text);
  if (!records.empty())
    addRecords(input.text, experiment, records);
  text = &sources.add(input.name, std::move(input.text));
  root = loader.load(*text, input.folder());
  if (root)
    checked = std::make_unique<lang::Analysis>(*root, diagnostics);
  return std::nullopt;
}

void FrontEnd::show(const lang::DiagnosticEngine &messages) const {
  lang::RenderOptions options;
  options.format = console.options().format;
  options.color = console.colorsMessages();
  console.message(lang::render(messages, options));
}

bool FrontEnd::report() {
  show(diagnostics);
  return diagnostics.hasErrors();
}
