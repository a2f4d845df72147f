//===- Encoders.cpp - Images in the chips' own formats --------------------===//
//
// Which encoders are a chip's.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Encoders/Encoders.h"

namespace snn::target::cores {

std::vector<Artefact> encode(const emulator::Image &image,
                             const lang::checked::Chip &chip, uint32_t ticks) {
  struct Encoder {
    const char *encoding, *tool;
    Encoded (*make)(const emulator::Image &, const lang::checked::Chip &,
                    uint32_t);
  };
  static constexpr Encoder All[] = {{"ranc", "RANC", encodeRanc},
                                    {"tinyodin", "tinyODIN", encodeTinyOdin},
                                    {"sanafe", "SANA-FE", encodeSanaFe},
                                    {"loihi", "SANA-FE", encodeSanaFe},
                                    {"loihi", "Lava", encodeLava},
                                    {"loihi", "netx", encodeNetx},
                                    {"lava", "Lava", encodeLava},
                                    {"lava", "netx", encodeNetx}};
  std::vector<Artefact> artefacts;
  for (const Encoder &one : All)
    if (chip.words.at("encoding") == one.encoding)
      artefacts.push_back({one.tool, one.make(image, chip, ticks)});
  return artefacts;
}

} // namespace snn::target::cores
