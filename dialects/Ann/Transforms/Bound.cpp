//===- Bound.cpp - No sum overflows -----------------------------*- C++ -*-===//
//
// |z| <= sum |w| n_max + |b|, element by element, where n_max is the number of
// levels: also what any partial sum, in any order, is bounded by.
//
//===----------------------------------------------------------------------===//
#include "dialects/Ann/Analysis/Intervals.h"
#include "dialects/Ann/Transforms/Passes.h"

#include <cmath>

namespace snn::ann {
#define GEN_PASS_DEF_ANNBOUND
#include "dialects/Ann/Transforms/Passes.h.inc"
} // namespace snn::ann

using namespace mlir;
using namespace snn::ann;

namespace {

class Bound : public snn::ann::impl::AnnBoundBase<Bound> {
  void runOnOperation() override {
    NetworkOp network = getOperation();
    // Quantised inputs have as many levels as they have, whatever is given.
    for (auto input : network.getBody().getOps<InputOp>())
      if (!input.getRange()) {
        constexpr double most = 1e30;
        input.setRangeAttr(
            DenseF64ArrayAttr::get(&getContext(), {-most, most}));
        unknown.push_back(input);
      }
    Intervals intervals;
    LogicalResult result = intervals.run(network);
    for (InputOp input : unknown)
      input.removeRangeAttr();
    if (failed(result))
      return signalPassFailure();
    for (Operation &op : network.getBody().front()) {
      if (op.getNumResults() != 1 || isa<ConstantOp>(op) ||
          !cast<RankedTensorType>(op.getResult(0).getType())
               .getElementType()
               .isInteger())
        continue;
      auto [low, high] = intervals.hull(op.getResult(0));
      // Partial sums lie between the sums of the negative and of the positive
      // terms; both are within these once 0 is, since counts begin at 0.
      low = std::min(low, 0.0);
      high = std::max(high, 0.0);
      if (std::max(-low, high) >= 0x1p31) {
        op.emitOpError("can reach ")
            << static_cast<int64_t>(-low > high ? low : high)
            << ", beyond 31 bits";
        return signalPassFailure();
      }
      op.setAttr(
          boundsAttribute,
          DenseI64ArrayAttr::get(&getContext(), {static_cast<int64_t>(low),
                                                 static_cast<int64_t>(high)}));
    }
  }

  SmallVector<InputOp> unknown;
};

} // namespace
