//===- Npz.h - NumPy's archive of arrays ------------------------*- C++ -*-===//
//
// An .npz is a zip file of .npy members. Recordings store theirs uncompressed,
// so that arrays can be read in place; only those are read here.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_RESULTS_NPZ_H
#define SNN_COMPILER_RESULTS_NPZ_H

#include "compiler/Results/MappedFile.h"
#include "compiler/Results/Npy.h"

#include <map>
#include <optional>

namespace snn::results {

class NpzArchive {
public:
  static Expected<NpzArchive> open(const std::string &path);

  /// Array names without `.npy`, each with its array; the bytes live as long as
  /// the archive.
  const std::map<std::string, NpyArray> &arrays() const { return members; }
  const NpyArray *find(const std::string &name) const {
    auto it = members.find(name);
    return it == members.end() ? nullptr : &it->second;
  }

private:
  std::shared_ptr<const MappedFile> file;
  std::map<std::string, NpyArray> members;
};

} // namespace snn::results

#endif // SNN_COMPILER_RESULTS_NPZ_H
