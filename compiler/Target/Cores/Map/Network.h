//===- Network.h - A network as chips can have it ---------------*- C++ -*-===//
//
// What is left of a model when its equations are those of the one neuron that
// current-based chips compute: a leaky sum of currents that decay, or of jumps;
// a threshold; a reset; a dead time. In numbers of the model, in steps;
// potentials count from where a spike resets them to. Or, where the chip's
// neurons are programmed by the network, whole numbers and programs.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_MAP_NETWORK_H
#define SNN_COMPILER_TARGET_CORES_MAP_NETWORK_H

#include "compiler/Target/Cores/Map/Rows.h"
#include "lang/Chips/Chips.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace snn::target::cores {

/// Why something cannot be mapped, in the user's words.
struct Refusal {
  std::string code; // "E0821"
  std::string message, help;
  std::string place; // "model.snn:12", or empty
};

/// Where spikes arrive at a neuron.
struct Port {
  std::string name;
  /// Weights add to a current that acts from the next step on; else to the
  /// potential, at once.
  bool isCurrent = false;
  uint32_t receptor = 0; // of the chip's neurons; and which of the currents
  /// What a weight of one adds to the potential: at once, or in the first step
  /// of the current.
  double gain = 0;
};

struct Population {
  std::string name, place;
  std::string potential;        // the state
  uint32_t first = 0, size = 0; // neurons, numbered through all populations
  /// What is left of the potential and of each current after a step.
  double keepPotential = 1;
  std::vector<double> keepCurrents;
  double bias = 0; // added in each step
  double threshold = 0;
  bool subtracts = false; // a spike takes the threshold off
  double origin = 0;      // potential of the model at which ours is zero
  uint32_t refractory = 0;
  std::vector<Port> ports;
  // Of a neuron that is programmed: what the registers and the parameters after
  // the first are, and the first, the number of its program.
  std::vector<std::string> states;
  std::vector<std::vector<double>> parameters; // of each neuron, or one for all
  int64_t program = 0;
  std::vector<std::vector<double>> initial; // of each state, by neuron
  bool hasCurrent() const { return !keepCurrents.empty(); }
};

/// A population outside of the chip.
struct Source {
  std::string name;
  uint32_t first = 0, size = 0; // lines, numbered through all sources
};

/// Poisson input to neurons of a population: a line for each of them, from the
/// first on.
struct Drive {
  std::string path;
  uint32_t target = 0, port = 0; // a population, and a port of it
  uint32_t first = 0, size = 0;  // lines, after those of all sources
};

/// The projection at this place in the list of the model's.
struct Wiring {
  std::string path, place;
  bool fromSource = false;
  uint32_t source = 0, target = 0; // populations or sources
  uint32_t port = 0;               // of the target
};

struct Edge {
  double weight;   // of a potential, or of a current's first step
  uint32_t target; // a neuron
  uint16_t delay;  // ticks beyond that of the next
  uint8_t receptor = 0;
};

/// Puts edges into the rows of their sources: all are counted, then all are
/// added, in any order.
class EdgeFiller {
public:
  explicit EdgeFiller(uint32_t numSources) : next(numSources + uint64_t{2}) {}

  void count(uint32_t source) { ++next[source + uint64_t{2}]; }
  /// Between the last count() and the first add().
  void reserve();
  void add(uint32_t source, const Edge &edge) {
    edges[next[source + uint64_t{1}]++] = edge;
  }
  uint64_t size() const { return edges.size(); }
  /// Sorted by target and delay; those that agree in these and in the receptor
  /// are one, with the sum of their weights.
  Rows<Edge> finish();

private:
  /// Where the next edge of a source goes, one place on: in the end, where the
  /// rows begin.
  std::vector<uint64_t> next;
  std::vector<Edge> edges;
};

/// The rows of a list: source and edge.
Rows<Edge> inRows(uint32_t numSources,
                  std::span<const std::pair<uint32_t, Edge>> list);

/// Those that replace a chip's, for all populations.
struct Programs {
  std::vector<lang::checked::ChipStep> onSynapse, onTick;
};

struct Network {
  double step = 0; // ms
  std::vector<Population> populations;
  std::vector<Source> sources;
  std::vector<Wiring> wiring;
  std::vector<Drive> drives;
  Rows<Edge> edges;               // of each neuron, then of each line
  std::vector<double> potentials; // of neurons at the start
  uint32_t numNeurons = 0, numLines = 0;
  std::optional<Programs> programs;

  const Population &of(uint32_t neuron) const {
    size_t i = populations.size() - 1;
    while (populations[i].first > neuron)
      --i;
    return populations[i];
  }
};

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_MAP_NETWORK_H
