//===- Output.cpp - Files that `snn` writes ---------------------*- C++ -*-===//
//
// Any failure leaves the file that was there before.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Output.h"

#include <algorithm>
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

Expected<std::string> snn::driver::newResultsFolder(const std::string &name) {
  std::string prefix = name;
  // A control is called `Experiment/Control`.
  std::replace(prefix.begin(), prefix.end(), '/', '-');
  prefix = "results/" + prefix + "-";
  if (mkdir("results", 0777) == 0 || errno == EEXIST)
    for (unsigned n = 1;; ++n) {
      std::string folder = prefix + std::to_string(n);
      if (mkdir(folder.c_str(), 0777) == 0)
        return folder;
      if (errno != EEXIST)
        break;
    }
  return Failure{ExitCode::InputOutput,
                 "cannot make the folder `" + prefix +
                     "1`: " + std::strerror(errno),
                 "name another one with `-o`", "E0733"};
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

std::filesystem::path
snn::driver::resolveLink(const std::filesystem::path &path,
                         std::error_code &error) {
  bool isLink = std::filesystem::is_symlink(path, error);
  error.clear();
  return isLink ? std::filesystem::canonical(path, error) : path;
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
  std::error_code unresolved;
  // /dev/stdout is a link, and may stand for a file.
  bool special = path.string().starts_with("/dev/") &&
                 std::filesystem::is_symlink(path, unresolved);
  std::filesystem::path place = special ? path : resolveLink(path, unresolved);
  if (unresolved) {
    errno = unresolved.value();
    return failed();
  }
  // Devices and pipes have no name to be renamed to.
  struct stat status;
  special |= stat(place.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
  std::string temporary = place.string() + ".tmp-XXXXXX";
  int file = special ? open(place.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC)
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
  if (good && !special && rename(temporary.c_str(), place.c_str()) != 0) {
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
