//===- Elaborator.cpp - From structures to a flat network -----------------===//
//
// Frames, arguments, loops and conditions.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Elaborator.h"

#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Evaluate.h"
#include "lang/Sema/Rules/Dimensions.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace snn::lang {

Elaborator::Elaborator(Models &models, checked::Network &network,
                       Overrides &overrides, std::optional<double> step,
                       SourceRange stepRange, bool isStepWrong)
    : models(models), program(models.program), diagnostics(models.diagnostics),
      network(network), overrides(overrides), step(step), stepRange(stepRange),
      isStepWrong(isStepWrong) {}

//===----------------------------------------------------------------------===//
// Values of expressions
//===----------------------------------------------------------------------===//

std::optional<double> Elaborator::number(const ast::Expr &expr,
                                         std::string_view what,
                                         const Dimension &needed) {
  ExpressionChecker checker(*this, diagnostics);
  Typed value = checker.checkGiven(expr, what, needed);
  if (value.isError())
    return std::nullopt;
  if (placeIsKnown && mentions(*value.expr, checked::ExprKind::Argument)) {
    diagnostics
        .report(diag::NotConstant, expr.range,
                sourceText(expr.range, diagnostics))
        .at("differs between pairs of neurons")
        .help("what depends on the distance is set by `=`, not drawn");
    return std::nullopt;
  }
  return evaluateConstant(*value.expr, diagnostics);
}

std::optional<uint64_t> Elaborator::count(const ast::Expr &expr,
                                          std::string_view what) {
  std::optional<double> value = number(expr, what, Dimension::none());
  if (!value)
    return std::nullopt;
  if (*value < 0 || *value != std::floor(*value)) {
    Diagnostic &message = diagnostics.report(
        diag::NotACount, expr.range, std::string(what), formatNumber(*value));
    if (*value > 0)
      message.suggest("round it", expr.range,
                      "round(" + sourceText(expr.range, diagnostics) + ")");
    return std::nullopt;
  }
  if (*value >= 0x1p63) {
    diagnostics.report(diag::NumberOutOfRange, expr.range,
                       sourceText(expr.range, diagnostics));
    return std::nullopt;
  }
  return static_cast<uint64_t>(*value);
}

std::optional<bool> Elaborator::truth(const ast::Expr &expr) {
  ExpressionChecker checker(*this, diagnostics);
  Typed value = checker.checkTruth(expr);
  if (value.isError())
    return std::nullopt;
  std::optional<double> known = evaluateConstant(*value.expr, diagnostics);
  if (!known)
    return std::nullopt;
  return *known != 0;
}

checked::ExprRef Elaborator::function(bool &isKnown, const ast::Expr &expr,
                                      std::string_view what,
                                      const Dimension &needed,
                                      SourceRange declared) {
  ExpressionChecker checker(*this, diagnostics);
  isKnown = true;
  Typed value = checker.checkGiven(expr, what, needed, declared);
  isKnown = false;
  return value.isError() ? nullptr : foldConstants(value.expr, diagnostics);
}

checked::ExprRef Elaborator::timeFunction(const ast::Expr &expr,
                                          std::string_view what,
                                          const Dimension &needed,
                                          SourceRange declared) {
  return function(timeIsKnown, expr, what, needed, declared);
}

checked::ExprRef Elaborator::stepSize(SourceRange range) const {
  // Any step does to look for further mistakes.
  if (!step && isStepWrong)
    return makeNumber(0.1, Dimension::time(), range);
  return step ? makeNumber(*step, Dimension::time(), range) : nullptr;
}

//===----------------------------------------------------------------------===//
// Structures
//===----------------------------------------------------------------------===//

/// Names that statements declare, with their places.
static void collectNames(const ast::Block &body,
                         std::map<std::string, SourceRange> &names) {
  for (const ast::StmtPtr &statement : body.statements) {
    if (const auto *let = ast::dynCast<ast::LetStmt>(statement.get()))
      for (const ast::Binding &binding : let->bindings)
        names.emplace(binding.name.text, binding.name.range);
    if (const auto *made = ast::dynCast<ast::ImportStmt>(statement.get()))
      names.emplace(made->name.text, made->name.range);
    if (const auto *made = ast::dynCast<ast::InstanceStmt>(statement.get()))
      for (const auto &instance : made->instances)
        names.emplace(instance.name.text, instance.name.range);
    if (const auto *when = ast::dynCast<ast::WhenStmt>(statement.get());
        when && !when->name.empty())
      names.emplace(when->name.text, when->name.range);
  }
}

