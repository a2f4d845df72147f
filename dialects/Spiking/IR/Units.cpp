//===- Units.cpp - Dimensions of unit attributes ----------------*- C++ -*-===//
//
// See Units.h.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/IR/Units.h"

#include "llvm/ADT/SmallVector.h"

using llvm::StringRef;
using snn::lang::Dimension;

/// unit, or unit^(p/q).
static std::optional<Dimension> parseFactor(StringRef factor) {
  auto [base, power] = factor.split("^(");
  std::optional<snn::lang::Unit> unit = snn::lang::parseUnit(base);
  if (!unit || power.empty())
    return unit ? std::optional(unit->dimension) : std::nullopt;
  auto [numerator, denominator] = power.split('/');
  int p, q;
  if (!denominator.consume_back(")") || numerator.getAsInteger(10, p) ||
      denominator.getAsInteger(10, q) || q <= 0)
    return std::nullopt;
  return unit->dimension.pow(p, q);
}

std::optional<Dimension> snn::spiking::parseDimension(StringRef unit) {
  if (std::optional<lang::Unit> parsed = lang::parseUnit(unit))
    return parsed->dimension;
  Dimension product;
  llvm::SmallVector<StringRef> factors;
  unit.split(factors, '*');
  for (StringRef factor : factors) {
    std::optional<Dimension> dimension = parseFactor(factor);
    if (!dimension)
      return std::nullopt;
    product = product * *dimension;
  }
  return product;
}

bool snn::spiking::isInternalUnit(StringRef unit) {
  // Fractional powers are only ever spelled in base units, which are internal.
  std::optional<lang::Unit> parsed = lang::parseUnit(unit);
  return !parsed || parsed->exponentToInternal() == 0;
}
