//===- Chips.cpp - Declarations of neuromorphic chips ---------------------===//
//
// Settings.cpp says which settings a chip has. Nothing of them is looked at
// here but their form; what the numbers mean is for mappers and emulators.
//
//===----------------------------------------------------------------------===//
#include "lang/Chips/Chips.h"

#include "lang/Basic/Units.h"
#include "lang/Chips/Program.h"
#include "lang/Chips/Settings.h"
#include "lang/Diagnostics/Suggest.h"

#include <algorithm>
#include <cstdlib>
#include <span>

namespace snn::lang {

using namespace ast;

namespace {

using Form = ChipSetting::Form;

class ChipChecker {
public:
  ChipChecker(const ChipDecl &declaration, DiagnosticEngine &diagnostics)
      : declaration(declaration), diagnostics(diagnostics) {}
  std::optional<checked::Chip> check();

private:
  const ChipDecl &declaration;
  DiagnosticEngine &diagnostics;
  checked::Chip chip;
  std::map<std::string, SourceRange> given;
  /// What a chip must have and this one has not, in the order of the table.
  std::vector<std::string> missing;

  bool isNew(const std::string &name, SourceRange range) {
    if (given.emplace(name, range).second)
      return true;
    diagnostics.report(diag::GivenTwice, range, name);
    return false;
  }
  void bad(SourceRange range, std::string_view what,
           const std::string &needed) {
    diagnostics.report(diag::BadChipValue, range, std::string(what), needed);
  }
  void number(const Binding &binding, std::vector<checked::ChipNumber> &list,
              bool isRegister);
  void assign(const AssignStmt &stmt);
  void assign(const ChipSetting &setting, const Expr &value);
  void complete();
};

} // namespace

/// Of a grid; cores are counted in 32 bits, links between them as well.
constexpr int64_t MostCores = 16'777'216;

/// `state v = wrap(-256, 255)`, `param leak = between(-256, 255)`.
void ChipChecker::number(const Binding &binding,
                         std::vector<checked::ChipNumber> &list,
                         bool isRegister) {
  if (!isNew(binding.name.text, binding.name.range))
    return;
  if (binding.name.text == "weight" || binding.name.text == "receptor" ||
      binding.name.text == "input" || binding.name.text.starts_with("input_")) {
    bad(binding.name.range, binding.name.text,
        "is what arrives at a neuron; another name tells them apart");
    return;
  }
  std::string needed = isRegister ? "needs its range and what happens outside "
                                    "of it: `wrap(low, high)` or "
                                    "`saturate(low, high)`"
                                  : "needs its range: `between(low, high)`";
  const auto *call = binding.init.kind == Initializer::Kind::Given
                         ? dynCast<CallExpr>(binding.init.value.get())
                         : nullptr;
  const auto *name = call ? dynCast<NameExpr>(call->callee.get()) : nullptr;
  bool known =
      name && (isRegister ? name->name == "wrap" || name->name == "saturate"
                          : name->name == "between");
  std::optional<int64_t> low, high;
  if (known && call->arguments.size() == 2 && !binding.type) {
    low = wholeNumber(*call->arguments[0].value);
    high = wholeNumber(*call->arguments[1].value);
  }
  if (!low || !high || *low > 0 || *high < 0) {
    bad(binding.range, binding.name.text,
        needed + ", whole numbers about zero");
    // Known from here on, so that its uses are not reported as well.
    list.push_back({binding.name.text});
    return;
  }
  // Parameters and states at the start lie in images as 32-bit numbers.
  if (!isRegister && (*low < INT32_MIN || *high > INT32_MAX)) {
    bad(binding.range, binding.name.text, "has more than 32 bits");
    list.push_back({binding.name.text});
    return;
  }
  // As in the record of a register.
  if (isRegister && binding.name.text.size() > 15)
    bad(binding.name.range, binding.name.text,
        "has a name of more than 15 letters");
  list.push_back(
      {binding.name.text, *low, *high, isRegister && name->name == "wrap"});
}

void ChipChecker::assign(const ChipSetting &setting, const Expr &value) {
  std::string name(setting.name);
  const auto *word = dynCast<NameExpr>(&value);
  switch (setting.form) {
  case Form::Word:
    if (!word ||
        std::ranges::find(setting.words, word->name) == setting.words.end())
      bad(value.range, name, "is one of " + joinNames(setting.words));
    else
      chip.words[name] = word->name;
    return;
  case Form::Limit:
    if (word && word->name == "unknown") {
      chip.unknown.push_back(name);
      return;
    }
    [[fallthrough]];
  case Form::Count: {
    std::optional<int64_t> number = wholeNumber(value);
    bool isSigned = name.starts_with("weight_") || name.starts_with("exponent");
    if (!number || *number > INT32_MAX || *number < INT32_MIN ||
        (*number < 0 && !isSigned))
      bad(value.range, name,
          std::string("is a whole number") +
              (setting.form == Form::Limit ? ", or `unknown`" : ""));
    else
      chip.numbers[name] = *number;
    return;
  }
  case Form::Cost:
  case Form::Time: {
    bool isCost = setting.form == Form::Cost;
    const auto *number = dynCast<NumberExpr>(&value);
    const std::string *unit =
        number && number->unit ? number->unit->asName() : nullptr;
    std::optional<double> amount;
    if (unit && *unit == (isCost ? "pJ" : "ns"))
      amount = scaleDecimal(number->digits, 0);
    if (amount)
      (isCost ? chip.costs : chip.times)[name] = *amount;
    else
      bad(value.range, name,
          isCost ? "is an energy in pJ, such as `3.5 pJ`"
                 : "is a time in ns, such as `4.1 ns`");
  }
  }
}

void ChipChecker::assign(const AssignStmt &stmt) {
  const auto *target = dynCast<NameExpr>(stmt.target.get());
  std::string name = target ? target->name
                            : std::string(diagnostics.sourceMap()
                                              .get(stmt.target->range)
                                              .text(stmt.target->range));
  auto setting = std::ranges::find(chipSettings(), name, &ChipSetting::name);
  if (!target || setting == chipSettings().end()) {
    std::vector<std::string> names;
    for (const ChipSetting &one : chipSettings())
      names.emplace_back(one.name);
    Diagnostic &message = diagnostics.report(
        diag::UnknownChoice, stmt.target->range, "setting of a chip", name);
    if (auto meant = nearest(name, names))
      message.at("did you mean `" + *meant + "`?");
    message.note("settings: " + joinNames(names, names.size()));
    return;
  }
  if (!isNew(name, stmt.target->range))
    return;
  if (stmt.op != AssignOp::Set || stmt.value.kind != Initializer::Kind::Given)
    bad(stmt.range, name, "is given with `=`");
  else
    assign(*setting, *stmt.value.value);
}

/// What was left out, and what must agree.
void ChipChecker::complete() {
  for (const ChipSetting &one : chipSettings()) {
    std::string name(one.name);
    if (given.contains(name) || one.form == Form::Cost)
      continue;
    if (one.required)
      missing.push_back(name);
    else if (one.form == Form::Word)
      chip.words[name] = one.words.front();
    else
      chip.numbers[name] = one.otherwise;
  }
  // A rule about what was not said rightly would report the same again.
  using Names = std::initializer_list<const char *>;
  auto need = [&](bool holds, const char *name, const char *what,
                  Names others = {}) {
    auto isKnown = [&](const char *one) {
      return chip.numbers.contains(one) || chip.words.contains(one);
    };
    if (holds || !isKnown(name) || !std::ranges::all_of(others, isKnown))
      return;
    auto place = given.find(name);
    bad(place == given.end() ? declaration.name.range : place->second, name,
        what);
  };
  auto at = [&](const char *name) {
    auto found = chip.numbers.find(name);
    return found == chip.numbers.end() ? 0 : found->second;
  };
  auto is = [&](const char *name, const char *word) {
    auto found = chip.words.find(name);
    return found != chip.words.end() && found->second == word;
  };
  int64_t cores = 1;
  for (const char *name : {"columns", "rows", "cores_per_router"}) {
    bool fits = at(name) >= 1 && at(name) <= 4096;
    need(fits, name, "is 1 to 4096");
    cores *= fits ? at(name) : 0;
  }
  need(cores <= MostCores, "cores_per_router",
       "makes more than 16,777,216 cores with the grid");
  need(at("weight_low") <= 0 && at("weight_low") >= INT16_MIN, "weight_low",
       "is 0 at most, of 16 bits");
  need(at("weight_high") >= 0 && at("weight_high") <= INT16_MAX, "weight_high",
       "is 0 at least, of 16 bits");
  need(at("weight_step") >= 1, "weight_step", "is 1 at least");
  need(at("exponent_low") >= -32 && at("exponent_low") <= 0, "exponent_low",
       "is -32 to 0");
  need(at("exponent_high") <= 32 && at("exponent_high") >= 0, "exponent_high",
       "is 0 to 32");
  bool table = is("weights", "table");
  need(table ? at("weight_types") >= 1 && at("weight_types") <= 64
             : at("weight_types") == 0,
       "weight_types",
       table ? "is 1 to 64 where weights come from a table"
             : "belongs to weights that come from a table",
       {"weights"});
  bool events = is("timing", "events");
  need(events == (at("queue") > 0), "queue",
       events ? "is 1 at least on a chip of events"
              : "belongs to a chip of events",
       {"timing"});
  need(!events || is("delivery", "each"), "delivery",
       "is `each` on a chip of events");
  need(at("receptors") >= 1 && at("receptors") <= 32, "receptors",
       "is 1 to 32");
  need(at("receptors") == 1 || !table, "receptors",
       "is 1 where the type of an axon chooses the weight", {"weights"});
  bool programmed = is("programs", "network");
  need(!programmed || is("delivery", "each"), "delivery",
       "is `each` where the network programs neurons");
  need(!programmed || !chip.parameters.empty(), "programs",
       "is `network` where a first parameter, `program`, says which of the "
       "network's neurons a neuron is");
  need(programmed || at("program_steps") == 0, "program_steps",
       "belongs to neurons that the network programs");
  if (chip.registers.empty() || chip.registers.size() > 8)
    bad(declaration.name.range, chip.name, "needs 1 to 8 registers");
  if (chip.parameters.size() > 32)
    bad(declaration.name.range, chip.name, "has more than 32 parameters");
  if (chip.name.size() > 31)
    bad(declaration.name.range, chip.name,
        "has a name of more than 31 letters");
}

std::optional<checked::Chip> ChipChecker::check() {
  unsigned before = diagnostics.reportedErrors();
  chip.name = declaration.name.text;
  chip.range = declaration.range;
  chip.doc = declaration.doc;
  std::vector<const HandlerStmt *> programs;
  for (const StmtPtr &stmt : declaration.body.statements) {
    for (const Attribute &attribute : stmt->attributes)
      diagnostics.report(diag::MisplacedAttribute, attribute.range,
                         attribute.name.text, "a part of a chip", "a model");
    if (const auto *states = dynCast<StateStmt>(stmt.get())) {
      for (const Binding &one : states->bindings)
        number(one, chip.registers, true);
    } else if (const auto *params = dynCast<ParamStmt>(stmt.get())) {
      for (const Binding &one : params->bindings)
        number(one, chip.parameters, false);
    } else if (const auto *set = dynCast<AssignStmt>(stmt.get())) {
      assign(*set);
    } else if (const auto *handler = dynCast<HandlerStmt>(stmt.get())) {
      programs.push_back(handler);
    }
  }
  for (const Attribute &attribute : declaration.attributes)
    diagnostics.report(diag::MisplacedAttribute, attribute.range,
                       attribute.name.text, "a chip", "a model");
  complete();
  // Programs name registers and parameters, wherever those stand.
  bool ticks = false;
  for (const HandlerStmt *one : programs) {
    if (one->event.text != "synapse" && one->event.text != "tick") {
      diagnostics.report(diag::UnknownEvent, one->event.range, one->event.text,
                         "a chip");
      continue;
    }
    if (!isNew("on " + one->event.text, one->event.range))
      continue;
    if (auto by = chip.words.find("programs");
        by != chip.words.end() && by->second == "network") {
      bad(one->event.range, "on " + one->event.text,
          "has no place where the network programs neurons");
      continue;
    }
    ticks |= one->event.text == "tick";
    // Those of too many numbers would run out of slots as well.
    auto receptors = chip.numbers.find("receptors");
    if (chip.registers.size() > 8 || chip.parameters.size() > 32 ||
        receptors == chip.numbers.end() || receptors->second < 1 ||
        receptors->second > 32)
      continue;
    ChipProgram(chip, one->event.text, diagnostics).compile(one->body);
  }
  auto by = chip.words.find("programs");
  if (!ticks && (by == chip.words.end() || by->second == "declared"))
    missing.push_back("on tick");
  if (!missing.empty()) {
    Diagnostic &message =
        diagnostics.report(diag::MissingChipSetting, declaration.name.range,
                           chip.name, missing.front());
    missing.erase(missing.begin());
    if (!missing.empty())
      message.note("nor " + joinNames(missing, missing.size()));
  }
  if (diagnostics.reportedErrors() != before)
    return std::nullopt;
  return std::move(chip);
}

unsigned checked::Chip::inputSlot(unsigned receptor) const {
  auto first = static_cast<unsigned>(registers.size() + parameters.size());
  return receptor ? first + 2 + receptor : first;
}

unsigned checked::Chip::firstTemporary() const {
  return receptorSlot() + (receptors() > 1 ? receptors() : 0);
}

std::string inputName(unsigned receptor) {
  return receptor ? "input_" + std::to_string(receptor) : "input";
}

std::optional<checked::Chip> checkChip(const ChipDecl &declaration,
                                       DiagnosticEngine &diagnostics) {
  return ChipChecker(declaration, diagnostics).check();
}

} // namespace snn::lang
