//===- RenderHuman.cpp - A message with its source and carets -------------===//
//
// The layout: a head line, the place, the source lines that labels touch with
// carets (the place itself) and dashes (other places) beneath, then notes and
// help, each help followed by the lines that its edit would give.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Fixes.h"
#include "lang/Diagnostics/Render.h"

#include <algorithm>
#include <map>

namespace snn::lang {
namespace {

/// The number of code points.
size_t width(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(text, [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

/// A label within one line, in display columns from 0.
struct Mark {
  size_t begin, end;
  std::string text;
  bool isPrimary;
};

class HumanRenderer {
public:
  HumanRenderer(const Diagnostic &diagnostic, const SourceMap &sources,
                bool color)
      : diagnostic(diagnostic), sources(sources), color(color) {}

  std::string run() {
    head();
    if (diagnostic.range.isValid()) {
      measureGutter();
      for (uint32_t buffer : buffers())
        snippet(sources.get(buffer));
    }
    tail();
    return std::move(out);
  }

private:
  static constexpr size_t maxLabels = 2;
  /// Longer lines are cut around the place, so that a line of data cannot
  /// flood a terminal.
  static constexpr size_t maxLine = 240;

  const Diagnostic &diagnostic;
  const SourceMap &sources;
  bool color;
  size_t gutter = 1;
  std::string out;

  std::string paint(std::string_view code, std::string_view text) const {
    if (!color || text.empty())
      return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
  }
  std::string_view severityColor() const {
    return diagnostic.isError() ? "1;31" : "1;33";
  }
  static constexpr std::string_view frameColor = "1;34";

  void head() {
    std::string word = diagnostic.isError() ? "error[" : "warning[";
    word += diagnostic.info().code;
    word += "]";
    out += paint(severityColor(), word);
    out += paint("1", ": " + printable(diagnostic.message));
    out += "\n";
  }

  size_t labelCount() const {
    return std::min(diagnostic.labels.size(), maxLabels);
  }

  /// The buffers to show, the one of the message first.
  std::vector<uint32_t> buffers() const {
    std::vector<uint32_t> result{diagnostic.range.buffer};
    for (size_t i = 0; i < labelCount(); ++i) {
      uint32_t buffer = diagnostic.labels[i].range.buffer;
      if (std::ranges::find(result, buffer) == result.end())
        result.push_back(buffer);
    }
    return result;
  }

  void measureGutter() {
    uint32_t last =
        sources.get(diagnostic.range).lineOf(diagnostic.range.begin);
    for (size_t i = 0; i < labelCount(); ++i) {
      SourceRange range = diagnostic.labels[i].range;
      last = std::max(last, sources.get(range).lineOf(range.begin));
    }
    for (const Help &help : diagnostic.helps)
      for (const Edit &edit : help.edits)
        for (const EditedLine &line :
             editedLines(sources.get(edit.range), help.edits))
          last = std::max(last, line.number);
    gutter = std::to_string(last).size();
  }

  void frame(std::string_view number, std::string_view content) {
    std::string text(number);
    text.insert(0, gutter - std::min(gutter, width(number)), ' ');
    out += paint(frameColor, text + " |");
    if (!content.empty()) {
      out += " ";
      out += content;
    }
    out += "\n";
  }

  void snippet(const SourceBuffer &buffer) {
    bool isPrimary = buffer.id() == diagnostic.range.buffer;
    std::map<uint32_t, std::vector<Mark>> lines;
    if (isPrimary)
      addMark(lines, buffer, diagnostic.range, diagnostic.caption, true);
    SourceRange first = diagnostic.range;
    for (size_t i = 0; i < labelCount(); ++i) {
      const Label &label = diagnostic.labels[i];
      if (label.range.buffer != buffer.id())
        continue;
      if (!isPrimary && lines.empty())
        first = label.range;
      addMark(lines, buffer, label.range, label.message, false);
    }
    LineColumn start = buffer.lineColumn(first.begin);
    out += std::string(gutter, ' ') +
           paint(frameColor, isPrimary ? "-->" : ":::") + " " +
           printable(buffer.name()) + ":" + std::to_string(start.line) + ":" +
           std::to_string(start.codePointColumn) + "\n";
    frame("", "");
    uint32_t previous = 0;
    for (auto &[line, marks] : lines) {
      if (previous && line == previous + 2)
        frame(std::to_string(line - 1), sourceLine(buffer, line - 1, 0).text);
      else if (previous && line > previous + 2)
        out += paint(frameColor, "...") + "\n";
      annotate(buffer, line, marks);
      previous = line;
    }
  }

  struct Shown {
    std::string text;
    /// Display columns cut from the front.
    size_t cut = 0;
  };

  /// A line as it is displayed; where it is long, the part around `column`.
  Shown sourceLine(const SourceBuffer &buffer, uint32_t line,
                   size_t column) const {
    std::string text = printable(buffer.line(line));
    if (width(text) <= maxLine) {
      while (!text.empty() && text.back() == ' ')
        text.pop_back();
      return {text, 0};
    }
    size_t begin = column > maxLine / 2 ? column - maxLine / 2 : 0;
    size_t from = 0, seen = 0;
    auto advance = [&](size_t to) {
      while (from < text.size() && seen < to) {
        ++from;
        while (from < text.size() &&
               (static_cast<unsigned char>(text[from]) & 0xc0) == 0x80)
          ++from;
        ++seen;
      }
    };
    advance(begin);
    size_t start = from;
    advance(begin + maxLine);
    return {text.substr(start, from - start), begin};
  }

  void addMark(std::map<uint32_t, std::vector<Mark>> &lines,
               const SourceBuffer &buffer, SourceRange range,
               const std::string &text, bool isPrimary) const {
    uint32_t line = buffer.lineOf(range.begin);
    std::string_view content = buffer.line(line);
    uint32_t start = buffer.lineBegin(line);
    size_t first = std::min<size_t>(range.begin - start, content.size());
    size_t last = std::min<size_t>(range.end - start, content.size());
    size_t begin = width(printable(content.substr(0, first)));
    size_t end = begin + width(printable(content.substr(first, last - first)));
    lines[line].push_back(
        {begin, std::max(end, begin + 1), printable(text), isPrimary});
  }

  void annotate(const SourceBuffer &buffer, uint32_t line,
                std::vector<Mark> &marks) {
    std::ranges::sort(marks, {}, [](const Mark &mark) {
      return std::pair(mark.begin, mark.end);
    });
    auto primary = std::ranges::find_if(marks, &Mark::isPrimary);
    size_t focus =
        primary == marks.end() ? marks.front().begin : primary->begin;
    Shown shown = sourceLine(buffer, line, focus);
    for (Mark &mark : marks) {
      mark.begin -= std::min(mark.begin, shown.cut);
      mark.end =
          std::max(mark.begin + 1, mark.end - std::min(mark.end, shown.cut));
      size_t limit = width(shown.text) + 1;
      mark.begin = std::min(mark.begin, limit - 1);
      mark.end = std::clamp(mark.end, mark.begin + 1, limit);
    }
    frame(std::to_string(line), shown.text);

    // The underlines; the last one carries its text on the same line unless
    // another reaches into it.
    std::string row;
    size_t column = 0;
    auto put = [&](size_t at, const std::string &painted, size_t length) {
      if (at > column) {
        row += std::string(at - column, ' ');
        column = at;
      }
      row += painted;
      column += length;
    };
    for (size_t i = 0; i < marks.size(); ++i) {
      const Mark &mark = marks[i];
      size_t end = mark.end;
      if (i + 1 < marks.size())
        end = std::min(end, std::max(marks[i + 1].begin, mark.begin));
      size_t begin = std::max(mark.begin, column);
      if (end <= begin)
        continue;
      put(begin,
          paint(mark.isPrimary ? severityColor() : frameColor,
                std::string(end - begin, mark.isPrimary ? '^' : '-')),
          end - begin);
    }
    std::vector<const Mark *> pending;
    for (const Mark &mark : marks)
      if (!mark.text.empty())
        pending.push_back(&mark);
    if (!pending.empty() && pending.back() == &marks.back()) {
      const Mark &mark = *pending.back();
      row +=
          " " + paint(mark.isPrimary ? severityColor() : frameColor, mark.text);
      pending.pop_back();
    }
    frame("", row);

    // The other texts, from right to left, each under its own bar.
    auto bars = [&](size_t count) {
      row.clear();
      column = 0;
      for (size_t i = 0; i < count; ++i)
        if (pending[i]->begin >= column)
          put(pending[i]->begin,
              paint(pending[i]->isPrimary ? severityColor() : frameColor, "|"),
              1);
    };
    if (!pending.empty()) {
      bars(pending.size());
      frame("", row);
    }
    for (size_t i = pending.size(); i-- > 0;) {
      bars(i);
      const Mark &mark = *pending[i];
      put(mark.begin,
          paint(mark.isPrimary ? severityColor() : frameColor, mark.text),
          width(mark.text));
      frame("", row);
    }
  }

  void tail() {
    if (diagnostic.range.isValid())
      frame("", "");
    std::string indent(gutter + 1, ' ');
    for (const std::string &note : diagnostic.notes)
      out += indent + paint(frameColor, "=") + " " + paint("1", "note") + ": " +
             printable(note) + "\n";
    for (const Help &help : diagnostic.helps) {
      out += indent + paint(frameColor, "=") + " " + paint("1", "help") + ": " +
             printable(help.message) + "\n";
      if (help.edits.empty())
        continue;
      for (const EditedLine &line :
           editedLines(sources.get(help.edits.front().range), help.edits)) {
        std::string number = std::to_string(line.number);
        number.insert(0, gutter - std::min(gutter, number.size()), ' ');
        std::string text = printable(line.text);
        if (width(text) > maxLine)
          continue;
        out += paint("32", number + " +") + " " + text + "\n";
      }
    }
  }
};

} // namespace

std::string renderHuman(const Diagnostic &diagnostic, const SourceMap &sources,
                        bool color) {
  return HumanRenderer(diagnostic, sources, color).run();
}

} // namespace snn::lang
