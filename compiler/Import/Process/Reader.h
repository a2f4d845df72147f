//===- Reader.h - Files parsed in a process of their own --------*- C++ -*-===//
//
// Each kind of file from elsewhere has a program that parses it and nothing
// else, with no rights but to read what it is given and to answer.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_IMPORT_PROCESS_READER_H
#define SNN_COMPILER_IMPORT_PROCESS_READER_H

#include "compiler/Results/Expected.h"

#include <cstdint>
#include <string>
#include <unistd.h>

namespace snn::process {

/// An open file.
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

/// What the program `reader`, which stands beside this one, answers to an open
/// file: up to `most` bytes. `name` is the file's, as messages show it.
results::Expected<std::string>
runReader(const char *reader, int file, uint64_t most, const std::string &name);

/// A name from a file as messages show it: short, without control characters.
std::string shown(const std::string &name);

} // namespace snn::process

#endif // SNN_COMPILER_IMPORT_PROCESS_READER_H
