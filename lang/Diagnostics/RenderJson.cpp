//===- RenderJson.cpp - One JSON object for each message ------------------===//
//
// For editors and scripts. Lines and columns count from 1, columns in code
// points; byte ranges count from 0, their end is exclusive.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Render.h"

#include <nlohmann/json.hpp>

namespace snn::lang {

using Json = nlohmann::ordered_json;

static void addPlace(Json &object, SourceRange range,
                     const SourceMap &sources) {
  if (!range.isValid())
    return;
  const SourceBuffer &buffer = sources.get(range);
  LineColumn begin = buffer.lineColumn(range.begin);
  LineColumn end = buffer.lineColumn(range.end);
  object["file"] = buffer.name();
  object["line"] = begin.line;
  object["column"] = begin.codePointColumn;
  object["end_line"] = end.line;
  object["end_column"] = end.codePointColumn;
  object["begin"] = range.begin;
  object["end"] = range.end;
}

std::string renderJson(const Diagnostic &diagnostic, const SourceMap &sources) {
  Json object;
  object["code"] = diagnostic.info().code;
  object["severity"] = diagnostic.isError() ? "error" : "warning";
  object["message"] = diagnostic.message;
  addPlace(object, diagnostic.range, sources);
  object["caption"] = diagnostic.caption;
  object["labels"] = Json::array();
  for (const Label &label : diagnostic.labels) {
    Json entry;
    entry["message"] = label.message;
    addPlace(entry, label.range, sources);
    object["labels"].push_back(std::move(entry));
  }
  object["notes"] = diagnostic.notes;
  object["help"] = Json::array();
  object["fixes"] = Json::array();
  for (const Help &help : diagnostic.helps) {
    object["help"].push_back(help.message);
    if (help.edits.empty())
      continue;
    Json fix;
    fix["message"] = help.message;
    fix["certain"] = help.certain;
    fix["edits"] = Json::array();
    for (const Edit &edit : help.edits) {
      Json entry;
      addPlace(entry, edit.range, sources);
      entry["replacement"] = edit.replacement;
      fix["edits"].push_back(std::move(entry));
    }
    object["fixes"].push_back(std::move(fix));
  }
  // Names from a source may hold any bytes; the output is always valid UTF-8.
  return object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace snn::lang
