//===- Output.cpp - Files that `snn` writes ---------------------*- C++ -*-===//
//
// Any failure leaves the file that was there before.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Output.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace snn;
using namespace snn::driver;

Failure snn::driver::outputFailure() {
  return {ExitCode::InputOutput,
          std::string("cannot write to standard output: ") +
              std::strerror(errno),
          ""};
}

static bool writeAll(int file, const std::string &content) {
  for (size_t done = 0; done < content.size();) {
    ssize_t count = ::write(file, content.data() + done, content.size() - done);
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return false;
    done += static_cast<size_t>(count);
  }
  return true;
}

std::optional<Failure> snn::driver::writeFile(const std::filesystem::path &path,
                                              const std::string &content) {
  if (path == "-")
    return writeAll(STDOUT_FILENO, content)
               ? std::nullopt
               : std::optional<Failure>(outputFailure());
  auto failed = [&] {
    return Failure{
        ExitCode::InputOutput,
        "cannot write `" + path.string() + "`: " + std::strerror(errno), ""};
  };
  // Devices and pipes have no name to be renamed to.
  struct stat status;
  bool special = stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
  std::string temporary = path.string() + ".tmp-XXXXXX";
  int file = special ? open(path.c_str(), O_WRONLY | O_CLOEXEC)
                     : mkostemp(temporary.data(), O_CLOEXEC);
  if (file < 0)
    return failed();
  bool good = writeAll(file, content);
  if (!special) {
    // mkostemp makes files that only their owner reads.
    mode_t mask = umask(0);
    umask(mask);
    good = good && fchmod(file, 0666 & ~mask) == 0 && fdatasync(file) == 0;
  }
  int error = good ? 0 : errno;
  if (close(file) != 0 && good) {
    good = false;
    error = errno;
  }
  if (good && !special && rename(temporary.c_str(), path.c_str()) != 0) {
    good = false;
    error = errno;
  }
  if (good)
    return std::nullopt;
  if (!special)
    unlink(temporary.c_str());
  errno = error;
  return failed();
}
