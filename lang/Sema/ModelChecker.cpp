//===- ModelChecker.cpp - Checks one model --------------------------------===//
//
// Symbols, parameters, states, lets and equations. Receptors are in
// Receptors.cpp, handlers and the spike rule in Handlers.cpp.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/ModelChecker.h"

#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Noise.h"
#include "lang/Sema/Reads.h"
#include "lang/Sema/Rules/Dimensions.h"

#include <algorithm>

namespace snn::lang {

using namespace checked;

ModelChecker::ModelChecker(Models &models, const Declared &declared,
                           std::vector<Dimension> generics)
    : models(models), program(models.program), diagnostics(models.diagnostics),
      declared(declared),
      decl(ast::cast<ast::ModelDecl>(*declared.declaration)),
      generics(std::move(generics)) {}

//===----------------------------------------------------------------------===//
// Scope
//===----------------------------------------------------------------------===//

std::string ModelChecker::description() const {
  return std::string(ast::spelling(decl.model)) + " `" + decl.name.text + "`";
}

std::vector<Visible> ModelChecker::visible() const {
  std::vector<Visible> result;
  auto add = [&](const SymbolTable &table) {
    for (const Symbol &symbol : table.all())
      if (symbol.kind != Symbol::Kind::Port)
        result.push_back({symbol.name, std::string(describe(symbol.kind)),
                          symbol.range, symbol.dimension});
  };
  if (locals)
    add(*locals);
  add(symbols);
  return result;
}

static ExprKind referenceKind(Symbol::Kind kind) {
  switch (kind) {
  case Symbol::Kind::State:
    return ExprKind::State;
  case Symbol::Kind::Let:
    return ExprKind::Let;
  case Symbol::Kind::Input:
  case Symbol::Kind::Sum:
    return ExprKind::Input;
  case Symbol::Kind::Host:
    return ExprKind::Host;
  case Symbol::Kind::Argument:
    return ExprKind::Argument;
  default:
    return ExprKind::Param;
  }
}

bool ModelChecker::isGeneric(const Expr &value) const {
  bool result = false;
  forEachRead(value, dynamics().lets, [&](const Expr &read) {
    unsigned index = read.index;
    if (read.kind == ExprKind::State) // a sum is of the kind that it sums
      for (const PlasticityModel::Sum &sum : plasticityModel.sums)
        index = sum.into == index ? sum.of : index;
    for (const SymbolTable *table : {&symbols, locals})
      if (table)
        for (const Symbol &symbol : table->all())
          result |= symbol.zeroIsAny && symbol.index == index &&
                    referenceKind(symbol.kind) == read.kind;
  });
  return result;
}

ExprRef ModelChecker::stepSize(SourceRange range) const {
  return makeReference(ExprKind::StepSize, 0, Dimension::time(), range);
}

std::optional<Typed> ModelChecker::name(const ast::NameExpr &name) {
  const Symbol *symbol = locals ? locals->find(name.name) : nullptr;
  if (!symbol)
    symbol = symbols.find(name.name);
  if (!symbol) {
    auto later = std::ranges::find(members, name.name, &Member::name);
    if (later == members.end())
      return std::nullopt;
    if (checkEarly(*later))
      return this->name(name);
    if (reach == Reach::Parameters && later->kind != Member::Kind::Param)
      diagnostics.report(diag::NotParameter, name.range, name.name)
          .label(later->range, "declared here");
    else
      diagnostics.report(diag::UsedBeforeDefinition, name.range, name.name)
          .label(later->range, "defined here");
    return Typed::error();
  }
  if (!symbol->isValid)
    return Typed::error();
  if (symbol->kind == Symbol::Kind::Local)
    return Typed::quantity(symbol->value);
  if (symbol->kind == Symbol::Kind::Receptor ||
      symbol->kind == Symbol::Kind::Modulator ||
      symbol->kind == Symbol::Kind::Port) {
    Diagnostic &message =
        diagnostics.report(diag::NotAQuantity, name.range, name.name,
                           std::string(describe(symbol->kind)));
    if (symbol->kind == Symbol::Kind::Receptor)
      message.help("name one of its values, for example `" + name.name + ".I`");
    if (symbol->kind == Symbol::Kind::Modulator)
      message.help("name one of its states, for example `" + name.name + ".d`");
    return Typed::error();
  }
  if (reach == Reach::Parameters && symbol->kind != Symbol::Kind::Param) {
    diagnostics.report(diag::NotParameter, name.range, name.name)
        .label(symbol->range,
               std::string(describe(symbol->kind)) + " is declared here");
    return Typed::error();
  }
  return Typed::quantity(makeReference(referenceKind(symbol->kind),
                                       symbol->index, symbol->dimension,
                                       name.range));
}

std::optional<Typed> ModelChecker::call(const ast::CallExpr &call) {
  const auto *callee = ast::dynCast<ast::NameExpr>(call.callee.get());
  if (callee && isPlasticity() &&
      (callee->name == "incoming" || callee->name == "outgoing"))
    return synapticSum(call, callee->name);
  if (!callee || callee->name != "noise")
    return std::nullopt;
  if (!inEquation || !call.arguments.empty()) {
    diagnostics.report(diag::NoiseMisplaced, call.range)
        .help("white noise stands in equations: `sigma*sqrt(2/tau)*noise()`");
    return Typed::error();
  }
  return Typed::quantity(makeReference(ExprKind::Argument, noiseArgument,
                                       *Dimension::time().pow(-1, 2),
                                       call.range));
}

bool ModelChecker::checkEarly(const Member &later) {
  if (open.empty() || later.kind != Member::Kind::Param ||
      !static_cast<const ast::ParamStmt *>(open.back()->statement)
           ->isOverride() ||
      std::ranges::find(open, &later) != open.end())
    return false;
  parameter(later);
  return true;
}

Typed ModelChecker::element(const ast::IndexExpr &index) {
  diagnostics.report(diag::NotAValue, index.range,
                     sourceText(index.range, diagnostics));
  return Typed::error();
}

Typed ModelChecker::identity(const ast::BinaryExpr &is) {
  diagnostics.report(diag::NotAValue, is.range,
                     sourceText(is.range, diagnostics));
  return Typed::error();
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

std::optional<ModelChecker::DeclaredType>
ModelChecker::type(const ast::Unit &unit) {
  // What only the use of the model says, apart from what names a unit.
  DeclaredType result;
  ast::Unit named = unit;
  named.factors.clear();
  for (const ast::UnitFactor &factor : unit.factors) {
    auto generic =
        std::ranges::find(decl.generics, factor.name, &ast::Name::text);
    std::optional<Dimension> meant;
    if (generic != decl.generics.end()) {
      meant = generics[static_cast<size_t>(generic - decl.generics.begin())];
    } else if (factor.name == "weight") {
      if (!isPlasticity()) {
        diagnostics.report(diag::WeightNeedsPlasticity, unit.range);
        return std::nullopt;
      }
      meant = generics[0];
    }
    if (meant)
      meant = meant->pow(factor.exponent);
    if (!meant) {
      named.factors.push_back(factor);
      continue;
    }
    result.dimension = result.dimension * *meant;
    result.isGeneric = true;
  }
  std::optional<Unit> resolved = resolveUnit(named, diagnostics);
  if (!resolved)
    return std::nullopt;
  result.dimension = result.dimension * resolved->dimension;
  return result;
}

ModelChecker::Bound ModelChecker::binding(const ast::Binding &binding,
                                          Reach what,
                                          const std::string &context) {
  Bound result;
  reach = what;
  if (binding.init.kind == ast::Initializer::Kind::Drawn) {
    diagnostics
        .report(diag::DrawnInModel, binding.init.opRange, binding.name.text)
        .help(isPlasticity()
                  ? "what a rule begins with is the same for all its synapses; "
                    "weights are drawn where they are connected"
                  : "draw it where the population is declared: `population E "
                    ": " +
                        decl.name.text + "[100] { " + binding.name.text +
                        " ~ ... }`");
    return result;
  }
  std::optional<DeclaredType> given;
  if (binding.type) {
    given = type(*binding.type);
    if (!given)
      return result;
  }
  if (binding.init) {
    ExpressionChecker checker(*this, diagnostics, context);
    Typed value =
        given ? checker.checkGiven(
                    *binding.init.value, "`" + binding.name.text + "`",
                    given->dimension, binding.type->range, given->isGeneric)
              : checker.checkQuantity(*binding.init.value);
    if (value.isError())
      return result;
    result.value = value.expr;
    if (!given)
      given = DeclaredType{value.dimension(), false};
  }
  if (!given) {
    diagnostics.report(diag::NoUnitNoValue, binding.name.range,
                       binding.name.text);
    return result;
  }
  result.type = *given;
  result.isValid = true;
  return result;
}

void ModelChecker::parameter(const Member &member) {
  if (symbols.find(member.name))
    return; // checked early
  open.push_back(&member);
  Bound bound = binding(*member.binding, Reach::Parameters,
                        "the value of `" + member.name + "`");
  open.pop_back();
  if (bound.isValid)
    bound.isValid = keepsDimension(member, bound.type.dimension);
  std::vector<Parameter> &params = dynamics().params;
  symbols.define({Symbol::Kind::Param, member.name,
                  static_cast<unsigned>(params.size()), bound.type.dimension,
                  member.range, bound.isValid && !member.isDisputed,
                  bound.type.isGeneric, nullptr});
  params.push_back(
      {member.name, bound.type.dimension, bound.value, member.binding->range});
}

/// The unit of what gets its value elsewhere; `what` it is, for messages.
std::optional<ModelChecker::DeclaredType>
ModelChecker::unitOf(const ast::Binding &binding, std::string_view what) {
  if (binding.init.value)
    diagnostics.report(diag::NotAssignable, binding.name.range)
        .at("it is " + std::string(what));
  else if (!binding.type)
    diagnostics.report(diag::NoUnitNoValue, binding.name.range,
                       binding.name.text);
  return binding.type ? type(*binding.type) : std::nullopt;
}

void ModelChecker::input(const Member &member) {
  std::optional<DeclaredType> given = unitOf(*member.binding, "an input");
  std::vector<Input> &inputs = neuronModel.inputs;
  if (given && !keepsDimension(member, given->dimension))
    given.reset();
  DeclaredType known = given.value_or(DeclaredType());
  symbols.define({Symbol::Kind::Input, member.name,
                  static_cast<unsigned>(inputs.size()), known.dimension,
                  member.range, given.has_value(), false, nullptr});
  inputs.push_back({member.name, known.dimension, member.range});
}

void ModelChecker::host(const Member &member) {
  std::optional<DeclaredType> given =
      unitOf(*member.binding, "read of the neuron");
  std::vector<Host> &hosts =
      isPlasticity() ? plasticityModel.hosts : synapseModel.hosts;
  DeclaredType known = given.value_or(DeclaredType());
  symbols.define({Symbol::Kind::Host, member.name,
                  static_cast<unsigned>(hosts.size()), known.dimension,
                  member.range, given.has_value(), false, nullptr});
  hosts.push_back({member.name, known.dimension, member.range});
}

void ModelChecker::state(const Member &member) {
  bool isDrawn = member.binding->init.kind == ast::Initializer::Kind::Drawn;
  Bound bound = isDrawn ? drawnState(member)
                        : binding(*member.binding, Reach::Parameters,
                                  "the initial value of `" + member.name + "`");
  if (bound.isValid && !bound.value) {
    std::string unit = bound.type.dimension.unit();
    diagnostics.report(diag::NoInitialValue, member.range, member.name)
        .help("say where it starts: `state " + member.name + " = 0" +
              (bound.type.dimension.isNone() ? "" : " " + unit) + "`");
    bound.isValid = false;
  }
  if (bound.isValid)
    bound.isValid = keepsDimension(member, bound.type.dimension);
  std::vector<State> &states = dynamics().states;
  symbols.define({Symbol::Kind::State, member.name,
                  static_cast<unsigned>(states.size()), bound.type.dimension,
                  member.range, bound.isValid && !member.isDisputed,
                  bound.type.isGeneric, nullptr});
  states.push_back(
      {member.name, bound.type.dimension, bound.value, member.binding->range});
}

void ModelChecker::let(const Member &member) {
  Bound bound = binding(*member.binding, Reach::All,
                        "the value of `" + member.name + "`");
  if (bound.isValid && !bound.value) {
    diagnostics.report(diag::NoUnitNoValue, member.range, member.name);
    bound.isValid = false;
  }
  std::vector<Let> &lets = dynamics().lets;
  symbols.define({Symbol::Kind::Let, member.name,
                  static_cast<unsigned>(lets.size()), bound.type.dimension,
                  member.range, bound.isValid && !member.isDisputed,
                  bound.type.isGeneric, nullptr});
  lets.push_back({member.name, bound.value, member.binding->range});
}

void ModelChecker::equation(const Member &member) {
  const auto &equation = ast::cast<ast::EquationStmt>(*member.statement);
  const Symbol *symbol = symbols.find(equation.variable.text);
  ExpressionChecker checker(
      *this, diagnostics, "the equation for `" + equation.variable.text + "`");
  reach = Reach::All;
  if (!symbol) {
    checker.reportUnknown(equation.variable.text, equation.variable.range);
    return;
  }
  if (member.isDisputed || !symbol->isValid)
    return;
  if (symbol->kind != Symbol::Kind::State) {
    diagnostics
        .report(diag::NotAState, equation.derivativeRange, symbol->name,
                std::string(describe(symbol->kind)))
        .label(symbol->range, "declared here");
    return;
  }
  if (isPlasticity() && !mayHaveEquation(*symbol, equation))
    return;
  Typed coefficient;
  if (equation.coefficient)
    coefficient = checker.checkQuantity(*equation.coefficient);
  inEquation = true;
  Typed value = checker.check(*equation.value);
  inEquation = false;
  if (value.isError() || !symbol->isValid ||
      (equation.coefficient && coefficient.isError()))
    return;
  rules::EquationSides sides;
  sides.left = equation.variable.text + "'";
  if (equation.coefficient)
    sides.left =
        sourceText(equation.coefficient->range, diagnostics) + "*" + sides.left;
  sides.stateName = symbol->name;
  sides.state = symbol->dimension;
  sides.stateRange = symbol->range;
  sides.hasCoefficient = equation.coefficient != nullptr;
  sides.needed = symbol->dimension / Dimension::time();
  if (equation.coefficient)
    sides.needed = sides.needed * coefficient.dimension();
  if (symbol->zeroIsAny && value.isBareNumber && value.expr->number == 0)
    value.expr = makeNumber(0, sides.needed, value.range);
  if (!rules::checkEquation(sides, value, *this, diagnostics))
    return;
  std::optional<DriftAndNoise> parts = splitNoise(value.expr, diagnostics);
  if (!parts)
    return;
  if (isPlasticity() && !parts->noise.empty()) {
    diagnostics.report(diag::Unsupported, value.range,
                       "noise in a plasticity rule");
    return;
  }
  Equation result;
  result.state = symbol->index;
  result.range = equation.range;
  Dimension rate = symbol->dimension / Dimension::time();
  auto divided = [&](ExprRef side, const Dimension &dimension) {
    if (!equation.coefficient)
      return side;
    return makeBinary(BinaryOp::Div, side, coefficient.expr, dimension,
                      side->range);
  };
  result.drift = divided(parts->drift, rate);
  Dimension amplitude = symbol->dimension / *Dimension::time().sqrt();
  for (const ExprRef &noise : parts->noise)
    result.noise.push_back(divided(noise, amplitude));
  dynamics().equations.push_back(std::move(result));
}

//===----------------------------------------------------------------------===//
// Whole models
//===----------------------------------------------------------------------===//

void ModelChecker::common() {
  members = membersOf(declared, diagnostics);
  Dynamics &model = dynamics();
  model.name = decl.name.text;
  model.range = decl.name.range;
  model.attributes = checkAttributes(attributesOf(declared),
                                     isPlasticity() ? AttributeOwner::Rule
                                                    : AttributeOwner::Model,
                                     decl.range, diagnostics);
  if (isPlasticity()) {
    weight();
    modulatorUses();
  }
  using Step = void (ModelChecker::*)(const Member &);
  static constexpr std::pair<Member::Kind, Step> steps[] = {
      {Member::Kind::Param, &ModelChecker::parameter},
      {Member::Kind::Input, &ModelChecker::input},
      {Member::Kind::Host, &ModelChecker::host},
      {Member::Kind::Source, &ModelChecker::source},
      {Member::Kind::Trace, &ModelChecker::trace},
      {Member::Kind::State, &ModelChecker::state},
      {Member::Kind::Sum, &ModelChecker::sum},
      {Member::Kind::Receptor, &ModelChecker::receptor},
      {Member::Kind::Let, &ModelChecker::let},
      {Member::Kind::Equation, &ModelChecker::equation},
  };
  for (auto [kind, step] : steps)
    for (const Member &member : members)
      if (member.kind == kind)
        (this->*step)(member);
  reach = Reach::All;
  for (const Member &member : members)
    if (member.kind == Member::Kind::Other ||
        (member.kind == Member::Kind::Periodic && !isPlasticity()))
      other(member);
}

/// `precision f64` travels as an attribute.
void ModelChecker::other(const Member &member) {
  const auto *statement = ast::dynCast<ast::PrecisionStmt>(member.statement);
  if (!statement) {
    diagnostics.report(diag::Unsupported, member.range,
                       sourceText(member.range, diagnostics));
    return;
  }
  const std::string &word = statement->precision.text;
  if (word != "f32" && word != "f64") {
    diagnostics
        .report(diag::UnknownChoice, statement->precision.range, "precision",
                word)
        .note("precisions: f32, f64");
    return;
  }
  AttributeArgument argument;
  argument.word = word;
  dynamics().attributes.push_back({"precision", {argument}, statement->range});
}

std::optional<NeuronModel> ModelChecker::neuron() {
  unsigned before = diagnostics.reportedErrors();
  common();
  for (const Member &member : members)
    if (member.kind == Member::Kind::Port) {
      const auto &statement = ast::cast<ast::PortStmt>(*member.statement);
      symbols.define({Symbol::Kind::Port,
                      member.name,
                      static_cast<unsigned>(neuronModel.ports.size()),
                      {},
                      member.range,
                      true,
                      false,
                      nullptr});
      neuronModel.ports.push_back(port("port `" + statement.name.text + "`",
                                       statement.name, statement.arguments,
                                       statement.body, member.range));
    }
  for (const Member &member : members) {
    if (member.kind == Member::Kind::Spike)
      spike(member);
  }
  // A synapse that is wrong was reported when it was checked.
  if (diagnostics.reportedErrors() != before || hasBrokenReceptor)
    return std::nullopt;
  return std::move(neuronModel);
}

/// Also one that is left out because its name is taken.
static bool writesSum(const ast::ModelDecl &decl) {
  return std::ranges::any_of(decl.body.statements, [](const auto &statement) {
    return statement->kind == ast::Stmt::Kind::Sum;
  });
}

std::optional<SynapseModel> ModelChecker::synapse() {
  unsigned before = diagnostics.reportedErrors();
  common();
  bool hasHandler = false;
  for (const Member &member : members) {
    if (member.kind != Member::Kind::Handler)
      continue;
    const auto &handler = ast::cast<ast::HandlerStmt>(*member.statement);
    hasHandler = true;
    if (handler.event.text != "spike") {
      diagnostics
          .report(diag::UnknownEvent, handler.event.range, handler.event.text,
                  description())
          .at("a synapse knows `spike`");
      continue;
    }
    synapseModel.onSpike = port("`on spike`", handler.event, handler.arguments,
                                handler.body, member.range);
  }
  if (hasHandler && synapseModel.isContinuous())
    diagnostics
        .report(diag::SumsAndSpikes, synapseModel.onSpike.range, decl.name.text)
        .label(synapseModel.sums.front().range, "it sums here");
  if (synapseModel.isContinuous())
    synapseModel.onSpike = std::move(summed);
  else if (!hasHandler && !writesSum(decl))
    diagnostics.report(diag::NoSpikeHandler, decl.name.range, decl.name.text)
        .help("say what a spike does: `on spike(w: pA) { I += w }`");
  if (diagnostics.reportedErrors() != before)
    return std::nullopt;
  return std::move(synapseModel);
}

} // namespace snn::lang
