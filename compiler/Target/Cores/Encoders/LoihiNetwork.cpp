//===- LoihiNetwork.cpp - An image as layers of equal neurons -------------===//
//
// Neurons of one population with the same decays and threshold make a group;
// copies and neurons that the manifest does not name make groups of their own.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Encoders/LoihiNetwork.h"

#include "compiler/Target/Cores/Encoders/LoihiNeurons.h"
#include "compiler/Target/Cores/Map/Chip.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <tuple>

using namespace snn::emulator;

namespace snn::target::cores {

namespace {

class Reader {
public:
  Reader(const Image &image, const lang::checked::Chip &chip)
      : image(image), chip(chip), neurons(image, chip) {}

  std::variant<LoihiNetwork, std::string> read() {
    if (findRegister(chip, "u") < 0 || findRegister(chip, "v") < 0)
      return "its neurons are not those of Lava";
    if (std::string reason = neurons.refusal("Lava"); !reason.empty())
      return reason;
    if (image.chip.weights == Weights::Table ||
        image.chip.timing == Timing::Events || image.chip.receptors > 1)
      return "its synapses are not those of Lava";
    group();
    for (uint32_t line = 0; line < image.inputs.size(); ++line)
      follow(LoihiBlock::Inputs, line, image.inputRoutes,
             image.inputs[line].firstRoute, image.endInputRoute(line));
    for (uint32_t n = 0; n < image.neurons(); ++n)
      follow(place[n].first, place[n].second, image.routes, image.firstRoute[n],
             image.firstRoute[n + 1]);
    for (auto &[key, synapses] : found)
      addBlocks(key, synapses);
    // What is shifted down is rounded, by each block for itself.
    std::map<std::pair<uint32_t, int32_t>, unsigned> rounding;
    for (const LoihiBlock &block : network.blocks)
      if (block.exponent < 0 && ++rounding[{block.to, block.exponent}] > 1)
        return "weights of several sources are rounded after they were added, "
               "which Lava does before";
    return std::move(network);
  }

private:
  using Key = std::tuple<uint32_t, uint32_t, int32_t>; // from, to, exponent
  const Image &image;
  const lang::checked::Chip &chip;
  LoihiNeurons neurons;
  LoihiNetwork network;
  std::vector<std::pair<uint32_t, uint32_t>> place; // group, index
  std::map<Key, std::vector<LoihiBlock::Synapse>> found;

  int32_t initial(uint32_t neuron, const char *name) const {
    return image.initial[uint64_t{neuron} * image.chip.registers +
                         static_cast<uint64_t>(findRegister(chip, name))];
  }

  /// Of each neuron; copies are called by the neuron before them.
  std::vector<std::string> names() const {
    std::vector<std::string> result(image.neurons());
    nlohmann::json manifest =
        nlohmann::json::parse(image.manifest.begin(), image.manifest.end(),
                              nullptr, /*allow_exceptions=*/false);
    if (manifest.is_object() && manifest.contains("populations"))
      for (const nlohmann::json &one : manifest["populations"])
        for (const nlohmann::json &neuron : one["neurons"])
          if (neuron.get<uint64_t>() < result.size())
            result[neuron.get<uint64_t>()] = one["path"].get<std::string>();
    std::string last;
    for (std::string &name : result)
      if (name.empty())
        name = last + (last.empty() ? "copies" : " copies");
      else
        last = name;
    return result;
  }

  void group() {
    std::vector<std::string> name = names();
    std::map<std::tuple<std::string, int32_t, int32_t, int32_t>, uint32_t> all;
    for (uint32_t n = 0; n < image.neurons(); ++n) {
      LoihiGroup one;
      one.name = name[n];
      one.du = neurons.parameter(n, "decay_u");
      one.dv = neurons.parameter(n, "decay_v");
      one.vth = neurons.parameter(n, "threshold");
      auto [at, isNew] =
          all.try_emplace({one.name, one.du, one.dv, one.vth},
                          static_cast<uint32_t>(network.groups.size()));
      if (isNew)
        network.groups.push_back(std::move(one));
      LoihiGroup &group = network.groups[at->second];
      place.emplace_back(at->second,
                         static_cast<uint32_t>(group.neurons.size()));
      group.neurons.push_back(n);
      group.bias.push_back(neurons.parameter(n, "bias"));
      group.u.push_back(initial(n, "u"));
      group.v.push_back(initial(n, "v"));
    }
  }

  void follow(uint32_t from, uint32_t source, const Buffer<Route> &routes,
              uint64_t begin, uint64_t end) {
    for (; begin < end; ++begin) {
      const Route &route = routes[begin];
      if (route.core == OutputCore)
        continue;
      uint32_t axon = image.cores[route.core].firstAxon + route.axon,
               first = image.cores[route.core].firstNeuron;
      for (uint64_t i = image.firstSynapse[axon];
           i < image.firstSynapse[axon + 1]; ++i) {
        const Synapse &synapse = image.synapses[i];
        auto [to, target] = place[first + synapse.target];
        found[{from, to, image.axonGroups[axon]}].push_back(
            {source, target, synapse.weight,
             static_cast<uint16_t>(synapse.delay + route.delay)});
      }
    }
  }

  /// The first synapse of each pair, then the second of each that has one.
  void addBlocks(const Key &key, std::vector<LoihiBlock::Synapse> &synapses) {
    auto pair = [](const LoihiBlock::Synapse &one) {
      return std::pair(one.source, one.target);
    };
    std::sort(
        synapses.begin(), synapses.end(), [&](const auto &a, const auto &b) {
          return std::pair(pair(a), a.delay) < std::pair(pair(b), b.delay);
        });
    size_t first = network.blocks.size(), depth = 0;
    for (size_t i = 0; i < synapses.size(); ++i) {
      depth = i && pair(synapses[i]) == pair(synapses[i - 1]) ? depth + 1 : 0;
      if (first + depth == network.blocks.size()) {
        auto [from, to, exponent] = key;
        network.blocks.push_back({from, to, exponent, {}});
      }
      network.blocks[first + depth].synapses.push_back(synapses[i]);
    }
  }
};

} // namespace

std::variant<LoihiNetwork, std::string>
readLoihiNetwork(const Image &image, const lang::checked::Chip &chip) {
  return Reader(image, chip).read();
}

} // namespace snn::target::cores
