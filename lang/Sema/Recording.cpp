//===- Recording.cpp - What is recorded and plotted ---------------------===//
//
// Selections of neurons, traces of states, lets and receptors.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Experiments.h"

#include <algorithm>

namespace snn::lang {

using namespace checked;

std::optional<std::vector<Slice>>
ExperimentChecker::slices(const ast::Selection &selection) {
  if (selection.target) {
    diagnostics.report(diag::Unsupported, selection.range,
                       "a selection of synapses");
    return std::nullopt;
  }
  auto refs = elaborator->populations(*selection.source);
  if (!refs)
    return std::nullopt;
  std::vector<Slice> result;
  for (const PopulationRef &ref : *refs) {
    if (!ref.member.empty()) {
      diagnostics
          .report(diag::NotRecordable, ref.member.range,
                  experiment.network.populations[ref.slice.population].path,
                  ref.member.text)
          .help("write `" + ref.member.text + " of " +
                experiment.network.populations[ref.slice.population].path +
                "`");
      return std::nullopt;
    }
    result.push_back(ref.slice);
  }
  return result;
}

/// States and lets of the neuron, then of its receptors.
static std::vector<std::string> recordable(const NeuronModel &model,
                                           const Program &program) {
  std::vector<std::string> names{"spikes"};
  for (const State &state : model.states)
    names.push_back(state.name + " (" + state.dimension.unit() + ")");
  for (const checked::Let &let : model.lets)
    names.push_back(let.name + " (" + let.value->dimension.unit() + ")");
  for (const Receptor &receptor : model.receptors) {
    for (const auto &[name, output] :
         outputsOf(program.synapses[receptor.synapse]))
      names.push_back(receptor.name + "." + name + " (" +
                      output.dimension.unit() + ")");
  }
  return names;
}

std::optional<ExperimentChecker::Trace>
ExperimentChecker::trace(const ast::Expr &expr, const Slice &target) {
  const Population &population =
      experiment.network.populations[target.population];
  std::string name = sourceText(expr.range, diagnostics);
  if (population.kind != Population::Kind::Neurons) {
    diagnostics.report(diag::NotRecordable, expr.range, population.path, name)
        .at("a source has spikes only");
    return std::nullopt;
  }
  NeuronModel &model = models.program.neurons[population.model];
  auto reference = [&](ExprKind kind, size_t index,
                       const Dimension &dimension) {
    return Trace{makeReference(kind, static_cast<unsigned>(index), dimension,
                               expr.range),
                 name, dimension};
  };
  for (size_t i = 0; i < model.states.size(); ++i)
    if (model.states[i].name == name)
      return reference(ExprKind::State, i, model.states[i].dimension);
  for (size_t i = 0; i < model.lets.size(); ++i)
    if (model.lets[i].name == name)
      return reference(ExprKind::Let, i, model.lets[i].value->dimension);
  for (size_t i = 0; i < model.inputs.size(); ++i)
    if (model.inputs[i].name == name)
      return reference(ExprKind::Input, i, model.inputs[i].dimension);
  if (size_t point = name.find('.'); point != std::string::npos)
    for (size_t r = 0; r < model.receptors.size(); ++r) {
      Receptor &receptor = model.receptors[r];
      if (receptor.name != name.substr(0, point))
        continue;
      const SynapseModel &synapse = models.program.synapses[receptor.synapse];
      std::string part = name.substr(point + 1);
      for (const auto &[known, output] : outputsOf(synapse))
        if (known == part)
          return Trace{readOutput(receptor, static_cast<unsigned>(r), output,
                                  expr.range),
                       name, output.dimension};
    }
  std::vector<std::string> names = recordable(model, models.program), plain;
  for (const std::string &entry : names)
    plain.push_back(entry.substr(0, entry.find(' ')));
  Diagnostic &message = diagnostics.report(diag::NotRecordable, expr.range,
                                           population.path, name);
  if (std::ranges::find(model.params, name, &Parameter::name) !=
      model.params.end())
    message.at("this is a parameter: it does not change during the run");
  else if (auto meant = nearest(name, plain))
    message.at("did you mean `" + *meant + "`?")
        .fix("replace the name", expr.range, *meant);
  message.note("recordable: " + joinNames(names, 20));
  return std::nullopt;
}

void ExperimentChecker::record(const ast::RecordStmt &statement) {
  uint64_t every = 1;
  if (statement.interval) {
    std::optional<uint64_t> interval =
        steps(*statement.interval, "sampling interval");
    if (!interval)
      return;
    if (*interval == 0) {
      diagnostics.report(diag::NotPositive, statement.interval->range,
                         "sampling interval", "0 ms");
      return;
    }
    every = *interval;
  }
  for (const ast::Selection &selection : statement.selections) {
    if (selection.target) {
      if (!recordSynapses(statement, selection, every))
        return;
      continue;
    }
    auto targets = slices(selection);
    if (!targets)
      return;
    for (const ast::ExprPtr &quantity : statement.quantities)
      for (const Slice &target : *targets) {
        Record made;
        made.target = target;
        made.range = statement.range;
        made.everySteps = every;
        made.name = sourceText(quantity->range, diagnostics);
        if (made.name == "spikes") {
          if (statement.interval) {
            diagnostics.report(diag::SpikesEvery, statement.interval->range);
            return;
          }
          made.everySteps = 1;
        } else {
          std::optional<Trace> found = trace(*quantity, target);
          if (!found)
            return;
          made.kind = Record::Kind::Trace;
          made.value = found->value;
        }
        experiment.records.push_back(std::move(made));
      }
  }
}

bool ExperimentChecker::isRecorded(unsigned projection,
                                   const std::string &state) const {
  return std::ranges::any_of(experiment.records, [&](const Record &record) {
    return record.kind == Record::Kind::Synapses && record.name == state &&
           std::ranges::find(record.projections, projection) !=
               record.projections.end();
  });
}

/// `plot weights of E -> [E, I].exc`: all projections between these. Fields are
/// drawn from what was recorded of their weights.
bool ExperimentChecker::plotSynapses(const ast::PlotStmt &statement,
                                     Plot &made) {
  for (const ast::Selection &selection : statement.selections) {
    bool areLearnt = made.kind == "fields";
    auto chosen = areLearnt ? plasticSynapses(selection, "plot fields")
                            : synapses(selection, "plot " + made.kind);
    if (!chosen)
      return false;
    for (unsigned index : *chosen) {
      if (areLearnt && !isRecorded(index, "w")) {
        std::string of = sourceText(selection.range, diagnostics);
        if (!lostRecord)
          diagnostics.report(diag::NotRecorded, selection.range, "w", of)
              .help("record it before: `record w of " + of + " every 1 s`");
        return false;
      }
      made.projections.push_back(experiment.network.projections[index].path);
    }
  }
  return true;
}

void ExperimentChecker::plot(const ast::PlotStmt &statement) {
  static const std::vector<std::string> kinds = {"raster", "rate", "isi",
                                                 "cv",     "fi",   "spectrum"};
  std::string what = sourceText(statement.what->range, diagnostics);
  bool isKind = std::ranges::find(kinds, what) != kinds.end();
  Plot made;
  made.kind = isKind ? what : "trace";
  made.range = statement.range;
  if (what == "weights" || what == "connectivity" || what == "fields") {
    made.kind = what;
    if (statement.over) {
      diagnostics.report(diag::Unsupported, statement.over->range,
                         "a plot of synapses over a sweep");
      return;
    }
    if (plotSynapses(statement, made))
      experiment.plots.push_back(std::move(made));
    return;
  }
  if (statement.over) {
    if (!swept(statement.over.get(), statement.range))
      return;
    made.over = sourceText(statement.over->range, diagnostics);
  }
  for (const ast::Selection &selection : statement.selections) {
    auto targets = slices(selection);
    if (!targets)
      return;
    for (const Slice &target : *targets) {
      if (!isKind) {
        std::optional<Trace> found = trace(*statement.what, target);
        if (!found)
          return;
        made.trace = found->value;
        made.traceName = found->name;
      }
      made.targets.push_back(target);
    }
  }
  experiment.plots.push_back(std::move(made));
}

} // namespace snn::lang
