//===- Parser.cpp - From a text to its syntax tree --------------*- C++ -*-===//
//
// Runs the phases: scan, lex, lay out, parse, build. Parsing recurses as deep
// as the text is nested, so it runs on a thread with a stack that the limits of
// the scanner cannot exhaust.
//
//===----------------------------------------------------------------------===//

#include "lang/Parse/Parser.h"

#include "lang/Parse/Builder.h"
#include "lang/Parse/ErrorStrategy.h"
#include "lang/Parse/Scanner.h"

#include "SnnLexer.h"

#include <algorithm>

#include <pthread.h>

namespace snn::lang {

using antlr::SnnLexer;
using antlr::SnnParser;

namespace {

constexpr size_t StackBytes = size_t(64) << 20;

/// Runs a function on a thread of its own with a large stack, and waits.
template <typename Function>
void runWithLargeStack(Function &function) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, StackBytes);
  pthread_t thread;
  auto entry = [](void *argument) -> void * {
    (*static_cast<Function *>(argument))();
    return nullptr;
  };
  int status = pthread_create(&thread, &attributes, entry, &function);
  pthread_attr_destroy(&attributes);
  if (status == 0)
    pthread_join(thread, nullptr);
  else
    function(); // where no thread can be had, its own stack has to do
}

/// Two stages: most texts are right and parse fast in SLL mode; only where that
/// fails full LL decides, and says, what is wrong.
SnnParser::FileContext *parseTokens(SnnParser &parser,
                                    std::shared_ptr<ErrorStrategy> strategy) {
  parser.removeErrorListeners();
  auto *interpreter = parser.getInterpreter<antlr4::atn::ParserATNSimulator>();
  interpreter->setPredictionMode(antlr4::atn::PredictionMode::SLL);
  parser.setErrorHandler(std::make_shared<antlr4::BailErrorStrategy>());
  try {
    return parser.file();
  } catch (const antlr4::ParseCancellationException &) {
    parser.reset();
    interpreter->setPredictionMode(antlr4::atn::PredictionMode::LL);
    parser.setErrorHandler(strategy);
    return parser.file();
  }
}

std::unique_ptr<ast::File> parseScanned(const SourceBuffer &buffer,
                                        DiagnosticEngine &engine) {
  ByteStream bytes(buffer);
  SnnLexer lexer(&bytes);
  lexer.removeErrorListeners();
  TokenList tokens = lexer.getAllTokens();
  auto size = buffer.text().size();
  tokens.push_back(std::make_unique<antlr4::CommonToken>(
      std::pair<antlr4::TokenSource *, antlr4::CharStream *>(&lexer, &bytes),
      antlr4::Token::EOF, antlr4::Token::DEFAULT_CHANNEL, size, size - 1));
  Layout layout = layOut(std::move(tokens), buffer, engine);
  if (layout.tooLong)
    return nullptr;

  antlr4::ListTokenSource source(std::move(layout.tokens));
  antlr4::CommonTokenStream stream(&source);
  stream.fill(); // messages look at the tokens after the one that is wrong
  SnnParser parser(&stream);
  SnnParser::FileContext *tree =
      parseTokens(parser, std::make_shared<ErrorStrategy>(buffer, engine));

  Builder builder(buffer, engine, std::move(layout.docs));
  std::unique_ptr<ast::File> file = builder.file(tree);
  file->comments = std::move(layout.comments);
  std::ranges::move(builder.unclaimedDocs(),
                    std::back_inserter(file->comments));
  std::ranges::sort(file->comments, {}, [](const ast::Comment &comment) {
    return comment.range.begin;
  });
  return file;
}

} // namespace

std::unique_ptr<ast::File> parse(const SourceBuffer &buffer,
                                 DiagnosticEngine &engine) {
  if (!scan(buffer, engine))
    return nullptr;
  std::unique_ptr<ast::File> file;
  auto run = [&] { file = parseScanned(buffer, engine); };
  runWithLargeStack(run);
  return file;
}

} // namespace snn::lang
