//===- Link.cpp - Objects to executables and libraries --------------------===//
//
// Runs `cc`, or the compilers that usually stand behind that name.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/CPU/Link.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

namespace sys = llvm::sys;

namespace snn::target::cpu {

llvm::Expected<std::string> findRuntimeLibrary(llvm::StringRef program) {
  if (std::optional<std::string> given =
          sys::Process::GetEnv("SNN_RUNTIME_LIB"))
    return *given;
  llvm::SmallString<256> installed(sys::path::parent_path(program));
  sys::path::append(installed, "..", "lib", "libsnnrt.a");
  for (llvm::StringRef path :
       {llvm::StringRef(installed), llvm::StringRef(SNN_BUILT_RUNTIME_LIB)})
    if (sys::fs::exists(path))
      return path.str();
  return llvm::createStringError("libsnnrt.a is not beside this program; "
                                 "SNN_RUNTIME_LIB can name its path");
}

static llvm::Expected<std::string> findCompiler() {
  for (llvm::StringRef name : {"cc", "clang-22", "clang", "gcc"})
    if (llvm::ErrorOr<std::string> program = sys::findProgramByName(name))
      return *program;
  return llvm::createStringError("linking needs a C compiler: no `cc` on PATH");
}

/// Runs a program with its standard error kept for the message.
static llvm::Error run(llvm::ArrayRef<llvm::StringRef> command) {
  llvm::SmallString<128> log;
  if (std::error_code code =
          sys::fs::createTemporaryFile("snn-link", "log", log))
    return llvm::errorCodeToError(code);
  llvm::FileRemover removeLog(log);
  std::string message;
  int status =
      sys::ExecuteAndWait(command[0], command, std::nullopt,
                          {llvm::StringRef(), log.str(), log.str()},
                          /*SecondsToWait=*/0, /*MemoryLimit=*/0, &message);
  if (status == 0)
    return llvm::Error::success();
  if (auto text = llvm::MemoryBuffer::getFile(log))
    message += (*text)->getBuffer();
  return llvm::createStringError("`" + llvm::join(command, " ") +
                                 "` failed: " + message);
}

/// What a shared library exports: the C interface of model and runtime.
static constexpr llvm::StringRef exports = "{ global: snn_*; local: *; };\n";

llvm::Error link(LinkKind kind, llvm::StringRef object,
                 llvm::StringRef runtimeLibrary, llvm::StringRef output) {
  llvm::Expected<std::string> compiler = findCompiler();
  if (!compiler)
    return compiler.takeError();
  llvm::Expected<sys::fs::TempFile> temporary =
      sys::fs::TempFile::create(output + ".tmp-%%%%%%");
  if (!temporary)
    return temporary.takeError();
  llvm::SmallVector<llvm::StringRef, 16> command = {
      *compiler,
      object,
      "-o",
      temporary->TmpName,
      "-pthread",
      "-Wl,--gc-sections",
      "-Wl,-z,relro,-z,now,-z,noexecstack"};
  llvm::FileRemover removeScript;
  std::string scriptOption;
  if (kind == LinkKind::Executable) {
    command.append({runtimeLibrary, "-pie"});
  } else {
    // Programs that load the library call the runtime in it: all of it.
    llvm::SmallString<128> script;
    int descriptor;
    if (std::error_code code = sys::fs::createTemporaryFile(
            "snn-exports", "map", descriptor, script))
      return llvm::joinErrors(llvm::errorCodeToError(code),
                              temporary->discard());
    llvm::raw_fd_ostream(descriptor, /*shouldClose=*/true) << exports;
    removeScript.setFile(script);
    scriptOption = ("-Wl,--version-script=" + script).str();
    command.append({"-Wl,--whole-archive", runtimeLibrary,
                    "-Wl,--no-whole-archive", "-shared", scriptOption});
  }
  if (llvm::Error error = run(command))
    return llvm::joinErrors(std::move(error), temporary->discard());
  // The compiler replaced the file, and with it the mode it was created with.
  if (std::error_code code = sys::fs::setPermissions(
          temporary->TmpName,
          static_cast<sys::fs::perms>(0777 & ~sys::fs::getUmask())))
    return llvm::joinErrors(llvm::errorCodeToError(code), temporary->discard());
  return temporary->keep(output);
}

} // namespace snn::target::cpu
