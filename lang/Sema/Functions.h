//===- Functions.h - The functions of the language --------------*- C++ -*-===//
//
// One table: name, number of arguments, what dimensions go in and come out.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_FUNCTIONS_H
#define SNN_LANG_SEMA_FUNCTIONS_H

#include "lang/Sema/Checked.h"

#include <span>
#include <string_view>

namespace snn::lang {

/// How the dimension of a result follows from those of the arguments.
enum class Signature {
  Plain,    // plain numbers only
  Same,     // all alike; the result too
  Sign,     // anything; a plain number
  Root,     // anything; its square root
  Rounding, // plain numbers only: where a quantity is rounded depends on units
  Power,    // as the operator ^
};

struct FunctionInfo {
  std::string_view name;
  checked::Function function;
  unsigned arity;
  Signature signature;
};

std::span<const FunctionInfo> allFunctions();
const FunctionInfo *findFunction(std::string_view name);
std::string_view spelling(checked::Function function);

} // namespace snn::lang

#endif // SNN_LANG_SEMA_FUNCTIONS_H
