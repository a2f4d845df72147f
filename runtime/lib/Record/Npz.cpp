//===- Npz.cpp - Arrays in a file that numpy reads ------------------------===//
//
// The records of a zip archive, by PKWARE's APPNOTE 6.3; numbers are little-
// endian, as the machines are that we run on.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Record/Npz.h"

#include <array>
#include <bit>
#include <cinttypes>
#include <cstdio>

using namespace snn::runtime;

static_assert(std::endian::native == std::endian::little);

// Tables for eight bytes at a time: table k advances a byte over k zeros.
static constexpr auto crcTables = [] {
  std::array<std::array<uint32_t, 256>, 8> tables{};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit)
      crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    tables[0][i] = crc;
  }
  for (uint32_t k = 1; k < 8; ++k)
    for (uint32_t i = 0; i < 256; ++i)
      tables[k][i] = tables[k - 1][i] >> 8 ^ tables[0][tables[k - 1][i] & 255];
  return tables;
}();

uint32_t snn::runtime::crc32(uint32_t crc, const void *data, uint64_t size) {
  auto *bytes = static_cast<const unsigned char *>(data);
  crc = ~crc;
  for (; size >= 8; size -= 8, bytes += 8) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    word ^= crc;
    crc = 0;
    for (uint32_t k = 0; k < 8; ++k)
      crc ^= crcTables[7 - k][word >> 8 * k & 255];
  }
  for (; size; --size)
    crc = crc >> 8 ^ crcTables[0][(crc ^ *bytes++) & 255];
  return ~crc;
}

namespace {

/// The bytes of a zip record.
class Record {
public:
  explicit Record(uint32_t signature) { u32(signature); }
  void u16(uint64_t value) { put(value, 2); }
  void u32(uint64_t value) { put(value, 4); }
  void u64(uint64_t value) { put(value, 8); }
  /// A size or offset, or the mark that it stands in the zip64 part.
  void size32(uint64_t value, bool elsewhere) {
    u32(elsewhere ? 0xffffffff : value);
  }
  void writeTo(OutputFile &file) const { file.write(bytes, length); }

private:
  void put(uint64_t value, uint32_t count) {
    memcpy(bytes + length, &value, count);
    length += count;
  }
  char bytes[96];
  uint32_t length = 0;
};

} // namespace

// "Made by" and "needed" versions: 4.5 is the first with zip64.
static constexpr uint64_t Version = 45;
// 1 January 1980, so that the same results have the same bytes.
static constexpr uint64_t Date = 0x21;
static constexpr uint64_t CrcPosition = 14; // in the local header

bool NpzWriter::begin(const char *name, const char *type, uint64_t itemSize,
                      uint64_t rows, uint64_t columns) {
  char header[192];
  int length = columns == UINT64_MAX
                   ? snprintf(header, sizeof header,
                              "{'descr': '%s', 'fortran_order': False, "
                              "'shape': (%" PRIu64 ",), }",
                              type, rows)
                   : snprintf(header, sizeof header,
                              "{'descr': '%s', 'fortran_order': False, "
                              "'shape': (%" PRIu64 ", %" PRIu64 "), }",
                              type, rows, columns);
  // The data begins at a multiple of 64 bytes in the member.
  uint64_t prefix = 10;
  uint64_t padded =
      (prefix + static_cast<uint64_t>(length) + 1 + 63) / 64 * 64 - prefix;
  memset(header + length, ' ', padded - static_cast<uint64_t>(length) - 1);
  header[padded - 1] = '\n';

  Member member = {};
  member.nameOffset = names.size();
  if (!names.append(name, strlen(name)) || !names.append(".npy", 4))
    return false;
  member.nameLength = static_cast<uint16_t>(names.size() - member.nameOffset);
  member.offset = file.position();
  member.size =
      prefix + padded + rows * (columns == UINT64_MAX ? 1 : columns) * itemSize;
  if (!members.push(member))
    return false;

  bool large = member.size >= big;
  Record local(0x04034b50);
  local.u16(Version);
  local.u16(1 << 11); // names are UTF-8
  local.u16(0);       // stored
  local.u16(0);
  local.u16(Date);
  local.u32(0); // the checksum, when it is known
  local.size32(member.size, large);
  local.size32(member.size, large);
  local.u16(member.nameLength);
  local.u16(large ? 20 : 0);
  local.writeTo(file);
  file.write(names.data() + member.nameOffset, member.nameLength);
  if (large) {
    Record extra(16 << 16 | 1);
    extra.u64(member.size);
    extra.u64(member.size);
    extra.writeTo(file);
  }
  add("\x93NUMPY\x01", 8); // the final zero is the minor version
  uint16_t headerLength = static_cast<uint16_t>(padded);
  add(&headerLength, 2);
  add(header, padded);
  return true;
}

void NpzWriter::add(const void *data, uint64_t size) {
  members.back().crc = crc32(members.back().crc, data, size);
  file.write(data, size);
}

void NpzWriter::end() {
  const Member &member = members.back();
  file.patch(member.offset + CrcPosition, &member.crc, 4);
}

void NpzWriter::finish() {
  uint64_t begin = file.position();
  for (const Member &member : members) {
    bool bigSize = member.size >= big;
    bool bigOffset = member.offset >= big;
    uint64_t extra = bigSize * 16 + bigOffset * 8;
    Record entry(0x02014b50);
    entry.u16(Version);
    entry.u16(Version);
    entry.u16(1 << 11);
    entry.u16(0);
    entry.u16(0);
    entry.u16(Date);
    entry.u32(member.crc);
    entry.size32(member.size, bigSize);
    entry.size32(member.size, bigSize);
    entry.u16(member.nameLength);
    entry.u16(extra ? extra + 4 : 0);
    entry.u16(0);
    entry.u16(0);
    entry.u16(0);
    entry.u32(0);
    entry.size32(member.offset, bigOffset);
    entry.writeTo(file);
    file.write(names.data() + member.nameOffset, member.nameLength);
    if (!extra)
      continue;
    Record large(static_cast<uint32_t>(extra << 16 | 1));
    if (bigSize) {
      large.u64(member.size);
      large.u64(member.size);
    }
    if (bigOffset)
      large.u64(member.offset);
    large.writeTo(file);
  }
  uint64_t end = file.position();
  bool large = members.size() >= 0xffff || end >= big;
  if (large) {
    Record directory(0x06064b50);
    directory.u64(44);
    directory.u16(Version);
    directory.u16(Version);
    directory.u32(0);
    directory.u32(0);
    directory.u64(members.size());
    directory.u64(members.size());
    directory.u64(end - begin);
    directory.u64(begin);
    directory.writeTo(file);
    Record locator(0x07064b50);
    locator.u32(0);
    locator.u64(end);
    locator.u32(1);
    locator.writeTo(file);
  }
  uint64_t count = members.size() < 0xffff ? members.size() : 0xffff;
  Record last(0x06054b50);
  last.u16(0);
  last.u16(0);
  last.u16(count);
  last.u16(count);
  last.size32(end - begin, large);
  last.size32(begin, large);
  last.u16(0);
  last.writeTo(file);
}
