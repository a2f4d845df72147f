//===- Json.cpp - Writing JSON --------------------------------------------===//
//
// Escapes as in RFC 8259.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Record/Json.h"

#include <cinttypes>
#include <cmath>
#include <cstdio>

using namespace snn::runtime;

void JsonWriter::separate(const char *key) {
  if (depth) {
    file.write(first ? "\n" : ",\n");
    for (uint32_t i = 0; i < depth; ++i)
      file.write("  ");
  }
  first = false;
  if (!key)
    return;
  string(key);
  file.write(": ");
}

void snn::runtime::writeJsonCharacters(OutputFile &file, const char *text) {
  for (; *text; ++text) {
    auto c = static_cast<unsigned char>(*text);
    if (c == '"' || c == '\\')
      file.print("\\%c", c);
    else if (c < 0x20 || c == 0x7f)
      file.print("\\u%04x", c);
    else
      file.write(text, 1);
  }
}

void JsonWriter::string(const char *text) {
  file.write("\"");
  writeJsonCharacters(file, text);
  file.write("\"");
}

void JsonWriter::begin(const char *key, const char *bracket) {
  separate(key);
  file.write(bracket);
  ++depth;
  first = true;
}

void JsonWriter::beginObject(const char *key) { begin(key, "{"); }

void JsonWriter::beginArray(const char *key) { begin(key, "["); }

void JsonWriter::end(const char *bracket) {
  --depth;
  if (!first) {
    file.write("\n");
    for (uint32_t i = 0; i < depth; ++i)
      file.write("  ");
  }
  file.write(bracket);
  first = false;
  if (!depth)
    file.write("\n");
}

void JsonWriter::value(const char *key, const char *text) {
  separate(key);
  string(text);
}

void JsonWriter::value(const char *key, double number) {
  separate(key);
  if (!std::isfinite(number))
    return file.write("null");
  char text[40];
  snprintf(text, sizeof text, "%.15g", number);
  if (strtod(text, nullptr) != number)
    snprintf(text, sizeof text, "%.17g", number);
  file.write(text);
}

void JsonWriter::value(const char *key, uint64_t number) {
  separate(key);
  file.print("%" PRIu64, number);
}

void JsonWriter::raw(const char *key, const char *json) {
  separate(key);
  file.write(json);
}
