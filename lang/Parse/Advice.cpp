//===- Advice.cpp - What a syntax error probably meant ----------*- C++ -*-===//
//
// One rule after the other; the first that applies speaks.
//
//===----------------------------------------------------------------------===//

#include "lang/Parse/Advice.h"

#include "SnnParser.h"

#include <algorithm>

namespace snn::lang {

using antlr::SnnParser;
using antlr4::Token;
using antlr4::misc::IntervalSet;

std::string describeExpected(const IntervalSet &set,
                             const antlr4::dfa::Vocabulary &vocabulary) {
  auto has = [&](size_t type) { return set.contains(type); };
  std::vector<std::string> parts;
  if (has(SnnParser::PLAIN))
    return has(SnnParser::CONNECT) ? "a statement" : "a member of a model";
  if (has(SnnParser::NEURON) && has(SnnParser::EXPERIMENT) &&
      !has(SnnParser::NAME))
    return "a declaration";
  bool value = has(SnnParser::NUMBER) && has(SnnParser::LPAREN);
  if (value)
    parts.push_back("a value");
  else if (has(SnnParser::NUMBER))
    parts.push_back("a number");
  if (!value && has(SnnParser::NAME) && !has(SnnParser::NUMBER))
    parts.push_back(has(SnnParser::LBRACKET) && !has(SnnParser::SEP) &&
                            !has(SnnParser::DOT)
                        ? "a name or a list"
                        : "a name");
  // After an operand everything that could continue it is no news.
  bool afterOperand = has(SnnParser::SLASH) && !value;
  // Signs and words that matter where they are expected at all.
  static constexpr size_t Told[] = {
      SnnParser::COLON,      SnnParser::ASSIGN,     SnnParser::ARROW,
      SnnParser::DOTS,       SnnParser::COMMA,      SnnParser::RPAREN,
      SnnParser::RBRACKET,   SnnParser::GREATER,    SnnParser::LBRACE,
      SnnParser::BY,         SnnParser::IN,         SnnParser::OF,
      SnnParser::WHEN,       SnnParser::FOR,        SnnParser::TO,
      SnnParser::THEN,       SnnParser::ELSE,       SnnParser::TRACE,
      SnnParser::ABOVE,      SnnParser::LEAST,      SnnParser::STATE,
      SnnParser::INPUT,      SnnParser::PLASTICITY, SnnParser::INCREASING,
      SnnParser::DECREASING, SnnParser::TILDE,      SnnParser::EXTENDS};
  bool names = has(SnnParser::NAME); // then soft words are names
  for (size_t type : Told) {
    if (!has(type) || (value && type == SnnParser::LBRACKET))
      continue;
    bool soft = type >= SnnParser::AT && type < SnnParser::ARROW;
    if (soft && names)
      continue;
    bool optional = type == SnnParser::BY || type == SnnParser::EXTENDS ||
                    type == SnnParser::GREATER || type == SnnParser::OF ||
                    type == SnnParser::TILDE;
    if ((afterOperand || has(SnnParser::LBRACE) || has(SnnParser::SEP)) &&
        optional)
      continue;
    parts.push_back(vocabulary.getLiteralName(type));
    std::ranges::replace(parts.back(), '\'', '`');
  }
  if (has(SnnParser::SEP))
    parts.push_back("the end of the line");
  if (value)
    parts = {"a value"};
  if (parts.empty())
    for (ssize_t type : set.toList()) {
      parts.push_back(vocabulary.getLiteralName(static_cast<size_t>(type)));
      std::ranges::replace(parts.back(), '\'', '`');
    }
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0)
      text += i + 1 < parts.size() ? ", " : " or ";
    text += parts[i];
  }
  return text;
}

void translate(Diagnostic &message, const std::string &word) {
  static constexpr std::pair<std::string_view, const char *> Table[] = {
      {"threshold",
       "a threshold is written `spike when V >= V_th { V = V_reset }`"},
      {"reset", "a reset is written `spike when V >= V_th { V = V_reset }`"},
      {"equations", "an equation has a line of its own: `tau*V' = E_L - V`"},
      {"equation", "an equation has a line of its own: `tau*V' = E_L - V`"},
      {"run", "how long a run takes is written `duration 1 s`"},
      {"simulate", "how long a run takes is written `duration 1 s`"},
  };
  for (auto [theirs, ours] : Table)
    if (word == theirs)
      message.help(ours);
}

namespace {

/// Reads an error and knows whether a rule has spoken.
class Adviser {
public:
  Adviser(Diagnostic &message, const SyntaxError &error,
          const SourceBuffer &buffer)
      : message(message), error(error), buffer(buffer) {}

  void run();

private:
  Diagnostic &message;
  const SyntaxError &error;
  const SourceBuffer &buffer;

