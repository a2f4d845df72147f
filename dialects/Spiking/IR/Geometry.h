//===- Geometry.h - Where the neurons of a projection lie -------*- C++ -*-===//
//
// The attribute `spiking.geometry` of projections of both dialects: lattices of
// source and target population, after which lengths space repeats itself, and
// the functions of the module that depend on the way from source to target, its
// length and its three parts in um:
//
//   probability   of the pairs that the rule `all_to_all` makes, each is kept
//                 with this probability
//   weight, delay, dendritic
//                 the value of each synapse; the attribute of that name then is
//                 `of_place`
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_IR_GEOMETRY_H
#define SNN_DIALECTS_SPIKING_IR_GEOMETRY_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Operation.h"

#include <array>
#include <optional>

namespace snn::spiking {

/// Neuron (i, j, k) lies at origin + (i, j, k) * spacing, the last index
/// running fastest.
struct Lattice {
  std::array<double, 3> origin, spacing;
  std::array<int64_t, 3> extent;
};

struct Geometry {
  static constexpr llvm::StringLiteral AttributeName = "spiking.geometry";
  enum { Probability, Weight, Delay, Dendritic, NumFunctions };
  /// As members of the attribute.
  static constexpr std::array<llvm::StringLiteral, NumFunctions> FunctionNames =
      {llvm::StringLiteral("probability"), llvm::StringLiteral("weight"),
       llvm::StringLiteral("delay"), llvm::StringLiteral("dendritic")};

  Lattice source, target;
  std::array<double, 3> period;
  /// Null where nothing depends on places.
  std::array<mlir::FlatSymbolRefAttr, NumFunctions> functions;

  mlir::DictionaryAttr toAttr(mlir::MLIRContext *context) const;
  /// Of a projection, if it has one that is well formed.
  static std::optional<Geometry> of(mlir::Operation *projection);
};

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_IR_GEOMETRY_H
