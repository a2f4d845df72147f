//===- Folds.cpp - Folds and canonical forms --------------------*- C++ -*-===//
//
// Literals become constants of arith, so that its folds apply; a write that a
// later one of the same block overwrites unseen is dropped.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/IR/Ops.h"

#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace snn::spiking;

OpFoldResult QuantityOp::fold(FoldAdaptor) { return getValueAttr(); }

namespace {

/// write @V, %a; (nothing that reads) write @V, %b  ->  write @V, %b.
struct DropOverwritten : OpRewritePattern<WriteOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(WriteOp op,
                                PatternRewriter &rewriter) const override {
    for (Operation *next = op->getNextNode(); next;
         next = next->getNextNode()) {
      auto write = dyn_cast<WriteOp>(next);
      if (write && write.getState() == op.getState()) {
        rewriter.eraseOp(op);
        return success();
      }
      if (!write && !isMemoryEffectFree(next) && !readsAnother(next, op))
        return failure();
    }
    return failure();
  }

  static bool readsAnother(Operation *op, WriteOp write) {
    // A let may read the state; a state of another name is another state.
    auto read = dyn_cast<ReadOp>(op);
    return read && read.getVariable() != write.getState() &&
           isa_and_nonnull<StateOp>(lookupVariable(read, read.getVariable()));
  }
};

/// %v = read @V; (no write of @V) write @V, %v  ->  nothing.
struct DropUnchanged : OpRewritePattern<WriteOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(WriteOp op,
                                PatternRewriter &rewriter) const override {
    auto read = op.getValue().getDefiningOp<ReadOp>();
    if (!read || read.getVariable() != op.getState() ||
        read->getBlock() != op->getBlock())
      return failure();
    for (Operation *between = read->getNextNode(); between != op;
         between = between->getNextNode()) {
      auto write = dyn_cast<WriteOp>(between);
      if (write ? write.getState() == op.getState()
                : !isa<ReadOp>(between) && !isMemoryEffectFree(between))
        return failure();
    }
    rewriter.eraseOp(op);
    return success();
  }
};

/// write @V, %v; (no write of @V) %r = read @V  ->  %r = %v.
struct ForwardWritten : OpRewritePattern<ReadOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ReadOp op,
                                PatternRewriter &rewriter) const override {
    for (Operation *previous = op->getPrevNode(); previous;
         previous = previous->getPrevNode()) {
      auto write = dyn_cast<WriteOp>(previous);
      if (write && write.getState() == op.getVariable()) {
        rewriter.replaceOp(op, write.getValue());
        return success();
      }
      if (!write && !isa<ReadOp>(previous) && !isMemoryEffectFree(previous))
        return failure();
    }
    return failure();
  }
};

} // namespace

void WriteOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                          MLIRContext *context) {
  patterns.add<DropOverwritten, DropUnchanged>(context);
}

void ReadOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                         MLIRContext *context) {
  patterns.add<ForwardWritten>(context);
}
