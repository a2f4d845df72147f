//===- Json.h - Writing JSON ------------------------------------*- C++ -*-===//
//
// Objects, arrays and values, indented, in the order they are written. Numbers
// read back as what they were; those that JSON has no word for become null.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_RECORD_JSON_H
#define SNN_RUNTIME_RECORD_JSON_H

#include "runtime/lib/Record/File.h"

namespace snn::runtime {

/// Characters of a text as JSON has them between its quotes.
void writeJsonCharacters(OutputFile &file, const char *text);

class JsonWriter {
public:
  explicit JsonWriter(OutputFile &file) : file(file) {}

  void beginObject(const char *key = nullptr);
  void endObject() { end("}"); }
  /// Objects of an array have no key.
  void beginArray(const char *key);
  void endArray() { end("]"); }
  void value(const char *key, const char *text);
  void value(const char *key, double number);
  void value(const char *key, uint64_t number);
  /// JSON text as it is.
  void raw(const char *key, const char *json);

private:
  void separate(const char *key);
  void begin(const char *key, const char *bracket);
  void end(const char *bracket);
  void string(const char *text);

  OutputFile &file;
  uint32_t depth = 0;
  bool first = true;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_RECORD_JSON_H
