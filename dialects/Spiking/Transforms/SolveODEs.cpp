//===- SolveODEs.cpp - Equations become steps -------------------*- C++ -*-===//
//
// Chooses a method for each coupled block of equations and replaces the
// equations of a cell by one `spiking.step`, and by a second one for the
// refractory time where states are held that others depend on.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Transforms/Passes.h"
#include "dialects/Spiking/Transforms/Simplify.h"
#include "dialects/Spiking/Transforms/Solvers/Solvers.h"
#include "dialects/Spiking/Transforms/Solvers/Stability.h"

#include "mlir/IR/Remarks.h"

namespace snn::spiking {
#define GEN_PASS_DEF_SPIKINGSOLVEODES
#include "dialects/Spiking/Transforms/Passes.h.inc"
} // namespace snn::spiking

using namespace mlir;
using namespace snn;
using namespace snn::spiking;
using llvm::BitVector;
using llvm::StringRef;

namespace {

/// The methods of a system, in the order in which they run.
class Plan {
public:
  /// A block of coupled states and how it is advanced.
  struct Block {
    SmallVector<unsigned> states;
    SolverKind method;
    std::string reason;
  };

  Plan(const System &system, SolverAttr solver) : system(system) {
    requested = solver ? solver.getKind() : SolverKind::Auto;
    linear = system.findLinear();
    for (unsigned state : linear.set_bits())
      if (countExactVariables(system, state) > maxExactVariables)
        tooLarge = true;
    if (tooLarge)
      linear.reset();
    BitVector all(system.size(), true);
    if (requested == SolverKind::Auto || requested == SolverKind::Exact)
      choose(all);
    else
      impose(all);
  }

  ArrayRef<Block> getBlocks() const { return blocks; }
  SolverKind getRequested() const { return requested; }

  /// The first state that `exact` was asked for and that has no exact solution.
  std::optional<unsigned> findInexact() const {
    for (unsigned state = 0; state < system.size(); ++state)
      if (!linear.test(state))
        return state;
    return std::nullopt;
  }

  /// States solved exactly, each by itself.
  BitVector findAlone() const {
    BitVector alone(system.size());
    for (const Block &block : blocks)
      if (block.method == SolverKind::Exact && block.states.size() == 1 &&
          system.dependences().allOf(block.states[0]).count() == 1)
        alone.set(block.states[0]);
    return alone;
  }

  /// States solved exactly that other methods read in the middle of a step.
  BitVector findMiddles() const {
    BitVector middles(system.size());
    for (const Block &block : blocks)
      if (block.method != SolverKind::Exact)
        for (unsigned state : block.states)
          middles |= system.reads(state);
    return middles;
  }

private:
  void choose(const BitVector &all) {
    for (auto &states : system.dependences().coupledBlocks(all)) {
      if (linear.test(states.front())) {
        blocks.push_back(
            {states, SolverKind::Exact, "linear with constant coefficients"});
        continue;
      }
      auto *nonlinear = llvm::find_if(states, [&](unsigned state) {
        return !system.isConditionallyLinear(state);
      });
      if (nonlinear == states.end())
        blocks.push_back({states, SolverKind::ExponentialEuler,
                          "linear while the other states are kept"});
      else
        blocks.push_back({states, SolverKind::RK4,
                          ("not linear in " + system.name(*nonlinear)).str()});
    }
  }

  void impose(const BitVector &all) {
    SmallVector<unsigned> states(all.set_bits());
    if (!states.empty())
      blocks.push_back({states, requested, "as the model asks"});
  }

  const System &system;
  SolverKind requested;
  BitVector linear;
  bool tooLarge = false;
  SmallVector<Block> blocks;
};

class CellSolver {
public:
  CellSolver(NeuronOp cell) : cell(cell), solver(cell.getSolverAttr()) {}

  LogicalResult solve() {
    llvm::StringSet<> none, held = findHeldStates(cell);
    System free(cell, none);
    if (free.size() == 0)
      return success();
    Plan plan(free, solver);
    if (failed(check(free, plan)))
      return failure();
    addNoiseInputs(free);
    StepOp step = build(free, plan, /*isHeld=*/false);
    report(free, plan, step);

    bool heldMatters = false;
    for (unsigned state = 0; state < free.size(); ++state)
      for (unsigned other : free.dependences().allOf(state).set_bits())
        heldMatters |=
            !held.contains(free.name(state)) && held.contains(free.name(other));
    if (heldMatters) {
      System whileHeld(cell, held);
      build(whileHeld, Plan(whileHeld, solver), /*isHeld=*/true);
    }
    for (auto equation :
         llvm::make_early_inc_range(cell.getBody().getOps<EquationOp>()))
      equation.erase();
    return success();
  }

  SmallVector<std::string> noiseInputs;
  unsigned numExact = 0, numExponential = 0, numExplicit = 0;

private:
  unsigned substeps() const { return solver ? solver.getSubsteps() : 1; }
  bool sequential() const { return solver && solver.getSequential(); }
  /// How often the whole body runs in a step.
  unsigned repeats() const { return sequential() ? 1 : substeps(); }

