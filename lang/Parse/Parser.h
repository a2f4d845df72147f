//===- Parser.h - From a text to its syntax tree ----------------*- C++ -*-===//
//
// The only door to the parser. ANTLR and its exceptions stay behind it.
//
//===----------------------------------------------------------------------===//

#ifndef SNN_LANG_PARSE_PARSER_H
#define SNN_LANG_PARSE_PARSER_H

#include "lang/AST/Nodes.h"
#include "lang/Diagnostics/Engine.h"

#include <memory>

namespace snn::lang {

/// The tree of a text. What is wrong with it goes to the engine; then the tree
/// holds the statements that are right, or is null if there are none to trust.
std::unique_ptr<ast::File> parse(const SourceBuffer &buffer,
                                 DiagnosticEngine &engine);

} // namespace snn::lang

#endif // SNN_LANG_PARSE_PARSER_H
