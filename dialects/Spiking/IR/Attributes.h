//===- Attributes.h - Attributes of the spiking dialect ---------*- C++ -*-===//
//
// Values that are given or drawn, connection rules, slices, storage and
// solvers.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_IR_ATTRIBUTES_H
#define SNN_DIALECTS_SPIKING_IR_ATTRIBUTES_H

#include "dialects/Spiking/IR/Convolution.h"
#include "dialects/Spiking/IR/Dialect.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/ADT/APFloat.h"

#include "dialects/Spiking/IR/Enums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Spiking/IR/Attributes.h.inc"

namespace snn::spiking {

/// Whether synapses so kept may be generated instead.
inline bool mayGenerate(Storage storage) {
  return storage == Storage::Procedural || storage == Storage::Either;
}

/// Whether the synapses of a source can be generated without those of others:
/// by their rule, and by their values, of which absent ones are null. `within`
/// if source and target are one population.
bool canBeGenerated(RuleAttr rule, bool within,
                    llvm::ArrayRef<ValueAttr> values);

/// Whether a kernel says all of the synapses: a convolution with one delay, of
/// parts of which absent ones are null.
bool isKernel(RuleAttr rule, llvm::ArrayRef<ValueAttr> delays);

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_IR_ATTRIBUTES_H
