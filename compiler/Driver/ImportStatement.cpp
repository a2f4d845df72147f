//===- ImportStatement.cpp - `import "net.onnx" as name` ------------------===//
//
// Options are those of `snn import`, by the same names. Whatever fails is said
// at the statement, in the terms of the language.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/ImportStatement.h"

#include "compiler/Driver/ImportReport.h"
#include "compiler/Driver/Output.h"
#include "compiler/Import/ONNX/Reader.h"
#include "lang/Diagnostics/Suggest.h"

#include <algorithm>
#include <cmath>

using namespace snn;
using namespace snn::driver;
using namespace snn::lang;
namespace fs = std::filesystem;

namespace {

/// A number as it is written, with a sign.
std::optional<double> numberIn(const ast::Expr &expr) {
  if (const auto *sign = ast::dynCast<ast::UnaryExpr>(&expr);
      sign && sign->op == ast::UnaryOp::Minus) {
    std::optional<double> value = numberIn(*sign->operand);
    return value ? std::optional(-*value) : value;
  }
  const auto *number = ast::dynCast<ast::NumberExpr>(&expr);
  if (!number || number->unit)
    return std::nullopt;
  return scaleDecimal(number->digits, 0);
}

/// What a statement asks for.
class Options {
public:
  Options(const ast::ImportStmt &statement, const fs::path &folder,
          DiagnosticEngine &diagnostics)
      : statement(statement), folder(folder), diagnostics(diagnostics) {
    result.file =
        (folder / ast::cast<ast::StringExpr>(*statement.file).value).string();
  }

  /// False if one was wrong, and reported.
  bool read() {
    for (const ast::Setting &option : statement.options.list)
      readOption(option);
    return isRight;
  }

  ImportOptions result;
  /// What the column is shown; the inputs of calibration without.
  std::string shown;
  /// Of the numbers of an input.
  std::optional<std::pair<double, double>> bounds;

private:
  const ast::ImportStmt &statement;
  const fs::path &folder;
  DiagnosticEngine &diagnostics;
  std::vector<std::string> given;
  bool isRight = true;

  void readOption(const ast::Setting &option) {
    const ast::Expr &value = *option.init.value;
    name = ast::cast<ast::NameExpr>(*option.target).name;
    if (std::ranges::find(given, name) != given.end()) {
      diagnostics.report(diag::GivenTwice, option.target->range, name);
      isRight = false;
      return;
    }
    given.push_back(name);
    const Reader *reader = std::ranges::find(Readers, name, &Reader::name);
    if (reader != std::end(Readers))
      return (this->*reader->read)(value);
    std::vector<std::string> names;
    for (const Reader &known : Readers)
      names.emplace_back(known.name);
    Diagnostic &message = diagnostics.report(
        diag::UnknownParameter, option.target->range, "an import", name);
    if (auto meant = nearest(name, names))
      message.at("did you mean `" + *meant + "`?")
          .fix("replace the name", option.target->range, *meant);
    else
      message.note("it has: " + joinNames(names));
    isRight = false;
  }

  std::string name;
  void wrong(const ast::Expr &value, const std::string &needed) {
    diagnostics.report(diag::ImportOption, value.range, name, needed);
    isRight = false;
  }

  void text(const ast::Expr &value, std::string &place,
            std::initializer_list<const char *> choices,
            const std::string &needed) {
    const auto *text = ast::dynCast<ast::StringExpr>(&value);
    if (!text || (choices.size() &&
                  std::ranges::find(choices, text->value) == choices.end()))
      return wrong(value, needed);
    place = text->value;
  }

  /// Data stand where all stands that a model reads.
  void data(const ast::Expr &value, std::string &place) {
    std::string spec;
    text(value, spec, {}, "the name of a data set in quotes");
    fs::path relative = spec;
    if (spec.empty())
      return;
    if (!relative.is_relative() ||
        std::ranges::find(relative, "..") != relative.end()) {
      diagnostics.report(diag::DataFileFault, value.range, spec,
                         "it does not stand beneath the folder of the model");
      isRight = false;
      return;
    }
    place = (folder / relative).string();
  }