/// A structure after those that it extends, the root first.
static std::vector<Declared> structureChain(const Declared &declared,
                                            DiagnosticEngine &diagnostics) {
  std::vector<Declared> chain{declared};
  while (true) {
    const auto &structure =
        ast::cast<ast::StructureDecl>(*chain.front().declaration);
    if (structure.base.empty())
      return chain;
    Declared base = chain.front().module->find(structure.base.text);
    if (!ast::dynCast<ast::StructureDecl>(base.declaration)) {
      diagnostics.report(diag::UnknownModel, structure.base.range,
                         ast::spelling(structure.structure),
                         structure.base.text);
      return chain;
    }
    for (const Declared &link : chain)
      if (link.declaration == base.declaration) {
        diagnostics.report(diag::InheritanceLoop, structure.base.range,
                           structure.base.text);
        return chain;
      }
    chain.insert(chain.begin(), base);
  }
}

std::shared_ptr<Frame> Elaborator::instantiate(
    const Declared &declared, const ast::Instantiation *instantiation,
    const std::string &prefix, const std::string &overridePath,
    std::optional<Site> site) {
  const auto &structure = ast::cast<ast::StructureDecl>(*declared.declaration);
  if (isStopped)
    return nullptr;
  if (++turns > maxTurns) {
    diagnostics.report(diag::TooManyTurns, structure.name.range,
                       Count(maxTurns));
    isStopped = true;
    return nullptr;
  }
  if (nesting == maxNesting) {
    isStopped = true;
    diagnostics.report(diag::StructureTooDeep, structure.name.range,
                       structure.name.text, Count(maxNesting));
    return nullptr;
  }
  std::vector<Declared> chain = structureChain(declared, diagnostics);
  std::vector<const ast::Binding *> parameters;
  for (const Declared &link : chain)
    for (const ast::Binding &parameter :
         ast::cast<ast::StructureDecl>(*link.declaration).parameters) {
      auto same = std::ranges::find_if(parameters, [&](const auto *other) {
        return other->name.text == parameter.name.text;
      });
      if (same == parameters.end())
        parameters.push_back(&parameter);
      else
        *same = &parameter; // the heir's default wins
    }
  auto inner = std::make_shared<Frame>();
  inner->module = declared.module;
  inner->description = std::string(ast::spelling(structure.structure)) + " `" +
                       structure.name.text + "`";
  inner->prefix = prefix;
  inner->site = site;
  if (!site && frame)
    if (const Site *around = frame->findSite())
      inner->site = *around;
  for (const ast::Binding *parameter : parameters)
    inner->later.emplace(parameter->name.text, parameter->name.range);
  for (const Declared &link : chain)
    collectNames(ast::cast<ast::StructureDecl>(*link.declaration).body,
                 inner->later);

  // Arguments see the caller's names, defaults see the parameters before them.
  std::vector<const ast::Argument *> given(parameters.size());
  size_t position = 0;
  if (instantiation)
    for (const ast::Argument &argument : instantiation->arguments) {
      auto found = parameters.end();
      if (!argument.name.empty())
        found = std::ranges::find_if(
            parameters, [&](const ast::Binding *parameter) {
              return parameter->name.text == argument.name.text;
            });
      else if (position < parameters.size())
        found = parameters.begin() + static_cast<ptrdiff_t>(position++);
      if (found == parameters.end()) {
        std::vector<std::string> names;
        for (const ast::Binding *parameter : parameters)
          names.push_back(parameter->name.text);
        std::string text = argument.name.empty()
                               ? sourceText(argument.range, diagnostics)
                               : argument.name.text;
        Diagnostic &message = diagnostics.report(
            diag::UnknownParameter,
            argument.name.empty() ? argument.range : argument.name.range,
            inner->description, text);
        if (auto meant = nearest(text, names))
          message.at("did you mean `" + *meant + "`?");
        message.note(names.empty() ? inner->description + " has no parameters"
                                   : inner->description + " has parameters: " +
                                         joinNames(names));
        continue;
      }
      size_t index = static_cast<size_t>(found - parameters.begin());
      if (given[index])
        diagnostics.report(diag::GivenTwice, argument.range,
                           (*found)->name.text);
      given[index] = &argument;
    }

  Frame *caller = frame;
  for (size_t i = 0; i < parameters.size(); ++i) {
    const ast::Binding &parameter = *parameters[i];
    std::optional<Dimension> needed;
    if (parameter.type) {
      if (auto unit = resolveUnit(*parameter.type, diagnostics))
        needed = unit->dimension;
    }
    Entity entity;
    entity.range = parameter.name.range;
    // The default fixes the dimension even where another value is given.
    Entity byDefault;
    if (parameter.init.kind == ast::Initializer::Kind::Given) {
      frame = inner.get();
      byDefault = evaluate(*parameter.init.value);
      frame = caller;
      if (!needed && byDefault.kind == Entity::Kind::Quantity &&
          byDefault.quantity.kind != TypeKind::Truth)
        needed = byDefault.quantity.dimension();
    }
    if (const ast::Expr *value =
            argumentOf(parameter, given[i], overridePath)) {
      entity = evaluate(*value);
      if (needed && entity.kind == Entity::Kind::Quantity &&
          !rules::checkGiven(entity.quantity, "`" + parameter.name.text + "`",
                             *needed, parameter.range, diagnostics))
        entity.kind = Entity::Kind::Error;
    } else if (parameter.init) {
      entity = byDefault;
    } else {
      diagnostics
          .report(diag::MissingArgument,
                  instantiation ? instantiation->range : structure.name.range,
                  inner->description, parameter.name.text)
          .label(parameter.range, "it has no default");
    }
    if (!overridePath.empty() && needed) {
      std::string path = overridePath + "." + parameter.name.text;
      overrides.offer(path);
      if (auto value = overrides.take(path, *needed)) {
        entity.kind = Entity::Kind::Quantity;
        entity.quantity =
            Typed::quantity(makeNumber(*value, *needed, parameter.range));
      }
    }
    entity.range = parameter.name.range;
    inner->names[parameter.name.text] = std::move(entity);
  }
  if (overridePath == "net")
    checkArguments(parameters, inner->description);

  // What the heir says of storage counts more than what its base says.
  for (const Declared &link : chain) {
    std::vector<const ast::Attribute *> attributes;
    for (const ast::Attribute &attribute : link.declaration->attributes)
      attributes.push_back(&attribute);
    if (std::optional<checked::Storage> own =
            storageOf(checkAttributes(attributes, AttributeOwner::Structure,
                                      link.declaration->range, diagnostics)))
      inner->storage = own;
  }
  if (!inner->storage && caller)
    if (const checked::Storage *around = caller->findStorage())
      inner->storage = *around;

  ++nesting;
  frame = inner.get();
  for (const Declared &link : chain) {
    inner->module = link.module;
    runBody(ast::cast<ast::StructureDecl>(*link.declaration).body);
  }
  frame = caller;
  --nesting;
  return inner;
}

