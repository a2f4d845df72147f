//===- File.h - Files that appear whole or not at all -----------*- C++ -*-===//
//
// A file is written under a temporary name in its folder, brought to the disk
// and renamed; until then, and after any failure, the old one stays.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_RECORD_FILE_H
#define SNN_RUNTIME_RECORD_FILE_H

#include "runtime/lib/Core/Buffer.h"
#include "runtime/lib/Core/Failure.h"

#include <csignal>

namespace snn::runtime {

class OutputFile {
public:
  OutputFile() = default;
  OutputFile(const OutputFile &) = delete;
  OutputFile &operator=(const OutputFile &) = delete;
  /// Removes the temporary file unless it was published.
  ~OutputFile();

  /// With `inPlace`, a device or a pipe is written to instead of replaced, and
  /// so is what a link in /dev stands for (/dev/stdout may be a file); without,
  /// that is an error. Of another link, the file that it names is replaced.
  bool open(const char *path, bool inPlace, Error &error);

  /// After a failure, writes do nothing; finish() reports the first.
  void write(const void *data, uint64_t size);
  void write(const char *text) { write(text, strlen(text)); }
  [[gnu::format(printf, 2, 3)]] void print(const char *format, ...);
  /// Bytes written so far.
  uint64_t position() const { return written; }
  /// Writes over what is at `offset`.
  void patch(uint64_t offset, const void *data, uint64_t size);

  /// Everything on the disk, under the temporary name.
  bool finish(Error &error);
  /// The file gets its name.
  bool publish(Error &error);

private:
  /// Keeps in `path` what `name` stands for.
  bool resolve(const char *name);
  bool report(Error &error);
  void flush();
  void put(const char *data, uint64_t size, uint64_t offset);

  static constexpr uint64_t BufferSize = 1 << 16;
  Buffer<char> path, temporary; // with a final zero; temporary may be empty
  Buffer<char> buffer;
  uint64_t written = 0; // the buffer included
  int descriptor = -1;
  int failure = 0; // errno of the first failure
};

/// While it lives, writing to a closed pipe or past a limit on file sizes
/// fails in this thread, instead of ending the process by a signal.
class QuietWrites {
public:
  QuietWrites();
  ~QuietWrites();
  QuietWrites(const QuietWrites &) = delete;
  QuietWrites &operator=(const QuietWrites &) = delete;

private:
  sigset_t before, pendingBefore;
};

/// Makes a folder and those above it.
bool makeFolders(const char *path, Error &error);

/// Brings a folder's entries to the disk.
void syncFolder(const char *path);

} // namespace snn::runtime

#endif // SNN_RUNTIME_RECORD_FILE_H
