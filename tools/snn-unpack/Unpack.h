//===- Unpack.h - gzip, zip and PNG, through their libraries ----*- C++ -*-===//
//
// The only place of the project where zlib, libzip and libpng decompress what
// comes from elsewhere.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TOOLS_SNN_UNPACK_UNPACK_H
#define SNN_TOOLS_SNN_UNPACK_UNPACK_H

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace snn::data {

/// Takes what comes out of files, up to a limit for all of them.
class Sink {
public:
  using Write = std::function<void(std::string_view)>;
  Sink(uint64_t most, Write write) : left(most), write(std::move(write)) {}

  void beginMember(std::string_view name) { piece('M', name); }
  /// False if it is too much.
  bool add(std::string_view bytes);
  void piece(char kind, std::string_view bytes);

private:
  uint64_t left;
  Write write;
};

/// What is wrong with a file, or nothing.
using Fault = std::optional<std::string>;

Fault unpackGzip(std::string_view bytes, Sink &sink);
Fault unpackZip(std::string_view bytes, Sink &sink);
Fault unpackPng(std::string_view bytes, Sink &sink);

/// By what the file begins with.
Fault unpackFile(std::string_view name, std::string_view bytes, Sink &sink);
/// Files as Unpack.cpp of compiler/Data writes them.
Fault unpackAll(std::string_view files, Sink &sink);

} // namespace snn::data

#endif // SNN_TOOLS_SNN_UNPACK_UNPACK_H
