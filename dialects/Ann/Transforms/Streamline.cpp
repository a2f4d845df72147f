//===- Streamline.cpp - Integer sums and thresholds -------------*- C++ -*-===//
//
// With units u_c of its sum, a quantised activation is
//   n = Q(f(u_c (z - o_c) + b_c)),  z = sum_i m_ic sum_j q_ij n_j,
// where m are the scales of terms in units, and o what their zeros come to. As
// f and Q are monotone and u > 0, n = #{k : z >= T_ck}.
//
//===----------------------------------------------------------------------===//
#include "dialects/Ann/Analysis/Elements.h"
#include "dialects/Ann/Analysis/LinearSum.h"
#include "dialects/Ann/Transforms/Passes.h"

#include "mlir/IR/IRMapping.h"

#include <cmath>

namespace snn::ann {
#define GEN_PASS_DEF_ANNSTREAMLINE
#include "dialects/Ann/Transforms/Passes.h.inc"
} // namespace snn::ann

using namespace mlir;
using namespace snn::ann;

namespace {

/// How far a ratio of scales may be from a whole number, by rounding alone.
constexpr double Rounding = 1e-9;
/// Parts of the least scale in which other ones are expressed.
constexpr double Parts = 64;

/// A sum in whole numbers.
struct WholeSum {
  Value value;
  /// What a 1 is worth, and what 0 is, in each channel.
  Reals units;
  Whole offsets;
};

class Streamline : public snn::ann::impl::AnnStreamlineBase<Streamline> {
  void runOnOperation() override {
    NetworkOp network = getOperation();
    builder.emplace(&getContext());
    for (Operation &op :
         llvm::make_early_inc_range(network.getBody().front())) {
      LogicalResult result = success();
      builder->setInsertionPoint(&op);
      if (auto quantize = dyn_cast<QuantizeOp>(op))
        result = convert(quantize);
      else if (auto output = dyn_cast<OutputOp>(op))
        result = convert(output);
      if (failed(result))
        return signalPassFailure();
    }
    for (Operation &op :
         llvm::make_early_inc_range(llvm::reverse(network.getBody().front())))
      if (op.use_empty() && !isa<InputOp, OutputOp>(op))
        op.erase();
    if (isInexact)
      network->setAttr("ann.inexact", builder->getUnitAttr());
  }

  std::optional<OpBuilder> builder;
  /// Counts of quantised values.
  DenseMap<Value, Value> counts;
  bool isInexact = false;

  //===--------------------------------------------------------------------===//
  // Counts
  //===--------------------------------------------------------------------===//

  static int64_t lowestOf(DequantizeOp back) {
    auto quantize = back.getInput().getDefiningOp<QuantizeOp>();
    return quantize ? static_cast<int64_t>(quantize.getLowest()) : 0;
  }

  /// The count that stands for 0.
  static int64_t zeroOf(DequantizeOp back) {
    return back.getZeros()[0] - lowestOf(back);
  }

  /// Counts, from 0, of a quantised value.
  FailureOr<Value> countsOf(Value value) {
    if (Value known = counts.lookup(value))
      return known;
    Operation *op = value.getDefiningOp();
    if (auto back = dyn_cast<DequantizeOp>(op)) {
      if (Value known = counts.lookup(back.getInput()))
        return known;
      return op->emitOpError("is of no quantisation");
    }
    IRMapping mapping;
    for (Value operand : op->getOperands()) {
      FailureOr<Value> whole = countsOf(operand);
      if (failed(whole))
        return failure();
      mapping.map(operand, *whole);
    }
    Operation *copy = builder->clone(*op, mapping);
    copy->removeAttr(rangeAttribute);
    copy->getResult(0).setType(
        cast<RankedTensorType>(value.getType()).clone(builder->getI32Type()));
    if (auto pad = dyn_cast<PadOp>(copy)) {
      DequantizeOp back = levelsOf(value);
      if (!back)
        return op->emitOpError("has parts of different scales");
      double around = pad.getValue().convertToDouble() / back.getScales()[0];
      pad.setValue(
          APFloat(roundHalfEven(around) + static_cast<double>(zeroOf(back))));
    }
    return counts[value] = copy->getResult(0);
  }

