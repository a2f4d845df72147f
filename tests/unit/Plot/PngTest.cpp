//===- PngTest.cpp - Images of cells as PNG ---------------------*- C++ -*-===//
//
// The chunks of an image of two cells, its rows unpacked again.
//
//===----------------------------------------------------------------------===//
#include "compiler/Plot/Png.h"

#include <gtest/gtest.h>

#include <zlib.h>

using namespace snn::plot;

TEST(Png, APixelIsACell) {
  Panel panel;
  panel.x = {"", "", -0.5, 1.5};
  panel.y = {"", "", -0.5, 0.5};
  Series cells;
  cells.mark = Mark::Cells;
  cells.x = {0, 1};
  cells.y = {0, 0};
  cells.shade = {1, -1};
  panel.series.push_back(cells);
  std::string png = renderPng({"", {panel}});

  ASSERT_EQ(png.substr(0, 8), "\x89PNG\r\n\x1a\n");
  EXPECT_EQ(png.substr(12, 4), "IHDR");
  EXPECT_EQ(png.substr(16, 8), std::string("\0\0\0\2\0\0\0\1", 8));
  // Length, name, data, check: IHDR takes 25 bytes, IEND 12.
  ASSERT_EQ(png.substr(37, 4), "IDAT");
  std::string data = png.substr(41, png.size() - 41 - 4 - 12);
  Bytef rows[16];
  uLongf size = sizeof rows;
  ASSERT_EQ(uncompress(rows, &size,
                       reinterpret_cast<const Bytef *>(data.data()),
                       data.size()),
            Z_OK);
  EXPECT_EQ(std::string(reinterpret_cast<char *>(rows), size),
            std::string("\0\0\0\0\xd5\x5e\0", 7));
}
