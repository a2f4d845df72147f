//===- Attributes.cpp - `@name(...)` --------------------------------------===//
//
// The attributes that exist and what stands in their brackets. What they mean
// is for the passes that read them.
//
//===----------------------------------------------------------------------===//
#include "lang/AST/Walk.h"
#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Expressions.h"
#include "lang/Sema/Models.h"

#include <algorithm>

namespace snn::lang {

using namespace checked;

static const std::vector<std::string> knownAttributes = {
    "accumulate", "allow",  "clock_driven", "event_driven",
    "quiescent",  "solver", "storage"};

/// Attributes that the language has and this version does not act on.
static const std::vector<std::string> laterAttributes = {"accumulate",
                                                         "clock_driven"};

static const std::vector<std::string> solvers = {
    "auto",  "exact",          "exponential_euler", "rk4",
    "euler", "euler_maruyama", "semi_implicit"};

/// `@solver(euler, substeps = 2, sequential)`: a method, a whole number of
/// parts of a step, and for Euler's method one equation after the other.
static void checkSolver(const Attribute &attribute,
                        const ast::Attribute &written,
                        DiagnosticEngine &diagnostics) {
  const std::string *method = nullptr;
  for (size_t i = 0; i < attribute.arguments.size(); ++i) {
    const AttributeArgument &argument = attribute.arguments[i];
    const ast::Argument &place = written.arguments[i];
    bool isCount = argument.isNumber && argument.number >= 1 &&
                   argument.number <= 1000 && argument.dimension.isNone() &&
                   argument.number == static_cast<int>(argument.number);
    if (argument.key == "substeps" && isCount)
      continue;
    if (argument.key.empty() && argument.word == "sequential")
      continue;
    if (argument.key.empty() &&
        std::ranges::find(solvers, argument.word) != solvers.end()) {
      if (method)
        diagnostics
            .report(diag::UnknownChoice, place.range, "argument of solver",
                    argument.word)
            .note("`" + *method + "` is the method already");
      method = &argument.word;
      continue;
    }
    diagnostics
        .report(diag::UnknownChoice, place.range, "argument of solver",
                sourceText(place.range, diagnostics))
        .note("methods: " + joinNames(solvers) +
              "; `substeps = n` cuts the step into 1 to 1000 parts");
  }
  for (size_t i = 0; i < attribute.arguments.size(); ++i)
    if (attribute.arguments[i].word == "sequential" &&
        (!method || *method != "euler"))
      diagnostics
          .report(diag::UnknownChoice, written.arguments[i].range,
                  "argument of solver", std::string("sequential"))
          .note("only `euler` can advance one equation after the other");
}

/// `@storage(procedural)`: one word.
static void checkStorage(const ast::Attribute &written,
                         DiagnosticEngine &diagnostics) {
  static const std::vector<std::string> choices = {"auto", "stored", "rows",
                                                   "procedural"};
  if (written.arguments.empty())
    diagnostics
        .report(diag::MissingArgument, written.name.range, "`@storage`",
                std::string("storage"))
        .note("choices: " + joinNames(choices));
  for (size_t i = 0; i < written.arguments.size(); ++i) {
    const ast::Argument &argument = written.arguments[i];
    std::string word = sourceText(argument.range, diagnostics);
    if (std::ranges::find(choices, word) == choices.end()) {
      Diagnostic &message = diagnostics.report(
          diag::UnknownChoice, argument.range, "argument of storage", word);
      if (auto meant = nearest(word, choices))
        message.at("did you mean `" + *meant + "`?");
      message.note("choices: " + joinNames(choices));
    } else if (i > 0) {
      diagnostics.report(diag::GivenTwice, argument.range,
                         std::string("storage"));
    }
  }
}

/// `@quiescent(0.01 mV, w = 1 pA)`: positive quantities. Of what they are is
/// for the population to say.
static void checkTolerances(const Attribute &attribute,
                            const ast::Attribute &written,
                            DiagnosticEngine &diagnostics) {
  if (written.arguments.empty())
    diagnostics
        .report(diag::MissingArgument, written.name.range, "`@quiescent`",
                std::string("tolerance"))
        .help("how near to its rest is a neuron to be put to rest? "
              "`@quiescent(0.01 mV)`");
  for (size_t i = 0; i < attribute.arguments.size(); ++i)
    if (!attribute.arguments[i].isNumber ||
        !(attribute.arguments[i].number > 0))
      diagnostics.report(
          diag::BadTolerance, written.arguments[i].value->range,
          sourceText(written.arguments[i].value->range, diagnostics));
}

static std::string_view describe(AttributeOwner owner) {
  switch (owner) {
  case AttributeOwner::Model:
    return "a model";
  case AttributeOwner::Rule:
    return "a plasticity rule";
  case AttributeOwner::Population:
    return "a population";
  case AttributeOwner::Connection:
    return "a connection";
  case AttributeOwner::Structure:
    return "a network or column";
  case AttributeOwner::Experiment:
    return "an experiment";
  case AttributeOwner::Other:
    return "what follows it";
  }
  return "";
}

/// Reports an attribute that nothing would read where it stands.
static bool checkOwner(const ast::Attribute &attribute, AttributeOwner owner,
                       DiagnosticEngine &diagnostics) {
  bool ofConnections =
      owner == AttributeOwner::Connection || owner == AttributeOwner::Structure;
  std::string_view place;
  if (attribute.name.text == "solver" && owner != AttributeOwner::Model)
    place = "a neuron or synapse";
  else if (attribute.name.text == "event_driven" &&
           owner != AttributeOwner::Rule)
    place = "a plasticity rule";
  else if (attribute.name.text == "storage" && !ofConnections)
    place = "`connect`, or before `network` or `column` where it is declared";
  else if (attribute.name.text == "quiescent" &&
           owner != AttributeOwner::Population)
    place = "a population of neurons";
  else
    return true;
  diagnostics.report(diag::MisplacedAttribute, attribute.name.range,
                     attribute.name.text, std::string(describe(owner)),
                     std::string(place));
  return false;
}

std::vector<Attribute>
checkAttributes(const std::vector<const ast::Attribute *> &attributes,
                AttributeOwner owner, SourceRange scope,
                DiagnosticEngine &diagnostics) {
  std::vector<Attribute> result;
  for (const ast::Attribute *attribute : attributes) {
    if (std::ranges::find(knownAttributes, attribute->name.text) ==
        knownAttributes.end()) {
      Diagnostic &message = diagnostics.report(
          diag::UnknownAttribute, attribute->name.range, attribute->name.text);
      if (auto meant = nearest(attribute->name.text, knownAttributes))
        message.at("did you mean `" + *meant + "`?");
      message.note("attributes: " + joinNames(knownAttributes) +
                   "; before experiments also `@long`, without arguments");
      continue;
    }
    if (attribute->name.text == "allow") {
      for (const ast::Argument &argument : attribute->arguments) {
        std::string code = sourceText(argument.value->range, diagnostics);
        const KindInfo *kind = findKind(code);
        if (!kind || kind->severity != Severity::Warning)
          diagnostics.report(diag::NotAllowable, argument.range, code);
        diagnostics.allow(code, scope);
      }
      continue;
    }
    if (std::ranges::find(laterAttributes, attribute->name.text) !=
        laterAttributes.end()) {
      diagnostics.report(diag::Unsupported, attribute->name.range,
                         "@" + attribute->name.text);
      continue;
    }
    if (!checkOwner(*attribute, owner, diagnostics))
      continue;
    Attribute made;
    made.name = attribute->name.text;
    made.range = attribute->range;
    for (const ast::Argument &argument : attribute->arguments) {
      AttributeArgument value;
      value.key = argument.name.text;
      value.range = argument.range;
      if (const auto *number =
              ast::dynCast<ast::NumberExpr>(argument.value.get())) {
        value.isNumber = true;
        std::optional<Unit> unit =
            number->unit ? resolveUnit(*number->unit, diagnostics) : Unit();
        if (!unit)
          continue;
        std::optional<double> converted = toInternal(number->digits, *unit);
        if (!converted) {
          diagnostics.report(diag::NumberOutOfRange, number->range,
                             sourceText(number->range, diagnostics));
          continue;
        }
        value.number = *converted;
        value.dimension = unit->dimension;
      } else {
        value.word = sourceText(argument.value->range, diagnostics);
      }
      made.arguments.push_back(std::move(value));
    }
    if (made.name == "solver" &&
        made.arguments.size() == attribute->arguments.size())
      checkSolver(made, *attribute, diagnostics);
    if (made.name == "storage")
      checkStorage(*attribute, diagnostics);
    if (made.name == "quiescent" &&
        made.arguments.size() == attribute->arguments.size())
      checkTolerances(made, *attribute, diagnostics);
    result.push_back(std::move(made));
  }
  return result;
}

/// Whether the attributes of a statement are read where it is checked.
static bool isOwner(const ast::Stmt &statement) {
  switch (statement.kind) {
  case ast::Stmt::Kind::Model:
  case ast::Stmt::Kind::Structure:
  case ast::Stmt::Kind::Experiment:
  case ast::Stmt::Kind::Connect:
  case ast::Stmt::Kind::InPort:
    return true;
  case ast::Stmt::Kind::Instance:
    return ast::cast<ast::InstanceStmt>(statement).instance !=
           ast::InstanceKind::Column;
  default:
    return false;
  }
}

void checkOtherAttributes(const ast::Stmt &declaration,
                          DiagnosticEngine &diagnostics) {
  ast::forEachStatement(declaration, [&](const ast::Stmt &statement) {
    if (isOwner(statement))
      return;
    std::vector<const ast::Attribute *> attributes;
    for (const ast::Attribute &attribute : statement.attributes)
      attributes.push_back(&attribute);
    checkAttributes(attributes, AttributeOwner::Other, statement.range,
                    diagnostics);
  });
}

std::optional<Storage> storageOf(const std::vector<Attribute> &attributes) {
  for (const Attribute &attribute : attributes)
    if (attribute.name == "storage" && !attribute.arguments.empty()) {
      const std::string &word = attribute.arguments[0].word;
      return Storage{word == "procedural" ? Storage::Kind::Procedural
                     : word == "stored"   ? Storage::Kind::Stored
                     : word == "rows"     ? Storage::Kind::Rows
                                          : Storage::Kind::Auto,
                     attribute.range};
    }
  return std::nullopt;
}

} // namespace snn::lang
