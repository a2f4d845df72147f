//===- Rate.cpp - Counts as rates of units that may leak --------*- C++ -*-===//
//
// A count of n in L becomes n spikes in a window of L steps, approximately: a
// unit adds what arrives at once, and fires as soon as it reaches theta. With
// subtractive resets its steps sum up to (Lu and Xu 2022, "linear LIF")
//
//     theta n = sum (x + bias) - (1 - beta) sum u - (u_L - u_0),
//
// so a leak takes (1 - beta) times the mean potential a step, which a current
// gives back. The mean is that of units that fire regularly: kappa theta, with
// the kappa whose counts are nearest to their rates, over all rates.
//
//===----------------------------------------------------------------------===//
#include "dialects/Ann/Analysis/Interpreter.h"
#include "dialects/Ann/Analysis/LinearSum.h"
#include "dialects/Ann/Transforms/Passes.h"

#include <cmath>

namespace snn::ann {
#define GEN_PASS_DEF_ANNRATE
#include "dialects/Ann/Transforms/Passes.h.inc"
} // namespace snn::ann

using namespace mlir;
using namespace snn::ann;

namespace {

/// T_k = T_1 + (k - 1) theta.
struct Even {
  double theta, first;
};

/// Of a row of thresholds; those that no sum reaches, or every sum, may be at
/// any distance.
std::optional<Even> evenDistances(ArrayRef<int64_t> row) {
  std::optional<int64_t> theta;
  size_t known = row.size();
  for (size_t k = 0; k + 1 < row.size(); ++k) {
    if (row[k] == INT32_MIN || row[k + 1] == INT32_MAX)
      continue;
    if (theta && row[k + 1] - row[k] != *theta)
      return std::nullopt;
    theta = row[k + 1] - row[k];
    known = std::min(known, k);
  }
  if (theta && *theta > 0)
    return Even{static_cast<double>(*theta),
                static_cast<double>(row[known]) -
                    static_cast<double>(known) * static_cast<double>(*theta)};
  return std::nullopt;
}

class Rate : public snn::ann::impl::AnnRateBase<Rate> {
public:
  using AnnRateBase::AnnRateBase;

private:
  int64_t steps = 0;
  double kappa = 0;

  void runOnOperation() override {
    NetworkOp network = getOperation();
    if (!(beta > 0 && beta <= 1 && start >= 0 && start < 1)) {
      network.emitOpError("cannot have units that keep ")
          << beta.getValue() << " of their potential and begin at "
          << start.getValue();
      return signalPassFailure();
    }
    for (auto op : network.getBody().getOps<ThresholdOp>())
      steps = std::max(steps, op.getTable().getShapedType().getDimSize(1));
    if (steps < 2) {
      network.emitOpError("has units of less than two levels, which no rate "
                          "stands for");
      return signalPassFailure();
    }
    kappa = meanPotential();
    if (failed(moveToWindow(network)))
      return signalPassFailure();
  }

  /// Mean potential of units that fire regularly, as a share of theta.
  double meanPotential() const {
    if (beta == 1)
      return 0;
    constexpr int most = 64, rates = 256;
    double best = 0, least = INFINITY;
    for (int k = 0; k <= most; ++k) {
      double share = static_cast<double>(k) / most, errors = 0;
      for (int r = 0; r <= rates; ++r) {
        double rate = static_cast<double>(r) / rates;
        double error = countAt(rate + (1 - beta) * share) -
                       rate * static_cast<double>(steps);
        errors += error * error;
      }
      if (errors < least) {
        least = errors;
        best = share;
      }
    }
    return best;
  }

  /// Spikes of a unit with theta 1 for a current.
  double countAt(double current) const {
    double u = start, count = 0;
    for (int64_t step = 0; step < steps; ++step) {
      u = beta * u + current;
      if (u < 1)
        continue;
      u = hard ? 0 : u - 1;
      ++count;
    }
    return count;
  }

  /// What a threshold depends on, of whole numbers, behind the input.
  static void collect(Value value, SetVector<Operation *> &ops) {
    Operation *op = value.getDefiningOp();
    if (isa<QuantizeOp, ConstantOp, InputOp>(op) || ops.contains(op))
      return;
    for (Value operand : op->getOperands())
      collect(operand, ops);
    ops.insert(op);
  }

