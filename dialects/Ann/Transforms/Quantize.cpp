//===- Quantize.cpp - Few levels for activations and weights ----*- C++ -*-===//
//
// Activations: scale = range/levels. Weights: with s_out the scale of the next
// quantisation and w_max the largest weight times the scale of what it weighs,
// Theta is the greatest odd whole number for which weights in units of
// s_out/Theta have 8 bits.
//
//===----------------------------------------------------------------------===//
#include "dialects/Ann/Analysis/Elements.h"
#include "dialects/Ann/Analysis/LinearSum.h"
#include "dialects/Ann/Transforms/Passes.h"

#include <cmath>

namespace snn::ann {
#define GEN_PASS_DEF_ANNQUANTIZE
#include "dialects/Ann/Transforms/Passes.h.inc"
} // namespace snn::ann

using namespace mlir;
using namespace snn::ann;

namespace {

/// The largest whole weight.
constexpr double MostWeight = 127;
/// Levels of the next quantisation are no finer than this.
constexpr double MostTheta = (1 << 20) - 1;
/// Thresholds below this are even or odd, above it odd.
constexpr double FineTheta = 64;
/// By what a scale exceeds an even threshold, so that no sum is on the middle
/// between two levels.
constexpr double Excess = 1 + 0x1p-12;

double oddBelow(double x) {
  x = std::floor(std::min(std::max(x, 1.0), MostTheta));
  return std::fmod(x, 2) == 0 ? x - 1 : x;
}

double oddAbove(double x) {
  x = std::ceil(std::max(x, 1.0));
  return std::fmod(x, 2) == 0 ? x + 1 : x;
}

class Quantize : public snn::ann::impl::AnnQuantizeBase<Quantize> {
public:
  using AnnQuantizeBase::AnnQuantizeBase;

private:
  void runOnOperation() override {
    NetworkOp network = getOperation();
    if (levels < 1 || levels > 255) {
      network.emitOpError("cannot have ") << levels.getValue() << " levels";
      return signalPassFailure();
    }
    for (Operation &op : llvm::make_early_inc_range(network.getBody().front()))
      if (failed(quantiseOperands(op)))
        return signalPassFailure();
    for (Operation &op : llvm::make_early_inc_range(network.getBody().front()))
      if (failed(chooseWeights(op)))
        return signalPassFailure();
  }

  /// Quantisations whose scale others have, too: it is not widened.
  DenseSet<Operation *> shared;

  //===--------------------------------------------------------------------===//
  // Activations
  //===--------------------------------------------------------------------===//

  LogicalResult quantiseOperands(Operation &op) {
    auto operand = [&](unsigned i) { return ensure(op.getOperand(i)); };
    if (isa<ConvOp, MatMulOp, SumPoolOp, MaxPoolOp>(op))
      return operand(0);
    if (movesElements(&op) && !isPreparation(op.getResult(0))) {
      for (unsigned i = 0; i < op.getNumOperands(); ++i)
        if (failed(operand(i)))
          return failure();
      auto concat = dyn_cast<ConcatOp>(op);
      return concat ? unify(concat) : success();
    }
    if (isa<AddOp>(op) && !isPreparation(op.getResult(0))) {
      // What others use, too, is quantised once.
      for (unsigned i = 0; i < 2; ++i)
        if (!op.getOperand(i).getDefiningOp<ConstantOp>() &&
            (!op.getOperand(i).hasOneUse() ||
             isPreparation(op.getOperand(i))) &&
            failed(operand(i)))
          return failure();
      return success();
    }
    if (isa<ApplyOp>(op) && !isPreparation(op.getResult(0)) &&
        !llvm::all_of(op.getUsers(), llvm::IsaPred<QuantizeOp>))
      return ensure(op.getResult(0));
    if (auto output = dyn_cast<OutputOp>(op))
      if (isPreparation(output.getValue()))
        return operand(0);
    return success();
  }

  LogicalResult ensure(Value value) {
    if (isQuantised(value))
      return success();
    if (value.getDefiningOp<ConstantOp>())
      return value.getDefiningOp()->emitOpError("has no activation in it");
    auto range =
        value.getDefiningOp()->getAttrOfType<DenseF64ArrayAttr>(rangeAttribute);
    if (!range)
      return value.getDefiningOp()->emitOpError("has no range");
    OpBuilder builder(&getContext());
    builder.setInsertionPointAfterValue(value);
    SmallPtrSet<Operation *, 1> kept;
    Value few = insert(builder, value, range[0], range[1], kept);
    value.replaceAllUsesExcept(few, kept);
    return success();
  }

