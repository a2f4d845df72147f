//===- Inputs.h - Files and folders given on the command line ---*- C++ -*-===//
//
// A model is a file, `-` for standard input, or a folder that holds model.snn.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_INPUTS_H
#define SNN_COMPILER_DRIVER_INPUTS_H

#include "compiler/Driver/Console.h"

#include <filesystem>
#include <vector>

namespace snn::driver {

struct Input {
  /// As messages name it; `<stdin>` for standard input.
  std::string name;
  /// Empty for standard input.
  std::filesystem::path path;
  std::string text;
  /// Where `use` looks first.
  std::filesystem::path folder() const;
};

/// The model that an argument of `snn run` and its like means.
Expected<std::filesystem::path> findModel(const std::string &argument);

/// All models that an argument of `snn test` and its like means: of a folder
/// without a model.snn, those of its sub-folders, in the order of their names.
Expected<std::vector<std::filesystem::path>>
findModels(const std::string &argument);

/// All .snn files beneath a folder, or the file itself.
Expected<std::vector<std::filesystem::path>>
findSources(const std::string &argument);

/// Reads a file of at most 64 MiB; `-` is standard input.
Expected<Input> readInput(const std::filesystem::path &path);

/// Nothing if it can be changed in place: a file, not a pipe or a device.
std::optional<Failure> refuseInPlace(const std::filesystem::path &path);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_INPUTS_H
