//===- Png.cpp - Images of cells as PNG -------------------------*- C++ -*-===//
//
// Three chunks: the size, the rows, each after a byte that says it is stored as
// it is, compressed by zlib, and the end (ISO/IEC 15948).
//
//===----------------------------------------------------------------------===//
#include "compiler/Plot/Png.h"

#include "compiler/Plot/Palette.h"

#include <zlib.h>

#include <algorithm>
#include <cstdint>

using namespace snn::plot;

static std::string bigEndian(uint32_t value) {
  return {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
          static_cast<char>(value >> 8), static_cast<char>(value)};
}

static std::string chunk(const std::string &kind, const std::string &data) {
  std::string body = kind + data;
  uLong check = crc32(0, reinterpret_cast<const Bytef *>(body.data()),
                      static_cast<uInt>(body.size()));
  return bigEndian(static_cast<uint32_t>(data.size())) + body +
         bigEndian(static_cast<uint32_t>(check));
}

static std::string compressed(const std::string &bytes) {
  uLongf size = compressBound(bytes.size());
  std::string result(size, '\0');
  compress2(reinterpret_cast<Bytef *>(result.data()), &size,
            reinterpret_cast<const Bytef *>(bytes.data()), bytes.size(),
            Z_BEST_COMPRESSION);
  result.resize(size);
  return result;
}

std::string snn::plot::renderPng(const Figure &figure) {
  auto columnsOf = [](const Panel &panel) {
    return static_cast<size_t>(panel.x.high - panel.x.low);
  };
  auto rowsOf = [](const Panel &panel) {
    return static_cast<size_t>(panel.y.high - panel.y.low);
  };
  size_t width = 1, height = 0;
  for (const Panel &panel : figure.panels) {
    width = std::max(width, columnsOf(panel));
    height += rowsOf(panel) + (height ? 1 : 0);
  }
  size_t stride = 1 + 3 * width;
  std::string rows(stride * height, '\xff');
  for (size_t row = 0; row < height; ++row)
    rows[row * stride] = 0;
  size_t top = 0;
  for (const Panel &panel : figure.panels) {
    for (const Series &series : panel.series)
      for (size_t i = 0; i < series.shade.size(); ++i) {
        Rgb color = colorOfLevel(levelOf(series.shade[i]));
        size_t row = top + rowsOf(panel) - 1 - static_cast<size_t>(series.y[i]);
        char *pixel = rows.data() + row * stride + 1 +
                      3 * static_cast<size_t>(series.x[i]);
        pixel[0] = static_cast<char>(color.red);
        pixel[1] = static_cast<char>(color.green);
        pixel[2] = static_cast<char>(color.blue);
      }
    top += rowsOf(panel) + 1;
  }
  // 8 bits a channel, red, green and blue, no interlacing.
  std::string header = bigEndian(static_cast<uint32_t>(width)) +
                       bigEndian(static_cast<uint32_t>(height)) +
                       std::string("\x08\x02\x00\x00\x00", 5);
  return "\x89PNG\r\n\x1a\n" + chunk("IHDR", header) +
         chunk("IDAT", compressed(rows)) + chunk("IEND", "");
}