  /// What is behind one another has one scale.
  LogicalResult unify(ConcatOp concat) {
    if (levelsOf(concat.getResult()))
      return success();
    double low = 0, high = 0;
    for (Value input : concat.getInputs()) {
      DequantizeOp back = levelsOf(input);
      if (!back)
        return concat.emitOpError("has an input of several scales");
      auto quantize = back.getInput().getDefiningOp<QuantizeOp>();
      if (!quantize)
        return concat.emitOpError("has an input of unknown range");
      double scale = back.getScales()[0];
      auto zero = static_cast<double>(back.getZeros()[0]);
      low = std::min(low, (static_cast<double>(quantize.getLowest()) - zero) *
                              scale);
      high = std::max(
          high, (static_cast<double>(quantize.getHighest()) - zero) * scale);
    }
    OpBuilder builder(concat);
    for (OpOperand &operand : concat->getOpOperands()) {
      SmallPtrSet<Operation *, 1> kept;
      operand.set(insert(builder, operand.get(), low, high, kept));
      shared.insert(kept.begin(), kept.end());
    }
    return success();
  }

  Value insert(OpBuilder &builder, Value value, double low, double high,
               SmallPtrSetImpl<Operation *> &made) {
    low = std::min(low, 0.0);
    high = std::max(high, 0.0);
    double scale = (high - low) / static_cast<double>(levels);
    if (!(scale > 0))
      scale = 1;
    auto zero = static_cast<int64_t>(roundHalfEven(-low / scale));
    Location loc = value.getLoc();
    auto quantize = QuantizeOp::create(
        builder, loc, value, builder.getF64FloatAttr(scale),
        builder.getI64IntegerAttr(zero), builder.getI64IntegerAttr(0),
        builder.getI64IntegerAttr(levels));
    made.insert(quantize);
    ++numQuantised;
    return DequantizeOp::create(builder, loc, quantize, {scale}, {zero}, 0);
  }

  //===--------------------------------------------------------------------===//
  // Weights
  //===--------------------------------------------------------------------===//

  LogicalResult chooseWeights(Operation &op) {
    auto quantize = dyn_cast<QuantizeOp>(op);
    auto output = dyn_cast<OutputOp>(op);
    if (!quantize && !output)
      return success();
    Value argument = quantize ? argumentOf(quantize) : output.getValue();
    if (isPreparation(argument) || (output && isQuantised(argument)))
      return success();
    FailureOr<LinearSum> sum = linearSumOf(argument);
    if (failed(sum))
      return failure();
    Reals units;
    if (failed(chooseUnits(*sum, quantize, units)))
      return failure();
    for (Term &term : sum->terms)
      if (term.hasWeights())
        replaceWeights(term, units);
    if (quantize)
      roundBias(quantize, argument, *sum, units);
    return success();
  }

  /// Adds to the bias what makes it a whole number of units: (k - 1/2) Theta
  /// less a whole number is then on no middle, either.
  void roundBias(QuantizeOp quantize, Value argument, const LinearSum &sum,
                 const Reals &units) {
    Reals more;
    for (auto [bias, unit] : llvm::zip_equal(sum.bias, units))
      more.push_back(roundHalfEven(bias / unit) * unit - bias);
    if (llvm::all_of(more, [](double term) { return term == 0; }))
      return;
    OpBuilder builder(&getContext());
    builder.setInsertionPointAfterValue(argument);
    auto type = cast<RankedTensorType>(argument.getType());
    SmallVector<int64_t> shape(static_cast<size_t>(type.getRank() - sum.axis),
                               1);
    shape[0] = static_cast<int64_t>(more.size());
    auto terms = RankedTensorType::get(shape, builder.getF32Type());
    auto constant = ConstantOp::create(builder, argument.getLoc(),
                                       attributeOf(more, terms));
    auto rounded =
        AddOp::create(builder, argument.getLoc(), argument, constant);
    Operation *user = quantize;
    while (user->getOperand(0) != argument)
      user = user->getOperand(0).getDefiningOp();
    user->setOperand(0, rounded);
  }

