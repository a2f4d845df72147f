//===- Settings.cpp - What a chip's declaration can say -------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "lang/Chips/Settings.h"

namespace snn::lang {

const std::vector<ChipSetting> &chipSettings() {
  using enum ChipSetting::Form;
  using Topic = ChipSetting::Topic;
  constexpr auto Acts = Topic::Behaviour, Mesh = Topic::Mesh,
                 Core = Topic::Core, Numbers = Topic::Numbers,
                 Energy = Topic::Energy, Times = Topic::Time;
  static const std::vector<ChipSetting> All = {
      {"timing",
       Word,
       Acts,
       "spikes of a tick act in a later one, or, as events, within it",
       {"synchronous", "events"},
       true},
      {"delivery",
       Word,
       Acts,
       "events act one by one, or a tick's events add up",
       {"each", "sum"},
       true},
      {"merge",
       Word,
       Acts,
       "every event on an axon in a tick acts, or they are one",
       {"every", "once"}},
      {"weights",
       Word,
       Acts,
       "of each synapse, or from the neuron's table by the axon's type",
       {"direct", "table"},
       true},
      {"routers", Word, Mesh, "how routers are numbered", {"rows", "columns"}},
      {"axon_source",
       Word,
       Acts,
       "what may send to an axon: anything, or the neuron it belongs to",
       {"any", "neuron"}},
      {"programs",
       Word,
       Acts,
       "what neurons do: as declared here, or what the network's neurons do",
       {"declared", "network"}},
      {"encoding",
       Word,
       Acts,
       "the files for the chip's own tools",
       {"none", "lava", "loihi", "ranc", "sanafe", "tinyodin"}},
      {"columns", Count, Mesh, "routers from left to right", {}, true},
      {"rows", Count, Mesh, "routers from top to bottom", {}, true},
      {"cores_per_router", Count, Mesh, "cores at each router", {}, false, 1},
      {"queue", Count, Acts, "events that wait in a core at most"},
      {"receptors",
       Count,
       Acts,
       "kinds of synapses that neurons tell apart",
       {},
       false,
       1},
      {"program_steps", Limit, Acts,
       "steps of each program that a network brings"},
      {"neurons", Count, Core, "neurons of a core", {}, true},
      {"axons", Limit, Core, "axons that arrive at a core", {}, true},
      {"routes", Limit, Core, "axons that a neuron sends to", {}, true},
      {"core_routes", Limit, Core, "routes that leave a core", {}, true},
      {"synapses", Limit, Core, "synapses of a core", {}, true},
      {"synapse_bits", Limit, Core, "bits of a core's synapses", {}, true},
      {"bits_per_synapse", Count, Core, "of these, what a synapse takes"},
      {"bits_per_axon", Count, Core, "and what an axon takes beside it"},
      {"weight_low", Count, Numbers, "least weight", {}, true},
      {"weight_high", Count, Numbers, "greatest weight", {}, true},
      {"weight_step",
       Count,
       Numbers,
       "weights are multiples of it",
       {},
       false,
       1},
      {"weight_types", Count, Numbers, "weights in the table of a neuron"},
      {"exponent_low", Count, Numbers, "least power of two on weights"},
      {"exponent_high", Count, Numbers, "greatest power of two on weights"},
      {"route_delay",
       Limit,
       Numbers,
       "ticks beyond the next that a route adds",
       {},
       true},
      {"synapse_delay",
       Limit,
       Numbers,
       "ticks beyond the next that a synapse adds",
       {},
       true},
      {"cost_synapse", Cost, Energy, "a synaptic operation"},
      {"cost_access", Cost, Energy, "a look at a neuron in a tick"},
      {"cost_update", Cost, Energy, "a neuron whose state changes"},
      {"cost_spike", Cost, Energy, "a neuron that spikes"},
      {"cost_message", Cost, Energy, "a message that leaves a core"},
      {"cost_hop_x", Cost, Energy, "a link to the left or right"},
      {"cost_hop_y", Cost, Energy, "a link up or down"},
      {"time_synapse", Time, Times, "a synaptic operation"},
      {"time_access", Time, Times, "a look at a neuron in a tick"},
      {"time_update", Time, Times, "a neuron whose state changes"},
      {"time_spike", Time, Times, "a neuron that spikes"},
      {"time_message", Time, Times, "a message that leaves a core"},
      {"time_hop_x", Time, Times, "a link to the left or right"},
      {"time_hop_y", Time, Times, "a link up or down"},
      {"time_barrier", Time, Times, "what ends a tick"},
  };
  return All;
}

std::string_view chipParameterMeaning(std::string_view name) {
  static constexpr std::pair<std::string_view, std::string_view> Meanings[] = {
      {"program", "which of the network's neurons it is"},
      {"decay_u", "how fast the current decays"},
      {"decay_u_1", "how fast that of the second receptor decays"},
      {"decay_v", "how fast the potential decays"},
      {"bias", "what each tick adds to the potential"},
      {"leak", "what each tick takes off the potential, towards zero"},
      {"threshold", "of the potential, for a spike"},
      {"threshold_low", "under which the potential is reset without a spike"},
      {"reset", "the potential after a spike"},
      {"reset_mode", "1: a spike takes the threshold off instead"},
      {"refractory", "ticks for which a spike holds the potential"}};
  for (const auto &[parameter, meaning] : Meanings)
    if (parameter == name)
      return meaning;
  return "";
}

} // namespace snn::lang
