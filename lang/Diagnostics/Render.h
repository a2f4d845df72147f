//===- Render.h - Messages for people and for programs ----------*- C++ -*-===//
//
// Three forms of the same messages: `human` shows the source with carets,
// `short` is one line each (file:line:col), `json` one object each. Columns
// count code points; control characters never reach a terminal as they are.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_DIAGNOSTICS_RENDER_H
#define SNN_LANG_DIAGNOSTICS_RENDER_H

#include "lang/Diagnostics/Engine.h"

#include <string>
#include <string_view>

namespace snn::lang {

enum class MessageFormat { Human, Short, Json };

struct RenderOptions {
  MessageFormat format = MessageFormat::Human;
  bool color = false;
  /// More are counted, not shown.
  unsigned maxDiagnostics = 20;
};

/// All messages, and for people a summary as the last line. Empty if there is
/// nothing to say.
std::string render(const DiagnosticEngine &engine,
                   const RenderOptions &options = {});

/// One message, as `render` shows it.
std::string renderHuman(const Diagnostic &diagnostic, const SourceMap &sources,
                        bool color);
std::string renderShort(const Diagnostic &diagnostic, const SourceMap &sources);
std::string renderJson(const Diagnostic &diagnostic, const SourceMap &sources);

/// Colours are for terminals, unless NO_COLOR is set (see no-color.org).
bool wantsColor(bool isTerminal);

/// Text with control, invisible and malformed characters spelled out:
/// "\x1b", "<U+202E>"; tabs become four blanks.
std::string printable(std::string_view text);

/// What `snn explain CODE` prints; empty for an unknown code.
std::string explain(std::string_view code);

} // namespace snn::lang

#endif // SNN_LANG_DIAGNOSTICS_RENDER_H
