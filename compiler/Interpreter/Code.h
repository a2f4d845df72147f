//===- Code.h - Regions that run --------------------------------*- C++ -*-===//
//
// A region of arithmetic, turned into a list of instructions over numbered
// values. Variables of a neuron lie in its frame, an array of doubles.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_INTERPRETER_CODE_H
#define SNN_COMPILER_INTERPRETER_CODE_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

#include <memory>
#include <string>
#include <vector>

namespace snn::interpreter {

class Code;

/// How an f64 of the dialect is computed.
enum class Arithmetic {
  Initial, ///< f64, elementary functions of snn/math.h: before the first step
  Single,  ///< rounded to f32 after each operation, as kernels are compiled
  Double,  ///< f64, likewise
};

/// The elementary functions of kernels: expanded into arithmetic as a compiled
/// kernel has them, so that their bits are the same.
class Functions {
public:
  const Code &get(mlir::Operation *op, bool single);
  /// What a kernel has for this selection, which is phi1.
  const Code &getPhi1(mlir::arith::SelectOp choice, bool single);

private:
  std::unique_ptr<Code> expand(mlir::OwningOpRef<mlir::ModuleOp> module,
                               mlir::Block &entry);

  llvm::StringMap<std::unique_ptr<Code>> known;
  std::vector<mlir::OwningOpRef<mlir::ModuleOp>> modules; // their operations
};

/// What an operation that accesses the neuron means: a place in the frame, or,
/// to be computed when read, code over the frame.
struct Access {
  unsigned slot = 0;
  const Code *let = nullptr;
};
using Resolver = llvm::function_ref<Access(mlir::Operation *)>;

class Code {
public:
  Code(mlir::Block &block, Arithmetic arithmetic, Functions &functions,
       Resolver resolve);

  /// Runs over the frame; the values of the terminator, a condition as 0 or 1.
  llvm::SmallVector<double, 1> run(double *frame,
                                   llvm::ArrayRef<double> arguments = {}) const;

private:
  /// Reals as doubles, integers zero-extended.
  union Number {
    double real;
    uint64_t bits;
  };

  enum class Kind {
    Constant,
    Read,
    Write,
    If,
    Call,
    Initial,
    Add,
    Sub,
    Mul,
    Div,
    Neg,
    Abs,
    Sqrt,
    CopySign,
    Min,
    Max,
    Floor,
    Ceil,
    RoundEven,
    Compare,
    Select,
    Convert,
    Bitcast,
    FloatToInt,
    IntToFloat,
    IntAdd,
    IntSub,
    IntMul,
    And,
    Or,
    Xor,
    ShiftLeft,
    ShiftRight,
    ShiftRightSigned,
    IntCompare,
    IntConvert,
  };

  struct Instruction;
  struct Body {
    std::vector<Instruction> instructions;
    llvm::SmallVector<unsigned, 1> yields;
  };
  struct Instruction {
    mlir::Operation *op = nullptr;
    Kind kind;
    bool single = false; // the result, or what is compared, is an f32
    unsigned width = 64; // of an integer result
    unsigned predicate = 0;
    unsigned result = 0;
    llvm::SmallVector<unsigned, 3> operands;
    Number constant = {};
    Access access;
    const Code *callee = nullptr;
    double (*function)(double) = nullptr;
    double (*function2)(double, double) = nullptr;
    std::unique_ptr<Body> branches[2];
  };

  void compile(mlir::Block &block, Body &body, Resolver resolve);
  Instruction translate(mlir::Operation &op, Resolver resolve);
  void execute(const Body &body, Number *values, double *frame) const;
  Number apply(const Instruction &instruction, const Number *values,
               double *frame) const;
  unsigned number(mlir::Value value);

  Arithmetic arithmetic;
  Functions &functions;
  llvm::DenseMap<mlir::Value, unsigned> numbers;
  Body body;
  bool yieldsCondition = false;
};

} // namespace snn::interpreter

#endif // SNN_COMPILER_INTERPRETER_CODE_H
