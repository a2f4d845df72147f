//===- Values.cpp - Given and drawn values --------------------------------===//
//
// `= 5 ms`, `= [1 mV, 2 mV]`, `= load("v0.npy")`, `~ normal(5 ms, 10 %) redraw
// to > 0 ms`. Arguments of distributions are numbers here, in the units of what
// is drawn.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Elaborator.h"
#include "lang/Sema/Evaluate.h"
#include "lang/Sema/FixedMath.h"
#include "lang/Sema/Rules/Dimensions.h"

#include <algorithm>
#include <cmath>

namespace snn::lang {

using namespace checked;

namespace {

/// What an argument of a distribution is.
enum class ArgumentKind {
  Value,     // in the dimension of what is drawn
  Deviation, // the same, or a percentage of the first argument; not negative
  Number,    // plain, positive
  Share,     // plain, 0 .. 1
};

struct DistributionInfo {
  std::string_view name;
  Distribution distribution;
  std::vector<std::pair<std::string_view, ArgumentKind>> arguments;
};

const std::vector<DistributionInfo> distributions = {
    {"uniform",
     Distribution::Uniform,
     {{"low", ArgumentKind::Value}, {"high", ArgumentKind::Value}}},
    {"normal",
     Distribution::Normal,
     {{"mean", ArgumentKind::Value}, {"sd", ArgumentKind::Deviation}}},
    {"lognormal",
     Distribution::LogNormal,
     {{"median", ArgumentKind::Value}, {"sigma", ArgumentKind::Number}}},
    {"gamma",
     Distribution::Gamma,
     {{"shape", ArgumentKind::Number}, {"scale", ArgumentKind::Value}}},
    {"exponential", Distribution::Exponential, {{"mean", ArgumentKind::Value}}},
    {"binomial",
     Distribution::Binomial,
     {{"n", ArgumentKind::Number}, {"p", ArgumentKind::Share}}},
    {"poisson", Distribution::Poisson, {{"mean", ArgumentKind::Number}}},
    {"categorical", Distribution::Categorical, {}},
};

const DistributionInfo *findDistribution(const ast::Expr &expr) {
  const auto *call = ast::dynCast<ast::CallExpr>(&expr);
  const auto *name =
      call ? ast::dynCast<ast::NameExpr>(call->callee.get()) : nullptr;
  if (!name)
    return nullptr;
  auto found =
      std::ranges::find(distributions, name->name, &DistributionInfo::name);
  return found == distributions.end() ? nullptr : &*found;
}

} // namespace

const ast::Expr *valueDrawn(const ast::Initializer &init) {
  const DistributionInfo *info = findDistribution(*init.value);
  if (!info)
    return nullptr;
  const auto &call = ast::cast<ast::CallExpr>(*init.value);
  if (info->distribution == Distribution::Categorical)
    return call.arguments.empty() ? nullptr : call.arguments[0].value.get();
  for (size_t i = 0; i < info->arguments.size(); ++i) {
    if (info->arguments[i].second != ArgumentKind::Value)
      continue;
    for (size_t j = 0; j < call.arguments.size(); ++j) {
      const ast::Argument &argument = call.arguments[j];
      if (argument.name.empty()
              ? i == j
              : argument.name.text == info->arguments[i].first)
        return argument.value.get();
    }
  }
  return nullptr;
}

std::optional<Value> Elaborator::value(const ast::Initializer &init,
                                       std::string_view what,
                                       const Dimension &needed,
                                       SourceRange declared,
                                       uint64_t elements) {
  if (init.kind == ast::Initializer::Kind::Drawn)
    return drawn(init, what, needed, declared);
  const ast::Expr &expr = *init.value;
  if (findDistribution(expr)) {
    diagnostics
        .report(diag::GivenDistribution, expr.range,
                sourceText(expr.range, diagnostics))
        .fix("draw it", init.opRange, "~");
    return std::nullopt;
  }
  Value result;
  result.dimension = needed;
  result.range = expr.range;
  if (const ast::CallExpr *call = asLoad(expr))
    return loadValue(*call, what, needed, elements);
  if (const auto *list = ast::dynCast<ast::ListExpr>(&expr)) {
    result.kind = Value::Kind::Data;
    for (const ast::ExprPtr &element : list->elements) {
      std::optional<double> one = number(*element, what, needed);
      if (!one)
        return std::nullopt;
      result.data.push_back(*one);
    }
    if (elements && result.data.size() != elements) {
      diagnostics
          .report(diag::WrongLength, expr.range, Count(result.data.size()),
                  std::string(what), Count(elements))
          .at(toMessage(Count(elements)) + " values needed");
      return std::nullopt;
    }
    return result;
  }
  ExpressionChecker checker(*this, diagnostics);
  Typed typed = checker.checkGiven(expr, what, needed, declared);
  if (typed.isError())
    return std::nullopt;
  if (placeIsKnown && mentions(*typed.expr, ExprKind::Argument)) {
    result.kind = Value::Kind::Place;
    result.function = foldConstants(typed.expr, diagnostics);
    if (!result.function)
      return std::nullopt;
  } else {
    std::optional<double> known = evaluateConstant(*typed.expr, diagnostics);
    if (!known)
      return std::nullopt;
    result.constant = *known;
  }
  for (const ast::Restriction &restriction : init.restrictions) {
    diagnostics.report(diag::RestrictsGiven, restriction.range,
                       std::string(what));
    return std::nullopt;
  }
  return result;
}

std::optional<Value> Elaborator::drawn(const ast::Initializer &init,
                                       std::string_view what,
                                       const Dimension &needed,
                                       SourceRange declared) {
  const ast::Expr &expr = *init.value;
  const DistributionInfo *info = findDistribution(expr);
  if (!info) {
    std::vector<std::string> names;
    for (const DistributionInfo &known : distributions)
      names.emplace_back(known.name);
    const auto *call = ast::dynCast<ast::CallExpr>(&expr);
    std::string name =
        sourceText(call ? call->callee->range : expr.range, diagnostics);
    Diagnostic &message =
        diagnostics.report(diag::NotADistribution, expr.range, name);
    if (auto meant = call ? nearest(name, names) : std::nullopt)
      message.at("did you mean `" + *meant + "`?")
          .fix("replace the name", call->callee->range, *meant);
    else if (!call)
      message.fix("set it", init.opRange, "=");
    message.note("distributions: " + joinNames(names));
    return std::nullopt;
  }
  const auto &call = ast::cast<ast::CallExpr>(expr);
  Value result;
  result.kind = Value::Kind::Distribution;
  result.distribution = info->distribution;
  result.dimension = needed;
  result.range = expr.range;

  size_t expected = info->arguments.size();
  bool isCategorical = info->distribution == Distribution::Categorical;
  bool fits = isCategorical
                  ? call.arguments.size() >= 2 && call.arguments.size() % 2 == 0
                  : call.arguments.size() == expected;
  if (!fits) {
    Diagnostic &message = diagnostics.report(
        diag::WrongArgumentCount, expr.range, std::string(info->name),
        argumentCount(isCategorical ? call.arguments.size() + 1 : expected),
        Count(call.arguments.size()));
    std::vector<std::string> names;
    for (const auto &[name, kind] : info->arguments)
      names.emplace_back(name);
    message.note(isCategorical
                     ? "categorical(value, probability, value, probability, "
                       "...)"
                     : std::string(info->name) + "(" + joinNames(names) + ")");
    return std::nullopt;
  }
  std::vector<const ast::Argument *> ordered(call.arguments.size());
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    const ast::Argument &argument = call.arguments[i];
    size_t place = i;
    if (!argument.name.empty()) {
      auto found =
          std::ranges::find_if(info->arguments, [&](const auto &known) {
            return known.first == argument.name.text;
          });
      if (found == info->arguments.end()) {
        diagnostics.report(diag::UnknownParameter, argument.name.range,
                           "distribution `" + std::string(info->name) + "`",
                           argument.name.text);
        return std::nullopt;
      }
      place = static_cast<size_t>(found - info->arguments.begin());
    }
    if (ordered[place]) {
      diagnostics.report(diag::GivenTwice, argument.range,
                         std::string(info->arguments[place].first));
      return std::nullopt;
    }
    ordered[place] = &argument;
  }
  double total = 0;
  for (size_t i = 0; i < ordered.size(); ++i) {
    ArgumentKind kind =
        isCategorical ? (i % 2 ? ArgumentKind::Share : ArgumentKind::Value)
                      : info->arguments[i].second;
    const ast::Expr &given = *ordered[i]->value;
    std::string name = isCategorical
                           ? std::string(i % 2 ? "a probability" : what)
                           : "`" + std::string(info->arguments[i].first) + "`";
    std::optional<double> known;
    if (kind == ArgumentKind::Deviation) {
      ExpressionChecker checker(*this, diagnostics);
      Typed typed = checker.check(given);
      if (typed.isError())
        return std::nullopt;
      bool isRelative = typed.kind == TypeKind::Percent;
      if (!isRelative &&
          !rules::checkGiven(typed, name, needed, declared, diagnostics))
        return std::nullopt;
      known = evaluateConstant(*typed.expr, diagnostics);
      if (known && isRelative)
        known = *known * std::fabs(result.arguments[0]);
    } else {
      known = number(given, kind == ArgumentKind::Value ? what : name,
                     kind == ArgumentKind::Value ? needed : Dimension::none());
    }
    if (!known)
      return std::nullopt;
    bool isBad = (kind == ArgumentKind::Deviation && *known < 0) ||
                 (kind == ArgumentKind::Number && *known < 0) ||
                 (kind == ArgumentKind::Share && (*known < 0 || *known > 1));
    bool mustBePositive = info->distribution == Distribution::LogNormal ||
                          info->distribution == Distribution::Gamma ||
                          info->distribution == Distribution::Exponential;
    isBad |= mustBePositive && kind == ArgumentKind::Value && *known <= 0;
    if (isBad) {
      diagnostics.report(
          diag::BadDistribution, given.range, name,
          kind == ArgumentKind::Share   ? "lie in 0 .. 1"
          : kind == ArgumentKind::Value ? "be positive"
                                        : "not be negative",
          formatQuantity(*known, kind == ArgumentKind::Value ||
                                         kind == ArgumentKind::Deviation
                                     ? needed
                                     : Dimension::none()));
      return std::nullopt;
    }
    if (isCategorical && i % 2)
      total += *known;
    result.arguments.push_back(*known);
  }
  if (isCategorical && std::fabs(total - 1) > 1e-9) {
    diagnostics.report(diag::BadDistribution, expr.range,
                       "the sum of all probabilities", "be 1",
                       formatNumber(total));
    return std::nullopt;
  }
  if (info->distribution == Distribution::Uniform &&
      result.arguments[0] > result.arguments[1]) {
    diagnostics.report(diag::BadDistribution, expr.range, "`high`",
                       "not be below `low`",
                       formatQuantity(result.arguments[1], needed));
    return std::nullopt;
  }
  // The contract speaks of the normal distribution beneath.
  if (info->distribution == Distribution::LogNormal)
    result.arguments[0] = fixed::log(result.arguments[0]);
  for (const ast::Restriction &restriction : init.restrictions)
    if (!restrict(result, restriction, what, needed))
      return std::nullopt;
  return result;
}

