//===- Population.h - A population in memory --------------------*- C++ -*-===//
//
// Places the fields, parameters and constants of a compiled population in the
// arena, and gives them their first values.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CORE_POPULATION_H
#define SNN_RUNTIME_CORE_POPULATION_H

#include "runtime/lib/Core/Arena.h"
#include "runtime/lib/Core/Buffer.h"
#include "runtime/lib/Core/Failure.h"
#include "runtime/lib/Threads/Partition.h"

namespace snn::runtime {

uint64_t elementBytes(uint32_t element);

/// An element of any type as a number.
double readElement(const void *array, uint32_t element, uint64_t index);
void writeElement(void *array, uint32_t element, uint64_t index, double value);

class Population {
public:
  /// Plans memory; allocate the arena, then bind.
  [[nodiscard]] bool plan(const snn_population &model, Arena &arena);
  void bind(const Arena &arena);

  const snn_population &model() const { return *definition; }
  uint64_t size() const { return definition->size; }
  uint64_t padded() const { return padToLanes(definition->size); }
  uint64_t pathHash() const { return hash; }
  void *const *fields() const { return table; }
  double *parameters() const { return parameterTable; }
  void *constants() const { return constantTable; }

  /// Parameters that differ between neurons, for those of `range` (which may
  /// reach into the padding: that repeats the last neuron).
  bool drawParameters(uint64_t networkSeed, Range range, Error &error) const;
  void initConstants(double step) const;
  /// Derived fields, states and sums of `range`.
  bool initNeurons(uint64_t initialSeed, double step, Range range,
                   Error &error) const;
  /// Derived fields only: after a change of a parameter.
  bool updateDerived(double step, Error &error) const;

private:
  bool drawField(const snn_value &value, uint32_t field, const char *name,
                 uint64_t declaration, bool initial, Range range,
                 Error &error) const;

  const snn_population *definition = nullptr;
  uint64_t hash = 0;
  uint64_t tableOffset = 0, parameterOffset = 0, constantOffset = 0;
  Buffer<uint64_t> fieldOffsets;
  void **table = nullptr;
  double *parameterTable = nullptr;
  void *constantTable = nullptr;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CORE_POPULATION_H
