//===- ImageFile.h - Images as .nmi files -----------------------*- C++ -*-===//
//
// A header, a table of sections, the sections: little-endian, each as it lies
// in memory, each with a checksum, so that a file that was cut or altered
// anywhere is refused. docs/reference/chip-image.md has the layout.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_EMULATOR_IMAGEFILE_H
#define SNN_EMULATOR_IMAGEFILE_H

#include "runtime/emulator/Image.h"

namespace snn::emulator {

constexpr uint32_t ImageVersion = 3;

/// The bytes of a file that holds the image.
bool encode(const Image &image, Buffer<char> &bytes, Error &error);

/// The image that the bytes hold, checked; false with one message otherwise.
bool decode(const char *bytes, uint64_t size, Image &image, Error &error);

bool writeImage(const Image &image, const char *path, Error &error);
bool readImage(const char *path, Image &image, Error &error);

} // namespace snn::emulator

#endif // SNN_EMULATOR_IMAGEFILE_H