/// What the experiment says of an argument of its network counts more than
/// what stands in the brackets.
const ast::Expr *Elaborator::argumentOf(const ast::Binding &parameter,
                                        const ast::Argument *given,
                                        const std::string &overridePath) {
  if (overridePath == "net")
    if (auto found = arguments.find(parameter.name.text);
        found != arguments.end())
      return found->second->value.value.get();
  return given ? given->value.get() : nullptr;
}

void Elaborator::checkArguments(
    const std::vector<const ast::Binding *> &parameters,
    const std::string &description) {
  std::vector<std::string> names;
  for (const ast::Binding *parameter : parameters)
    names.push_back(parameter->name.text);
  for (const auto &[name, statement] : arguments) {
    if (statement->value.kind != ast::Initializer::Kind::Given ||
        statement->op != ast::AssignOp::Set)
      diagnostics
          .report(diag::NotChangeable, statement->range,
                  sourceText(statement->target->range, diagnostics))
          .help("an argument of the network is given: `net." + name +
                " = ...`");
    if (std::ranges::find(names, name) != names.end())
      continue;
    SourceRange place =
        ast::cast<ast::MemberExpr>(*statement->target).member.range;
    Diagnostic &message =
        diagnostics.report(diag::UnknownParameter, place, description, name);
    if (auto meant = nearest(name, names))
      message.at("did you mean `" + *meant + "`?")
          .fix("replace the name", place, *meant);
    message.note(names.empty()
                     ? description + " has no parameters"
                     : description + " has parameters: " + joinNames(names));
  }
}

void Elaborator::define(const ast::Name &name, Entity entity) {
  auto found = frame->names.find(name.text);
  if (found != frame->names.end()) {
    diagnostics
        .report(diag::DuplicateName, name.range, name.text, frame->description)
        .label(found->second.range, "first declared here");
    return;
  }
  entity.range = name.range;
  frame->names.emplace(name.text, std::move(entity));
}

