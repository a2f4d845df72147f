//===- Verify.h - Whether an image is within a chip's limits ----*- C++ -*-===//
//
// Counts again, from the image alone and from the chip's declaration, all that
// the mapper took care of. It shares no code with the mapper, so that a slip of
// one is seen by the other. The image has passed Image::check.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_VERIFY_VERIFY_H
#define SNN_COMPILER_TARGET_CORES_VERIFY_VERIFY_H

#include "lang/Chips/Chips.h"
#include "runtime/emulator/Image.h"

#include <string>
#include <vector>

namespace snn::target::cores {

/// What is broken, in the order of the image; nothing if all is well. Limits
/// that are unknown are not looked at.
std::vector<std::string> verifyImage(const emulator::Image &image,
                                     const lang::checked::Chip &chip);

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_VERIFY_VERIFY_H
