//===- Quiescence.cpp - Neurons that may be put to rest -------------------===//
//
// `@quiescent(0.01 mV, 1 pA)` says of every state of a neuron how near to its
// rest it is taken to be there: by a tolerance of its dimension, or by one with
// its name. What is driven all the time never rests, and a tolerance would cost
// accuracy for nothing. Whether there is a rest at all is found when the
// network runs.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Reads.h"
#include "lang/Sema/Rules/Network.h"

#include <algorithm>

namespace snn::lang::rules {

using namespace checked;

static const Attribute *findTolerances(const Population &population) {
  auto found =
      std::ranges::find(population.attributes, "quiescent", &Attribute::name);
  return found == population.attributes.end() ? nullptr : &*found;
}

//===----------------------------------------------------------------------===//
// A tolerance for each state
//===----------------------------------------------------------------------===//

static std::vector<Population::Tolerance> statesOf(const Population &population,
                                                   const Program &program) {
  const NeuronModel &model = program.neurons[population.model];
  std::vector<Population::Tolerance> states;
  for (const State &state : model.states)
    states.push_back({state.name, state.dimension});
  for (const Receptor &receptor : model.receptors)
    for (const State &state : program.synapses[receptor.synapse].states)
      states.push_back({receptor.name + "." + state.name, state.dimension});
  return states;
}

/// The argument that speaks of a state: the one with its name, else the first
/// of its dimension.
static const AttributeArgument *
findTolerance(const Attribute &attribute, const Population::Tolerance &state) {
  const AttributeArgument *found = nullptr;
  for (const AttributeArgument &argument : attribute.arguments) {
    if (argument.dimension != state.dimension)
      continue;
    if (argument.key == state.state)
      return &argument;
    if (argument.key.empty() && !found)
      found = &argument;
  }
  return found;
}

void resolveTolerances(Population &population, const Program &program,
                       DiagnosticEngine &diagnostics) {
  const Attribute *attribute = findTolerances(population);
  if (!attribute)
    return;
  if (population.kind != Population::Kind::Neurons || population.isModulator) {
    diagnostics.report(
        diag::MisplacedAttribute, attribute->range, attribute->name,
        std::string(population.isModulator ? "a modulator"
                                           : "a source of spikes"),
        std::string("a population of neurons"));
    return;
  }
  // What is no number has been reported, as has that there is none.
  if (attribute->arguments.empty() ||
      std::ranges::any_of(attribute->arguments, [](const auto &argument) {
        return !argument.isNumber || !(argument.number > 0);
      }))
    return;
  std::vector<Population::Tolerance> states = statesOf(population, program);
  std::vector<const AttributeArgument *> used;
  bool isWhole = true;
  for (Population::Tolerance &state : states) {
    const AttributeArgument *tolerance = findTolerance(*attribute, state);
    if (!tolerance) {
      diagnostics
          .report(diag::MissingTolerance, attribute->range, state.state,
                  population.path, state.dimension)
          .help("neurons rest in all their states: add one, as "
                "`@quiescent(0.01 mV, 0.1 pA)`");
      isWhole = false;
      continue;
    }
    state.value = tolerance->number;
    used.push_back(tolerance);
  }
  for (const AttributeArgument &argument : attribute->arguments)
    if (isWhole && std::ranges::find(used, &argument) == used.end()) {
      std::vector<std::string> names;
      for (const Population::Tolerance &state : states)
        names.push_back("`" + state.state + "` in " +
                        toMessage(state.dimension));
      diagnostics.report(diag::UnusedTolerance, argument.range, population.path)
          .note("states: " + joinNames(names));
      isWhole = false;
    }
  if (isWhole)
    population.tolerances = std::move(states);
}

//===----------------------------------------------------------------------===//
// What keeps neurons awake
//===----------------------------------------------------------------------===//

namespace {
struct Obstacle {
  std::string what;
  SourceRange range;
};
} // namespace

static std::optional<Obstacle> findNoise(const Dynamics &model) {
  for (const Equation &equation : model.equations)
    if (!equation.noise.empty())
      return Obstacle{"there is noise in the equation of `" +
                          model.states[equation.state].name + "`",
                      equation.range};
  return std::nullopt;
}

static bool varies(const Stimulus &stimulus) {
  bool result = stimulus.noise != nullptr;
  forEachRead(*stimulus.value, {},
              [&](const Expr &read) { result |= read.kind == ExprKind::Time; });
  return result;
}

/// The first thing in the network that acts on the neurons in every step.
static std::optional<Obstacle>
findObstacle(unsigned index, const Network &network, const Program &program) {
  const NeuronModel &model = program.neurons[network.populations[index].model];
  if (auto noise = findNoise(model))
    return noise;
  for (const Receptor &receptor : model.receptors)
    if (auto noise = findNoise(program.synapses[receptor.synapse]))
      return noise;
  for (const Drive &drive : network.drives)
    if (drive.target.population == index)
      return Obstacle{"Poisson events arrive all the time", drive.range};
  for (const Stimulus &stimulus : network.stimuli)
    if (stimulus.target.population == index && varies(stimulus))
      return Obstacle{"`" + model.inputs[stimulus.input].name +
                          "` changes with time",
                      stimulus.range};
  for (const Projection &projection : network.projections) {
    if (projection.target.population != index)
      continue;
    if (projection.isContinuous)
      return Obstacle{"synapses act on them all the time", projection.range};
    if (projection.plasticity)
      return Obstacle{"synapses onto them learn, and read them at any time",
                      projection.range};
    if (auto more =
            rules::findObstacle(projection.port, model, program.synapses))
      return Obstacle{"a port that is connected " + more->what, more->range};
  }
  return std::nullopt;
}

void checkQuiescence(const Network &network, const Program &program,
                     DiagnosticEngine &diagnostics) {
  for (unsigned index = 0; index < network.populations.size(); ++index) {
    const Population &population = network.populations[index];
    if (population.tolerances.empty())
      continue;
    if (auto obstacle = findObstacle(index, network, program))
      diagnostics
          .report(diag::NeverAtRest, findTolerances(population)->range,
                  population.path, obstacle->what)
          .label(obstacle->range, "this keeps them awake")
          .help("leave `@quiescent` out; it would cost accuracy for nothing");
  }
}

} // namespace snn::lang::rules
