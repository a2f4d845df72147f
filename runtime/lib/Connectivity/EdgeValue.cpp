//===- EdgeValue.cpp - Weights and delays of edges ------------------------===//
//
// Redraw and clip come before rounding. Where a table exists it defines the
// value of a word; it is the same function wherever that is monotonic.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/EdgeValue.h"

#include "runtime/lib/Math/Bits.h"

using namespace snn::runtime;

namespace {

constexpr unsigned BucketBits = 12;

/// Fewer edges are drawn sooner than a table is made.
constexpr double LeastTabulated = 20000;

} // namespace

EdgeFault EdgeValue::create(const snn_value &description, Key key,
                            double theUnit, int64_t theLeast, int64_t theMost,
                            double edges, StairShelf &shelf) {
  value = description;
  arsKey = ArsKey(key);
  unit = theUnit;
  least = static_cast<double>(theLeast);
  most = static_cast<double>(theMost);
  hasWord = isQuantile(value);
  if (isConstant()) {
    if (!isWithinRedraw(value, value.a))
      return EdgeFault::NoDraw;
    real = clip(value, value.a);
    return unit == 0 ? EdgeFault::None : round(real, whole);
  }
  if (!hasWord || unit == 0 || edges < LeastTabulated)
    return EdgeFault::None;
  stair = shelf.get({value, unit, least, most}, BucketBits, wholeOfWord, this);
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

bool EdgeValue::wholeOfWord(const void *self, uint32_t word, int64_t &result) {
  const auto &edge = *static_cast<const EdgeValue *>(self);
  double x = quantile(edge.value, toUnit(word));
  return isWithinRedraw(edge.value, x) &&
         edge.round(clip(edge.value, x), result) == EdgeFault::None;
}

EdgeFault EdgeValue::drawReal(uint32_t word, EdgePlace place,
                              double &result) const {
  uint32_t tries = 0;
  if (hasWord) {
    double x = quantile(value, toUnit(word));
    if (isWithinRedraw(value, x)) {
      result = clip(value, x);
      return EdgeFault::None;
    }
    tries = 1;
  }
  Words words = Words::ofItem(arsKey, place.item, place.high);
  return draw(value, words, result, tries) ? EdgeFault::None
                                           : EdgeFault::NoDraw;
}

EdgeFault EdgeValue::computeWhole(uint32_t word, EdgePlace place,
                                  int64_t &result) const {
  double x;
  EdgeFault fault = drawReal(word, place, x);
  return fault == EdgeFault::None ? round(x, result) : fault;
}
