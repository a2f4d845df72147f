//===- Handlers.cpp - What happens at events ------------------------------===//
//
// Statements of ports, of `on spike`, of the spike rule and of the events of
// plasticity rules.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/ModelChecker.h"
#include "lang/Sema/Rules/Dimensions.h"

#include <algorithm>
#include <set>

namespace snn::lang {

using namespace checked;

/// Checks the statements of one handler. A `let` in it stands for its
/// expression, so what it reads must not change before it is used.
class HandlerChecker {
public:
  HandlerChecker(ModelChecker &model, SymbolTable &locals, std::string event)
      : model(model), diagnostics(model.diagnostics), locals(locals),
        event(std::move(event)) {}

  std::vector<Statement> body(const ast::Block &block) {
    std::vector<Statement> result;
    for (const ast::StmtPtr &statement : block.statements)
      add(*statement, result);
    return result;
  }

  std::optional<Refractory> refractory;

private:
  ModelChecker &model;
  DiagnosticEngine &diagnostics;
  SymbolTable &locals;
  std::string event;
  std::set<unsigned> changed;
  /// Where the path that is being checked has sent; invalid before.
  SourceRange sent;

  /// A `let` in a handler is put where it is used, so lets of lets could grow
  /// without bound.
  static constexpr unsigned maxLetSize = 1000;

  static bool isSmall(const Expr &expr) {
    unsigned size = 0;
    return countTo(maxLetSize, expr, size);
  }
  static bool countTo(unsigned limit, const Expr &expr, unsigned &size) {
    return ++size <= limit &&
           std::ranges::all_of(expr.operands, [&](const ExprRef &operand) {
             return countTo(limit, *operand, size);
           });
  }

  ExpressionChecker checker() {
    return ExpressionChecker(model, diagnostics, event);
  }

  void add(const ast::Stmt &statement, std::vector<Statement> &body) {
    switch (statement.kind) {
    case ast::Stmt::Kind::Assign:
      assign(ast::cast<ast::AssignStmt>(statement), body);
      return;
    case ast::Stmt::Kind::If:
      conditional(ast::cast<ast::IfStmt>(statement), 0, body);
      return;
    case ast::Stmt::Kind::Let:
      for (const ast::Binding &binding :
           ast::cast<ast::LetStmt>(statement).bindings)
        let(binding);
      return;
    case ast::Stmt::Kind::Send:
      if (model.sends) {
        send(ast::cast<ast::SendStmt>(statement), body);
        return;
      }
      diagnostics.report(diag::NotInHandler, statement.keyword, event)
          .help("`send` says what arrives at the port: it belongs to `on pre` "
                "of a plasticity rule");
      return;
    case ast::Stmt::Kind::Event:
      rewire(ast::cast<ast::EventStmt>(statement), body);
      return;
    case ast::Stmt::Kind::Refractory:
      setRefractory(ast::cast<ast::RefractoryStmt>(statement));
      return;
    default:
      diagnostics.report(diag::NotInHandler,
                         statement.keyword.isValid() ? statement.keyword
                                                     : statement.range,
                         event);
    }
  }

  void rewire(const ast::EventStmt &statement, std::vector<Statement> &body) {
    const auto &call = ast::cast<ast::CallExpr>(*statement.event);
    const auto *callee = ast::dynCast<ast::NameExpr>(call.callee.get());
    if (!callee || callee->name != "rewire")
      diagnostics.report(diag::NotInHandler, statement.range, event);
    else if (auto made = model.rewiring(statement))
      body.push_back(std::move(*made));
  }

  bool readsChanged(const Expr &expr) const {
    return (expr.kind == ExprKind::State && changed.contains(expr.index)) ||
           std::ranges::any_of(expr.operands, [&](const ExprRef &operand) {
             return readsChanged(*operand);
           });
  }