  /// What one unit of the sum is worth in each channel; may widen a scale.
  LogicalResult chooseUnits(const LinearSum &sum, QuantizeOp quantize,
                            Reals &units) {
    size_t channels = sum.bias.size();
    Reals largest(channels, 0);
    double plain = 0;
    for (const Term &term : sum.terms) {
      DequantizeOp levels = levelsOf(term.source);
      if (!levels)
        return term.source.getDefiningOp()->emitOpError(
            "has parts of different scales");
      double scale = levels.getScales()[0];
      Reals most(channels, 1);
      if (term.hasWeights())
        most = largestWeights(term, channels);
      for (size_t c = 0; c < channels; ++c) {
        double size = scale * std::abs(term.factor[c]) * most[c];
        if (term.hasWeights())
          largest[c] = std::max(largest[c], size);
        else
          plain = std::max(plain, size);
      }
    }
    double most = *llvm::max_element(largest);
    if (plain > 0) {
      // Whole multiples of the unit for what has no weights of its own.
      double times = most > 0 ? std::floor(MostWeight * plain / most) : 1;
      double unit = plain / std::min(std::max(times, 1.0), MostWeight);
      units.assign(channels, unit);
      if (quantize && !shared.contains(quantize))
        widen(quantize, unit);
      return success();
    }
    for (double weight : largest) {
      if (!quantize) {
        units.push_back(most > 0 ? most / MostWeight : 1);
        continue;
      }
      double scale = quantize.getScale().convertToDouble();
      units.push_back(scale / (weight > 0
                                   ? oddBelow(MostWeight * scale / weight)
                                   : MostWeight));
    }
    return success();
  }

  /// The largest weight of each channel.
  static Reals largestWeights(const Term &term, size_t channels) {
    Reals result(channels, 0);
    auto constant = dyn_cast<ConstantOp>(weightsOf(term));
    if (!constant)
      return result;
    Reals weights = std::get<Reals>(numbersOf(constant.getValue()));
    std::vector<int64_t> rows =
        indicesAlong(cast<RankedTensorType>(constant.getType()),
                     isa<ConvOp>(term.op) ? 0 : 1);
    for (auto [weight, row] : llvm::zip_equal(weights, rows)) {
      double &most = result[static_cast<size_t>(row)];
      most = std::max(most, std::abs(weight));
    }
    return result;
  }

  /// Makes a level a whole number of units, and no less than it was.
  void widen(QuantizeOp quantize, double unit) {
    double scale = quantize.getScale().convertToDouble();
    double theta = std::ceil(std::max(scale / unit, 1.0));
    double wider =
        theta < FineTheta ? theta * Excess * unit : oddAbove(theta) * unit;
    quantize.setScale(APFloat(wider));
    for (Operation *user : quantize->getUsers())
      if (auto back = dyn_cast<DequantizeOp>(user))
        back.setScales({wider});
  }

  void replaceWeights(const Term &term, const Reals &units) {
    auto constant = dyn_cast<ConstantOp>(weightsOf(term));
    if (!constant)
      return;
    double source = levelsOf(term.source).getScales()[0];
    int64_t axis = isa<ConvOp>(term.op) ? 0 : 1;
    auto type = cast<RankedTensorType>(constant.getType());
    SmallVector<double> scales;
    for (auto [unit, factor] : llvm::zip_equal(units, term.factor))
      scales.push_back(factor == 0 ? unit / source
                                   : unit / (source * std::abs(factor)));
    Reals weights = std::get<Reals>(numbersOf(constant.getValue()));
    Whole whole;
    for (auto [weight, row] :
         llvm::zip_equal(weights, indicesAlong(type, axis)))
      whole.push_back(static_cast<int64_t>(
          roundHalfEven(weight / scales[static_cast<size_t>(row)])));
    OpBuilder builder(term.op);
    auto wholeType =
        RankedTensorType::get(type.getShape(), builder.getI32Type());
    auto kept = ConstantOp::create(builder, constant.getLoc(),
                                   attributeOf(whole, wholeType));
    auto back = DequantizeOp::create(
        builder, constant.getLoc(), kept.getResult(), scales,
        SmallVector<int64_t>(scales.size(), 0), axis);
    term.op->setOperand(1, back);
    if (constant->use_empty())
      constant.erase();
  }
};

} // namespace
