//===- LinearForm.h - Values as linear functions of states ------*- C++ -*-===//
//
// Sees a value of an equation as a function of some names (states, inputs):
// constant, affine, or nonlinear; and takes an affine one apart into
//
//   value = sum_x coefficient[x]*x + constant.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_ANALYSIS_LINEARFORM_H
#define SNN_DIALECTS_SPIKING_ANALYSIS_LINEARFORM_H

#include "dialects/Spiking/Analysis/ScalarBuilder.h"
#include "dialects/Spiking/IR/Ops.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace snn::spiking {

/// The name that a read in a flat cell refers to.
llvm::StringRef getReadName(ReadOp read);

/// "exc.I" for @exc::@I: the name in a flat cell, or of what a rule reads.
std::string getFlatName(mlir::SymbolRefAttr symbol);

enum class Degree { Constant, Affine, Nonlinear };

using NamePredicate = llvm::function_ref<bool(llvm::StringRef)>;

/// The degree of values in the names for which `varies` holds; exact for what
/// is built of +, -, *, / and selects, else conservative.
class DegreeAnalysis {
public:
  explicit DegreeAnalysis(NamePredicate varies) : varies(varies) {}
  Degree of(mlir::Value value);

private:
  Degree compute(mlir::Value value);

  NamePredicate varies;
  llvm::DenseMap<mlir::Value, Degree> cache;
};

/// Null stands for zero throughout.
struct LinearForm {
  llvm::MapVector<llvm::StringRef, mlir::Value> coefficients;
  mlir::Value constant;

  mlir::Value coefficient(llvm::StringRef name) const {
    return coefficients.lookup(name);
  }
};

/// What stands in for a read of a name; null leaves the read as it is.
using ReadReplacement = llvm::function_ref<mlir::Value(llvm::StringRef)>;

/// Takes values apart, building the coefficients at the place of `builder`.
/// Reads of names that do not vary become what `replacement` says.
class LinearFormBuilder {
public:
  LinearFormBuilder(ScalarBuilder &scalars, NamePredicate varies,
                    ReadReplacement replacement)
      : scalars(scalars), varies(varies), degrees(varies),
        replacement(replacement) {}

  /// The value's degree must not be nonlinear.
  LinearForm decompose(mlir::Value value);

private:
  LinearForm compute(mlir::Value value);
  mlir::Value copy(mlir::Value value);

  ScalarBuilder &scalars;
  NamePredicate varies;
  DegreeAnalysis degrees;
  ReadReplacement replacement;
  mlir::IRMapping copies;
  llvm::DenseMap<mlir::Value, LinearForm> forms;
};

/// Copies what a region computes to the place of `builder`, with its block's
/// arguments and reads replaced, and returns what it yields.
llvm::SmallVector<mlir::Value> inlineRegion(mlir::Region &region,
                                            mlir::ValueRange arguments,
                                            mlir::OpBuilder &builder,
                                            ReadReplacement replacement);

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_ANALYSIS_LINEARFORM_H
