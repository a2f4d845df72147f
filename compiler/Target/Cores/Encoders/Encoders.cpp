//===- Encoders.cpp - Images in the chips' own formats --------------------===//
//
// Which encoder is a chip's.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Encoders/Encoders.h"

namespace snn::target::cores {

Encoded encode(const emulator::Image &image, const lang::checked::Chip &chip,
               uint32_t ticks) {
  const std::string &encoding = chip.words.at("encoding");
  if (encoding == "ranc")
    return encodeRanc(image, chip, ticks);
  if (encoding == "tinyodin")
    return encodeTinyOdin(image, chip, ticks);
  if (encoding == "sanafe")
    return encodeSanaFe(image, chip, ticks);
  return "`" + chip.name + "` names no encoding that is known";
}

} // namespace snn::target::cores
