//===- SpecializeRules.cpp - Numbers for the parameters of rules *- C++ -*-===//
//
// A rule's parameters are numbers of its projection. They are written into its
// copy of the rule, with all that follows from them alone: the code that runs
// at each synapse has one constant where the scientist wrote A_plus*w_max.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Analysis/Evaluator.h"
#include "dialects/Spiking/Analysis/LinearForm.h"
#include "dialects/Spiking/Transforms/Passes.h"
#include "dialects/Spiking/Transforms/Simplify.h"

namespace snn::spiking {
#define GEN_PASS_DEF_SPIKINGSPECIALIZERULES
#include "dialects/Spiking/Transforms/Passes.h.inc"
} // namespace snn::spiking

using namespace mlir;
using namespace snn;
using namespace snn::spiking;

namespace {

class SpecializeRules
    : public spiking::impl::SpikingSpecializeRulesBase<SpecializeRules> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    std::optional<double> step;
    for (auto experiment : module.getOps<ExperimentOp>())
      step = experiment.getStep().convertToDouble();
    SymbolTable rules(module);
    for (auto network : module.getOps<NetworkOp>())
      for (auto plastic : network.getBody().getOps<PlasticOp>()) {
        specialize(rules.lookup<PlasticityOp>(plastic.getRule()),
                   plastic.getParams(), step);
        plastic.setParamsAttr(DictionaryAttr::get(&getContext()));
      }
  }

  void specialize(PlasticityOp rule, DictionaryAttr params,
                  std::optional<double> step) {
    for (Operation &part : rule.getBody().front()) {
      if (isa<ParamOp>(part))
        continue;
      // One for each part: what is simplified away in one may come back as
      // another value at its address.
      Evaluator evaluator(rule, params, step);
      part.walk([&](Operation *op) {
        if (op->getNumResults() != 1 || !op->getResult(0).getType().isF64() ||
            getConstantNumber(op->getResult(0)))
          return;
        std::optional<double> number = evaluator.value(op->getResult(0));
        if (!number)
          return;
        OpBuilder builder(op);
        op->getResult(0).replaceAllUsesWith(
            ScalarBuilder(builder, op->getLoc()).constant(*number));
        ++numFolded;
      });
      simplify(&part);
    }
    for (auto param :
         llvm::make_early_inc_range(rule.getBody().getOps<ParamOp>()))
      param.erase();
  }
};

} // namespace
