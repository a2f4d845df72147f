//===- Quiescence.h - Neurons that are put to rest --------------*- C++ -*-===//
//
// What `@quiescent` says of a population, as an attribute of it: how near to
// its rest each state of a neuron is where the neuron is put to rest. It has
// all states that the language sees, those of receptors as "exc.I", or none.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_IR_QUIESCENCE_H
#define SNN_DIALECTS_SPIKING_IR_QUIESCENCE_H

#include "dialects/Spiking/IR/Ops.h"

namespace snn::spiking {

/// Of a spiking.population: a dictionary from states to numbers.
inline constexpr llvm::StringLiteral quiescentName = "spiking.quiescent";

struct Tolerance {
  llvm::StringRef state;
  double value;
};

inline llvm::SmallVector<Tolerance> getTolerances(PopulationOp population) {
  llvm::SmallVector<Tolerance> tolerances;
  if (auto all = population->getAttrOfType<mlir::DictionaryAttr>(quiescentName))
    for (mlir::NamedAttribute entry : all)
      if (auto value = mlir::dyn_cast<mlir::FloatAttr>(entry.getValue()))
        tolerances.push_back(
            {entry.getName().getValue(), value.getValueAsDouble()});
  return tolerances;
}

inline bool isPutToRest(PopulationOp population) {
  return population->hasAttr(quiescentName);
}

inline void setTolerances(PopulationOp population,
                          llvm::ArrayRef<Tolerance> tolerances) {
  mlir::Builder builder(population.getContext());
  llvm::SmallVector<mlir::NamedAttribute> entries;
  for (const Tolerance &one : tolerances)
    entries.push_back(
        builder.getNamedAttr(one.state, builder.getF64FloatAttr(one.value)));
  if (entries.empty())
    population->removeAttr(quiescentName);
  else
    population->setAttr(quiescentName, builder.getDictionaryAttr(entries));
}

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_IR_QUIESCENCE_H
