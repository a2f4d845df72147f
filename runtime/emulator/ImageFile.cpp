//===- ImageFile.cpp - Images as .nmi files -------------------------------===//
//
// Writing and reading go through one list of sections.
//
//===----------------------------------------------------------------------===//
#include "runtime/emulator/ImageFile.h"

#include "runtime/lib/Random/Hash.h"
#include "runtime/lib/Record/File.h"

#include <bit>
#include <cerrno>
#include <cinttypes>
#include <cstddef>
#include <cstdio>
#include <cstring>

static_assert(std::endian::native == std::endian::little,
              "sections are written as they lie in memory");

namespace snn::emulator {
namespace {

constexpr char Magic[8] = {'\x89', 'N', 'M', 'I', '\r', '\n', '\x1a', '\n'};

struct Header {
  char magic[8];
  uint32_t version, sections;
  uint64_t size;     // of the file
  uint64_t checksum; // of the header up to here, and of the table
};
struct Entry {
  char tag[8];
  uint64_t item; // bytes
  uint64_t count;
  uint64_t offset;
  uint64_t checksum; // with the zeros that fill its last eight bytes
};

uint64_t padded(uint64_t size) { return (size + 7) & ~uint64_t{7}; }

/// Of a whole number of words; each changes all later ones.
uint64_t checksumOf(const char *bytes, uint64_t size, uint64_t hash) {
  for (uint64_t i = 0; i < size; i += 8) {
    uint64_t word;
    memcpy(&word, bytes + i, 8);
    hash = runtime::mix64(hash, word);
  }
  return hash;
}

uint64_t checksumOf(const Header &header, const char *table, uint64_t size) {
  uint64_t hash = checksumOf(reinterpret_cast<const char *>(&header),
                             offsetof(Header, checksum), 0);
  return checksumOf(table, size, hash);
}

/// Calls with the name and the array of every section but the chip.
template <typename ImageT, typename F>
bool forEachSection(ImageT &image, F &&use) {
  return use("register", image.registers) &&
         use("onevent", image.synapseCode) && use("ontick", image.tickCode) &&
         use("core", image.cores) && use("param", image.parameters) &&
         use("initial", image.initial) && use("firstrt", image.firstRoute) &&
         use("route", image.routes) && use("axon", image.axonGroups) &&
         use("receptor", image.axonReceptors) &&
         use("firstsyn", image.firstSynapse) &&
         use("synapse", image.synapses) && use("wtable", image.weightTable) &&
         use("input", image.inputs) && use("inroute", image.inputRoutes) &&
         use("event", image.events) && use("manifest", image.manifest);
}
constexpr uint32_t Sections = 18;

bool damaged(Error &error, const char *how) {
  runtime::fail(error, RefusedFile, "E0801", "the chip image is damaged: %s",
                how);
  return runtime::help(error, "map the model again: `snn map`");
}

} // namespace

bool encode(const Image &image, Buffer<char> &bytes, Error &error) {
  uint64_t table = sizeof(Header), end = table + Sections * sizeof(Entry);
  bool room = bytes.resize(end);
  uint32_t index = 0;
  auto append = [&](const char *tag, const void *items, uint64_t item,
                    uint64_t count) {
    uint64_t size = item * count;
    room = room && bytes.resize(end + padded(size));
    if (!room)
      return false;
    if (size)
      memcpy(bytes.data() + end, items, size);
    Entry entry = {{}, item, count, end, 0};
    memcpy(entry.tag, tag, strnlen(tag, sizeof entry.tag));
    entry.checksum = checksumOf(bytes.data() + end, padded(size), index);
    memcpy(bytes.data() + table + index++ * sizeof entry, &entry, sizeof entry);
    end += padded(size);
    return true;
  };
  append("chip", &image.chip, sizeof image.chip, 1);
  forEachSection(image, [&](const char *tag, const auto &array) {
    return append(tag, array.data(), sizeof(*array.data()), array.size());
  });
  if (!room)
    return runtime::outOfMemory(error, "the chip image");
  Header header = {{}, ImageVersion, Sections, end, 0};
  memcpy(header.magic, Magic, sizeof Magic);
  header.checksum =
      checksumOf(header, bytes.data() + table, Sections * sizeof(Entry));
  memcpy(bytes.data(), &header, sizeof header);
  return true;
}

bool decode(const char *bytes, uint64_t size, Image &image, Error &error) {
  Header header;
  if (size < sizeof header || memcmp(bytes, Magic, sizeof Magic) != 0)
    return runtime::fail(error, RefusedFile, "E0802",
                         "this is not a chip image");
  memcpy(&header, bytes, sizeof header);
  if (header.version != ImageVersion)
    return runtime::fail(error, RefusedFile, "E0802",
                         "the chip image has version %u; this program reads "
                         "version %u",
                         header.version, ImageVersion);
  uint64_t end = sizeof header + Sections * sizeof(Entry);
  if (header.size != size || header.sections != Sections || size < end)
    return damaged(error, "it is cut off or has been added to");
  if (header.checksum !=
      checksumOf(header, bytes + sizeof header, Sections * sizeof(Entry)))
    return damaged(error, "its table of sections has been altered");
  uint32_t index = 0;
  auto next = [&](const char *tag, uint64_t item, const char *&items,
                  uint64_t &count) {
    Entry entry;
    memcpy(&entry, bytes + sizeof header + index * sizeof entry, sizeof entry);
    uint64_t length;
    if (strncmp(entry.tag, tag, sizeof entry.tag) != 0 || entry.item != item ||
        entry.offset != end ||
        __builtin_mul_overflow(entry.count, item, &length) ||
        length > size - end || padded(length) > size - end)
      return damaged(error, "its sections do not follow each other");
    if (entry.checksum != checksumOf(bytes + end, padded(length), index))
      return damaged(error, "a section has been altered");
    items = bytes + end;
    count = entry.count;
    end += padded(length);
    ++index;
    return true;
  };
  const char *items;
  uint64_t count;
  if (!next("chip", sizeof image.chip, items, count))
    return false;
  if (count != 1)
    return damaged(error, "it holds no chip");
  memcpy(&image.chip, items, sizeof image.chip);
  bool whole = forEachSection(image, [&](const char *tag, auto &array) {
    if (!next(tag, sizeof(*array.data()), items, count))
      return false;
    array.clear();
    if (!array.resize(count))
      return runtime::outOfMemory(error, "the chip image");
    if (count)
      memcpy(array.data(), items, count * sizeof(*array.data()));
    return true;
  });
  if (!whole)
    return false;
  if (end != size)
    return damaged(error, "it has been added to");
  return image.check(error);
}

bool writeImage(const Image &image, const char *path, Error &error) {
  Buffer<char> bytes;
  if (!encode(image, bytes, error))
    return false;
  runtime::OutputFile file;
  if (!file.open(path, /*inPlace=*/true, error))
    return false;
  file.write(bytes.data(), bytes.size());
  return file.finish(error) && file.publish(error);
}

bool readImage(const char *path, Image &image, Error &error) {
  FILE *file = fopen(path, "rb");
  Buffer<char> bytes;
  bool room = true;
  int failure = file ? 0 : errno;
  while (file && room && !failure) {
    constexpr uint64_t Portion = 1 << 20;
    room = bytes.reserveMore(Portion);
    if (!room)
      break;
    size_t got = fread(bytes.end(), 1, Portion, file);
    bytes.setSize(bytes.size() + got);
    if (ferror(file))
      failure = errno;
    if (got < Portion)
      break;
  }
  if (file)
    fclose(file);
  if (failure)
    return runtime::fail(error, UnreadableFile, "E0222", "cannot read `%s`: %s",
                         path, strerror(failure));
  if (!room)
    return runtime::outOfMemory(error, "the chip image");
  return decode(bytes.data(), bytes.size(), image, error);
}

} // namespace snn::emulator
