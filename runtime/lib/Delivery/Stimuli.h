//===- Stimuli.h - What is injected into inputs -----------------*- C++ -*-===//
//
// The inputs of a step, from the stimuli at its beginning. Those of a whole
// population are one number, held once a thread; those that differ between
// neurons are fields. Both are summed in f64, in the order of the model, and
// rounded once: it makes no difference to a neuron which of the two it gets.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_STIMULI_H
#define SNN_RUNTIME_DELIVERY_STIMULI_H

#include "runtime/lib/Core/Grouping.h"
#include "runtime/lib/Core/Population.h"
#include "runtime/lib/Random/Ars.h"
#include "runtime/lib/Random/NormalCurve.h"

namespace snn::runtime {

class Stimuli {
public:
  [[nodiscard]] bool create(const snn_model &model);

  /// Whether the uniform inputs (or some field) of a population change from
  /// step to step.
  bool uniformVary(uint32_t population) const {
    return populations[population].uniformVary;
  }
  bool fieldsVary(uint32_t population) const {
    return populations[population].fieldsVary;
  }

  /// The uniform inputs of a step, in the population's precision.
  void uniformInputs(uint32_t population, uint64_t step, void *inputs) const;

  /// The input fields of neurons `range` of a thread in a step.
  void fieldInputs(const Population &population, uint32_t index,
                   uint32_t thread, uint64_t step, Range range) const;

private:
  struct Inputs {
    bool uniformVary = false, fieldsVary = false;
  };
  void addToBlock(uint32_t stimulus, uint64_t step, Range block,
                  double *sums) const;

  const snn_model *model = nullptr;
  Grouping byPopulation;
  Buffer<Inputs> populations;
  Buffer<ArsKey> keys; // of the noise
  NormalCurve curve;   // likewise; made where there is any
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_STIMULI_H
