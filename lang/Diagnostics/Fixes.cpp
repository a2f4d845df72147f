//===- Fixes.cpp - Applying the edits that messages carry -----------------===//
//
// Edits are kept sorted by place and spliced into the text from its end.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Fixes.h"

#include <algorithm>
#include <utility>

namespace snn::lang {

static void sortByPlace(std::vector<Edit> &edits) {
  std::ranges::sort(edits, {}, [](const Edit &edit) {
    return std::pair(edit.range.begin, edit.range.end);
  });
}

std::vector<EditedLine> editedLines(const SourceBuffer &buffer,
                                    const std::vector<Edit> &given) {
  std::vector<Edit> edits;
  for (const Edit &edit : given)
    if (edit.range.buffer == buffer.id())
      edits.push_back(edit);
  if (edits.empty())
    return {};
  sortByPlace(edits);

  // The text between the first and the last touched line, with the edits.
  uint32_t firstLine = buffer.lineOf(edits.front().range.begin);
  uint32_t lastLine = buffer.lineOf(edits.back().range.end);
  uint32_t position = buffer.lineBegin(firstLine);
  uint32_t end = buffer.lineBegin(lastLine) +
                 static_cast<uint32_t>(buffer.line(lastLine).size());
  std::string text;
  for (const Edit &edit : edits) {
    if (edit.range.begin < position)
      continue;
    text += buffer.text().substr(position, edit.range.begin - position);
    text += edit.replacement;
    position = edit.range.end;
  }
  if (end > position)
    text += buffer.text().substr(position, end - position);

  std::vector<EditedLine> lines;
  uint32_t number = firstLine;
  for (size_t begin = 0; begin <= text.size(); ++number) {
    size_t newline = std::min(text.find('\n', begin), text.size());
    std::string line = text.substr(begin, newline - begin);
    bool unchanged = false;
    for (uint32_t old = firstLine; old <= lastLine; ++old)
      unchanged |= buffer.line(old) == line;
    if (!unchanged)
      lines.push_back({number, std::move(line)});
    begin = newline + 1;
  }
  return lines;
}

FixedText applyFixes(const SourceBuffer &buffer,
                     const DiagnosticEngine &engine) {
  FixedText result;
  std::vector<Edit> accepted;
  auto overlaps = [&](const Edit &edit) {
    return std::ranges::any_of(accepted, [&](const Edit &other) {
      return edit.range.begin < other.range.end &&
             other.range.begin < edit.range.end;
    });
  };
  for (const Diagnostic *diagnostic : engine.sorted())
    for (const Help &help : diagnostic->helps) {
      bool applies = help.certain && !help.edits.empty();
      for (const Edit &edit : help.edits)
        applies &= edit.range.buffer == buffer.id() && !overlaps(edit);
      if (!applies)
        continue;
      accepted.insert(accepted.end(), help.edits.begin(), help.edits.end());
      ++result.applied;
      break; // of several helps of one message, the first
    }
  sortByPlace(accepted);
  result.text = std::string(buffer.text());
  for (auto edit = accepted.rbegin(); edit != accepted.rend(); ++edit)
    result.text.replace(edit->range.begin, edit->range.length(),
                        edit->replacement);
  return result;
}

} // namespace snn::lang
