//===- Lava.cpp - Images as networks of Lava's processes ------------------===//
//
// `lava_network.json` holds the network, its input and the spikes that the
// emulator shows; `lava_replay.py` builds it of Lava's fixed-point processes
// and compares.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Encoders/Encoders.h"
#include "compiler/Target/Cores/Encoders/LavaReplay.h"
#include "compiler/Target/Cores/Encoders/LoihiNetwork.h"
#include "runtime/emulator/FastEmulator.h"

#include <nlohmann/json.hpp>

using namespace snn::emulator;
using Json = nlohmann::ordered_json;

namespace snn::target::cores {

/// And events; more are of no use to simulators in Python.
static constexpr uint64_t MostSpikes = 4'000'000;
/// Entries of the matrices that Lava makes of all blocks.
static constexpr uint64_t MostEntries = 20'000'000;

static std::string refusal(const LoihiNetwork &network, const Image &image) {
  if (image.events.size() > MostSpikes)
    return "Lava would be given more than 4,000,000 events";
  uint64_t entries = 0;
  for (const LoihiBlock &block : network.blocks) {
    entries += network.groups[block.to].neurons.size() *
               (block.from == LoihiBlock::Inputs
                    ? image.inputs.size()
                    : network.groups[block.from].neurons.size());
    for (const LoihiBlock::Synapse &synapse : block.synapses)
      if (synapse.delay > 63)
        return "Lava has delays of 63 ticks at most";
  }
  return entries > MostEntries
             ? "Lava's matrices would have more than 20,000,000 entries"
             : "";
}

/// Spikes of each group as pairs of tick and neuron.
static bool addSpikes(const Image &image, uint32_t ticks,
                      const LoihiNetwork &network, std::vector<Json> &spikes,
                      std::string &reason) {
  std::vector<std::pair<uint32_t, uint32_t>> place(image.neurons());
  for (uint32_t g = 0; g < network.groups.size(); ++g)
    for (uint32_t i = 0; i < network.groups[g].neurons.size(); ++i)
      place[network.groups[g].neurons[i]] = {g, i};
  spikes.assign(network.groups.size(), Json::array());
  Error error = {};
  FastEmulator engine;
  bool runs = engine.create(image, error);
  uint64_t next = 0, shown = 0;
  std::vector<uint32_t> now;
  for (uint32_t tick = 0; runs && tick < ticks; ++tick) {
    now.clear();
    for (; next < image.events.size() && image.events[next].tick <= tick;
         ++next)
      now.push_back(image.events[next].line);
    runs = engine.step(now.data(), now.size(), error);
    shown += engine.spikes().size();
    if (shown > MostSpikes) {
      reason = "Lava would be compared by more than 4,000,000 spikes";
      return false;
    }
    for (uint32_t neuron : engine.spikes())
      spikes[place[neuron].first].push_back({tick, place[neuron].second});
  }
  reason = error.message;
  return runs;
}

Encoded encodeLava(const Image &image, const lang::checked::Chip &chip,
                   uint32_t ticks) {
  std::variant<LoihiNetwork, std::string> read = readLoihiNetwork(image, chip);
  if (const std::string *reason = std::get_if<std::string>(&read))
    return *reason;
  const LoihiNetwork &network = std::get<LoihiNetwork>(read);
  std::string reason = refusal(network, image);
  std::vector<Json> spikes;
  if (!reason.empty() || !addSpikes(image, ticks, network, spikes, reason))
    return reason;
  Json json = {{"chip", chip.name},
               {"ticks", ticks},
               {"inputs", image.inputs.size()},
               {"events", Json::array()},
               {"groups", Json::array()},
               {"blocks", Json::array()}};
  for (const InputEvent &event : image.events)
    json["events"].push_back({event.tick, event.line});
  for (size_t g = 0; g < network.groups.size(); ++g) {
    const LoihiGroup &group = network.groups[g];
    json["groups"].push_back({{"name", group.name},
                              {"du", group.du},
                              {"dv", group.dv},
                              {"vth", group.vth},
                              {"bias", group.bias},
                              {"u", group.u},
                              {"v", group.v},
                              {"neurons", group.neurons},
                              {"spikes", std::move(spikes[g])}});
  }
  for (const LoihiBlock &block : network.blocks) {
    Json one = {
        {"from", block.from == LoihiBlock::Inputs ? Json() : Json(block.from)},
        {"to", block.to},
        {"exponent", block.exponent},
        {"source", Json::array()},
        {"target", Json::array()},
        {"weight", Json::array()},
        {"delay", Json::array()}};
    for (const LoihiBlock::Synapse &synapse : block.synapses) {
      one["source"].push_back(synapse.source);
      one["target"].push_back(synapse.target);
      one["weight"].push_back(synapse.weight);
      one["delay"].push_back(synapse.delay);
    }
    json["blocks"].push_back(std::move(one));
  }
  return std::vector<EncodedFile>{{"lava_network.json", json.dump() + "\n"},
                                  {"lava_replay.py", LavaReplay}};
}

} // namespace snn::target::cores
