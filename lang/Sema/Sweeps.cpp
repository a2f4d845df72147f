//===- Sweeps.cpp - Values that take several values ---------------------===//
//
// A sweep of an argument elaborates again; one of a parameter or an input does
// not change the structure.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Experiments.h"

#include <cmath>

namespace snn::lang {

/// Runs of one experiment.
static constexpr double maxPoints = 100'000;

using namespace checked;

void ExperimentChecker::sweep(const ast::SweepStmt &statement) {
  Sweep made;
  made.range = statement.range;
  made.path = sourceText(statement.target->range, diagnostics);
  made.name = statement.alias.empty() ? made.path : statement.alias.text;
  Dimension dimension;
  const auto *member = ast::dynCast<ast::MemberExpr>(statement.target.get());
  std::string base =
      member ? sourceText(member->base->range, diagnostics) : std::string();
  std::string argument = base == "net" ? member->member.text : made.path;
  const Entity *entity = networkFrame ? networkFrame->find(argument) : nullptr;
  if ((!member || base == "net") && entity &&
      entity->kind == Entity::Kind::Quantity) {
    made.path = "net." + argument;
    made.kind = Sweep::Kind::Network;
    dimension = entity->quantity.dimension();
  } else if (base == "net" && networkFrame && !scope.find("net")) {
    diagnostics.report(diag::UnknownParameter, member->member.range,
                       "network `" + experiment.network.name + "`", argument);
    return;
  } else {
    auto refs = elaborator->populations(*statement.target);
    if (!refs)
      return;
    const PopulationRef &ref = refs->front();
    const Population &population =
        experiment.network.populations[ref.slice.population];
    Elaborator::Field field;
    if (refs->size() == 1 && population.kind == Population::Kind::Neurons)
      field = elaborator->findField(models.program.neurons[population.model],
                                    ref.member.text);
    if (field.kind == Elaborator::FieldKind::Param) {
      made.kind = Sweep::Kind::Param;
    } else if (field.kind == Elaborator::FieldKind::Input) {
      made.kind = Sweep::Kind::Input;
    } else {
      diagnostics.report(diag::NotSweepable, statement.target->range, made.path)
          .help("sweep an argument of the network, or a parameter or an input "
                "of a population");
      return;
    }
    made.population = ref.slice.population;
    made.index = field.index;
    dimension = field.dimension;
  }
  std::string what = "`" + made.path + "`";
  std::vector<SourceRange> places;
  made.unit.dimension = dimension;
  // In the network of one of its values the others are of no interest.
  if (overrides.isPoint(made.path)) {
    experiment.sweeps.push_back(std::move(made));
    sweepPlaces.emplace_back();
    return;
  }
  auto add = [&](double value) {
    made.values.push_back(value);
    made.texts.push_back(
        formatNumber(value) +
        (dimension.isNone() ? "" : " [" + dimension.unit() + "]"));
  };
  if (const auto *range =
          ast::dynCast<ast::RangeExpr>(statement.values.get())) {
    std::optional<double> low =
        elaborator->number(*range->low, what, dimension);
    if (!low)
      return;
    std::optional<double> high =
        elaborator->number(*range->high, what, dimension);
    if (!high)
      return;
    if (!range->step) {
      diagnostics.report(diag::SweepNeedsStep, range->range)
          .help("say how far apart the values are: `" +
                sourceText(range->range, diagnostics) + " step ...`");
      return;
    }
    std::optional<double> stride =
        elaborator->number(*range->step, what, dimension);
    if (!stride)
      return;
    if (*stride <= 0 || *high < *low) {
      diagnostics.report(diag::EmptyRange, range->range,
                         sourceText(range->range, diagnostics));
      return;
    }
    double turns = std::floor((*high - *low) / *stride + 1e-9);
    if (turns >= maxPoints) {
      diagnostics.report(diag::TooManyTurns, range->range,
                         Count(static_cast<uint64_t>(maxPoints)));
      return;
    }
    places.push_back(range->range);
    for (double i = 0; i <= turns; ++i)
      add(*low + i * *stride);
  } else if (const auto *list =
                 ast::dynCast<ast::ListExpr>(statement.values.get())) {
    if (list->elements.empty()) {
      diagnostics.report(diag::EmptyRange, list->range,
                         sourceText(list->range, diagnostics));
      return;
    }
    for (const ast::ExprPtr &element : list->elements) {
      std::optional<double> value =
          elaborator->number(*element, what, dimension);
      if (!value)
        return;
      places.push_back(element->range);
      add(*value);
    }
  } else {
    diagnostics.report(diag::NotARange, statement.values->range,
                       sourceText(statement.values->range, diagnostics));
    return;
  }
  double combinations = static_cast<double>(made.values.size());
  for (const Sweep &other : experiment.sweeps)
    combinations *= static_cast<double>(other.values.size());
  if (combinations > maxPoints) {
    diagnostics
        .report(diag::TooManyTurns, statement.values->range,
                Count(static_cast<uint64_t>(maxPoints)))
        .note("several sweeps run all combinations of their values: " +
              formatNumber(combinations));
    return;
  }
  experiment.sweeps.push_back(std::move(made));
  sweepPlaces.push_back(std::move(places));
}

const Sweep *ExperimentChecker::swept(const ast::Expr *over,
                                      SourceRange range) {
  std::string name = over ? sourceText(over->range, diagnostics) : "";
  for (const Sweep &candidate : experiment.sweeps)
    if (!over || candidate.name == name || candidate.path == name ||
        candidate.path.ends_with("." + name))
      return &candidate;
  if (lostSweep)
    return nullptr;
  diagnostics
      .report(diag::UnknownSweep, over ? over->range : range,
              over ? name : "the sweep")
      .help("state it before: `sweep cell.I_ext as I in ...`");
  return nullptr;
}

} // namespace snn::lang
