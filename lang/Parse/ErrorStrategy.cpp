//===- ErrorStrategy.cpp - One message for each syntax error ----*- C++ -*-===//
//
// Most slips show in the first word of a statement or where an expression ends;
// the rest is "found this where that is expected", with "that" reduced to what
// helps.
//
//===----------------------------------------------------------------------===//

#include "lang/Parse/ErrorStrategy.h"

#include "lang/Diagnostics/Suggest.h"
#include "lang/Parse/Advice.h"
#include "lang/Parse/Scanner.h"

#include "SnnParser.h"

#include <algorithm>
#include <array>

namespace snn::lang {

using antlr::SnnParser;
using antlr4::ParserRuleContext;
using antlr4::Token;
using antlr4::misc::IntervalSet;

namespace {

/// Rules whose errors end with the statement.
bool isStatementRule(size_t rule) {
  return rule == SnnParser::RuleStatement ||
         rule == SnnParser::RuleDeclaration || rule == SnnParser::RuleSetting ||
         rule == SnnParser::RuleTableRow;
}

bool isWord(const std::string &text) {
  return !text.empty() &&
         (std::isalpha(static_cast<unsigned char>(text[0])) || text[0] == '_');
}

/// The body that the block of this owner is.
std::optional<Body> bodyOf(ParserRuleContext *owner) {
  switch (owner->getRuleIndex()) {
  case SnnParser::RuleModelDecl:
    switch (owner->start->getType()) {
    case SnnParser::NEURON:
      return Body::Neuron;
    case SnnParser::SYNAPSE:
      return Body::Synapse;
    case SnnParser::PLASTICITY:
      return Body::Plasticity;
    default:
      return Body::Modulator;
    }
  case SnnParser::RuleStructureDecl:
    return owner->start->getType() == SnnParser::COLUMN ? Body::Column
                                                        : Body::Network;
  case SnnParser::RuleExperimentDecl:
    return Body::Experiment;
  case SnnParser::RuleChipDecl:
    return Body::Chip;
  case SnnParser::RuleTraceStmt:
    return Body::Trace;
  case SnnParser::RuleSpikeStmt:
    return Body::SpikeHandler;
  case SnnParser::RulePortStmt:
    return Body::Handler;
  case SnnParser::RuleHandlerStmt:
    for (auto *c = static_cast<ParserRuleContext *>(owner->parent); c;
         c = static_cast<ParserRuleContext *>(c->parent))
      if (c->getRuleIndex() == SnnParser::RuleChipDecl)
        return Body::ChipProgram;
    return Body::Handler;
  case SnnParser::RulePhaseStmt:
  case SnnParser::RuleAtStmt:
  case SnnParser::RuleRepeatStmt:
    return Body::Protocol;
  case SnnParser::RulePeriodicStmt: {
    // In an experiment or in a model.
    for (auto *c = static_cast<ParserRuleContext *>(owner->parent); c;
         c = static_cast<ParserRuleContext *>(c->parent))
      if (c->getRuleIndex() == SnnParser::RuleExperimentDecl)
        return Body::Protocol;
    return Body::Handler;
  }
  case SnnParser::RuleWhenStmt:
    return Body::Condition;
  case SnnParser::RuleControlStmt:
    return Body::Control;
  default:
    return std::nullopt;
  }
}

/// The innermost body around a context.
Body bodyAround(ParserRuleContext *context) {
  for (; context; context = static_cast<ParserRuleContext *>(context->parent))
    if (context->getRuleIndex() == SnnParser::RuleBlock)
      for (auto *owner = static_cast<ParserRuleContext *>(context->parent);
           owner; owner = static_cast<ParserRuleContext *>(owner->parent))
        if (std::optional<Body> body = bodyOf(owner))
          return *body;
  return Body::File;
}

/// The token at an index; the last one, the end of the file, beyond it.
const Token *tokenAt(antlr4::Parser *parser, size_t index) {
  antlr4::TokenStream *tokens = parser->getTokenStream();
  return tokens->get(std::min(index, tokens->size() - 1));
}

} // namespace

//===----------------------------------------------------------------------===//
// Going on after an error
//===----------------------------------------------------------------------===//

Token *ErrorStrategy::recoverInline(antlr4::Parser *parser) {
  throw antlr4::InputMismatchException(parser);
}

void ErrorStrategy::skipStatement(antlr4::Parser *parser) {
  antlr4::TokenStream *tokens = parser->getTokenStream();
  if (++errors > SourceLimits::MaxErrors)
    return tokens->seek(tokens->size() - 1);
  size_t depth = 0;
  for (;; tokens->consume()) {
    size_t type = tokens->LA(1);
    if (type == Token::EOF || (type == SnnParser::RBRACE && depth == 0))
      return;
    if (type == SnnParser::LBRACE)
      ++depth;
    else if (type == SnnParser::RBRACE)
      --depth;
    else if (type == SnnParser::SEP && depth == 0) {
      tokens->consume();
      return;
    }
  }
}

void ErrorStrategy::recover(antlr4::Parser *parser, std::exception_ptr e) {
  size_t rule = parser->getContext()->getRuleIndex();
  if (isStatementRule(rule))
    return skipStatement(parser);
  if (rule != SnnParser::RuleFile)
    std::rethrow_exception(e);
  while (parser->getTokenStream()->LA(1) != Token::EOF)
    parser->getTokenStream()->consume();
}

void ErrorStrategy::sync(antlr4::Parser *parser) {
  ParserRuleContext *context = parser->getContext();
  size_t rule = context->getRuleIndex();
  bool inFile = rule == SnnParser::RuleFile;
  if (!inFile && rule != SnnParser::RuleBlock &&
      rule != SnnParser::RuleSettings && rule != SnnParser::RuleTable)
    return;
  antlr4::TokenStream *tokens = parser->getTokenStream();
  // A table's parentheses come before its rows.
  if (rule == SnnParser::RuleTable &&
      tokens->LT(-1)->getType() != SnnParser::LBRACE &&
      tokens->LT(-1)->getType() != SnnParser::SEP)
    return;
  if (tokens->LT(-1) && !inFile &&
      tokens->LT(-1)->getType() != SnnParser::LBRACE &&
      tokens->LT(-1)->getType() != SnnParser::SEP)
    return;
  const auto &atn = parser->getATN();
  IntervalSet expected = atn.nextTokens(atn.states[parser->getState()]);
  while (tokens->LA(1) != Token::EOF && tokens->LA(1) != SnnParser::RBRACE &&
         !expected.contains(tokens->LA(1))) {
    endErrorCondition(parser);
    Body body = inFile ? Body::File : bodyAround(context);
    bool inBlock = inFile || rule == SnnParser::RuleBlock;
    ssize_t first = tokens->LA(1) == SnnParser::PLAIN ? 2 : 1;
    if (!inBlock || !reportFirstWord(parser, tokens->LT(first),
                                     tokens->LT(first + 1), body))
      reportUnexpected(parser, tokens->LT(first), expected);
    skipStatement(parser);
    // At the level of the file nothing is open that a brace could close.
    if (inFile && tokens->LA(1) == SnnParser::RBRACE)
      tokens->consume();
  }
}

//===----------------------------------------------------------------------===//
// Saying what is wrong
//===----------------------------------------------------------------------===//

SourceRange ErrorStrategy::rangeOf(const Token *token) const {
  auto begin = static_cast<uint32_t>(token->getStartIndex());
  auto size = static_cast<uint32_t>(buffer.text().size());
  if (token->getType() == Token::EOF)
    return buffer.range(size, size);
  if (token->getType() == SnnParser::SEP && token->getText() != ";") {
    // The end of the line is where its last word ends.
    uint32_t end = begin;
    while (end > 0 &&
           (buffer.text()[end - 1] == ' ' || buffer.text()[end - 1] == '\t'))
      --end;
    return buffer.range(end, end);
  }
  return buffer.range(begin, static_cast<uint32_t>(token->getStopIndex()) + 1);
}

std::string ErrorStrategy::describeToken(const Token *token) const {
  if (token->getType() == Token::EOF)
    return "the end of the file";
  if (token->getType() != SnnParser::SEP)
    return "`" + token->getText() + "`";
  if (token->getText() == ";")
    return "`;`";
  if (!token->getText().empty())
    return "the end of the line";
  return token->getStartIndex() < buffer.text().size() ? "`}`"
                                                       : "the end of the file";
}

void ErrorStrategy::reportUnexpected(antlr4::Parser *parser, const Token *found,
                                     const IntervalSet &expected) {
  Diagnostic &message =
      engine.report(diag::UnexpectedToken, rangeOf(found), describeToken(found),
                    describeExpected(expected, parser->getVocabulary()));
  SyntaxError error;
  error.found = found;
  error.expected = expected;
  size_t index = found->getTokenIndex();
  error.next = tokenAt(parser, index + 1);
  if (index > 0)
    error.previous = tokenAt(parser, index - 1);
  if (index > 1)
    error.beforePrevious = tokenAt(parser, index - 2);
  for (ParserRuleContext *ctx = parser->getContext(); ctx;
       ctx = static_cast<ParserRuleContext *>(ctx->parent))
    if (ctx->getRuleIndex() == SnnParser::RuleStatementBody) {
      error.firstWord = ctx->start->getType();
      break;
    } else if (ctx->getRuleIndex() == SnnParser::RuleStatement) {
      // The body is done; only its end was expected.
      for (antlr4::tree::ParseTree *child : ctx->children)
        if (auto *body = dynamic_cast<SnnParser::StatementBodyContext *>(child))
          error.firstWord = body->start->getType();
      break;
    }
  advise(message, error, buffer);
}

bool ErrorStrategy::reportFirstWord(antlr4::Parser *parser, const Token *first,
                                    const Token *second, Body body) {
  std::string word = first->getText();
  if (!isWord(word))
    return false;
  SourceRange range = rangeOf(first);
  size_t next = second->getType();
  if (word == "train" &&
      (isWord(second->getText()) || next == SnnParser::STRING)) {
    engine.report(diag::ReservedWord, range, word);
    return true;
  }
  std::string homes = homesOf(word);
  std::vector<std::string> words = contents(body);
  bool mine = std::ranges::find(words, word) != words.end();
  // Two words in a row, or a word and a block, look like a statement.
  bool looksLikeStatement =
      isWord(second->getText()) || next == SnnParser::LBRACE ||
      next == SnnParser::NUMBER || next == SnnParser::STRING ||
      (body == Body::File && next != SnnParser::DOT);
  if (!homes.empty() && !mine && first->getType() != SnnParser::NAME &&
      (looksLikeStatement || next == SnnParser::LPAREN ||
       next == SnnParser::LBRACKET)) {
    Diagnostic &message =
        engine.report(diag::MisplacedStatement, range, "`" + word + "`",
                      std::string(describe(body)));
    message.help("it belongs " + homes);
    translate(message, word);
    return true;
  }
  if (first->getType() != SnnParser::NAME || !looksLikeStatement)
    return false;
  Diagnostic &message = engine.report(diag::UnknownSection, range, word,
                                      std::string(describe(body)));
  std::vector<std::string> keywords;
  std::ranges::copy_if(
      words, std::back_inserter(keywords),
      [](const std::string &w) { return w.find(' ') == std::string::npos; });
  std::optional<std::string> near = nearest(word, keywords);
  // `parameters` for `param`: cut or drawn out, not misspelt.
  if (!near && word.size() > 2)
    for (const std::string &keyword : keywords)
      if (keyword.size() > 2 &&
          (word.starts_with(keyword) || keyword.starts_with(word)))
        near = keyword;
  if (near) {
    message.at("did you mean `" + *near + "`?");
    message.suggest("replace `" + word + "` by `" + *near + "`", range, *near);
  }
  message.note(std::string(describe(body)) +
               " may contain: " + joinNames(words, words.size()));
  return true;
}

void ErrorStrategy::reportError(antlr4::Parser *parser,
                                const antlr4::RecognitionException &e) {
  if (inErrorRecoveryMode(parser))
    return;
  beginErrorCondition(parser);

  const Token *found = e.getOffendingToken();
  if (found->getType() == SnnParser::PLAIN)
    found = tokenAt(parser, found->getTokenIndex() + 1);
  ParserRuleContext *statement = parser->getContext();
  while (statement && !isStatementRule(statement->getRuleIndex()))
    statement = static_cast<ParserRuleContext *>(statement->parent);
  if (statement && (statement->getRuleIndex() == SnnParser::RuleStatement ||
                    statement->getRuleIndex() == SnnParser::RuleDeclaration)) {
    // The first word after the attributes.
    size_t index = statement->start->getTokenIndex();
    if (!statement->children.empty())
      if (auto *attributes = dynamic_cast<SnnParser::AttributesContext *>(
              statement->children.front()))
        if (!attributes->children.empty() && attributes->getStop())
          index = attributes->getStop()->getTokenIndex() + 1;
    index += tokenAt(parser, index)->getType() == SnnParser::PLAIN;
    const Token *first = tokenAt(parser, index);
    const Token *second = tokenAt(parser, index + 1);
    Body body = bodyAround(static_cast<ParserRuleContext *>(statement->parent));
    if (first->getType() != Token::EOF && found->getTokenIndex() <= index + 1 &&
        reportFirstWord(parser, first, second, body))
      return;
    // A synapse alone declares what it reads of a source, as `pre V : mV`.
    if (first->getType() == SnnParser::PRE && body != Body::Synapse &&
        second->getType() != SnnParser::TRACE)
      return reportUnexpected(parser, second,
                              IntervalSet::of(SnnParser::TRACE));
  }
  IntervalSet expected;
  if (dynamic_cast<const antlr4::NoViableAltException *>(&e) &&
      found != static_cast<const antlr4::NoViableAltException &>(e)
                   .getStartToken()) {
    // Prediction looked ahead; the grammar cannot say what it hoped for.
    engine
        .report(diag::UnexpectedToken, rangeOf(found), describeToken(found),
                "something else")
        .help("the statement cannot go on like this");
    return;
  }
  expected = parser->getATN().getExpectedTokens(e.getOffendingState(),
                                                parser->getContext());
  reportUnexpected(parser, found, expected);
}

} // namespace snn::lang
