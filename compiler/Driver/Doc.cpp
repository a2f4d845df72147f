//===- Doc.cpp - `snn doc`: what models say of themselves -------*- C++ -*-===//
//
// The `///` comments of the standard library or of a file, with the parameters,
// ports and states as they are written there.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/ChipPage.h"
#include "compiler/Driver/FrontEnd.h"
#include "compiler/Driver/Output.h"
#include "compiler/Driver/Verbs.h"
#include "lang/Diagnostics/Suggest.h"
#include "lang/Parse/Parser.h"

#include <algorithm>
#include <deque>

using namespace snn;
using namespace snn::driver;
namespace fs = std::filesystem;
namespace ast = lang::ast;

namespace {

/// Parsed files and the declarations in them.
struct Library {
  lang::SourceMap sources;
  lang::DiagnosticEngine engine{sources};
  std::deque<std::unique_ptr<ast::File>> files;
  struct Entry {
    const ast::Stmt *declaration;
    const ast::File *file;
    /// What `use` is followed by; empty outside the standard library.
    std::string module;
  };
  std::vector<Entry> entries;

  std::optional<Failure> add(const fs::path &path, const std::string &module);
  int showErrors(const Console &console) {
    console.message(lang::render(
        engine, {console.options().format, console.colorsMessages()}));
    return static_cast<int>(ExitCode::ModelErrors);
  }
  std::string text(lang::SourceRange range) const {
    return std::string(sources.get(range).text(range));
  }
};

bool isDeclaration(const ast::Stmt &statement) {
  return statement.kind == ast::Stmt::Kind::Model ||
         statement.kind == ast::Stmt::Kind::Structure ||
         statement.kind == ast::Stmt::Kind::Experiment ||
         statement.kind == ast::Stmt::Kind::Chip;
}

std::optional<Failure> Library::add(const fs::path &path,
                                    const std::string &module) {
  Expected<Input> input = readInput(path);
  if (!input)
    return input.failure();
  const lang::SourceBuffer &buffer =
      sources.add(input->name, std::move(input->text));
  std::unique_ptr<ast::File> file = lang::parse(buffer, engine);
  if (!file)
    return std::nullopt;
  files.push_back(std::move(file));
  for (const ast::StmtPtr &statement : files.back()->declarations)
    if (isDeclaration(*statement))
      entries.push_back({statement.get(), files.back().get(), module});
  return std::nullopt;
}

const char *wordFor(const ast::Stmt &declaration) {
  if (const auto *model = ast::dynCast<ast::ModelDecl>(&declaration))
    return ast::spelling(model->model);
  if (const auto *structure = ast::dynCast<ast::StructureDecl>(&declaration))
    return ast::spelling(structure->structure);
  return declaration.kind == ast::Stmt::Kind::Chip ? "chip" : "experiment";
}

/// The first sentence of the comment.
std::string summaryOf(const ast::Stmt &declaration) {
  std::string text;
  for (const std::string &line : declaration.doc) {
    if (line.empty())
      break;
    text += (text.empty() ? "" : " ") + line;
  }
  size_t end = text.find(". ");
  return end == std::string::npos ? text : text.substr(0, end + 1);
}

class Page {
public:
  Page(const Library &library, const Console &console)
      : library(library), console(console) {}

  std::string describe(const Library::Entry &entry) {
    const ast::Stmt &declaration = *entry.declaration;
    page = heading(std::string(wordFor(declaration)) + " " +
                   lang::nameOf(declaration).text);
    for (const std::string &line : declaration.doc)
      page += "  " + lang::printable(line) + "\n";
    if (!entry.module.empty())
      page += "\n  use " + entry.module + "\n";
    if (const auto *model = ast::dynCast<ast::ModelDecl>(&declaration)) {
      if (!model->base.empty())
        page += "\n  extends " + model->base.text + "\n";
      list("Parameters", model->parameters);
      describeMembers(model->body);
    } else if (const auto *structure =
                   ast::dynCast<ast::StructureDecl>(&declaration)) {
      list("Parameters", structure->parameters);
    }
    return page;
  }

private:
  const Library &library;
  const Console &console;
  std::string page;

  std::string heading(const std::string &text) const {
    return (console.colorsOutput() ? "\x1b[1m" + text + "\x1b[0m" : text) +
           "\n";
  }

  /// Each range on a line of its own, as it is written.
  void lines(const char *title, const std::vector<lang::SourceRange> &ranges,
             const std::vector<std::string> &docs = {}) {
    if (ranges.empty())
      return;
    page += std::string("\n") + title + "\n";
    for (lang::SourceRange range : ranges)
      page += "  " + lang::printable(library.text(range)) + "\n";
    for (const std::string &line : docs)
      page += "    " + lang::printable(line) + "\n";
  }
  void list(const char *title, const std::vector<ast::Binding> &bindings) {
    std::vector<lang::SourceRange> ranges;
    for (const ast::Binding &binding : bindings)
      ranges.push_back(binding.range);
    lines(title, ranges);
  }

