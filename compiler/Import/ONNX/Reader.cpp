//===- Reader.cpp - ONNX files through the reader process -----------------===//
//
// The reader gets the file as standard input and a pipe as standard output. It
// limits itself; here what it sends is limited, and how it ended is judged.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/ONNX/Reader.h"

#include "compiler/Import/ONNX/Stream.h"

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace snn;
using namespace snn::onnx;
using results::ExitCode;
using results::Expected;
using results::Failure;
namespace fs = std::filesystem;

namespace {

class Descriptor {
public:
  explicit Descriptor(int number) : number(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor &) = delete;
  Descriptor &operator=(const Descriptor &) = delete;
  int get() const { return number; }
  void close() {
    if (number >= 0)
      ::close(number);
    number = -1;
  }

private:
  int number;
};

/// Beside this program, where it is built and installed.
fs::path readerProgram() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored).parent_path() / "snn-onnx";
}

/// What a stream may have beyond the file: names of members and lengths.
constexpr uint64_t StreamBase = uint64_t(16) << 20, StreamFactor = 6;

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
std::optional<Failure> judge(int status, const fs::path &path) {
  std::string name = "`" + shown(path.string()) + "`";
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
  case 3:
    return Failure{ExitCode::Internal,
                   "the process that reads ONNX files cannot be restricted on "
                   "this system",
                   "it needs seccomp filters; nothing is read without"};
  case 4:
    return Failure{ExitCode::BrokenFile,
                   name + " is refused: it needs more memory than its size "
                          "allows",
                   ""};
  case 5:
    return Failure{ExitCode::NoInput, name + " cannot be read", ""};
  default:
    return Failure{ExitCode::Internal,
                   "cannot start `" + readerProgram().string() + "`",
                   "it is installed beside `snn`"};
  }
}

Expected<std::string> runReader(int file, uint64_t size, const fs::path &path) {
  auto failed = [](const char *what) {
    return Failure{ExitCode::InputOutput,
                   std::string(what) + ": " + std::strerror(errno), ""};
  };
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0)
    return failed("cannot make a pipe");
  Descriptor from(ends[0]), to(ends[1]);
  std::string program = readerProgram().string();
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
  bool good = readAll(from.get(), StreamBase + StreamFactor * size, bytes);
  from.close();
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR)
    ;
  if (!good)
    return Failure{ExitCode::BrokenFile,
                   "`" + shown(path.string()) +
                       "` is refused: its reader sent more than the file holds",
                   ""};
  if (std::optional<Failure> failure = judge(status, path))
    return *failure;
  return bytes;
}

} // namespace

std::string snn::onnx::shown(const std::string &name) {
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

Expected<Graph> snn::onnx::readGraph(const fs::path &path) {
  std::string name = "`" + shown(path.string()) + "`";
  // A pipe would be awaited.
  Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status;
  if (file.get() < 0 || fstat(file.get(), &status) != 0)
    return Failure{ExitCode::NoInput,
                   "cannot read " + name + ": " + std::strerror(errno), ""};
  if (!S_ISREG(status.st_mode))
    return Failure{ExitCode::NoInput, name + " is not a regular file", ""};
  auto size = static_cast<uint64_t>(status.st_size);
  if (size == 0 || size > INT_MAX)
    return Failure{ExitCode::BrokenFile,
                   name + (size == 0 ? " is empty" : " is larger than 2 GiB"),
                   size == 0 ? "" : "larger weights stand in files beside it"};
  Expected<std::string> bytes = runReader(file.get(), size, path);
  if (!bytes)
    return bytes.failure();
  Graph graph;
  DecodeError error;
  if (!decode(*bytes, graph, error))
    return Failure{ExitCode::BrokenFile,
                   name + " is refused: " + shown(error.message), ""};
  bytes->clear();
  bytes->shrink_to_fit();
  fs::path folder = path.has_parent_path() ? path.parent_path() : ".";
  if (std::optional<Failure> failure = readExternalData(graph, folder))
    return *failure;
  if (std::optional<Failure> failure = validate(graph))
    return Failure{failure->code, name + " is refused: " + failure->message,
                   failure->help};
  return graph;
}