  //===--------------------------------------------------------------------===//
  // Sums
  //===--------------------------------------------------------------------===//

  Value constant(Location loc, ArrayRef<int64_t> shape, Whole numbers) {
    auto type = RankedTensorType::get(shape, builder->getI32Type());
    return ConstantOp::create(*builder, loc, attributeOf(numbers, type));
  }

  /// A number for each channel, shaped to go together with a value.
  Value forChannels(Value value, int64_t axis, Whole numbers) {
    auto type = cast<RankedTensorType>(value.getType());
    SmallVector<int64_t> shape(static_cast<size_t>(type.getRank() - axis), 1);
    if (llvm::all_equal(numbers))
      numbers.resize(1);
    shape[0] = static_cast<int64_t>(numbers.size());
    return constant(value.getLoc(), shape, std::move(numbers));
  }

  /// `ann.pad` in place of what a window adds, where 0 is not the count 0.
  Value padded(Value value, ArrayRef<int64_t> pads, int64_t zero) {
    size_t axes = pads.size() / 2;
    SmallVector<int64_t> low(2, 0), high(2, 0);
    low.append(pads.begin(), pads.begin() + axes);
    high.append(pads.begin() + axes, pads.end());
    return PadOp::create(*builder, value.getLoc(), value, low, high,
                         APFloat(static_cast<double>(zero)));
  }

  static bool isZero(ArrayRef<int64_t> numbers) {
    return llvm::all_of(numbers, [](int64_t number) { return number == 0; });
  }

  /// The scale of each channel's weights; ones without weights.
  static Reals weightScales(const Term &term, size_t channels) {
    Reals scales(channels, 1);
    if (!term.hasWeights())
      return scales;
    auto back = dyn_cast<DequantizeOp>(weightsOf(term));
    for (size_t c = 0; back && c < channels; ++c)
      scales[c] = back.getScales()[back.getScales().size() == 1 ? 0 : c];
    return scales;
  }

  FailureOr<WholeSum> build(const LinearSum &sum, bool oneUnit) {
    size_t channels = sum.bias.size();
    std::vector<Reals> scales;
    for (const Term &term : sum.terms) {
      DequantizeOp levels = levelsOf(term.source);
      if (!levels)
        return term.source.getDefiningOp()->emitOpError(
            "has parts of different scales");
      if (term.hasWeights() && !isa<DequantizeOp>(weightsOf(term)))
        return term.op->emitOpError("has weights that are not quantised");
      Reals scale = weightScales(term, channels);
      for (size_t c = 0; c < channels; ++c)
        scale[c] *= term.factor[c] * levels.getScales()[0];
      scales.push_back(std::move(scale));
    }
    WholeSum result{nullptr, unitsOf(scales, channels, oneUnit),
                    Whole(channels, 0)};
    for (auto [term, scale] : llvm::zip_equal(sum.terms, scales)) {
      Whole times;
      for (auto [element, unit] : llvm::zip_equal(scale, result.units))
        times.push_back(static_cast<int64_t>(roundHalfEven(element / unit)));
      FailureOr<Value> part = convert(term, sum.axis, times, result.offsets);
      if (failed(part))
        return failure();
      result.value = result.value ? AddOp::create(*builder, part->getLoc(),
                                                  result.value, *part)
                                        .getResult()
                                  : *part;
    }
    return result;
  }

  /// The largest units of which all scales are whole multiples.
  Reals unitsOf(const std::vector<Reals> &scales, size_t channels,
                bool oneUnit) {
    Reals units(channels, INFINITY);
    for (const Reals &scale : scales)
      for (size_t c = 0; c < channels; ++c)
        if (scale[c] != 0)
          units[c] = std::min(units[c], std::abs(scale[c]));
    if (oneUnit)
      units.assign(channels, *llvm::min_element(units));
    bool isExact = true;
    for (size_t c = 0; c < channels; ++c) {
      if (std::isinf(units[c]))
        units[c] = 1;
      for (const Reals &scale : scales) {
        double ratio = scale[c] / units[c];
        isExact &= std::abs(ratio - roundHalfEven(ratio)) <=
                   Rounding * std::max(std::abs(ratio), 1.0);
      }
    }
    isInexact |= !isExact;
    for (double &unit : units)
      unit /= isExact ? 1 : Parts;
    return units;
  }

