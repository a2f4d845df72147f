//===- LoihiNeurons.cpp - What tools for Loihi ask of neurons -------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Encoders/LoihiNeurons.h"

#include "compiler/Target/Cores/Map/Chip.h"

namespace snn::target::cores {

std::string LoihiNeurons::refusal(const std::string &tool) const {
  if (image.synapses.size() > MostSynapses)
    return "it has more than 4,000,000 synapses";
  for (const char *name : {"decay_u", "decay_v", "threshold", "bias"})
    if (findParameter(chip, name) < 0)
      return "its neurons are not those of " + tool;
  for (uint32_t n = 0; n < image.neurons(); ++n)
    if (findParameter(chip, "refractory") >= 0 && parameter(n, "refractory"))
      return "neurons of " + tool + " are not refractory";
  return "";
}

int32_t LoihiNeurons::parameter(uint32_t neuron, const char *name) const {
  return image.parameters[uint64_t{neuron} * image.chip.parameters +
                          static_cast<uint64_t>(findParameter(chip, name))];
}

} // namespace snn::target::cores