void Elaborator::runBody(const ast::Block &body) {
  for (const ast::StmtPtr &statement : body.statements)
    run(*statement);
}

void Elaborator::run(const ast::Stmt &statement) {
  if (isStopped) {
    lost = {true, true};
    return;
  }
  switch (statement.kind) {
  case ast::Stmt::Kind::Let:
    return let(ast::cast<ast::LetStmt>(statement));
  case ast::Stmt::Kind::If:
    return conditional(ast::cast<ast::IfStmt>(statement));
  case ast::Stmt::Kind::For: {
    bool isWhole = loop(ast::cast<ast::ForStmt>(statement));
    lost.connections |= !isWhole;
    return;
  }
  case ast::Stmt::Kind::Instance:
    return instance(ast::cast<ast::InstanceStmt>(statement));
  case ast::Stmt::Kind::Import:
    return import(ast::cast<ast::ImportStmt>(statement));
  case ast::Stmt::Kind::Connect: {
    const auto &connection = ast::cast<ast::ConnectStmt>(statement);
    std::vector<const ast::Attribute *> attributes;
    for (const ast::Attribute &attribute : connection.attributes)
      attributes.push_back(&attribute);
    size_t made = network.projections.size();
    unsigned before = diagnostics.reportedErrors();
    placeSamples = 4096;
    if (auto sources = populations(*connection.source))
      connect(*sources, connection.projection, connection.range,
              connection.arrowRange, attributes);
    bool joinsNobody = network.projections.size() == made;
    bool isWrong = diagnostics.reportedErrors() != before;
    // A mistake that is reported already may be why nobody is joined.
    if (const ast::Expr *where = connection.projection.where.get();
        where && joinsNobody && !diagnostics.hasErrors())
      diagnostics
          .report(diag::JoinsNobody, where->range,
                  sourceText(where->range, diagnostics))
          .help("compare it with the places of both ends; silence with "
                "`@allow(W0466)`");
    lost.connections |= joinsNobody || isWrong;
    return;
  }
  case ast::Stmt::Kind::Disconnect:
    return disconnect(ast::cast<ast::DisconnectStmt>(statement));
  case ast::Stmt::Kind::Drive:
    return drive(ast::cast<ast::DriveStmt>(statement));
  case ast::Stmt::Kind::When:
    return when(ast::cast<ast::WhenStmt>(statement));
  case ast::Stmt::Kind::InPort: {
    const auto &port = ast::cast<ast::InPortStmt>(statement);
    Entity entity;
    entity.kind = Entity::Kind::InPort;
    entity.inPort = &port;
    return define(port.name, std::move(entity));
  }
  case ast::Stmt::Kind::OutPort:
    return outPort(ast::cast<ast::OutPortStmt>(statement));
  default:
    diagnostics.report(diag::Unsupported, statement.keyword,
                       sourceText(statement.keyword, diagnostics));
  }
}

void Elaborator::let(const ast::LetStmt &statement) {
  for (const ast::Binding &binding : statement.bindings) {
    Entity entity;
    if (binding.init.kind == ast::Initializer::Kind::Drawn) {
      diagnostics.report(diag::DrawnInModel, binding.init.opRange,
                         binding.name.text);
    } else if (!binding.init) {
      diagnostics.report(diag::NoUnitNoValue, binding.name.range,
                         binding.name.text);
    } else {
      entity = evaluate(*binding.init.value);
      if (binding.type && entity.kind == Entity::Kind::Quantity)
        if (auto unit = resolveUnit(*binding.type, diagnostics))
          if (!rules::checkGiven(entity.quantity, "`" + binding.name.text + "`",
                                 unit->dimension, binding.type->range,
                                 diagnostics))
            entity.kind = Entity::Kind::Error;
    }
    define(binding.name, std::move(entity));
  }
}

void Elaborator::conditional(const ast::IfStmt &statement) {
  for (const ast::IfStmt::Branch &branch : statement.branches) {
    if (branch.condition) {
      std::optional<bool> holds = truth(*branch.condition);
      if (!holds) {
        lost = {true, true};
        return;
      }
      if (!*holds)
        continue;
    }
    return runBody(branch.body);
  }
}

