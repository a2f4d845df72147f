//===- Layout.cpp - Which line ends are the ends of statements --*- C++ -*-===//
//
// One pass over the tokens with one token of look-ahead past line ends.
//
//===----------------------------------------------------------------------===//

#include "lang/Parse/Scanner.h"
#include "lang/Parse/Tokens.h"
#include "lang/Parse/Unicode.h"

#include "SnnLexer.h"

#include <array>

namespace snn::lang {

using antlr::SnnLexer;
using antlr4::Token;

size_t ByteStream::LA(ssize_t i) {
  if (i == 0)
    return 0;
  ssize_t place = static_cast<ssize_t>(at) + i - (i > 0 ? 1 : 0);
  if (place < 0 || place >= static_cast<ssize_t>(buffer.text().size()))
    return IntStream::EOF;
  return static_cast<unsigned char>(buffer.text()[static_cast<size_t>(place)]);
}

std::string ByteStream::getText(const antlr4::misc::Interval &interval) {
  auto begin = static_cast<size_t>(interval.a);
  auto end = std::min(static_cast<size_t>(interval.b) + 1, size());
  return begin < end ? std::string(buffer.text().substr(begin, end - begin))
                     : std::string();
}

namespace {

/// Stands between two operands, so that a statement cannot begin with it.
bool isInfix(size_t type) {
  switch (type) {
  case SnnLexer::AND:
  case SnnLexer::ARROW:
  case SnnLexer::BY:
  case SnnLexer::CARET:
  case SnnLexer::DOTS:
  case SnnLexer::ELSE:
  case SnnLexer::EQUAL:
  case SnnLexer::GREATER:
  case SnnLexer::GREATER_EQUAL:
  case SnnLexer::IS:
  case SnnLexer::LESS:
  case SnnLexer::LESS_EQUAL:
  case SnnLexer::MINUS:
  case SnnLexer::NOT_EQUAL:
  case SnnLexer::OR:
  case SnnLexer::PLUS:
  case SnnLexer::SLASH:
  case SnnLexer::STAR:
  case SnnLexer::THEN:
  case SnnLexer::VIA:
  case SnnLexer::WHERE:
    return true;
  default:
    return false;
  }
}

/// Needs something after it, so that a statement cannot end with it.
bool wantsMore(size_t type) {
  switch (type) {
  case SnnLexer::ASSIGN:
  case SnnLexer::COLON:
  case SnnLexer::COMMA:
  case SnnLexer::DIVIDE_ASSIGN:
  case SnnLexer::MINUS_ASSIGN:
  case SnnLexer::NOT:
  case SnnLexer::OF:
  case SnnLexer::PLUS_ASSIGN:
  case SnnLexer::STAR_ASSIGN:
  case SnnLexer::TILDE:
    return true;
  default:
    return isInfix(type);
  }
}

/// Makes the tree of an expression deeper by one.
bool isOperator(size_t type) {
  switch (type) {
  case SnnLexer::DOT:
  case SnnLexer::IF:
  case SnnLexer::LBRACKET:
  case SnnLexer::LPAREN:
  case SnnLexer::NOT:
  case SnnLexer::OF:
    return true;
  case SnnLexer::BY:
  case SnnLexer::ELSE:
  case SnnLexer::THEN:
  case SnnLexer::VIA:
  case SnnLexer::WHERE:
    return false;
  default:
    return isInfix(type);
  }
}

class LayoutPass {
public:
  LayoutPass(TokenList tokens, const SourceBuffer &buffer,
             DiagnosticEngine &engine)
      : tokens(std::move(tokens)), buffer(buffer), engine(engine) {}

  Layout run();

private:
  TokenList tokens;
  const SourceBuffer &buffer;
  DiagnosticEngine &engine;
  Layout result;
  /// Open brackets, each with the operators since its last comma.
  struct Level {
    size_t opener;
    uint32_t operators = 0;
  };
  std::vector<Level> levels{{SnnLexer::LBRACE}};
  uint32_t operators = 0;

  static uint32_t beginOf(const Token &token) {
    return static_cast<uint32_t>(token.getStartIndex());
  }
  size_t last(size_t back = 0) const {
    const TokenList &kept = result.tokens;
    return back < kept.size() ? kept[kept.size() - 1 - back]->getType()
                              : Token::EOF;
  }

  /// At the beginning of a statement, perhaps after attributes.
  bool atStart = true;
  /// Within an attribute: the number of its tokens so far, and the brackets
  /// open before it.
  size_t attributeTokens = 0;
  size_t attributeLevel = 0;

