//===- Sandbox.h - What the reader may do -----------------------*- C++ -*-===//
//
// A parser that was led astray by its input must find nothing it can do.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_IMPORT_PROCESS_SANDBOX_H
#define SNN_COMPILER_IMPORT_PROCESS_SANDBOX_H

#include <cstdint>

namespace snn::process {

/// From here on this process can write to what is open, take memory up to a
/// limit that grows with the size of the file, and end. False if the system
/// refuses to restrict it.
bool restrictProcess(uint64_t fileBytes);

} // namespace snn::process

#endif // SNN_COMPILER_IMPORT_PROCESS_SANDBOX_H
