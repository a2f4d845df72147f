//===- Unpack.cpp - gzip, zip and PNG, through their libraries --*- C++ -*-===//
//
// Each library reads from memory and opens nothing.
//
//===----------------------------------------------------------------------===//
#include "tools/snn-unpack/Unpack.h"

#include <cstring>
#include <memory>
#include <png.h>
#include <vector>
#include <zip.h>
#include <zlib.h>

using namespace snn::data;

namespace {

constexpr size_t ChunkSize = 1 << 16;
constexpr const char *TooMuch =
    "it holds more than can be unpacked: 1 GiB, or 1,000 times its size";
/// Members of an archive, and pixels of an image.
constexpr zip_int64_t MostMembers = 4096;
constexpr uint64_t MostPixels = uint64_t(1) << 26;

void appendSize(std::string &bytes, uint32_t size) {
  for (int shift = 24; shift >= 0; shift -= 8)
    bytes += static_cast<char>(size >> shift);
}

} // namespace

bool Sink::add(std::string_view bytes) {
  if (bytes.size() > left)
    return false;
  left -= bytes.size();
  piece('D', bytes);
  return true;
}

void Sink::piece(char kind, std::string_view bytes) {
  char head[9] = {kind};
  uint64_t length = bytes.size();
  std::memcpy(head + 1, &length, sizeof length);
  write({head, sizeof head});
  write(bytes);
}

Fault snn::data::unpackGzip(std::string_view bytes, Sink &sink) {
  z_stream stream{};
  constexpr int onlyGzip = 16 + MAX_WBITS;
  if (inflateInit2(&stream, onlyGzip) != Z_OK)
    return "there is no memory to unpack it";
  std::unique_ptr<z_stream, int (*)(z_stream *)> end(&stream, inflateEnd);
  stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::vector<char> chunk(ChunkSize);
  while (true) {
    stream.next_out = reinterpret_cast<Bytef *>(chunk.data());
    stream.avail_out = static_cast<uInt>(chunk.size());
    int code = inflate(&stream, Z_NO_FLUSH);
    size_t done = chunk.size() - stream.avail_out;
    if (!sink.add({chunk.data(), done}))
      return TooMuch;
    if (code == Z_STREAM_END) {
      // Files may be joined: each is unpacked behind the one before.
      if (stream.avail_in == 0)
        return std::nullopt;
      if (inflateReset(&stream) != Z_OK)
        return "its gzip data are damaged";
      continue;
    }
    if (code != Z_OK || (stream.avail_in == 0 && done == 0))
      return code == Z_OK || code == Z_BUF_ERROR ? "its gzip data end early"
                                                 : "its gzip data are damaged";
  }
}

Fault snn::data::unpackZip(std::string_view bytes, Sink &sink) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t *source =
      zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t *opened =
      source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error)
             : nullptr;
  if (!opened) {
    zip_source_free(source);
    return "it is no readable zip archive";
  }
  std::unique_ptr<zip_t, void (*)(zip_t *)> archive(opened, zip_discard);
  zip_int64_t members = zip_get_num_entries(archive.get(), 0);
  if (members > MostMembers)
    return "it has " + std::to_string(members) + " members";
  std::vector<char> chunk(ChunkSize);
  for (zip_int64_t i = 0; i < members; ++i) {
    auto index = static_cast<zip_uint64_t>(i);
    const char *name = zip_get_name(archive.get(), index, ZIP_FL_ENC_RAW);
    std::unique_ptr<zip_file_t, int (*)(zip_file_t *)> file(
        zip_fopen_index(archive.get(), index, 0), zip_fclose);
    if (!name || !file)
      return "a member of it cannot be unpacked";
    sink.beginMember(name);
    while (true) {
      zip_int64_t count = zip_fread(file.get(), chunk.data(), chunk.size());
      if (count < 0)
        return "a member of it is damaged";
      if (count == 0)
        break;
      if (!sink.add({chunk.data(), static_cast<size_t>(count)}))
        return TooMuch;
    }
  }
  return std::nullopt;
}

Fault snn::data::unpackPng(std::string_view bytes, Sink &sink) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (!png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()))
    return "its PNG data are damaged";
  std::unique_ptr<png_image, void (*)(png_image *)> end(&image, png_image_free);
  // Without alpha, in 8 bits.
  bool isColour = image.format & PNG_FORMAT_FLAG_COLOR;
  image.format = isColour ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  if (uint64_t{image.width} * image.height > MostPixels)
    return "it has more than " + std::to_string(MostPixels) + " pixels";
  std::string pixels(PNG_IMAGE_SIZE(image), '\0');
  // What is transparent is black.
  png_color black{};
  if (!png_image_finish_read(&image, &black, pixels.data(), 0, nullptr))
    return "its PNG data are damaged";
  std::string header("\0\0\x08", 3);
  header += isColour ? '\x03' : '\x02';
  appendSize(header, image.height);
  appendSize(header, image.width);
  if (isColour)
    appendSize(header, 3);
  if (!sink.add(header) || !sink.add(pixels))
    return TooMuch;
  return std::nullopt;
}

Fault snn::data::unpackFile(std::string_view name, std::string_view bytes,
                            Sink &sink) {
  if (bytes.starts_with("PK"))
    return unpackZip(bytes, sink);
  sink.beginMember(name);
  if (bytes.starts_with("\x1f\x8b"))
    return unpackGzip(bytes, sink);
  if (bytes.starts_with("\x89PNG"))
    return unpackPng(bytes, sink);
  return "it is neither gzip, zip nor PNG";
}

Fault snn::data::unpackAll(std::string_view files, Sink &sink) {
  while (!files.empty()) {
    uint64_t lengths[2];
    if (files.size() < sizeof lengths)
      return "its reader was given something else";
    std::memcpy(lengths, files.data(), sizeof lengths);
    files.remove_prefix(sizeof lengths);
    if (lengths[0] > files.size() || lengths[1] > files.size() - lengths[0])
      return "its reader was given something else";
    std::string_view name = files.substr(0, lengths[0]),
                     bytes = files.substr(lengths[0], lengths[1]);
    files.remove_prefix(lengths[0] + lengths[1]);
    if (Fault fault = unpackFile(name, bytes, sink))
      return std::string(name) + ": " + *fault;
  }
  return std::nullopt;
}
