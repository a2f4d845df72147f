//===- Lookup.h - From names to declarations --------------------*- C++ -*-===//
//
// Names in a model resolve in the model, `@exc::@I` in the synapse of the
// receptor; names of models and networks resolve in the enclosing module,
// those of populations in the network that the experiment names.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_IR_LOOKUP_H
#define SNN_DIALECTS_SPIKING_IR_LOOKUP_H

#include "mlir/IR/SymbolTable.h"

namespace snn::spiking {

/// The model (neuron or synapse) that `op` stands in; null outside of any.
mlir::Operation *getEnclosingModel(mlir::Operation *op);

/// What `variable` names inside `model`: a param, derived, state, input, host,
/// let, receptor or port; null if nothing. In a cell whose receptors are in
/// their places, `@exc::@I` is `@exc.I`.
mlir::Operation *lookupInModel(mlir::Operation *model,
                               mlir::SymbolRefAttr variable);

/// What a read or write at `op` names; null if nothing.
mlir::Operation *lookupVariable(mlir::Operation *op,
                                mlir::SymbolRefAttr variable);

/// The symbol of that name in the nearest enclosing symbol table that has it.
mlir::Operation *lookupGlobal(mlir::Operation *op, mlir::StringAttr name);

/// The port or receptor of that name of a population's model; null if none.
mlir::Operation *lookupPort(mlir::Operation *population, mlir::StringAttr port);

/// The number of neurons of a population or source.
int64_t getPopulationSize(mlir::Operation *population);

/// Whether reading `declaration` gives the same number throughout a region: a
/// parameter, derived constant or input.
bool isConstantInRegions(mlir::Operation *declaration);

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_IR_LOOKUP_H
