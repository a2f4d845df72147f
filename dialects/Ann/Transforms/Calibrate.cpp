//===- Calibrate.cpp - Ranges of values -------------------------*- C++ -*-===//
//
// From samples: a first run over them finds the extremes of each value, a
// second one how its elements are distributed between them. Without samples:
// interval arithmetic.
//
//===----------------------------------------------------------------------===//
#include "dialects/Ann/Analysis/Intervals.h"
#include "dialects/Ann/Transforms/Passes.h"

#include <cmath>

namespace snn::ann {
#define GEN_PASS_DEF_ANNCALIBRATE
#include "dialects/Ann/Transforms/Passes.h.inc"
} // namespace snn::ann

using namespace mlir;
using namespace snn::ann;

namespace {

constexpr size_t Bins = 4096;

struct Distribution {
  double low = INFINITY, high = -INFINITY;
  std::vector<uint64_t> bins = {};

  void widen(const Reals &elements) {
    for (double element : elements) {
      low = std::min(low, element);
      high = std::max(high, element);
    }
  }

  void count(const Reals &elements) {
    bins.resize(Bins);
    double width = (high - low) / Bins;
    for (double element : elements)
      ++bins[width > 0 ? std::min(Bins - 1,
                                  static_cast<size_t>((element - low) / width))
                       : 0];
  }

  /// The ends without the share `outside` on each side; elements that are zero,
  /// as most are behind a ReLU, do not count.
  std::pair<double, double> within(double outside) const {
    double width = (high - low) / Bins;
    auto zeroBin = low <= 0 && high >= 0 && width > 0
                       ? std::min(Bins - 1, static_cast<size_t>(-low / width))
                       : Bins;
    uint64_t all = 0;
    for (size_t i = 0; i < Bins; ++i)
      all += i == zeroBin ? 0 : bins[i];
    auto most = static_cast<uint64_t>(outside * static_cast<double>(all));
    size_t first = 0, last = Bins;
    for (uint64_t left = 0; first < Bins; ++first) {
      left += first == zeroBin ? 0 : bins[first];
      if (left > most)
        break;
    }
    for (uint64_t left = 0; last > first + 1; --last) {
      left += last - 1 == zeroBin ? 0 : bins[last - 1];
      if (left > most)
        break;
    }
    double from = low + static_cast<double>(first) * width,
           to = low + static_cast<double>(last) * width;
    if (zeroBin < Bins && bins[zeroBin] > 0)
      return {std::min(from, 0.0), std::max(to, 0.0)};
    return {from, to};
  }
};

class Calibrate : public snn::ann::impl::AnnCalibrateBase<Calibrate> {
public:
  using AnnCalibrateBase::AnnCalibrateBase;

private:
  void runOnOperation() override {
    NetworkOp network = getOperation();
    if (!(percentile > 50 && percentile <= 100)) {
      network.emitOpError("cannot be calibrated to ")
          << percentile.getValue() << " percent";
      return signalPassFailure();
    }
    if (failed(network.getSamples() ? fromSamples(network)
                                    : fromBounds(network)))
      signalPassFailure();
  }

  static bool isReal(Operation &op) {
    return op.getNumResults() == 1 && !isa<ConstantOp>(op) &&
           cast<RankedTensorType>(op.getResult(0).getType())
               .getElementType()
               .isF32();
  }

  void note(Operation &op, double low, double high) {
    op.setAttr(rangeAttribute,
               DenseF64ArrayAttr::get(&getContext(), {low, high}));
  }

  LogicalResult fromBounds(NetworkOp network) {
    Intervals intervals;
    if (failed(intervals.run(network)))
      return failure();
    for (Operation &op : network.getBody().front())
      if (isReal(op)) {
        auto [low, high] = intervals.hull(op.getResult(0));
        note(op, low, high);
      }
    return success();
  }

  LogicalResult fromSamples(NetworkOp network) {
    auto inputs = llvm::to_vector(network.getBody().getOps<InputOp>());
    if (inputs.size() != 1)
      return network.emitOpError("has ")
             << inputs.size() << " inputs; samples are for one";
    InputOp input = inputs[0];
    Reals samples = std::get<Reals>(numbersOf(*network.getSamples()));
    auto width = static_cast<size_t>(input.getType().getNumElements());
    if (samples.empty() || samples.size() % width != 0)
      return network.emitOpError("has samples of ")
             << samples.size() << " numbers for an input of " << width;
    llvm::MapVector<Operation *, Distribution> distributions;
    Interpreter interpreter(network);
    auto forEach = [&](auto look) -> LogicalResult {
      for (size_t at = 0; at < samples.size(); at += width) {
        auto begin = samples.begin() + static_cast<ptrdiff_t>(at);
        interpreter.give(input,
                         Reals(begin, begin + static_cast<ptrdiff_t>(width)));
        if (failed(interpreter.run()))
          return failure();
        for (Operation &op : network.getBody().front())
          if (isReal(op))
            look(distributions[&op],
                 std::get<Reals>(interpreter.of(op.getResult(0))));
      }
      return success();
    };
    if (failed(forEach([](Distribution &d, const Reals &x) { d.widen(x); })) ||
        failed(forEach([](Distribution &d, const Reals &x) { d.count(x); })))
      return failure();
    for (auto &[op, distribution] : distributions) {
      // Of what the network is given nothing is cut off.
      auto [low, high] = isa<InputOp>(op)
                             ? std::pair(distribution.low, distribution.high)
                             : distribution.within(1 - percentile / 100);
      note(*op, low, high);
    }
    return success();
  }
};

} // namespace
