//===- Metrics.cpp - What an experiment expects ---------------------------===//
//
// `expect` in its forms, each brought to one: a metric between bounds, which
// may be relative to another metric.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Evaluate.h"
#include "lang/Sema/Experiments.h"
#include "lang/Sema/Rules/Dimensions.h"

#include <algorithm>
#include <cmath>

namespace snn::lang {

using namespace checked;

namespace {

struct MetricInfo {
  std::string name;
  Metric::Kind kind;
  Dimension dimension;
  /// Names a trace in its first argument: `mean(V) of cell`.
  bool readsTrace = false;
};

const std::vector<MetricInfo> metrics = {
    {"rate", Metric::Kind::Rate, Dimension::frequency()},
    {"count", Metric::Kind::Count, Dimension::none()},
    {"cv_isi", Metric::Kind::CvIsi, Dimension::none()},
    {"isi", Metric::Kind::Isi, Dimension::time()},
    {"spike_time", Metric::Kind::SpikeTime, Dimension::time()},
    {"first_spike", Metric::Kind::FirstSpike, Dimension::time()},
    {"last_spike", Metric::Kind::LastSpike, Dimension::time()},
    {"spike_times", Metric::Kind::SpikeTimes, Dimension::time()},
    {"ks", Metric::Kind::KolmogorovSmirnov, Dimension::none()},
    {"emd", Metric::Kind::EarthMovers, Dimension::none()},
    {"synchrony", Metric::Kind::Synchrony, Dimension::none()},
    {"correlation", Metric::Kind::Correlation, Dimension::none()},
    {"spectrum_peak", Metric::Kind::SpectrumPeak, Dimension::frequency()},
    {"active_duration", Metric::Kind::Duration, Dimension::time()},
    {"fraction_active", Metric::Kind::FractionActive, Dimension::none()},
    {"mean", Metric::Kind::MeanOf, Dimension::none(), true},
    {"min", Metric::Kind::MinOf, Dimension::none(), true},
    {"max", Metric::Kind::MaxOf, Dimension::none(), true},
    {"value", Metric::Kind::ValueAt, Dimension::none(), true},
    {"fraction", Metric::Kind::FractionOf, Dimension::none(), true},
};

} // namespace

/// The named arguments of a metric; a trace or distribution comes before them.
static std::vector<std::string> argumentsOf(Metric::Kind kind) {
  switch (kind) {
  case Metric::Kind::Synchrony:
  case Metric::Kind::Correlation:
    return {"bin"};
  case Metric::Kind::SpectrumPeak:
    return {"bin", "segment"};
  case Metric::Kind::ValueAt:
    return {"at"};
  case Metric::Kind::SpikeTime:
    return {"number"};
  case Metric::Kind::KolmogorovSmirnov:
  case Metric::Kind::EarthMovers:
    return {"to"};
  default:
    return {};
  }
}

bool ExperimentChecker::metricArgument(Metric &metric,
                                       const ast::Argument &argument) {
  const std::string &name = argument.name.text;
  std::vector<std::string> known = argumentsOf(metric.kind);
  bool isNumber = name.empty() && metric.kind == Metric::Kind::SpikeTime;
  if (!isNumber && std::ranges::find(known, name) == known.end()) {
    diagnostics
        .report(diag::UnknownParameter, argument.range, "this metric",
                name.empty() ? sourceText(argument.range, diagnostics) : name)
        .note(known.empty() ? "it takes no arguments"
                            : "it takes: " + joinNames(known));
    return false;
  }
  if (name == "bin" || name == "segment" || name == "at") {
    std::optional<double> time = elaborator->number(
        *argument.value, "`" + name + "`", Dimension::time());
    if (!time)
      return false;
    if (*time < 0 || (name != "at" && *time == 0)) {
      diagnostics.report(diag::NotPositive, argument.value->range, name,
                         formatQuantity(*time, Dimension::time()));
      return false;
    }
    (name == "bin"  ? metric.bin
     : name == "at" ? metric.at
                    : metric.segment) = *time;
    return true;
  }
  if (name == "to") {
    using Distribution = Metric::Distribution;
    auto to = sample(
        *argument.value, "the sample to compare with",
        metric.distribution == Distribution::Intervals ? Dimension::time()
        : metric.distribution == Distribution::Rates   ? Dimension::frequency()
                                                       : Dimension::none());
    if (to)
      metric.sample = std::move(*to);
    return to.has_value();
  }
  std::optional<uint64_t> number =
      elaborator->count(*argument.value, "the number of a spike");
  if (number)
    metric.number = *number;
  return number.has_value();
}

/// As docs/reference/metrics.md has them.
static double binOf(const Metric &metric) {
  if (metric.bin > 0)
    return metric.bin;
  return metric.kind == Metric::Kind::SpectrumPeak ? 1 : 5;
}

/// Spikes lie on the grid of the steps: bins that are narrower would be empty
/// by turns. A width that is not stated is judged, too.
bool ExperimentChecker::checkBin(const Metric &metric,
                                 const std::vector<ast::Argument> &arguments) {
  std::vector<std::string> known = argumentsOf(metric.kind);
  bool hasBin = std::ranges::find(known, "bin") != known.end();
  if (!hasBin || !isStepKnown ||
      binOf(metric) >= experiment.stepSize * (1 - 1e-9))
    return true;
  auto stated = std::ranges::find(arguments, "bin", [](const auto &argument) {
    return argument.name.text;
  });
  SourceRange place =
      stated == arguments.end() ? metric.range : stated->value->range;
  diagnostics
      .report(diag::BinTooNarrow, place,
              shownValue(binOf(metric), Dimension::time(), place, diagnostics),
              shownValue(experiment.stepSize, Dimension::time(), stepRange,
                         diagnostics))
      .label(stepRange, "the step is set here")
      .help(stated == arguments.end() ? "state a wider one: `bin = ...`"
                                      : "a bin holds one step or more");
  return false;
}

std::optional<Metric> ExperimentChecker::metric(const ast::Expr &expr) {
  const auto *syntax = ast::dynCast<ast::MetricExpr>(&expr);
  if (!syntax) {
    diagnostics
        .report(diag::NotAMetric, expr.range,
                sourceText(expr.range, diagnostics))
        .help("write what is measured of what: `rate of E`");
    return std::nullopt;
  }
  return metric(*syntax, syntax->metric, syntax->arguments);
}

/// `name` with `arguments` of what `syntax` looks at.
std::optional<Metric>
ExperimentChecker::metric(const ast::MetricExpr &syntax, const ast::Name &name,
                          const std::vector<ast::Argument> &arguments) {
  if (name.text == "relu_fit" || name.text == "sigmoid_fit") {
    diagnostics.report(diag::MisplacedFit, name.range)
        .help("state its bounds: `expect relu_fit(rate).r2 of cell > 0.9 over "
              "I`");
    return std::nullopt;
  }
  auto info = std::ranges::find(metrics, name.text, &MetricInfo::name);
  if (info == metrics.end()) {
    std::vector<std::string> names;
    for (const MetricInfo &known : metrics)
      names.push_back(known.name);
    names.insert(names.end(), {"relu_fit", "sigmoid_fit"});
    Diagnostic &message =
        diagnostics.report(diag::UnknownMetric, name.range, name.text);
    if (auto meant = nearest(name.text, names))
      message.at("did you mean `" + *meant + "`?")
          .fix("replace the name", name.range, *meant);
    message.note("metrics: " + joinNames(names, names.size()));
    return std::nullopt;
  }
  if (!syntax.part.empty() && &name == &syntax.metric) {
    diagnostics.report(diag::FitPart, syntax.part.range, info->name,
                       "it is one number, without parts such as `" +
                           syntax.part.text + "`");
    return std::nullopt;
  }
  Metric made;
  made.kind = info->kind;
  made.dimension = info->dimension;
  made.range = syntax.range;
  made.text = sourceText(syntax.range, diagnostics);
  bool ofSynapses = info->readsTrace && (syntax.selection.target ||
                                         made.kind == Metric::Kind::FractionOf);
  size_t first = 0;
  if (ofSynapses) {
    if (!synapseMetric(made, syntax, name, arguments))
      return std::nullopt;
    first = 1;
  } else {
    auto targets = slices(syntax.selection);
    if (!targets)
      return std::nullopt;
    made.targets = std::move(*targets);
  }
  if (info->readsTrace && !ofSynapses) {
    if (arguments.empty() || !arguments[0].name.empty()) {
      diagnostics
          .report(diag::MissingArgument, name.range,
                  "metric `" + info->name + "`", "trace")
          .help("name what is looked at: `" + info->name + "(V) of " +
                sourceText(syntax.selection.range, diagnostics) + "`");
      return std::nullopt;
    }
    std::optional<Trace> found = trace(*arguments[0].value, made.targets[0]);
    if (!found)
      return std::nullopt;
    made.trace = found->value;
    made.traceName = found->name;
    made.dimension = found->dimension;
    first = 1;
    bool isRecorded =
        std::ranges::any_of(experiment.records, [&](const Record &record) {
          return record.name == made.traceName &&
                 record.target.population == made.targets[0].population;
        });
    if (!isRecorded && lostRecord)
      return std::nullopt;
    if (!isRecorded) {
      diagnostics
          .report(
              diag::NotRecorded, arguments[0].range, made.traceName,
              experiment.network.populations[made.targets[0].population].path)
          .help("record it before: `record " + made.traceName + " of " +
                sourceText(syntax.selection.range, diagnostics) + "`");
      return std::nullopt;
    }
  }
  bool isDistance = made.kind == Metric::Kind::KolmogorovSmirnov ||
                    made.kind == Metric::Kind::EarthMovers;
  if (isDistance) {
    if (!distribution(made, name, arguments))
      return std::nullopt;
    first = 1;
  }
  for (size_t i = first; i < arguments.size(); ++i)
    if (!metricArgument(made, arguments[i]))
      return std::nullopt;
  if (!checkBin(made, arguments))
    return std::nullopt;
  if (isDistance && made.sample.empty()) {
    diagnostics
        .report(diag::MissingArgument, name.range,
                "metric `" + info->name + "`", "to")
        .help("name what it is compared with: `" + info->name +
              "(isi, to = load(\"isi.csv\")) of E`");
    return std::nullopt;
  }
  if (syntax.atLeast) {
    const auto *number = ast::dynCast<ast::NumberExpr>(syntax.atLeast.get());
    const std::string *unit =
        number && number->unit ? number->unit->asName() : nullptr;
    // Zero where it is no number.
    double least = number ? scaleDecimal(number->digits, 0).value_or(0) : 0;
    bool countsIntervals =
        made.kind == Metric::Kind::CvIsi ||
        (isDistance && made.distribution == Metric::Distribution::Variations);
    if (!countsIntervals || !unit || *unit != "isi" || least < 1 ||
        least != std::floor(least)) {
      diagnostics.report(diag::BadAtLeast, syntax.atLeast->range)
          .help("`cv_isi of E (at least 5 isi)` leaves out neurons with fewer "
                "intervals");
      return std::nullopt;
    }
    made.atLeastIsi = static_cast<uint64_t>(least);
  }
  if (!syntax.during.empty()) {
    auto phase =
        std::ranges::find(experiment.phases, syntax.during.text, &Phase::name);
    if (phase == experiment.phases.end()) {
      diagnostics.report(diag::UnknownPhase, syntax.during.range,
                         syntax.during.text);
      return std::nullopt;
    }
    double start = static_cast<double>(phase->firstStep) * experiment.stepSize;
    double skip =
        static_cast<double>(experiment.warmupSteps) * experiment.stepSize;
    made.from = start - skip;
    made.to =
        made.from + static_cast<double>(phase->steps) * experiment.stepSize;
  }
  if (syntax.from && syntax.to) {
    auto from = elaborator->number(*syntax.from, "the begin of the window",
                                   Dimension::time());
    auto to = elaborator->number(*syntax.to, "the end of the window",
                                 Dimension::time());
    if (!from || !to)
      return std::nullopt;
    if (*to <= *from) {
      diagnostics.report(
          diag::EmptyRange, join(syntax.from->range, syntax.to->range),
          sourceText(join(syntax.from->range, syntax.to->range), diagnostics));
      return std::nullopt;
    }
    made.from = *from;
    made.to = *to;
  }
  return made;
}

std::optional<double> ExperimentChecker::bound(const ast::Expr &expr,
                                               Expect &expect,
                                               const Metric &metric) {
  ExpressionChecker checker(*elaborator, diagnostics);
  Typed value = checker.check(expr);
  if (value.isError() ||
      !rules::checkGiven(value, "the bound of `" + metric.text + "`",
                         metric.dimension, {}, diagnostics))
    return std::nullopt;
  if (value.unit)
    expect.unit = *value.unit;
  return evaluateConstant(*value.expr, diagnostics);
}

/// An absolute one has the dimension of the metric.
std::optional<double> ExperimentChecker::tolerance(const ast::Expr &expr,
                                                   const Metric &metric,
                                                   bool &isRelative) {
  ExpressionChecker checker(*elaborator, diagnostics);
  Typed given = checker.check(expr);
  if (given.isError())
    return std::nullopt;
  isRelative = given.kind == TypeKind::Percent;
  if (!isRelative &&
      !rules::checkGiven(given, "the tolerance of `" + metric.text + "`",
                         metric.dimension, {}, diagnostics))
    return std::nullopt;
  std::optional<double> width = evaluateConstant(*given.expr, diagnostics);
  if (width && *width < 0) {
    diagnostics.report(diag::NotPositive, expr.range, "tolerance",
                       formatQuantity(*width, isRelative ? Dimension::none()
                                                         : metric.dimension));
    return std::nullopt;
  }
  return width;
}

std::optional<std::vector<uint64_t>>
ExperimentChecker::seedList(const ast::Expr &expr) {
  std::vector<uint64_t> result;
  if (const auto *range = ast::dynCast<ast::RangeExpr>(&expr)) {
    auto low = elaborator->count(*range->low, "a seed");
    auto high = elaborator->count(*range->high, "a seed");
    auto stride = range->step ? elaborator->count(*range->step, "the stride")
                              : std::optional<uint64_t>(1);
    if (!low || !high || !stride)
      return std::nullopt;
    if (*high < *low || *stride == 0) {
      diagnostics.report(diag::EmptyRange, expr.range,
                         sourceText(expr.range, diagnostics));
      return std::nullopt;
    }
    constexpr uint64_t maxSeeds = 10'000;
    uint64_t last = (*high - *low) / *stride;
    if (last >= maxSeeds) {
      diagnostics.report(diag::TooManyTurns, expr.range, Count(maxSeeds));
      return std::nullopt;
    }
    for (uint64_t i = 0; i <= last; ++i)
      result.push_back(*low + i * *stride);
    return result;
  }
  if (const auto *list = ast::dynCast<ast::ListExpr>(&expr)) {
    for (const ast::ExprPtr &element : list->elements) {
      auto seed = elaborator->count(*element, "a seed");
      if (!seed)
        return std::nullopt;
      result.push_back(*seed);
    }
    if (result.empty()) {
      diagnostics.report(diag::EmptyRange, expr.range,
                         sourceText(expr.range, diagnostics));
      return std::nullopt;
    }
    return result;
  }
  auto seed = elaborator->count(expr, "a seed");
  if (!seed)
    return std::nullopt;
  return std::vector<uint64_t>{*seed};
}

/// The left side of a clause and the seeds that its value is a mean over.
bool ExperimentChecker::measured(const ast::Expr &expr,
                                 const ast::ExpectStmt &statement,
                                 Expect &made) {
  const auto *syntax = ast::dynCast<ast::MetricExpr>(&expr);
  bool isFit = syntax && (syntax->metric.text == "relu_fit" ||
                          syntax->metric.text == "sigmoid_fit");
  std::optional<Metric> found =
      isFit ? fitted(*syntax, statement, made) : metric(expr);
  if (!found)
    return false;
  made.metric = std::move(*found);
  made.unit.dimension = made.metric.dimension;
  if (!statement.seeds)
    return true;
  auto seeds = seedList(*statement.seeds);
  if (seeds)
    made.seeds = std::move(*seeds);
  return seeds.has_value();
}

void ExperimentChecker::expect(const ast::ExpectStmt &statement) {
  using Form = ast::ExpectStmt::Form;
  if (statement.form == Form::Condition)
    return condition(statement);
  Expect made;
  made.range = statement.range;
  made.text = sourceText(statement.range, diagnostics);
  if (!measured(*statement.value, statement, made))
    return;
  if (made.metric.kind == Metric::Kind::SpikeTimes) {
    if (spikeTimes(statement, made))
      experiment.expects.push_back(std::move(made));
    return;
  }
  switch (statement.form) {
  case Form::In: {
    const auto *range = ast::dynCast<ast::RangeExpr>(statement.interval.get());
    if (!range) {
      diagnostics.report(diag::NotARange, statement.interval->range,
                         sourceText(statement.interval->range, diagnostics));
      return;
    }
    auto low = bound(*range->low, made, made.metric);
    if (!low)
      return;
    auto high = bound(*range->high, made, made.metric);
    if (!high)
      return;
    if (*low > *high) {
      diagnostics.report(diag::EmptyRange, range->range,
                         sourceText(range->range, diagnostics));
      return;
    }
    made.bounds = {*low, *high};
    break;
  }
  case Form::Within: {
    bool isRelative = false;
    auto width = tolerance(*statement.tolerance, made.metric, isRelative);
    if (!width)
      return;
    if (ast::dynCast<ast::MetricExpr>(statement.reference.get())) {
      auto reference = metric(*statement.reference);
      if (!reference)
        return;
      if (reference->kind == Metric::Kind::SpikeTimes)
        return reportTimesNeedList(reference->range);
      if (reference->dimension != made.metric.dimension) {
        diagnostics.report(diag::UnlikeOperands, reference->range, "compare",
                           withArticle(made.metric.dimension),
                           withArticle(reference->dimension));
        return;
      }
      made.reference = std::move(*reference);
      made.isOffset = !isRelative;
      made.bounds = isRelative ? Interval{1 - *width, 1 + *width}
                               : Interval{-*width, *width};
      break;
    }
    auto reference = bound(*statement.reference, made, made.metric);
    if (!reference)
      return;
    double absolute = isRelative ? std::fabs(*reference) * *width : *width;
    made.bounds = {*reference - absolute, *reference + absolute};
    break;
  }
  case Form::Increasing:
  case Form::Decreasing: {
    if (made.fit) {
      diagnostics.report(diag::MisplacedFit, statement.value->range)
          .help("the fit is one number; only its metric rises or falls");
      return;
    }
    made.form = statement.form == Form::Increasing ? Expect::Form::Increasing
                                                   : Expect::Form::Decreasing;
    const Sweep *sweep = swept(statement.over.get(), statement.range);
    if (!sweep)
      return;
    made.over = sweep->name;
    break;
  }
  case Form::Condition:
    break;
  }
  experiment.expects.push_back(std::move(made));
}

void ExperimentChecker::condition(const ast::ExpectStmt &statement) {
  const auto *binary = ast::dynCast<ast::BinaryExpr>(statement.value.get());
  bool isComparison = binary && binary->op >= ast::BinaryOp::Less &&
                      binary->op <= ast::BinaryOp::NotEqual;
  if (!isComparison || binary->op == ast::BinaryOp::NotEqual) {
    diagnostics
        .report(diag::NotAMetric, statement.value->range,
                sourceText(statement.value->range, diagnostics))
        .help("compare a metric: `rate of E < 10 Hz`, `count of cell == 8`");
    return;
  }
  Expect made;
  made.range = statement.range;
  made.text = sourceText(statement.range, diagnostics);
  const ast::Expr *left = binary->lhs.get(), *right = binary->rhs.get();
  ast::BinaryOp op = binary->op;
  if (!ast::dynCast<ast::MetricExpr>(left)) {
    std::swap(left, right);
    op = op == ast::BinaryOp::Less           ? ast::BinaryOp::Greater
         : op == ast::BinaryOp::LessEqual    ? ast::BinaryOp::GreaterEqual
         : op == ast::BinaryOp::Greater      ? ast::BinaryOp::Less
         : op == ast::BinaryOp::GreaterEqual ? ast::BinaryOp::LessEqual
                                             : op;
  }
  if (!measured(*left, statement, made))
    return;
  if (made.metric.kind == Metric::Kind::SpikeTimes)
    return reportTimesNeedList(left->range);
  // The other side: a number, a metric, or a number times a metric.
  double limit = 1;
  const ast::Expr *reference = right;
  if (const auto *product = ast::dynCast<ast::BinaryExpr>(right);
      product && product->op == ast::BinaryOp::Multiply &&
      ast::dynCast<ast::MetricExpr>(product->rhs.get())) {
    auto factor =
        elaborator->number(*product->lhs, "the factor", Dimension::none());
    if (!factor)
      return;
    limit = *factor;
    reference = product->rhs.get();
  }
  if (ast::dynCast<ast::MetricExpr>(reference)) {
    auto other = metric(*reference);
    if (!other)
      return;
    if (other->kind == Metric::Kind::SpikeTimes)
      return reportTimesNeedList(other->range);
    if (other->dimension != made.metric.dimension) {
      diagnostics
          .report(diag::UnlikeOperands, other->range, "compare",
                  withArticle(made.metric.dimension),
                  withArticle(other->dimension))
          .at(other->dimension.unit())
          .label(made.metric.range, made.metric.dimension.unit());
      return;
    }
    made.reference = std::move(*other);
  } else {
    auto given = bound(*right, made, made.metric);
    if (!given)
      return;
    limit = *given;
  }
  bool isLower =
      op == ast::BinaryOp::Greater || op == ast::BinaryOp::GreaterEqual;
  if (op == ast::BinaryOp::Equal)
    made.bounds = {limit, limit};
  else
    (isLower ? made.bounds.low : made.bounds.high) = limit;
  made.lowExcluded = op == ast::BinaryOp::Greater;
  made.highExcluded = op == ast::BinaryOp::Less;
  experiment.expects.push_back(std::move(made));
}

} // namespace snn::lang
