//===- Synapses.cpp - What experiments say of synapses --------------------===//
//
// `E -> I.exc` names all projections between these, `E[0..9] -> I` those from
// within these ten. Their plastic states are recorded and measured, and their
// plasticity can be frozen for a while.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Experiments.h"
#include "lang/Sema/Rules/Dimensions.h"

#include <algorithm>

namespace snn::lang {

using namespace checked;

/// Whether all of `inner` are among `outer`. A projection is looked at whole.
static bool holds(const Slice &outer, const Slice &inner) {
  return outer.population == inner.population && outer.first <= inner.first &&
         inner.last <= outer.last &&
         (inner.first - outer.first) % outer.stride == 0 &&
         (inner.size() == 1 || inner.stride % outer.stride == 0);
}

std::optional<std::vector<unsigned>>
ExperimentChecker::synapses(const ast::Selection &selection,
                            const std::string &example) {
  const Network &network = experiment.network;
  std::string text = sourceText(selection.range, diagnostics);
  if (!selection.target) {
    diagnostics.report(diag::NotSynapses, selection.range, text)
        .help("name both ends: `" + example + " of E -> I`");
    return std::nullopt;
  }
  auto sources = elaborator->populations(*selection.source);
  auto targets = elaborator->populations(*selection.target);
  if (!sources || !targets)
    return std::nullopt;
  std::vector<unsigned> found;
  const Projection *cut = nullptr;
  for (unsigned i = 0; i < network.projections.size(); ++i) {
    const Projection &projection = network.projections[i];
    const Population &target =
        network.populations[projection.target.population];
    const NeuronModel &model = models.program.neurons[target.model];
    std::string port = projection.port.kind == PortRef::Kind::Receptor
                           ? model.receptors[projection.port.index].name
                           : model.ports[projection.port.index].name;
    // Whether any neuron of both is meant, and whether all are.
    bool touches[2] = {false, false}, covers[2] = {false, false};
    for (const auto &ref : *sources) {
      touches[0] |= ref.slice.population == projection.source.population;
      covers[0] |= holds(ref.slice, projection.source);
    }
    for (const auto &ref : *targets) {
      if (!ref.member.empty() && ref.member.text != port)
        continue;
      touches[1] |= ref.slice.population == projection.target.population;
      covers[1] |= holds(ref.slice, projection.target);
    }
    if (covers[0] && covers[1])
      found.push_back(i);
    else if (touches[0] && touches[1])
      cut = &projection;
  }
  if (!found.empty())
    return found;
  if (elaborator->lost.connections)
    return std::nullopt;
  Diagnostic &message =
      diagnostics.report(diag::NotSynapses, selection.range, text);
  message.at("nothing is connected like this");
  if (cut)
    message.label(cut->range, "connects more than these")
        .help("a connection is looked at whole: name its ends as it does");
  return std::nullopt;
}

std::optional<std::vector<unsigned>>
ExperimentChecker::plasticSynapses(const ast::Selection &selection,
                                   const std::string &example) {
  auto found = synapses(selection, example);
  if (!found)
    return std::nullopt;
  std::erase_if(*found, [&](unsigned index) {
    return !experiment.network.projections[index].plasticity;
  });
  if (!found->empty())
    return found;
  diagnostics
      .report(diag::NotPlastic, selection.range,
              sourceText(selection.range, diagnostics))
      .help("a rule changes them: `connect E -> I by ... via PairSTDP(...) "
            "{ ... }`");
  return std::nullopt;
}

void ExperimentChecker::learning(const ast::LearningStmt &statement,
                                 uint64_t step) {
  const std::vector<Projection> &projections = experiment.network.projections;
  std::string word = statement.freezes ? "freeze" : "resume";
  Change made;
  made.kind = statement.freezes ? Change::Kind::Freeze : Change::Kind::Resume;
  made.atStep = step;
  made.range = statement.range;
  for (const ast::Selection &selection : statement.selections) {
    auto chosen = plasticSynapses(selection, word + " plasticity");
    if (!chosen)
      return;
    made.projections.insert(made.projections.end(), chosen->begin(),
                            chosen->end());
  }
  bool isAnyPlastic =
      std::ranges::any_of(projections, [](const Projection &projection) {
        return projection.plasticity.has_value();
      });
  if (!isAnyPlastic) {
    if (!elaborator->lost.connections)
      diagnostics.report(diag::NotPlastic, statement.range,
                         experiment.network.name.empty()
                             ? decl.name.text
                             : experiment.network.name);
    return;
  }
  experiment.changes.push_back(std::move(made));
}

/// The state of that name of a rule, if every synapse has it.
std::optional<unsigned>
ExperimentChecker::synapticState(const Projection &projection,
                                 const std::string &name, SourceRange place) {
  const PlasticityModel &rule =
      models.program.plasticity[projection.plasticity->rule];
  std::vector<std::string> names, shown;
  for (unsigned i = 0; i < rule.states.size(); ++i) {
    bool isHere = rule.homes[i] == PlasticityModel::Home::Synapse;
    if (rule.states[i].name == name && isHere)
      return i;
    if (rule.states[i].name == name) {
      diagnostics.report(diag::NotRecordable, place, projection.path, name)
          .at(rule.homes[i] == PlasticityModel::Home::Pre
                  ? "it is kept once for each source"
                  : "it is kept once for each target")
          .label(rule.states[i].range, "declared here");
      return std::nullopt;
    }
    if (!isHere)
      continue;
    names.push_back(rule.states[i].name);
    shown.push_back(rule.states[i].name + " (" +
                    rule.states[i].dimension.unit() + ")");
  }
  Diagnostic &message =
      diagnostics.report(diag::NotRecordable, place, projection.path, name);
  if (name == "weight")
    message.at("the weight is `w`").fix("replace the name", place, "w");
  else if (auto meant = nearest(name, names))
    message.at("did you mean `" + *meant + "`?")
        .fix("replace the name", place, *meant);
  message.note("recordable: " + joinNames(shown, 20));
  return std::nullopt;
}

bool ExperimentChecker::recordSynapses(const ast::RecordStmt &statement,
                                       const ast::Selection &selection,
                                       uint64_t every) {
  for (const ast::ExprPtr &quantity : statement.quantities) {
    std::string name = sourceText(quantity->range, diagnostics);
    auto chosen = plasticSynapses(selection, "record " + name);
    if (!chosen)
      return false;
    if (!statement.interval) {
      diagnostics
          .report(diag::MissingArgument, statement.range,
                  "`record` of synapses", "every")
          .help("say how often: `every 1 s`");
      return false;
    }
    for (unsigned index : *chosen) {
      const Projection &projection = experiment.network.projections[index];
      std::optional<unsigned> state =
          synapticState(projection, name, quantity->range);
      if (!state)
        return false;
      // Projections with the same rule are one record.
      auto same =
          std::ranges::find_if(experiment.records, [&](const Record &r) {
            return r.kind == Record::Kind::Synapses &&
                   r.range == statement.range && r.name == name &&
                   experiment.network.projections[r.projections[0]]
                           .plasticity->rule == projection.plasticity->rule;
          });
      if (same != experiment.records.end()) {
        same->projections.push_back(index);
        continue;
      }
      Record made;
      made.kind = Record::Kind::Synapses;
      made.projections = {index};
      made.synapticState = *state;
      made.name = name;
      made.everySteps = every;
      made.range = statement.range;
      experiment.records.push_back(std::move(made));
    }
  }
  return true;
}

/// `mean(w) of E -> I`, `fraction(w < 0.1 mV) of E -> I`: of the last sample.
bool ExperimentChecker::synapseMetric(
    Metric &made, const ast::MetricExpr &syntax, const ast::Name &name,
    const std::vector<ast::Argument> &arguments) {
  bool isFraction = made.kind == Metric::Kind::FractionOf;
  std::string example = isFraction ? "fraction(w < 1 mV)" : name.text + "(w)";
  std::string of = sourceText(syntax.selection.range, diagnostics);
  auto chosen = plasticSynapses(syntax.selection, example);
  if (!chosen)
    return false;
  made.projections = std::move(*chosen);
  const ast::Expr *quantity = arguments.empty() || !arguments[0].name.empty()
                                  ? nullptr
                                  : arguments[0].value.get();
  const auto *compared = ast::dynCast<ast::BinaryExpr>(quantity);
  bool isComparison = compared && (compared->op == ast::BinaryOp::Less ||
                                   compared->op == ast::BinaryOp::LessEqual ||
                                   compared->op == ast::BinaryOp::Greater ||
                                   compared->op == ast::BinaryOp::GreaterEqual);
  if (!quantity || isFraction != isComparison) {
    diagnostics
        .report(diag::MissingArgument, name.range, "metric `" + name.text + "`",
                isFraction ? "comparison" : "state")
        .help("name what is looked at: `" + example + " of " + of + "`");
    return false;
  }
  if (isFraction)
    quantity = compared->lhs.get();
  made.traceName = sourceText(quantity->range, diagnostics);
  Dimension dimension;
  for (unsigned index : made.projections) {
    const Projection &projection = experiment.network.projections[index];
    auto state = synapticState(projection, made.traceName, quantity->range);
    if (!state)
      return false;
    const PlasticityModel &rule =
        models.program.plasticity[projection.plasticity->rule];
    if (index != made.projections[0] &&
        rule.states[*state].dimension != dimension) {
      diagnostics.report(diag::UnlikeOperands, syntax.selection.range,
                         "measure together", withArticle(dimension),
                         withArticle(rule.states[*state].dimension));
      return false;
    }
    dimension = rule.states[*state].dimension;
    if (isRecorded(index, made.traceName))
      continue;
    if (!lostRecord)
      diagnostics.report(diag::NotRecorded, quantity->range, made.traceName, of)
          .help("record it before: `record " + made.traceName + " of " + of +
                " every 1 s`");
    return false;
  }
  if (!isFraction) {
    made.dimension = dimension;
    return true;
  }
  ExpressionChecker checker(*elaborator, diagnostics);
  std::optional<double> limit = elaborator->number(
      *compared->rhs, "the limit of `" + made.traceName + "`", dimension);
  if (!limit)
    return false;
  bool isBelow = compared->op == ast::BinaryOp::Less ||
                 compared->op == ast::BinaryOp::LessEqual;
  (isBelow ? made.share.high : made.share.low) = *limit;
  made.isShareOpen = compared->op == ast::BinaryOp::Less ||
                     compared->op == ast::BinaryOp::Greater;
  return true;
}

} // namespace snn::lang
