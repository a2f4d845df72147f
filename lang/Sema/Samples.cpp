//===- Samples.cpp - What distributions and spike times are compared with -===//
//
// A sample stands in the text, `[17.7 ms, 40.5 ms]`, or in a file of one column
// without units: times in ms, rates in Hz.
//
//===----------------------------------------------------------------------===//
#include "lang/Data/Table.h"
#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Experiments.h"

#include <algorithm>
#include <cmath>

namespace snn::lang {

using namespace checked;

/// `ks(isi, ...)`: what is compared.
bool ExperimentChecker::distribution(
    Metric &metric, const ast::Name &metricName,
    const std::vector<ast::Argument> &arguments) {
  using Distribution = Metric::Distribution;
  static const std::vector<std::string> names = {"isi", "rate", "cv_isi"};
  if (arguments.empty() || !arguments[0].name.empty()) {
    diagnostics
        .report(diag::MissingArgument, metricName.range,
                "metric `" + metricName.text + "`", "distribution")
        .help("name what is compared, isi, rate or cv_isi: `" +
              metricName.text + "(isi, to = load(\"isi.csv\")) of E`");
    return false;
  }
  SourceRange range = arguments[0].range;
  std::string name = sourceText(range, diagnostics);
  auto found = std::ranges::find(names, name);
  if (found == names.end()) {
    Diagnostic &message =
        diagnostics.report(diag::UnknownChoice, range, "distribution", name);
    if (auto meant = nearest(name, names))
      message.at("did you mean `" + *meant + "`?")
          .fix("replace the name", range, *meant);
    message.note("distributions: " + joinNames(names));
    return false;
  }
  metric.distribution = static_cast<Distribution>(found - names.begin());
  if (metric.kind == Metric::Kind::EarthMovers)
    metric.dimension =
        metric.distribution == Distribution::Intervals ? Dimension::time()
        : metric.distribution == Distribution::Rates   ? Dimension::frequency()
                                                       : Dimension::none();
  return true;
}

std::optional<std::vector<double>>
ExperimentChecker::sample(const ast::Expr &expr, std::string_view what,
                          const Dimension &needed) {
  std::vector<double> values;
  if (const auto *list = ast::dynCast<ast::ListExpr>(&expr)) {
    for (const ast::ExprPtr &element : list->elements) {
      std::optional<double> value = elaborator->number(*element, what, needed);
      if (!value)
        return std::nullopt;
      values.push_back(*value);
    }
    if (values.empty()) {
      diagnostics.report(diag::BadSample, expr.range, std::string(what),
                         "the list is empty");
      return std::nullopt;
    }
    return values;
  }
  const auto *call = ast::dynCast<ast::CallExpr>(&expr);
  const auto *file =
      call && call->arguments.size() == 1 &&
              sourceText(call->callee->range, diagnostics) == "load"
          ? ast::dynCast<ast::StringExpr>(call->arguments[0].value.get())
          : nullptr;
  if (!file) {
    diagnostics
        .report(diag::BadSample, expr.range, std::string(what),
                "it is neither a list nor a file")
        .help("write `[17.7 ms, 40.5 ms]` or `load(\"sample.csv\")`");
    return std::nullopt;
  }
  std::string error;
  std::optional<Table> table =
      readTable(dataPath(file->value, file->range, diagnostics), error);
  if (table && table->columns != 1)
    error = "it has " + std::to_string(table->columns) +
            " columns; a sample is one";
  else if (table && table->values.empty())
    error = "it holds no numbers";
  else if (table && !std::ranges::all_of(table->values, [](double value) {
             return std::isfinite(value);
           }))
    error = "not all of its numbers are finite";
  if (!error.empty() || !table) {
    diagnostics.report(diag::BadSample, file->range, std::string(what), error);
    return std::nullopt;
  }
  // Rates are 1/ms here and Hz in files.
  double scale = needed == Dimension::frequency() ? 1e-3 : 1;
  for (double &value : table->values)
    value *= scale;
  return std::move(table->values);
}

void ExperimentChecker::reportTimesNeedList(SourceRange range) {
  diagnostics.report(diag::TimesNeedList, range)
      .help("write `expect spike_times of cell within 0.1 ms of [17.7 ms, 40.5 "
            "ms]`; one time is `spike_time(0) of cell`");
}

/// `spike_times of cell within 0.1 ms of [...]`.
bool ExperimentChecker::spikeTimes(const ast::ExpectStmt &statement,
                                   Expect &expect) {
  bool isWithin = statement.form == ast::ExpectStmt::Form::Within;
  if (!isWithin || ast::dynCast<ast::MetricExpr>(statement.reference.get())) {
    reportTimesNeedList(isWithin ? statement.reference->range
                                 : statement.value->range);
    return false;
  }
  bool isRelative = false;
  auto width = tolerance(*statement.tolerance, expect.metric, isRelative);
  if (!width)
    return false;
  if (isRelative) {
    diagnostics.report(diag::TimesNeedList, statement.tolerance->range)
        .at("a time is needed")
        .help("all times have one tolerance: `within 0.1 ms of [...]`");
    return false;
  }
  auto times =
      sample(*statement.reference, "the times of spikes", Dimension::time());
  if (!times)
    return false;
  std::ranges::sort(*times);
  expect.metric.sample = std::move(*times);
  expect.bounds = {0, *width};
  return true;
}

} // namespace snn::lang
