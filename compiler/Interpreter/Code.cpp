//===- Code.cpp - Regions that run ------------------------------*- C++ -*-===//
//
// See Code.h. An f32 lies in a double; +, -, *, / and sqrt computed in double
// and rounded once more give the f32 that the processor would (a double has
// more than twice the digits and two).
//
//===----------------------------------------------------------------------===//
#include "compiler/Interpreter/Code.h"

#include "dialects/Sim/Transforms/Elementary/Phi1.h"
#include "dialects/Spiking/IR/Ops.h"
#include "snn/math.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/ErrorHandling.h"

#include <bit>
#include <cmath>

using namespace mlir;

namespace snn::interpreter {

//===----------------------------------------------------------------------===//
// Translation
//===----------------------------------------------------------------------===//

Code::Code(Block &block, Arithmetic arithmetic, Functions &functions,
           Resolver resolve)
    : arithmetic(arithmetic), functions(functions) {
  for (BlockArgument argument : block.getArguments())
    number(argument);
  compile(block, body, resolve);
  if (!block.empty() && block.back().hasTrait<OpTrait::IsTerminator>())
    yieldsCondition = llvm::any_of(block.back().getOperandTypes(),
                                   [](Type type) { return type.isInteger(1); });
}

unsigned Code::number(Value value) {
  return numbers.try_emplace(value, numbers.size()).first->second;
}

void Code::compile(Block &block, Body &body, Resolver resolve) {
  for (Operation &op : block) {
    if (!op.hasTrait<OpTrait::IsTerminator>()) {
      body.instructions.push_back(translate(op, resolve));
      continue;
    }
    for (Value value : op.getOperands())
      body.yields.push_back(number(value));
  }
}

Code::Instruction Code::translate(Operation &op, Resolver resolve) {
  Instruction result;
  result.op = &op;
  for (Value operand : op.getOperands())
    result.operands.push_back(number(operand));
  Type type = op.getNumResults() ? op.getResult(0).getType() : Type();
  if (type)
    result.result = number(op.getResult(0));
  for (Value other : op.getResults().drop_front(type ? 1 : 0))
    number(other); // Consecutive: those of an scf.if.
  result.single = type && (type.isF32() ||
                           (type.isF64() && arithmetic == Arithmetic::Single));
  result.width = type && type.isInteger() ? type.getIntOrFloatBitWidth() : 64;

  Attribute constant;
  if (matchPattern(&op, m_Constant(&constant)) ||
      isa<spiking::QuantityOp>(op)) {
    result.kind = Kind::Constant;
    if (auto quantity = dyn_cast<spiking::QuantityOp>(op))
      constant = quantity.getValueAttr();
    if (auto integer = dyn_cast<IntegerAttr>(constant))
      result.constant.bits = integer.getValue().getZExtValue();
    else if (double x = cast<FloatAttr>(constant).getValueAsDouble(); true)
      result.constant.real = result.single ? static_cast<float>(x) : x;
    return result;
  }
  if (isa<spiking::ReadOp, spiking::EntryOp, spiking::StepSizeOp>(op) ||
      isa<spiking::WriteOp, spiking::RefractoryOp, spiking::SendOp>(op)) {
    result.kind = type ? Kind::Read : Kind::Write;
    result.access = resolve(&op);
    return result;
  }
  if (auto branch = dyn_cast<scf::IfOp>(op)) {
    result.kind = Kind::If;
    for (unsigned i : {0, 1}) {
      result.branches[i] = std::make_unique<Body>();
      Region &region = op.getRegion(i);
      if (!region.empty())
        compile(region.front(), *result.branches[i], resolve);
    }
    return result;
  }
  if (auto choice = dyn_cast<arith::SelectOp>(op);
      choice && arithmetic != Arithmetic::Initial)
    if (Value x = sim::elementary::matchPhi1(choice)) {
      result.kind = Kind::Call;
      result.operands = {number(x)};
      result.callee = &functions.getPhi1(choice, result.single);
      return result;
    }
  if (auto compare = dyn_cast<arith::CmpFOp>(op))
    result.predicate = static_cast<unsigned>(compare.getPredicate());
  if (auto compare = dyn_cast<arith::CmpIOp>(op)) {
    result.predicate = static_cast<unsigned>(compare.getPredicate());
    result.width = compare.getLhs().getType().getIntOrFloatBitWidth();
  }
  StringRef name = op.getName().getStringRef();
  auto kind = llvm::StringSwitch<std::optional<Kind>>(name)
                  .Case("arith.addf", Kind::Add)
                  .Case("arith.subf", Kind::Sub)
                  .Case("arith.mulf", Kind::Mul)
                  .Case("arith.divf", Kind::Div)
                  .Case("arith.negf", Kind::Neg)
                  .Case("arith.minimumf", Kind::Min)
                  .Case("arith.maximumf", Kind::Max)
                  .Case("arith.cmpf", Kind::Compare)
                  .Case("arith.select", Kind::Select)
                  .Cases({"arith.extf", "arith.truncf"}, Kind::Convert)
                  .Case("arith.bitcast", Kind::Bitcast)
                  .Case("arith.fptosi", Kind::FloatToInt)
                  .Case("arith.sitofp", Kind::IntToFloat)
                  .Case("arith.addi", Kind::IntAdd)
                  .Case("arith.subi", Kind::IntSub)
                  .Case("arith.muli", Kind::IntMul)
                  .Case("arith.andi", Kind::And)
                  .Case("arith.ori", Kind::Or)
                  .Case("arith.xori", Kind::Xor)
                  .Case("arith.shli", Kind::ShiftLeft)
                  .Case("arith.shrui", Kind::ShiftRight)
                  .Case("arith.shrsi", Kind::ShiftRightSigned)
                  .Case("arith.cmpi", Kind::IntCompare)
                  .Cases({"arith.extui", "arith.trunci"}, Kind::IntConvert)
                  .Case("math.absf", Kind::Abs)
                  .Case("math.sqrt", Kind::Sqrt)
                  .Case("math.copysign", Kind::CopySign)
                  .Default(std::nullopt);
  if (!kind && arithmetic != Arithmetic::Initial) {
    result.kind = Kind::Call;
    result.callee = &functions.get(&op, result.single);
    return result;
  }
  if (!kind) {
    result.function = llvm::StringSwitch<double (*)(double)>(name)
                          .Case("math.exp", snn_exp)
                          .Case("math.expm1", snn_expm1)
                          .Case("math.log", snn_log)
                          .Case("math.log1p", snn_log1p)
                          .Case("math.sin", snn_sin)
                          .Case("math.cos", snn_cos)
                          .Case("math.tanh", snn_tanh)
                          .Default(nullptr);
    if (name == "math.powf")
      result.function2 = snn_pow;
    kind = llvm::StringSwitch<std::optional<Kind>>(name)
               .Case("math.floor", Kind::Floor)
               .Case("math.ceil", Kind::Ceil)
               .Case("math.roundeven", Kind::RoundEven)
               .Default(std::nullopt);
    if (result.function || result.function2)
      kind = Kind::Initial;
  }
  if (!kind)
    llvm::report_fatal_error("the interpreter does not know '" + name + "'");
  result.kind = *kind;
  return result;
}

//===----------------------------------------------------------------------===//
// Execution
//===----------------------------------------------------------------------===//

llvm::SmallVector<double, 1> Code::run(double *frame,
                                       ArrayRef<double> arguments) const {
  SmallVector<Number, 64> values(numbers.size());
  for (auto [i, argument] : llvm::enumerate(arguments))
    values[i].real = argument;
  execute(body, values.data(), frame);
  SmallVector<double, 1> results;
  for (unsigned yielded : body.yields)
    results.push_back(yieldsCondition
                          ? static_cast<double>(values[yielded].bits)
                          : values[yielded].real);
  return results;
}

void Code::execute(const Body &body, Number *values, double *frame) const {
  for (const Instruction &each : body.instructions) {
    if (each.kind == Kind::Write) {
      frame[each.access.slot] = values[each.operands[0]].real;
    } else if (each.kind == Kind::If) {
      const Body &taken = *each.branches[values[each.operands[0]].bits ? 0 : 1];
      execute(taken, values, frame);
      for (auto [i, yielded] : llvm::enumerate(taken.yields))
        values[each.result + i] = values[yielded];
    } else {
      values[each.result] = apply(each, values, frame);
    }
  }
}

static bool compareReals(arith::CmpFPredicate predicate, double a, double b) {
  using P = arith::CmpFPredicate;
  switch (predicate) {
  case P::OEQ:
    return a == b;
  case P::OGT:
    return a > b;
  case P::OGE:
    return a >= b;
  case P::OLT:
    return a < b;
  case P::OLE:
    return a <= b;
  case P::ONE:
    return a < b || a > b;
  case P::ORD:
    return !std::isnan(a) && !std::isnan(b);
  case P::UEQ:
    return !(a < b || a > b);
  case P::UGT:
    return !(a <= b);
  case P::UGE:
    return !(a < b);
  case P::ULT:
    return !(a >= b);
  case P::ULE:
    return !(a > b);
  case P::UNE:
    return a != b;
  case P::UNO:
    return std::isnan(a) || std::isnan(b);
  case P::AlwaysTrue:
    return true;
  case P::AlwaysFalse:
    return false;
  }
  llvm_unreachable("all predicates are handled");
}

static int64_t signExtend(uint64_t bits, unsigned width) {
  return static_cast<int64_t>(bits << (64 - width)) >> (64 - width);
}

static bool compareIntegers(arith::CmpIPredicate predicate, uint64_t a,
                            uint64_t b, unsigned width) {
  using P = arith::CmpIPredicate;
  int64_t x = signExtend(a, width), y = signExtend(b, width);
  switch (predicate) {
  case P::eq:
    return a == b;
  case P::ne:
    return a != b;
  case P::slt:
    return x < y;
  case P::sle:
    return x <= y;
  case P::sgt:
    return x > y;
  case P::sge:
    return x >= y;
  case P::ult:
    return a < b;
  case P::ule:
    return a <= b;
  case P::ugt:
    return a > b;
  case P::uge:
    return a >= b;
  }
  llvm_unreachable("all predicates are handled");
}

Code::Number Code::apply(const Instruction &each, const Number *values,
                         double *frame) const {
  auto at = [&](unsigned i) { return values[each.operands[i]]; };
  auto real = [&](double x) {
    return Number{.real = each.single ? static_cast<float>(x) : x};
  };
  auto bits = [&](uint64_t x) {
    return Number{.bits =
                      each.width == 64 ? x : x & ((1ull << each.width) - 1)};
  };
  Type type = each.operands.empty() ? Type() : each.op->getOperand(0).getType();
  switch (each.kind) {
  case Kind::Constant:
    return each.constant;
  case Kind::Read:
    if (each.access.let)
      return real(each.access.let->run(frame).front());
    return real(frame[each.access.slot]);
  case Kind::Initial:
    return real(each.function2 ? each.function2(at(0).real, at(1).real)
                               : each.function(at(0).real));
  case Kind::Call: {
    SmallVector<double, 2> arguments;
    for (unsigned i = 0; i < each.operands.size(); ++i)
      arguments.push_back(at(i).real);
    return real(each.callee->run(frame, arguments).front());
  }
  case Kind::Add:
    return real(at(0).real + at(1).real);
  case Kind::Sub:
    return real(at(0).real - at(1).real);
  case Kind::Mul:
    return real(at(0).real * at(1).real);
  case Kind::Div:
    return real(at(0).real / at(1).real);
  case Kind::Neg:
    return real(-at(0).real);
  case Kind::Abs:
    return real(std::fabs(at(0).real));
  case Kind::Sqrt:
    return real(std::sqrt(at(0).real));
  case Kind::CopySign:
    return real(std::copysign(at(0).real, at(1).real));
  case Kind::Min:
    return real(std::fmin(at(0).real, at(1).real));
  case Kind::Max:
    return real(std::fmax(at(0).real, at(1).real));
  case Kind::Floor:
    return real(std::floor(at(0).real));
  case Kind::Ceil:
    return real(std::ceil(at(0).real));
  case Kind::RoundEven:
    return real(std::nearbyint(at(0).real));
  case Kind::Compare:
    return bits(compareReals(static_cast<arith::CmpFPredicate>(each.predicate),
                             at(0).real, at(1).real));
  case Kind::Select:
    return at(0).bits ? at(1) : at(2);
  case Kind::Convert:
    return real(at(0).real);
  case Kind::Bitcast:
    if (type.isF32())
      return bits(std::bit_cast<uint32_t>(static_cast<float>(at(0).real)));
    if (type.isInteger(32))
      return real(std::bit_cast<float>(static_cast<uint32_t>(at(0).bits)));
    return at(0);
  case Kind::FloatToInt:
    return bits(static_cast<uint64_t>(static_cast<int64_t>(at(0).real)));
  case Kind::IntToFloat:
    return real(static_cast<double>(
        signExtend(at(0).bits, type.getIntOrFloatBitWidth())));
  case Kind::IntAdd:
    return bits(at(0).bits + at(1).bits);
  case Kind::IntSub:
    return bits(at(0).bits - at(1).bits);
  case Kind::IntMul:
    return bits(at(0).bits * at(1).bits);
  case Kind::And:
    return bits(at(0).bits & at(1).bits);
  case Kind::Or:
    return bits(at(0).bits | at(1).bits);
  case Kind::Xor:
    return bits(at(0).bits ^ at(1).bits);
  case Kind::ShiftLeft:
    return bits(at(0).bits << at(1).bits);
  case Kind::ShiftRight:
    return bits(at(0).bits >> at(1).bits);
  case Kind::ShiftRightSigned:
    return bits(static_cast<uint64_t>(signExtend(at(0).bits, each.width) >>
                                      at(1).bits));
  case Kind::IntCompare:
    return Number{.bits = compareIntegers(
                      static_cast<arith::CmpIPredicate>(each.predicate),
                      at(0).bits, at(1).bits, each.width)};
  case Kind::IntConvert:
    return bits(at(0).bits);
  case Kind::Write:
  case Kind::If:
    break;
  }
  llvm_unreachable("handled by execute");
}

} // namespace snn::interpreter
