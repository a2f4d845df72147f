//===- Functions.cpp - The functions of the language ----------------------===//
//
// The table behind Functions.h.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Functions.h"

#include <algorithm>

namespace snn::lang {

using checked::Function;

static constexpr FunctionInfo functions[] = {
    {"exp", Function::Exp, 1, Signature::Plain},
    {"expm1", Function::Expm1, 1, Signature::Plain},
    {"exprel", Function::Exprel, 1, Signature::Plain},
    {"log", Function::Log, 1, Signature::Plain},
    {"log1p", Function::Log1p, 1, Signature::Plain},
    {"log10", Function::Log10, 1, Signature::Plain},
    {"sqrt", Function::Sqrt, 1, Signature::Root},
    {"abs", Function::Abs, 1, Signature::Same},
    {"sign", Function::Sign, 1, Signature::Sign},
    {"heaviside", Function::Heaviside, 1, Signature::Sign},
    {"min", Function::Min, 2, Signature::Same},
    {"max", Function::Max, 2, Signature::Same},
    {"clip", Function::Clip, 3, Signature::Same},
    {"pow", Function::Pow, 2, Signature::Power},
    {"sin", Function::Sin, 1, Signature::Plain},
    {"cos", Function::Cos, 1, Signature::Plain},
    {"tan", Function::Tan, 1, Signature::Plain},
    {"sinh", Function::Sinh, 1, Signature::Plain},
    {"cosh", Function::Cosh, 1, Signature::Plain},
    {"tanh", Function::Tanh, 1, Signature::Plain},
    {"atan", Function::Atan, 1, Signature::Plain},
    {"floor", Function::Floor, 1, Signature::Rounding},
    {"ceil", Function::Ceil, 1, Signature::Rounding},
    {"round", Function::Round, 1, Signature::Rounding},
};

std::span<const FunctionInfo> allFunctions() { return functions; }

const FunctionInfo *findFunction(std::string_view name) {
  const auto *found = std::ranges::find(functions, name, &FunctionInfo::name);
  return found == std::end(functions) ? nullptr : found;
}

std::string_view spelling(Function function) {
  return std::ranges::find(functions, function, &FunctionInfo::function)->name;
}

} // namespace snn::lang
