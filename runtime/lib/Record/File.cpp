//===- File.cpp - Files that appear whole or not at all -------------------===//
//
// Every system call that can fail is checked.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Record/File.h"

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

using namespace snn::runtime;

OutputFile::~OutputFile() {
  if (descriptor >= 0)
    close(descriptor);
  if (!temporary.empty())
    unlink(temporary.data());
}

static bool isLink(const char *name) {
  struct stat status;
  return lstat(name, &status) == 0 && S_ISLNK(status.st_mode);
}

bool OutputFile::resolve(const char *name) {
  if (!isLink(name))
    return path.append(name, strlen(name) + 1);
  char *real = realpath(name, nullptr);
  if (!real)
    failure = errno;
  bool good = path.append(real ? real : name, strlen(real ? real : name) + 1);
  free(real);
  return good;
}

bool OutputFile::open(const char *name, bool inPlace, Error &error) {
  bool isStream = inPlace && !strncmp(name, "/dev/", 5) && isLink(name);
  if (!(isStream ? path.append(name, strlen(name) + 1) : resolve(name)) ||
      !buffer.reserve(BufferSize))
    return outOfMemory(error, "writing a file");
  if (failure)
    return report(error);
  struct stat status;
  bool isSpecial =
      isStream || (stat(path.data(), &status) == 0 && !S_ISREG(status.st_mode));
  if (isSpecial && !inPlace) {
    fail(error, SNN_IO, "E0733", "cannot write `%s`: it is not a regular file",
         path.data());
    return false;
  }
  if (isSpecial) {
    descriptor =
        ::open(path.data(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY);
  } else {
    if (!temporary.append(path.data(), path.size() - 1) ||
        !temporary.append(".tmp-XXXXXX", 12))
      return outOfMemory(error, "writing a file");
    descriptor = mkostemp(temporary.data(), O_CLOEXEC);
    if (descriptor < 0)
      temporary.clear();
    else {
      // As a plain open() would: mkostemp keeps others out.
      mode_t mask = umask(0);
      umask(mask);
      fchmod(descriptor, 0666 & ~mask);
    }
  }
  if (descriptor < 0) {
    failure = errno;
    return report(error);
  }
  return true;
}

void OutputFile::put(const char *data, uint64_t size, uint64_t offset) {
  while (size && !failure) {
    ssize_t count = temporary.empty() ? ::write(descriptor, data, size)
                                      : pwrite(descriptor, data, size,
                                               static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0) {
      failure = count < 0 ? errno : ENOSPC;
      return;
    }
    data += count;
    size -= static_cast<uint64_t>(count);
    offset += static_cast<uint64_t>(count);
  }
}

void OutputFile::flush() {
  put(buffer.data(), buffer.size(), written - buffer.size());
  buffer.clear();
}

void OutputFile::write(const void *data, uint64_t size) {
  auto *bytes = static_cast<const char *>(data);
  while (size && !failure) {
    uint64_t room = BufferSize - buffer.size();
    uint64_t part = size < room ? size : room;
    memcpy(buffer.data() + buffer.size(), bytes, part);
    buffer.setSize(buffer.size() + part);
    written += part;
    bytes += part;
    size -= part;
    if (buffer.size() == BufferSize)
      flush();
  }
}

void OutputFile::print(const char *format, ...) {
  char text[1024];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  if (length < 0 || static_cast<size_t>(length) >= sizeof text) {
    failure = failure ? failure : EOVERFLOW;
    return;
  }
  write(text, static_cast<uint64_t>(length));
}

void OutputFile::patch(uint64_t offset, const void *data, uint64_t size) {
  flush();
  put(static_cast<const char *>(data), size, offset);
}

bool OutputFile::finish(Error &error) {
  flush();
  // Pipes and terminals cannot be synchronised, and need not be.
  if (!failure && !temporary.empty() && fsync(descriptor))
    failure = errno;
  if (close(descriptor) && !failure && errno != EINTR)
    failure = errno;
  descriptor = -1;
  return failure ? report(error) : true;
}

bool OutputFile::publish(Error &error) {
  if (temporary.empty())
    return true;
  if (rename(temporary.data(), path.data())) {
    failure = errno;
    return report(error);
  }
  temporary.clear();
  return true;
}

/// The folder of `path`, in `folder`.
static void parentOf(const char *path, Buffer<char> &folder) {
  const char *slash = strrchr(path, '/');
  uint64_t length = slash ? static_cast<uint64_t>(slash - path) : 0;
  folder.clear();
  if (!length) {
    if (!folder.append(slash ? "/" : ".", 2))
      folder.clear();
  } else if (!folder.append(path, length) || !folder.push(0)) {
    folder.clear();
  }
}

bool OutputFile::report(Error &error) {
  fail(error, SNN_IO, "E0733", "cannot write `%s`: %s", path.data(),
       strerror(failure));
  char size[32], rest[32];
  Buffer<char> folder;
  parentOf(path.data(), folder);
  struct statvfs disk;
  if (!folder.empty() && statvfs(folder.data(), &disk) == 0)
    note(error, "%s written so far; %s free in `%s`",
         formatBytes(static_cast<double>(written), size),
         formatBytes(static_cast<double>(disk.f_bavail) *
                         static_cast<double>(disk.f_frsize),
                     rest),
         folder.data());
  return false;
}

static sigset_t writeSignals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGXFSZ);
  sigaddset(&set, SIGPIPE);
  return set;
}

QuietWrites::QuietWrites() {
  sigset_t set = writeSignals();
  sigpending(&pendingBefore);
  pthread_sigmask(SIG_BLOCK, &set, &before);
}

QuietWrites::~QuietWrites() {
  // What came meanwhile was answered by the error of the write.
  sigset_t now;
  sigpending(&now);
  const int numbers[] = {SIGXFSZ, SIGPIPE};
  for (int number : numbers) {
    if (!sigismember(&now, number) || sigismember(&pendingBefore, number))
      continue;
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, number);
    int taken;
    sigwait(&one, &taken);
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

bool snn::runtime::makeFolders(const char *path, Error &error) {
  Buffer<char> name;
  uint64_t length = strlen(path);
  if (!name.append(path, length + 1))
    return outOfMemory(error, "writing results");
  for (uint64_t i = 1; i <= length; ++i) {
    if (path[i] != '/' && path[i] != 0)
      continue;
    name[i] = 0;
    struct stat status;
    if (mkdir(name.data(), 0777) &&
        (errno != EEXIST || stat(name.data(), &status) ||
         !S_ISDIR(status.st_mode)))
      return fail(error, SNN_IO, "E0733", "cannot make the folder `%s`: %s",
                  name.data(),
                  strerror(errno == EEXIST || !errno ? ENOTDIR : errno));
    name[i] = path[i];
  }
  return true;
}

void snn::runtime::syncFolder(const char *path) {
  int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0)
    return;
  fsync(folder);
  close(folder);
}
