//===- ExponentialEuler.cpp - Conditionally linear equations ----*- C++ -*-===//
//
// x' = a x + b, with a and b frozen for the step, has the solution
//
//   x(t+h) = x + phi1(ah) (ah x + bh),   phi1(z) = expm1(z)/z.
//
// h is multiplied into the terms of a and b, where it meets their constants: of
// (-g_L - g)/C no division and no product with h is left in the step. It needs
// no division by a, so that a -> 0 is nothing special. Frozen in the middle of
// the step, where the states it reads are already advanced (a membrane
// potential reads its conductances), the method is of second order. The states
// of a coupled block (membrane potential and gates) advance one after the
// other, each reading what is already advanced at its end: the staggered steps
// of Hines (1984), Int. J. Biomed. Comput. 15:69, in which the gates live half
// a step beside the potential, of second order, too. Where the model names the
// method, all read the beginning of the step, as in other simulators: of first
// order.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Transforms/Solvers/Solvers.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using llvm::StringRef;

namespace snn::spiking {

namespace {
/// Multiplies values by what is constant in all steps.
class Scaling {
public:
  Scaling(ScalarBuilder &scalars, const System &system)
      : scalars(scalars), system(system) {}

  /// value * factor, in no more multiplications than one.
  Value scale(Value value, Value factor) {
    if (!value || isConstant(value))
      return scalars.multiply(value, factor);
    if (auto product = value.getDefiningOp<arith::MulFOp>()) {
      Value left = product.getLhs(), right = product.getRhs();
      if (isConstant(left))
        std::swap(left, right);
      if (isConstant(right))
        return scale(left, scalars.multiply(right, factor));
    }
    if (auto quotient = value.getDefiningOp<arith::DivFOp>())
      if (isConstant(quotient.getRhs()))
        return scale(quotient.getLhs(),
                     scalars.divide(factor, quotient.getRhs()));
    if (auto negation = value.getDefiningOp<arith::NegFOp>())
      return scale(negation.getOperand(), scalars.negate(factor));
    if (cost(value) > 1)
      return scalars.multiply(value, factor);
    if (auto sum = value.getDefiningOp<arith::AddFOp>())
      return scalars.add(scale(sum.getLhs(), factor),
                         scale(sum.getRhs(), factor));
    if (auto difference = value.getDefiningOp<arith::SubFOp>())
      return scalars.subtract(scale(difference.getLhs(), factor),
                              scale(difference.getRhs(), factor));
    return scalars.multiply(value, factor);
  }

private:
  /// Multiplications that a factor adds where it is taken into the terms.
  unsigned cost(Value value) {
    if (isConstant(value))
      return 0;
    Operation *op = value.getDefiningOp();
    if (isa_and_present<arith::AddFOp, arith::SubFOp>(op))
      return cost(op->getOperand(0)) + cost(op->getOperand(1));
    if (isa_and_present<arith::NegFOp>(op))
      return cost(op->getOperand(0));
    bool product = isa_and_present<arith::MulFOp>(op);
    bool meetsConstant = (product && isConstant(op->getOperand(0))) ||
                         (isa_and_present<arith::MulFOp, arith::DivFOp>(op) &&
                          isConstant(op->getOperand(1)));
    return meetsConstant ? 0 : 1;
  }

  /// Made of numbers, parameters and the step alone.
  bool isConstant(Value value) {
    Operation *op = value.getDefiningOp();
    if (!op)
      return false;
    if (auto it = constants.find(value); it != constants.end())
      return it->second;
    bool result = false;
    if (auto read = dyn_cast<ReadOp>(op))
      result = isParameter(getReadName(read));
    else
      result = op->getNumRegions() == 0 && isPure(op) &&
               llvm::all_of(op->getOperands(),
                            [&](Value operand) { return isConstant(operand); });
    constants[value] = result;
    return result;
  }

  bool isParameter(StringRef name) {
    return isa_and_present<ParamOp, DerivedOp>(
        SymbolTable::lookupSymbolIn(system.getCell(), name));
  }

  ScalarBuilder &scalars;
  const System &system;
  llvm::DenseMap<Value, bool> constants;
};
} // namespace

void solveByExponentialEuler(StepBuilder &step, llvm::ArrayRef<unsigned> block,
                             bool published) {
  const System &system = step.getSystem();
  llvm::SmallDenseMap<unsigned, Value> ends;
  for (unsigned state : block) {
    ScalarBuilder scalars = step.scalars(state);
    StringRef self = system.name(state);
    auto varies = [&](StringRef name) { return name == self; };
    auto frozen = [&](StringRef name) -> Value {
      if (!system.isDynamic(name))
        return {};
      unsigned other = system.indexOf(name);
      if (published)
        return step.begin(other);
      if (!llvm::is_contained(block, other))
        return step.middle(other);
      Value end = ends.lookup(other);
      return end ? end : step.begin(other);
    };
    LinearFormBuilder forms(scalars, varies, frozen);
    LinearForm form = forms.decompose(system.derivative(state));

    Value x = step.begin(state);
    Value h = step.stepSize(system.loc(state));
    Scaling scaling(scalars, system);
    Value z = scaling.scale(form.coefficient(self), h);
    Value drift =
        scalars.add(scalars.multiply(z, x), scaling.scale(form.constant, h));
    ends[state] = scalars.add(x, scalars.multiply(scalars.phi1(z), drift));
  }
  for (unsigned state : block)
    step.setEnd(state, ends[state]);
}

} // namespace snn::spiking
