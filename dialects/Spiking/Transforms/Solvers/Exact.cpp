//===- Exact.cpp - Linear equations solved exactly --------------*- C++ -*-===//
//
// A state that depends on no other, x' = a x + b, has the solution
//
//   x(t+h) = x + (expm1(ah) x + h phi1(ah) b),   phi1(z) = expm1(z)/z,
//
// or exp(ah) x without b. Else the solution is a row of the exponential of the
// matrix of the states that it depends on, the inputs and the constant [Van
// Loan 1978], equal time constants included. Increments are summed before they
// are added to x: in f32 a state next to its fixed point then errs by its last
// bit, not by 1/(1 - exp(ah)) times that.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Transforms/Simplify.h"
#include "dialects/Spiking/Transforms/Solvers/Solvers.h"

#include "mlir/IR/OperationSupport.h"

using namespace mlir;
using llvm::ArrayRef;
using llvm::BitVector;
using llvm::StringRef;

namespace snn::spiking {

namespace {

/// The solution of one coupled block, by all that it depends on.
class ExactBlock {
public:
  ExactBlock(StepBuilder &step, ArrayRef<unsigned> block)
      : step(step), system(step.getSystem()), block(block) {
    for (unsigned state : system.dependences().allOf(block.front()).set_bits())
      closure.push_back(state);
    for (unsigned state : closure)
      forms.push_back(decompose(state, step.getBuilder()));
    for (LinearForm &form : forms)
      for (auto &[name, value] : form.coefficients)
        if (!system.isDynamic(name) && !llvm::is_contained(drivers, name))
          drivers.push_back(name);
    affine = llvm::any_of(
        forms, [](LinearForm &form) { return form.constant != nullptr; });
  }

  /// The states of the block after a fraction of the step.
  SmallVector<Value> valuesAt(double fraction) {
    if (closure.size() == 1)
      return {solveScalar(fraction)};
    buildPropagator(fraction);
    SmallVector<Value> values;
    for (unsigned state : block)
      values.push_back(
          solveRow(llvm::find(closure, state) - closure.begin(), fraction));
    return values;
  }

private:
  LinearForm decompose(unsigned state, OpBuilder &builder) {
    ScalarBuilder scalars(builder, system.loc(state));
    auto varies = [&](StringRef name) { return system.varies(name); };
    auto keep = [](StringRef) -> Value { return {}; };
    LinearFormBuilder forms(scalars, varies, keep);
    return forms.decompose(system.derivative(state));
  }

  Value solveScalar(double fraction) {
    unsigned state = closure.front();
    LinearForm &form = forms.front();
    ScalarBuilder scalars = step.scalars(state);
    Value x = step.begin(state);
    Value h = step.stepSize(system.loc(state), fraction);
    Value z = scalars.multiply(form.coefficient(system.name(state)), h);
    if (drivers.empty() && !affine)
      return scalars.multiply(scalars.exp(z), x);
    Value phi = scalars.multiply(h, scalars.phi1(z));
    Value increment = scalars.multiply(scalars.expm1(z), x);
    for (StringRef driver : drivers) {
      Value gain = scalars.multiply(phi, form.coefficient(driver));
      Value drive = step.read(driver, system.loc(state));
      increment = scalars.add(increment, scalars.multiply(gain, drive));
    }
    increment = scalars.add(increment, scalars.multiply(phi, form.constant));
    return scalars.add(x, increment);
  }

