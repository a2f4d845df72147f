//===- Placement.h - Which statement may stand in which body ----*- C++ -*-===//
//
// The grammar lets every statement stand everywhere; this table does not. It
// also knows the words that begin statements, for messages about misspelt and
// misplaced ones.
//
//===----------------------------------------------------------------------===//

#ifndef SNN_LANG_PARSE_PLACEMENT_H
#define SNN_LANG_PARSE_PLACEMENT_H

#include "lang/AST/Nodes.h"

#include <string>
#include <string_view>
#include <vector>

namespace snn::lang {

/// What a block is the body of. The blocks of `if` and `for` are of the kind of
/// the body that they stand in.
enum class Body {
  File,
  Neuron,
  Synapse,
  Plasticity,
  Modulator,
  Trace,
  SpikeHandler,
  Handler,
  Column,
  Network,
  Experiment,
  Protocol,
  Condition,
  Control,
  Chip,
  ChipProgram,
};

bool belongs(ast::Stmt::Kind kind, Body body);

/// "a neuron", "the handler of an event".
std::string_view describe(Body body);

/// The words that begin a statement of this body: "param", "spike when".
std::vector<std::string> contents(Body body);

/// Where statements that begin with this word stand: "in a column or a
/// network"; empty for a word that begins none.
std::string homesOf(std::string_view word);

/// How a statement of this kind begins: "param"; "an equation".
std::string_view wordOf(ast::Stmt::Kind kind);

} // namespace snn::lang

#endif // SNN_LANG_PARSE_PLACEMENT_H
