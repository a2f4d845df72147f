//===- Fold.cpp - Constants and factors -------------------------*- C++ -*-===//
//
// What need not be computed for each input, is not.
//
//===----------------------------------------------------------------------===//
#include "dialects/Ann/Analysis/Elements.h"
#include "dialects/Ann/Analysis/LinearSum.h"
#include "dialects/Ann/Transforms/Passes.h"

#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace snn::ann {
#define GEN_PASS_DEF_ANNFOLD
#include "dialects/Ann/Transforms/Passes.h.inc"
} // namespace snn::ann

using namespace mlir;
using namespace snn::ann;

namespace {

ConstantOp constantOf(Value value) { return value.getDefiningOp<ConstantOp>(); }

/// An operator of constants is a constant. Quantised weights stay whole.
class EvaluateConstants : public RewritePattern {
public:
  explicit EvaluateConstants(MLIRContext *context)
      : RewritePattern(MatchAnyOpTypeTag(), 3, context) {}

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    if (op->getNumOperands() == 0 || op->getNumResults() != 1 ||
        isa<DequantizeOp, ConstantOp>(op) ||
        !llvm::all_of(op->getOperands(), constantOf))
      return failure();
    auto type = cast<RankedTensorType>(op->getResult(0).getType());
    // One number everywhere, however it is turned.
    if (auto same = isa<ReshapeOp, TransposeOp>(op)
                        ? dyn_cast<DenseElementsAttr>(
                              constantOf(op->getOperand(0)).getValue())
                        : nullptr;
        same && same.isSplat()) {
      rewriter.replaceOpWithNewOp<ConstantOp>(op, same.resizeSplat(type));
      return success();
    }
    Interpreter interpreter(op->getParentOfType<NetworkOp>());
    for (Value operand : op->getOperands())
      if (failed(interpreter.evaluate(*operand.getDefiningOp())))
        return failure();
    if (failed(interpreter.evaluate(*op)))
      return failure();
    rewriter.replaceOpWithNewOp<ConstantOp>(
        op, attributeOf(interpreter.of(op->getResult(0)), type));
    return success();
  }
};

/// (x w) g = x (w g), for a factor of each channel.
template <typename Weighing>
class FactorIntoWeights : public OpRewritePattern<MulOp> {
public:
  using OpRewritePattern<MulOp>::OpRewritePattern;

  LogicalResult matchAndRewrite(MulOp op,
                                PatternRewriter &rewriter) const override {
    auto weighing = op.getLhs().getDefiningOp<Weighing>();
    ConstantOp factor = constantOf(op.getRhs());
    ConstantOp weights = weighing ? constantOf(weighing.getWeights()) : nullptr;
    if (!factor || !weights || !weighing->hasOneUse() ||
        op.getType() != weighing.getType())
      return failure();
    auto type = cast<RankedTensorType>(op.getType());
    std::optional<Reals> factors =
        perChannel(factor, type, channelAxis(op.getLhs()));
    if (!factors)
      return failure();
    Reals numbers = std::get<Reals>(numbersOf(weights.getValue()));
    auto weightType = cast<RankedTensorType>(weights.getType());
    std::vector<int64_t> channels =
        indicesAlong(weightType, isa<ConvOp>(weighing) ? 0 : 1);
    for (auto [number, channel] : llvm::zip_equal(numbers, channels))
      number *= (*factors)[static_cast<size_t>(channel)];
    auto merged = ConstantOp::create(rewriter, weights.getLoc(),
                                     attributeOf(numbers, weightType));
    rewriter.modifyOpInPlace(weighing, [&] {
      weighing.getWeightsMutable().assign(merged.getResult());
    });
    rewriter.replaceOp(op, weighing.getResult());
    return success();
  }
};

/// (x + a) * g = x * g + a * g, so that factors meet their weights.
class FactorBeforeTerm : public OpRewritePattern<MulOp> {
public:
  using OpRewritePattern<MulOp>::OpRewritePattern;

