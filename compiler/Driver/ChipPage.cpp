//===- ChipPage.cpp - The page of a chip ----------------------------------===//
//
// A number's note is the comment at the end of its line, or else the comment on
// lines of its own above it and what follows without a blank line.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/ChipPage.h"

#include "lang/Basic/Units.h"
#include "lang/Chips/Settings.h"
#include "lang/Diagnostics/Render.h"
#include "lang/Diagnostics/Suggest.h"

#include <algorithm>

using namespace snn;
using namespace snn::driver;
using lang::ChipSetting;
using lang::checked::Chip;
using lang::checked::ChipNumber;
using lang::checked::ChipOperation;
using lang::checked::ChipStep;
namespace ast = lang::ast;

namespace {

struct Row {
  std::string name, value, meaning, note;
};

std::string grouped(int64_t number) {
  std::string text = lang::toMessage(
      lang::Count(static_cast<uint64_t>(number < 0 ? -number : number)));
  return number < 0 ? "-" + text : text;
}

/// Steps in words of the language, with constants where they are used.
class Listing {
public:
  Listing(const Chip &chip, bool isTick) : chip(chip) {
    for (const ChipNumber &one : chip.registers)
      names.push_back(one.name);
    for (const ChipNumber &one : chip.parameters)
      names.push_back(one.name);
    names.insert(names.end(), {isTick ? "input" : "", isTick ? "" : "weight"});
    if (chip.receptors() > 1)
      names.push_back(isTick ? "" : "receptor");
    for (unsigned i = 1; i < chip.receptors(); ++i)
      names.push_back(isTick ? lang::inputName(i) : "");
  }

  std::vector<std::string> lines(const std::vector<ChipStep> &steps) {
    std::vector<std::string> result;
    for (const ChipStep &step : steps)
      if (step.operation == ChipOperation::Constant)
        name(step.slot) = std::to_string(step.value);
      else
        result.push_back(line(step));
    return result;
  }

private:
  const Chip &chip;
  std::vector<std::string> names;
  unsigned temporaries = 0;

  std::string &name(unsigned slot) {
    if (names.size() <= slot)
      names.resize(slot + 1);
    return names[slot];
  }

  std::string line(const ChipStep &step) {
    std::string a = name(step.a);
    if (step.operation == ChipOperation::Spike)
      return "spike if " + a;
    if (step.operation == ChipOperation::Store) {
      const ChipNumber &to = chip.registers[step.slot];
      return to.name + " = " + (to.wraps ? "wrap(" : "saturate(") + a + ")" +
             (step.b == lang::checked::ChipAlways ? "" : " if " + name(step.b));
    }
    std::string value = valueOf(step, a, name(step.b), name(step.c));
    name(step.slot) = "t" + std::to_string(++temporaries);
    return name(step.slot) + " = " + value;
  }

  static std::string valueOf(const ChipStep &step, const std::string &a,
                             const std::string &b, const std::string &c) {
    switch (step.operation) {
    case ChipOperation::Add:
      return a + " + " + b;
    case ChipOperation::Subtract:
      return a + " - " + b;
    case ChipOperation::Multiply:
      return a + "*" + b;
    case ChipOperation::Absolute:
      return "abs(" + a + ")";
    case ChipOperation::Minimum:
      return "min(" + a + ", " + b + ")";
    case ChipOperation::Maximum:
      return "max(" + a + ", " + b + ")";
    case ChipOperation::Scale:
      return "shift(" + a + ", " + b + ")";
    case ChipOperation::Truncate:
      return "toward_zero(" + a + ", " + b + ")";
    case ChipOperation::Less:
      return a + " < " + b;
    case ChipOperation::LessEqual:
      return a + " <= " + b;
    case ChipOperation::Equal:
      return a + " == " + b;
    case ChipOperation::And:
      return a + " and " + b;
    case ChipOperation::Or:
      return a + " or " + b;
    case ChipOperation::Not:
      return "not " + a;
    case ChipOperation::Select:
      return "if " + a + " then " + b + " else " + c;
    case ChipOperation::Constant:
    case ChipOperation::Store:
    case ChipOperation::Spike:
      break;
    }
    return "";
  }
};

class Page {
public:
  Page(const Chip &chip, const ast::ChipDecl &declaration,
       const ast::File &file, const lang::SourceBuffer &source, PageStyle style)
      : chip(chip), declaration(declaration), source(source), style(style) {
    readNotes(file);
  }

