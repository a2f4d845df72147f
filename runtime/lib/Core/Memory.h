//===- Memory.h - What a network will take, and what there is ---*- C++ -*-===//
//
// Memory is predicted before it is taken: a network that is too large ends in
// a message, not in a killed process.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CORE_MEMORY_H
#define SNN_RUNTIME_CORE_MEMORY_H

#include "runtime/lib/Core/Failure.h"

namespace snn::runtime {

class Couplings;
class Plasticity;
class Projections;

/// Spikes of a neuron in a millisecond, where memory depends on what is not
/// known beforehand.
constexpr double SupposedRate = 5e-3;

/// The projections that take most, largest first.
class LargestProjections {
public:
  void add(const char *path, uint64_t synapses, uint64_t bytes);
  /// "`E->E.exc#0` 9.6 GiB, `I->E.inh#0` 2.4 GiB and 2 more"; empty without
  /// any.
  void format(char *text, uint64_t size) const;

private:
  static constexpr uint32_t Most = 3;
  struct Entry {
    const char *path;
    uint64_t synapses, bytes;
  };
  Entry entries[Most] = {};
  uint64_t count = 0; // of all
};

/// Bytes that this process may still take: of the machine, and of the control
/// group it runs in. 0 if nothing is known.
uint64_t availableMemory();

/// Bytes of this process in memory.
uint64_t residentMemory();

/// The most that it ever had.
uint64_t peakMemory();

/// The need of a run. `states` is known already; the rest is computed.
bool estimateMemory(const snn_model &model, const Projections &projections,
                    Plasticity &plasticity, const Couplings &couplings,
                    uint32_t threads, uint64_t states, bool records,
                    snn_memory &out, LargestProjections &largest, Error &error);

/// E0701 if the need is above `limit`, or 90 % of `available` if that is 0.
bool checkMemory(const snn_memory &memory, const LargestProjections &largest,
                 uint64_t limit, uint64_t available, Error &error);

} // namespace snn::runtime

#endif // SNN_RUNTIME_CORE_MEMORY_H
