//===- Support.cpp - What a drawn value can be ----------------------------===//
//
// Rules about signs hold for every draw, so they look at the bounds of what is
// drawn. Of a continuous distribution that is drawn again until it lies above a
// bound, the bound itself has probability zero; what is moved to a bound lies
// on it.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Network.h"

#include <algorithm>
#include <cmath>

namespace snn::lang::rules {

using namespace checked;

static Support ofDistribution(const Value &value) {
  const std::vector<double> &arguments = value.arguments;
  switch (value.distribution) {
  case Distribution::Uniform:
    return {arguments[0], arguments[1]};
  case Distribution::Normal:
    if (arguments[1] == 0)
      return {arguments[0], arguments[0]};
    return {-INFINITY, INFINITY, false};
  case Distribution::LogNormal:
  case Distribution::Gamma:
  case Distribution::Exponential:
    return {0, INFINITY, false};
  case Distribution::Binomial:
    return {0, arguments[0]};
  case Distribution::Poisson:
    return {0, INFINITY};
  case Distribution::Categorical: {
    Support support{INFINITY, -INFINITY};
    for (size_t i = 0; i + 1 < arguments.size(); i += 2)
      if (arguments[i + 1] > 0) {
        support.low = std::min(support.low, arguments[i]);
        support.high = std::max(support.high, arguments[i]);
      }
    return support;
  }
  }
  return {-INFINITY, INFINITY, false};
}

Support supportOf(const Value &value) {
  if (value.kind == Value::Kind::Constant)
    return {value.constant, value.constant};
  if (value.kind == Value::Kind::Place)
    return {value.least, value.greatest};
  if (value.kind == Value::Kind::Data) {
    if (value.data.empty())
      return {};
    auto [low, high] = std::ranges::minmax(value.data);
    return {low, high};
  }
  Support support = ofDistribution(value);
  bool isDiscrete = value.distribution == Distribution::Binomial ||
                    value.distribution == Distribution::Poisson ||
                    value.distribution == Distribution::Categorical;
  if (value.redraw) {
    // The bound of `redraw to > 0` and that of `redraw to >= 0` are the same.
    if (value.redraw->low >= support.low && support.low < support.high) {
      support.low = value.redraw->low;
      support.isLowReached = isDiscrete;
    }
    support.high = std::min(support.high, value.redraw->high);
  }
  if (value.clip) {
    if (value.clip->low > support.low) {
      support.low = value.clip->low;
      support.isLowReached = true;
    }
    if (value.clip->high < support.low) {
      support.low = value.clip->high;
      support.isLowReached = true;
    }
    support.high = std::clamp(support.high, value.clip->low, value.clip->high);
  }
  return support;
}

} // namespace snn::lang::rules