  /// One term in whole numbers; adds to the offsets what its zero comes to.
  FailureOr<Value> convert(const Term &term, int64_t axis, Whole times,
                           Whole &offsets) {
    FailureOr<Value> source = countsOf(term.source);
    if (failed(source))
      return failure();
    int64_t zero = zeroOf(levelsOf(term.source));
    Value part = *source;
    int64_t weighed = 1;
    if (auto pool = dyn_cast_or_null<SumPoolOp>(term.op)) {
      for (int64_t size : pool.getKernel())
        weighed *= size;
      SmallVector<int64_t> pads(pool.getPads());
      // Where each sum has its share, zeros that are met come to it everywhere.
      if (pool.getShare())
        weighed = static_cast<int64_t>(*pool.getShare());
      else if (zero != 0 && !isZero(pads)) {
        part = padded(part, pads, zero);
        pads.assign(pads.size(), 0);
      }
      part = SumPoolOp::create(*builder, pool.getLoc(), part, pool.getKernel(),
                               pool.getStrides(), pads, pool.getShareAttr());
    }
    if (term.hasWeights())
      return weigh(term, part, zero, times, offsets);
    for (auto [offset, factor] : llvm::zip_equal(offsets, times))
      offset += zero * weighed * factor;
    if (llvm::all_of(times, [](int64_t factor) { return factor == 1; }))
      return part;
    Value factors = forChannels(part, axis, times);
    return MulOp::create(*builder, part.getLoc(), part, factors).getResult();
  }

  FailureOr<Value> weigh(const Term &term, Value part, int64_t zero,
                         const Whole &times, Whole &offsets) {
    auto back = cast<DequantizeOp>(weightsOf(term));
    auto given = back.getInput().getDefiningOp<ConstantOp>();
    Whole weights = std::get<Whole>(numbersOf(given.getValue()));
    auto type = cast<RankedTensorType>(given.getType());
    bool isConv = isa<ConvOp>(term.op);
    if (back.getScales().size() > 1 &&
        static_cast<int64_t>(back.getAxis()) != (isConv ? 0 : 1))
      return back.emitOpError("has scales along another axis than that of "
                              "channels");
    for (auto [weight, row] :
         llvm::zip_equal(weights, indicesAlong(type, isConv ? 0 : 1))) {
      auto c = static_cast<size_t>(row);
      weight -= back.getZeros()[back.getZeros().size() == 1 ? 0 : c];
      weight *= times[c];
      if (weight != static_cast<int32_t>(weight))
        return term.op->emitOpError("has weights beyond 32 bits");
      offsets[c] += zero * weight;
    }
    Value whole = constant(given.getLoc(), type.getShape(), weights);
    if (!isConv)
      return MatMulOp::create(*builder, term.op->getLoc(), part, whole)
          .getResult();
    auto conv = cast<ConvOp>(term.op);
    SmallVector<int64_t> pads(conv.getPads());
    if (zero != 0 && !isZero(pads)) {
      part = padded(part, pads, zero);
      pads.assign(pads.size(), 0);
    }
    return ConvOp::create(*builder, conv.getLoc(), part, whole,
                          conv.getStrides(), pads, conv.getDilations(),
                          conv.getGroups())
        .getResult();
  }

  //===--------------------------------------------------------------------===//
  // Quantisations and outputs
  //===--------------------------------------------------------------------===//

