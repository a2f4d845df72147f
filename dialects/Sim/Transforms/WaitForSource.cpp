//===- WaitForSource.cpp - Which handlers of targets' spikes may wait -----===//
//
// What `on post` does to a synapse is seen by nobody before the source's next
// spike, a whole period, or a recording. So it may be done then, if it is still
// known what it would have read: the synapse's own states, which nothing else
// has changed, and the traces of the source, if these are a function of what
// the source's last spike left and of the steps since.
//
//===----------------------------------------------------------------------===//
#include "dialects/Sim/IR/Ops.h"
#include "dialects/Sim/IR/Waiting.h"
#include "dialects/Sim/Transforms/Passes.h"

#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace snn::sim {
#define GEN_PASS_DEF_SIMWAITFORSOURCE
#include "dialects/Sim/Transforms/Passes.h.inc"
} // namespace snn::sim

using namespace mlir;
using namespace snn::sim;
using llvm::StringRef;

/// Its states follow from those of the step before and from numbers that stay.
static bool canBeReplayed(PopulationOp population) {
  if (!population.getFollowed() || population.getFollowDelay() != 0)
    return false;
  for (Operation &part : population.getBody().front()) {
    if (auto field = dyn_cast<FieldOp>(part))
      if (field.getRole() != Role::State && field.getRole() != Role::Derived)
        return false;
    if (isa<InputOp, IntegrateOp>(part))
      return false;
  }
  auto updates = population.getBody().getOps<UpdateOp>();
  return !updates.empty() &&
         !(*updates.begin())
              .walk([](Operation *op) {
                bool reads = isa<LoadOp, StoreOp, GetConstantOp, EmitOp>(op);
                bool isPart = op->getNumRegions() ||
                              op->hasTrait<OpTrait::IsTerminator>();
                return reads || isPart || isPure(op) ? WalkResult::advance()
                                                     : WalkResult::interrupt();
              })
              .wasInterrupted();
}

namespace {

class WaitForSource
    : public snn::sim::impl::SimWaitForSourceBase<WaitForSource> {
  void runOnOperation() override {
    for (auto rule : getOperation().getBody().getOps<PlasticityOp>()) {
      auto handlers = rule.getBody().getOps<OnPostOp>();
      if (handlers.empty())
        continue;
      std::string reason = whyAtOnce(rule, *handlers.begin());
      bool waits = reason.empty();
      if (waits) {
        rule->setAttr(waitsName, UnitAttr::get(&getContext()));
        if (PopulationOp pre = followerOf(rule))
          pre->setAttr(replaysName, UnitAttr::get(&getContext()));
        ++numWaiting;
      } else {
        ++numAtOnce;
      }
      say(rule, waits ? "may wait for the source, and does where rows are long"
                      : "is done at once: it reads " + reason);
    }
  }

  PopulationOp followerOf(PlasticityOp rule) {
    if (!rule.getPre())
      return {};
    return cast<PopulationOp>(getOperation().lookupSymbol(*rule.getPre()));
  }

  /// What of the past is not known later; empty if there is no such thing.
  std::string whyAtOnce(PlasticityOp rule, OnPostOp handler) {
    Block &body = handler.getBody().front();
    unsigned first = rule.getStates().size();
    for (auto [i, read] :
         llvm::enumerate(rule.getReads().getAsRange<SymbolRefAttr>())) {
      if (body.getArgument(first + i).use_empty())
        continue;
      bool isPre = rule.getPre() == read.getRootReference().getValue();
      if (!isPre || !canBeReplayed(followerOf(rule)))
        return ("`" + read.getLeafReference().getValue() + "` of `" +
                read.getRootReference().getValue() + "`")
            .str();
    }
    return "";
  }

  static void say(PlasticityOp rule, const Twine &text) {
    std::string subject = (rule.getProjection() + ":" + rule.getRule()).str();
    remark::passed(rule.getLoc(),
                   remark::RemarkOpts::name("OnPost").category("sim"))
        << remark::metric("Rule", subject)
        << remark::metric("Text", text.str());
  }
};

} // namespace
