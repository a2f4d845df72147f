//===- ImageCheck.h - All that is verified of an image ----------*- C++ -*-===//
//
// The limits of the chip, and the neurons that the manifest says stand for
// others.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_IMAGECHECK_H
#define SNN_COMPILER_DRIVER_IMAGECHECK_H

#include "lang/Chips/Chips.h"
#include "runtime/emulator/Image.h"

#include <string>
#include <vector>

namespace snn::driver {

/// What is broken, if anything; the image has passed Image::check.
std::vector<std::string> checkImage(const emulator::Image &image,
                                    const lang::checked::Chip &chip);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_IMAGECHECK_H
