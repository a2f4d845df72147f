//===- ChangedValues.cpp - What experiments do to their network -----------===//
//
// A value that an experiment sets obeys the rules of the model as one of the
// population does, and what happens after the end never happens.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Experiments.h"

#include <algorithm>
#include <map>

namespace snn::lang {

using namespace checked;

/// The parameters of each population as they become, one time after the other;
/// what is set at one time is looked at together.
void ExperimentChecker::checkChanges() {
  std::vector<const Change *> ordered;
  for (const Change &change : experiment.changes)
    if (change.kind == Change::Kind::Param)
      ordered.push_back(&change);
  std::ranges::stable_sort(ordered, {}, &Change::atStep);
  unsigned before = diagnostics.reportedErrors();
  for (unsigned population : assigned)
    if (experiment.network.populations[population].kind ==
        Population::Kind::Neurons)
      elaborator->checkValues(experiment.network.populations[population]);
  if (diagnostics.reportedErrors() != before)
    return;
  std::map<unsigned, Population> populations;
  for (size_t i = 0; i < ordered.size(); ++i) {
    const Slice &target = ordered[i]->target;
    Population &changed =
        populations
            .try_emplace(target.population,
                         experiment.network.populations[target.population])
            .first->second;
    const std::vector<Parameter> &params =
        models.program.neurons[changed.model].params;
    auto param = std::ranges::find(params, ordered[i]->name, &Parameter::name);
    if (param != params.end()) { // else it is a receptor's
      Value value;
      value.dimension = param->dimension;
      value.constant = ordered[i]->value;
      value.range = ordered[i]->range;
      changed.params[static_cast<size_t>(param - params.begin())] = value;
    }
    bool isLast = i + 1 == ordered.size() ||
                  ordered[i + 1]->atStep != ordered[i]->atStep ||
                  ordered[i + 1]->target.population != target.population;
    if (isLast)
      elaborator->checkValues(changed);
    if (diagnostics.reportedErrors() != before)
      return;
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