  LogicalResult moveToWindow(NetworkOp network) {
    SetVector<Operation *> inside;
    Operation *last = nullptr;
    for (auto op : network.getBody().getOps<ThresholdOp>()) {
      collect(op.getResult(), inside);
      last = op;
    }
    SmallVector<Value> yielded;
    for (Operation *op : inside) {
      bool leaves = llvm::any_of(op->getUsers(), [&](Operation *user) {
        return !inside.contains(user);
      });
      if (leaves && isStatic(op->getResult(0)))
        return op->emitOpError("reaches an output without a unit between, "
                               "which no rate stands for");
      if (leaves)
        yielded.push_back(op->getResult(0));
    }
    OpBuilder builder(&getContext());
    builder.setInsertionPointAfter(last);
    OperationState state(last->getLoc(), WindowOp::getOperationName());
    state.addTypes(TypeRange(ValueRange(yielded)));
    state.addAttribute("steps", builder.getI64IntegerAttr(steps));
    state.addRegion()->emplaceBlock();
    auto window = cast<WindowOp>(builder.create(state));
    for (auto [value, result] : llvm::zip_equal(yielded, window.getResults()))
      value.replaceUsesWithIf(result, [&](OpOperand &use) {
        return !inside.contains(use.getOwner());
      });
    builder.setInsertionPointToEnd(&window.getBody().front());
    auto yield = YieldOp::create(builder, last->getLoc(), yielded);
    // What results feed follows the window, in its order.
    Operation *follows = window;
    for (Operation &op : llvm::make_early_inc_range(llvm::make_range(
             network.getBody().front().begin(), window->getIterator()))) {
      bool isFed = llvm::any_of(op.getOperands(), [&](Value operand) {
        Operation *from = operand.getDefiningOp();
        return from == window || window->isBeforeInBlock(from);
      });
      if (inside.contains(&op)) {
        op.moveBefore(yield);
      } else if (isFed) {
        op.moveAfter(follows);
        follows = &op;
      }
    }
    for (Operation *op : inside) {
      if (auto threshold = dyn_cast<ThresholdOp>(op)) {
        if (failed(replace(threshold)))
          return failure();
      } else if (isa<AddOp>(op) && op->getOperand(1).getDefiningOp() &&
                 isa<ConstantOp>(op->getOperand(1).getDefiningOp())) {
        return op->emitOpError("adds constants to counts, which no rate "
                               "stands for");
      }
    }
    return success();
  }

  /// Whether it is the same at each step.
  static bool isStatic(Value value) {
    return holds(value, [](Operation *op) {
      if (isa<QuantizeOp, ConstantOp>(op))
        return Answer::Yes;
      return isa<ThresholdOp, FireOp>(op) ? Answer::No : Answer::IfOfOperands;
    });
  }

  /// Whether any of the input is in it, unweighed by units.
  static bool hasInput(Value value) {
    return !holds(value, [](Operation *op) {
      if (isa<QuantizeOp>(op))
        return Answer::No;
      return isa<ThresholdOp, FireOp, ConstantOp>(op) ? Answer::Yes
                                                      : Answer::IfOfOperands;
    });
  }

  LogicalResult replace(ThresholdOp op) {
    bool isDriven = isStatic(op.getInput());
    if (!isDriven && hasInput(op.getInput()))
      return op.emitOpError("adds the input to counts, which no rate stands "
                            "for");
    Whole table = std::get<Whole>(numbersOf(op.getTable()));
    auto levels =
        static_cast<size_t>(op.getTable().getShapedType().getDimSize(1));
    // The input is there at each step: L times what the sum is.
    double times = isDriven ? static_cast<double>(steps) : 1;
    SmallVector<double> thetas, biases;
    for (size_t at = 0; at < table.size(); at += levels) {
      ArrayRef<int64_t> row(&table[at], levels);
      Even even{1, 0};
      if (row.front() == INT32_MAX || row.back() == INT32_MIN) {
        // Never, or at each step, whatever arrives: beyond all sums.
        even.theta = 0x1p31;
        even.first = row.front() == INT32_MAX ? 0x1p42 : -0x1p42;
      } else if (std::optional<Even> found = evenDistances(row)) {
        even = *found;
      } else {
        return op.emitOpError("has levels at different distances, which no "
                              "rate stands for");
      }
      double bias = even.theta / 2 - even.first;
      thetas.push_back(times * even.theta);
      biases.push_back(times * (bias / static_cast<double>(steps) +
                                (1 - beta) * kappa * even.theta));
    }
    OpBuilder builder(op);
    auto fire = FireOp::create(
        builder, op.getLoc(), op.getType(), op.getInput(),
        builder.getDenseF64ArrayAttr(thetas),
        builder.getDenseF64ArrayAttr(biases),
        builder.getI64IntegerAttr(static_cast<int64_t>(op.getAxis())),
        builder.getF64FloatAttr(beta), builder.getF64FloatAttr(start),
        hard ? builder.getUnitAttr() : UnitAttr(), DenseI64ArrayAttr());
    op.replaceAllUsesWith(fire.getResult());
    op.erase();
    ++numUnits;
    return success();
  }
};

} // namespace