/// False if it could not run to its end.
bool Elaborator::loop(const ast::ForStmt &statement) {
  std::vector<std::vector<Entity>> rows;
  auto numberEntity = [&](double value) {
    Entity entity;
    entity.kind = Entity::Kind::Quantity;
    entity.quantity = Typed::quantity(
        makeNumber(value, Dimension::none(), statement.sequence->range));
    return entity;
  };
  if (const auto *range =
          ast::dynCast<ast::RangeExpr>(statement.sequence.get())) {
    std::optional<double> low =
        number(*range->low, "the first index", Dimension::none());
    std::optional<double> high =
        number(*range->high, "the last index", Dimension::none());
    std::optional<double> stride =
        range->step ? number(*range->step, "the stride", Dimension::none())
                    : std::optional<double>(1);
    if (!low || !high || !stride)
      return false;
    if (*stride <= 0) {
      diagnostics.report(diag::NotPositive, range->step->range, "step",
                         formatNumber(*stride));
      return false;
    }
    double total = (*high - *low) / *stride + 1;
    if (total > maxTurns) {
      diagnostics.report(diag::TooManyTurns, statement.sequence->range,
                         Count(maxTurns));
      return false;
    }
    for (uint64_t i = 0; *low + static_cast<double>(i) * *stride <= *high; ++i)
      rows.push_back({numberEntity(*low + static_cast<double>(i) * *stride)});
  } else {
    Entity sequence = evaluate(*statement.sequence);
    if (sequence.isError())
      return false;
    if (sequence.kind == Entity::Kind::Populations) {
      for (const PopulationRef &member : sequence.populations) {
        Entity one;
        one.kind = Entity::Kind::Populations;
        one.populations = {member};
        rows.push_back({std::move(one)});
      }
    } else if (sequence.kind == Entity::Kind::List) {
      for (Entity &element : sequence.list)
        rows.push_back({element});
    } else if (sequence.kind == Entity::Kind::Table) {
      const ast::TableExpr &table = *sequence.table->syntax;
      auto named = [&](const ast::Name &name) {
        ast::NameExpr expr;
        expr.name = name.text;
        expr.range = name.range;
        return nameEntity(expr);
      };
      for (size_t i = 0; i < table.rows.size(); ++i)
        for (size_t j = 0; j < sequence.table->values[i].size(); ++j) {
          std::vector<Entity> row{named(table.rows[i].name)};
          if (table.axes.size() > 1)
            row.push_back(named(table.columns[j]));
          Entity cell;
          const Typed &value = sequence.table->values[i][j];
          cell.kind =
              value.isError() ? Entity::Kind::Error : Entity::Kind::Quantity;
          cell.quantity = value;
          row.push_back(std::move(cell));
          for (const Entity &entity : row)
            if (entity.isError())
              return false;
          rows.push_back(std::move(row));
        }
    } else {
      diagnostics.report(diag::NotASequence, statement.sequence->range,
                         sourceText(statement.sequence->range, diagnostics),
                         std::string(describe(sequence.kind)));
      return false;
    }
  }
  for (std::vector<Entity> &row : rows) {
    if (row.size() != statement.variables.size()) {
      diagnostics.report(diag::LoopVariables,
                         join(statement.variables.front().range,
                              statement.variables.back().range),
                         sourceText(statement.sequence->range, diagnostics),
                         Count(row.size()), Count(statement.variables.size()));
      return false;
    }
    if (++turns > maxTurns) {
      diagnostics.report(diag::TooManyTurns, statement.keyword,
                         Count(maxTurns));
      return false;
    }
    Frame turn;
    turn.parent = frame;
    turn.module = frame->module;
    turn.description = frame->description;
    turn.prefix = frame->prefix;
    collectNames(statement.body, turn.later);
    for (size_t i = 0; i < row.size(); ++i) {
      row[i].range = statement.variables[i].range;
      turn.names[statement.variables[i].text] = std::move(row[i]);
    }
    Frame *outer = frame;
    frame = &turn;
    std::optional<bool> runs = true;
    if (statement.where)
      runs = truth(*statement.where);
    unsigned before = diagnostics.reportedErrors();
    if (runs && *runs)
      runBody(statement.body);
    frame = outer;
    // A mistake in the body would come again in every turn.
    if (!runs || diagnostics.reportedErrors() != before)
      return false;
  }
  return true;
}

void Elaborator::instance(const ast::InstanceStmt &statement) {
  for (const ast::InstanceStmt::Instance &made : statement.instances) {
    switch (statement.instance) {
    case ast::InstanceKind::Population:
      population(made, statement.attributes, ast::ModelKind::Neuron);
      break;
    case ast::InstanceKind::Column:
      column(made);
      break;
    case ast::InstanceKind::Modulator:
      population(made, statement.attributes, ast::ModelKind::Modulator);
      break;
    }
  }
}

