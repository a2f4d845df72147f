//===- Encoders.h - Images in the chips' own formats ------------*- C++ -*-===//
//
// Files that the makers' simulators and programmers read. An encoder takes an
// image that has been verified against its chip.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_ENCODERS_ENCODERS_H
#define SNN_COMPILER_TARGET_CORES_ENCODERS_ENCODERS_H

#include "lang/Chips/Chips.h"
#include "runtime/emulator/Image.h"

#include <string>
#include <variant>
#include <vector>

namespace snn::target::cores {

struct EncodedFile {
  std::string name, content;
};
/// The files, or in words why the format cannot hold the image.
using Encoded = std::variant<std::vector<EncodedFile>, std::string>;

/// `config.json` and `input.json` for RANC's simulator (`ranc_sim -c -i`),
/// `csram_NNN.mem` and `tc_NNN.mem` for its RTL. Neurons that send nowhere
/// leave through the output bus, in the cell after the last core.
Encoded encodeRanc(const emulator::Image &image,
                   const lang::checked::Chip &chip, uint32_t ticks);

/// `program.spi`, 40 bits of an SPI access in hexadecimal a line, and
/// `events.aer`: a line for each 10-bit event, and the tick that it is in.
Encoded encodeTinyOdin(const emulator::Image &image,
                       const lang::checked::Chip &chip, uint32_t ticks);

/// `network.yaml` for SANA-FE (`sim ARCH network.yaml TICKS`) with its own
/// description of Loihi: the network, and which neuron is on which core.
Encoded encodeSanaFe(const emulator::Image &image,
                     const lang::checked::Chip &chip, uint32_t ticks);

/// `lava_network.json`, and `lava_replay.py`, which runs it on Lava's
/// fixed-point processes and compares spikes.
Encoded encodeLava(const emulator::Image &image,
                   const lang::checked::Chip &chip, uint32_t ticks);

/// `network.net` in HDF5, which Lava-DL's netx reads: feed-forward networks.
Encoded encodeNetx(const emulator::Image &image,
                   const lang::checked::Chip &chip, uint32_t ticks);

/// What one of the chip's tools reads.
struct Artefact {
  std::string tool; // for messages
  Encoded files;
};

/// For each tool that the chip's `encoding` stands for.
std::vector<Artefact> encode(const emulator::Image &image,
                             const lang::checked::Chip &chip, uint32_t ticks);

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_ENCODERS_ENCODERS_H
