//===- TinyOdin.cpp - Images as tinyODIN is programmed --------------------===//
//
// An access is 40 bits: address {R, W, command[1:0], address[15:0]}, then
// {0000, mask[7:0], byte[7:0]}. A neuron's word is {disable[31], leak[30:24],
// thr[23:12], v[11:0]}; a word of synapses has eight nibbles of a row. The
// clock is gated and spikes are kept from the queue while memories are written,
// as blank neurons fire.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Encoders/Encoders.h"

#include <cstdio>

using namespace snn::emulator;

namespace snn::target::cores {

namespace {

constexpr uint32_t Neurons = 256;
enum Command : uint32_t { Configuration, NeuronByte, SynapseByte };
enum Register : uint32_t { GateActivity, OpenLoop, AerSource, MaxNeuron };

class Transcript {
public:
  std::string text;
  void write(Command command, uint32_t address, uint32_t byte) {
    uint64_t access = (uint64_t{1} << 18 | uint64_t{command} << 16 | address)
                          << 20 |
                      (byte & 0xff);
    char line[16];
    std::snprintf(line, sizeof line, "%010llx\n",
                  static_cast<unsigned long long>(access));
    text += line;
  }
};

} // namespace

Encoded encodeTinyOdin(const Image &image, const lang::checked::Chip &chip,
                       uint32_t ticks) {
  int threshold = -1, leak = -1;
  for (size_t i = 0; i < chip.parameters.size(); ++i) {
    if (chip.parameters[i].name == "threshold")
      threshold = static_cast<int>(i);
    if (chip.parameters[i].name == "leak")
      leak = static_cast<int>(i);
  }
  if (image.cores.size() > 1 || image.neurons() > Neurons || threshold < 0 ||
      leak < 0)
    return "its neurons are not those of tinyODIN";
  uint32_t parameters = image.chip.parameters;
  Transcript spi;
  spi.write(Configuration, GateActivity, 1);
  spi.write(Configuration, OpenLoop, 1);
  spi.write(Configuration, AerSource, 0);
  spi.write(Configuration, MaxNeuron,
            image.neurons() ? image.neurons() - 1 : 0);
  for (uint32_t n = 0; n < Neurons; ++n) {
    // Beyond the network a neuron is disabled.
    uint32_t word = uint32_t{1} << 31 | 0xfff << 12;
    if (n < image.neurons()) {
      const int32_t *given = image.parameters.data() + n * parameters;
      word = static_cast<uint32_t>(given[leak]) << 24 |
             static_cast<uint32_t>(given[threshold]) << 12 |
             (static_cast<uint32_t>(image.initial[n]) & 0xfff);
    }
    for (uint32_t byte = 0; byte < 4; ++byte)
      spi.write(NeuronByte, byte << 8 | n, word >> (8 * byte));
  }
  for (uint32_t pre = 0; pre < Neurons; ++pre) {
    uint32_t nibbles[Neurons] = {};
    if (pre < image.axons())
      for (uint64_t i = image.firstSynapse[pre];
           i < image.firstSynapse[pre + 1]; ++i)
        nibbles[image.synapses[i].target] =
            static_cast<uint32_t>(image.synapses[i].weight) & 0xf;
    for (uint32_t post = 0; post < Neurons; post += 2) {
      uint32_t word = pre << 5 | post >> 3, byte = post >> 1 & 3;
      spi.write(SynapseByte, byte << 13 | word,
                nibbles[post] | nibbles[post + 1] << 4);
    }
  }
  spi.text += "reset\n"; // memories stay, the queue empties
  spi.write(Configuration, OpenLoop, 0);
  spi.write(Configuration, GateActivity, 0);

  std::string events;
  auto event = [&](uint32_t tick, uint32_t address) {
    char line[32];
    std::snprintf(line, sizeof line, "%u %03x\n", tick, address);
    events += line;
  };
  constexpr uint32_t LeakAll = 0x1ff;
  uint64_t next = 0;
  for (uint32_t tick = 0; tick < ticks; ++tick) {
    for (; next < image.events.size() && image.events[next].tick <= tick;
         ++next) {
      uint32_t line = image.events[next].line;
      for (uint64_t i = image.inputs[line].firstRoute;
           i < image.endInputRoute(line); ++i)
        event(tick, image.inputRoutes[i].axon);
    }
    event(tick, LeakAll);
  }
  return std::vector<EncodedFile>{{"program.spi", spi.text},
                                  {"events.aer", events}};
}

} // namespace snn::target::cores
