//===- MappedFile.cpp - A file as bytes in memory ---------------*- C++ -*-===//
//
// Plain POSIX; an empty file needs no mapping.
//
//===----------------------------------------------------------------------===//
#include "compiler/Results/MappedFile.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace snn::results;

Expected<std::shared_ptr<const MappedFile>>
MappedFile::open(const std::string &path) {
  auto unreadable = [&](const char *why) {
    return Failure{ExitCode::NoInput, "cannot read `" + path + "`: " + why, ""};
  };
  // A pipe would be awaited.
  int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0)
    return unreadable(std::strerror(errno));
  struct stat status;
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
    close(file);
    return unreadable("it is not a regular file");
  }
  auto size = static_cast<size_t>(status.st_size);
  std::string_view content;
  if (size != 0) {
    void *memory = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    if (memory == MAP_FAILED) {
      int error = errno;
      close(file);
      return unreadable(std::strerror(error));
    }
    content = {static_cast<const char *>(memory), size};
  }
  close(file);
  return std::shared_ptr<const MappedFile>(new MappedFile(content));
}

MappedFile::~MappedFile() {
  if (!content.empty())
    munmap(const_cast<char *>(content.data()), content.size());
}
