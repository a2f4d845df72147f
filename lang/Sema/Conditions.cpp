//===- Conditions.cpp - What follows spikes -------------------------------===//
//
// `when E[1] within 20 ms after E[0] { delay ~ uniform(1 s, 3 s); da.reward(1)
// }` is a source of one neuron, which fires a step before what follows, and a
// connection of the event's value with a delay of one step: as an event of an
// experiment, it acts as a spike does.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Elaborator.h"
#include "lang/Sema/Rules/Network.h"

namespace snn::lang {

using namespace checked;

/// Neurons whose spikes are looked at: a population, or a part of one.
std::optional<Slice> Elaborator::firing(const ast::Expr &expr) {
  auto refs = populations(expr);
  if (!refs)
    return std::nullopt;
  const PopulationRef &ref = refs->front();
  const Population &population = network.populations[ref.slice.population];
  if (refs->size() > 1 || ref.isRowOfBlock) {
    diagnostics.report(diag::Unsupported, expr.range,
                       ref.isRowOfBlock ? "a condition on a block of a grid"
                                        : "a condition on several populations");
    return std::nullopt;
  }
  if (!ref.member.empty()) {
    diagnostics.report(diag::SourceHasPort, ref.member.range, population.path,
                       ref.member.text);
    return std::nullopt;
  }
  if (!rules::checkSourceSpikes(population, program, ref.slice.range,
                                diagnostics))
    return std::nullopt;
  return ref.slice;
}

bool Elaborator::conditionDelay(const ast::WhenStmt &statement,
                                SourceRange head, SpikeCondition &made) {
  const ast::AssignStmt *given = nullptr;
  for (const ast::StmtPtr &inner : statement.body.statements) {
    const auto *assign = ast::dynCast<ast::AssignStmt>(inner.get());
    if (!assign)
      continue;
    std::string name = sourceText(assign->target->range, diagnostics);
    if (name != "delay" || assign->op != ast::AssignOp::Set) {
      diagnostics.report(diag::ConditionHolds, assign->range)
          .help("`delay = 1 s` or `delay ~ uniform(1 s, 3 s)`, and events: "
                "`da.reward(0.5)`");
      return false;
    }
    if (given) {
      diagnostics.report(diag::GivenTwice, assign->target->range, name)
          .label(given->target->range, "first given here");
      return false;
    }
    given = assign;
  }
  if (!given) {
    diagnostics.report(diag::ConditionWithoutDelay, head)
        .help(
            "say when it acts, for example `delay = 1 s`, or, drawn anew each "
            "time, `delay ~ uniform(1 s, 3 s)`");
    return false;
  }
  std::optional<Value> delay =
      value(given->value, "the delay", Dimension::time(), {}, 1);
  if (!delay)
    return false;
  if (delay->kind == Value::Kind::Data) {
    diagnostics.report(diag::Unsupported, delay->range,
                       "a list as the delay of a condition");
    return false;
  }
  made.delay = std::move(*delay);
  made.longest = rules::supportOf(made.delay).high;
  return rules::checkDelay(made.delay, step, stepRange, diagnostics) &&
         rules::checkConditionDelay(made.delay, step, diagnostics);
}

/// The connections from a condition to what follows it.
bool Elaborator::effects(const ast::WhenStmt &statement, unsigned source) {
  const std::string from = network.populations[source].path;
  bool hasEvent = false;
  for (const ast::StmtPtr &inner : statement.body.statements) {
    const auto *written = ast::dynCast<ast::EventStmt>(inner.get());
    if (!written)
      continue;
    hasEvent = true;
    auto events = modulatorEvents(*written);
    if (!events)
      return false;
    for (const ModulatorEvent &event : *events) {
      Projection made;
      made.path =
          numbered(from + "->" + network.populations[event.population].path +
                   "." + event.port.name);
      made.source = {source, 0, 0, written->range};
      made.target = {event.population, 0, 0, written->range};
      made.port = event.port.port;
      made.rule.kind = Rule::Kind::OneToOne;
      made.weight.dimension = event.port.weight;
      made.weight.constant = event.value;
      made.axonal.dimension = made.dendritic.dimension = Dimension::time();
      made.axonal.constant = step.value_or(1);
      made.rule.range = made.weight.range = made.axonal.range = made.range =
          written->range;
      network.projections.push_back(std::move(made));
    }
  }
  if (!hasEvent)
    diagnostics.report(diag::NothingFollows, statement.keyword)
        .help("name an event of a modulator: `da.reward(0.5)`");
  return hasEvent;
}

void Elaborator::when(const ast::WhenStmt &statement) {
  Population made;
  made.kind = Population::Kind::ConditionSource;
  made.size = 1;
  made.range =
      statement.name.empty() ? statement.spikes->range : statement.name.range;
  SpikeCondition condition;
  unsigned before = diagnostics.reportedErrors();
  if (std::optional<Slice> spikes = firing(*statement.spikes))
    condition.spikes = *spikes;
  SourceRange head = join(statement.keyword, statement.spikes->range);
  if (statement.after) {
    head = join(statement.keyword, statement.after->range);
    condition.before = firing(*statement.after);
    if (auto window =
            number(*statement.window, "the window", Dimension::time())) {
      condition.window = *window;
      if (*window <= 0)
        diagnostics.report(diag::NotPositive, statement.window->range, "within",
                           formatQuantity(*window, Dimension::time()));
      else if (step)
        rules::checkOnGrid(*window, "window", *step, statement.window->range,
                           stepRange, diagnostics);
    }
  }
  conditionDelay(statement, head, condition);
  Entity entity;
  if (diagnostics.reportedErrors() == before) {
    const std::string &of =
        network.populations[condition.spikes.population].path;
    made.path = statement.name.empty() ? numbered("when " + of)
                                       : frame->prefix + statement.name.text;
    made.condition = std::move(condition);
    auto source = static_cast<unsigned>(network.populations.size());
    network.populations.push_back(std::move(made));
    effects(statement, source);
    entity.kind = Entity::Kind::Populations;
    PopulationRef ref;
    ref.slice = {source, 0, 0, statement.name.range};
    entity.populations = {ref};
  }
  lost.connections |= diagnostics.reportedErrors() != before;
  if (!statement.name.empty())
    define(statement.name, std::move(entity));
}

} // namespace snn::lang
