//===- HoistStaticCurrent.cpp - Products that no step changes ---*- C++ -*-===//
//
// An input that is shown as a direct current gives the same product with the
// first weights at each step: it is computed once.
//
//===----------------------------------------------------------------------===//
#include "dialects/Ann/IR/Ops.h"
#include "dialects/Ann/Transforms/Passes.h"

namespace snn::ann {
#define GEN_PASS_DEF_ANNHOISTSTATICCURRENT
#include "dialects/Ann/Transforms/Passes.h.inc"
} // namespace snn::ann

using namespace mlir;
using namespace snn::ann;

namespace {

class HoistStaticCurrent
    : public snn::ann::impl::AnnHoistStaticCurrentBase<HoistStaticCurrent> {
  void runOnOperation() override {
    for (auto window : getOperation().getBody().getOps<WindowOp>())
      for (Operation &op :
           llvm::make_early_inc_range(window.getBody().front())) {
        bool isStatic = llvm::none_of(op.getOperands(), [&](Value operand) {
          return operand.getParentRegion() == &window.getBody();
        });
        if (!isStatic || isa<FireOp, YieldOp>(op))
          continue;
        op.moveBefore(window);
        ++numHoisted;
      }
  }
};

} // namespace
