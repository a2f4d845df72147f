//===- Npz.cpp - NumPy's archive of arrays ----------------------*- C++ -*-===//
//
// Walks the central directory of a zip file (APPNOTE 4.3.12 to 4.3.16, with the
// 64-bit extensions) and points at its members. Nothing of the file is trusted:
// every offset and length is checked before it is followed, names are keys of a
// table and never paths.
//
//===----------------------------------------------------------------------===//
#include "compiler/Results/Npz.h"

using namespace snn::results;

namespace {

/// Little-endian numbers at checked places.
class Reader {
public:
  explicit Reader(std::string_view bytes) : bytes(bytes) {}

  bool has(uint64_t at, uint64_t length) const {
    return at <= bytes.size() && length <= bytes.size() - at;
  }
  uint64_t number(uint64_t at, unsigned length) const {
    if (!has(at, length))
      return 0;
    uint64_t result = 0;
    for (unsigned i = 0; i < length; ++i)
      result |= uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    return result;
  }
  std::string_view text(uint64_t at, uint64_t length) const {
    return has(at, length) ? bytes.substr(at, length) : std::string_view();
  }

private:
  std::string_view bytes;
};

constexpr uint32_t endOfDirectory = 0x06054b50, locator64 = 0x07064b50,
                   endOfDirectory64 = 0x06064b50, directoryEntry = 0x02014b50,
                   localHeader = 0x04034b50;
constexpr uint64_t in64 = 0xffffffff;

struct Directory {
  uint64_t offset = 0, entries = 0;
};

std::optional<Directory> findDirectory(std::string_view bytes) {
  Reader in(bytes);
  if (bytes.size() < 22)
    return std::nullopt;
  // The record is last, followed by a comment of at most 65535 bytes.
  uint64_t last = bytes.size() - 22;
  uint64_t first = last > 0xffff ? last - 0xffff : 0;
  for (uint64_t at = last + 1; at-- > first;) {
    if (in.number(at, 4) != endOfDirectory)
      continue;
    Directory found{in.number(at + 16, 4), in.number(at + 10, 2)};
    if (at >= 20 && in.number(at - 20, 4) == locator64) {
      uint64_t record = in.number(at - 20 + 8, 8);
      if (in.number(record, 4) != endOfDirectory64)
        return std::nullopt;
      found = {in.number(record + 48, 8), in.number(record + 32, 8)};
    }
    return found;
  }
  return std::nullopt;
}

} // namespace

Expected<NpzArchive> NpzArchive::open(const std::string &path) {
  Expected<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
  if (!file)
    return file.failure();
  auto broken = [&](const std::string &why) {
    return Failure{ExitCode::BrokenFile,
                   "`" + path + "` is not a readable .npz archive: " + why, ""};
  };
  NpzArchive archive;
  archive.file = *file;
  std::string_view bytes = archive.file->bytes();
  Reader in(bytes);
  std::optional<Directory> directory = findDirectory(bytes);
  if (!directory)
    return broken("it has no directory");

  uint64_t at = directory->offset;
  for (uint64_t entry = 0; entry < directory->entries; ++entry) {
    if (!in.has(at, 46) || in.number(at, 4) != directoryEntry)
      return broken("its directory is cut off");
    uint64_t method = in.number(at + 10, 2);
    uint64_t packed = in.number(at + 20, 4), size = in.number(at + 24, 4);
    uint64_t nameLength = in.number(at + 28, 2),
             extraLength = in.number(at + 30, 2),
             commentLength = in.number(at + 32, 2);
    uint64_t local = in.number(at + 42, 4);
    std::string name(in.text(at + 46, nameLength));
    // Extended information (id 1) holds what did not fit, in this order.
    uint64_t extra = at + 46 + nameLength, extraEnd = extra + extraLength;
    while (extra + 4 <= extraEnd) {
      uint64_t id = in.number(extra, 2), length = in.number(extra + 2, 2);
      if (id == 1) {
        uint64_t field = extra + 4;
        for (uint64_t *value : {&size, &packed, &local})
          if (*value == in64 && field + 8 <= extra + 4 + length) {
            *value = in.number(field, 8);
            field += 8;
          }
      }
      extra += 4 + length;
    }
    at = extraEnd + commentLength;

    if (!name.ends_with(".npy"))
      continue;
    if (method != 0 || packed != size)
      return broken("`" + name + "` is compressed");
    if (!in.has(local, 30) || in.number(local, 4) != localHeader)
      return broken("`" + name + "` is not where the directory says");
    uint64_t data =
        local + 30 + in.number(local + 26, 2) + in.number(local + 28, 2);
    if (!in.has(data, size))
      return broken("`" + name + "` is cut off");
    Expected<NpyArray> array =
        parseNpy(bytes.substr(data, size), "`" + name + "` in `" + path + "`");
    if (!array)
      return array.failure();
    archive.members.emplace(name.substr(0, name.size() - 4), std::move(*array));
  }
  return archive;
}