  LogicalResult matchAndRewrite(MulOp op,
                                PatternRewriter &rewriter) const override {
    auto sum = op.getLhs().getDefiningOp<AddOp>();
    if (!sum || !constantOf(op.getRhs()) || !constantOf(sum.getRhs()) ||
        !sum->hasOneUse())
      return failure();
    auto scaled =
        MulOp::create(rewriter, op.getLoc(), sum.getLhs(), op.getRhs());
    auto added =
        MulOp::create(rewriter, op.getLoc(), sum.getRhs(), op.getRhs());
    rewriter.replaceOpWithNewOp<AddOp>(op, scaled, added);
    return success();
  }
};

/// (x + a) + b = x + (a + b), and the same for products.
template <typename Op>
class MergeConstants : public OpRewritePattern<Op> {
public:
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getLhs().template getDefiningOp<Op>();
    if (!inner || !constantOf(op.getRhs()) || !constantOf(inner.getRhs()) ||
        !inner->hasOneUse() || inner.getType() != op.getType())
      return failure();
    auto both = Op::create(rewriter, op.getLoc(), inner.getRhs(), op.getRhs());
    rewriter.replaceOpWithNewOp<Op>(op, inner.getLhs(), both);
    return success();
  }
};

/// The constant operand comes second.
template <typename Op>
class ConstantSecond : public OpRewritePattern<Op> {
public:
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    if (!constantOf(op.getLhs()) || constantOf(op.getRhs()))
      return failure();
    rewriter.replaceOpWithNewOp<Op>(op, op.getRhs(), op.getLhs());
    return success();
  }
};

/// f(max(x)) = max(f(x)), f(reshape(x)) = reshape(f(x)): a quantisation then
/// stands right behind a sum.
class ApplyFirst : public OpRewritePattern<ApplyOp> {
public:
  using OpRewritePattern<ApplyOp>::OpRewritePattern;

  LogicalResult matchAndRewrite(ApplyOp op,
                                PatternRewriter &rewriter) const override {
    Operation *moving = op.getInput().getDefiningOp();
    if (!isa_and_nonnull<MaxPoolOp, ReshapeOp, TransposeOp>(moving) ||
        !moving->hasOneUse())
      return failure();
    rewriter.setInsertionPoint(moving);
    auto applied =
        ApplyOp::create(rewriter, op.getLoc(), op.getFunction(),
                        moving->getOperand(0), op.getAlpha(), op.getBeta());
    rewriter.modifyOpInPlace(
        moving, [&] { moving->setOperand(0, applied.getResult()); });
    rewriter.replaceOp(op, moving->getResults());
    return success();
  }
};

/// It keeps the order of its elements. Any change of shape behind it goes, too:
/// an output is a list of numbers.
class DropLastSoftmax : public OpRewritePattern<OutputOp> {
public:
  using OpRewritePattern<OutputOp>::OpRewritePattern;

  LogicalResult matchAndRewrite(OutputOp op,
                                PatternRewriter &rewriter) const override {
    SoftmaxOp softmax = softmaxAt(op);
    if (!softmax)
      return failure();
    rewriter.modifyOpInPlace(
        op, [&] { op.getValueMutable().assign(softmax.getInput()); });
    return success();
  }
};

class Fold : public snn::ann::impl::AnnFoldBase<Fold> {
  void runOnOperation() override {
    MLIRContext *context = &getContext();
    size_t before = 0, after = 0;
    getOperation().walk([&](Operation *) { ++before; });
    RewritePatternSet patterns(context);
    patterns
        .add<EvaluateConstants, FactorIntoWeights<MatMulOp>,
             FactorIntoWeights<ConvOp>, FactorBeforeTerm, MergeConstants<AddOp>,
             MergeConstants<MulOp>, ConstantSecond<AddOp>,
             ConstantSecond<MulOp>, ApplyFirst, DropLastSoftmax>(context);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      return signalPassFailure();
    getOperation().walk([&](Operation *) { ++after; });
    numFolded += before > after ? before - after : 0;
  }
};

} // namespace
