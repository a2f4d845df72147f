//===- Source.cpp - Source texts and places in them -------------*- C++ -*-===//
//
// The line table of a buffer and the two ways of counting columns.
//
//===----------------------------------------------------------------------===//

#include "lang/Basic/Source.h"

#include <algorithm>
#include <cassert>

namespace snn::lang {

SourceRange join(SourceRange a, SourceRange b) {
  if (!a.isValid())
    return b;
  if (!b.isValid())
    return a;
  assert(a.buffer == b.buffer && "a range lies in one buffer");
  return {a.buffer, std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

SourceBuffer::SourceBuffer(uint32_t id, std::string name, std::string text)
    : ident(id), title(std::move(name)), content(std::move(text)) {
  lineStarts.push_back(0);
  for (size_t i = content.find('\n'); i != std::string::npos;
       i = content.find('\n', i + 1))
    lineStarts.push_back(static_cast<uint32_t>(i + 1));
}

uint32_t SourceBuffer::lineCount() const {
  bool endsInNewline = !content.empty() && content.back() == '\n';
  return static_cast<uint32_t>(lineStarts.size()) - (endsInNewline ? 1 : 0);
}

std::string_view SourceBuffer::line(uint32_t line) const {
  uint32_t begin = lineBegin(line);
  std::string_view rest = text().substr(begin);
  rest = rest.substr(0, rest.find('\n'));
  if (rest.ends_with('\r'))
    rest.remove_suffix(1);
  return rest;
}

uint32_t SourceBuffer::lineOf(uint32_t offset) const {
  auto next = std::upper_bound(lineStarts.begin(), lineStarts.end(), offset);
  return static_cast<uint32_t>(next - lineStarts.begin());
}

LineColumn SourceBuffer::lineColumn(uint32_t offset) const {
  uint32_t line = lineOf(offset);
  uint32_t begin = lineBegin(line);
  std::string_view before = text().substr(begin, offset - begin);
  // Every byte but a continuation byte (10xxxxxx) begins a code point.
  auto points = std::count_if(before.begin(), before.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  });
  return {line, offset - begin + 1, static_cast<uint32_t>(points) + 1};
}

SourceBuffer &SourceMap::add(std::string name, std::string text) {
  buffers.push_back(
      std::make_unique<SourceBuffer>(size(), std::move(name), std::move(text)));
  return *buffers.back();
}

const SourceBuffer *SourceMap::find(std::string_view name) const {
  for (const auto &buffer : buffers)
    if (buffer->name() == name)
      return buffer.get();
  return nullptr;
}

} // namespace snn::lang
