//===- Program.cpp - What a chip computes at an event ---------------------===//
//
// Integers throughout. Each expression becomes steps in the order of its text;
// what stands under a condition is stored under it.
//
//===----------------------------------------------------------------------===//
#include "lang/Chips/Program.h"

#include "lang/Diagnostics/Suggest.h"

#include <algorithm>
#include <charconv>

namespace snn::lang {

using namespace ast;
using checked::ChipAlways;
using checked::ChipOperation;

std::optional<int64_t> wholeNumber(const Expr &expr) {
  if (const auto *sign = dynCast<UnaryExpr>(&expr)) {
    std::optional<int64_t> value = wholeNumber(*sign->operand);
    if (!value || sign->op == UnaryOp::Not)
      return std::nullopt;
    return sign->op == UnaryOp::Minus ? -*value : *value;
  }
  const auto *number = dynCast<NumberExpr>(&expr);
  if (!number || number->unit || !number->isInteger())
    return std::nullopt;
  std::string digits = number->digits;
  std::erase(digits, '_');
  int64_t value = 0;
  auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value);
  // Twice the value fits, so that no sign or sum of two overflows.
  if (error != std::errc() || end != digits.data() + digits.size() ||
      value > INT64_MAX / 2)
    return std::nullopt;
  return value;
}

ChipProgram::ChipProgram(checked::Chip &chip, const std::string &event,
                         DiagnosticEngine &diagnostics)
    : chip(chip), steps(event == "tick" ? chip.onTick : chip.onSynapse),
      diagnostics(diagnostics), event(event) {
  unsigned slot = 0;
  for (const checked::ChipNumber &one : chip.registers)
    slots[one.name] = slot++;
  for (const checked::ChipNumber &one : chip.parameters)
    slots[one.name] = slot++;
  if (event == "synapse")
    slots["weight"] = chip.weightSlot();
  if (event == "synapse" && chip.receptors() > 1)
    slots["receptor"] = chip.receptorSlot();
  for (unsigned i = 0; event == "tick" && i < chip.receptors(); ++i)
    slots[inputName(i)] = chip.inputSlot(i);
  next = chip.firstTemporary();
}

void ChipProgram::compile(const Block &body) {
  for (const StmtPtr &one : body.statements)
    statement(*one);
}

unsigned ChipProgram::refuse(SourceRange range, const std::string &what) {
  diagnostics.report(diag::NoChipProgram, range, what)
      .note("a chip computes with whole numbers: +, -, *, comparisons, `and`, "
            "`or`, `not`, `if`, abs, min, max, shift(a, bits), "
            "toward_zero(a, bits)");
  return 0;
}

unsigned ChipProgram::emit(ChipOperation operation, unsigned a, unsigned b,
                           unsigned c, int64_t value) {
  if (next >= ChipAlways) {
    if (!isFull)
      refuse(place, "a program of so many steps");
    isFull = true;
    return 0;
  }
  steps.push_back({operation, next, a, b, c, value});
  return next++;
}

/// The conjunction of conditions, of which either may be "always".
unsigned ChipProgram::both(unsigned a, unsigned b) {
  return a == ChipAlways   ? b
         : b == ChipAlways ? a
                           : emit(ChipOperation::And, a, b);
}

void ChipProgram::under(unsigned slot, const Block &body) {
  unsigned around = condition;
  condition = slot;
  compile(body);
  condition = around;
}

void ChipProgram::assign(const AssignStmt &stmt) {
  const auto *name = dynCast<NameExpr>(stmt.target.get());
  auto found = std::ranges::find_if(chip.registers, [&](const auto &one) {
    return name && one.name == name->name;
  });
  if (found == chip.registers.end()) {
    refuse(stmt.target->range, "an assignment to what is no register");
    return;
  }
  auto slot = static_cast<unsigned>(found - chip.registers.begin());
  if (!stmt.value.value || stmt.value.kind != Initializer::Kind::Given ||
      stmt.op == AssignOp::Divide) {
    refuse(stmt.range, "this assignment");
    return;
  }
  unsigned value = expression(*stmt.value.value);
  if (stmt.op == AssignOp::Add)
    value = emit(ChipOperation::Add, slot, value);
  else if (stmt.op == AssignOp::Subtract)
    value = emit(ChipOperation::Subtract, slot, value);
  else if (stmt.op == AssignOp::Multiply)
    value = emit(ChipOperation::Multiply, slot, value);
  steps.push_back({ChipOperation::Store, slot, value, condition, 0, 0});
}

void ChipProgram::branches(const IfStmt &stmt) {
  unsigned others = ChipAlways;
  for (const IfStmt::Branch &branch : stmt.branches) {
    unsigned here = others;
    if (branch.condition) {
      unsigned holds = lasting(*branch.condition);
      here = both(others, holds);
      others = both(others, emit(ChipOperation::Not, holds));
    }
    under(both(condition, here), branch.body);
  }
}

