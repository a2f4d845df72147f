//===- Expr.h - Expressions of the checked program --------------*- C++ -*-===//
//
// Trees whose leaves are numbers, or indices into the tables of the model, the
// experiment or the connection that they stand in.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_CHECKED_EXPR_H
#define SNN_LANG_SEMA_CHECKED_EXPR_H

#include "lang/Basic/Source.h"
#include "lang/Basic/Units.h"

#include <memory>
#include <vector>

namespace snn::lang::checked {

struct Expr;
/// Trees are immutable and may share subtrees.
using ExprRef = std::shared_ptr<const Expr>;

enum class ExprKind {
  Number,         // `number`, in internal units
  Bool,           // `number` is 0 or 1
  Param,          // params[index]
  State,          // states[index]
  Let,            // lets[index]
  Input,          // inputs[index] of a neuron, sums[index] of a synapse
  Host,           // hosts[index] of a synapse: read of the neuron it sits on
  Source,         // sources[index] of a synapse: read of where it comes from
  ReceptorOutput, // receptors[index].outputs[output] of a neuron
  Argument,       // arguments[index] of the port or handler it stands in
  Modulator,      // states[output] of modulators[index] of a plasticity rule
  StepSize,       // `dt`, ms
  Time,           // `t`, ms since the start of the simulation
  Unary,          // -x
  Binary,         // x op y
  Compare,        // x op y, a Bool
  Logic,          // x and y, x or y; Bools
  Not,            // not x
  Call,           // function(x, ...)
  Select,         // if operands[0] then operands[1] else operands[2]
};

enum class BinaryOp { Add, Sub, Mul, Div, Mod, Pow };
enum class CompareOp {
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  Equal,
  NotEqual
};
enum class LogicOp { And, Or };

/// The known functions; the number of operands is fixed by the function
/// (Min, Max and Pow have two, Clip has value, low, high).
enum class Function {
  Exp,
  Expm1,
  Log,
  Log1p,
  Log10,
  Sqrt,
  Abs,
  Sign,
  Min,
  Max,
  Clip,
  Pow,
  Sin,
  Cos,
  Tan,
  Sinh,
  Cosh,
  Tanh,
  Atan,
  Floor,
  Ceil,
  Round,
  Heaviside,
  /// (exp(x) - 1)/x, continued by 1 at x = 0, as in GSL, SciPy and Brian2: the
  /// rate functions of Hodgkin and Huxley without their removable singularity.
  Exprel,
};

struct Expr {
  ExprKind kind = ExprKind::Number;
  /// Dimension of the value; none for truth values.
  Dimension dimension;
  SourceRange range;
  double number = 0;
  unsigned index = 0;
  unsigned output = 0;
  BinaryOp binary = BinaryOp::Add;
  CompareOp compare = CompareOp::Less;
  LogicOp logic = LogicOp::And;
  Function function = Function::Exp;
  std::vector<ExprRef> operands;
};

} // namespace snn::lang::checked

#endif // SNN_LANG_SEMA_CHECKED_EXPR_H