void Elaborator::column(const ast::InstanceStmt::Instance &instance) {
  Declared declared = frame->module->find(instance.model.model.text);
  const auto *structure =
      ast::dynCast<ast::StructureDecl>(declared.declaration);
  Entity entity;
  if (!structure) {
    std::vector<std::string> names;
    for (const auto &[name, known] : frame->module->names)
      if (ast::dynCast<ast::StructureDecl>(known.declaration))
        names.push_back(name);
    if (declared) {
      diagnostics.report(diag::WrongDeclaration, instance.model.model.range,
                         instance.model.model.text, "no column", "a column");
    } else {
      Diagnostic &message =
          diagnostics.report(diag::UnknownModel, instance.model.model.range,
                             "column", instance.model.model.text);
      if (auto meant = nearest(instance.model.model.text, names))
        message.at("did you mean `" + *meant + "`?");
    }
    return define(instance.name, std::move(entity));
  }
  bool isValid = true;
  uint64_t total = 1;
  std::vector<uint64_t> sizes;
  for (const ast::ExprPtr &expr : instance.sizes) {
    std::optional<uint64_t> extent = count(*expr, "the number of columns");
    isValid &= extent.has_value();
    sizes.push_back(extent.value_or(1));
    if (__builtin_mul_overflow(total, sizes.back(), &total) ||
        total > maxPopulations) {
      diagnostics.report(diag::TooManyPopulations, expr->range,
                         Count(maxPopulations));
      isValid = false;
      break;
    }
  }
  if (!isValid)
    return define(instance.name, std::move(entity));
  std::string path = frame->prefix + instance.name.text;
  std::optional<Grid> grid;
  if (instance.placement) {
    grid = placement(*instance.placement, instance.name.text, sizes.size());
    if (!grid)
      return define(instance.name, std::move(entity));
  }
  std::array<uint64_t, 3> index{};
  auto one = [&](const std::string &place) {
    Entity made;
    made.frame = instantiate(declared, &instance.model, place + ".", place,
                             grid ? std::optional(siteOf(*grid, sizes, index))
                                  : std::nullopt);
    made.kind = made.frame ? Entity::Kind::Column : Entity::Kind::Error;
    return made;
  };
  if (sizes.empty())
    return define(instance.name, one(path));
  entity.kind = Entity::Kind::List;
  entity.extents = sizes;
  unsigned before = diagnostics.reportedErrors();
  for (uint64_t i = 0; i < total; ++i) {
    std::string place;
    uint64_t rest = i;
    for (size_t axis = sizes.size(); axis-- > 0; rest /= sizes[axis]) {
      uint64_t here = rest % sizes[axis];
      place = std::to_string(here) + (place.empty() ? "" : ",") + place;
      if (axis < index.size())
        index[axis] = here;
    }
    entity.list.push_back(one(path + "[" + place + "]"));
    // A mistake in the column would come again in every copy.
    if (diagnostics.reportedErrors() != before) {
      lost = {true, true};
      return define(instance.name, {});
    }
  }
  define(instance.name, std::move(entity));
}

void Elaborator::import(const ast::ImportStmt &statement) {
  Entity entity;
  // One that failed was reported when the module was loaded.
  auto found = frame->module->imports.find(&statement);
  if (found != frame->module->imports.end()) {
    const Imported &imported = found->second;
    std::string path = frame->prefix + statement.name.text;
    network.imports.push_back(
        {path, imported.summary, imported.needsF64, statement.name.range});
    // It counts in steps, whatever they are.
    bool before = std::exchange(isStepWrong, isStepWrong || !step);
    entity.frame = instantiate(imported.column, nullptr, path + ".", path);
    isStepWrong = before;
    if (entity.frame) {
      entity.kind = Entity::Kind::Column;
      entity.frame->summary = imported.summary;
    }
  }
  define(statement.name, std::move(entity));
}

void Elaborator::outPort(const ast::OutPortStmt &statement) {
  for (const ast::OutPortStmt::Port &port : statement.ports) {
    if (!port.value) {
      ast::NameExpr expr;
      expr.name = port.name.text;
      expr.range = port.name.range;
      nameEntity(expr);
      continue;
    }
    Entity entity = evaluate(*port.value);
    define(port.name, std::move(entity));
  }
}

} // namespace snn::lang
