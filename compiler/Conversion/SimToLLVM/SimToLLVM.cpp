//===- SimToLLVM.cpp - Kernels of a model become functions ----------------===//
//
// Walks the parts of a model and names, on each, the functions made for it.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Passes.h"
#include "compiler/Conversion/SimToLLVM/Cells.h"
#include "compiler/Conversion/SimToLLVM/FunctionTable.h"
#include "compiler/Conversion/SimToLLVM/Functions.h"
#include "compiler/Conversion/SimToLLVM/Kernels.h"
#include "compiler/Conversion/SimToLLVM/PlaceFunction.h"
#include "dialects/Sim/IR/Waiting.h"
#include "dialects/Spiking/IR/Geometry.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/ADT/TypeSwitch.h"

namespace snn {
#define GEN_PASS_DEF_CONVERTSIMTOLLVM
#include "compiler/Conversion/Passes.h.inc"
} // namespace snn

using namespace mlir;
using namespace snn;

static std::string functionsName(sim::ModelOp model) {
  return (model.getSymName() + ".functions").str();
}

ModuleOp snn::getFunctions(sim::ModelOp model) {
  return SymbolTable::lookupNearestSymbolFrom<ModuleOp>(
      model->getParentOp(),
      StringAttr::get(model.getContext(), functionsName(model)));
}

namespace {

/// The functions of one part of a model, by their member of the ABI.
class Parts {
public:
  Parts(Operation *op, FunctionTable &table) : op(op), table(table) {
    if (auto rule = dyn_cast<sim::PlasticityOp>(op))
      path = StringAttr::get(op->getContext(),
                             rule.getProjection() + ":" + rule.getRule());
    else if (auto coupling = dyn_cast<sim::CouplingOp>(op))
      path = coupling.getProjectionAttr().getAttr();
    else
      path = SymbolTable::getSymbolName(op);
  }