  void keep(std::unique_ptr<Token> token);
  std::unique_ptr<Token> makeToken(size_t type, const Token &before) const;
  bool beginsWithKeyword(size_t index) const;
  bool isTable(size_t index) const;
  void markStart(size_t index);
  void takeComment(const Token &token);
  void takeSeparator(std::unique_ptr<Token> token, size_t next);
  void takeWord(size_t index);
  void addSeparatorBefore(const Token &token);
  void count(const Token &token);
  bool endsGenericArguments() const;
};

} // namespace

void LayoutPass::keep(std::unique_ptr<Token> token) {
  size_t type = token->getType();
  result.tokens.push_back(std::move(token));
  // `0.5 step` is a number of steps, `0 .. 10 step 2` a range.
  if (type != SnnLexer::NUMBER && type != SnnLexer::NAME &&
      type != SnnLexer::LPAREN && last(1) == SnnLexer::STEP &&
      last(2) == SnnLexer::NUMBER) {
    Token &step = *result.tokens[result.tokens.size() - 2];
    static_cast<antlr4::WritableToken &>(step).setType(SnnLexer::NAME);
  }
}

void LayoutPass::takeComment(const Token &token) {
  ast::Comment comment;
  comment.text = token.getText();
  comment.text.erase(comment.text.find_last_not_of(" \t") + 1);
  uint32_t begin = beginOf(token);
  comment.range =
      buffer.range(begin, begin + static_cast<uint32_t>(comment.text.size()));
  uint32_t lineBegin = buffer.lineBegin(buffer.lineOf(begin));
  std::string_view before = buffer.text().substr(lineBegin, begin - lineBegin);
  if (lineBegin == 0 && before.starts_with(ByteOrderMark))
    before.remove_prefix(ByteOrderMark.size());
  // Separators alone are not printed.
  comment.ownLine = before.find_first_not_of(" \t;") == before.npos;

  bool isRule = comment.text.starts_with("////"); // a line across the page
  if (token.getType() != SnnLexer::DOC || !comment.ownLine || isRule) {
    result.comments.push_back(std::move(comment));
    return;
  }
  // A group goes on while nothing stands between its lines.
  if (!result.docs.empty() && result.docs.back().next == 0) {
    uint32_t previous = result.docs.back().lines.back().range.begin;
    bool adjoins = buffer.lineOf(previous) + 1 == buffer.lineOf(begin);
    if (adjoins) {
      result.docs.back().lines.push_back(std::move(comment));
      return;
    }
    result.docs.back().next = UINT32_MAX; // documents nothing
  }
  result.docs.push_back({{std::move(comment)}, 0});
}

bool LayoutPass::endsGenericArguments() const {
  // `receptor exc : Exp<nS>`: back over units to `: NAME <`.
  for (size_t back = 1;; ++back)
    switch (last(back)) {
    case SnnLexer::NAME:
    case SnnLexer::NUMBER:
    case SnnLexer::CARET:
    case SnnLexer::COMMA:
    case SnnLexer::LBRACKET:
    case SnnLexer::RBRACKET:
    case SnnLexer::SLASH:
    case SnnLexer::STAR:
      continue;
    case SnnLexer::LESS:
      return last(back + 1) == SnnLexer::NAME &&
             last(back + 2) == SnnLexer::COLON;
    default:
      return false;
    }
}

void LayoutPass::takeSeparator(std::unique_ptr<Token> token, size_t next) {
  if (result.tokens.empty() || last() == SnnLexer::SEP ||
      last() == SnnLexer::LBRACE)
    return;
  if (token->getText() != ";") {
    if (levels.back().opener != SnnLexer::LBRACE)
      return;
    bool generic = last() == SnnLexer::GREATER && endsGenericArguments();
    if (wantsMore(last()) && !generic)
      return;
    if (isInfix(next) || next == SnnLexer::LBRACE)
      return;
  }
  levels.back().operators = operators = 0;
  keep(std::move(token));
  atStart = true;
}

void LayoutPass::addSeparatorBefore(const Token &token) {
  if (result.tokens.empty() || last() == SnnLexer::SEP ||
      last() == SnnLexer::LBRACE)
    return;
  keep(makeToken(SnnLexer::SEP, token));
}

std::unique_ptr<Token> LayoutPass::makeToken(size_t type,
                                             const Token &before) const {
  auto token = std::make_unique<antlr4::CommonToken>(
      std::pair(before.getTokenSource(), before.getInputStream()), type,
      Token::DEFAULT_CHANNEL, before.getStartIndex(),
      before.getStartIndex() - 1);
  token->setText("");
  return token;
}

/// Whether the token at `index`, the first of a statement, is its keyword and
/// not a name: nothing follows that could follow a name.
bool LayoutPass::beginsWithKeyword(size_t index) const {
  size_t type = tokens[index]->getType();
  if (type == SnnLexer::IF || type == SnnLexer::LET)
    return true;
  if (type < SnnLexer::AT || type > SnnLexer::WHEN)
    return false;
  switch (tokens[index + 1]->getType()) {
  case SnnLexer::ASSIGN:
  case SnnLexer::CARET:
  case SnnLexer::DIVIDE_ASSIGN:
  case SnnLexer::DOT:
  case SnnLexer::MINUS_ASSIGN:
  case SnnLexer::PLUS_ASSIGN:
  case SnnLexer::PRIME:
  case SnnLexer::SLASH:
  case SnnLexer::STAR:
  case SnnLexer::STAR_ASSIGN:
  case SnnLexer::TILDE:
    return false;
  case SnnLexer::LBRACKET:
    // An index, unless a list may follow the keyword.
    return type == SnnLexer::AT || type == SnnLexer::CONNECT ||
           type == SnnLexer::DISCONNECT || type == SnnLexer::DRIVE ||
           type == SnnLexer::EXPECT || type == SnnLexer::SEND ||
           type == SnnLexer::WHEN;
  default:
    return true;
  }
}

/// `= table(…) {`; elsewhere the word is a name.
bool LayoutPass::isTable(size_t index) const {
  if (last() != SnnLexer::ASSIGN ||
      tokens[index + 1]->getType() != SnnLexer::LPAREN)
    return false;
  size_t depth = 0;
  for (size_t i = index + 1; i < tokens.size(); ++i)
    switch (tokens[i]->getType()) {
    case SnnLexer::LPAREN:
      ++depth;
      continue;
    case SnnLexer::RPAREN:
      if (--depth > 0)
        continue;
      do
        ++i;
      while (tokens[i]->getType() == SnnLexer::SEP ||
             tokens[i]->getChannel() != Token::DEFAULT_CHANNEL);
      return tokens[i]->getType() == SnnLexer::LBRACE;
    default:
      continue;
    }
  return false;
}

void LayoutPass::markStart(size_t index) {
  const Token &token = *tokens[index];
  size_t type = token.getType();
  if (attributeTokens > 0) {
    // `@name` and, in brackets, its arguments.
    bool inArguments = levels.size() > attributeLevel;
    bool goesOn = attributeTokens == 1 || inArguments ||
                  (attributeTokens == 2 && type == SnnLexer::LPAREN);
    if (goesOn) {
      ++attributeTokens;
      return;
    }
    attributeTokens = 0;
    atStart = true;
  }
  if (type == SnnLexer::RBRACE || type == Token::EOF)
    atStart = false;
  if (!atStart)
    return;
  if (type == SnnLexer::AT_SIGN) {
    attributeTokens = 1;
    attributeLevel = levels.size();
    return;
  }
  bool isOverride = type == SnnLexer::OVERRIDE && beginsWithKeyword(index);
  atStart = isOverride;
  if (!isOverride && !beginsWithKeyword(index))
    keep(makeToken(SnnLexer::PLAIN, token));
}

void LayoutPass::count(const Token &token) {
  size_t type = token.getType();
  if (isOperator(type)) {
    ++levels.back().operators;
    if (++operators > SourceLimits::MaxOperators && !result.tooLong) {
      result.tooLong = true;
      uint32_t begin = beginOf(token);
      engine
          .report(diag::ExpressionTooLong, buffer.range(begin, begin + 1),
                  SourceLimits::MaxOperators)
          .help("name parts of it with `let`");
    }
  }
  switch (type) {
  case SnnLexer::LBRACE:
  case SnnLexer::LBRACKET:
  case SnnLexer::LPAREN:
    // Statements within a block do not deepen the expression before it.
    if (type == SnnLexer::LBRACE)
      levels.back().operators = operators = 0;
    levels.push_back({type});
    break;
  case SnnLexer::RBRACE:
  case SnnLexer::RBRACKET:
  case SnnLexer::RPAREN:
    operators -= levels.back().operators;
    levels.pop_back();
    break;
  case SnnLexer::COMMA:
    operators -= levels.back().operators;
    levels.back().operators = 0;
    break;
  default:
    break;
  }
}

Layout LayoutPass::run() {
  // For each line end the first word after it, found from the back.
  std::vector<size_t> nextTypes(tokens.size());
  size_t next = Token::EOF;
  for (size_t i = tokens.size(); i-- > 0;) {
    nextTypes[i] = next;
    if (tokens[i]->getType() != SnnLexer::SEP &&
        tokens[i]->getChannel() == Token::DEFAULT_CHANNEL)
      next = tokens[i]->getType();
  }
  for (size_t i = 0; i < tokens.size(); ++i) {
    std::unique_ptr<Token> &token = tokens[i];
    size_t type = token->getType();
    if (type == SnnLexer::DOC || type == SnnLexer::COMMENT)
      takeComment(*token);
    else if (type == SnnLexer::SEP)
      takeSeparator(std::move(token), nextTypes[i]);
    else if (type != SnnLexer::UNKNOWN) // a byte order mark; `scan` has seen it
      takeWord(i);
  }
  return std::move(result);
}

void LayoutPass::takeWord(size_t index) {
  std::unique_ptr<Token> &token = tokens[index];
  size_t type = token->getType();
  if (!result.docs.empty() && result.docs.back().next == 0)
    result.docs.back().next = beginOf(*token);
  if (type == SnnLexer::RBRACE || type == Token::EOF)
    addSeparatorBefore(*token);
  if (type == SnnLexer::TABLE && !isTable(index))
    static_cast<antlr4::WritableToken &>(*token).setType(SnnLexer::NAME);
  markStart(index);
  count(*token);
  keep(std::move(token));
  atStart |= type == SnnLexer::LBRACE;
}

Layout layOut(TokenList tokens, const SourceBuffer &buffer,
              DiagnosticEngine &engine) {
  return LayoutPass(std::move(tokens), buffer, engine).run();
}

} // namespace snn::lang
