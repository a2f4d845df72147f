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

template <typename Element>
static void convert(void *array, Range range, const double *values) {
  auto *to = static_cast<Element *>(array) + range.begin;
  for (uint64_t i = 0; i < range.size(); ++i)
    to[i] = static_cast<Element>(values[i]);
}

void snn::runtime::writeElements(void *array, uint32_t element, Range range,
                                 const double *values) {
  switch (element) {
  case SNN_F32:
    return convert<float>(array, range, values);
  case SNN_F64:
    return convert<double>(array, range, values);
  case SNN_I32:
    return convert<int32_t>(array, range, values);
  default:
    convert<int64_t>(array, range, values);
  }
}

bool Population::plan(const snn_population &model, const Partition &partition,
                      uint32_t index, uint32_t threads, Arena &arena) {
  definition = &model;
  hash = fnv1a64(model.path);
  uint64_t fields = model.num_fields;
  if (!fieldOffsets.resize(fields * threads) || !ranges.resize(threads))
    return false;
  for (uint32_t thread = 0; thread < threads; ++thread)
    ranges[thread] = partition.padded(index, thread);
  tableOffset = arena.plan(fields * threads * sizeof(void *));
  parameterOffset = arena.plan(model.num_parameters * sizeof(double));
  constantOffset = arena.plan(model.constants_size);
  return true;
}

void Population::planFields(uint32_t thread, bool sums, Arena &arena) {
  for (uint32_t f = 0; f < definition->num_fields; ++f)
    if ((definition->fields[f].role == SNN_SUM) == sums)
      fieldOffsets[uint64_t{thread} * definition->num_fields + f] = arena.plan(
          ranges[thread].size() * elementBytes(definition->fields[f].element));
}

uint32_t Population::ownerOf(uint64_t neuron) const {
  uint32_t thread = 0;
  while (neuron >= ranges[thread].end)
    ++thread;
  return thread;
}

void Population::bind(const Arena &arena) {
  table = static_cast<void **>(arena.at(tableOffset));
  parameterTable = static_cast<double *>(arena.at(parameterOffset));
  constantTable = arena.at(constantOffset);
  uint64_t fields = definition->num_fields;
  for (uint32_t thread = 0; thread < numThreads(); ++thread)
    for (uint32_t f = 0; f < fields; ++f) {
      uint64_t i = thread * fields + f;
      auto address = reinterpret_cast<uintptr_t>(arena.at(fieldOffsets[i]));
      // Kernels count neurons from the population's first.
      address -=
          ranges[thread].begin * elementBytes(definition->fields[f].element);
      table[i] = reinterpret_cast<void *>(address);
    }
  for (uint32_t p = 0; p < definition->num_parameters; ++p)
    parameterTable[p] = definition->parameters[p].value.a;
}

bool Population::drawField(const snn_value &value, uint32_t field,
                           const char *name, uint64_t declaration, bool initial,
                           uint32_t thread, Error &error) const {
  const snn_field &description = definition->fields[field];
  if (const char *fault = findFault(value))
    return fail(error, SNN_MODEL, "E0417", "`%s` of %s cannot be drawn: %s",
                name, definition->path, fault);
  // By name: passes may add, drop and reorder fields.
  Key key = makeKey(declaration, initial ? Stream::Initial : Stream::Parameter,
                    fnv1a64(name));
  void *to = fields(thread)[field];
  for (uint64_t i = ranges[thread].begin; i < ranges[thread].end; ++i) {
    uint64_t neuron = i < size() ? i : size() - 1;
    double drawn;
    if (!drawForNeuron(value, key, neuron, drawn))
      return fail(error, SNN_MODEL, "E0420",
                  "`%s` of %s: %u draws for neuron %llu were all outside what "
                  "`redraw to` asks for",
                  name, definition->path, LargestTries,
                  static_cast<unsigned long long>(neuron));
    writeElement(to, description.element, i, drawn);
  }
  return true;
}

bool Population::drawParameters(uint64_t networkSeed, uint32_t thread,
                                Error &error) const {
  uint64_t declaration = hash64(networkSeed, definition->path);
  for (uint32_t p = 0; p < definition->num_parameters; ++p) {
    const snn_parameter &parameter = definition->parameters[p];
    if (parameter.field != SNN_NONE &&
        !drawField(parameter.value, parameter.field, parameter.name,
                   declaration, /*initial=*/false, thread, error))
      return false;
  }
  return true;
}

void Population::initConstants(double step) const {
  if (definition->init_constants)
    definition->init_constants(parameterTable, step, constantTable);
}

bool Population::initNeurons(uint64_t initialSeed, double step, uint32_t thread,
                             Error &error) const {
  Range range = ranges[thread];
  if (range.empty())
    return true;
  for (uint32_t f = 0; f < definition->num_fields; ++f) {
    const snn_field &field = definition->fields[f];
    if (field.role == SNN_PARAMETER || field.role == SNN_INPUT ||
        field.role == SNN_REST)
      continue;
    uint64_t bytes = elementBytes(field.element);
    memset(static_cast<char *>(fields(thread)[f]) + range.begin * bytes, 0,
           range.size() * bytes);
  }
  if (definition->init_neurons)
    definition->init_neurons(fields(thread), parameterTable, step,
                             constantTable, range.begin, range.end);
  uint64_t declaration = hash64(initialSeed, definition->path);
  for (uint32_t i = 0; i < definition->num_initials; ++i) {
    const snn_initial &initial = definition->initials[i];
    if (!drawField(initial.value, initial.field,
                   definition->fields[initial.field].name, declaration,
                   /*initial=*/true, thread, error))
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
  for (uint32_t thread = 0; thread < numThreads(); ++thread)
    if (!ranges[thread].empty() && !updateDerivedOf(thread, step))
      return outOfMemory(error, "changing a parameter");
  return true;
}

/// init_neurons writes derived fields and states alike: the others are kept
/// aside meanwhile. Sums are zero between steps.
bool Population::updateDerivedOf(uint32_t thread, double step) const {
  ObjectArray<Buffer<char>> kept;
  if (!kept.create(definition->num_fields))
    return false;
  Range range = ranges[thread];
  auto keeps = [&](uint32_t f) {
    uint32_t role = definition->fields[f].role;
    return role != SNN_DERIVED && role != SNN_SUM;
  };
  auto bytes = [&](uint32_t f) {
    return range.size() * elementBytes(definition->fields[f].element);
  };
  auto first = [&](uint32_t f) {
    return static_cast<char *>(fields(thread)[f]) +
           range.begin * elementBytes(definition->fields[f].element);
  };
  for (uint32_t f = 0; f < definition->num_fields; ++f)
    if (keeps(f) && !kept[f].append(first(f), bytes(f)))
      return false;
  definition->init_neurons(fields(thread), parameterTable, step, constantTable,
                           range.begin, range.end);
  for (uint32_t f = 0; f < definition->num_fields; ++f)
    if (keeps(f))
      memcpy(first(f), kept[f].data(), bytes(f));
  return true;
}
