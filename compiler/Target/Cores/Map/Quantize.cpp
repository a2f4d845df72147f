//===- Quantize.cpp - From numbers of a model to codes of a chip ----------===//
//
// One population after the other: what the chip cannot compute is refused
// first, then come the scale, which is chosen by a sample of the weights where
// there are many, the table, and the codes of the neuron. Last, all weights are
// coded in one pass.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Map/Quantize.h"

#include "compiler/Target/Cores/Map/WeightTable.h"

#include <algorithm>
#include <cmath>

namespace snn::target::cores {

namespace {

class Quantizer {
public:
  Quantizer(const Network &network, const lang::checked::Chip &chip)
      : network(network), chip(chip), probe(chip) {}
  std::variant<CodedNetwork, Refusal> run();

private:
  const Network &network;
  const lang::checked::Chip &chip;
  Probe probe;
  CodedNetwork coded;
  double gain = 1, biasGain = 1;
  int64_t weightStep = 1, weightTypes = 0;
  double mostCode = 0;        // of a weight of either sign
  std::vector<double> scales; // of each population
  std::vector<std::vector<int16_t>> tables;

  int64_t limit(const char *name) const { return chip.numbers.at(name); }
  /// Calls visit(edge) for those that end in the population, by source.
  template <typename Visit>
  void forEachInto(const Population &population, Visit visit) const;
  std::string quoted(const std::string &name) const { return "`" + name + "`"; }
  Refusal refuse(const Population &population, const std::string &why,
                 const std::string &help) const {
    return {"E0821",
            quoted(population.name) + " cannot be expressed on " +
                quoted(chip.name) + ": " + why,
            help, population.place};
  }
  std::optional<Refusal> check(const Population &population) const;
  /// Of what arrives at a population, where `most` is its largest weight.
  struct Weights {
    double most = 0;
    std::vector<double> sample; // all, or every so many
  };
  Weights weightsInto(const Population &population) const;
  bool fits(const Population &population, double scale, double most) const;
  std::optional<double> commonScale(const Population &population,
                                    const Weights &weights) const;
  double weightError(const Weights &weights, double scale) const;
  double chooseScale(const Population &population,
                     const Weights &weights) const;
  std::optional<Refusal> quantize(size_t index);
  std::optional<Refusal> codeNeurons(size_t index, double scale);
  void chooseTableOf(size_t index);
  void codeWeights();

