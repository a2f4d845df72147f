//===- Render.cpp - All messages in one of the forms ----------------------===//
//
// The list as a whole: how many are shown, the summary, and what the forms have
// in common.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Render.h"

#include <cstdlib>
#include <set>

namespace snn::lang {

bool wantsColor(bool isTerminal) {
  const char *refused = std::getenv("NO_COLOR");
  return isTerminal && !(refused && *refused);
}

/// Decodes one code point; a malformed byte gives size 1 and no value.
static size_t decode(std::string_view text, char32_t &codePoint) {
  auto lead = static_cast<unsigned char>(text[0]);
  size_t size = lead < 0x80   ? 1
                : lead < 0xc2 ? 0
                : lead < 0xe0 ? 2
                : lead < 0xf0 ? 3
                : lead < 0xf5 ? 4
                              : 0;
  codePoint = 0xfffd;
  if (size == 0 || size > text.size())
    return 1;
  char32_t value = size == 1 ? lead : lead & (0x7fu >> size);
  for (size_t i = 1; i < size; ++i) {
    auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xc0) != 0x80)
      return 1;
    value = value << 6 | (byte & 0x3fu);
  }
  codePoint = value;
  return size;
}

static bool isInvisible(char32_t c) {
  return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x2069) || c == 0xfeff || c == 0xad ||
         c == 0x2028 || c == 0x2029 || c == 0x61c;
}

std::string printable(std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  std::string result;
  while (!text.empty()) {
    char32_t c;
    size_t size = decode(text, c);
    bool malformed = c == 0xfffd && size == 1;
    auto byte = static_cast<unsigned char>(text[0]);
    if (c == '\t') {
      result += "    ";
    } else if (malformed || c < 0x20 || (c >= 0x7f && c < 0xa0)) {
      auto value = malformed ? byte : static_cast<unsigned char>(c);
      result += "\\x";
      result += hex[value >> 4];
      result += hex[value & 15];
    } else if (isInvisible(c)) {
      result += "<U+";
      for (int shift = 12; shift >= 0; shift -= 4)
        result += static_cast<char>(
            std::toupper(hex[(static_cast<uint32_t>(c) >> shift) & 15]));
      result += ">";
    } else {
      result += text.substr(0, size);
    }
    text.remove_prefix(size);
  }
  return result;
}

std::string renderShort(const Diagnostic &diagnostic,
                        const SourceMap &sources) {
  std::string place;
  if (diagnostic.range.isValid()) {
    const SourceBuffer &buffer = sources.get(diagnostic.range);
    LineColumn start = buffer.lineColumn(diagnostic.range.begin);
    place = printable(buffer.name()) + ":" + std::to_string(start.line) + ":" +
            std::to_string(start.codePointColumn) + ": ";
  }
  return place + (diagnostic.isError() ? "error[" : "warning[") +
         std::string(diagnostic.info().code) +
         "]: " + printable(diagnostic.message) + "\n";
}

static std::string plural(unsigned count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) +
         (count == 1 ? "" : "s");
}

/// "error: 2 errors and 1 warning in lif.snn; try `snn explain E0201`".
static std::string summary(const std::vector<const Diagnostic *> &diagnostics,
                           const SourceMap &sources) {
  unsigned errors = 0, warnings = 0;
  std::set<std::string> files;
  for (const Diagnostic *diagnostic : diagnostics) {
    ++(diagnostic->isError() ? errors : warnings);
    if (diagnostic->range.isValid())
      files.insert(printable(sources.get(diagnostic->range).name()));
  }
  std::string text = errors ? "error: " : "warning: ";
  if (errors)
    text += plural(errors, "error");
  if (errors && warnings)
    text += " and ";
  if (warnings)
    text += plural(warnings, "warning");
  if (files.size() == 1)
    text += " in " + *files.begin();
  else if (files.size() > 1)
    text += " in " + std::to_string(files.size()) + " files";
  for (const Diagnostic *diagnostic : diagnostics)
    if (diagnostic->isError() == (errors != 0))
      return text + "; try `snn explain " +
             std::string(diagnostic->info().code) + "`\n";
  return text + "\n";
}

std::string render(const DiagnosticEngine &engine,
                   const RenderOptions &options) {
  std::vector<const Diagnostic *> diagnostics = engine.sorted();
  if (diagnostics.empty())
    return {};
  std::string result;
  unsigned shown = 0;
  for (const Diagnostic *diagnostic : diagnostics) {
    if (shown == options.maxDiagnostics &&
        options.format != MessageFormat::Json) {
      result += "... and " +
                std::to_string(diagnostics.size() - options.maxDiagnostics) +
                " more\n";
      if (options.format == MessageFormat::Human)
        result += "\n";
      break;
    }
    switch (options.format) {
    case MessageFormat::Human:
      result += renderHuman(*diagnostic, engine.sourceMap(), options.color);
      result += "\n";
      break;
    case MessageFormat::Short:
      result += renderShort(*diagnostic, engine.sourceMap());
      break;
    case MessageFormat::Json:
      result += renderJson(*diagnostic, engine.sourceMap());
      break;
    }
    ++shown;
  }
  if (options.format == MessageFormat::Human)
    result += summary(diagnostics, engine.sourceMap());
  return result;
}

std::string explain(std::string_view code) {
  const KindInfo *kind = findKind(code);
  if (!kind)
    return {};
  std::string severity =
      kind->severity == Severity::Error ? "error" : "warning";
  return severity + "[" + std::string(kind->code) + "]\n\n" +
         std::string(kind->explanation);
}

} // namespace snn::lang
