//===- Population.cpp - A population in memory ----------------------------===//
//
// Memory and first values of the fields. Kernels work on whole blocks of
// SNN_LANES neurons, so padding neurons repeat the last real one: their
// arithmetic stays as tame as its own.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Core/Population.h"

#include "runtime/lib/Random/Distribution.h"
#include "runtime/lib/Random/Hash.h"

using namespace snn::runtime;

uint64_t snn::runtime::elementBytes(uint32_t element) {
  return element == SNN_F32 || element == SNN_I32 ? 4 : 8;
}

double snn::runtime::readElement(const void *array, uint32_t element,
                                 uint64_t index) {
  switch (element) {
  case SNN_F32:
    return static_cast<const float *>(array)[index];
  case SNN_F64:
    return static_cast<const double *>(array)[index];
  case SNN_I32:
    return static_cast<const int32_t *>(array)[index];
  default:
    return static_cast<double>(static_cast<const int64_t *>(array)[index]);
  }
}

void snn::runtime::writeElement(void *array, uint32_t element, uint64_t index,
                                double value) {
  switch (element) {
  case SNN_F32:
    static_cast<float *>(array)[index] = static_cast<float>(value);
    break;
  case SNN_F64:
    static_cast<double *>(array)[index] = value;
    break;
  case SNN_I32:
    static_cast<int32_t *>(array)[index] = static_cast<int32_t>(value);
    break;
  default:
    static_cast<int64_t *>(array)[index] = static_cast<int64_t>(value);
  }
}

bool Population::plan(const snn_population &model, Arena &arena) {
  definition = &model;
  hash = fnv1a64(model.path);
  if (!fieldOffsets.resize(model.num_fields))
    return false;
  tableOffset = arena.plan(model.num_fields * sizeof(void *));
  parameterOffset = arena.plan(model.num_parameters * sizeof(double));
  constantOffset = arena.plan(model.constants_size);
  for (uint32_t f = 0; f < model.num_fields; ++f)
    fieldOffsets[f] =
        arena.plan(padded() * elementBytes(model.fields[f].element));
  return true;
}

void Population::bind(const Arena &arena) {
  table = static_cast<void **>(arena.at(tableOffset));
  parameterTable = static_cast<double *>(arena.at(parameterOffset));
  constantTable = arena.at(constantOffset);
  for (uint32_t f = 0; f < definition->num_fields; ++f)
    table[f] = arena.at(fieldOffsets[f]);
  for (uint32_t p = 0; p < definition->num_parameters; ++p)
    parameterTable[p] = definition->parameters[p].value.a;
}

bool Population::drawField(const snn_value &value, uint32_t field,
                           const char *name, uint64_t declaration, bool initial,
                           Range range, Error &error) const {
  const snn_field &description = definition->fields[field];
  if (const char *fault = findFault(value))
    return fail(error, SNN_USAGE, "E0420", "`%s` of %s cannot be drawn: %s",
                name, definition->path, fault);
  // By name: passes may add, drop and reorder fields.
  Key key = makeKey(declaration, initial ? Stream::Initial : Stream::Parameter,
                    fnv1a64(name));
  for (uint64_t i = range.begin; i < range.end; ++i) {
    uint64_t neuron = i < size() ? i : size() - 1;
    double drawn;
    if (!drawForNeuron(value, key, neuron, drawn))
      return fail(error, SNN_USAGE, "E0421",
                  "`%s` of %s: %u draws for neuron %llu were all outside what "
                  "`redraw to` asks for",
                  name, definition->path, LargestTries,
                  static_cast<unsigned long long>(neuron));
    writeElement(table[field], description.element, i, drawn);
  }
  return true;
}

bool Population::drawParameters(uint64_t networkSeed, Range range,
                                Error &error) const {
  uint64_t declaration = hash64(networkSeed, definition->path);
  for (uint32_t p = 0; p < definition->num_parameters; ++p) {
    const snn_parameter &parameter = definition->parameters[p];
    if (parameter.field != SNN_NONE &&
        !drawField(parameter.value, parameter.field, parameter.name,
                   declaration, /*initial=*/false, range, error))
      return false;
  }
  return true;
}

void Population::initConstants(double step) const {
  if (definition->init_constants)
    definition->init_constants(parameterTable, step, constantTable);
}

bool Population::initNeurons(uint64_t initialSeed, double step, Range range,
                             Error &error) const {
  if (range.empty())
    return true;
  for (uint32_t f = 0; f < definition->num_fields; ++f) {
    const snn_field &field = definition->fields[f];
    if (field.role == SNN_PARAMETER || field.role == SNN_INPUT)
      continue;
    uint64_t bytes = elementBytes(field.element);
    memset(static_cast<char *>(table[f]) + range.begin * bytes, 0,
           range.size() * bytes);
  }
  if (definition->init_neurons)
    definition->init_neurons(table, parameterTable, step, constantTable,
                             range.begin, range.end);
  uint64_t declaration = hash64(initialSeed, definition->path);
  for (uint32_t i = 0; i < definition->num_initials; ++i) {
    const snn_initial &initial = definition->initials[i];
    if (!drawField(initial.value, initial.field,
                   definition->fields[initial.field].name, declaration,
                   /*initial=*/true, range, error))
      return false;
  }
  return true;
}

bool Population::updateDerived(double step, Error &error) const {
  bool derived = false;
  for (uint32_t f = 0; f < definition->num_fields; ++f)
    derived |= definition->fields[f].role == SNN_DERIVED;
  if (!derived || !definition->init_neurons)
    return true;
  // init_neurons writes derived fields and states alike: the others are kept
  // aside meanwhile.
  ObjectArray<Buffer<char>> kept;
  if (!kept.create(definition->num_fields))
    return outOfMemory(error, "changing a parameter");
  auto keeps = [&](uint32_t f) {
    return definition->fields[f].role != SNN_DERIVED;
  };
  auto bytes = [&](uint32_t f) {
    return padded() * elementBytes(definition->fields[f].element);
  };
  for (uint32_t f = 0; f < definition->num_fields; ++f)
    if (keeps(f) &&
        !kept[f].append(static_cast<const char *>(table[f]), bytes(f)))
      return outOfMemory(error, "changing a parameter");
  definition->init_neurons(table, parameterTable, step, constantTable, 0,
                           padded());
  for (uint32_t f = 0; f < definition->num_fields; ++f)
    if (keeps(f))
      memcpy(table[f], kept[f].data(), bytes(f));
  return true;
}