  std::string write(const std::string &item) {
    head(item);
    using Topic = ChipSetting::Topic;
    table("How spikes act", settings(Topic::Behaviour));
    table("The mesh", settings(Topic::Mesh));
    table("Limits of a core", settings(Topic::Core));
    table("Weights and delays", settings(Topic::Numbers));
    table("Registers of a neuron", numbers(chip.registers, true));
    table("Parameters of a neuron", numbers(chip.parameters, false));
    for (const ast::StmtPtr &one : declaration.body.statements)
      if (const auto *handler = ast::dynCast<ast::HandlerStmt>(one.get()))
        program(*handler);
    table("Energies", settings(Topic::Energy));
    table("Times", settings(Topic::Time));
    tail();
    return std::move(page);
  }

private:
  const Chip &chip;
  const ast::ChipDecl &declaration;
  const lang::SourceBuffer &source;
  PageStyle style;
  std::string page;
  std::map<uint32_t, std::string> notes;      // by line
  std::map<std::string, uint32_t> whereGiven; // lines of names

  bool isMarkdown() const { return style == PageStyle::Markdown; }

  void readNotes(const ast::File &file) {
    std::map<uint32_t, const ast::Comment *> comments;
    for (const ast::Comment &one : file.comments)
      comments[source.lineOf(one.range.begin)] = &one;
    auto textOf = [](const ast::Comment &one) {
      size_t begin = one.text.find_first_not_of("/ ");
      return begin == std::string::npos ? "" : one.text.substr(begin);
    };
    std::string above;
    bool continues = false;
    uint32_t end = source.lineOf(declaration.range.end);
    for (uint32_t n = source.lineOf(declaration.range.begin); n <= end; ++n) {
      auto found = comments.find(n);
      if (found != comments.end() && found->second->ownLine) {
        above = (continues ? above + " " : "") + textOf(*found->second);
        continues = true;
        continue;
      }
      continues = false;
      if (source.line(n).find_first_not_of(" \t") == std::string_view::npos)
        above.clear();
      notes[n] = found == comments.end() ? above : textOf(*found->second);
    }
    auto at = [&](const std::string &name, lang::SourceRange range) {
      whereGiven[name] = source.lineOf(range.begin);
    };
    for (const ast::StmtPtr &one : declaration.body.statements)
      if (const auto *states = ast::dynCast<ast::StateStmt>(one.get()))
        for (const ast::Binding &each : states->bindings)
          at(each.name.text, each.range);
      else if (const auto *params = ast::dynCast<ast::ParamStmt>(one.get()))
        for (const ast::Binding &each : params->bindings)
          at(each.name.text, each.range);
      else if (const auto *set = ast::dynCast<ast::AssignStmt>(one.get()))
        at(std::string(source.text(set->target->range)), set->range);
  }

  bool isGiven(const std::string &name) const {
    return whereGiven.contains(name);
  }
  std::string noteOf(const std::string &name) const {
    auto found = whereGiven.find(name);
    return found == whereGiven.end() ? "not given: the usual"
                                     : notes.at(found->second);
  }

  std::vector<Row> settings(ChipSetting::Topic topic) const {
    std::vector<Row> rows;
    for (const ChipSetting &one : lang::chipSettings()) {
      std::string name(one.name), value;
      if (one.topic != topic)
        continue;
      if (std::ranges::find(chip.unknown, name) != chip.unknown.end())
        value = "**unknown**";
      else if (auto word = chip.words.find(name); word != chip.words.end())
        value = word->second;
      else if (auto cost = chip.costs.find(name); cost != chip.costs.end())
        value = lang::formatNumber(cost->second) + " pJ";
      else if (auto time = chip.times.find(name); time != chip.times.end())
        value = lang::formatNumber(time->second) + " ns";
      else if (auto number = chip.numbers.find(name);
               number != chip.numbers.end() &&
               (isGiven(name) || number->second != 0))
        value = grouped(number->second);
      if (!value.empty())
        rows.push_back(
            {name, std::move(value), std::string(one.meaning), noteOf(name)});
    }
    return rows;
  }

  std::vector<Row> numbers(const std::vector<ChipNumber> &list,
                           bool isRegister) const {
    std::vector<Row> rows;
    for (const ChipNumber &one : list)
      rows.push_back({one.name, grouped(one.low) + " .. " + grouped(one.high),
                      isRegister
                          ? one.wraps ? "goes round" : "stops at the end"
                          : std::string(lang::chipParameterMeaning(one.name)),
                      noteOf(one.name)});
    return rows;
  }

  void heading(const std::string &title) {
    page += isMarkdown() ? "\n## " + title + "\n\n" : "\n" + title + "\n";
  }

