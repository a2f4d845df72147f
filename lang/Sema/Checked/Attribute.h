//===- Attribute.h - Attributes of the checked program ----------*- C++ -*-===//
//
// `@solver(...)` and its like, their arguments as words and numbers.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_CHECKED_ATTRIBUTE_H
#define SNN_LANG_SEMA_CHECKED_ATTRIBUTE_H

#include "lang/Basic/Source.h"
#include "lang/Basic/Units.h"

#include <string>
#include <vector>

namespace snn::lang::checked {

/// `@solver(euler, substeps = 2)`: positional arguments have an empty key.
struct AttributeArgument {
  std::string key;
  /// A word ("euler") or, where `isNumber`, a number in internal units.
  std::string word;
  bool isNumber = false;
  double number = 0;
  Dimension dimension;
  SourceRange range;
};

struct Attribute {
  std::string name;
  std::vector<AttributeArgument> arguments;
  SourceRange range;
};

} // namespace snn::lang::checked

#endif // SNN_LANG_SEMA_CHECKED_ATTRIBUTE_H
