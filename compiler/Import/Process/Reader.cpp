//===- Reader.cpp - Files parsed in a process of their own ------*- C++ -*-===//
//
// The reader gets the file as standard input and a pipe as standard output. It
// limits itself; here what it sends is limited, and how it ended is judged.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/Process/Reader.h"

#include "compiler/Import/Process/Answer.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <sys/wait.h>
#include <unistd.h>

using namespace snn;
using namespace snn::process;
using results::ExitCode;
using results::Expected;
using results::Failure;
namespace fs = std::filesystem;

namespace {

/// Beside this program, where it is built and installed.
fs::path programOf(const char *reader) {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored).parent_path() / reader;
}

/// Reads to the end; false if it is more than `most`.
bool readAll(int file, uint64_t most, std::string &bytes) {
  char buffer[1 << 16];
  while (true) {
    ssize_t count = ::read(file, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0)
      return count == 0;
    if (bytes.size() + static_cast<size_t>(count) > most)
      return false;
    bytes.append(buffer, static_cast<size_t>(count));
  }
}

/// Why a process that ended so sent nothing of use; nothing if it ended well.
std::optional<Failure> judge(int status, const char *reader,
                             const std::string &name) {
  if (WIFSIGNALED(status)) {
    int signal = WTERMSIG(status);
    std::string why = signal == SIGXCPU || signal == SIGKILL
                          ? "it takes too long to read"
                      : signal == SIGSYS ? "its reader tried what it may not do"
                                         : "its reader crashed";
    return Failure{ExitCode::BrokenFile, name + " is refused: " + why,
                   "files are read in a process of their own, which was "
                   "stopped"};
  }
  switch (WEXITSTATUS(status)) {
  case 0:
    return std::nullopt;
  case NotRestricted:
    return Failure{ExitCode::Internal,
                   "the process that reads files cannot be restricted on this "
                   "system",
                   "it needs seccomp filters; nothing is read without"};
  case NoMemory:
    return Failure{ExitCode::BrokenFile,
                   name + " is refused: it needs more memory than its size "
                          "allows",
                   ""};
  case NoFile:
    return Failure{ExitCode::NoInput, name + " cannot be read", ""};
  default:
    return Failure{ExitCode::Internal,
                   "cannot start `" + programOf(reader).string() + "`",
                   "it is installed beside `snn`"};
  }
}

} // namespace

std::string snn::process::shown(const std::string &name) {
  constexpr size_t most = 120;
  constexpr char digits[] = "0123456789abcdef";
  std::string result;
  for (char c : name) {
    auto byte = static_cast<unsigned char>(c);
    if (result.size() > most)
      return result + "...";
    if (byte >= 0x20 && byte < 0x7f && c != '`') {
      result += c;
      continue;
    }
    result += "\\x";
    result += digits[byte >> 4];
    result += digits[byte & 15];
  }
  return result;
}

Expected<std::string> snn::process::runReader(const char *reader, int file,
                                              uint64_t most,
                                              const std::string &name) {
  auto failed = [](const char *what) {
    return Failure{ExitCode::InputOutput,
                   std::string(what) + ": " + std::strerror(errno), ""};
  };
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0)
    return failed("cannot make a pipe");
  Descriptor from(ends[0]), to(ends[1]);
  std::string program = programOf(reader).string();
  char *arguments[] = {program.data(), nullptr}, *environment[] = {nullptr};
  pid_t child = fork();
  if (child < 0)
    return failed("cannot start a process");
  if (child == 0) {
    // Only calls that are allowed between fork and exec.
    int nowhere = open("/dev/null", O_WRONLY);
    // Where standard input was closed, the file already stands there.
    if (file == STDIN_FILENO)
      fcntl(file, F_SETFD, 0);
    if (dup2(file, STDIN_FILENO) >= 0 && dup2(to.get(), STDOUT_FILENO) >= 0 &&
        dup2(nowhere, STDERR_FILENO) >= 0)
      execve(program.c_str(), arguments, environment);
    _exit(127);
  }
  to.close();
  std::string bytes;
  bool good = readAll(from.get(), most, bytes);
  from.close();
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR)
    ;
  if (!good)
    return Failure{
        ExitCode::BrokenFile,
        name + " is refused: its reader sent more than the file holds", ""};
  if (std::optional<Failure> failure = judge(status, reader, name))
    return *failure;
  return bytes;
}
