//===- Instantiate.cpp - One flat cell for each population ------*- C++ -*-===//
//
// Puts the synapse kinetics of each receptor into the neuron they sit on, and
// the expressions that lets name into their places, so that all later passes
// see a single list of parameters, states and equations.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Analysis/LinearForm.h"
#include "dialects/Spiking/IR/Ops.h"
#include "dialects/Spiking/Transforms/Passes.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/StringSet.h"

namespace snn::spiking {
#define GEN_PASS_DEF_SPIKINGINSTANTIATE
#include "dialects/Spiking/Transforms/Passes.h.inc"
} // namespace snn::spiking

using namespace mlir;
using namespace snn;
using namespace snn::spiking;
using llvm::StringRef;

namespace {

using Rename = llvm::function_ref<std::string(SymbolRefAttr)>;

/// Renames what `op` and its regions read, write, and refer to.
void renameVariables(Operation *op, Rename rename) {
  auto renamed = [&](SymbolRefAttr symbol) {
    return FlatSymbolRefAttr::get(op->getContext(), rename(symbol));
  };
  op->walk([&](Operation *inner) {
    if (auto read = dyn_cast<ReadOp>(inner))
      read.setVariableAttr(renamed(read.getVariable()));
    else if (auto write = dyn_cast<WriteOp>(inner))
      write.setStateAttr(renamed(write.getState()));
    else if (auto equation = dyn_cast<EquationOp>(inner))
      equation.setStateAttr(renamed(equation.getStateAttr()));
    else if (auto refractory = dyn_cast<RefractoryOp>(inner)) {
      SmallVector<Attribute> holding;
      for (auto state : refractory.getHolding().getAsRange<SymbolRefAttr>())
        holding.push_back(renamed(state));
      refractory.setHoldingAttr(ArrayAttr::get(op->getContext(), holding));
    }
  });
}

/// Builds the flat cell of one neuron model.
class Flattener {
public:
  Flattener(OpBuilder &builder, SymbolTable &models, NeuronOp cell)
      : builder(builder), models(models), cell(cell) {}

  void flatten(NeuronOp model) {
    builder.setInsertionPointToEnd(&cell.getBody().front());
    for (Operation &part : model.getBody().front()) {
      if (auto receptor = dyn_cast<ReceptorOp>(part)) {
        inlineReceptor(receptor);
        continue;
      }
      Operation *copy = builder.clone(part);
      renameVariables(copy, getFlatName);
    }
    inlineLets();
  }

  unsigned numReceptors = 0;
  unsigned numLets = 0;

private:
  void inlineReceptor(ReceptorOp receptor) {
    ++numReceptors;
    auto synapse = models.lookup<SynapseOp>(receptor.getSynapse());
    std::string prefix = receptor.getSymName().str() + ".";

    llvm::StringMap<BindOp> bindings;
    for (auto bind : receptor.getBindings().getOps<BindOp>())
      bindings[bind.getParam()] = bind;
    // What it reads of its host has the neuron's name.
    llvm::StringMap<std::string> hosts;
    for (auto host : synapse.getBody().getOps<HostOp>())
      hosts[host.getSymName()] =
          receptor.getHostVariable(host.getSymName()).str();
    auto rename = [&](SymbolRefAttr symbol) {
      std::string name = getFlatName(symbol);
      auto host = hosts.find(name);
      return host != hosts.end() ? host->second : prefix + name;
    };

    for (Operation &part : synapse.getBody().front()) {
      if (isa<HostOp>(part))
        continue;
      if (auto param = dyn_cast<ParamOp>(part))
        if (BindOp bind = bindings.lookup(param.getSymName())) {
          bindParameter(param, bind, prefix);
          continue;
        }
      if (auto handler = dyn_cast<OnSpikeOp>(part)) {
        auto port = PortOp::create(builder, handler.getLoc(),
                                   receptor.getSymName(), handler.getUnit());
        IRMapping mapping;
        port.getBody().getBlocks().clear();
        handler.getBody().cloneInto(&port.getBody(), mapping);
        renameVariables(port, rename);
        continue;
      }
      if (auto couple = dyn_cast<CoupleOp>(part)) {
        inlineCoupling(couple, receptor.getSymName(), prefix, rename);
        continue;
      }
      Operation *copy = builder.clone(part);
      if (auto symbol = dyn_cast<SymbolOpInterface>(copy))
        symbol.setName(prefix + symbol.getName().str());
      renameVariables(copy, rename);
    }
  }

  /// The receptor is a port where nothing arrives.
  void inlineCoupling(CoupleOp couple, StringRef receptor,
                      const std::string &prefix, Rename rename) {
    auto copy = cast<CoupleOp>(builder.clone(*couple));
    copy.setSymName(receptor);
    SmallVector<Attribute> sums;
    for (auto sum : couple.getSums().getAsRange<FlatSymbolRefAttr>())
      sums.push_back(FlatSymbolRefAttr::get(builder.getContext(),
                                            prefix + sum.getValue().str()));
    copy.setSumsAttr(builder.getArrayAttr(sums));
    renameVariables(copy, rename);
  }

