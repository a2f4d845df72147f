//===- RestSearch.cpp - Where neurons rest --------------------------------===//
//
// A tile of neurons in memory of its own, advanced until all of them rest.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Core/RestSearch.h"

#include <cmath>
#include <cstdio>
#include <limits>

using namespace snn::runtime;

bool RestSearch::allocate() {
  if (!fields.empty())
    return true;
  constexpr uint64_t linesOfField = Tile * sizeof(double) / sizeof(Line);
  if (!fieldLines.create(model.num_fields * linesOfField) ||
      !constantLines.create(model.constants_size / sizeof(Line) + 1) ||
      !fields.resize(model.num_fields) ||
      !kept.resize(model.num_rests * Tile) ||
      !found.resize(model.num_rests * Tile))
    return false;
  for (uint32_t f = 0; f < model.num_fields; ++f)
    fields[f] = fieldLines.begin() + f * linesOfField;
  return true;
}

/// The states that the model declares, with the parameters and inputs of the
/// neurons; rests that are not a number, so that nothing is near them.
void RestSearch::begin(uint32_t thread, Range range, double step) {
  size = range.size();
  memset(fieldLines.begin(), 0, fieldLines.size() * sizeof(Line));
  for (uint32_t f = 0; f < model.num_fields; ++f) {
    const snn_field &field = model.fields[f];
    uint64_t each = elementBytes(field.element);
    if (field.role == SNN_PARAMETER || field.role == SNN_INPUT)
      memcpy(fields[f],
             static_cast<const char *>(population.fields(thread)[f]) +
                 range.begin * each,
             size * each);
  }
  void *constants = constantLines.begin();
  memcpy(constants, population.constants(), model.constants_size);
  if (model.init_neurons)
    model.init_neurons(fields.data(), population.parameters(), step, constants,
                       0, size);
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  for (uint32_t r = 0; r < model.num_rests; ++r) {
    const snn_rest &rest = model.rests[r];
    if (rest.field == SNN_NONE) {
      writeElement(constants, model.element, rest.constant, unknown);
      continue;
    }
    for (uint64_t lane = 0; lane < size; ++lane)
      writeElement(fields[rest.field], model.element, lane, unknown);
  }
  memset(settled, 0, sizeof settled);
}

void RestSearch::advance(const void *inputs, uint64_t steps) {
  const void *constants = constantLines.begin();
  uint16_t masks[Tile / SNN_LANES];
  memset(fired, 0, sizeof fired);
  for (uint64_t i = 0; i < steps; ++i) {
    if (model.integrate)
      model.integrate(fields.data(), constants, inputs, 0, size);
    model.update(fields.data(), constants, inputs, 0, size, masks);
    for (uint64_t block = 0; block < size / SNN_LANES; ++block)
      fired[block] |= masks[block];
  }
}

double RestSearch::state(uint32_t rest, uint64_t lane) const {
  return readElement(fields[model.rests[rest].state], model.element, lane);
}

const snn_rest *RestSearch::findMoving(uint64_t lane) const {
  for (uint32_t r = 0; r < model.num_rests; ++r)
    if (!(std::fabs(state(r, lane) - kept[r * Tile + lane]) <=
          model.rests[r].tolerance / 8))
      return &model.rests[r];
  return nullptr;
}

bool RestSearch::settle() {
  bool all = true;
  for (uint64_t lane = 0; lane < size; ++lane) {
    if (!settled[lane] && !hasFired(lane) && !findMoving(lane)) {
      settled[lane] = true;
      for (uint32_t r = 0; r < model.num_rests; ++r)
        found[r * Tile + lane] = state(r, lane);
    }
    all &= settled[lane];
  }
  return all;
}

bool RestSearch::search(uint32_t thread, Range range, const void *inputs,
                        double step, Error &error) {
  if (!allocate())
    return outOfMemory(error, "the states of the neurons");
  begin(thread, range, step);
  uint64_t done = FirstSteps;
  advance(inputs, done);
  for (;;) {
    for (uint32_t r = 0; r < model.num_rests; ++r)
      for (uint64_t lane = 0; lane < size; ++lane)
        kept[r * Tile + lane] = state(r, lane);
    advance(inputs, done);
    done *= 2;
    if (settle())
      return true;
    if (done >= LastSteps)
      return reportUnsettled(range.begin, step, error);
  }
}

bool RestSearch::reportUnsettled(uint64_t first, double step,
                                 Error &error) const {
  uint64_t lane = 0;
  while (settled[lane])
    ++lane;
  char neuron[32] = "";
  if (!restsAreUniform(model))
    snprintf(neuron, sizeof neuron, "[%llu]",
             static_cast<unsigned long long>(first + lane));
  double time = static_cast<double>(LastSteps) * step;
  if (hasFired(lane))
    fail(error, SNN_MODEL, "R0405",
         "%s%s has no state of rest: without input it still fires after "
         "%.10g ms",
         model.path, neuron, time);
  else
    fail(error, SNN_MODEL, "R0405",
         "%s%s has no state of rest: without input `%s` still changes after "
         "%.10g ms",
         model.path, neuron, model.fields[findMoving(lane)->state].name, time);
  return help(error, "leave `@quiescent` of %s out", model.path);
}

bool RestSearch::findUniform(const void *inputs, double step, Error &error) {
  if (!search(0, {0, SNN_LANES}, inputs, step, error))
    return false;
  for (uint32_t r = 0; r < model.num_rests; ++r)
    writeElement(population.constants(), model.element, model.rests[r].constant,
                 found[r * Tile]);
  return true;
}

bool RestSearch::findOwn(uint32_t thread, const void *inputs, double step,
                         Error &error) {
  Range all = population.range(thread);
  for (uint64_t at = all.begin; at < all.end; at += Tile) {
    Range range = {at, at + Tile < all.end ? at + Tile : all.end};
    if (!search(thread, range, inputs, step, error))
      return false;
    for (uint32_t r = 0; r < model.num_rests; ++r)
      writeElements(population.fields(thread)[model.rests[r].field],
                    model.element, range, found.data() + r * Tile);
  }
  return true;
}
