//===- Npz.h - Arrays in a file that numpy reads ----------------*- C++ -*-===//
//
// A .npz is a zip archive of .npy members, each a short text header and the
// numbers. Members are stored, not compressed: what is written is what is
// mapped. Sizes are known beforehand, so data streams through; the checksum is
// filled in when the member ends. Archives beyond 4 GiB use zip64.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_RECORD_NPZ_H
#define SNN_RUNTIME_RECORD_NPZ_H

#include "runtime/lib/Record/File.h"

namespace snn::runtime {

/// CRC-32 as in zip (polynomial 0xedb88320), continued from `crc`.
uint32_t crc32(uint32_t crc, const void *data, uint64_t size);

class NpzWriter {
public:
  /// Sizes and offsets from `big` on are written as zip64 has them; tests take
  /// a small one.
  explicit NpzWriter(OutputFile &file, uint64_t big = 0xffffffff)
      : file(file), big(big) {}

  /// Begins the array `name`: numbers of the numpy type `type` ("<f8"), rows
  /// by columns; a vector if `columns` is UINT64_MAX.
  [[nodiscard]] bool begin(const char *name, const char *type,
                           uint64_t itemSize, uint64_t rows,
                           uint64_t columns = UINT64_MAX);
  /// Exactly the announced bytes, in any portions.
  void add(const void *data, uint64_t size);
  void end();

  /// The directory of the archive.
  void finish();

private:
  struct Member {
    uint64_t nameOffset, offset, size;
    uint16_t nameLength;
    uint32_t crc;
  };

  OutputFile &file;
  uint64_t big;
  Buffer<Member> members;
  Buffer<char> names;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_RECORD_NPZ_H
