//===- Failure.cpp - Why something did not work ---------------------------===//
//
// Formatting of errors, in the layout of the compiler's diagnostics.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Core/Failure.h"

#include <cstdarg>
#include <cstdio>
#include <cstring>

using namespace snn::runtime;

bool snn::runtime::fail(Error &error, int32_t status, const char *code,
                        const char *format, ...) {
  error = {};
  error.status = status;
  snprintf(error.code, sizeof error.code, "%s", code);
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(error.message, sizeof error.message, format, arguments);
  va_end(arguments);
  return false;
}

bool snn::runtime::note(Error &error, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(error.note, sizeof error.note, format, arguments);
  va_end(arguments);
  return false;
}

bool snn::runtime::help(Error &error, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(error.help, sizeof error.help, format, arguments);
  va_end(arguments);
  return false;
}

bool snn::runtime::outOfMemory(Error &error, const char *what) {
  return fail(error, SNN_RESOURCE, "E0730", "not enough memory for %s", what);
}

const char *snn::runtime::formatBytes(double bytes, char *text) {
  static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
  int unit = 0;
  for (; bytes >= 1024 && unit < 5; ++unit)
    bytes /= 1024;
  int digits = unit == 0 || bytes >= 100 ? 0 : bytes >= 10 ? 1 : 2;
  char number[24];
  int length = snprintf(number, sizeof number, "%.*f", digits, bytes);
  // "24 GiB", not "24.0 GiB".
  while (digits && (number[length - 1] == '0' || number[length - 1] == '.'))
    if (number[--length] == '.')
      break;
  snprintf(text, 32, "%.*s %s", length, number, units[unit]);
  return text;
}

const char *snn::runtime::formatCount(uint64_t count, char *text) {
  char digits[24];
  int length = snprintf(digits, sizeof digits, "%llu",
                        static_cast<unsigned long long>(count));
  char *out = text;
  for (int i = 0; i < length; ++i) {
    if (i && (length - i) % 3 == 0)
      *out++ = ',';
    *out++ = digits[i];
  }
  *out = 0;
  return text;
}

void snn_print_error(const snn_error *error, int32_t color) {
  const char *red = color ? "\033[1;31m" : "";
  const char *blue = color ? "\033[1;34m" : "";
  const char *plain = color ? "\033[0m" : "";
  if (error->code[0])
    fprintf(stderr, "%serror[%s]%s: ", red, error->code, plain);
  else
    fprintf(stderr, "%serror%s: ", red, plain);
  fprintf(stderr, "%s\n", error->message);
  if (error->file)
    fprintf(stderr, " %s-->%s %s:%u\n", blue, plain, error->file, error->line);
  if (error->note[0])
    fprintf(stderr, "  %s=%s note: %s\n", blue, plain, error->note);
  if (error->help[0])
    fprintf(stderr, "  %s=%s help: %s\n", blue, plain, error->help);
}