  void let(const ast::Binding &binding) {
    ModelChecker::Bound bound = model.binding(
        binding, Reach::All, "the value of `" + binding.name.text + "`");
    if (bound.isValid && !bound.value)
      diagnostics.report(diag::NoUnitNoValue, binding.name.range,
                         binding.name.text);
    if (bound.isValid && bound.value && !isSmall(*bound.value)) {
      diagnostics.report(diag::ExpressionTooLong, binding.range,
                         Count(maxLetSize));
      bound.isValid = false;
    }
    locals.define({Symbol::Kind::Local, binding.name.text, 0,
                   bound.type.dimension, binding.name.range,
                   bound.isValid && bound.value, false, bound.value});
  }

  /// Reports lets that are used after a state which they read has changed.
  bool checkLets(const Expr &expr, SourceRange use) {
    for (const Symbol &symbol : locals.all())
      if (symbol.kind == Symbol::Kind::Local && symbol.value &&
          contains(expr, symbol.value.get()) && readsChanged(*symbol.value)) {
        diagnostics.report(diag::StaleLet, use, symbol.name)
            .label(symbol.range, "defined before the change");
        return false;
      }
    return true;
  }

  static bool contains(const Expr &expr, const Expr *part) {
    return &expr == part ||
           std::ranges::any_of(expr.operands, [&](const ExprRef &operand) {
             return contains(*operand, part);
           });
  }

  const Symbol *target(const ast::Expr &expr) {
    const auto *name = ast::dynCast<ast::NameExpr>(&expr);
    const Symbol *symbol = nullptr;
    if (name) {
      symbol = locals.find(name->name);
      if (!symbol)
        symbol = model.symbols.find(name->name);
    }
    std::vector<std::string> states;
    for (const State &state : model.dynamics().states)
      states.push_back(state.name);
    std::string text = sourceText(expr.range, diagnostics);
    if (!symbol) {
      Diagnostic &message = diagnostics.report(
          diag::AssignsUnknown, expr.range, event, text, model.decl.name.text);
      std::optional<std::string> meant = nearest(text, states);
      if (!meant && states.size() == 1)
        meant = states[0];
      if (meant) {
        message.at("did you mean `" + *meant + "`?")
            .label(model.symbols.find(*meant)->range,
                   states.size() == 1 ? "the only state"
                                      : "a state with a similar name");
      } else if (!states.empty()) {
        message.note("states: " + joinNames(states));
      }
      return nullptr;
    }
    if (symbol->kind != Symbol::Kind::State) {
      diagnostics
          .report(diag::AssignsConstant, expr.range, symbol->name,
                  std::string(describe(symbol->kind)))
          .label(symbol->range, "declared here")
          .help("only states change; declare `state " + symbol->name +
                " = ...`");
      return nullptr;
    }
    if (!symbol->isValid || !model.mayAssign(*symbol, expr.range))
      return nullptr;
    return symbol;
  }

  /// What arrives instead of the weight, once on each path.
  void send(const ast::SendStmt &statement, std::vector<Statement> &body) {
    Typed value = checker().checkGiven(*statement.value, "what is sent",
                                       *model.sends, {}, /*zeroIsAny=*/true);
    if (sent.isValid()) {
      diagnostics.report(diag::SentTwice, statement.range)
          .label(sent, "sent before");
      return;
    }
    sent = statement.range;
    if (value.isError() || !checkLets(*value.expr, value.range))
      return;
    Statement result;
    result.sent = value.expr;
    result.range = statement.range;
    body.push_back(std::move(result));
  }