  LogicalResult convert(QuantizeOp op) {
    auto lowest = static_cast<int64_t>(op.getLowest()),
         highest = static_cast<int64_t>(op.getHighest()),
         zero = static_cast<int64_t>(op.getZero());
    if (isPreparation(op.getInput())) {
      counts[op.getResult()] = QuantizeOp::create(
          *builder, op.getLoc(), op.getInput(), op.getScaleAttr(),
          builder->getI64IntegerAttr(zero - lowest),
          builder->getI64IntegerAttr(0),
          builder->getI64IntegerAttr(highest - lowest));
      return success();
    }
    FailureOr<LinearSum> sum = linearSumOf(argumentOf(op));
    if (failed(sum))
      return failure();
    FailureOr<WholeSum> whole = build(*sum, false);
    if (failed(whole))
      return failure();
    int64_t levels = highest - lowest;
    SmallVector<int32_t> table;
    for (size_t c = 0; c < sum->bias.size(); ++c)
      for (int64_t k = 1; k <= levels; ++k)
        table.push_back(leastSum(op, *whole, sum->bias[c], c, lowest + k));
    auto rows = static_cast<int64_t>(sum->bias.size());
    if (isOneRow(table, static_cast<size_t>(levels))) {
      table.resize(static_cast<size_t>(levels));
      rows = 1;
    }
    auto type = RankedTensorType::get({rows, levels}, builder->getI32Type());
    counts[op.getResult()] = ThresholdOp::create(
        *builder, op.getLoc(), whole->value,
        DenseIntElementsAttr::get(type, ArrayRef<int32_t>(table)), sum->axis);
    ++numThresholds;
    return success();
  }

  static bool isOneRow(ArrayRef<int32_t> table, size_t levels) {
    for (size_t at = levels; at < table.size(); ++at)
      if (table[at] != table[at - levels])
        return false;
    return true;
  }

  /// The least sum that is quantised to `level` or above.
  static int32_t leastSum(QuantizeOp op, const WholeSum &sum, double bias,
                          size_t c, int64_t level) {
    SmallVector<ApplyOp> functions;
    for (Value value = op.getInput();
         auto apply = value.getDefiningOp<ApplyOp>(); value = apply.getInput())
      functions.push_back(apply);
    auto reaches = [&](int64_t z) {
      double x = static_cast<double>(z - sum.offsets[c]) * sum.units[c] + bias;
      for (ApplyOp apply : llvm::reverse(functions))
        x = applyFunction(apply, x);
      return quantizeNumber(op, x) >= level;
    };
    int64_t below = INT32_MIN, above = INT32_MAX;
    if (reaches(below))
      return INT32_MIN;
    if (!reaches(above))
      return INT32_MAX;
    while (above - below > 1) {
      int64_t middle = below + (above - below) / 2;
      (reaches(middle) ? above : below) = middle;
    }
    return static_cast<int32_t>(above);
  }

  LogicalResult convert(OutputOp op) {
    Value value = op.getValue();
    if (cast<RankedTensorType>(value.getType()).getElementType().isInteger()) {
      // Quantised by the network itself.
      Value whole = counts.lookup(value);
      auto quantize = value.getDefiningOp<QuantizeOp>();
      if (!whole || !quantize)
        return op.emitOpError("gives whole numbers of no quantisation");
      op.getValueMutable().assign(whole);
      op.setScaleAttr(quantize.getScaleAttr());
      op.setZero(quantize.getZero() - quantize.getLowest());
      return success();
    }
    if (isQuantised(value)) {
      FailureOr<Value> whole = countsOf(value);
      if (failed(whole))
        return failure();
      DequantizeOp back = levelsOf(value);
      if (!back)
        return op.emitOpError("has parts of different scales");
      op.getValueMutable().assign(*whole);
      op.setScale(APFloat(back.getScales()[0]));
      op.setZero(zeroOf(back));
      return success();
    }
    FailureOr<LinearSum> sum = linearSumOf(value);
    if (failed(sum))
      return failure();
    FailureOr<WholeSum> whole = build(*sum, true);
    if (failed(whole))
      return failure();
    double unit = whole->units[0];
    Whole bias;
    for (auto [given, offset] : llvm::zip_equal(sum->bias, whole->offsets))
      bias.push_back(static_cast<int64_t>(roundHalfEven(given / unit)) -
                     offset);
    Value result = whole->value;
    if (!isZero(bias))
      result = AddOp::create(*builder, op.getLoc(), result,
                             forChannels(result, sum->axis, bias));
    op.getValueMutable().assign(result);
    op.setScale(APFloat(unit));
    op.setZero(0);
    return success();
  }
};

} // namespace
