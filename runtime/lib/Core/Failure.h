//===- Failure.h - Why something did not work -------------------*- C++ -*-===//
//
// The runtime has no exceptions: what can fail returns false and fills an
// snn_error, which carries the exit code, the stable error code and the words.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CORE_FAILURE_H
#define SNN_RUNTIME_CORE_FAILURE_H

#include "snn/runtime.h"

namespace snn::runtime {

using Error = snn_error;

/// Starts an error; always false, to be returned.
[[gnu::format(printf, 4, 5)]] bool
fail(Error &error, int32_t status, const char *code, const char *format, ...);

/// Adds to the error that was just started; always false.
[[gnu::format(printf, 2, 3)]] bool note(Error &error, const char *format, ...);
[[gnu::format(printf, 2, 3)]] bool help(Error &error, const char *format, ...);

/// "not enough memory for <what>".
bool outOfMemory(Error &error, const char *what);

/// "1.5 GiB", in `text` of 32 bytes at least.
const char *formatBytes(double bytes, char *text);

/// "298,880,968", likewise.
const char *formatCount(uint64_t count, char *text);

} // namespace snn::runtime

#endif // SNN_RUNTIME_CORE_FAILURE_H