  void assign(const ast::AssignStmt &statement, std::vector<Statement> &body) {
    const Symbol *state = target(*statement.target);
    if (statement.value.kind == ast::Initializer::Kind::Drawn) {
      diagnostics
          .report(diag::DrawnInModel, statement.value.opRange,
                  sourceText(statement.target->range, diagnostics))
          .help("a handler computes; draw values where the population is "
                "declared");
      return;
    }
    if (!state) {
      // The value may have mistakes of its own.
      checker().checkQuantity(*statement.value.value);
      return;
    }
    std::string what = "`" + state->name + "`";
    bool isFactor = statement.op == ast::AssignOp::Multiply ||
                    statement.op == ast::AssignOp::Divide;
    Typed value =
        isFactor
            ? checker().checkGiven(*statement.value.value,
                                   "the factor of " + what, Dimension::none())
            : checker().checkGiven(*statement.value.value, what,
                                   state->dimension, state->range,
                                   state->zeroIsAny);
    if (value.isError() || !checkLets(*value.expr, value.range))
      return;
    ExprRef current = makeReference(ExprKind::State, state->index,
                                    state->dimension, statement.target->range);
    Assignment assignment;
    assignment.state = state->index;
    auto combined = [&](BinaryOp op, const ExprRef &operand) {
      return makeBinary(op, current, operand, state->dimension,
                        statement.range);
    };
    switch (statement.op) {
    case ast::AssignOp::Set:
      assignment.value = value.expr;
      break;
    case ast::AssignOp::Add:
      assignment.increment = value.expr;
      assignment.value = combined(BinaryOp::Add, value.expr);
      break;
    case ast::AssignOp::Subtract:
      assignment.increment = makeNegative(value.expr);
      assignment.value = combined(BinaryOp::Add, assignment.increment);
      break;
    case ast::AssignOp::Multiply:
      assignment.value = combined(BinaryOp::Mul, value.expr);
      break;
    case ast::AssignOp::Divide:
      assignment.value = combined(BinaryOp::Div, value.expr);
      break;
    }
    changed.insert(state->index);
    Statement result;
    result.assignment = std::move(assignment);
    result.range = statement.range;
    body.push_back(std::move(result));
  }

  void conditional(const ast::IfStmt &statement, size_t branch,
                   std::vector<Statement> &body) {
    const ast::IfStmt::Branch &current = statement.branches[branch];
    if (!current.condition) {
      for (Statement &inner : this->body(current.body))
        body.push_back(std::move(inner));
      return;
    }
    Conditional result;
    Typed condition = checker().checkTruth(*current.condition);
    result.condition = condition.expr;
    if (!condition.isError())
      checkLets(*condition.expr, condition.range);
    SourceRange before = sent;
    result.thenBody = this->body(current.body);
    SourceRange ofThen = sent;
    sent = before;
    if (branch + 1 < statement.branches.size())
      conditional(statement, branch + 1, result.elseBody);
    if (!sent.isValid())
      sent = ofThen;
    if (condition.isError())
      return;
    Statement made;
    made.conditional = std::move(result);
    made.range = statement.range;
    body.push_back(std::move(made));
  }

