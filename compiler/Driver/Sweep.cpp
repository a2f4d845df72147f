//===- Sweep.cpp - The runs of an experiment --------------------*- C++ -*-===//
//
// The last sweep varies fastest, so that what needs compiling changes least
// often when it is written first.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Sweep.h"

using namespace snn;
using namespace snn::driver;
using lang::checked::Stimulus;

std::optional<Stop> Sweep::prepare() {
  if (std::optional<Stop> stop = model.elaborate(name, {}, elaborated))
    return stop;
  sweeps = elaborated.sweeps;
  byText.clear();
  for (const lang::checked::Sweep &sweep : sweeps)
    byText.push_back(sweep.kind == lang::checked::Sweep::Kind::Network);
  return std::nullopt;
}

size_t Sweep::size() const {
  size_t product = 1;
  for (const lang::checked::Sweep &sweep : sweeps)
    product *= sweep.values.size();
  return product;
}

std::vector<size_t> Sweep::indices(size_t point) const {
  std::vector<size_t> result(sweeps.size());
  for (size_t i = sweeps.size(); i-- > 0;) {
    result[i] = point % sweeps[i].values.size();
    point /= sweeps[i].values.size();
  }
  return result;
}

std::vector<double> Sweep::values(size_t point) const {
  std::vector<double> result;
  std::vector<size_t> index = indices(point);
  for (size_t i = 0; i < sweeps.size(); ++i)
    result.push_back(sweeps[i].values[index[i]]);
  return result;
}

/// The stimulus that stands for a swept input.
std::string Sweep::stimulusOf(size_t sweep) const {
  return "sweep " + sweeps[sweep].path + "#" + std::to_string(sweep);
}

std::optional<Stop> Sweep::compile(std::vector<lang::Override> overrides) {
  if (current) {
    bool same = current->size() == overrides.size();
    for (size_t i = 0; same && i < overrides.size(); ++i)
      same = (*current)[i].path == overrides[i].path &&
             (*current)[i].text == overrides[i].text;
    if (same)
      return std::nullopt;
  }
  current.reset();
  variant.reset();
  compiled.reset();
  if (std::optional<Stop> stop = model.elaborate(name, overrides, elaborated))
    return stop;
  for (size_t i = 0; i < sweeps.size(); ++i) {
    if (sweeps[i].kind != lang::checked::Sweep::Kind::Input || byText[i])
      continue;
    const lang::checked::Population &population =
        elaborated.network.populations[sweeps[i].population];
    lang::checked::Expr number;
    number.number = sweeps[i].values[0];
    number.dimension = sweeps[i].unit.dimension;
    number.range = sweeps[i].range;
    Stimulus stimulus;
    stimulus.path = stimulusOf(i);
    stimulus.target.population = sweeps[i].population;
    stimulus.target.first = 0;
    stimulus.target.last = population.size - 1;
    stimulus.input = sweeps[i].index;
    stimulus.value =
        std::make_shared<const lang::checked::Expr>(std::move(number));
    stimulus.range = sweeps[i].range;
    elaborated.network.stimuli.push_back(std::move(stimulus));
  }
  Expected<std::unique_ptr<CompiledModel>> result = compileInMemory(
      model.program(), elaborated, model.sources(), model.code());
  if (!result)
    return Stop{result.failure()};
  compiled = std::move(*result);
  seconds += compiled->seconds;
  variant = std::make_unique<Variant>(compiled->model());
  current = std::move(overrides);
  return std::nullopt;
}

bool Sweep::apply(size_t i, double value) {
  if (sweeps[i].kind == lang::checked::Sweep::Kind::Input)
    return variant->setStimulus(stimulusOf(i), value);
  const lang::checked::Population &population =
      elaborated.network.populations[sweeps[i].population];
  const std::string &parameter =
      model.program().neurons[population.model].params[sweeps[i].index].name;
  return variant->setParameter(population.path, parameter, value);
}

std::vector<lang::Override> Sweep::point() const {
  std::vector<lang::Override> result;
  std::vector<size_t> index = indices(selected);
  for (size_t i = 0; i < sweeps.size(); ++i)
    result.push_back(
        {sweeps[i].path, sweeps[i].texts[index[i]], /*isPoint=*/true});
  return result;
}

std::optional<Stop> Sweep::select(size_t point) {
  selected = point;
  std::vector<size_t> index = indices(point);
  // Whatever turns out not to vary in the compiled model becomes text.
  while (true) {
    std::vector<lang::Override> overrides;
    for (size_t i = 0; i < sweeps.size(); ++i)
      if (byText[i])
        overrides.push_back(
            {sweeps[i].path, sweeps[i].texts[index[i]], /*isPoint=*/true});
    if (std::optional<Stop> stop = compile(std::move(overrides)))
      return stop;
    bool done = true;
    for (size_t i = 0; i < sweeps.size() && done; ++i)
      if (!byText[i] && !apply(i, sweeps[i].values[index[i]])) {
        byText[i] = true;
        done = false;
      }
    if (done)
      return std::nullopt;
  }
}