  LogicalResult check(const System &system, const Plan &plan) {
    if (plan.getRequested() == SolverKind::Exact)
      if (std::optional<unsigned> state = plan.findInexact())
        return EquationOp(system.equation(*state)).emitError()
               << "the equation of `" << system.name(*state)
               << "` has no exact solution: it is not linear with constant "
                  "coefficients, or reads a state whose equation is not";
    if (plan.getRequested() == SolverKind::ExponentialEuler ||
        plan.getRequested() == SolverKind::SemiImplicit)
      for (unsigned state = 0; state < system.size(); ++state)
        if (!system.isConditionallyLinear(state))
          return EquationOp(system.equation(state)).emitError()
                 << (plan.getRequested() == SolverKind::SemiImplicit
                         ? "the semi-implicit method"
                         : "exponential Euler")
                 << " needs equations that are linear in their own state; that "
                    "of `"
                 << system.name(state) << "` is not";
    for (const Plan::Block &block : plan.getBlocks())
      for (unsigned state : block.states)
        if (failed(checkStability(system, state, block.method, repeats())))
          return failure();
    return success();
  }

  void addNoiseInputs(const System &system) {
    OpBuilder builder(cell.getContext());
    for (unsigned state = 0; state < system.size(); ++state) {
      if (system.equation(state).getNoise().empty())
        continue;
      for (unsigned part = 0; part < repeats(); ++part) {
        builder.setInsertionPoint(system.equation(state));
        noiseInputs.push_back(noiseInputName(system.name(state), part));
        InputOp::create(builder, system.loc(state), noiseInputs.back(), "1");
      }
    }
  }

  StepOp build(const System &system, const Plan &plan, bool isHeld) {
    OpBuilder builder(cell.getContext());
    builder.setInsertionPointToEnd(&cell.getBody().front());
    auto op = StepOp::create(builder, cell.getLoc(), isHeld);
    placeBeforeEvents(op);
    StepBuilder step(system, op, repeats());
    BitVector needMiddle = plan.findMiddles();
    for (unsigned part = 0; part < repeats(); ++part) {
      for (const Plan::Block &block : plan.getBlocks())
        advance(step, block, plan, needMiddle);
      addNoise(step, plan.findAlone(), part);
      step.advance();
    }
    step.finish();
    simplify(op);
    return op;
  }

  /// Steps stand where the equations stood: before ports and the threshold.
  void placeBeforeEvents(StepOp op) {
    for (auto equation : cell.getBody().getOps<EquationOp>()) {
      op->moveBefore(equation);
      return;
    }
  }

  void advance(StepBuilder &step, const Plan::Block &block, const Plan &plan,
               const BitVector &needMiddle) {
    switch (block.method) {
    case SolverKind::Exact:
      solveExactly(step, block.states,
                   llvm::any_of(block.states, [&](unsigned state) {
                     return needMiddle.test(state);
                   }));
      break;
    case SolverKind::ExponentialEuler:
      solveByExponentialEuler(step, block.states,
                              plan.getRequested() != SolverKind::Auto);
      break;
    case SolverKind::SemiImplicit:
      solveSemiImplicitly(step, block.states);
      break;
    case SolverKind::RK4:
      solveByRungeKutta(step, block.states, findCap(cell));
      break;
    case SolverKind::Euler:
    case SolverKind::EulerMaruyama:
      if (sequential())
        solveSequentially(step, block.states, substeps());
      else
        solveByEuler(step, block.states);
      break;
    case SolverKind::Auto:
      llvm_unreachable("a plan has made the choice");
    }
  }

  void report(const System &system, const Plan &plan, StepOp step) {
    MLIRContext *context = cell.getContext();
    SmallVector<NamedAttribute> solved;
    for (const Plan::Block &block : plan.getBlocks())
      for (unsigned state : block.states) {
        StringRef method = stringifySolverKind(block.method);
        solved.emplace_back(
            StringAttr::get(context, system.name(state)),
            StringAttr::get(context, method + ": " + block.reason));
        remark::passed(system.loc(state),
                       remark::RemarkOpts::name("Solver").category("spiking"))
            << remark::metric("State", system.name(state))
            << remark::metric("Method", method)
            << remark::reason("{0}", block.reason);
        if (block.method == SolverKind::Exact)
          ++numExact;
        else if (block.method == SolverKind::ExponentialEuler)
          ++numExponential;
        else
          ++numExplicit;
      }
    step.setSolvedAttr(DictionaryAttr::get(context, solved));
  }

  NeuronOp cell;
  SolverAttr solver;
};

class SolveODEs : public spiking::impl::SpikingSolveODEsBase<SolveODEs> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    for (auto cell : module.getOps<NeuronOp>()) {
      CellSolver solver(cell);
      if (failed(solver.solve()))
        return signalPassFailure();
      for (const std::string &input : solver.noiseInputs)
        feedNoise(module, cell, input);
      numExact += solver.numExact;
      numExponential += solver.numExponential;
      numExplicit += solver.numExplicit;
    }
  }

  /// A stimulus of standard normal numbers for each population of the cell.
  static void feedNoise(ModuleOp module, NeuronOp cell, StringRef input) {
    for (auto network : module.getOps<NetworkOp>())
      for (auto population : network.getBody().getOps<PopulationOp>()) {
        if (population.getModel() != cell.getSymName())
          continue;
        OpBuilder builder(population->getContext());
        builder.setInsertionPointToEnd(&network.getBody().front());
        std::string path = (population.getSymName() + "." + input).str();
        auto stimulus = StimulusOp::create(builder, cell.getLoc(), path,
                                           population.getSymName(), SliceAttr(),
                                           input, /*noise=*/true);
        builder.setInsertionPointToEnd(&stimulus.getValue().front());
        Value one = ScalarBuilder(builder, cell.getLoc()).constant(1.0);
        YieldOp::create(builder, cell.getLoc(), one);
      }
  }
};

} // namespace
