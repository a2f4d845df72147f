//===- EncodersTest.cpp - What the chips' own tools would read ------------===//
//
// A reader of each format, written from the format alone, rebuilds the chip's
// memories and runs the chip's equations on them: the spikes must be those of
// the emulator on the image.
//
//===----------------------------------------------------------------------===//
#include "Declared.h"
#include "Mapped.h"
#include "RandomNetwork.h"

#include "compiler/Target/Cores/Encoders/Encoders.h"
#include "runtime/emulator/Emulator.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <deque>
#include <map>
#include <set>
#include <sstream>

using namespace snn;
using namespace snn::target::cores;
using Json = nlohmann::json;

namespace {

constexpr uint32_t Ticks = 60;

/// With events for the experiment.
void map(const lang::checked::Chip &chip, const Taste &taste,
         emulator::Image &image) {
  Mapped mapped = mapNetwork(chip, drawNetwork(taste, 3));
  ASSERT_EQ(mapped.refused, "");
  image = std::move(mapped.image);
  std::mt19937 random(5);
  for (uint32_t t = 0; t < Ticks; ++t)
    for (uint32_t line = 0; line < taste.lines; ++line)
      if (random() % 4 == 0) {
        ASSERT_TRUE(image.events.push({t, line}));
      }
}

/// Spikes of each tick, as numbers of neurons in the image.
std::vector<std::vector<uint32_t>> emulate(const emulator::Image &image,
                                           uint64_t *messages = nullptr) {
  emulator::Emulator engine;
  emulator::Error error = {};
  EXPECT_TRUE(engine.create(image, error));
  std::vector<std::vector<uint32_t>> all;
  uint64_t next = 0;
  for (uint32_t t = 0; t < Ticks; ++t) {
    std::vector<uint32_t> lines;
    for (; next < image.events.size() && image.events[next].tick == t; ++next)
      lines.push_back(image.events[next].line);
    EXPECT_TRUE(engine.step(lines.data(), lines.size(), error));
    all.emplace_back(engine.spikes().begin(), engine.spikes().end());
  }
  if (messages)
    *messages = engine.counters().messages;
  return all;
}

std::string fileOf(const Encoded &encoded, const std::string &name) {
  for (const EncodedFile &file : std::get<std::vector<EncodedFile>>(encoded))
    if (file.name == name)
      return file.content;
  return "";
}

TEST(Encoders, RancJsonHoldsTheNetwork) {
  lang::checked::Chip chip = declared("ranc_256");
  emulator::Image image;
  map(chip, {.biased = true, .neurons = 200, .latest = 4}, image);
  Encoded encoded = encodeRanc(image, chip, Ticks);
  ASSERT_TRUE(std::holds_alternative<std::vector<EncodedFile>>(encoded));
  Json input = Json::parse(fileOf(encoded, "input.json"));
  Json config = Json::parse(fileOf(encoded, "config.json"));
  EXPECT_EQ(config["num_axons"], 256);
  // The equations of RANC on what the file says.
  using Place = std::pair<int, int>;
  std::map<Place, size_t> index;
  std::vector<std::vector<int>> v;
  std::vector<uint32_t> first;
  for (const Json &core : input["cores"]) {
    index[core["coordinates"].get<Place>()] = index.size();
    first.push_back(image.cores[first.size()].firstNeuron);
    v.emplace_back();
    for (const Json &n : core["neurons"])
      v.back().push_back(n["current_potential"]);
  }
  std::map<std::pair<uint32_t, size_t>, std::set<size_t>> due;
  auto want = emulate(image);
  Place bus = input["output_bus"]["coordinates"];
  uint64_t spikes = 0;
  for (uint32_t t = 0; t < Ticks; ++t) {
    for (const Json &p : input["packets"][t])
      due[{t + p["destination_tick"].get<uint32_t>(),
           index.at(p["destination_core"].get<Place>())}]
          .insert(p["destination_axon"].get<size_t>());
    std::vector<uint32_t> got;
    for (size_t c = 0; c < v.size(); ++c) {
      const Json &core = input["cores"][c];
      auto at = core["coordinates"].get<Place>();
      for (size_t n = 0; n < v[c].size(); ++n) {
        const Json &cell = core["neurons"][n];
        int &potential = v[c][n];
        for (size_t axon : due[{t, c}])
          if (core["connections"][n][axon].get<int>())
            potential +=
                cell["weights"][core["axons"][axon].get<size_t>()].get<int>();
        potential += cell["leak"].get<int>();
        if (potential < cell["positive_threshold"].get<int>())
          continue;
        potential = cell["reset_mode"].get<int>()
                        ? potential - cell["positive_threshold"].get<int>()
                        : cell["reset_potential"].get<int>();
        got.push_back(first[c] + static_cast<uint32_t>(n));
        auto by = cell["destination_core_offset"].get<Place>();
        Place to = {at.first + by.first, at.second + by.second};
        if (to != bus)
          due[{t + 1 + cell["destination_tick"].get<uint32_t>(), index.at(to)}]
              .insert(cell["destination_axon"].get<size_t>());
      }
    }
    ASSERT_EQ(got, want[t]) << t;
    spikes += got.size();
  }
  EXPECT_GT(spikes, 100u);
  // A row of the RTL's memory has the bits of one neuron.
  std::string memory = fileOf(
      encoded,
      "csram_" +
          std::string(3 - std::to_string(image.cores[0].place).size(), '0') +
          std::to_string(image.cores[0].place) + ".mem");
  EXPECT_EQ(memory.find('\n'), 368u);
  EXPECT_EQ(memory.size(), 256u * 369);
}

TEST(Encoders, TinyOdinTranscriptProgramsTheNetwork) {
  lang::checked::Chip chip = declared("tinyodin");
  emulator::Image image;
  map(chip, {.populations = 1, .neurons = 60, .lines = 40, .weight = 2}, image);
  Encoded encoded = encodeTinyOdin(image, chip, Ticks);
  ASSERT_TRUE(std::holds_alternative<std::vector<EncodedFile>>(encoded));
  std::vector<uint32_t> words(256);
  std::vector<uint8_t> synapses(1 << 15);
  uint32_t configuration[4] = {};
  std::istringstream spi(fileOf(encoded, "program.spi"));
  for (std::string line; std::getline(spi, line);) {
    if (line == "reset")
      continue;
    uint64_t access = std::stoull(line, nullptr, 16);
    uint32_t address = access >> 20 & 0xffff, command = access >> 36 & 3,
             byte = access & 0xff;
    EXPECT_EQ(access >> 38, 1u); // a write
    if (command == 0)
      configuration[address] = byte;
    else if (command == 1)
      words[address & 0xff] |= byte << (8 * (address >> 8 & 3));
    else
      synapses[(address & 0x1fff) * 4 + (address >> 13 & 3)] =
          static_cast<uint8_t>(byte);
  }
  EXPECT_EQ(configuration[0] | configuration[1], 0u);
  EXPECT_EQ(configuration[3], 99u);
  auto weight = [&](uint32_t pre, uint32_t post) {
    uint8_t pair = synapses[(pre << 5 | post >> 3) * 4 + (post >> 1 & 3)];
    int nibble = post & 1 ? pair >> 4 : pair & 15;
    return nibble > 7 ? nibble - 16 : nibble;
  };
  std::vector<int> v(256);
  for (uint32_t n = 0; n < 100; ++n) {
    v[n] = static_cast<int>(words[n] & 0xfff);
    v[n] = v[n] > 2047 ? v[n] - 4096 : v[n];
  }
  auto want = emulate(image);
  std::istringstream events(fileOf(encoded, "events.aer"));
  std::vector<std::vector<uint32_t>> got(Ticks);
  std::deque<uint32_t> queue;
  uint32_t tick, address;
  auto test = [&](uint32_t n) {
    int threshold = static_cast<int>(words[n] >> 12 & 0xfff);
    if (v[n] < 0 || v[n] < threshold)
      return;
    v[n] = 0;
    got[tick].push_back(n);
    queue.push_back(n);
  };
  auto row = [&](uint32_t pre) {
    for (uint32_t n = 0; n < 100; ++n) {
      v[n] = std::clamp(v[n] + weight(pre, n), -2048, 2047);
      test(n);
    }
  };
  while (events >> tick >> std::hex >> address >> std::dec) {
    if (address == 0x1ff)
      for (uint32_t n = 0; n < 100; ++n) {
        int leak = static_cast<int>(words[n] >> 24 & 0x7f);
        v[n] = v[n] < 0 ? std::min(v[n] + leak, 0) : std::max(v[n] - leak, 0);
        test(n);
      }
    else
      row(address);
    for (; !queue.empty(); queue.pop_front())
      row(queue.front());
  }
  uint64_t spikes = 0;
  for (uint32_t t = 0; t < Ticks; ++t) {
    EXPECT_EQ(got[t], want[t]) << t;
    spikes += got[t].size();
  }
  EXPECT_GT(spikes, 50u);
}

TEST(Encoders, AChipHasThoseThatItsDeclarationNames) {
  auto tools = [](const char *name) {
    lang::checked::Chip chip = declared(name);
    emulator::Image image;
    map(chip, {}, image);
    std::string all;
    for (const Artefact &one : encode(image, chip, 1))
      all += one.tool + " ";
    return all;
  };
  EXPECT_EQ(tools("generic_mesh"), "");
  EXPECT_EQ(tools("loihi1"), "SANA-FE Lava netx ");
  EXPECT_EQ(tools("loihi2_class"), "Lava netx ");
  EXPECT_EQ(tools("ranc_256"), "RANC ");
}

TEST(Encoders, SanaFeHasTheNetworkAndItsPlaces) {
  lang::checked::Chip chip = declared("loihi1");
  emulator::Image image;
  map(chip, {.neurons = 700, .fanIn = 30}, image);
  ASSERT_GT(image.cores.size(), 1u);
  Encoded encoded = encodeSanaFe(image, chip, Ticks);
  ASSERT_TRUE(std::holds_alternative<std::vector<EncodedFile>>(encoded))
      << std::get<std::string>(encoded);
  std::istringstream file(fileOf(encoded, "network.yaml"));
  // Neurons without leak, so whole numbers are enough: the text alone.
  struct Edge {
    uint32_t to;
    int weight;
  };
  std::vector<std::vector<Edge>> fromInput(image.inputs.size()),
      fromNeuron(image.neurons());
  std::vector<int> threshold(image.neurons()), place(image.neurons(), -1);
  std::vector<double> v;
  std::vector<std::vector<int>> trains(image.inputs.size());
  for (std::string line; std::getline(file, line);) {
    unsigned a, b, core;
    int value;
    double leak, input;
    if (std::sscanf(line.c_str(), " - in.%u -> n.%u: [weight: %d]", &a, &b,
                    &value) == 3)
      fromInput.at(a).push_back({b, value});
    else if (std::sscanf(line.c_str(), " - n.%u -> n.%u: [weight: %d]", &a, &b,
                         &value) == 3)
      fromNeuron.at(a).push_back({b, value});
    else if (std::sscanf(line.c_str(), " - n.%u: [core: %d.%u", &a, &value,
                         &core) == 3)
      place.at(a) = value * 4 + static_cast<int>(core);
    else if (std::sscanf(line.c_str(),
                         " - %u: [soma: {threshold: %d, leak_decay: %lf, "
                         "input_decay: %lf",
                         &a, &value, &leak, &input) == 4) {
      threshold.at(a) = value;
      EXPECT_EQ(leak, 1);
      EXPECT_EQ(input, 0);
    } else if (std::sscanf(line.c_str(), " - %u: [spikes: [%d", &a, &value) ==
               2) {
      for (char c : line.substr(line.find(": [spikes")))
        if (c == '0' || c == '1')
          trains.at(a).push_back(c - '0');
    }
  }
  for (uint32_t n = 0; n < image.neurons(); ++n)
    v.push_back(image.initial[n * image.chip.registers + 1] / 64.0);
  uint64_t emulated = 0;
  auto want = emulate(image, &emulated);
  std::vector<int> next(image.neurons());
  uint64_t spikes = 0, messages = 0;
  for (uint32_t t = 0; t < Ticks; ++t) {
    std::vector<int> now = std::move(next);
    next.assign(image.neurons(), 0);
    for (uint32_t line = 0; line < trains.size(); ++line)
      if (trains[line].at(t))
        for (const Edge &edge : fromInput[line])
          now[edge.to] += edge.weight;
    std::vector<uint32_t> got;
    for (uint32_t n = 0; n < image.neurons(); ++n)
      if ((v[n] += now[n]) > threshold[n]) {
        v[n] = 0;
        got.push_back(n);
        std::set<int> cores;
        for (const Edge &edge : fromNeuron[n]) {
          next[edge.to] += edge.weight;
          cores.insert(place[edge.to]);
        }
        messages += cores.size();
      }
    ASSERT_EQ(got, want[t]) << t;
    spikes += got.size();
  }
  EXPECT_GT(spikes, 1000u);
  EXPECT_GT(messages, spikes);
  EXPECT_EQ(messages, emulated);
  for (uint32_t core = 0; core < image.cores.size(); ++core)
    EXPECT_EQ(place[image.cores[core].firstNeuron],
              static_cast<int>(image.cores[core].place));
}

TEST(Encoders, WhatAFormatCannotHoldIsSaid) {
  lang::checked::Chip chip = declared("loihi1");
  emulator::Image late, tired;
  map(chip, {.latest = 5}, late);
  Encoded encoded = encodeSanaFe(late, chip, Ticks);
  ASSERT_TRUE(std::holds_alternative<std::string>(encoded));
  EXPECT_NE(std::get<std::string>(encoded).find("delays"), std::string::npos);
  map(chip, {.refractory = true}, tired);
  encoded = encodeSanaFe(tired, chip, Ticks);
  ASSERT_TRUE(std::holds_alternative<std::string>(encoded));
  EXPECT_NE(std::get<std::string>(encoded).find("refractory"),
            std::string::npos);
}

/// What Lava's fixed-point LIF, Dense and DelayDense do with the network of the
/// file, and whether that are the spikes that stand in it.
void replay(const Json &network, uint64_t &spikes) {
  struct Sums {
    std::map<uint64_t, std::vector<int64_t>> at; // by tick
  };
  const Json &groups = network["groups"];
  std::vector<Sums> input(groups.size());
  std::vector<std::vector<int64_t>> u, v;
  for (const Json &group : groups) {
    u.push_back(group["u"].get<std::vector<int64_t>>());
    v.push_back(group["v"].get<std::vector<int64_t>>());
  }
  // Spikes of a tick by their source: null is outside.
  std::map<int64_t, std::map<uint32_t, int64_t>> sent;
  std::vector<std::set<std::pair<uint32_t, uint32_t>>> shown(groups.size());
  auto scaled = [](int64_t x, int64_t keep) {
    return (x < 0 ? -1 : 1) * ((std::abs(x) * keep) >> 12);
  };
  auto deliver = [&](uint64_t tick, bool outside, uint64_t later) {
    for (const Json &block : network["blocks"]) {
      if (block["from"].is_null() != outside)
        continue;
      int64_t from = outside ? -1 : block["from"].get<int64_t>();
      int exponent = block["exponent"];
      uint32_t to = block["to"];
      std::map<uint64_t, std::map<uint32_t, int64_t>> sums; // delay, target
      for (size_t i = 0; i < block["source"].size(); ++i)
        if (auto found = sent[from].find(block["source"][i]);
            found != sent[from].end())
          sums[block["delay"][i]][block["target"][i]] +=
              found->second * block["weight"][i].get<int64_t>();
      for (const auto &[delay, targets] : sums)
        for (auto [target, sum] : targets) {
          std::vector<int64_t> &row = input[to].at[tick + delay + later];
          row.resize(u[to].size());
          row[target] +=
              exponent > 0 ? sum * (1 << exponent) : sum >> -exponent;
        }
    }
  };
  size_t next = 0;
  for (uint64_t tick = 0; tick < network["ticks"]; ++tick) {
    sent.clear();
    for (;
         next < network["events"].size() && network["events"][next][0] == tick;
         ++next)
      ++sent[-1][network["events"][next][1]];
    deliver(tick, true, 0);
    for (size_t g = 0; g < groups.size(); ++g) {
      std::vector<int64_t> &now = input[g].at[tick];
      now.resize(u[g].size());
      for (uint32_t i = 0; i < u[g].size(); ++i) {
        u[g][i] = scaled(u[g][i], 4095 - groups[g]["du"].get<int64_t>()) +
                  now[i] * 64;
        v[g][i] = scaled(v[g][i], 4096 - groups[g]["dv"].get<int64_t>()) +
                  u[g][i] + groups[g]["bias"][i].get<int64_t>();
        ASSERT_LT(std::abs(u[g][i]), 1 << 23);
        v[g][i] = std::clamp<int64_t>(v[g][i], -8388607, 8388607);
        if (v[g][i] <= groups[g]["vth"].get<int64_t>() * 64)
          continue;
        v[g][i] = 0;
        sent[static_cast<int64_t>(g)][i] = 1;
        shown[g].insert({static_cast<uint32_t>(tick), i});
      }
    }
    deliver(tick, false, 1);
  }
  for (size_t g = 0; g < groups.size(); ++g) {
    std::set<std::pair<uint32_t, uint32_t>> expected;
    for (const Json &one : groups[g]["spikes"])
      expected.emplace(one[0].get<uint32_t>(), one[1].get<uint32_t>());
    EXPECT_EQ(shown[g], expected) << groups[g]["name"];
    spikes += expected.size();
  }
}

TEST(Encoders, LavaWouldShowTheSpikesOfTheEmulator) {
  lang::checked::Chip chip = declared("loihi1");
  const Taste tastes[] = {{},
                          {.biased = true},
                          {.leaks = true, .currents = true},
                          {.leaks = true, .latest = 9, .weight = 40},
                          {.recurrent = false}};
  for (const Taste &taste : tastes) {
    emulator::Image image;
    map(chip, taste, image);
    Encoded encoded = encodeLava(image, chip, Ticks);
    ASSERT_TRUE(std::holds_alternative<std::vector<EncodedFile>>(encoded))
        << std::get<std::string>(encoded);
    uint64_t spikes = 0;
    replay(Json::parse(fileOf(encoded, "lava_network.json")), spikes);
    EXPECT_GT(spikes, 20u);
  }
}

TEST(Encoders, LongRunsAreRefusedBeforeTheirTextFillsTheMemory) {
  lang::checked::Chip chip = declared("loihi1");
  emulator::Image image;
  map(chip, {}, image);
  Encoded text = encodeSanaFe(image, chip, UINT32_MAX);
  ASSERT_TRUE(std::holds_alternative<std::string>(text));
  EXPECT_NE(std::get<std::string>(text).find("digits"), std::string::npos);
  ASSERT_TRUE(image.events.resize(4'000'001));
  Encoded events = encodeLava(image, chip, Ticks);
  ASSERT_TRUE(std::holds_alternative<std::string>(events));
  EXPECT_NE(std::get<std::string>(events).find("events"), std::string::npos);
}

TEST(Encoders, LavaAndNetxRefuseWhatTheyHaveNot) {
  lang::checked::Chip chip = declared("loihi1");
  auto reason = [&](const Taste &taste, auto encoder) {
    emulator::Image image;
    map(chip, taste, image);
    Encoded encoded = encoder(image, chip, Ticks);
    const std::string *text = std::get_if<std::string>(&encoded);
    return text ? *text : "";
  };
  EXPECT_NE(reason({.refractory = true}, encodeLava).find("refractory"),
            std::string::npos);
  EXPECT_NE(reason({}, encodeNetx).find("layers"), std::string::npos);
  Taste chain = {.recurrent = false, .populations = 1, .fanIn = 1};
  EXPECT_NE(reason(chain, encodeNetx).find("states"), std::string::npos);
  chain.latest = 3;
  EXPECT_NE(reason(chain, encodeNetx).find("delays"), std::string::npos);
  chain.latest = 0;
  emulator::Image image;
  map(chip, chain, image);
  for (int32_t &state : image.initial)
    state = 0;
  Encoded encoded = encodeNetx(image, chip, Ticks);
  ASSERT_TRUE(std::holds_alternative<std::vector<EncodedFile>>(encoded))
      << std::get<std::string>(encoded);
  EXPECT_EQ(fileOf(encoded, "network.net").substr(0, 4), "\x89HDF");
}

} // namespace
