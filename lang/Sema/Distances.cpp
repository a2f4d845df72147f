//===- Distances.cpp - What depends on where two neurons lie --------------===//
//
// `distance` in conditions, probabilities, weights and delays of a connection.
// Each is a function of the way from source to target; sema asks it of pairs
// of neurons, and leaves nothing of it between points, where it is a number.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Elaborator.h"
#include "lang/Sema/Evaluate.h"

#include <algorithm>
#include <cmath>

namespace snn::lang {

using namespace checked;

//===----------------------------------------------------------------------===//
// Expressions of the distance
//===----------------------------------------------------------------------===//

std::optional<Typed>
Elaborator::partOfDistance(const ast::NameExpr &name) const {
  const auto *found = std::ranges::find(partsOfDistance, name.name);
  if (!placeIsKnown || found == partsOfDistance.end())
    return std::nullopt;
  auto part = static_cast<unsigned>(found - partsOfDistance.begin());
  return Typed::quantity(
      makeReference(ExprKind::Argument, part, Dimension::length(), name.range));
}

ExprRef Elaborator::placeCondition(const ast::Expr &expr) {
  ExpressionChecker checker(*this, diagnostics);
  placeIsKnown = true;
  Typed value = checker.checkTruth(expr);
  placeIsKnown = false;
  return value.isError() ? nullptr : foldConstants(value.expr, diagnostics);
}

/// The greatest distance that a condition allows, where it says one.
static double radiusOf(const Expr &condition) {
  if (condition.kind == ExprKind::Bool)
    return condition.number != 0 ? INFINITY : -1;
  if (condition.kind == ExprKind::Logic && condition.logic == LogicOp::And)
    return std::min(radiusOf(*condition.operands[0]),
                    radiusOf(*condition.operands[1]));
  if (condition.kind != ExprKind::Compare)
    return INFINITY;
  bool isBelow = condition.compare == CompareOp::Less ||
                 condition.compare == CompareOp::LessEqual;
  bool isAbove = condition.compare == CompareOp::Greater ||
                 condition.compare == CompareOp::GreaterEqual;
  const Expr &left = *condition.operands[isBelow ? 0 : 1];
  const Expr &right = *condition.operands[isBelow ? 1 : 0];
  bool isRadius = (isBelow || isAbove) && left.kind == ExprKind::Argument &&
                  left.index == 0 && right.kind == ExprKind::Number;
  return isRadius ? right.number : INFINITY;
}

bool Elaborator::mayBeNear(const Expr &condition, const Slice &source,
                           const Slice &target) const {
  double radius = radiusOf(condition);
  const std::optional<Lattice> &from =
      network.populations[source.population].lattice;
  const std::optional<Lattice> &to =
      network.populations[target.population].lattice;
  if (radius < 0 || std::isinf(radius) || !from || !to)
    return radius >= 0;
  double square = 0;
  for (size_t axis = 0; axis < 3; ++axis) {
    auto end = [&](const Lattice &lattice) {
      return lattice.origin[axis] +
             static_cast<double>(lattice.extent[axis] - 1) *
                 lattice.spacing[axis];
    };
    double low = to->origin[axis] - end(*from);
    double high = end(*to) - from->origin[axis];
    double period = from->period[axis];
    double gap;
    if (period == 0)
      gap = std::max({low, -high, 0.0});
    else if (high - low >= period)
      gap = 0;
    else {
      double shift = period * std::ceil(low / period);
      // The first multiple of the period at or above the lowest displacement.
      gap = shift <= high ? 0 : std::min(shift - high, low - shift + period);
    }
    square += gap * gap;
  }
  // Rounding must not take a pair away that lies on the edge.
  return std::sqrt(square) <= radius * (1 + 1e-9);
}

static ExprRef makeFactor(double value, SourceRange range) {
  return makeNumber(value, Dimension::none(), range);
}

/// A rule for the pairs alone that a condition holds for.
bool Elaborator::narrow(Rule &rule, const ExprRef &where, SourceRange place) {
  if (where->kind == ExprKind::Bool)
    return true; // where it does not hold, nothing may be near
  ExprRef joined;
  switch (rule.kind) {
  case Rule::Kind::AllToAll:
    joined = makeFactor(1, rule.range);
    break;
  case Rule::Kind::Probability:
    joined = makeFactor(rule.probability, rule.range);
    break;
  case Rule::Kind::Place:
    joined = rule.function;
    break;
  default:
    diagnostics
        .report(diag::PairsNotTested, rule.range,
                sourceText(rule.range, diagnostics))
        .label(place, "this asks of each pair")
        .help("say it by `probability(p)` or `all_to_all`");
    return false;
  }
  auto chosen = std::make_shared<Expr>();
  chosen->kind = ExprKind::Select;
  chosen->range = place;
  chosen->operands = {where, joined, makeFactor(0, place)};
  rule.kind = Rule::Kind::Place;
  rule.function = chosen;
  return true;
}

//===----------------------------------------------------------------------===//
// Projections
//===----------------------------------------------------------------------===//

namespace {

using Parts = std::array<double, 4>;

std::array<uint64_t, 3> indicesOf(const Lattice &lattice, uint64_t neuron) {
  return {neuron / lattice.extent[2] / lattice.extent[1],
          neuron / lattice.extent[2] % lattice.extent[1],
          neuron % lattice.extent[2]};
}

/// The distance of two neurons and its three parts, as the run-time library
/// has them but for the last bits.
Parts partsOf(const Lattice &from, uint64_t source, const Lattice &to,
              uint64_t target) {
  std::array<uint64_t, 3> i = indicesOf(from, source),
                          j = indicesOf(to, target);
  Parts parts{};
  double square = 0;
  for (size_t axis = 0; axis < 3; ++axis) {
    double apart = (to.origin[axis] - from.origin[axis]) +
                   (static_cast<double>(j[axis]) * to.spacing[axis] -
                    static_cast<double>(i[axis]) * from.spacing[axis]);
    if (double period = from.period[axis]; period != 0)
      apart -= period * std::nearbyint(apart / period);
    parts[axis + 1] = apart;
    square += apart * apart;
  }
  parts[0] = std::sqrt(square);
  return parts;
}

std::optional<double> at(const Expr &function, const Parts &parts) {
  return evaluate(function,
                  [&](const Expr &leaf) -> std::optional<double> {
                    if (leaf.kind == ExprKind::Argument)
                      return parts[leaf.index];
                    return std::nullopt;
                  })
      .value;
}

bool isPoint(const Lattice &lattice) {
  for (size_t axis = 0; axis < 3; ++axis)
    if (lattice.extent[axis] != 1 && lattice.spacing[axis] != 0)
      return false;
  return true;
}

/// Sources that see between them every way that leads from one neuron of the
/// slice to another on the same lattice: the corners, and one in the middle.
std::vector<uint64_t> outermost(const Slice &slice, const Lattice &lattice) {
  uint64_t count = slice.size();
  std::vector<uint64_t> result = {0, count / 2, count - 1};
  uint64_t plane = lattice.extent[1] * lattice.extent[2];
  if (count != lattice.extent[0] * plane)
    return result;
  for (uint64_t corner = 1; corner < 7; ++corner)
    result.push_back((corner & 4 ? (lattice.extent[0] - 1) * plane : 0) +
                     (corner & 2 ? plane - lattice.extent[2] : 0) +
                     (corner & 1 ? lattice.extent[2] - 1 : 0));
  std::ranges::sort(result);
  result.erase(std::ranges::unique(result).begin(), result.end());
  return result;
}

/// What depends on places, asked of one pair of neurons after the other.
class PairCheck {
public:
  PairCheck(Projection &projection, const Network &network,
            DiagnosticEngine &diagnostics)
      : projection(projection), rule(projection.rule),
        from(*network.populations[projection.source.population].lattice),
        to(*network.populations[projection.target.population].lattice),
        diagnostics(diagnostics) {
    for (Value *value :
         {&projection.weight, &projection.axonal, &projection.dendritic})
      if (value->kind == Value::Kind::Place) {
        value->least = INFINITY;
        value->greatest = -INFINITY;
        values.push_back(value);
      }
  }

