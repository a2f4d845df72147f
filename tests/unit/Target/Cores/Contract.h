//===- Contract.h - Mapped networks do what unmapped ones do ----*- C++ -*-===//
//
// The network in codes, interpreted without cores, and both engines on its
// image show the same spikes and potentials, tick by tick; and the verifier,
// which shares no code with the mapper, finds nothing.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TESTS_UNIT_TARGET_CORES_CONTRACT_H
#define SNN_TESTS_UNIT_TARGET_CORES_CONTRACT_H

#include "Mapped.h"
#include "Unmapped.h"

#include "compiler/Target/Cores/Verify/Stands.h"
#include "compiler/Target/Cores/Verify/Verify.h"
#include "runtime/emulator/Emulator.h"
#include "runtime/emulator/FastEmulator.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

struct Shown {
  uint64_t spikes = 0, silent = 0;
};

/// Copies, replicas and relays.
inline std::vector<snn::target::cores::Stand> standsIn(const Mapped &mapped) {
  std::vector<snn::target::cores::Stand> stands;
  const auto &mapping = mapped.mapping;
  for (uint32_t n = 0; n < mapping.place.size(); ++n)
    if (mapping.isHelper(n) || mapping.copies[n] > 1)
      stands.push_back({mapping.place[n], mapping.copies[n],
                        mapping.place[mapping.root(n)], mapping.isRelay(n)});
  return stands;
}

/// Runs the network without cores, and its image on both engines.
inline void holdContract(const snn::lang::checked::Chip &chip,
                         const Mapped &mapped, uint32_t seed, Shown &shown) {
  using namespace snn;
  using namespace snn::target::cores;
  const Network &network = mapped.network;
  std::vector<std::string> broken = verifyImage(mapped.image, chip);
  ASSERT_TRUE(broken.empty()) << broken.front();
  broken = verifyStands(mapped.image, standsIn(mapped));
  ASSERT_TRUE(broken.empty()) << broken.front();
  std::map<uint32_t, uint32_t> meaning;
  for (uint32_t n = 0; n < network.numNeurons; ++n)
    meaning[mapped.mapping.place[n]] = n;
  auto v = static_cast<uint32_t>(findRegister(chip, "v"));
  bool ordered = chip.words.at("timing") == "events";
  emulator::Error error = {};
  emulator::Emulator engine;
  emulator::FastEmulator fast;
  ASSERT_TRUE(engine.create(mapped.image, error));
  ASSERT_TRUE(fast.create(mapped.image, error));
  Unmapped reference(mapped.coded, chip);
  std::mt19937 random(seed + 1000);
  for (int t = 0; t < 60; ++t) {
    std::vector<uint32_t> lines, got;
    for (uint32_t line = 0; line < network.numLines; ++line)
      if (random() % 4 == 0)
        lines.push_back(line);
    ASSERT_TRUE(engine.step(lines.data(), lines.size(), error));
    ASSERT_TRUE(fast.step(lines.data(), lines.size(), error));
    ASSERT_TRUE(std::ranges::equal(engine.spikes(), fast.spikes()));
    for (uint32_t neuron : engine.spikes())
      if (meaning.contains(neuron))
        got.push_back(meaning[neuron]);
    std::vector<uint32_t> want = reference.step(lines);
    // Cores fire in the order of their numbers; on one core order counts.
    if (!ordered)
      std::sort(got.begin(), got.end());
    ASSERT_EQ(got, want) << "tick " << t;
    for (uint32_t n = 0; n < network.numNeurons; ++n) {
      uint32_t place = mapped.mapping.place[n];
      ASSERT_EQ(engine.state(place, v), reference.potential(n))
          << "tick " << t << " neuron " << n;
      ASSERT_EQ(fast.state(place, v), reference.potential(n))
          << "tick " << t << " neuron " << n;
    }
    shown.spikes += got.size();
    shown.silent += network.numNeurons - got.size();
  }
  ASSERT_TRUE(engine.counters() == fast.counters());
}

#endif // SNN_TESTS_UNIT_TARGET_CORES_CONTRACT_H
