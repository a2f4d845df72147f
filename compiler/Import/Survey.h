//===- Survey.h - What layers of a conversion have and do -------*- C++ -*-===//
//
// Their synapses, weights and synaptic events, from a plan or from an outline.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_IMPORT_SURVEY_H
#define SNN_COMPILER_IMPORT_SURVEY_H

#include "compiler/Generate/Outline.h"
#include "compiler/Import/Convert.h"

namespace snn::importing {

class Survey {
public:
  explicit Survey(const generate::Plan &plan);
  explicit Survey(const generate::Outline &outline);

  /// Synapses and weights of the layers.
  void measure(std::vector<Layer> &layers) const;
  /// Synaptic events in a code, over all inputs that layers expect something
  /// for.
  void countEvents(const generate::Plan &plan,
                   std::vector<Layer> &layers) const;

private:
  /// Of each population.
  std::vector<generate::Afferents> afferents;
};

} // namespace snn::importing

#endif // SNN_COMPILER_IMPORT_SURVEY_H
