//===- Link.h - Objects to executables and libraries ------------*- C++ -*-===//
//
// By the system's C compiler driver, which knows its libc and start files.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CPU_LINK_H
#define SNN_COMPILER_TARGET_CPU_LINK_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace snn::target::cpu {

/// Where libsnnrt.a is: SNN_RUNTIME_LIB, else ../lib beside `program` (the path
/// of the running executable), else where this build put it.
llvm::Expected<std::string> findRuntimeLibrary(llvm::StringRef program);

enum class LinkKind { Executable, SharedLibrary };

/// Links an object with the runtime. The output appears whole or not at all.
llvm::Error link(LinkKind kind, llvm::StringRef object,
                 llvm::StringRef runtimeLibrary, llvm::StringRef output);

} // namespace snn::target::cpu

#endif // SNN_COMPILER_TARGET_CPU_LINK_H