  /// Puts `spiking.propagator` before the step, or finds the same one.
  void buildPropagator(double fraction) {
    SmallVector<StringRef> variables;
    for (unsigned state : closure)
      variables.push_back(system.name(state));
    variables.append(drivers.begin(), drivers.end());

    NeuronOp cell = system.getCell();
    auto parent = cast<StepOp>(step.getBuilder().getBlock()->getParentOp());
    OpBuilder builder(parent);
    auto op =
        PropagatorOp::create(builder, cell.getLoc(), "", variables, affine);
    builder.setInsertionPointToEnd(&op.getMatrix().front());
    unsigned size = variables.size();
    double scale = fraction / step.getSubsteps();
    SmallVector<Value> entries(size * size + (affine ? size : 0));
    for (unsigned row = 0; row < closure.size(); ++row) {
      LinearForm form = decompose(closure[row], builder);
      ScalarBuilder scalars(builder, system.loc(closure[row]));
      auto scaled = [&](Value value) {
        return scalars.multiply(value, scalars.constant(scale));
      };
      for (unsigned column = 0; column < size; ++column)
        entries[row * size + column] =
            scaled(form.coefficient(variables[column]));
      if (affine)
        entries[size * size + row] = scaled(form.constant);
    }
    ScalarBuilder scalars(builder, cell.getLoc());
    Value zero = scalars.constant(0.0);
    for (Value &entry : entries)
      if (!entry)
        entry = zero;
    YieldOp::create(builder, cell.getLoc(), entries);
    simplify(op);
    propagator = unify(cell, op);
  }

  /// The name of an equal propagator, or else a new one: "P", "P2", ...
  static std::string unify(NeuronOp cell, PropagatorOp op) {
    unsigned count = 1;
    for (auto other : cell.getBody().getOps<PropagatorOp>()) {
      if (other == op)
        continue;
      ++count;
      op.setSymName(other.getSymName());
      if (OperationEquivalence::isEquivalentTo(
              op, other, OperationEquivalence::IgnoreLocations)) {
        op.erase();
        return other.getSymName().str();
      }
    }
    std::string name = count == 1 ? "P" : "P" + std::to_string(count);
    op.setSymName(name);
    return name;
  }

  Value entry(unsigned row, unsigned column) {
    return EntryOp::create(step.getBuilder(), system.loc(closure[row]),
                           propagator, row, column);
  }

  Value solveRow(unsigned row, double fraction) {
    unsigned state = closure[row];
    ScalarBuilder scalars = step.scalars(state);
    // Where no other state feeds back on it, the diagonal is a plain
    // exponential, whose distance from one needs no subtraction.
    Value loss;
    if (block.size() == 1) {
      Value h = step.stepSize(system.loc(state), fraction);
      Value rate = forms[row].coefficient(system.name(state));
      loss = scalars.expm1(scalars.multiply(rate, h));
    } else {
      loss = scalars.subtract(entry(row, row), scalars.constant(1.0));
    }
    Value x = step.begin(state);
    Value increment = scalars.multiply(loss, x);
    auto addTerm = [&](unsigned column, Value value) {
      increment =
          scalars.add(increment, scalars.multiply(entry(row, column), value));
    };
    for (unsigned column = 0; column < closure.size(); ++column)
      if (column != row)
        addTerm(column, step.begin(closure[column]));
    for (auto [k, driver] : llvm::enumerate(drivers))
      addTerm(closure.size() + k, step.read(driver, system.loc(state)));
    if (affine)
      increment =
          scalars.add(increment, entry(row, closure.size() + drivers.size()));
    return scalars.add(x, increment);
  }

  StepBuilder &step;
  const System &system;
  ArrayRef<unsigned> block;
  SmallVector<unsigned> closure;
  SmallVector<LinearForm> forms;
  SmallVector<StringRef> drivers;
  std::string propagator;
  bool affine = false;
};

} // namespace

void solveExactly(StepBuilder &step, ArrayRef<unsigned> block,
                  bool withMiddle) {
  ExactBlock exact(step, block);
  for (auto [state, value] : llvm::zip(block, exact.valuesAt(1.0)))
    step.setEnd(state, value);
  if (!withMiddle)
    return;
  for (auto [state, value] : llvm::zip(block, exact.valuesAt(0.5)))
    step.setMiddle(state, value);
}

unsigned countExactVariables(const System &system, unsigned state) {
  llvm::StringSet<> variables;
  for (unsigned other : system.dependences().allOf(state).set_bits()) {
    variables.insert(system.name(other));
    system.equation(other).getDerivative().walk([&](ReadOp read) {
      if (system.varies(getReadName(read)))
        variables.insert(getReadName(read));
    });
  }
  return variables.size() + 1;
}

} // namespace snn::spiking
