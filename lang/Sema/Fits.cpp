//===- Fits.cpp - Laws that the curve of a sweep follows --------*- C++ -*-===//
//
// `relu_fit(rate).r2 of cell`: the metric in brackets, measured at every value
// of the sweep, makes the curve; the word after the point says which number of
// the fitted law is bounded.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Experiments.h"

#include <algorithm>

namespace snn::lang {

using namespace checked;

namespace {

struct PartInfo {
  std::string name;
  Fit::Part part;
};

const std::vector<PartInfo> reluParts = {{"r2", Fit::Part::RSquared},
                                         {"onset", Fit::Part::Onset},
                                         {"gain", Fit::Part::Gain}};
const std::vector<PartInfo> sigmoidParts = {{"r2", Fit::Part::RSquared},
                                            {"top", Fit::Part::Top},
                                            {"middle", Fit::Part::Middle},
                                            {"width", Fit::Part::Width}};

Dimension dimensionOf(Fit::Part part, const Dimension &x, const Dimension &y) {
  switch (part) {
  case Fit::Part::RSquared:
    return Dimension::none();
  case Fit::Part::Onset:
  case Fit::Part::Middle:
  case Fit::Part::Width:
    return x;
  case Fit::Part::Gain:
    return y / x;
  case Fit::Part::Top:
    return y;
  }
  return {};
}

} // namespace

/// The metric of the curve, with the dimension of what is bounded.
std::optional<Metric>
ExperimentChecker::fitted(const ast::MetricExpr &syntax,
                          const ast::ExpectStmt &statement, Expect &expect) {
  const std::string &name = syntax.metric.text;
  bool isRelu = name == "relu_fit";
  const std::vector<PartInfo> &parts = isRelu ? reluParts : sigmoidParts;
  std::vector<std::string> names;
  for (const PartInfo &one : parts)
    names.push_back(one.name);
  std::string usage = "`" + name + "(rate)." + names[0] + " of " +
                      sourceText(syntax.selection.range, diagnostics) + "`";

  auto part = std::ranges::find(parts, syntax.part.text, &PartInfo::name);
  if (part == parts.end()) {
    Diagnostic &message = diagnostics.report(
        diag::FitPart,
        syntax.part.empty() ? syntax.metric.range : syntax.part.range, name,
        syntax.part.empty() ? "which of its numbers is not said"
                            : "it has no number `" + syntax.part.text + "`");
    if (auto meant = nearest(syntax.part.text, names))
      message.at("did you mean `" + *meant + "`?")
          .fix("replace the name", syntax.part.range, *meant);
    message.note(name + " has: " + joinNames(names)).help("write " + usage);
    return std::nullopt;
  }
  if (syntax.arguments.size() != 1 || !syntax.arguments[0].name.empty()) {
    diagnostics
        .report(diag::MissingArgument, syntax.metric.range, "`" + name + "`",
                "metric")
        .help("name the one that is fitted: " + usage);
    return std::nullopt;
  }
  const Sweep *sweep = swept(statement.over.get(), statement.range);
  if (!sweep)
    return std::nullopt;

  // The metric in brackets, of the selection that stands outside of them.
  const ast::Expr *argument = syntax.arguments[0].value.get();
  const auto *call = ast::dynCast<ast::CallExpr>(argument);
  const auto *plain =
      ast::dynCast<ast::NameExpr>(call ? call->callee.get() : argument);
  if (!plain) {
    diagnostics
        .report(diag::NotAMetric, argument->range,
                sourceText(argument->range, diagnostics))
        .help("name the metric that is fitted: " + usage);
    return std::nullopt;
  }
  static const std::vector<ast::Argument> none;
  std::optional<Metric> found = metric(syntax, {plain->name, plain->range},
                                       call ? call->arguments : none);
  if (!found)
    return std::nullopt;
  if (found->kind == Metric::Kind::SpikeTimes) {
    reportTimesNeedList(argument->range);
    return std::nullopt;
  }
  expect.fit = {isRelu ? Fit::Law::Relu : Fit::Law::Sigmoid, part->part};
  expect.over = sweep->name;
  found->dimension =
      dimensionOf(part->part, sweep->unit.dimension, found->dimension);
  return found;
}

} // namespace snn::lang
