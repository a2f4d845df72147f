//===- ParserFuzzer.cpp - Any text gives a tree or a message ----*- C++ -*-===//
//
// Whatever the bytes: no crash, no hang, no message outside of the text, and a
// text without messages keeps its tree through the formatter, whose output is
// stable.
//
//===----------------------------------------------------------------------===//

#include "lang/AST/Dump.h"
#include "lang/AST/Printer.h"
#include "lang/Diagnostics/Render.h"
#include "lang/Parse/Parser.h"

#include <cstdio>
#include <cstdlib>

using namespace snn::lang;

static void require(bool holds, const char *what, std::string_view text) {
  if (holds)
    return;
  std::fprintf(stderr, "%s:\n%.*s\n", what, static_cast<int>(text.size()),
               text.data());
  std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  SourceMap sources;
  DiagnosticEngine engine(sources);
  const SourceBuffer &buffer = sources.add(
      "model.snn", std::string(reinterpret_cast<const char *>(data), size));
  std::unique_ptr<ast::File> file = parse(buffer, engine);

  for (const Diagnostic *one : engine.sorted())
    require(one->range.begin <= one->range.end && one->range.end <= size,
            "a message stands outside of the text", buffer.text());
  require(file || engine.hasErrors(), "no tree and no message", buffer.text());
  std::string messages = render(engine);
  if (engine.hasErrors())
    return 0;

  std::string printed = print(*file, buffer);
  DiagnosticEngine again(sources);
  const SourceBuffer &copy = sources.add("printed.snn", printed);
  std::unique_ptr<ast::File> second = parse(copy, again);
  require(second && !again.hasErrors(), "what was printed does not parse",
          printed);
  require(dump(*file) == dump(*second), "printing changed the tree", printed);
  require(file->comments.size() == second->comments.size(),
          "printing lost a comment", printed);
  require(print(*second, copy) == printed, "printing is not stable", printed);
  return 0;
}
