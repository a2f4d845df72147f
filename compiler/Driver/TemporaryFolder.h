//===- TemporaryFolder.h - Files for a while --------------------*- C++ -*-===//
//
// A folder among the temporary files of this machine, which goes with what is
// in it when its owner does.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_TEMPORARYFOLDER_H
#define SNN_COMPILER_DRIVER_TEMPORARYFOLDER_H

#include "compiler/Driver/Console.h"

#include <filesystem>

namespace snn::driver {

class TemporaryFolder {
public:
  static Expected<TemporaryFolder> make();
  TemporaryFolder(TemporaryFolder &&other) noexcept
      : folder(std::exchange(other.folder, {})) {}
  TemporaryFolder &operator=(TemporaryFolder &&) = delete;
  ~TemporaryFolder();

  const std::filesystem::path &path() const { return folder; }

private:
  explicit TemporaryFolder(std::filesystem::path folder)
      : folder(std::move(folder)) {}

  std::filesystem::path folder;
};

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_TEMPORARYFOLDER_H
