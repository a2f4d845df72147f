//===- ModulatorEvents.cpp - Events of an experiment for modulators -------===//
//
// `at 1 s { da.reward(0.5) }` is a source of one spike, a step earlier, and a
// connection of that weight with a delay of one step: so an event acts as a
// spike does, and whatever runs the model needs to know of neither.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Experiments.h"

#include <algorithm>

namespace snn::lang {

using namespace checked;

std::optional<std::vector<Elaborator::ModulatorEvent>>
Elaborator::modulatorEvents(const ast::EventStmt &statement) {
  const auto &call = ast::cast<ast::CallExpr>(*statement.event);
  auto refs = populations(*call.callee);
  if (!refs)
    return std::nullopt;
  std::string name = sourceText(call.callee->range, diagnostics);
  std::vector<ModulatorEvent> made;
  for (const PopulationRef &ref : *refs) {
    if (!network.populations[ref.slice.population].isModulator ||
        ref.member.empty()) {
      diagnostics
          .report(diag::WrongDeclaration, call.callee->range, name,
                  "no event of a modulator", "one")
          .help("name both: `dopamine.reward(0.5)`");
      return std::nullopt;
    }
    auto port = this->port(ref, call.callee->range);
    if (!port)
      return std::nullopt;
    if (call.arguments.size() != 1) {
      diagnostics.report(diag::WrongArgumentCount, statement.range, name,
                         argumentCount(1), Count(call.arguments.size()));
      return std::nullopt;
    }
    std::optional<double> value = number(
        *call.arguments[0].value, "the value of `" + name + "`", port->weight);
    if (!value)
      return std::nullopt;
    made.push_back({ref.slice.population, std::move(*port), *value});
  }
  return made;
}

void ExperimentChecker::event(const ast::EventStmt &statement, uint64_t step) {
  auto made = elaborator->modulatorEvents(statement);
  if (!made)
    return;
  if (step == 0) {
    diagnostics.report(diag::EventAtBegin, statement.range)
        .help("use one step later, or give the modulator an initial state");
    return;
  }
  for (const Elaborator::ModulatorEvent &event : *made) {
    ModulatorEvent key{event.population, event.port.port.index, event.value, 0};
    // What comes twice at one time needs two sources.
    while (std::ranges::find(events[key].steps, step) !=
           events[key].steps.end())
      ++std::get<3>(key);
    ModulatorEvents &entry = events[key];
    entry.steps.push_back(step);
    entry.weight = event.port.weight;
    entry.range = statement.range;
    ++numChanges;
  }
}

void ExperimentChecker::eventSources() {
  Network &network = experiment.network;
  for (auto &[key, entry] : events) {
    const auto &[target, port, value, repetition] = key;
    std::string end = network.populations[target].path + "." +
                      models.program.neurons[network.populations[target].model]
                          .ports[port]
                          .name;
    Population source;
    source.kind = Population::Kind::SpikeSource;
    source.path = "event#" + std::to_string(numEventSources++) + " " + end;
    source.size = 1;
    source.range = entry.range;
    std::ranges::sort(entry.steps);
    std::vector<double> &train = source.trains.emplace_back();
    for (uint64_t step : entry.steps)
      train.push_back(static_cast<double>(step - 1) * experiment.stepSize);
    Projection made;
    made.path = source.path + "->" + end + "#0";
    made.source = {static_cast<unsigned>(network.populations.size()), 0, 0,
                   entry.range};
    made.target = {target, 0, 0, entry.range};
    made.port = {PortRef::Kind::Port, port};
    made.rule.kind = Rule::Kind::OneToOne;
    made.rule.range = entry.range;
    made.weight.dimension = entry.weight;
    made.weight.constant = value;
    made.weight.range = entry.range;
    made.axonal.dimension = made.dendritic.dimension = Dimension::time();
    made.axonal.constant = experiment.stepSize;
    made.axonal.range = entry.range;
    made.range = entry.range;
    network.populations.push_back(std::move(source));
    network.projections.push_back(std::move(made));
  }
}

/// A modulator that nothing drives stays where it is. In a control that may be
/// the very thing that is taken away.
void ExperimentChecker::checkModulatorsDriven() {
  const Network &network = experiment.network;
  if (control || elaborator->lost.connections)
    return;
  for (unsigned i = 0; i < network.populations.size(); ++i) {
    const Population &population = network.populations[i];
    auto drives = [&](const auto &one) { return one.target.population == i; };
    if (!population.isModulator ||
        std::ranges::any_of(network.projections, drives) ||
        std::ranges::any_of(network.drives, drives))
      continue;
    const NeuronModel &model = models.program.neurons[population.model];
    std::string event = population.path + "." +
                        (model.ports.empty() ? "event" : model.ports[0].name);
    diagnostics
        .report(diag::UndrivenModulator, population.range, population.path)
        .help("by spikes: `connect E -> " + event +
              " by all_to_all { weight = ...; delay = ... }`; at a time: `at 1 "
              "s { " +
              event + "(1) }`");
  }
}

} // namespace snn::lang
