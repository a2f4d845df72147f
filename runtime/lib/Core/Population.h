//===- Population.h - A population in memory --------------------*- C++ -*-===//
//
// Places the fields, parameters and constants of a compiled population in the
// arena, and gives them their first values. The port sums of all populations
// lie together by thread, so that what a thread delivers to is small and dense;
// hence each thread has its own table of fields, valid for its own neurons.
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
/// The elements of a range; `values` begins with its first.
void writeElements(void *array, uint32_t element, Range range,
                   const double *values);

class Population {
public:
  /// Plans memory, then that of each thread's fields in turn; allocate the
  /// arena, then bind.
  [[nodiscard]] bool plan(const snn_population &model,
                          const Partition &partition, uint32_t index,
                          uint32_t threads, Arena &arena);
  /// The fields that are sums, or the others.
  void planFields(uint32_t thread, bool sums, Arena &arena);
  void bind(const Arena &arena);

  const snn_population &model() const { return *definition; }
  uint64_t size() const { return definition->size; }
  uint64_t padded() const { return padToLanes(definition->size); }
  uint64_t pathHash() const { return hash; }
  uint32_t numThreads() const { return static_cast<uint32_t>(ranges.size()); }
  /// The neurons of a thread, which may reach into the padding.
  Range range(uint32_t thread) const { return ranges[thread]; }
  /// The thread that a neuron belongs to.
  uint32_t ownerOf(uint64_t neuron) const;
  /// Fields of a thread's neurons, each as if it began with the population's
  /// first: only the thread's own range may be touched.
  void *const *fields(uint32_t thread) const {
    return table + uint64_t{thread} * definition->num_fields;
  }
  /// Where in the arena the sum of a thread's first neuron lies.
  uint64_t sumOffset(uint32_t thread, uint32_t field) const {
    return fieldOffsets[uint64_t{thread} * definition->num_fields + field];
  }
  double *parameters() const { return parameterTable; }
  void *constants() const { return constantTable; }

  /// Parameters that differ between neurons, for those of a thread; padding
  /// repeats the last neuron.
  bool drawParameters(uint64_t networkSeed, uint32_t thread,
                      Error &error) const;
  void initConstants(double step) const;
  /// Derived fields, states and sums of a thread's neurons.
  bool initNeurons(uint64_t initialSeed, double step, uint32_t thread,
                   Error &error) const;
  /// Derived fields only, of all neurons: after a change of a parameter.
  bool updateDerived(double step, Error &error) const;

private:
  bool drawField(const snn_value &value, uint32_t field, const char *name,
                 uint64_t declaration, bool initial, uint32_t thread,
                 Error &error) const;
  bool updateDerivedOf(uint32_t thread, double step) const;

  const snn_population *definition = nullptr;
  uint64_t hash = 0;
  uint64_t tableOffset = 0, parameterOffset = 0, constantOffset = 0;
  Buffer<Range> ranges;          // by thread
  Buffer<uint64_t> fieldOffsets; // by thread and field
  void **table = nullptr;
  double *parameterTable = nullptr;
  void *constantTable = nullptr;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CORE_POPULATION_H
