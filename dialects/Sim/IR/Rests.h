//===- Rests.h - Where states rest ------------------------------*- C++ -*-===//
//
// An attribute of a sim.population: the members of `snn_rest` by the names of
// what they mean. Before the first step the engine lets the population's own
// kernels run without input, from the state of `init_neurons`, until each
// neuron stands still to within the tolerances, and writes what it finds to
// `place`: a constant, or, where neurons differ, a derived field that
// `init_neurons` leaves alone. Meanwhile `place` is not a number.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SIM_IR_RESTS_H
#define SNN_DIALECTS_SIM_IR_RESTS_H

#include "dialects/Sim/IR/Ops.h"

namespace snn::sim {

/// A list of dictionaries.
inline constexpr llvm::StringLiteral restsName = "sim.rests";

struct Rest {
  llvm::StringRef state, place;
  double tolerance;
};

inline llvm::SmallVector<Rest> getRests(PopulationOp population) {
  llvm::SmallVector<Rest> rests;
  auto all = population->getAttrOfType<mlir::ArrayAttr>(restsName);
  if (!all)
    return rests;
  for (auto one : all.getAsRange<mlir::DictionaryAttr>())
    rests.push_back(
        {one.getAs<mlir::StringAttr>("state").getValue(),
         one.getAs<mlir::StringAttr>("place").getValue(),
         one.getAs<mlir::FloatAttr>("tolerance").getValueAsDouble()});
  return rests;
}

inline void addRest(PopulationOp population, const Rest &rest) {
  mlir::Builder builder(population.getContext());
  llvm::SmallVector<mlir::Attribute> all;
  if (auto before = population->getAttrOfType<mlir::ArrayAttr>(restsName))
    llvm::append_range(all, before);
  all.push_back(builder.getDictionaryAttr(
      {builder.getNamedAttr("state", builder.getStringAttr(rest.state)),
       builder.getNamedAttr("place", builder.getStringAttr(rest.place)),
       builder.getNamedAttr("tolerance",
                            builder.getF64FloatAttr(rest.tolerance))}));
  population->setAttr(restsName, builder.getArrayAttr(all));
}

/// Whether it is the engine that writes a derived field.
inline bool isWhereStatesRest(FieldOp field) {
  return llvm::any_of(
      getRests(mlir::cast<PopulationOp>(field->getParentOp())),
      [&](const Rest &rest) { return rest.place == field.getSymName(); });
}

} // namespace snn::sim

#endif // SNN_DIALECTS_SIM_IR_RESTS_H