  /// Indices in the slices. False if what they ask for is wrong.
  bool check(uint64_t source, uint64_t target) {
    uint64_t i = projection.source.at(source), j = projection.target.at(target);
    if (!rule.autapses && i == j &&
        projection.source.population == projection.target.population)
      return true;
    Parts parts = partsOf(from, i, to, j);
    if (rule.kind == Rule::Kind::Place) {
      std::optional<double> p = at(*rule.function, parts);
      if (!p)
        return hasNoValue(*rule.function, parts);
      if (!(*p >= 0 && *p <= 1)) {
        diagnostics
            .report(diag::NotAProbability, rule.range,
                    formatRounded(*p, Dimension::none()))
            .at(isSo(parts))
            .help("scale it, or bound it: `min(1, ...)`");
        return false;
      }
      if (*p == 0)
        return true;
    }
    joinsAny = true;
    return std::ranges::all_of(
        values, [&](Value *value) { return check(*value, parts); });
  }

  bool joinsAny = false;
  std::vector<Value *> values;

private:
  bool check(Value &value, const Parts &parts) {
    std::optional<double> x = at(*value.function, parts);
    if (!x)
      return hasNoValue(*value.function, parts);
    if (*x < 0 && value.dimension == Dimension::conductance()) {
      diagnostics
          .report(diag::NegativeConductance, value.range,
                  formatRounded(*x, value.dimension))
          .at(isSo(parts))
          .help("a conductance is 0 nS or more: bound it, `max(0 nS, ...)`, or "
                "leave such pairs out by `where`");
      return false;
    }
    value.least = std::min(value.least, *x);
    value.greatest = std::max(value.greatest, *x);
    return true;
  }