  void count(const ast::Expr &value, uint64_t &place, uint64_t most) {
    std::optional<double> number = numberIn(value);
    if (!number || *number != std::floor(*number) || *number < 1 ||
        *number > static_cast<double>(most))
      return wrong(value, "a whole number from 1 to " + std::to_string(most));
    place = static_cast<uint64_t>(*number);
  }

  void numbers(const ast::Expr &value, std::vector<double> &place) {
    std::vector<const ast::Expr *> parts{&value};
    if (const auto *list = ast::dynCast<ast::ListExpr>(&value)) {
      parts.clear();
      for (const ast::ExprPtr &element : list->elements)
        parts.push_back(element.get());
    }
    for (const ast::Expr *part : parts) {
      std::optional<double> number = numberIn(*part);
      if (!number)
        return wrong(*part, "a number, or a list of numbers");
      place.push_back(*number);
    }
  }

  void calibrate(const ast::Expr &value) { data(value, result.calibrate); }
  void show(const ast::Expr &value) { data(value, shown); }
  void levels(const ast::Expr &value) { count(value, result.levels, 255); }
  void inputs(const ast::Expr &value) { count(value, result.tests, 100000); }
  void samples(const ast::Expr &value) {
    count(value, result.samples, 1000000);
  }
  void mean(const ast::Expr &value) { numbers(value, result.mean); }
  void deviation(const ast::Expr &value) { numbers(value, result.deviation); }
  void code(const ast::Expr &value) {
    text(value, result.code, {},
         "the name of a code in quotes, such as \"two-phase\"");
  }
  void recipe(const ast::Expr &value) {
    text(value, result.recipe, {"half-threshold", "percentile", "max"},
         "\"half-threshold\", \"percentile\" or \"max\"");
  }
  void reset(const ast::Expr &value) {
    text(value, result.reset, {"soft", "hard"}, "\"soft\" or \"hard\"");
  }
  void exact(const ast::Expr &value) {
    const auto *truth = ast::dynCast<ast::BooleanExpr>(&value);
    if (!truth)
      return wrong(value, "`true` or `false`");
    result.exact = truth->value;
  }
  void percentile(const ast::Expr &value) {
    std::optional<double> number = numberIn(value);
    if (!number || *number < 50.1 || *number > 100)
      return wrong(value, "a number from 50.1 to 100");
    result.percentile = *number;
  }
  void beta(const ast::Expr &value) {
    std::optional<double> number = numberIn(value);
    if (!number || *number <= 0 || *number > 1)
      return wrong(value, "a number above 0, up to 1");
    result.beta = *number;
  }
  void range(const ast::Expr &value) {
    const auto *range = ast::dynCast<ast::RangeExpr>(&value);
    std::optional<double> low, high;
    if (range && !range->step) {
      low = numberIn(*range->low);
      high = numberIn(*range->high);
    }
    if (!low || !high || *low > *high)
      return wrong(value, "the least and the greatest number, such as 0..1");
    bounds = {*low, *high};
  }