  /// A parameter of the synapse whose default is now the neuron's expression.
  void bindParameter(ParamOp param, BindOp bind, const std::string &prefix) {
    auto bound =
        ParamOp::create(builder, param.getLoc(),
                        prefix + param.getSymName().str(), param.getUnit());
    IRMapping mapping;
    bind.getValue().cloneInto(&bound.getDefault(), mapping);
    renameVariables(bound, getFlatName);
  }

  /// Lets may read lets; what they name stays a let, for recording.
  void inlineLets() {
    llvm::StringMap<LetOp> lets;
    for (auto let : cell.getBody().getOps<LetOp>())
      lets[let.getSymName()] = let;
    if (lets.empty())
      return;
    numLets += lets.size();
    llvm::StringSet<> done;
    for (Operation &part : cell.getBody().front())
      inlineLetsIn(&part, lets, done);
  }

  void inlineLetsIn(Operation *op, llvm::StringMap<LetOp> &lets,
                    llvm::StringSet<> &done) {
    if (auto let = dyn_cast<LetOp>(op))
      if (!done.insert(let.getSymName()).second)
        return;
    SmallVector<ReadOp> reads;
    op->walk([&](ReadOp read) {
      if (lets.contains(getReadName(read)))
        reads.push_back(read);
    });
    for (ReadOp read : reads) {
      LetOp let = lets.lookup(getReadName(read));
      inlineLetsIn(let, lets, done);
      OpBuilder here(read);
      SmallVector<Value> values = inlineRegion(
          let.getBody(), {}, here, [](StringRef) -> Value { return {}; });
      read.getResult().replaceAllUsesWith(values.front());
      read.erase();
    }
  }

  OpBuilder &builder;
  SymbolTable &models;
  NeuronOp cell;
};

class Instantiate : public spiking::impl::SpikingInstantiateBase<Instantiate> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    SymbolTable models(module);
    SmallVector<Operation *> templates;
    for (Operation &op : *module.getBody())
      if (isa<NeuronOp, SynapseOp, PlasticityOp>(op))
        templates.push_back(&op);

    OpBuilder builder(module);
    for (auto network : module.getOps<NetworkOp>())
      for (auto population : network.getBody().getOps<PopulationOp>())
        instantiate(population, models, builder);
    for (auto network : module.getOps<NetworkOp>())
      for (auto plastic : network.getBody().getOps<PlasticOp>())
        copyRule(plastic, models, builder);
    for (auto experiment : module.getOps<ExperimentOp>())
      flattenReferences(experiment);
    for (Operation *op : templates)
      op->erase();
  }

  void instantiate(PopulationOp population, SymbolTable &models,
                   OpBuilder &builder) {
    auto model = models.lookup<NeuronOp>(population.getModel());
    builder.setInsertionPoint(population->getParentOp());
    auto cell = NeuronOp::create(
        builder, model.getLoc(), population.getSymName().str() + ".cell",
        model.getSolverAttr(), model.getPrecisionAttr());
    // Populations of different networks may have the same name.
    population.setModel(models.insert(cell));
    Flattener flattener(builder, models, cell);
    flattener.flatten(model);
    ++numCells;
    numReceptors += flattener.numReceptors;
    numLets += flattener.numLets;
  }

  /// A rule for each projection: it names the cells of its populations.
  void copyRule(PlasticOp plastic, SymbolTable &models, OpBuilder &builder) {
    auto network = cast<NetworkOp>(plastic->getParentOp());
    auto cellOf = [&](FlatSymbolRefAttr name) {
      auto population = cast<PopulationOp>(
          SymbolTable::lookupSymbolIn(network, name.getAttr()));
      return population.getModelAttr();
    };
    builder.setInsertionPoint(network);
    auto rule = cast<PlasticityOp>(
        builder.clone(*models.lookup<PlasticityOp>(plastic.getRule())));
    rule.setName((plastic.getProjection() + ":" + plastic.getRule()).str());
    if (plastic.getPreAttr())
      rule.setPreAttr(cellOf(plastic.getPreAttr()));
    if (plastic.getPostAttr())
      rule.setPostAttr(cellOf(plastic.getPostAttr()));
    for (auto [modulator, given] :
         llvm::zip(rule.getBody().getOps<ModulatorOp>(),
                   plastic.getModulators().getAsRange<FlatSymbolRefAttr>()))
      modulator.setModelAttr(cellOf(given));
    plastic.setRule(models.insert(rule));
  }

  static void flattenReferences(ExperimentOp experiment) {
    MLIRContext *context = experiment.getContext();
    experiment.walk([&](Operation *op) {
      if (auto record = dyn_cast<RecordStateOp>(op))
        record.setVariableAttr(
            FlatSymbolRefAttr::get(context, getFlatName(record.getVariable())));
      else if (auto change = dyn_cast<SetParameterOp>(op))
        change.setParamAttr(
            FlatSymbolRefAttr::get(context, getFlatName(change.getParam())));
    });
  }
};

} // namespace
