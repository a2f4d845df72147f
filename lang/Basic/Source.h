//===- Source.h - Source texts and places in them ---------------*- C++ -*-===//
//
// A model may spread over several files. Every syntax node and every message
// names a place in one of them as a range of bytes; lines and columns are
// worked out only when a person is to read them.
//
//===----------------------------------------------------------------------===//

#ifndef SNN_LANG_BASIC_SOURCE_H
#define SNN_LANG_BASIC_SOURCE_H

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace snn::lang {

/// Bytes [begin, end) of one buffer. Offsets fit 32 bits because a source text
/// is limited to 64 MiB.
struct SourceRange {
  static constexpr uint32_t NoBuffer = UINT32_MAX;

  uint32_t buffer = NoBuffer;
  uint32_t begin = 0;
  uint32_t end = 0;

  bool isValid() const { return buffer != NoBuffer; }
  uint32_t length() const { return end - begin; }
  bool contains(SourceRange other) const {
    return buffer == other.buffer && begin <= other.begin && other.end <= end;
  }
  friend bool operator==(const SourceRange &, const SourceRange &) = default;
};

/// The smallest range that holds both; an invalid one counts for nothing.
SourceRange join(SourceRange a, SourceRange b);

/// A place as people and editors count it, from 1. Editors and terminals count
/// code points, tools that index the text count bytes; "µs" tells them apart.
struct LineColumn {
  uint32_t line = 1;
  uint32_t byteColumn = 1;
  uint32_t codePointColumn = 1;
};

/// One text with the name it is known by in messages.
class SourceBuffer {
public:
  SourceBuffer(uint32_t id, std::string name, std::string text);

  uint32_t id() const { return ident; }
  const std::string &name() const { return title; }
  std::string_view text() const { return content; }
  std::string_view text(SourceRange range) const {
    return text().substr(range.begin, range.length());
  }

  /// The number of lines; a text that ends in a newline has no empty last one.
  uint32_t lineCount() const;
  /// Line `line` (from 1) without its line ending.
  std::string_view line(uint32_t line) const;
  /// The offset at which line `line` (from 1) begins.
  uint32_t lineBegin(uint32_t line) const { return lineStarts[line - 1]; }
  /// The line (from 1) that holds the byte at `offset`.
  uint32_t lineOf(uint32_t offset) const;
  LineColumn lineColumn(uint32_t offset) const;

  SourceRange range(uint32_t begin, uint32_t end) const {
    return {ident, begin, end};
  }

private:
  uint32_t ident;
  std::string title;
  std::string content;
  std::vector<uint32_t> lineStarts;
};

/// All texts of one compilation. Buffers keep their address and their id.
class SourceMap {
public:
  SourceBuffer &add(std::string name, std::string text);
  const SourceBuffer &get(uint32_t id) const { return *buffers[id]; }
  const SourceBuffer &get(SourceRange range) const {
    return *buffers[range.buffer];
  }
  /// The buffer of that name, or null.
  const SourceBuffer *find(std::string_view name) const;
  uint32_t size() const { return static_cast<uint32_t>(buffers.size()); }

private:
  std::vector<std::unique_ptr<SourceBuffer>> buffers;
};

} // namespace snn::lang

#endif // SNN_LANG_BASIC_SOURCE_H
