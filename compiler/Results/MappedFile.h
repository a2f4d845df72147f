//===- MappedFile.h - A file as bytes in memory -----------------*- C++ -*-===//
//
// Recordings can be larger than what one wants to copy: the file is mapped for
// reading and unmapped with the object.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_RESULTS_MAPPEDFILE_H
#define SNN_COMPILER_RESULTS_MAPPEDFILE_H

#include "compiler/Results/Expected.h"

#include <memory>
#include <string_view>

namespace snn::results {

class MappedFile {
public:
  /// Fails with ExitCode::NoInput where the file is missing or no regular file.
  static Expected<std::shared_ptr<const MappedFile>>
  open(const std::string &path);
  ~MappedFile();
  MappedFile(const MappedFile &) = delete;
  MappedFile &operator=(const MappedFile &) = delete;

  std::string_view bytes() const { return content; }

private:
  explicit MappedFile(std::string_view content) : content(content) {}
  std::string_view content;
};

} // namespace snn::results

#endif // SNN_COMPILER_RESULTS_MAPPEDFILE_H
