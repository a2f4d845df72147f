//===- BuildStmt.cpp - Statements and what they have in common --*- C++ -*-===//
//
// Files, blocks, bindings, settings, and the statements that may stand in
// bodies of several kinds.
//
//===----------------------------------------------------------------------===//

#include "lang/Diagnostics/Suggest.h"
#include "lang/Parse/Builder.h"
#include "lang/Parse/Scanner.h"

#include <algorithm>

namespace snn::lang {

using namespace ast;
using antlr4::ParserRuleContext;
using antlr4::Token;

//===----------------------------------------------------------------------===//
// Parts of statements
//===----------------------------------------------------------------------===//

Restriction Builder::restriction(P::RestrictionContext *ctx) {
  Restriction result;
  result.range = range(ctx);
  result.kind = ctx->REDRAW() ? Restriction::Kind::Redraw
                : ctx->CLIP() ? Restriction::Kind::Clip
                              : Restriction::Kind::AtLeast;
  if (P::ComparisonContext *comparison = ctx->comparison())
    result.comparison = comparison->LESS()         ? BinaryOp::Less
                        : comparison->LESS_EQUAL() ? BinaryOp::LessEqual
                        : comparison->GREATER()    ? BinaryOp::Greater
                                                   : BinaryOp::GreaterEqual;
  result.bound = ctx->rangeOrValue() ? rangeOrValue(ctx->rangeOrValue())
                                     : expr(ctx->expr());
  return result;
}

Initializer
Builder::initializer(Token *op, P::ExprContext *value,
                     const std::vector<P::RestrictionContext *> &restrictions) {
  Initializer result;
  result.kind = op->getType() == P::TILDE ? Initializer::Kind::Drawn
                                          : Initializer::Kind::Given;
  result.opRange = range(op);
  result.value = expr(value);
  for (P::RestrictionContext *one : restrictions)
    result.restrictions.push_back(restriction(one));
  return result;
}

Binding Builder::binding(P::BindingContext *ctx) {
  Binding result;
  result.range = range(ctx);
  result.name = name(ctx->name());
  if (ctx->unitType())
    result.type = unitType(ctx->unitType());
  if (P::InitializerContext *init = ctx->initializer())
    result.init = initializer(init->start, init->expr(), init->restriction());
  return result;
}

std::vector<Binding> Builder::bindings(P::BindingsContext *ctx) {
  std::vector<Binding> result;
  for (P::BindingContext *one : ctx->binding())
    result.push_back(binding(one));
  return result;
}

std::vector<Binding> Builder::header(P::HeaderContext *ctx) {
  return ctx && ctx->bindings() ? bindings(ctx->bindings())
                                : std::vector<Binding>();
}

Instantiation Builder::instantiation(P::InstantiationContext *ctx) {
  Instantiation result;
  result.range = range(ctx);
  result.model = name(ctx->name());
  if (ctx->unitArguments())
    for (P::UnitTypeContext *type : ctx->unitArguments()->unitType())
      result.generics.push_back(unitType(type));
  result.arguments = arguments(ctx->arguments());
  return result;
}

std::vector<Attribute> Builder::attributes(P::AttributesContext *ctx) {
  std::vector<Attribute> result;
  for (P::AttributeContext *one : ctx->attribute()) {
    ast::Name given = name(one->name());
    // Of two, one would be obeyed; only what is allowed adds up.
    bool isGiven = std::ranges::any_of(result, [&](const Attribute &other) {
      return other.name.text == given.text;
    });
    if (isGiven && given.text != "allow")
      engine.report(diag::GivenTwice, given.range, "@" + given.text);
    result.push_back(
        {std::move(given), arguments(one->arguments(), true), range(one)});
  }
  return result;
}

Settings Builder::settings(P::SettingsContext *ctx) {
  Settings result;
  if (!ctx)
    return result;
  result.range = range(ctx);
  for (P::SettingContext *one : ctx->setting()) {
    if (one->exception)
      continue;
    Setting setting;
    setting.target = place(one->place());
    Token *op = (one->TILDE() ? one->TILDE() : one->ASSIGN())->getSymbol();
    setting.init = initializer(op, one->expr(), one->restriction());
    setting.range = join(setting.target->range, setting.init.value->range);
    if (!setting.init.restrictions.empty())
      setting.range =
          join(setting.range, setting.init.restrictions.back().range);
    result.list.push_back(std::move(setting));
  }
  return result;
}

Block Builder::block(P::BlockContext *ctx, Body body) {
  Block result;
  if (!ctx)
    return result;
  result.range = range(ctx);
  for (P::StatementContext *one : ctx->statement())
    if (StmtPtr node = statement(one, body))
      result.statements.push_back(std::move(node));
    else if (++rejected > SourceLimits::MaxErrors)
      break;
  return result;
}

//===----------------------------------------------------------------------===//
// Files and statements
//===----------------------------------------------------------------------===//

std::unique_ptr<File> Builder::file(P::FileContext *ctx) {
  auto result = std::make_unique<File>();
  result->range = buffer.range(0, static_cast<uint32_t>(buffer.text().size()));
  for (P::DeclarationContext *one : ctx->declaration())
    if (StmtPtr node = declaration(one))
      result->declarations.push_back(std::move(node));
  return result;
}

void Builder::claimDoc(Stmt &stmt, uint32_t begin) {
  while (nextDoc < docs.size() && docs[nextDoc].next < begin)
    ++nextDoc;
  if (nextDoc == docs.size() || docs[nextDoc].next != begin)
    return;
  for (const Comment &line : docs[nextDoc].lines) {
    std::string_view text = line.text;
    text.remove_prefix(text.starts_with("/// ") ? 4 : 3);
    stmt.doc.emplace_back(text);
  }
  docs[nextDoc].lines.clear();
}

std::vector<Comment> Builder::unclaimedDocs() {
  std::vector<Comment> result;
  for (DocComment &doc : docs)
    std::ranges::move(doc.lines, std::back_inserter(result));
  return result;
}

StmtPtr Builder::declaration(P::DeclarationContext *ctx) {
  if (ctx->exception)
    return nullptr;
  auto begin = static_cast<uint32_t>(ctx->start->getStartIndex());
  // The doc comment is claimed before the body's are looked at.
  struct Claim : Stmt {
    Claim() : Stmt(Kind::Use) {}
  } claim;
  claimDoc(claim, begin);
  std::vector<Attribute> given = attributes(ctx->attributes());
  StmtPtr node = ctx->useDecl()         ? useDecl(ctx->useDecl())
                 : ctx->modelDecl()     ? modelDecl(ctx->modelDecl())
                 : ctx->structureDecl() ? structureDecl(ctx->structureDecl())
                 : ctx->chipDecl()      ? chipDecl(ctx->chipDecl())
                                        : experimentDecl(ctx->experimentDecl());
  node->attributes = std::move(given);
  node->doc = std::move(claim.doc);
  checkDerivatives(0);
  return node;
}

/// The kinds of statement that hold others, by their rule: if such a one is
/// misplaced, nothing is to be said about what it holds.
static std::optional<Stmt::Kind> kindOfHolder(size_t rule) {
  using P = Builder::P;
  switch (rule) {
  case P::RuleIfStmt:
    return Stmt::Kind::If;
  case P::RuleWhenStmt:
    return Stmt::Kind::When;
  case P::RuleForStmt:
    return Stmt::Kind::For;
  case P::RuleTraceStmt:
    return Stmt::Kind::Trace;
  case P::RulePortStmt:
    return Stmt::Kind::Port;
  case P::RuleSpikeStmt:
    return Stmt::Kind::Spike;
  case P::RuleHandlerStmt:
    return Stmt::Kind::Handler;
  case P::RulePeriodicStmt:
    return Stmt::Kind::Periodic;
  case P::RulePhaseStmt:
    return Stmt::Kind::Phase;
  case P::RuleAtStmt:
    return Stmt::Kind::At;
  case P::RuleRepeatStmt:
    return Stmt::Kind::Repeat;
  case P::RuleControlStmt:
    return Stmt::Kind::Control;
  default:
    return std::nullopt;
  }
}

StmtPtr Builder::statement(P::StatementContext *ctx, Body body) {
  if (ctx->exception)
    return nullptr;
  struct Claim : Stmt {
    Claim() : Stmt(Kind::Use) {}
  } claim;
  claimDoc(claim, static_cast<uint32_t>(ctx->start->getStartIndex()));
  std::vector<Attribute> given = attributes(ctx->attributes());

  P::StatementBodyContext *content = ctx->statementBody();
  auto *rule = static_cast<ParserRuleContext *>(content->children.back());
  if (P::MemberStmtContext *member = content->memberStmt())
    rule = static_cast<ParserRuleContext *>(member->children.front());
  if (std::optional<Stmt::Kind> kind = kindOfHolder(rule->getRuleIndex()))
    if (!belongs(*kind, body)) {
      reportMisplaced(*kind, range(rule->start), body);
      return nullptr;
    }
  StmtPtr node;
  if (P::MemberStmtContext *member = content->memberStmt())
    node = memberStmt(member, body);
  else if (P::ExpressionStmtContext *expression = content->expressionStmt())
    node = expressionStmt(expression, body);
  else
    node = dispatch(rule, body);
  checkDerivatives(0);
  if (!node)
    return nullptr;
  if (content->OVERRIDE()) {
    // Members alone can be preceded by the word, but not all are members.
    SourceRange word = range(content->OVERRIDE());
    node->range = join(word, node->range);
    if (node->kind == Stmt::Kind::Assign || node->kind == Stmt::Kind::Event) {
      engine.report(diag::MisplacedStatement, word, "`override`",
                    std::string(describe(body)));
      return nullptr;
    }
    static_cast<MemberStmt &>(*node).overrideRange = word;
  }
  // An equation without a prime is the slip of those who come from a
  // programming language.
  if (node->kind == Stmt::Kind::Assign && belongs(Stmt::Kind::Equation, body)) {
    reportNoEquation(*static_cast<AssignStmt &>(*node).target);
    return nullptr;
  }
  if (node->kind == Stmt::Kind::Assign &&
      reportClause(static_cast<AssignStmt &>(*node), body))
    return nullptr;
  if (!belongs(node->kind, body)) {
    reportMisplaced(node->kind,
                    node->keyword.isValid() ? node->keyword : node->range,
                    body);
    return nullptr;
  }
  node->attributes = std::move(given);
  node->doc = std::move(claim.doc);
  return node;
}

void Builder::reportMisplaced(Stmt::Kind kind, SourceRange keyword, Body body) {
  bool isWord = wordOf(kind).find(' ') == std::string_view::npos;
  std::string word = isWord ? "`" + std::string(buffer.text(keyword)) + "`"
                            : std::string(wordOf(kind));
  engine
      .report(diag::MisplacedStatement, keyword, word,
              std::string(describe(body)))
      .help("it belongs " + homesOf(wordOf(kind)));
}

bool Builder::reportClause(const AssignStmt &node, Body body) {
  auto *target = dynCast<NameExpr>(node.target.get());
  if (!target || node.op != AssignOp::Set)
    return false;
  for (Stmt::Kind kind :
       {Stmt::Kind::Step, Stmt::Kind::Duration, Stmt::Kind::Seed,
        Stmt::Kind::Schedule, Stmt::Kind::Precision, Stmt::Kind::Network}) {
    if (!belongs(kind, body) || target->name != wordOf(kind))
      continue;
    SourceRange gap =
        buffer.range(target->range.end, node.value.value->range.begin);
    engine.report(diag::UnexpectedToken, node.value.opRange, "`=`", "a value")
        .fix("leave out the `=`", gap, " ");
    return true;
  }
  return false;
}

StmtPtr Builder::dispatch(ParserRuleContext *ctx, Body body) {
  switch (ctx->getRuleIndex()) {
  case P::RuleLetStmt:
    return letStmt(static_cast<P::LetStmtContext *>(ctx));
  case P::RuleIfStmt:
    return ifStmt(static_cast<P::IfStmtContext *>(ctx), body);
  case P::RulePrecisionStmt: {
    auto node = make<PrecisionStmt>(ctx);
    node->precision = name(static_cast<P::PrecisionStmtContext *>(ctx)->name());
    return node;
  }
  case P::RuleSendStmt: {
    auto node = make<SendStmt>(ctx);
    node->value = expr(static_cast<P::SendStmtContext *>(ctx)->expr());
    return node;
  }
  case P::RuleRefractoryStmt:
    return refractoryStmt(static_cast<P::RefractoryStmtContext *>(ctx));
  case P::RuleInstanceStmt:
    return instanceStmt(static_cast<P::InstanceStmtContext *>(ctx));
  case P::RuleImportStmt:
    return importStmt(static_cast<P::ImportStmtContext *>(ctx));
  case P::RuleConnectStmt:
    return connectStmt(static_cast<P::ConnectStmtContext *>(ctx));
  case P::RuleDisconnectStmt: {
    auto *statement = static_cast<P::DisconnectStmtContext *>(ctx);
    auto node = make<DisconnectStmt>(ctx);
    node->source = endpoint(statement->endpoint(0));
    node->target = endpoint(statement->endpoint(1));
    return node;
  }
  case P::RuleDriveStmt:
    return driveStmt(static_cast<P::DriveStmtContext *>(ctx));
  case P::RuleWhenStmt:
    return whenStmt(static_cast<P::WhenStmtContext *>(ctx));
  case P::RuleInPortStmt:
    return inPortStmt(static_cast<P::InPortStmtContext *>(ctx));
  case P::RuleOutPortStmt:
    return outPortStmt(static_cast<P::OutPortStmtContext *>(ctx));
  case P::RuleForStmt:
    return forStmt(static_cast<P::ForStmtContext *>(ctx), body);
  default:
    return experimentStmt(ctx);
  }
}

//===----------------------------------------------------------------------===//
// Statements of several bodies
//===----------------------------------------------------------------------===//

StmtPtr Builder::useDecl(P::UseDeclContext *ctx) {
  auto node = make<UseDecl>(ctx);
  node->path = names(ctx->name());
  node->pathRange = join(node->path.front().range, node->path.back().range);
  for (P::UseItemContext *item : ctx->useItem()) {
    std::vector<ast::Name> parts = names(item->name());
    node->imports.push_back(
        {parts[0], parts.size() > 1 ? parts[1] : ast::Name()});
  }
  return node;
}

StmtPtr Builder::letStmt(P::LetStmtContext *ctx) {
  auto node = make<LetStmt>(ctx);
  node->bindings = bindings(ctx->bindings());
  for (const Binding &one : node->bindings)
    if (!one.init)
      engine
          .report(diag::UnexpectedToken, one.range,
                  "`" + one.name.text + "` alone", "a name with its value")
          .help("write `let " + one.name.text + " = ...`");
  return node;
}

StmtPtr Builder::ifStmt(P::IfStmtContext *ctx, Body body) {
  auto node = make<IfStmt>(ctx);
  node->branches.push_back({expr(ctx->expr()), block(ctx->block(), body)});
  for (P::ElseBranchContext *one : ctx->elseBranch()) {
    if (!node->branches.back().condition)
      engine
          .report(diag::UnexpectedToken, range(one->start), "`else`",
                  "the end of the line")
          .help("a branch without a condition is the last one");
    node->branches.push_back(
        {optionalExpr(one->expr()), block(one->block(), body)});
  }
  return node;
}

void Builder::reportNoEquation(const Expr &left) {
  Diagnostic &message = engine.report(diag::NotAnEquation, left.range);
  auto *quotient = dynCast<BinaryExpr>(&left);
  auto *target = dynCast<NameExpr>(&left);
  // `dV/dt = …`
  if (quotient && quotient->op == BinaryOp::Divide) {
    auto *dx = dynCast<NameExpr>(quotient->lhs.get());
    auto *dt = dynCast<NameExpr>(quotient->rhs.get());
    if (dx && dt && dt->name == "dt" && dx->name.size() > 1 &&
        dx->name[0] == 'd')
      message.fix("write `" + dx->name.substr(1) + "'`", left.range,
                  dx->name.substr(1) + "'");
  } else if (target) {
    message
        .suggest("for the derivative of a state write `" + target->name + "'`",
                 left.range, target->name + "'")
        .help("a value that follows from others is named by `let " +
              target->name + " = ...`");
  }
}

StmtPtr Builder::equation(P::ExpressionStmtContext *ctx, ExprPtr left,
                          Derivative derivative) {
  auto node = make<EquationStmt>(ctx);
  node->keyword = {};
  node->variable = derivative.variable;
  node->derivativeRange = derivative.range;
  if (left.get() != derivative.node) {
    auto &product = static_cast<BinaryExpr &>(*left);
    node->coefficient = std::move(product.lhs);
  }
  node->value = expr(ctx->expr(1));
  return node;
}

StmtPtr Builder::expressionStmt(P::ExpressionStmtContext *ctx, Body body) {
  size_t before = derivatives.size();
  ExprPtr left = expr(ctx->expr(0));

  // `x' = …`, `c*x' = …`
  auto *product = dynCast<BinaryExpr>(left.get());
  const Expr *last = product && product->op == BinaryOp::Multiply
                         ? product->rhs.get()
                         : left.get();
  bool isEquation = derivatives.size() > before && ctx->ASSIGN() &&
                    derivatives.back().node == last && !left->parenthesized;
  if (isEquation) {
    Derivative derivative = derivatives.back();
    derivatives.pop_back();
    return equation(ctx, std::move(left), derivative);
  }
  if (derivatives.size() > before) {
    derivatives.resize(before);
    engine.report(diag::NotAnEquation, left->range);
    return nullptr;
  }

  if (ctx->expr().size() == 1) {
    if (left->kind == Expr::Kind::Call) {
      auto node = make<EventStmt>(ctx);
      node->keyword = {};
      node->event = std::move(left);
      return node;
    }
    std::vector<std::string> words = contents(body);
    engine.report(diag::NotAStatement, left->range)
        .note(std::string(describe(body)) +
              " may contain: " + joinNames(words, words.size()));
    return nullptr;
  }

  bool isPlace = left->kind == Expr::Kind::Name ||
                 left->kind == Expr::Kind::Member ||
                 left->kind == Expr::Kind::Index;
  if (!isPlace || left->parenthesized) {
    if (belongs(Stmt::Kind::Equation, body))
      reportNoEquation(*left);
    else
      engine.report(diag::NotAssignable, left->range);
    return nullptr;
  }
  auto node = make<AssignStmt>(ctx);
  node->keyword = {};
  node->target = std::move(left);
  auto *op = static_cast<antlr4::tree::TerminalNode *>(ctx->children[2]);
  switch (op->getSymbol()->getType()) {
  case P::PLUS_ASSIGN:
    node->op = AssignOp::Add;
    break;
  case P::MINUS_ASSIGN:
    node->op = AssignOp::Subtract;
    break;
  case P::STAR_ASSIGN:
    node->op = AssignOp::Multiply;
    break;
  case P::DIVIDE_ASSIGN:
    node->op = AssignOp::Divide;
    break;
  default:
    break;
  }
  node->value = initializer(op->getSymbol(), ctx->expr(1), ctx->restriction());
  return node;
}

} // namespace snn::lang
