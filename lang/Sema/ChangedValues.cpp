//===- ChangedValues.cpp - What experiments do to their network -----------===//
//
// A value that an experiment sets, sweeps or changes obeys the rules of the
// model as one of the population does; every value of a swept argument makes a
// network that has no mistakes; what happens after the end never happens.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Experiments.h"
#include "lang/Sema/Rules/Network.h"

#include <algorithm>
#include <map>

namespace snn::lang {

using namespace checked;

/// What a network is made of, as far as it takes time to make it.
static size_t sizeOf(const Network &network) {
  size_t size = 1 + network.populations.size() + network.projections.size() +
                network.drives.size() + network.stimuli.size();
  for (const Population &population : network.populations)
    for (const auto *values : {&population.params, &population.initial})
      for (const std::optional<Value> &value : *values)
        size += value ? value->data.size() : 0;
  for (const Projection &projection : network.projections)
    size += projection.rule.pairs.size() + projection.weight.data.size() +
            projection.axonal.data.size();
  return size;
}

/// Elements of all networks that the values of sweeps make.
static constexpr size_t maxElements = 200'000;
/// Networks that the values of sweeps make.
static constexpr size_t maxNetworks = 1'000;
/// Combinations of swept values times changes that are looked at.
static constexpr size_t maxPoints = 1'000'000;

/// The values of every population that the experiment sets, sweeps or changes:
/// in every combination of what is swept, and as they become, one time after
/// the other.
void ExperimentChecker::checkChanges() {
  std::vector<const Change *> ordered;
  for (const Change &change : experiment.changes)
    if (change.kind == Change::Kind::Param)
      ordered.push_back(&change);
  // At equal steps in the order of the text, in which they lie.
  std::ranges::sort(ordered, {}, [](const Change *change) {
    return std::pair(change->atStep, change);
  });
  std::map<unsigned, std::vector<const Change *>> changes;
  for (unsigned population : assigned)
    changes[population];
  for (const Change *change : ordered)
    changes[change->target.population].push_back(change);
  std::map<unsigned, std::vector<size_t>> sweeps;
  for (size_t i = 0; i < experiment.sweeps.size(); ++i) {
    const Sweep &sweep = experiment.sweeps[i];
    if (sweep.kind != Sweep::Kind::Param || overrides.isPoint(sweep.path))
      continue;
    sweeps[sweep.population].push_back(i);
    changes[sweep.population];
  }
  for (const auto &[index, own] : changes) {
    const Population &population = experiment.network.populations[index];
    if (population.kind == Population::Kind::Neurons)
      checkPoints(population, sweeps[index], own);
  }
}

/// The last sweep varies fastest. The first combination with a mistake is said.
void ExperimentChecker::checkPoints(
    const Population &population, const std::vector<size_t> &sweeps,
    const std::vector<const Change *> &changes) {
  size_t points = 1;
  for (size_t sweep : sweeps)
    points *= experiment.sweeps[sweep].values.size();
  size_t before = diagnostics.reportedMessages();
  for (size_t point = 0; point < points; ++point) {
    Population varied = population;
    size_t rest = point;
    for (size_t i = sweeps.size(); i-- > 0;) {
      const Sweep &sweep = experiment.sweeps[sweeps[i]];
      size_t number = rest % sweep.values.size();
      rest /= sweep.values.size();
      Value value;
      value.dimension = sweep.unit.dimension;
      value.constant = sweep.values[number];
      const std::vector<SourceRange> &places = sweepPlaces[sweeps[i]];
      value.range = places.size() == 1 ? places[0] : places[number];
      varied.params[sweep.index] = std::move(value);
    }
    elaborator->checkValues(varied);
    if (!sweeps.empty())
      rules::checkStability(varied, models.program, experiment.stepSize,
                            diagnostics);
    if (diagnostics.reportedMessages() == before &&
        (point + 1) * changes.size() <= maxPoints)
      checkTimes(varied, changes);
    if (diagnostics.reportedMessages() != before)
      return;
  }
}

/// What is set at one time is looked at together.
void ExperimentChecker::checkTimes(Population &varied,
                                   const std::vector<const Change *> &changes) {
  size_t before = diagnostics.reportedMessages();
  for (size_t i = 0; i < changes.size(); ++i) {
    Elaborator::Field field = elaborator->findField(
        models.program.neurons[varied.model], changes[i]->name);
    Value value;
    value.dimension = field.dimension;
    value.constant = changes[i]->value;
    value.range = changes[i]->range;
    *elaborator->slot(varied, field) = std::move(value);
    bool isLast =
        i + 1 == changes.size() || changes[i + 1]->atStep != changes[i]->atStep;
    if (isLast)
      elaborator->checkValues(varied);
    if (diagnostics.reportedMessages() != before)
      return;
  }
}

/// Every value of a swept argument makes a network of its own. Of many values
/// some are looked at, the ends among them; the others are before their run.
void ExperimentChecker::checkNetworks() {
  std::vector<size_t> swept;
  for (size_t i = 0; i < experiment.sweeps.size(); ++i)
    if (experiment.sweeps[i].kind == Sweep::Kind::Network) {
      if (overrides.isPoint(experiment.sweeps[i].path))
        return;
      swept.push_back(i);
    }
  size_t cost = 0;
  for (size_t varied : swept) {
    size_t values = experiment.sweeps[varied].values.size();
    size_t looks = std::min(values, maxNetworks / swept.size());
    for (size_t look = 0; look < looks; ++look) {
      size_t value = looks < 2 ? 0 : look * (values - 1) / (looks - 1);
      std::vector<Override> point = overrides.all();
      for (size_t other : swept) {
        const Sweep &sweep = experiment.sweeps[other];
        size_t number = other == varied ? value : 0;
        point.push_back({sweep.path, sweep.texts[number], /*isPoint=*/true});
      }
      size_t before = diagnostics.reportedMessages();
      std::optional<Experiment> made =
          ExperimentChecker(models, declared, control, point).run();
      if (!made) {
        const Sweep &sweep = experiment.sweeps[varied];
        diagnostics.noteSince(before, "where the sweep sets `" + sweep.name +
                                          "` to " +
                                          formatQuantity(sweep.values[value],
                                                         sweep.unit.dimension));
        break;
      }
      // What large networks do not say here they say before their run.
      cost += sizeOf(made->network);
      if (cost > maxElements)
        return;
    }
  }
}

/// `--duration` may shorten a run: what is then left out is meant.
void ExperimentChecker::checkEnd() {
  if (overrides.has("duration"))
    return;
  uint64_t end = experiment.warmupSteps + experiment.durationSteps;
  auto report = [&](double time, SourceRange range, double last) {
    Diagnostic &message = diagnostics.report(
        diag::AfterTheEnd, range,
        shownValue(time, Dimension::time(), range, diagnostics),
        formatQuantity(last, Dimension::time()));
    if (durationRange.isValid())
      message.label(durationRange, "the duration is stated here");
  };
  for (auto [step, range] : times)
    if (step > end)
      report(static_cast<double>(step) * experiment.stepSize, range,
             static_cast<double>(end) * experiment.stepSize);
  double measured =
      static_cast<double>(experiment.durationSteps) * experiment.stepSize;
  for (const Expect &expect : experiment.expects)
    for (const Metric *metric :
         {&expect.metric, expect.reference ? &*expect.reference : nullptr})
      if (metric && metric->to > measured * (1 + 1e-9))
        report(metric->to, metric->range, measured);
}

} // namespace snn::lang