  void describeMembers(const ast::Block &body) {
    std::vector<lang::SourceRange> parameters, inputs, ports, states;
    auto append = [](std::vector<lang::SourceRange> &to,
                     const std::vector<ast::Binding> &bindings) {
      for (const ast::Binding &binding : bindings)
        to.push_back(binding.range);
    };
    for (const ast::StmtPtr &member : body.statements) {
      if (const auto *param = ast::dynCast<ast::ParamStmt>(member.get()))
        append(parameters, param->bindings);
      else if (const auto *input = ast::dynCast<ast::InputStmt>(member.get()))
        append(inputs, input->bindings);
      else if (const auto *state = ast::dynCast<ast::StateStmt>(member.get()))
        append(states, state->bindings);
      else if (const auto *receptors =
                   ast::dynCast<ast::ReceptorStmt>(member.get()))
        for (const ast::ReceptorStmt::Receptor &one : receptors->receptors)
          ports.push_back(one.range);
      else if (const auto *port = ast::dynCast<ast::PortStmt>(member.get())) {
        // Its head; what it does is not its interface.
        lang::SourceRange head = port->range;
        if (port->body.isPresent())
          head.end = port->body.range.begin;
        // The blank before the brace.
        while (head.end > head.begin && library.text(head).ends_with(' '))
          --head.end;
        ports.push_back(head);
      }
    }
    lines("Parameters", parameters);
    lines("Inputs", inputs);
    lines("Ports", ports);
    lines("States", states);
  }
};

/// Empty if the declaration has errors.
std::string describeChip(Library &library, const ast::ChipDecl &declaration,
                         const Library::Entry &entry,
                         const DocOptions &options) {
  std::optional<lang::checked::Chip> chip =
      lang::checkChip(declaration, library.engine);
  if (!chip)
    return "";
  return chipPage(*chip, declaration, *entry.file,
                  library.sources.get(declaration.range), options.item,
                  options.markdown ? PageStyle::Markdown : PageStyle::Text);
}

/// "neurons.LIF" for stdlib/neurons/LIF.snn.
std::string moduleName(const fs::path &relative) {
  std::string name;
  for (const fs::path &part : relative.parent_path())
    name += part.string() + ".";
  return name + relative.stem().string();
}

std::string listing(const Library &library, bool namesOnly) {
  std::string text;
  size_t width = 0;
  for (const Library::Entry &entry : library.entries)
    width = std::max(width, lang::nameOf(*entry.declaration).text.size());
  std::string folder;
  for (const Library::Entry &entry : library.entries) {
    std::string name = lang::nameOf(*entry.declaration).text;
    if (namesOnly) {
      text += name + "\n";
      continue;
    }
    std::string here = entry.module.substr(0, entry.module.find('.'));
    if (here != folder) {
      text += (text.empty() ? "" : "\n") + here + "\n";
      folder = here;
    }
    text += "  " + name + std::string(width - name.size() + 2, ' ') +
            lang::printable(summaryOf(*entry.declaration)) + "\n";
  }
  return text;
}

} // namespace

int snn::driver::showDocumentation(const DocOptions &options,
                                   const Console &console) {
  Library library;
  std::error_code error;
  bool isFile = options.item == "-" || options.item.ends_with(".snn") ||
                fs::is_directory(options.item, error);
  if (isFile) {
    Expected<fs::path> model = findModel(options.item);
    if (!model)
      return console.fail(model.failure());
    if (std::optional<Failure> failure = library.add(*model, ""))
      return console.fail(*failure);
    if (library.engine.hasErrors())
      return library.showErrors(console);
  } else {
    fs::path root;
    for (const fs::path &path : libraryPaths())
      if (root.empty() && fs::is_directory(path, error))
        root = path;
    if (root.empty())
      return console.fail({ExitCode::NoInput,
                           "the standard library is not installed",
                           "set SNN_STDLIB to its folder"});
    Expected<std::vector<fs::path>> sources = findSources(root.string());
    if (!sources)
      return console.fail(sources.failure());
    for (const fs::path &path : *sources)
      if (std::optional<Failure> failure =
              library.add(path, moduleName(path.lexically_relative(root))))
        return console.fail(*failure);
  }

  std::string text;
  if (options.list || options.item.empty()) {
    text = listing(library, options.list);
  } else {
    std::vector<std::string> names;
    for (const Library::Entry &entry : library.entries) {
      const std::string &name = lang::nameOf(*entry.declaration).text;
      names.push_back(name);
      if (!isFile && name != options.item && entry.module != options.item)
        continue;
      if (!text.empty())
        text += "\n";
      const auto *chip = ast::dynCast<ast::ChipDecl>(entry.declaration);
      if (options.markdown && !chip)
        return console.fail({ExitCode::Usage,
                             "`--markdown` is for chips; `" + name + "` is a " +
                                 wordFor(*entry.declaration),
                             "leave it out"});
      text += chip ? describeChip(library, *chip, entry, options)
                   : Page(library, console).describe(entry);
    }
    if (library.engine.hasErrors())
      return library.showErrors(console);
    if (text.empty() && !isFile) {
      std::optional<std::string> near = lang::nearest(options.item, names);
      return console.fail(
          {ExitCode::Usage,
           "the standard library holds no `" + options.item + "`",
           near ? "did you mean `" + *near + "`?"
                : "`snn doc` lists what it holds"});
    }
  }
  return console.print(text) ? 0 : console.fail(outputFailure());
}
