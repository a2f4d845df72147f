//===- Stimuli.cpp - What is injected into inputs -------------------------===//
//
// Fields are filled block by block, so that the f64 sums stay in registers
// and cache.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/Stimuli.h"

#include "runtime/lib/Core/Slice.h"
#include "runtime/lib/Delivery/Noise.h"
#include "runtime/lib/Random/Hash.h"

using namespace snn::runtime;

static constexpr uint64_t BlockSize = 256;

bool Stimuli::create(const snn_model &definition) {
  model = &definition;
  auto populationOf = [&](uint32_t s) {
    return model->stimuli[s].target.population;
  };
  if (!byPopulation.create(model->num_populations, model->num_stimuli,
                           populationOf) ||
      !populations.resize(model->num_populations) ||
      !keys.resize(model->num_stimuli))
    return false;
  bool hasNoise = false;
  for (uint32_t s = 0; s < model->num_stimuli; ++s) {
    const snn_stimulus &stimulus = model->stimuli[s];
    Inputs &inputs = populations[populationOf(s)];
    (stimulus.field == SNN_NONE ? inputs.uniformVary : inputs.fieldsVary) |=
        !stimulus.constant || stimulus.noise;
    keys[s] = ArsKey(
        makeKey(hash64(model->seeds.stimulus, stimulus.path), Stream::Noise));
    hasNoise |= stimulus.noise != 0;
  }
  if (hasNoise)
    curve.create();
  return true;
}

void Stimuli::uniformInputs(uint32_t index, uint64_t step, void *inputs) const {
  const snn_population &population = model->populations[index];
  double time = static_cast<double>(step) * model->step;
  for (uint32_t input = 0; input < population.num_inputs; ++input) {
    double sum = 0;
    for (uint32_t s : byPopulation[index]) {
      const snn_stimulus &stimulus = model->stimuli[s];
      if (stimulus.field == SNN_NONE && stimulus.input == input)
        sum += stimulus.value(time);
    }
    writeElement(inputs, population.element, input, sum);
  }
}

void Stimuli::addToBlock(uint32_t index, uint64_t step, Range block,
                         double *sums) const {
  const snn_stimulus &stimulus = model->stimuli[index];
  Range indices = sliceIndices(stimulus.target, block);
  if (indices.empty())
    return;
  double value = stimulus.value(static_cast<double>(step) * model->step);
  double *out =
      sums + (sliceNeuron(stimulus.target, indices.begin) - block.begin);
  uint64_t stride = stimulus.target.stride;
  if (!stimulus.noise) {
    for (uint64_t i = 0; i < indices.size(); ++i)
      out[i * stride] += value;
    return;
  }
  double normals[BlockSize];
  normalNoise(curve, keys[index], step, indices.begin, indices.size(), normals);
  if (stride == 1)
    for (uint64_t i = 0; i < indices.size(); ++i)
      out[i] += value * normals[i];
  else
    for (uint64_t i = 0; i < indices.size(); ++i)
      out[i * stride] += value * normals[i];
}

void Stimuli::fieldInputs(const Population &population, uint32_t index,
                          uint32_t thread, uint64_t step, Range range) const {
  const snn_population &definition = population.model();
  for (uint32_t f = 0; f < definition.num_fields; ++f) {
    if (definition.fields[f].role != SNN_INPUT)
      continue;
    for (uint64_t begin = range.begin; begin < range.end; begin += BlockSize) {
      uint64_t end =
          begin + BlockSize < range.end ? begin + BlockSize : range.end;
      double sums[BlockSize] = {};
      for (uint32_t s : byPopulation[index])
        if (model->stimuli[s].field == f)
          addToBlock(s, step, {begin, end}, sums);
      writeElements(population.fields(thread)[f], definition.fields[f].element,
                    {begin, end}, sums);
    }
  }
}
