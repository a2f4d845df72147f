//===- Certify.cpp - What exact conversion rests on -------------*- C++ -*-===//
//
// The fixpoint lemma: a unit that has taken in all of z and then fires while
// its potential is at or above the next threshold, at most once a step for as
// many steps as there are levels, emits #{k : z >= T_k}, in whatever order its
// input came. It needs whole numbers, sums that do not overflow, thresholds
// that ascend, and arguments that are sums of weighted counts. Here they are
// checked.
//
//===----------------------------------------------------------------------===//
#include "dialects/Ann/Analysis/Elements.h"
#include "dialects/Ann/Analysis/LinearSum.h"
#include "dialects/Ann/Transforms/Passes.h"

namespace snn::ann {
#define GEN_PASS_DEF_ANNCERTIFY
#include "dialects/Ann/Transforms/Passes.h.inc"
} // namespace snn::ann

using namespace mlir;
using namespace snn::ann;

namespace {

bool isWhole(Value value) {
  return cast<RankedTensorType>(value.getType()).getElementType().isInteger();
}

/// Whether elements are counts: what units emit.
bool isCount(Value value) {
  return holds(value, [](Operation *op) {
    if (isa<ThresholdOp, QuantizeOp>(op))
      return Answer::Yes;
    return movesElements(op) || isa<MaxPoolOp>(op) ? Answer::IfOfOperands
                                                   : Answer::No;
  });
}

/// Whether elements are sums of weighted counts and constants.
bool isLinear(Value value) {
  return holds(value, [](Operation *op) {
    if (isa<ConstantOp>(op) || isCount(op->getResult(0)))
      return Answer::Yes;
    if (isa<MatMulOp, ConvOp, MulOp>(op))
      return op->getOperand(1).getDefiningOp<ConstantOp>()
                 ? Answer::IfOfOperands
                 : Answer::No;
    return isa<AddOp, SumPoolOp>(op) || movesElements(op) ? Answer::IfOfOperands
                                                          : Answer::No;
  });
}

class Certify : public snn::ann::impl::AnnCertifyBase<Certify> {
  void runOnOperation() override {
    int64_t thresholds = 0, maxima = 0, largest = 0;
    for (Operation &op : getOperation().getBody().front()) {
      if (failed(check(op)))
        return signalPassFailure();
      thresholds += isa<ThresholdOp>(op);
      maxima += isa<MaxPoolOp>(op);
      if (auto bounds = op.getAttrOfType<DenseI64ArrayAttr>(boundsAttribute))
        for (int64_t bound : bounds.asArrayRef())
          largest = std::max(largest, std::abs(bound));
    }
    Builder builder(&getContext());
    getOperation().setCertificateAttr(builder.getDictionaryAttr({
        builder.getNamedAttr("integers_only", builder.getBoolAttr(true)),
        builder.getNamedAttr("no_overflow", builder.getBoolAttr(true)),
        builder.getNamedAttr("thresholds_ascend", builder.getBoolAttr(true)),
        builder.getNamedAttr("arguments_linear", builder.getBoolAttr(true)),
        builder.getNamedAttr("maxima_of_counts", builder.getBoolAttr(true)),
        builder.getNamedAttr("thresholds",
                             builder.getI64IntegerAttr(thresholds)),
        builder.getNamedAttr("maxima", builder.getI64IntegerAttr(maxima)),
        builder.getNamedAttr("largest_sum", builder.getI64IntegerAttr(largest)),
    }));
  }

  LogicalResult check(Operation &op) {
    if (isa<ConstantOp, InputOp>(op))
      return success();
    if (auto output = dyn_cast<OutputOp>(op)) {
      if (!isWhole(output.getValue()))
        return op.emitOpError("gives reals");
      return isLinear(output.getValue())
                 ? success()
                 : op.emitOpError("gives no sum of weighted counts");
    }
    if (!isWhole(op.getResult(0)))
      return isPreparation(op.getResult(0))
                 ? success()
                 : op.emitOpError("computes reals behind the quantisation of "
                                  "the input");
    if (!op.hasAttr(boundsAttribute))
      return op.emitOpError("has no bounds");
    if (isa<QuantizeOp>(op))
      return isPreparation(op.getOperand(0))
                 ? success()
                 : op.emitOpError("quantises what is no input");
    // That rows ascend is what the operation's verifier asks.
    if (auto threshold = dyn_cast<ThresholdOp>(op))
      return isLinear(threshold.getInput())
                 ? success()
                 : op.emitOpError("counts thresholds of no weighted sum");
    if (auto max = dyn_cast<MaxPoolOp>(op))
      return isCount(max.getInput())
                 ? success()
                 : op.emitOpError("is the maximum of what are no counts");
    return isLinear(op.getResult(0))
               ? success()
               : op.emitOpError("is no sum of weighted counts");
  }
};

} // namespace
