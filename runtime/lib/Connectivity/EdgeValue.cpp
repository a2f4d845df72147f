//===- EdgeValue.cpp - Weights and delays of edges ------------------------===//
//
// Redraw and clip come before rounding. Where a quantile has a curve, that
// defines the value of a word. A table is the same function as the quantile.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/EdgeValue.h"

#include "runtime/lib/Math/Bits.h"

#include <cmath>

using namespace snn::runtime;

namespace {

constexpr unsigned BucketBits = 12;

/// Fewer edges are drawn sooner than a table is made.
constexpr double LeastTabulated = 20000;

} // namespace

EdgeFault EdgeValue::create(const snn_value &description, Key key,
                            double theUnit, int64_t theLeast, int64_t theMost,
                            double edges, QuantileShelf &shelf) {
  value = description;
  arsKey = ArsKey(key);
  unit = theUnit;
  least = static_cast<double>(theLeast);
  most = static_cast<double>(theMost);
  hasWord = isQuantile(value);
  bool conditional =
      value.redraw_low != -HUGE_VAL || value.redraw_high != HUGE_VAL;
  if (conditional && value.kind == SNN_CATEGORICAL)
    hasWord = false; // not in the order of its values
  else if (conditional && hasWord && !boundProbability())
    return EdgeFault::NoDraw;
  if (isConstant()) {
    if (!isWithinRedraw(value, value.a))
      return EdgeFault::NoDraw;
    real = clip(value, value.a);
    return unit == 0 ? EdgeFault::None : round(real, whole);
  }
  if (!hasWord || unit == 0)
    return EdgeFault::None;
  QuantileShelf::Quantile *quantile =
      shelf.get({value, unit, least, most}, unitsOfWord, this);
  if (!quantile)
    return EdgeFault::NoMemory;
  // Between two samples, a category could go unseen.
  if (quantile->hasCurve && value.kind != SNN_CATEGORICAL) {
    curve = &quantile->curve;
    return EdgeFault::None;
  }
  if (edges < LeastTabulated)
    return EdgeFault::None;
  stair = shelf.stair(*quantile, BucketBits, wholeOfWord, this);
  if (!stair)
    return EdgeFault::NoMemory;
  if (stair->empty())
    stair = nullptr;
  return EdgeFault::None;
}

EdgeFault EdgeValue::round(double x, int64_t &result) const {
  double rounded = roundHalfEven(x / unit);
  if (!(rounded >= least && rounded <= most))
    return EdgeFault::OutOfRange;
  result = static_cast<int64_t>(rounded);
  return EdgeFault::None;
}

/// Of the 2^52 probabilities that a draw can have, those whose quantile is
/// inside the bounds. False if they are so few that redrawing would not end.
bool EdgeValue::boundProbability() {
  constexpr uint64_t all = uint64_t{1} << 52;
  auto at = [&](uint64_t k) {
    return quantile(value, (static_cast<double>(k) + 0.5) * 0x1p-52);
  };
  // The first of 0 .. all for which `inside` holds; it goes on holding.
  auto first = [&](auto inside) {
    uint64_t low = 0, high = all;
    while (low < high) {
      uint64_t middle = low + (high - low) / 2;
      if (inside(at(middle)))
        high = middle;
      else
        low = middle + 1;
    }
    return low;
  };
  uint64_t begin = first([&](double x) { return x >= value.redraw_low; });
  uint64_t end = first([&](double x) { return x > value.redraw_high; });
  // At least as many as words.
  if (end < begin || end - begin < uint64_t{1} << 32)
    return false;
  firstP = static_cast<double>(begin) * 0x1p-52;
  spanP = static_cast<double>(end - begin) * 0x1p-52;
  return true;
}

double EdgeValue::realOfWord(uint32_t word) const {
  double x = quantile(value, firstP + spanP * toUnit(word));
  // Rounding may have taken it over an edge.
  x = x < value.redraw_low ? value.redraw_low : x;
  x = x > value.redraw_high ? value.redraw_high : x;
  return clip(value, x);
}

bool EdgeValue::wholeOfWord(const void *self, uint32_t word, int64_t &result) {
  const auto &edge = *static_cast<const EdgeValue *>(self);
  return edge.round(edge.realOfWord(word), result) == EdgeFault::None;
}

EdgeFault EdgeValue::drawReal(uint32_t word, EdgePlace place,
                              double &result) const {
  if (hasWord) {
    result = realOfWord(word);
    return EdgeFault::None;
  }
  Words words = Words::ofItem(arsKey, place.item, place.high);
  return draw(value, words, result) ? EdgeFault::None : EdgeFault::NoDraw;
}

EdgeFault EdgeValue::computeWhole(uint32_t word, EdgePlace place,
                                  int64_t &result) const {
  double x;
  EdgeFault fault = drawReal(word, place, x);
  return fault == EdgeFault::None ? round(x, result) : fault;
}

bool EdgeValue::isWithin(int64_t low, int64_t high) const {
  auto holds = [&](int64_t value) { return value >= low && value <= high; };
  if (isConstant())
    return holds(whole);
  // A quantile is monotonic in the word; its curve may round the other way.
  int64_t first, last, slack = curve ? 1 : 0;
  return hasWord && value.kind != SNN_CATEGORICAL &&
         wholeOfWord(this, 0, first) && wholeOfWord(this, UINT32_MAX, last) &&
         holds(first - slack) && holds(last + slack);
}

double EdgeValue::unitsOfWord(const void *self, uint32_t word) {
  const auto &edge = *static_cast<const EdgeValue *>(self);
  return edge.realOfWord(word) / edge.unit;
}
