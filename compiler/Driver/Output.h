//===- Output.h - Files that `snn` writes -----------------------*- C++ -*-===//
//
// Each appears whole or not at all: written beside its place, synchronised,
// renamed.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_OUTPUT_H
#define SNN_COMPILER_DRIVER_OUTPUT_H

#include "compiler/Driver/Console.h"

#include <filesystem>
#include <optional>
#include <system_error>

namespace snn::driver {

/// What is replaced when `path` is written: a symbolic link stays, the file
/// that it names gets the content. An error if it names none.
std::filesystem::path resolveLink(const std::filesystem::path &path,
                                  std::error_code &error);

/// Nothing on success. `-` is standard output.
std::optional<Failure> writeFile(const std::filesystem::path &path,
                                 const std::string &content);

/// Makes results/<name>-<n> for the first n that is free.
Expected<std::string> newResultsFolder(const std::string &name);

/// The failure of a write to standard output.
Failure outputFailure();

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_OUTPUT_H