  bool found(size_t type) const { return error.found->getType() == type; }
  bool previous(size_t type) const {
    return error.previous && error.previous->getType() == type;
  }
  bool beforePrevious(size_t type) const {
    return error.beforePrevious && error.beforePrevious->getType() == type;
  }
  bool wants(size_t type) const { return error.expected.contains(type); }
  bool wantsValue() const {
    return wants(SnnParser::NUMBER) && wants(SnnParser::LPAREN);
  }
  bool beginsWith(std::initializer_list<size_t> words) const {
    return std::ranges::find(words, error.firstWord) != words.end();
  }
  SourceRange rangeOf(const Token *token) const {
    return buffer.range(static_cast<uint32_t>(token->getStartIndex()),
                        static_cast<uint32_t>(token->getStopIndex()) + 1);
  }
  bool adviseOnSigns();
  bool adviseOnWords();
  bool adviseOnLists();
};

} // namespace

bool Adviser::adviseOnSigns() {
  SourceRange here = rangeOf(error.found);
  if (found(SnnParser::STAR) && previous(SnnParser::STAR)) {
    message.fix("a power is written `^`", join(rangeOf(error.previous), here),
                "^");
    return true;
  }
  if (found(SnnParser::ASSIGN) &&
      (wants(SnnParser::THEN) ||
       beginsWith({SnnParser::SPIKE, SnnParser::IF}))) {
    message.suggest("to compare two values write `==`", here, "==");
    return true;
  }
  if (found(SnnParser::ASSIGN) && wants(SnnParser::COLON)) {
    message.suggest("what it is comes after `:`", here, ":");
    return true;
  }
  if (found(SnnParser::COMMA) && wants(SnnParser::SEP)) {
    message.suggest("statements are separated by `;`", here, ";");
    return true;
  }
  if (found(SnnParser::NUMBER) && previous(SnnParser::COMMA) &&
      beforePrevious(SnnParser::NUMBER) && !wantsValue()) {
    message.suggest("a decimal point is written `.`", rangeOf(error.previous),
                    ".");
    return true;
  }
  if (found(SnnParser::ARROW) && error.firstWord == SnnParser::PLAIN) {
    message.help("a connection begins with `connect`");
    return true;
  }
  return false;
}

bool Adviser::adviseOnWords() {
  size_t type = error.found->getType();
  bool isHard = type >= SnnParser::AND && type <= SnnParser::WHERE;
  if (isHard && wants(SnnParser::NAME) && !wantsValue()) {
    message.help("`" + error.found->getText() +
                 "` is a word of the language; choose another name");
    return true;
  }
  if (found(SnnParser::NAME) && previous(SnnParser::NAME) &&
      beforePrevious(SnnParser::NUMBER) &&
      error.next->getType() == SnnParser::SEP) {
    message.suggest("a compound unit stands in brackets",
                    join(rangeOf(error.previous), rangeOf(error.found)),
                    "[" + error.previous->getText() + "*" +
                        error.found->getText() + "]");
    return true;
  }
  if (found(SnnParser::NAME) && previous(SnnParser::NAME) &&
      beginsWith({SnnParser::INPUT, SnnParser::HOST})) {
    message.help("what it is comes after `:`");
    return true;
  }
  bool afterBareName =
      previous(SnnParser::NAME) && !beforePrevious(SnnParser::NUMBER);
  if (found(SnnParser::NUMBER) && afterBareName &&
      (wants(SnnParser::ASSIGN) ||
       beginsWith({SnnParser::PARAM, SnnParser::STATE, SnnParser::LET}))) {
    message.help("a value comes after `=`");
    return true;
  }
  if (found(SnnParser::NUMBER) && afterBareName && wants(SnnParser::SEP) &&
      beginsWith({SnnParser::CONNECT, SnnParser::DRIVE})) {
    message.help("arguments stand in parentheses: `" +
                 error.previous->getText() + "(" + error.found->getText() +
                 ")`");
    return true;
  }
  if (found(SnnParser::NUMBER) && previous(SnnParser::NUMBER)) {
    message.help("two numbers follow one another; is an operator missing?");
    return true;
  }
  return false;
}

bool Adviser::adviseOnLists() {
  // A word that begins a value, where a list could go on.
  size_t type = error.found->getType();
  bool beginsValue = type == SnnParser::NAME || type == SnnParser::NUMBER;
  bool inList =
      wants(SnnParser::RPAREN) || wants(SnnParser::RBRACKET) ||
      (wants(SnnParser::SEP) &&
       beginsWith({SnnParser::PARAM, SnnParser::STATE, SnnParser::INPUT,
                   SnnParser::HOST, SnnParser::LET, SnnParser::RECEPTOR,
                   SnnParser::POPULATION, SnnParser::SEED}));
  if (beginsValue && inList) {
    message.help("is a comma missing before it?");
    return true;
  }
  bool listExpected = wants(SnnParser::LBRACKET) && wants(SnnParser::NAME);
  if (found(SnnParser::LBRACE) && listExpected && !wantsValue()) {
    message.help("a list stands in square brackets: `[a, b]`");
    return true;
  }
  return false;
}

void Adviser::run() {
  if (!adviseOnSigns() && !adviseOnWords())
    adviseOnLists();
}

void advise(Diagnostic &message, const SyntaxError &error,
            const SourceBuffer &buffer) {
  Adviser(message, error, buffer).run();
}

} // namespace snn::lang