bool Elaborator::restrict(Value &value, const ast::Restriction &restriction,
                          std::string_view what, const Dimension &needed) {
  Interval interval;
  const ast::Expr &bound = *restriction.bound;
  if (restriction.kind == ast::Restriction::Kind::AtLeast) {
    std::optional<double> least = number(bound, what, needed);
    if (!least)
      return false;
    if (!step || needed != Dimension::time()) {
      interval.low = *least;
      value.clip = interval;
      return true;
    }
    value.atLeastSteps =
        static_cast<uint64_t>(std::max(0.0, std::ceil(*least / *step - 1e-9)));
    return true;
  }
  const auto *call = ast::dynCast<ast::CallExpr>(&bound);
  if (const auto *range = ast::dynCast<ast::RangeExpr>(&bound)) {
    std::optional<double> low = number(*range->low, what, needed);
    std::optional<double> high = number(*range->high, what, needed);
    if (!low || !high)
      return false;
    interval = {*low, *high};
  } else if (!restriction.comparison && call &&
             sourceText(call->callee->range, diagnostics) == "sign" &&
             call->arguments.size() == 1) {
    ExpressionChecker checker(*this, diagnostics);
    Typed typed = checker.checkQuantity(*call->arguments[0].value);
    if (typed.isError())
      return false;
    std::optional<double> sign = evaluateConstant(*typed.expr, diagnostics);
    if (!sign)
      return false;
    if (*sign >= 0)
      interval.low = 0;
    if (*sign <= 0)
      interval.high = 0;
  } else if (restriction.comparison) {
    std::optional<double> limit = number(bound, what, needed);
    if (!limit)
      return false;
    bool isLower = *restriction.comparison == ast::BinaryOp::Greater ||
                   *restriction.comparison == ast::BinaryOp::GreaterEqual;
    (isLower ? interval.low : interval.high) = *limit;
  } else {
    diagnostics.report(diag::NotARange, bound.range,
                       sourceText(bound.range, diagnostics));
    return false;
  }
  if (interval.low > interval.high) {
    diagnostics.report(diag::EmptyRange, bound.range,
                       sourceText(bound.range, diagnostics));
    return false;
  }
  bool isRedraw = restriction.kind == ast::Restriction::Kind::Redraw;
  bool isUniform = value.distribution == Distribution::Uniform;
  bool isConstant =
      value.distribution == Distribution::Normal && value.arguments[1] == 0;
  double low = isConstant  ? value.arguments[0]
               : isUniform ? value.arguments[0]
                           : -INFINITY;
  double high = isConstant  ? value.arguments[0]
                : isUniform ? value.arguments[1]
                            : INFINITY;
  if (isRedraw && (high < interval.low || low > interval.high)) {
    diagnostics.report(diag::RedrawImpossible, restriction.range,
                       std::string(what));
    return false;
  }
  (isRedraw ? value.redraw : value.clip) = interval;
  return true;
}

} // namespace snn::lang
