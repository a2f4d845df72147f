//===- Symbols.h - The names of a model -------------------------*- C++ -*-===//
//
// What a model declares, in the order of declaration. A symbol whose
// declaration is wrong stays in the table as invalid, so that its uses are
// silent.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_SYMBOLS_H
#define SNN_LANG_SEMA_SYMBOLS_H

#include "lang/Sema/Types.h"

#include <deque>
#include <map>
#include <string>

namespace snn::lang {

struct Symbol {
  enum class Kind {
    Param,
    State,
    Let,
    Input,
    Host,
    Receptor,
    Port,
    Argument,
    /// A `let` inside a handler; stands for `value`.
    Local,
    Modulator,
    Sum,
  };
  Kind kind = Kind::Param;
  std::string name;
  /// In the table of its kind.
  unsigned index = 0;
  Dimension dimension;
  SourceRange range;
  bool isValid = true;
  /// Its dimension is a generic one: a bare 0 may be assigned.
  bool zeroIsAny = false;
  checked::ExprRef value;
};

/// "a parameter", "an input".
std::string_view describe(Symbol::Kind kind);

class SymbolTable {
public:
  const Symbol &define(Symbol symbol);
  const Symbol *find(const std::string &name) const;
  const std::deque<Symbol> &all() const { return symbols; }

private:
  std::deque<Symbol> symbols;
  std::map<std::string, const Symbol *> byName;
};

} // namespace snn::lang

#endif // SNN_LANG_SEMA_SYMBOLS_H
