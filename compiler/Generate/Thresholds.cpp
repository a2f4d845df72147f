//===- Thresholds.cpp - Which thresholds have equal distances ---*- C++ -*-===//
//
// Equal distances beyond what sums can reach are as good as those within.
//
//===----------------------------------------------------------------------===//
#include "compiler/Generate/Thresholds.h"

#include "dialects/Ann/Transforms/Passes.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace snn;
using namespace snn::generate;

template <typename At>
static std::optional<Thresholds::Even> evenOf(size_t levels, At at) {
  int64_t theta = levels > 1 ? at(1) - at(0) : 1;
  for (size_t k = 1; k < levels; ++k)
    if (at(k) - at(k - 1) != theta)
      return std::nullopt;
  if (theta <= 0)
    return std::nullopt;
  return Thresholds::Even{theta, at(0)};
}

Thresholds::Thresholds(ann::ThresholdOp op)
    : table(std::get<ann::Whole>(ann::numbersOf(op.getTable()))),
      perRow(static_cast<size_t>(op.getTable().getShapedType().getDimSize(1))) {
  auto bounds = op.getInput().getDefiningOp()->getAttrOfType<DenseI64ArrayAttr>(
      ann::boundsAttribute);
  least = bounds[0];
  greatest = bounds[1];
}

int64_t Thresholds::at(size_t row, size_t k) const {
  return std::min(std::max(table[row * perRow + k], least), greatest + 1);
}

std::optional<Thresholds::Even> Thresholds::even(size_t row) const {
  auto given = [&](size_t k) { return table[row * perRow + k]; };
  if (given(0) != INT32_MIN && given(perRow - 1) != INT32_MAX)
    if (std::optional<Even> even = evenOf(perRow, given))
      return even;
  return evenOf(perRow, [&](size_t k) { return at(row, k); });
}

bool Thresholds::areEven() const {
  return llvm::all_of(llvm::seq(table.size() / perRow),
                      [&](size_t row) { return even(row).has_value(); });
}
