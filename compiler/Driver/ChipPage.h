//===- ChipPage.h - The page of a chip --------------------------*- C++ -*-===//
//
// All that a declaration says, with what its comments say of each number, and
// the programs as they are executed: as text for terminals, and as the page in
// docs/reference/chips.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_CHIPPAGE_H
#define SNN_COMPILER_DRIVER_CHIPPAGE_H

#include "lang/AST/Nodes.h"
#include "lang/Chips/Chips.h"

#include <string>

namespace snn::driver {

enum class PageStyle { Text, Markdown };

/// `chip` is what checkChip made of `declaration`, which stands in `file`.
/// `item` is what `snn doc` was asked for.
std::string chipPage(const lang::checked::Chip &chip,
                     const lang::ast::ChipDecl &declaration,
                     const lang::ast::File &file,
                     const lang::SourceBuffer &source, const std::string &item,
                     PageStyle style);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_CHIPPAGE_H