  std::string nameOf(StringRef member) const {
    return (path.getValue() + "." + member).str();
  }
  void add(StringRef member, func::FuncOp function) {
    names.push_back(
        {StringAttr::get(op->getContext(), member), table.add(function)});
  }
  /// A function that is there.
  void add(StringRef member, FlatSymbolRefAttr function) {
    names.push_back({StringAttr::get(op->getContext(), member), function});
  }
  void attach() {
    op->setAttr("functions", DictionaryAttr::get(op->getContext(), names));
  }

private:
  Operation *op;
  FunctionTable &table;
  StringAttr path;
  SmallVector<NamedAttribute> names;
};

struct ConvertSimToLLVMPass
    : snn::impl::ConvertSimToLLVMBase<ConvertSimToLLVMPass> {
  void convertPopulation(sim::PopulationOp population, const Layout &layout,
                         Parts &parts) {
    for (Operation &op : population.getBody().front())
      llvm::TypeSwitch<Operation *>(&op)
          .Case([&](sim::InitConstantsOp kernel) {
            parts.add("init_constants",
                      emitInitConstants(kernel, layout,
                                        parts.nameOf("init_constants")));
          })
          .Case([&](sim::InitNeuronsOp kernel) {
            parts.add(
                "init_neurons",
                emitInitNeurons(kernel, layout, parts.nameOf("init_neurons")));
          })
          .Case([&](sim::IntegrateOp kernel) {
            parts.add("integrate",
                      emitIntegrate(kernel, layout, parts.nameOf("integrate")));
          })
          .Case([&](sim::UpdateOp kernel) {
            parts.add("update",
                      emitUpdate(kernel, layout, parts.nameOf("update")));
            if (population->hasAttr(sim::replaysName))
              parts.add("replay",
                        emitReplay(kernel, layout, parts.nameOf("replay")));
          })
          .Case([&](sim::ObserveOp kernel) {
            parts.add("observe",
                      emitObserve(kernel, layout, parts.nameOf("observe")));
          })
          .Case([&](sim::FollowOp kernel) {
            parts.add("follow",
                      emitFollow(kernel, layout, parts.nameOf("follow")));
          });
  }

  void convertRule(sim::PlasticityOp rule, const Cells &cells, Parts &parts) {
    unsigned numPeriods = 0;
    for (Operation &op : rule.getBody().front())
      llvm::TypeSwitch<Operation *>(&op)
          .Case([&](sim::OnPreOp kernel) {
            parts.add("on_pre",
                      emitRow(rule, kernel, cells, parts.nameOf("on_pre")));
            parts.add("send", emitRow(rule, kernel, cells, parts.nameOf("send"),
                                      /*onlySends=*/true));
          })
          .Case([&](sim::OnPostOp kernel) {
            parts.add("on_post",
                      emitList(rule, kernel, cells, parts.nameOf("on_post")));
            if (rule->hasAttr(sim::waitsName))
              parts.add("on_missed", emitMissed(rule, kernel, cells,
                                                parts.nameOf("on_missed")));
          })
          .Case([&](sim::EveryOp kernel) {
            std::string name = ("every#" + Twine(numPeriods++)).str();
            parts.add(name, emitRow(rule, kernel, cells, parts.nameOf(name)));
          });
  }

  /// What the geometry of a projection names: one function for all of them.
  void convertGeometry(sim::ProjectionOp projection, FunctionTable &table,
                       DenseMap<Attribute, FlatSymbolRefAttr> &known,
                       Parts &parts) {
    std::optional<spiking::Geometry> geometry =
        spiking::Geometry::of(projection);
    if (!geometry)
      return;
    for (auto [name, symbol] :
         llvm::zip(spiking::Geometry::FunctionNames, geometry->functions)) {
      if (!symbol)
        continue;
      FlatSymbolRefAttr &function = known[symbol];
      if (!function) {
        auto profile =
            getOperation().lookupSymbol<func::FuncOp>(symbol.getAttr());
        if (!profile || profile.getNumArguments() != 4) {
          projection.emitError() << "'" << symbol
                                 << "' is no function of a distance and its "
                                    "three parts";
          return signalPassFailure();
        }
        function = table.add(emitPlaceFunction(profile));
      }
      parts.add(("place." + name).str(), function);
    }
  }

  void convertModel(sim::ModelOp model) {
    OpBuilder builder(model);
    builder.setInsertionPointAfter(model);
    auto module =
        ModuleOp::create(builder, model.getLoc(), functionsName(model));
    FunctionTable table(module);
    DenseMap<Attribute, FlatSymbolRefAttr> placeFunctions;
    Cells cells(model);
    for (Operation &op : model.getBody().front()) {
      if (!isa<sim::PopulationOp, sim::PoissonSourceOp, sim::ProjectionOp,
               sim::DriveOp, sim::StimulusOp, sim::PlasticityOp,
               sim::CouplingOp>(op))
        continue;
      Parts parts(&op, table);
      llvm::TypeSwitch<Operation *>(&op)
          .Case([&](sim::PopulationOp population) {
            convertPopulation(population,
                              cells.layoutOf(population.getSymName()), parts);
          })
          .Case([&](sim::PoissonSourceOp source) {
            parts.add("rate",
                      emitTimeFunction(source.getRate(), parts.nameOf("rate")));
          })
          .Case([&](sim::DriveOp drive) {
            parts.add("rate",
                      emitTimeFunction(drive.getRate(), parts.nameOf("rate")));
          })
          .Case([&](sim::StimulusOp stimulus) {
            parts.add("value", emitTimeFunction(stimulus.getValue(),
                                                parts.nameOf("value")));
          })
          .Case([&](sim::ProjectionOp projection) {
            parts.add("deliver",
                      emitDeliver(projection,
                                  cells.layoutOf(projection.getTarget()),
                                  parts.nameOf("deliver")));
            convertGeometry(projection, table, placeFunctions, parts);
          })
          .Case([&](sim::CouplingOp coupling) {
            parts.add("couple",
                      emitCouple(coupling,
                                 cells.layoutOf(cells.targetOf(coupling)),
                                 parts.nameOf("couple")));
          })
          .Case(
              [&](sim::PlasticityOp rule) { convertRule(rule, cells, parts); });
      parts.attach();
    }
    table.declareCalled();
    numFunctions += table.getNumFunctions();
    numShared += table.getNumShared();
  }

  void runOnOperation() override {
    for (auto model :
         llvm::make_early_inc_range(getOperation().getOps<sim::ModelOp>()))
      convertModel(model);
  }
};

} // namespace
