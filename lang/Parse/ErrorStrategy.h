//===- ErrorStrategy.h - One message for each syntax error ------*- C++ -*-===//
//
// ANTLR repairs the input and goes on, which turns one slip into a list of
// complaints in the grammar's own words. This strategy says once, in the
// reader's words, what is wrong with a statement, and goes on after it.
//
//===----------------------------------------------------------------------===//

#ifndef SNN_LANG_PARSE_ERRORSTRATEGY_H
#define SNN_LANG_PARSE_ERRORSTRATEGY_H

#include "lang/Diagnostics/Engine.h"
#include "lang/Parse/Placement.h"

#include "antlr4-runtime.h"

namespace snn::lang {

class ErrorStrategy : public antlr4::DefaultErrorStrategy {
public:
  ErrorStrategy(const SourceBuffer &buffer, DiagnosticEngine &engine)
      : buffer(buffer), engine(engine) {}

  void reportError(antlr4::Parser *parser,
                   const antlr4::RecognitionException &e) override;
  /// Gives up everything up to the statement, then skips the rest of it.
  void recover(antlr4::Parser *parser, std::exception_ptr e) override;
  antlr4::Token *recoverInline(antlr4::Parser *parser) override;
  /// Skips statements that begin with no known word, where a block goes on.
  void sync(antlr4::Parser *parser) override;

private:
  const SourceBuffer &buffer;
  DiagnosticEngine &engine;

  unsigned errors = 0;

  SourceRange rangeOf(const antlr4::Token *token) const;
  std::string describeToken(const antlr4::Token *token) const;
  void skipStatement(antlr4::Parser *parser);
  /// Says what is wrong with a statement whose first word begins none that may
  /// stand here. False if that is not what is wrong.
  bool reportFirstWord(antlr4::Parser *parser, const antlr4::Token *first,
                       const antlr4::Token *second, Body body);
  void reportUnexpected(antlr4::Parser *parser, const antlr4::Token *found,
                        const antlr4::misc::IntervalSet &expected);
};

} // namespace snn::lang

#endif // SNN_LANG_PARSE_ERRORSTRATEGY_H