  struct Reader {
    std::string_view name;
    void (Options::*read)(const ast::Expr &);
  };
  static const Reader Readers[14];
};

constexpr Options::Reader Options::Readers[] = {
    {"calibrate", &Options::calibrate},   {"input_range", &Options::range},
    {"levels", &Options::levels},         {"code", &Options::code},
    {"exact", &Options::exact},           {"show", &Options::show},
    {"inputs", &Options::inputs},         {"samples", &Options::samples},
    {"percentile", &Options::percentile}, {"mean", &Options::mean},
    {"std", &Options::deviation},         {"recipe", &Options::recipe},
    {"reset", &Options::reset},           {"beta", &Options::beta},
};

/// Flags that a help names, as options: `--code rate` is `code = rate`.
std::string inTheLanguage(std::string help) {
  for (size_t at = help.find("`--"); at != help.npos;
       at = help.find("`--", at + 1)) {
    size_t end = help.find('`', at + 1);
    help.erase(at + 1, 2);
    for (size_t i = at + 1; i < end - 2 && i < help.size(); ++i) {
      if (help[i] == '-')
        help[i] = '_';
      if (help[i] != ' ')
        continue;
      help.replace(i, 1, " = ");
      break;
    }
  }
  return help;
}

/// "two-phase code, 15 levels, frames of 16 steps; ports Input[784], ...".
std::string summaryOf(const importing::Converted &converted,
                      const std::vector<importing::Layer> &layers) {
  std::string text = converted.code + " code, " +
                     std::to_string(converted.levels) + " levels, frames of " +
                     std::to_string(converted.frame) + " steps; ports ";
  bool isFirst = true;
  for (const importing::Layer &layer : layers) {
    text += (isFirst ? "" : ", ") + layer.name + "[" +
            std::to_string(layer.neurons) + "]";
    isFirst = false;
  }
  return text;
}

} // namespace

std::optional<Imported>
ImportStatements::convert(const ast::ImportStmt &statement,
                          const fs::path &folder,
                          DiagnosticEngine &diagnostics) {
  Options options(statement, folder, diagnostics);
  if (!options.read())
    return std::nullopt;
  const auto &file = ast::cast<ast::StringExpr>(*statement.file);
  auto failed = [&](const Failure &failure,
                    const std::vector<std::string> &more = {}) {
    Diagnostic &message = diagnostics.report(diag::ImportFault, file.range,
                                             file.value, failure.message);
    for (const std::string &line : more)
      message.note(line);
    if (more.empty() && !failure.help.empty())
      message.help(inTheLanguage(failure.help));
    return std::nullopt;
  };
  Expected<importing::ConvertOptions> chosen =
      conversionOptions(options.result, console);
  if (!chosen)
    return failed(chosen.failure());
  chosen->range = options.bounds;
  Expected<onnx::Graph> graph = onnx::readGraph(options.result.file);
  if (!graph)
    return failed(graph.failure());
  Expected<importing::Conversion> conversion =
      importing::Conversion::run(*graph, std::move(*chosen));
  if (!conversion) {
    std::vector<std::string> refused;
    if (Expected<onnx::Graph> again = onnx::readGraph(options.result.file))
      refused = importing::refusals(*again);
    if (!refused.empty())
      refused.erase(refused.begin()); // it is the message
    return failed(conversion.failure(), refused);
  }
  std::map<std::string, std::string> files = conversion->result().files;
  if (!options.shown.empty()) {
    Expected<data::Dataset> set = data::readDataset(
        options.shown, {options.result.mean, options.result.deviation});
    if (!set)
      return failed(set.failure());
    if (std::optional<Failure> failure = conversion->fit(*set))
      return failed(*failure);
    Expected<importing::Presented> presented = conversion->present(
        *set, 0, std::min<uint64_t>(set->count, options.result.tests));
    if (!presented)
      return failed(presented.failure());
    files = std::move(presented->files);
  }
  Expected<TemporaryFolder> made = TemporaryFolder::make();
  if (!made)
    return failed(made.failure());
  const fs::path &place = folders.emplace_back(std::move(*made)).path();
  std::error_code error;
  fs::create_directory(place / "data", error);
  Imported imported;
  for (const auto &[name, content] : files) {
    if (name == "column.snn")
      imported.text = content;
    if (name.starts_with("data/"))
      if (std::optional<Failure> failure = writeFile(place / name, content))
        return failed(*failure);
  }
  const importing::Converted &converted = conversion->result();
  imported.folder = place;
  imported.summary = summaryOf(converted, converted.layers);
  imported.needsF64 = converted.largest >= 1 << 24 || converted.isApproximate;
  return imported;
}
