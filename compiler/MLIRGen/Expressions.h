//===- Expressions.h - Checked expressions to arith and math ----*- C++ -*-===//
//
// One place turns the expression trees and statements of a checked program into
// operations on f64 (i1 for conditions) in internal units.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_MLIRGEN_EXPRESSIONS_H
#define SNN_COMPILER_MLIRGEN_EXPRESSIONS_H

#include "lang/Sema/Checked.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"

namespace snn::mlirgen {

/// Where a source range stands, as a location that survives to debug lines.
class Locations {
public:
  Locations(mlir::MLIRContext *context, const lang::SourceMap &sources)
      : context(context), sources(sources) {}

  mlir::Location operator()(lang::SourceRange range) const;

private:
  mlir::MLIRContext *context;
  const lang::SourceMap &sources;
};

/// What a synapse calls a state of its source: no other name has a point.
inline std::string sourceName(const std::string &state) {
  return "pre." + state;
}

/// What the leaves of an expression are called: the tables of the model that
/// the expression stands in. Null tables are not referred to.
struct Names {
  const lang::checked::Dynamics *model = nullptr;
  const lang::checked::NeuronModel *neuron = nullptr;
  const lang::checked::SynapseModel *synapse = nullptr;
  const lang::checked::Program *program = nullptr;
  /// Of a plasticity rule or one of its followers: which states the code around
  /// owns; those of the others are read as `@pre::@x`. Lets of rules have no
  /// operation of their own.
  const lang::checked::PlasticityModel *rule = nullptr;
  lang::checked::PlasticityModel::Home home =
      lang::checked::PlasticityModel::Home::Synapse;
};

/// Emits expressions at the builder's insertion point.
class ExpressionEmitter {
public:
  ExpressionEmitter(mlir::OpBuilder &builder, const Locations &locations,
                    Names names)
      : builder(builder), locations(locations), names(names) {}

  /// The values of `Argument` expressions (weights of ports) in this region.
  mlir::ValueRange arguments;
  /// The value of `t`, where it may be used.
  mlir::Value time;

  mlir::Value emit(const lang::checked::Expr &expr);
  void emit(const std::vector<lang::checked::Statement> &statements);

private:
  mlir::Value emitLeaf(const lang::checked::Expr &expr, mlir::Location loc);
  mlir::Value emitState(unsigned index, mlir::Location loc);
  mlir::Value emitBinary(const lang::checked::Expr &expr, mlir::Location loc);
  mlir::Value emitPower(const lang::checked::Expr &expr, mlir::Location loc);
  mlir::Value emitCompare(const lang::checked::Expr &expr, mlir::Location loc);
  mlir::Value emitCall(const lang::checked::Expr &expr, mlir::Location loc);
  mlir::Value read(mlir::Location loc, llvm::ArrayRef<std::string> path);
  mlir::Value number(mlir::Location loc, double value);

  mlir::OpBuilder &builder;
  const Locations &locations;
  Names names;
};

} // namespace snn::mlirgen

#endif // SNN_COMPILER_MLIRGEN_EXPRESSIONS_H