  static std::string isSo(const Parts &parts) {
    return "that is what it is for neurons that are " +
           formatRounded(parts[0], Dimension::length()) + " apart";
  }

  bool hasNoValue(const Expr &function, const Parts &parts) {
    // `where` may hold, and what it narrows have no value.
    if (function.kind == ExprKind::Select)
      for (const ExprRef &part : {function.operands[0], function.operands[1]})
        if (!at(*part, parts))
          return hasNoValue(*part, parts);
    diagnostics
        .report(diag::NoValueAtDistance, function.range,
                sourceText(function.range, diagnostics),
                formatRounded(parts[0], Dimension::length()))
        .help("leave such pairs out by `where`, or bound what it is computed "
              "of: `max(distance, 1 um)`");
    return false;
  }

  const Projection &projection;
  const Rule &rule;
  const Lattice &from, &to;
  DiagnosticEngine &diagnostics;
};

} // namespace

/// What depends on places is checked on pairs: on all of them where there are
/// few, else on the nearest ones, on corners and on some between. The engine
/// looks at each that it joins.
Elaborator::Placed Elaborator::checkPlaces(Projection &projection) {
  constexpr uint64_t mostPairs = uint64_t{1} << 20;
  PairCheck pairs(projection, network, diagnostics);
  uint64_t sources = projection.source.size();
  uint64_t targets = projection.target.size();
  uint64_t stride = std::max<uint64_t>(1, targets / placeSamples);
  if (stride != 1)
    stride |= 1; // not whole rows
  placeSamples = std::max<uint64_t>(16, placeSamples / 2);
  const Population &from = network.populations[projection.source.population];
  for (uint64_t source : outermost(projection.source, *from.lattice)) {
    for (uint64_t target = 0; target < targets; target += stride)
      if (!pairs.check(source, target))
        return Placed::Wrong;
    // The same part of the way through, and its neighbours: the nearest.
    uint64_t near = source * targets / sources;
    for (uint64_t target = near > 2 ? near - 2 : 0;
         target < std::min(near + 3, targets); ++target)
      if (!pairs.check(source, target))
        return Placed::Wrong;
    if (!pairs.check(source, targets - 1))
      return Placed::Wrong;
  }
  if (pairs.joinsAny)
    return Placed::Yes;
  if (sources * targets <= mostPairs) {
    for (uint64_t pair = 0; pair < sources * targets; ++pair)
      if (!pairs.check(pair / targets, pair % targets))
        return Placed::Wrong;
    return pairs.joinsAny ? Placed::Yes : Placed::NoPair;
  }
  for (Value *value : pairs.values)
    value->least = value->greatest =
        value == &projection.weight ? 0 : step.value_or(1);
  return Placed::Yes;
}

/// Up to the rounding of the number of neurons times the spacing.
static bool isSamePeriod(double a, double b) {
  return std::abs(a - b) <= 1e-12 * std::max(a, b);
}

/// Looks at what of a projection depends on places. Between two points nothing
/// is left that does.
Elaborator::Placed Elaborator::resolvePlaces(Projection &projection,
                                             SourceRange arrow) {
  Rule &rule = projection.rule;
  std::array<Value *, 3> values = {&projection.weight, &projection.axonal,
                                   &projection.dendritic};
  const auto *varied = std::ranges::find_if(
      values, [](Value *v) { return v->kind == Value::Kind::Place; });
  bool valuesVary = varied != values.end();
  if (rule.kind != Rule::Kind::Place && !valuesVary)
    return Placed::Yes;
  const Population &from = network.populations[projection.source.population];
  const Population &to = network.populations[projection.target.population];
  for (const Population *end : {&from, &to})
    if (!end->lattice) {
      diagnostics
          .report(diag::NotPlaced,
                  rule.function ? rule.function->range : (*varied)->range,
                  end->path)
          .label(end->range, "it has no place")
          .help("say where its neurons lie: `at grid(spacing = 25 um)`");
      return Placed::Wrong;
    }
  for (size_t axis = 0; axis < 3; ++axis)
    if (!isSamePeriod(from.lattice->period[axis], to.lattice->period[axis])) {
      auto shown = [&](const Population &population) {
        double period = population.lattice->period[axis];
        return period == 0
                   ? std::string("not at all")
                   : "every " + formatQuantity(period, Dimension::length());
      };
      diagnostics
          .report(diag::PeriodsDiffer, arrow, from.path, shown(from), to.path,
                  shown(to))
          .label(from.range, "placed here")
          .label(to.range, "placed here")
          .help("give both the same size of space: number of neurons times "
                "spacing");
      return Placed::Wrong;
    }
  bool drawsRows = rule.kind == Rule::Kind::Outdegree ||
                   rule.kind == Rule::Kind::Total ||
                   rule.kind == Rule::Kind::Convolution ||
                   (rule.kind == Rule::Kind::Indegree && rule.multapses);
  if (valuesVary && drawsRows) {
    diagnostics
        .report(diag::PairsNotTested, rule.range,
                sourceText(rule.range, diagnostics))
        .label((*varied)->range, "this depends on the pair")
        .help("say it by `probability(p)` or `all_to_all`");
    return Placed::Wrong;
  }
  if (!isPoint(*from.lattice) || !isPoint(*to.lattice)) {
    if (valuesVary && rule.kind == Rule::Kind::Probability) {
      rule.kind = Rule::Kind::Place;
      rule.function = makeFactor(rule.probability, rule.range);
    }
    return checkPlaces(projection);
  }
  if (Placed found = checkPlaces(projection); found != Placed::Yes)
    return found;
  Parts parts = partsOf(*from.lattice, 0, *to.lattice, 0);
  if (rule.kind == Rule::Kind::Place) {
    rule.probability = at(*rule.function, parts).value_or(0);
    rule.function = nullptr;
    rule.kind =
        rule.probability == 1 ? Rule::Kind::AllToAll : Rule::Kind::Probability;
    if (rule.probability == 0)
      return Placed::NoPair;
  }
  for (Value *value : values) {
    if (value->kind != Value::Kind::Place)
      continue;
    value->kind = Value::Kind::Constant;
    value->constant = value->least;
    value->function = nullptr;
    // As the engine rounds what depends on places.
    if (value != &projection.weight && step)
      value->constant = std::nearbyint(value->constant / *step) * *step;
  }
  return Placed::Yes;
}

} // namespace snn::lang
