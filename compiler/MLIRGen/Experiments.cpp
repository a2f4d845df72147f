//===- Experiments.cpp - Experiments to the spiking dialect -----*- C++ -*-===//
//
// Times become ms on the grid again: the IR is read by people, and every pass
// divides by the same step.
//
//===----------------------------------------------------------------------===//
#include "compiler/MLIRGen/Generator.h"

using namespace mlir;
using namespace snn;
using namespace snn::mlirgen;
namespace checked = snn::lang::checked;

/// `exc.I` as the symbol @exc::@I.
static SymbolRefAttr variable(MLIRContext *context, StringRef name) {
  auto [first, rest] = name.split('.');
  if (rest.empty())
    return FlatSymbolRefAttr::get(context, first);
  return SymbolRefAttr::get(context, first,
                            {FlatSymbolRefAttr::get(context, rest)});
}

void Generator::emitRecord(const checked::Record &record) {
  StringRef population = network.populations[record.target.population].path;
  if (record.kind == checked::Record::Kind::Spikes) {
    spiking::RecordSpikesOp::create(builder, loc(record.range),
                                    symbol(population), sliceOf(record.target));
    return;
  }
  double every = static_cast<double>(record.everySteps) * experiment.stepSize;
  if (record.kind == checked::Record::Kind::Synapses) {
    for (unsigned number : record.projections) {
      const checked::Projection &projection = network.projections[number];
      const checked::PlasticityModel &rule =
          program.plasticity[projection.plasticity->rule];
      spiking::RecordSynapsesOp::create(
          builder, loc(record.range),
          symbol(rule.states[record.synapticState].name),
          symbol(projection.path), builder.getF64FloatAttr(every));
    }
    return;
  }
  spiking::RecordStateOp::create(builder, loc(record.range),
                                 variable(builder.getContext(), record.name),
                                 symbol(population), sliceOf(record.target),
                                 builder.getF64FloatAttr(every));
}

void Generator::emitChange(const checked::Change &change) {
  double time = static_cast<double>(change.atStep) * experiment.stepSize;
  if (change.kind == checked::Change::Kind::Freeze ||
      change.kind == checked::Change::Kind::Resume) {
    bool freezes = change.kind == checked::Change::Kind::Freeze;
    auto set = [&](FlatSymbolRefAttr projection) {
      spiking::SetPlasticityOp::create(
          builder, loc(change.range),
          freezes ? builder.getUnitAttr() : UnitAttr(), projection,
          builder.getF64FloatAttr(time));
    };
    for (unsigned projection : change.projections)
      set(symbol(network.projections[projection].path));
    if (change.projections.empty())
      set({});
    return;
  }
  const checked::Population &population =
      network.populations[change.target.population];
  switch (change.kind) {
  case checked::Change::Kind::Param:
    spiking::SetParameterOp::create(
        builder, loc(change.range), variable(builder.getContext(), change.name),
        symbol(population.path), builder.getF64FloatAttr(change.value),
        builder.getF64FloatAttr(time));
    return;
  case checked::Change::Kind::Reset:
    spiking::ResetStateOp::create(builder, loc(change.range),
                                  symbol(population.path),
                                  builder.getF64FloatAttr(time));
    return;
  case checked::Change::Kind::Freeze:
  case checked::Change::Kind::Resume:
    llvm_unreachable("handled above");
  }
}

void Generator::emitExperiment() {
  auto precision = experiment.precision == checked::Precision::F64
                       ? spiking::Precision::F64
                       : spiking::Precision::F32;
  auto schedule = [&] {
    switch (experiment.schedule) {
    case checked::Schedule::Normative:
      return spiking::Schedule::Standard;
    case checked::Schedule::Nest:
      return spiking::Schedule::Nest;
    case checked::Schedule::Brian2:
      return spiking::Schedule::Brian2;
    }
    llvm_unreachable("all schedules handled");
  }();
  auto milliseconds = [&](uint64_t steps) {
    return static_cast<double>(steps) * experiment.stepSize;
  };
  auto op = spiking::ExperimentOp::create(
      builder, loc(experiment.range), experiment.name, network.name,
      experiment.stepSize, milliseconds(experiment.warmupSteps),
      milliseconds(experiment.durationSteps),
      {static_cast<int64_t>(experiment.seeds.network),
       static_cast<int64_t>(experiment.seeds.initial),
       static_cast<int64_t>(experiment.seeds.stimulus)},
      precision, schedule);
  inBlock(op.getBody(), [&] {
    for (const checked::Record &record : experiment.records)
      emitRecord(record);
    for (const checked::Change &change : experiment.changes)
      emitChange(change);
  });
}
