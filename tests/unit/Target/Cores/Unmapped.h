//===- Unmapped.h - Coded networks without any core -------------*- C++ -*-===//
//
// What a network in a chip's codes means, from the chip's published equations
// alone: one array of neurons, no axons, no routes, no programs. Mapping and
// emulator must show the same spikes and potentials.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TESTS_UNIT_TARGET_CORES_UNMAPPED_H
#define SNN_TESTS_UNIT_TARGET_CORES_UNMAPPED_H

#include "compiler/Target/Cores/Map/Quantize.h"

#include <algorithm>
#include <deque>
#include <map>
#include <vector>

class Unmapped {
public:
  using Coded = snn::target::cores::CodedNetwork;
  using Chip = snn::lang::checked::Chip;

  Unmapped(const Coded &net, const Chip &chip)
      : net(net), chip(chip), u(net.numNeurons), second(net.numNeurons),
        v(net.numNeurons), rest(net.numNeurons) {
    size_t registers = chip.registers.size();
    for (size_t r = 0; r < registers; ++r)
      for (uint32_t n = 0; n < net.numNeurons && chip.registers[r].name == "v";
           ++n)
        v[n] = net.initial[n * registers + r];
    rows.resize(net.numNeurons + net.numLines);
    for (uint32_t source = 0; source < net.edges.numRows(); ++source)
      for (const auto &edge : net.edges[source])
        rows[source].push_back(&edge);
  }

  /// Neurons that spike in this tick, in order; `lines` are presented in it.
  std::vector<uint32_t> step(const std::vector<uint32_t> &lines) {
    fired.clear();
    if (chip.words.at("timing") == "events") {
      for (uint32_t line : lines) {
        row(net.numNeurons + line);
        drain();
      }
      for (uint32_t n = 0; n < net.numNeurons; ++n) {
        int64_t leak = of(n, "leak");
        v[n] = v[n] < 0 ? std::min<int64_t>(v[n] + leak, 0)
                        : std::max<int64_t>(v[n] - leak, 0);
        test(n);
      }
      drain();
    } else {
      for (uint32_t line : lines)
        send(net.numNeurons + line, 0);
      Sums sums = std::move(due[tick]);
      due.erase(tick);
      // Axons of other types are no other receptors.
      bool table = chip.words.at("weights") == "table";
      for (uint32_t n = 0; n < net.numNeurons; ++n) {
        int64_t first = 0, other = 0;
        for (auto at = sums.lower_bound({n, 0});
             at != sums.end() && at->first.first == n; ++at)
          (table || at->first.second == 0 ? first : other) += at->second;
        update(n, first, other);
      }
      for (uint32_t n : fired)
        send(n, 1);
    }
    ++tick;
    return fired;
  }
  int64_t potential(uint32_t n) const { return v[n]; }

private:
  const Coded &net;
  const Chip &chip;
  std::vector<int64_t> u, second, v, rest;
  std::vector<std::vector<const snn::target::cores::CodedEdge *>> rows;
  /// By neuron and type.
  using Sums = std::map<std::pair<uint32_t, uint8_t>, int64_t>;
  std::map<uint64_t, Sums> due;
  std::vector<uint32_t> fired;
  std::deque<uint32_t> queue;
  uint64_t tick = 0;

  int64_t of(uint32_t n, const char *name) const {
    for (size_t i = 0; i < chip.parameters.size(); ++i)
      if (chip.parameters[i].name == name)
        return net.parameters[n * chip.parameters.size() + i];
    return 0;
  }
  void send(uint32_t source, uint64_t early) {
    for (const auto *edge : rows[source])
      due[tick + early + edge->delay][{edge->target, edge->type}] +=
          edge->weight;
  }
  /// What a register of the chip keeps of a value.
  int64_t kept(const char *name, int64_t value) const {
    for (const auto &one : chip.registers) {
      if (one.name != name)
        continue;
      int64_t period = one.high - one.low + 1;
      while (one.wraps && value > one.high)
        value -= period;
      while (one.wraps && value < one.low)
        value += period;
      return std::clamp(value, one.low, one.high);
    }
    return value;
  }
  static int64_t decayed(int64_t x, int64_t rest, int64_t whole) {
    int64_t magnitude = (x < 0 ? -x : x) * rest / whole;
    return x < 0 ? -magnitude : magnitude;
  }

  void update(uint32_t n, int64_t input, int64_t other) {
    int64_t threshold = of(n, "threshold"), bias = of(n, "bias");
    if (chip.name == "ranc_256" || chip.name == "truenorth") {
      v[n] = kept("v", v[n] + input + bias);
      if (v[n] >= threshold) {
        v[n] = of(n, "reset_mode") ? v[n] - threshold : of(n, "reset");
        fired.push_back(n);
      }
      return;
    }
    bool wide = chip.name == "generic_mesh";
    if (wide) {
      u[n] = kept("u", decayed(u[n], 65536 - of(n, "decay_u"), 65536) + input);
      second[n] = kept(
          "u_1", decayed(second[n], 65536 - of(n, "decay_u_1"), 65536) + other);
    } else
      u[n] =
          kept("u", decayed(u[n], 4095 - of(n, "decay_u"), 4096) + input * 64);
    if (rest[n]) {
      --rest[n];
      return;
    }
    int64_t whole = wide ? 65536 : 4096;
    v[n] = kept("v", decayed(v[n], whole - of(n, "decay_v"), whole) + u[n] +
                         second[n] + bias);
    if (wide ? v[n] >= threshold : v[n] > threshold * 64) {
      v[n] = of(n, "reset_mode") ? v[n] - threshold : 0;
      rest[n] = of(n, "refractory");
      fired.push_back(n);
    }
  }

  void test(uint32_t n) {
    if (v[n] < 0 || v[n] < of(n, "threshold"))
      return;
    v[n] = 0;
    fired.push_back(n);
    if (!rows[n].empty())
      queue.push_back(n);
  }
  void row(uint32_t source) {
    // In the order of neurons.
    for (const auto *edge : rows[source]) {
      v[edge->target] =
          std::clamp<int64_t>(v[edge->target] + edge->weight, -2048, 2047);
      test(edge->target);
    }
  }
  void drain() {
    for (; !queue.empty(); queue.pop_front())
      row(queue.front());
  }
};

#endif // SNN_TESTS_UNIT_TARGET_CORES_UNMAPPED_H