  /// The code of a weight, and how much of it is one unit of potential.
  int64_t code(double weight, double scale) const {
    auto step = static_cast<double>(weightStep);
    return static_cast<int64_t>(std::nearbyint(weight * scale / gain / step) *
                                step);
  }
};

/// Weights by which the scale of a population is chosen; of more, every second,
/// third and so on.
constexpr uint64_t MostWeights = uint64_t{1} << 18;

} // namespace

template <typename Visit>
void Quantizer::forEachInto(const Population &p, Visit visit) const {
  auto isBefore = [](const Edge &edge, uint32_t target) {
    return edge.target < target;
  };
  for (uint32_t source = 0; source < network.edges.numRows(); ++source) {
    std::span<const Edge> row = network.edges[source];
    auto edge = std::lower_bound(row.begin(), row.end(), p.first, isBefore);
    for (; edge != row.end() && edge->target < p.first + p.size; ++edge)
      visit(*edge);
  }
}

Quantizer::Weights Quantizer::weightsInto(const Population &p) const {
  Weights weights;
  uint64_t count = 0;
  forEachInto(p, [&](const Edge &edge) {
    ++count;
    weights.most = std::max(weights.most, std::abs(edge.weight));
  });
  uint64_t step = 1 + (count - (count > 0)) / MostWeights, left = 0;
  forEachInto(p, [&](const Edge &edge) {
    if (left == 0)
      weights.sample.push_back(edge.weight);
    left = (left == 0 ? step : left) - 1;
  });
  return weights;
}

/// What the chip's neuron does not have, if this population needs it.
std::optional<Refusal> Quantizer::check(const Population &p) const {
  auto lacks = [&](bool needs, const char *parameter) {
    return needs && !probe.has(parameter);
  };
  if (lacks(p.keepPotential != 1, "decay_v"))
    return refuse(p, "its potential leaks in proportion to itself",
                  "a chip with `decay_v`, such as `loihi1`, or a neuron that "
                  "does not leak");
  if (p.hasCurrent() && countCurrents(chip) == 0)
    return refuse(p, "its synapses are currents that last",
                  "a chip with `decay_u`, such as `loihi1`, or weights that "
                  "add to the potential at once");
  if (lacks(p.bias != 0, "bias"))
    return refuse(p, "something is added to its potential in each step",
                  "a chip with `bias`, such as `ranc_256`");
  if (lacks(p.subtracts, "reset_mode"))
    return refuse(p, "a spike takes the threshold off its potential",
                  "a reset to a value, or a chip with `reset_mode`, such as "
                  "`ranc_256`");
  if (lacks(p.refractory != 0, "refractory"))
    return refuse(
        p, "it is refractory for " + std::to_string(p.refractory) + " steps",
        "a chip with `refractory`, such as `loihi1`, or no "
        "refractory time");
  if (p.refractory && p.refractory > probe.high("refractory"))
    return refuse(p,
                  "it is refractory for " + std::to_string(p.refractory) +
                      " steps; the chip counts to " +
                      std::to_string(probe.high("refractory")),
                  "a longer step");
  return std::nullopt;
}

/// Whether thresholds, biases and potentials stay within their registers and
/// parameters; weights of `most` within their codes.
bool Quantizer::fits(const Population &p, double scale, double most) const {
  auto v = static_cast<size_t>(findRegister(chip, "v"));
  auto room = static_cast<double>(chip.registers[v].high);
  double level = p.threshold * scale;
  if (most * scale / gain > mostCode || level > room)
    return false;
  std::optional<int64_t> code = probe.threshold(std::llround(level));
  if (!code ||
      (*code == probe.high("threshold") &&
       static_cast<double>(probe.firingLevel(*code)) < level * (1 - 1e-9)))
    return false;
  if (p.bias == 0)
    return true;
  double bias = p.bias * scale / biasGain;
  return bias >= static_cast<double>(probe.low("bias")) &&
         bias <= static_cast<double>(probe.high("bias"));
}

/// A scale at which all weights, the threshold and the bias are whole codes.
std::optional<double> Quantizer::commonScale(const Population &p,
                                             const Weights &weights) const {
  std::vector<double> values = {p.threshold / gain, p.bias / gain};
  for (double weight : weights.sample) {
    values.push_back(weight / static_cast<double>(weightStep) / gain);
    // Sorted out below; more cannot be codes of one another.
    if (values.size() > 4096)
      break;
  }
  // Euclid's algorithm, for values that decimal fractions only come close to.
  double unit = 0;
  for (double value : values) {
    double a = std::abs(value), b = unit;
    if (a == 0)
      continue;
    double noise = 1e-7 * std::max(a, unit);
    while (b > noise) {
      double rest = std::fmod(a, b);
      if (b - rest < noise)
        rest = 0;
      a = b;
      b = rest;
    }
    unit = a;
  }
  if (unit == 0)
    return std::nullopt;
  // `unit` is measured in codes of scale one.
  double scale = 1 / unit;
  return fits(p, scale, weights.most) ? std::optional(scale) : std::nullopt;
}

double Quantizer::weightError(const Weights &weights, double scale) const {
  double error = 0, total = 0;
  for (double weight : weights.sample) {
    double made = static_cast<double>(code(weight, scale)) * gain / scale;
    error += (made - weight) * (made - weight);
    total += weight * weight;
  }
  return total > 0 ? std::sqrt(error / total) : 0;
}

/// Zero if no scale fits.
double Quantizer::chooseScale(const Population &p,
                              const Weights &weights) const {
  double most = weights.most;
  auto v = static_cast<size_t>(findRegister(chip, "v"));
  // Four times the threshold is left for what comes at once.
  double largest =
      static_cast<double>(chip.registers[v].high) / 4 / p.threshold;
  if (most > 0)
    largest = std::min(largest, mostCode * gain / most);
  if (std::optional<double> exact = commonScale(p, weights);
      exact && weightError(weights, *exact) < 1e-6) {
    // What decays is rounded in every tick, by less the larger the scale is.
    bool decays =
        p.hasCurrent() || (p.keepPotential != 0 && p.keepPotential != 1);
    double fit = 1, times = decays ? std::floor(largest / *exact) : 1;
    while (times > fit) {
      double half = std::ceil((fit + times) / 2);
      if (fits(p, half * *exact, most))
        fit = half;
      else
        times = half - 1;
    }
    return fit * *exact;
  }
  double best = 0, least = INFINITY;
  constexpr int Tried = 96; // an eighth of an octave each
  for (int i = 0; i < Tried; ++i) {
    double scale = largest * std::exp2(-i / 8.0);
    if (!fits(p, scale, most))
      continue;
    double level = p.threshold * scale;
    auto fires = static_cast<double>(
        probe.firingLevel(*probe.threshold(std::llround(level))));
    double lost = weightError(weights, scale);
    // Weights of which most is rounded away are not these weights.
    if (lost > 0.5)
      continue;
    double error = lost + std::abs(fires - level) / level;
    if (error < least) {
      least = error;
      best = scale;
    }
  }
  return best;
}

std::optional<Refusal> Quantizer::codeNeurons(size_t index, double scale) {
  const Population &p = network.populations[index];
  Loss &loss = coded.losses[index];
  std::vector<int64_t> parameters = probe.neutral();
  auto set = [&](const char *name, int64_t value) {
    parameters[static_cast<size_t>(findParameter(chip, name))] = value;
  };
  int64_t level = std::llround(p.threshold * scale);
  int64_t threshold = *probe.threshold(level);
  set("threshold", threshold);
  // What a grid of weights cannot tell apart is no error: a level is met by the
  // next sum of weights.
  auto grain = static_cast<double>(limit("weight_step")) * gain;
  double met =
      std::ceil(static_cast<double>(probe.firingLevel(threshold)) / grain) *
      grain;
  loss.threshold = std::abs(met - p.threshold * scale) / (p.threshold * scale);
  if (loss.threshold < 1e-9)
    loss.threshold = 0;
  if (probe.has("decay_v")) {
    Probe::Decay decay = probe.decay("decay_v", p.keepPotential);
    set("decay_v", decay.code);
    loss.decay = std::abs(decay.keep - p.keepPotential);
  }
  for (unsigned i = 0; i < countCurrents(chip); ++i) {
    double keep = i < p.keepCurrents.size() ? p.keepCurrents[i] : 0;
    std::string parameter = "decay_" + currentName(i);
    Probe::Decay decay = probe.decay(parameter, keep);
    set(parameter.c_str(), decay.code);
    loss.decayCurrent =
        std::max(loss.decayCurrent, std::abs(decay.keep - keep));
  }
  if (p.bias != 0) {
    double bias = p.bias * scale / biasGain;
    set("bias", std::llround(bias));
    loss.bias = std::abs(std::nearbyint(bias) - bias) / std::abs(bias);
    if (loss.bias < 1e-9)
      loss.bias = 0;
  }
  if (p.subtracts)
    set("reset_mode", 1);
  if (p.refractory)
    set("refractory", p.refractory);
  auto v = static_cast<size_t>(findRegister(chip, "v"));
  for (uint32_t i = 0; i < p.size; ++i) {
    for (int64_t value : parameters)
      coded.parameters.push_back(static_cast<int32_t>(value));
    double potential = (network.potentials[p.first + i] - p.origin) * scale;
    auto whole = static_cast<int64_t>(std::nearbyint(potential));
    if (whole < chip.registers[v].low || whole > chip.registers[v].high)
      return refuse(p, "its potential at the start is beyond the register",
                    "an initial potential nearer to the reset");
    for (size_t r = 0; r < chip.registers.size(); ++r)
      coded.initial.push_back(static_cast<int32_t>(r == v ? whole : 0));
  }
  return std::nullopt;
}

/// By all weights, as types are few.
void Quantizer::chooseTableOf(size_t index) {
  const Population &p = network.populations[index];
  std::vector<int16_t> codes;
  forEachInto(p, [&](const Edge &edge) {
    codes.push_back(static_cast<int16_t>(code(edge.weight, scales[index])));
  });
  auto types = static_cast<size_t>(weightTypes);
  tables[index] = chooseTable(codes, types);
  std::vector<int16_t> whole = tables[index];
  whole.resize(types);
  for (uint32_t i = 0; i < p.size; ++i)
    coded.tables.insert(coded.tables.end(), whole.begin(), whole.end());
}

/// What became nothing is nothing, and left out.
void Quantizer::codeWeights() {
  size_t count = network.populations.size();
  std::vector<double> error(count), total(count);
  coded.edges.reserve(network.edges.numRows(), network.edges.size());
  for (uint32_t source = 0; source < network.edges.numRows(); ++source) {
    size_t index = 0; // as edges are sorted by target
    for (const Edge &edge : network.edges[source]) {
      while (index + 1 < count &&
             network.populations[index + 1].first <= edge.target)
        ++index;
      CodedEdge made = {edge.target,
                        static_cast<int16_t>(code(edge.weight, scales[index])),
                        edge.receptor, edge.delay};
      if (weightTypes) {
        made.type = nearestEntry(tables[index], made.weight);
        made.weight = tables[index][made.type];
      }
      double real = made.weight * gain / scales[index];
      error[index] += (real - edge.weight) * (real - edge.weight);
      total[index] += edge.weight * edge.weight;
      if (made.weight != 0)
        coded.edges.push(made);
    }
    coded.edges.endRow();
  }
  for (size_t i = 0; i < count; ++i)
    if (double lost = total[i] > 0 ? std::sqrt(error[i] / total[i]) : 0;
        lost >= 1e-6)
      coded.losses[i].weights = lost;
}

std::optional<Refusal> Quantizer::quantize(size_t index) {
  const Population &p = network.populations[index];
  if (std::optional<Refusal> refusal = check(p))
    return refusal;
  double scale = chooseScale(p, weightsInto(p));
  if (scale == 0)
    return refuse(p, "no scale makes weights, threshold and bias fit together",
                  "a threshold nearer to the weights, or a chip with wider "
                  "numbers");
  coded.losses[index].scale = scales[index] = scale;
  if (weightTypes)
    chooseTableOf(index);
  return codeNeurons(index, scale);
}

std::variant<CodedNetwork, Refusal> Quantizer::run() {
  for (const char *needed : {"v"})
    if (findRegister(chip, needed) < 0)
      return Refusal{"E0821",
                     quoted(chip.name) + " has no register `" + needed +
                         "`, which holds potentials",
                     "name it so in the declaration", ""};
  if (!probe.has("threshold"))
    return Refusal{"E0821", quoted(chip.name) + " has no parameter `threshold`",
                   "name it so in the declaration", ""};
  gain = probe.weightGain();
  if (probe.has("bias"))
    biasGain = probe.biasGain();
  if (!(gain > 0) || !(biasGain > 0))
    return Refusal{"E0821",
                   quoted(chip.name) +
                       " does not add weights or biases to its potential",
                   "see how its `on tick` uses `input` and `bias`", ""};
  coded.numNeurons = network.numNeurons;
  coded.numLines = network.numLines;
  weightStep = limit("weight_step");
  weightTypes = limit("weight_types");
  mostCode =
      static_cast<double>(std::min(limit("weight_high"), -limit("weight_low")));
  coded.losses.resize(network.populations.size());
  scales.resize(network.populations.size());
  tables.resize(network.populations.size());
  for (size_t i = 0; i < network.populations.size(); ++i)
    if (std::optional<Refusal> refusal = quantize(i))
      return *refusal;
  codeWeights();
  return std::move(coded);
}

std::variant<CodedNetwork, Refusal> quantize(const Network &network,
                                             const lang::checked::Chip &chip) {
  return Quantizer(network, chip).run();
}

} // namespace snn::target::cores