void ChipProgram::statement(const Stmt &stmt) {
  place = stmt.range;
  if (const auto *let = dynCast<LetStmt>(&stmt)) {
    for (const Binding &one : let->bindings) {
      if (one.type || one.init.kind != Initializer::Kind::Given) {
        refuse(one.range, "this `let`");
        continue;
      }
      unsigned value = lasting(*one.init.value);
      if (!slots.emplace(one.name.text, value).second)
        diagnostics.report(diag::GivenTwice, one.name.range, one.name.text);
    }
  } else if (const auto *assignment = dynCast<AssignStmt>(&stmt)) {
    assign(*assignment);
  } else if (const auto *choice = dynCast<IfStmt>(&stmt)) {
    branches(*choice);
  } else if (const auto *spike = dynCast<SpikeStmt>(&stmt)) {
    if (spike->crossing) {
      refuse(spike->range, "`rises above`");
      return;
    }
    unsigned holds = both(condition, lasting(*spike->condition));
    steps.push_back({ChipOperation::Spike, 0, holds, 0, 0, 0});
    under(holds, spike->body);
  } else {
    refuse(stmt.range, "this statement");
  }
}

unsigned ChipProgram::binary(const BinaryExpr &expr) {
  unsigned a = expression(*expr.lhs), b = expression(*expr.rhs);
  switch (expr.op) {
  case BinaryOp::Add:
    return emit(ChipOperation::Add, a, b);
  case BinaryOp::Subtract:
    return emit(ChipOperation::Subtract, a, b);
  case BinaryOp::Multiply:
    return emit(ChipOperation::Multiply, a, b);
  case BinaryOp::Less:
    return emit(ChipOperation::Less, a, b);
  case BinaryOp::LessEqual:
    return emit(ChipOperation::LessEqual, a, b);
  case BinaryOp::Greater:
    return emit(ChipOperation::Less, b, a);
  case BinaryOp::GreaterEqual:
    return emit(ChipOperation::LessEqual, b, a);
  case BinaryOp::Equal:
    return emit(ChipOperation::Equal, a, b);
  case BinaryOp::NotEqual:
    return emit(ChipOperation::Not, emit(ChipOperation::Equal, a, b));
  case BinaryOp::And:
    return emit(ChipOperation::And, a, b);
  case BinaryOp::Or:
    return emit(ChipOperation::Or, a, b);
  default:
    return refuse(expr.opRange, "`" + std::string(spelling(expr.op)) + "`");
  }
}

unsigned ChipProgram::call(const CallExpr &expr) {
  struct Function {
    std::string_view name;
    ChipOperation operation;
    size_t arguments;
  };
  static constexpr Function Functions[] = {
      {"abs", ChipOperation::Absolute, 1},
      {"min", ChipOperation::Minimum, 2},
      {"max", ChipOperation::Maximum, 2},
      {"shift", ChipOperation::Scale, 2},
      {"toward_zero", ChipOperation::Truncate, 2}};
  const auto *name = dynCast<NameExpr>(expr.callee.get());
  for (const Function &one : Functions) {
    if (!name || name->name != one.name)
      continue;
    for (const Argument &argument : expr.arguments)
      if (!argument.name.text.empty())
        return refuse(argument.range, "an argument with a name");
    if (expr.arguments.size() != one.arguments)
      return refuse(expr.range, "`" + name->name + "` of " +
                                    std::to_string(expr.arguments.size()) +
                                    " values");
    unsigned a = expression(*expr.arguments[0].value);
    unsigned b = one.arguments > 1 ? expression(*expr.arguments[1].value) : 0;
    return emit(one.operation, a, b);
  }
  return refuse(expr.range, "this call");
}

/// A register changes later; what was named or decided by it does not.
unsigned ChipProgram::lasting(const Expr &expr) {
  unsigned value = expression(expr);
  return value < chip.registers.size()
             ? emit(ChipOperation::Add, value, constant(0))
             : value;
}

unsigned ChipProgram::expression(const Expr &expr) {
  if (const auto *name = dynCast<NameExpr>(&expr)) {
    auto found = slots.find(name->name);
    if (found != slots.end())
      return found->second;
    std::vector<std::string> known;
    for (const auto &[one, slot] : slots)
      known.push_back(one);
    Diagnostic &message = diagnostics.report(diag::UnknownName, expr.range,
                                             name->name, "`on " + event + "`");
    if (auto meant = nearest(name->name, known))
      message.at("did you mean `" + *meant + "`?");
    message.note("known here: " + joinNames(known));
    return 0;
  }
  if (const auto *truth = dynCast<BooleanExpr>(&expr))
    return constant(truth->value);
  if (std::optional<int64_t> value = wholeNumber(expr))
    return constant(*value);
  if (const auto *unary = dynCast<UnaryExpr>(&expr)) {
    unsigned a = expression(*unary->operand);
    return unary->op == UnaryOp::Plus ? a
           : unary->op == UnaryOp::Not
               ? emit(ChipOperation::Not, a)
               : emit(ChipOperation::Subtract, constant(0), a);
  }
  if (const auto *operation = dynCast<BinaryExpr>(&expr))
    return binary(*operation);
  if (const auto *choice = dynCast<ConditionalExpr>(&expr)) {
    unsigned holds = expression(*choice->condition);
    unsigned a = expression(*choice->thenValue);
    return emit(ChipOperation::Select, holds, a,
                expression(*choice->elseValue));
  }
  if (const auto *function = dynCast<CallExpr>(&expr))
    return call(*function);
  return refuse(expr.range, "this expression");
}

} // namespace snn::lang
