//===- RowRecipe.h - What is kept of a generated row ------------*- C++ -*-===//
//
// How many edges a row has, by delay. Nearly all numbers take one byte; from
// 255 on, that and four more. Numbers of edges take half a byte in rows that
// have none above 15.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_DELIVERY_ROWRECIPE_H
#define SNN_RUNTIME_DELIVERY_ROWRECIPE_H

#include "runtime/lib/Core/Buffer.h"

namespace snn::runtime {

struct RowRecipe {
  /// How the numbers of edges by delay are told.
  enum class Form : uint32_t {
    Bytes,  // of each delay from the first to the last
    Halves, // the same, two in a byte
    Sparse, // of those that have any, each behind its distance from the last
  };
  static constexpr uint32_t Forms = 3;
  static constexpr uint32_t MostOfHalf = 15;
  /// The first number that takes more than a byte.
  static constexpr uint32_t Escape = 255;

  /// Whether so few of the delays from the first to the last are taken that
  /// distances take less.
  static constexpr bool isSparse(double span, double taken) {
    return span > 4 * taken + 16;
  }
};

/// What is expected of the recipe of a row of so many edges.
struct RecipeEstimate {
  double bytes;
  double lastDelay; // steps
};

/// `shares` of the edges have each delay.
RecipeEstimate estimateRecipe(const Buffer<double> &shares, double edges);

} // namespace snn::runtime

#endif // SNN_RUNTIME_DELIVERY_ROWRECIPE_H
