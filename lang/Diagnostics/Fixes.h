//===- Fixes.h - Applying the edits that messages carry ---------*- C++ -*-===//
//
// `snn check --fix` applies what is certain; the human rendering shows every
// edit as the lines it would give.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_DIAGNOSTICS_FIXES_H
#define SNN_LANG_DIAGNOSTICS_FIXES_H

#include "lang/Diagnostics/Engine.h"

#include <string>
#include <vector>

namespace snn::lang {

/// A line of a text after edits, with its number.
struct EditedLine {
  uint32_t number;
  std::string text;
};

/// The lines that edits of one buffer change or add.
std::vector<EditedLine> editedLines(const SourceBuffer &buffer,
                                    const std::vector<Edit> &edits);

struct FixedText {
  std::string text;
  /// How many messages were acted on.
  unsigned applied = 0;
};

/// The buffer with all certain edits applied; of edits that overlap the first
/// wins, the others wait for the next run.
FixedText applyFixes(const SourceBuffer &buffer,
                     const DiagnosticEngine &engine);

} // namespace snn::lang

#endif // SNN_LANG_DIAGNOSTICS_FIXES_H
