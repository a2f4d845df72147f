//===- Simplify.cpp - Equal and unused operations go ------------*- C++ -*-===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Transforms/Simplify.h"

#include "mlir/IR/Dominance.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/CSE.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;

namespace snn::spiking {

void simplify(Operation *part) {
  IRRewriter rewriter(part->getContext());
  DominanceInfo dominance(part);
  eliminateCommonSubExpressions(rewriter, dominance, part);
  (void)runRegionDCE(rewriter, part->getRegions());
}

} // namespace snn::spiking