  void setRefractory(const ast::RefractoryStmt &statement) {
    if (event != "the spike rule") {
      diagnostics.report(diag::NotInHandler, statement.keyword, event);
      return;
    }
    if (refractory) {
      diagnostics.report(diag::GivenTwice, statement.range, "refractory")
          .label(refractory->range, "first given here");
      return;
    }
    Refractory result;
    result.range = statement.range;
    result.keepingInput = statement.keepsInput();
    model.reach = Reach::Parameters;
    Typed duration = checker().checkGiven(
        *statement.duration, "the refractory time", Dimension::time());
    model.reach = Reach::All;
    result.duration = duration.expr;
    for (const ast::Name &held : statement.held) {
      const Symbol *symbol = model.symbols.find(held.text);
      if (!symbol || symbol->kind != Symbol::Kind::State) {
        std::vector<std::string> states;
        for (const State &state : model.dynamics().states)
          states.push_back(state.name);
        Diagnostic &message = diagnostics.report(
            diag::HoldsUnknown, held.range, held.text, model.decl.name.text);
        if (auto meant = nearest(held.text, states))
          message.at("did you mean `" + *meant + "`?");
        message.note("states: " + joinNames(states));
        continue;
      }
      result.holding.push_back(symbol->index);
    }
    refractory = std::move(result);
  }
};

std::vector<Statement> ModelChecker::handler(const std::string &event,
                                             SourceRange place,
                                             const ast::Block &body) {
  SymbolTable locals;
  reach = Reach::All;
  this->locals = &locals;
  std::vector<Statement> result =
      HandlerChecker(*this, locals, event).body(body);
  this->locals = nullptr;
  if (body.isPresent() && body.statements.empty())
    diagnostics.report(diag::EmptyHandler, place, event);
  return result;
}

Port ModelChecker::port(const std::string &event, const ast::Name &name,
                        const std::vector<ast::Binding> &arguments,
                        const ast::Block &body, SourceRange range) {
  Port result;
  result.name = name.text;
  result.range = range;
  SymbolTable locals;
  if (arguments.size() != 1) {
    diagnostics
        .report(diag::OneWeight, name.range, event, Count(arguments.size()))
        .help("the argument is the weight of the connection: `(w: mV)`");
  }
  for (const ast::Binding &binding : arguments) {
    Bound bound;
    // A modulator's event carries a number unless it says more.
    bound.isValid = decl.model == ast::ModelKind::Modulator && !binding.type &&
                    !binding.init;
    if (!bound.isValid)
      bound = this->binding(binding, Reach::Parameters, event);
    locals.define({Symbol::Kind::Argument, binding.name.text,
                   static_cast<unsigned>(result.arguments.size()),
                   bound.type.dimension, binding.name.range, bound.isValid,
                   bound.type.isGeneric, nullptr});
    result.arguments.push_back(
        {binding.name.text, bound.type.dimension, binding.name.range});
  }
  reach = Reach::All;
  this->locals = &locals;
  HandlerChecker handler(*this, locals, event);
  result.body = handler.body(body);
  this->locals = nullptr;
  if (body.isPresent() && body.statements.empty())
    diagnostics.report(diag::EmptyHandler, name.range, event)
        .help("say what a spike does, for example `V += w`");
  return result;
}

/// A comparison with the state on its left side, so that what follows sees one
/// form: `V_th <= V` becomes `V >= V_th`.
static ExprRef stateFirst(const ExprRef &condition) {
  if (condition->kind != ExprKind::Compare ||
      condition->operands[0]->kind == ExprKind::State ||
      condition->operands[1]->kind != ExprKind::State)
    return condition;
  auto flipped = std::make_shared<Expr>(*condition);
  std::swap(flipped->operands[0], flipped->operands[1]);
  switch (condition->compare) {
  case CompareOp::Less:
    flipped->compare = CompareOp::Greater;
    break;
  case CompareOp::LessEqual:
    flipped->compare = CompareOp::GreaterEqual;
    break;
  case CompareOp::Greater:
    flipped->compare = CompareOp::Less;
    break;
  case CompareOp::GreaterEqual:
    flipped->compare = CompareOp::LessEqual;
    break;
  default:
    break;
  }
  return flipped;
}

void ModelChecker::spike(const Member &member) {
  const auto &statement = ast::cast<ast::SpikeStmt>(*member.statement);
  SpikeRule rule;
  rule.range = statement.range;
  reach = Reach::All;
  ExpressionChecker checker(*this, diagnostics, "the spike rule");
  if (statement.crossing) {
    rule.kind = SpikeRule::Kind::Rising;
    Typed value = checker.checkQuantity(*statement.condition);
    Typed level = checker.checkQuantity(*statement.crossing);
    if (!value.isError() && !level.isError() &&
        rules::checkAlike(value, level, "compare", diagnostics)) {
      auto node = std::make_shared<Expr>();
      node->kind = ExprKind::Compare;
      node->compare = CompareOp::Greater;
      node->range = join(value.range, level.range);
      node->operands = {value.expr, level.expr};
      rule.condition = node;
    }
  } else {
    Typed condition = checker.checkTruth(*statement.condition);
    if (!condition.isError())
      rule.condition = stateFirst(condition.expr);
  }
  SymbolTable locals;
  this->locals = &locals;
  HandlerChecker handler(*this, locals, "the spike rule");
  rule.reset = handler.body(statement.body);
  rule.refractory = std::move(handler.refractory);
  this->locals = nullptr;
  neuronModel.spike = std::move(rule);
}

} // namespace snn::lang