  void head(const std::string &item) {
    page =
        isMarkdown() ? "# `" + chip.name + "`\n\n" : "chip " + chip.name + "\n";
    for (const std::string &line : chip.doc) {
      // Each source begins a line of its own.
      if (isMarkdown() && line.starts_with("Source:"))
        page += "\n";
      page += (isMarkdown() ? "" : "  ") + lang::printable(line) + "\n";
    }
    int64_t cores = chip.numbers.at("columns") * chip.numbers.at("rows") *
                    chip.numbers.at("cores_per_router");
    std::string size = grouped(cores) + (cores == 1 ? " core" : " cores");
    if (auto found = chip.numbers.find("neurons"); found != chip.numbers.end())
      size += " of " + grouped(found->second) + " neurons, " +
              grouped(cores * found->second) + " in all";
    page += (isMarkdown() ? "\n" : "\n  ") + size + ".\n";
    if (isMarkdown())
      page += "\nWritten by `snn doc --markdown " + item +
              "`. A number without a note is from the source above.\n";
  }

  static std::string cell(const std::string &text) {
    std::string escaped;
    for (char c : lang::printable(text)) {
      if (c == '|' || c == '<')
        escaped += '\\';
      escaped += c;
    }
    return escaped;
  }

  void table(const std::string &title, const std::vector<Row> &rows) {
    if (rows.empty())
      return;
    heading(title);
    if (isMarkdown()) {
      page += "| | | is | note |\n|---|---|---|---|\n";
      for (const Row &row : rows)
        page += "| `" + row.name + "` | " + row.value + " | " +
                cell(row.meaning) + " | " + cell(row.note) + " |\n";
      return;
    }
    size_t names = 0, values = 0;
    for (const Row &row : rows) {
      names = std::max(names, row.name.size());
      values = std::max(values, plain(row.value).size());
    }
    for (const Row &row : rows) {
      std::string value = plain(row.value);
      page += "  " + row.name + std::string(names - row.name.size() + 2, ' ') +
              value + std::string(values - value.size() + 2, ' ') +
              row.meaning +
              (row.note.empty() ? ""
                                : (row.meaning.empty() ? "(" : " (") +
                                      lang::printable(row.note) + ")") +
              "\n";
    }
  }

  static std::string plain(const std::string &value) {
    std::string text = value;
    std::erase(text, '*');
    return text;
  }

  /// As it is written, and as it is executed.
  void program(const ast::HandlerStmt &handler) {
    bool isTick = handler.event.text == "tick";
    std::string title = "on " + handler.event.text;
    heading(isMarkdown() ? "`" + title + "`" : title);
    std::string text(source.text(handler.range));
    // The text stands one level in; its first line was taken from there.
    for (size_t at = 0; (at = text.find("\n  ", at)) != std::string::npos; ++at)
      text.erase(at + 1, 2);
    block(text);
    page += isMarkdown() ? "\nExecuted as\n\n" : "  executed as\n";
    std::string steps;
    for (const std::string &line :
         Listing(chip, isTick).lines(isTick ? chip.onTick : chip.onSynapse))
      steps += (steps.empty() ? "" : "\n") + line;
    block(steps);
  }

  void block(const std::string &text) {
    if (isMarkdown()) {
      page += "```text\n" + text + "\n```\n";
      return;
    }
    for (size_t begin = 0; begin <= text.size();) {
      size_t end = std::min(text.find('\n', begin), text.size());
      std::string_view line = std::string_view(text).substr(begin, end - begin);
      page += (line.empty() ? "" : "    " + lang::printable(line)) + "\n";
      begin = end + 1;
    }
  }

  void tail() {
    std::string missing;
    auto lacks = [&](const char *what, bool isThere) {
      if (!isThere)
        missing += (missing.empty() ? "" : ", ") + std::string(what);
    };
    lacks("energies", !chip.costs.empty());
    lacks("times", !chip.times.empty());
    if (chip.unknown.empty() && missing.empty())
      return;
    heading("Not known");
    std::string indent = isMarkdown() ? "" : "  ";
    if (!chip.unknown.empty())
      page += indent +
              "Limits that are not public, reported by `snn map` and not "
              "checked: " +
              lang::joinNames(chip.unknown, chip.unknown.size()) + ".\n";
    if (!missing.empty())
      page += indent + "Not given: " + missing + ".\n";
  }
};

} // namespace

std::string snn::driver::chipPage(const Chip &chip,
                                  const ast::ChipDecl &declaration,
                                  const ast::File &file,
                                  const lang::SourceBuffer &source,
                                  const std::string &item, PageStyle style) {
  return Page(chip, declaration, file, source, style).write(item);
}
