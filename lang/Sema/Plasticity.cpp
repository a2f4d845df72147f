//===- Plasticity.cpp - Checks a plasticity rule --------------------------===//
//
// The weight is state 0. Traces are states of the source or the target that
// they alone change; the other states belong to the synapse until Homes proves
// more. A rule is checked once for each dimension of weights.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Evaluate.h"
#include "lang/Sema/Homes.h"
#include "lang/Sema/ModelChecker.h"
#include "lang/Sema/Reads.h"
#include "lang/Sema/Rules/Models.h"

#include <algorithm>

namespace snn::lang {

using namespace checked;

using Home = PlasticityModel::Home;
using Event = PlasticityHandler::Event;

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

void ModelChecker::weight() {
  symbols.define({Symbol::Kind::State, "w", 0, generics[0], decl.name.range,
                  true, /*zeroIsAny=*/true, nullptr});
  plasticityModel.states.push_back(
      {"w", generics[0], nullptr, decl.name.range});
  for (const Member &member : members)
    if (member.name == "w")
      diagnostics.report(diag::DuplicateName, member.range, "w", description())
          .label(decl.name.range, "every rule has the weight of its synapse");
}

/// `plasticity R(dopamine: Dopamine)`, with those of its bases before its own.
void ModelChecker::modulatorUses() {
  std::vector<Declared> chain{declared};
  // A loop of bases was reported; here it only has to end.
  while (chain.size() < 64) {
    const auto &model = ast::cast<ast::ModelDecl>(*chain.back().declaration);
    Declared base = model.base.empty()
                        ? Declared()
                        : chain.back().module->find(model.base.text);
    if (!ast::dynCast<ast::ModelDecl>(base.declaration))
      break;
    chain.push_back(base);
  }
  for (auto link = chain.rbegin(); link != chain.rend(); ++link)
    for (const ast::Binding &binding :
         ast::cast<ast::ModelDecl>(*link->declaration).parameters)
      modulatorUse(binding, *link->module);
}

void ModelChecker::modulatorUse(const ast::Binding &binding,
                                const Module &module) {
  std::vector<ModulatorUse> &uses = plasticityModel.modulators;
  std::optional<unsigned> model;
  const std::string *word = binding.type ? binding.type->asName() : nullptr;
  Declared found = word ? module.find(*word) : Declared();
  const auto *modulator = ast::dynCast<ast::ModelDecl>(found.declaration);
  if (modulator && modulator->model == ast::ModelKind::Modulator &&
      !binding.init) {
    model = models.modulator(found);
  } else if (modulator || found) {
    diagnostics
        .report(diag::WrongDeclaration, binding.range,
                binding.init ? binding.name.text : *word, "no modulator",
                "a modulator")
        .label(nameOf(*found.declaration).range, "declared here");
  } else {
    SourceRange place = binding.type ? binding.type->range : binding.range;
    std::vector<std::string> names;
    for (const auto &[name, known] : module.names)
      if (const auto *other = ast::dynCast<ast::ModelDecl>(known.declaration);
          other && other->model == ast::ModelKind::Modulator)
        names.push_back(name);
    std::string text = word ? *word : sourceText(place, diagnostics);
    Diagnostic &message =
        diagnostics.report(diag::UnknownModel, place, "modulator", text);
    if (auto meant = nearest(text, names))
      message.at("did you mean `" + *meant + "`?")
          .fix("replace the name", place, *meant);
    message.help("the brackets hold what the rule reads of the whole network: "
                 "`(dopamine: Dopamine)`; numbers are declared with `param`");
  }
  if (symbols.find(binding.name.text) ||
      std::ranges::find(members, binding.name.text, &Member::name) !=
          members.end())
    diagnostics.report(diag::DuplicateName, binding.name.range,
                       binding.name.text, description());
  symbols.define({Symbol::Kind::Modulator,
                  binding.name.text,
                  static_cast<unsigned>(uses.size()),
                  {},
                  binding.name.range,
                  model.has_value(),
                  false,
                  nullptr});
  uses.push_back({binding.name.text, model.value_or(0), binding.name.range});
}

Typed ModelChecker::modulatorState(const ast::MemberExpr &member,
                                   const Symbol &modulator) {
  if (reach == Reach::Parameters) {
    diagnostics.report(diag::NotParameter, member.range,
                       sourceText(member.range, diagnostics));
    return Typed::error();
  }
  const NeuronModel &model =
      program.neurons[plasticityModel.modulators[modulator.index].model];
  std::vector<std::string> names;
  for (unsigned i = 0; i < model.states.size(); ++i) {
    names.push_back(model.states[i].name);
    if (names.back() != member.member.text)
      continue;
    auto node = std::make_shared<Expr>();
    node->kind = ExprKind::Modulator;
    node->index = modulator.index;
    node->output = i;
    node->dimension = model.states[i].dimension;
    node->range = member.range;
    return Typed::quantity(node);
  }
  Diagnostic &message =
      diagnostics.report(diag::UnknownMember, member.member.range,
                         modulator.name, member.member.text);
  if (auto meant = nearest(member.member.text, names))
    message.at("did you mean `" + *meant + "`?")
        .fix("replace the name", member.member.range, *meant);
  message.note("states of modulator `" + model.name + "`: " + joinNames(names));
  return Typed::error();
}

/// A number that begins at 0, unless it says more.
void ModelChecker::trace(const Member &member) {
  const auto &statement = ast::cast<ast::TraceStmt>(*member.statement);
  Bound bound;
  bound.isValid = true;
  if (member.binding->type || member.binding->init)
    bound = binding(*member.binding, Reach::Parameters,
                    "the initial value of `" + member.name + "`");
  const Dimension &dimension = bound.type.dimension;
  bound.isValid = bound.isValid && keepsDimension(member, dimension);
  if (!bound.value)
    bound.value = makeNumber(0, dimension, member.range);
  std::vector<State> &states = plasticityModel.states;
  plasticityModel.homes.resize(states.size(), Home::Synapse);
  plasticityModel.homes.push_back(
      statement.side == ast::TraceStmt::Side::Pre ? Home::Pre : Home::Post);
  symbols.define({Symbol::Kind::State, member.name,
                  static_cast<unsigned>(states.size()), dimension, member.range,
                  bound.isValid && !member.isDisputed, bound.type.isGeneric,
                  nullptr});
  states.push_back({member.name, dimension, bound.value, member.range});
}

//===----------------------------------------------------------------------===//
// Who changes what
//===----------------------------------------------------------------------===//

static std::string sideOf(Home home) {
  return home == Home::Pre ? "source" : "target";
}

/// "`pre trace x`".
static std::string traceName(const PlasticityModel &model, unsigned state) {
  return std::string("`") + (model.homes[state] == Home::Pre ? "pre" : "post") +
         " trace " + model.states[state].name + "`";
}

/// What an equation says of a state in each step: `every 1 ms { ... }`.
std::string ModelChecker::inSteps(const ast::EquationStmt &equation) {
  const std::string &name = equation.variable.text;
  std::string rate = "(" + sourceText(equation.value->range, diagnostics) + ")";
  if (equation.coefficient)
    rate += "/(" + sourceText(equation.coefficient->range, diagnostics) + ")";
  return "`every 1 ms { " + name + " += 1 ms*" + rate + " }`";
}

bool ModelChecker::mayHaveEquation(const Symbol &state,
                                   const ast::EquationStmt &equation) {
  std::vector<Home> &homes = plasticityModel.homes;
  homes.resize(plasticityModel.states.size(), Home::Synapse);
  if (openTrace) {
    if (*openTrace == state.index)
      return true;
    diagnostics
        .report(diag::TwoWriters, equation.derivativeRange, state.name,
                traceName(plasticityModel, *openTrace) +
                    " changes nothing but itself")
        .label(state.range, "declared here");
    return false;
  }
  if (homes[state.index] != Home::Synapse) {
    diagnostics
        .report(diag::TwoWriters, equation.derivativeRange, state.name,
                "its trace alone changes it")
        .label(state.range, "declared here")
        .help("move the equation into " +
              traceName(plasticityModel, state.index));
    return false;
  }
  if (state.index != 0)
    return true;
  diagnostics
      .report(diag::Unsupported, equation.range, "an equation of the weight")
      .help("change it in steps: " + inSteps(equation));
  return false;
}

bool ModelChecker::mayAssign(const Symbol &state, SourceRange place) {
  if (!isPlasticity())
    return true;
  if (openTrace && *openTrace != state.index) {
    diagnostics
        .report(diag::TwoWriters, place, state.name,
                traceName(plasticityModel, *openTrace) +
                    " changes nothing but itself")
        .label(state.range, "declared here");
    return false;
  }
  if (openTrace || plasticityModel.homes[state.index] == Home::Synapse)
    return true;
  diagnostics
      .report(diag::TwoWriters, place, state.name, "its trace alone changes it")
      .label(state.range, "declared here")
      .help("say it in " + traceName(plasticityModel, state.index) +
            ": `on spike { ... }`");
  return false;
}

bool ModelChecker::checkTraceReads(const Expr &expr, SourceRange place) {
  Home side = plasticityModel.homes[*openTrace];
  bool isValid = true;
  forEachRead(expr, plasticityModel.lets, [&](const Expr &read) {
    std::string name, why;
    if (read.kind == ExprKind::State) {
      if (plasticityModel.homes[read.index] == side)
        return;
      name = plasticityModel.states[read.index].name;
      why = plasticityModel.homes[read.index] == Home::Synapse
                ? "which every synapse has of its own"
                : "a trace of the " + sideOf(plasticityModel.homes[read.index]);
    } else if (read.kind == ExprKind::Host && side == Home::Pre) {
      name = plasticityModel.hosts[read.index].name;
      why = "a value of the target";
    } else if (read.kind == ExprKind::Modulator) {
      name = plasticityModel.modulators[read.index].name;
      why = "a modulator";
    } else {
      return;
    }
    if (isValid)
      diagnostics
          .report(diag::TraceReads,
                  place.contains(read.range) ? read.range : place,
                  "the " + sideOf(side), name, why)
          .help("a trace is kept once for each neuron; what is of the synapse "
                "stands in `state`");
    isValid = false;
  });
  return isValid;
}

//===----------------------------------------------------------------------===//
// Traces and handlers
//===----------------------------------------------------------------------===//

void ModelChecker::traceBody(const Member &member) {
  const auto &statement = ast::cast<ast::TraceStmt>(*member.statement);
  openTrace = symbols.find(member.name)->index;
  bool hasHandler = false;
  for (const ast::StmtPtr &inner : statement.body.statements) {
    if (const auto *own = ast::dynCast<ast::EquationStmt>(inner.get())) {
      auto same = [&](const Equation &other) {
        return other.state == *openTrace;
      };
      std::vector<Equation> &equations = plasticityModel.equations;
      if (std::ranges::any_of(equations, same)) {
        diagnostics.report(diag::DuplicateName, own->derivativeRange,
                           own->variable.text + "'", description());
        continue;
      }
      Member written;
      written.kind = Member::Kind::Equation;
      written.statement = own;
      size_t before = equations.size();
      equation(written);
      if (equations.size() != before)
        checkTraceReads(*equations.back().drift, own->range);
    } else if (const auto *own = ast::dynCast<ast::HandlerStmt>(inner.get())) {
      if (own->event.text != "spike") {
        diagnostics
            .report(diag::UnknownEvent, own->event.range, own->event.text,
                    "a trace")
            .at("a trace knows `spike`");
        continue;
      }
      if (hasHandler)
        diagnostics.report(diag::DuplicateName, own->event.range, "on spike",
                           traceName(plasticityModel, *openTrace));
      hasHandler = true;
      checkNoArguments(*own);
      TraceChange change{*openTrace, {}};
      change.body = handler("`on spike`", own->event.range, own->body);
      forEachExpression(change.body, [&](const ExprRef &expr) {
        checkTraceReads(*expr, own->range);
      });
      traceChanges.push_back(std::move(change));
    }
  }
  openTrace.reset();
}

void ModelChecker::checkNoArguments(const ast::HandlerStmt &handler) {
  if (!handler.arguments.empty())
    diagnostics
        .report(diag::WrongArgumentCount, handler.arguments[0].range,
                "on " + handler.event.text, argumentCount(0),
                Count(handler.arguments.size()))
        .help("the weight is `w`");
}

/// Traces read one another as they were before the spike, so who reads comes
/// before who is read.
void ModelChecker::orderTraces(Home side) {
  PlasticityHandler made;
  made.event = side == Home::Pre ? Event::PreTrace : Event::PostTrace;
  std::vector<TraceChange> waiting;
  for (TraceChange &change : traceChanges)
    if (plasticityModel.homes[change.state] == side)
      waiting.push_back(std::move(change));
  auto reads = [&](const TraceChange &change, unsigned state) {
    bool found = false;
    forEachRead(change.body, plasticityModel.lets, [&](const Expr &read) {
      found |= read.kind == ExprKind::State && read.index == state;
    });
    return found;
  };
  while (!waiting.empty()) {
    auto next = std::ranges::find_if(waiting, [&](const TraceChange &change) {
      return std::ranges::none_of(waiting, [&](const TraceChange &other) {
        return &other != &change && reads(other, change.state);
      });
    });
    if (next == waiting.end()) {
      diagnostics.report(diag::Unsupported,
                         plasticityModel.states[waiting[0].state].range,
                         "traces that read each other at a spike");
      return;
    }
    if (!next->body.empty() && !made.range.isValid())
      made.range = next->body[0].range;
    made.body.insert(made.body.end(), next->body.begin(), next->body.end());
    waiting.erase(next);
  }
  if (!made.body.empty())
    plasticityModel.handlers.push_back(std::move(made));
}

void ModelChecker::ruleHandler(const ast::HandlerStmt &handler) {
  const std::string &event = handler.event.text;
  if (event != "pre" && event != "post") {
    bool ofModulator = false;
    for (const ModulatorUse &use : plasticityModel.modulators)
      for (const Port &port : program.neurons[use.model].ports)
        ofModulator |= port.name == event;
    if (ofModulator)
      diagnostics
          .report(diag::Unsupported, handler.event.range,
                  "on " + event + " in a plasticity rule")
          .help("read the state that the event changes, in `on pre`, `on post` "
                "or `every`");
    else
      diagnostics
          .report(diag::UnknownEvent, handler.event.range, event, description())
          .at("a rule knows `pre` and `post`");
    return;
  }
  checkNoArguments(handler);
  PlasticityHandler made;
  made.event = event == "pre" ? Event::Pre : Event::Post;
  made.range = handler.range;
  if (made.event == Event::Pre)
    sends = generics[0];
  made.body =
      this->handler("`on " + event + "`", handler.event.range, handler.body);
  sends.reset();
  plasticityModel.handlers.push_back(std::move(made));
}

/// `incoming(w)`, `outgoing(w)`: one more state, of the target or of each
/// synapse of the source, that the period begins with.
Typed ModelChecker::synapticSum(const ast::CallExpr &call,
                                const std::string &function) {
  Home home = function == "incoming" ? Home::Post : Home::Synapse;
  std::string text = sourceText(call.range, diagnostics);
  if (!inPeriod) {
    diagnostics
        .report(diag::SumMisplaced, call.range, text,
                "is known only when a period begins")
        .help("move what reads it into `every T { ... }`");
    return Typed::error();
  }
  const auto *name =
      call.arguments.size() == 1
          ? ast::dynCast<ast::NameExpr>(call.arguments[0].value.get())
          : nullptr;
  const Symbol *summed = name ? symbols.find(name->name) : nullptr;
  auto isSummed = [&](const Equation &equation) {
    return equation.state == summed->index;
  };
  if (!summed || summed->kind != Symbol::Kind::State ||
      plasticityModel.homes[summed->index] != Home::Synapse ||
      std::ranges::any_of(plasticityModel.equations, isSummed)) {
    diagnostics
        .report(diag::SumMisplaced, call.range, text,
                "sums what is no state of the synapse, or has an equation")
        .help("the weight is `w`: `" + function + "(w)`");
    return Typed::error();
  }
  auto known = std::ranges::find_if(
      plasticityModel.sums, [&](const PlasticityModel::Sum &sum) {
        return sum.of == summed->index &&
               plasticityModel.homes[sum.into] == home;
      });
  if (known == plasticityModel.sums.end()) {
    auto into = static_cast<unsigned>(plasticityModel.states.size());
    plasticityModel.states.push_back(
        {function + "(" + summed->name + ")", summed->dimension,
         makeNumber(0, summed->dimension, call.range), call.range});
    plasticityModel.homes.push_back(home);
    plasticityModel.sums.push_back({summed->index, into});
    known = std::prev(plasticityModel.sums.end());
  }
  return Typed::quantity(makeReference(ExprKind::State, known->into,
                                       summed->dimension, call.range));
}

/// `rewire()`: one more state of the synapse, which says so. The engine looks
/// at it when the period's changes are done.
std::optional<Statement>
ModelChecker::rewiring(const ast::EventStmt &statement) {
  const auto &call = ast::cast<ast::CallExpr>(*statement.event);
  if (!inPeriod || !call.arguments.empty()) {
    diagnostics.report(diag::RewireMisplaced, statement.range,
                       sourceText(statement.range, diagnostics));
    return std::nullopt;
  }
  std::vector<State> &states = plasticityModel.states;
  if (!plasticityModel.rewire) {
    plasticityModel.rewire = static_cast<unsigned>(states.size());
    states.push_back({"rewire()", Dimension::none(),
                      makeNumber(0, Dimension::none(), statement.range),
                      statement.range});
    plasticityModel.homes.push_back(Home::Synapse);
  }
  Statement made;
  made.range = statement.range;
  made.assignment.emplace();
  made.assignment->state = plasticityModel.rewire;
  made.assignment->value = makeNumber(1, Dimension::none(), statement.range);
  return made;
}

void ModelChecker::periodic(const ast::PeriodicStmt &statement) {
  PlasticityHandler made;
  made.event = Event::Every;
  made.range = statement.range;
  reach = Reach::Parameters;
  ExpressionChecker checker(*this, diagnostics, "the period");
  Typed period =
      checker.checkGiven(*statement.period, "the period", Dimension::time());
  inPeriod = true;
  made.body = handler("`every`", statement.keyword, statement.body);
  inPeriod = false;
  if (period.isError())
    return;
  std::optional<double> time = evaluate(*period.expr, [](const Expr &) {
                                 return std::optional<double>();
                               }).value;
  if (!time) {
    diagnostics
        .report(diag::Unsupported, statement.period->range,
                "a period that is no number")
        .help("write it out: `every 10 ms`");
    return;
  }
  made.period = makeNumber(*time, Dimension::time(), statement.period->range);
  plasticityModel.handlers.push_back(std::move(made));
}

void ModelChecker::bound(const Member &member) {
  const auto &statement = ast::cast<ast::BoundStmt>(*member.statement);
  ExpressionChecker checker(*this, diagnostics,
                            "the bound of `" + statement.variable.text + "`");
  const Symbol *symbol = symbols.find(statement.variable.text);
  if (!symbol)
    return checker.reportUnknown(statement.variable.text,
                                 statement.variable.range);
  if (!symbol->isValid)
    return;
  if (symbol->kind != Symbol::Kind::State) {
    diagnostics
        .report(diag::AssignsConstant, statement.variable.range, symbol->name,
                std::string(describe(symbol->kind)))
        .label(symbol->range, "declared here");
    return;
  }
  if (plasticityModel.homes[symbol->index] != Home::Synapse) {
    diagnostics.report(diag::Unsupported, statement.range,
                       "a bound of a trace");
    return;
  }
  const auto *range = ast::dynCast<ast::RangeExpr>(statement.interval.get());
  if (!range || range->step) {
    diagnostics.report(diag::NotARange, statement.interval->range,
                       sourceText(statement.interval->range, diagnostics));
    return;
  }
  reach = Reach::Parameters;
  std::string what = "a bound of `" + symbol->name + "`";
  auto side = [&](const ast::Expr &expr) {
    return checker
        .checkGiven(expr, what, symbol->dimension, {}, symbol->zeroIsAny)
        .expr;
  };
  StateBound made{symbol->index, side(*range->low), side(*range->high),
                  statement.range};
  reach = Reach::All;
  if (!made.low || !made.high)
    return;
  if (rules::checkBound(made, rules::defaultsOf(plasticityModel), range->range,
                        diagnostics))
    plasticityModel.bounds.push_back(std::move(made));
}

/// `@event_driven` says that nothing is done between events.
void ModelChecker::checkClaim() {
  auto claim = std::ranges::find(plasticityModel.attributes, "event_driven",
                                 &Attribute::name);
  auto periodic = std::ranges::find(plasticityModel.handlers, Event::Every,
                                    &PlasticityHandler::event);
  if (claim != plasticityModel.attributes.end() &&
      periodic != plasticityModel.handlers.end())
    diagnostics
        .report(diag::FalseClaim, claim->range, decl.name.text,
                shownValue(periodic->period->number, Dimension::time(),
                           periodic->period->range, diagnostics))
        .label(periodic->range, "every synapse is looked at");
}

std::optional<PlasticityModel> ModelChecker::plasticity() {
  unsigned before = diagnostics.reportedErrors();
  if (!decl.generics.empty()) {
    diagnostics
        .report(diag::Unsupported, decl.generics[0].range,
                "a generic parameter of a plasticity rule")
        .help("`weight` stands for the dimension of the weight");
    return std::nullopt;
  }
  common();
  plasticityModel.homes.resize(plasticityModel.states.size(), Home::Synapse);
  for (const Member &member : members)
    if (member.kind == Member::Kind::Trace && !member.isDisputed)
      traceBody(member);
  orderTraces(Home::Pre);
  orderTraces(Home::Post);
  for (const Member &member : members) {
    if (member.kind == Member::Kind::Handler)
      ruleHandler(ast::cast<ast::HandlerStmt>(*member.statement));
    if (member.kind == Member::Kind::Periodic)
      periodic(ast::cast<ast::PeriodicStmt>(*member.statement));
    if (member.kind == Member::Kind::Bound)
      bound(member);
  }
  bool changes = std::ranges::any_of(
      plasticityModel.handlers, [](const PlasticityHandler &handler) {
        return handler.event != Event::PreTrace &&
               handler.event != Event::PostTrace;
      });
  if (!changes && diagnostics.reportedErrors() == before)
    diagnostics.report(diag::EmptyHandler, decl.name.range, description())
        .help("say what a spike does to the weight: `on pre { w -= ... }`, "
              "`on post { w += ... }`");
  if (diagnostics.reportedErrors() != before)
    return std::nullopt;
  checkClaim();
  settleHomes(plasticityModel);
  for (const Member &member : members)
    if (member.kind == Member::Kind::Equation) {
      const auto &written = ast::cast<ast::EquationStmt>(*member.statement);
      rules::checkEventDriven(plasticityModel,
                              symbols.find(written.variable.text)->index,
                              inSteps(written), diagnostics);
    }
  if (diagnostics.reportedErrors() != before)
    return std::nullopt;
  return std::move(plasticityModel);
}

} // namespace snn::lang
