//===- Symbols.cpp - The names of a model ---------------------------------===//
//
// A list and an index over it. A later definition hides an earlier one: a
// handler's argument may have the name of a state.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Symbols.h"

namespace snn::lang {

std::string_view describe(Symbol::Kind kind) {
  static constexpr std::string_view words[] = {
      "a parameter",  "a state",     "a `let`", "an input",
      "a host value", "a receptor",  "a port",  "an argument",
      "a `let`",      "a modulator", "a sum"};
  return words[static_cast<int>(kind)];
}

const Symbol &SymbolTable::define(Symbol symbol) {
  const Symbol &stored = symbols.emplace_back(std::move(symbol));
  byName[stored.name] = &stored;
  return stored;
}

const Symbol *SymbolTable::find(const std::string &name) const {
  auto found = byName.find(name);
  return found == byName.end() ? nullptr : found->second;
}

} // namespace snn::lang
