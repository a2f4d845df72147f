//===- ScalarBuilder.h - f64 arithmetic without needless ops ----*- C++ -*-===//
//
// Builds arith and math on f64 and leaves out what changes nothing. A null
// value stands for an exact zero, so that the terms that a structure does not
// have (a row of a sparse matrix, a state without a leak) cost nothing.
// Constants are combined in f64 at once: the same IEEE operations that would
// run later, hence the same bits.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_ANALYSIS_SCALARBUILDER_H
#define SNN_DIALECTS_SPIKING_ANALYSIS_SCALARBUILDER_H

#include "mlir/IR/Builders.h"

#include <optional>

namespace snn::spiking {

class ScalarBuilder {
public:
  ScalarBuilder(mlir::OpBuilder &builder, mlir::Location loc)
      : builder(builder), loc(loc) {}

  mlir::OpBuilder &getBuilder() { return builder; }
  mlir::Location getLoc() const { return loc; }

  mlir::Value constant(double number);
  /// The value itself, or the constant that a null value stands for.
  mlir::Value materialize(mlir::Value value);

  mlir::Value add(mlir::Value left, mlir::Value right);
  mlir::Value subtract(mlir::Value left, mlir::Value right);
  mlir::Value multiply(mlir::Value left, mlir::Value right);
  /// The divisor is not zero, hence not null.
  mlir::Value divide(mlir::Value dividend, mlir::Value divisor);
  mlir::Value negate(mlir::Value value);
  mlir::Value select(mlir::Value condition, mlir::Value whenTrue,
                     mlir::Value whenFalse);
  mlir::Value expm1(mlir::Value value);
  mlir::Value exp(mlir::Value value);
  mlir::Value sqrt(mlir::Value value);
  /// expm1(x)/x, continued by 1 at x = 0: what a step of an exponential method
  /// multiplies the derivative with.
  mlir::Value phi1(mlir::Value x);
  /// min(value, bound), a value that is not a number staying what it is.
  mlir::Value cap(mlir::Value value, mlir::Value bound);

private:
  mlir::OpBuilder &builder;
  mlir::Location loc;
};

/// The number that a constant value is; zero for null.
std::optional<double> getConstantNumber(mlir::Value value);

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_ANALYSIS_SCALARBUILDER_H
