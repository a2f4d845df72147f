//===- GoldenTest.cpp - The emulator against chips and simulators ---------===//
//
// tests/golden/chips holds what independent implementations computed: Lava's
// fixed-point models, a Loihi 2 chip, RANC's simulator and its RTL, tinyODIN's
// RTL, SANA-FE's counters. Both engines must show all of it.
//
//===----------------------------------------------------------------------===//
#include "Chips.h"

#include "runtime/emulator/FastEmulator.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

using namespace chips;
using Json = nlohmann::json;

namespace {

std::string pathOf(const std::string &name) {
  return std::string(SNN_GOLDEN_DIR) + "/" + name;
}

Json load(const std::string &name) {
  std::ifstream file(pathOf(name));
  return Json::parse(file);
}

int64_t shifted(int64_t value, int64_t by) {
  return by >= 0 ? value << by : value >> -by;
}

/// What a synapse of so many bits keeps of weights (Lava's truncate_weights).
std::vector<std::vector<int>> kept(const Json &weights, int bits) {
  auto w = weights.get<std::vector<std::vector<int>>>();
  int low = 0, high = 0;
  for (const auto &row : w)
    for (int x : row) {
      low = std::min(low, x);
      high = std::max(high, x);
    }
  bool mixed = low < 0 && high > 0;
  int drop = 8 - bits + mixed;
  for (auto &row : w)
    for (int &x : row) {
      int magnitude = low < 0 && !mixed ? -x : x;
      magnitude = std::clamp(magnitude, mixed ? -256 : 0, 255);
      magnitude = (magnitude >> drop) * (1 << drop);
      x = low < 0 && !mixed ? -magnitude : magnitude;
    }
  return w;
}

/// The reference engine, and the fast one beside it, which must not differ.
class Both {
public:
  bool create(const Image &image, Error &error) {
    return reference.create(image, error) && fast.create(image, error);
  }
  bool step(const uint32_t *lines, uint64_t count, Error &error) {
    bool good =
        reference.step(lines, count, error) && fast.step(lines, count, error);
    EXPECT_TRUE(std::ranges::equal(reference.spikes(), fast.spikes()));
    EXPECT_TRUE(std::ranges::equal(reference.outputs(), fast.outputs()));
    EXPECT_TRUE(reference.counters() == fast.counters());
    return good;
  }
  const Buffer<uint32_t> &spikes() const { return reference.spikes(); }
  const Buffer<uint32_t> &outputs() const { return reference.outputs(); }
  const Counters &counters() const { return reference.counters(); }
  int64_t state(uint32_t neuron, uint32_t index) const {
    EXPECT_EQ(fast.state(neuron, index), reference.state(neuron, index));
    return reference.state(neuron, index);
  }

private:
  Emulator reference;
  FastEmulator fast;
};

class LavaPack : public testing::TestWithParam<int> {};

TEST_P(LavaPack, SpikesAndStatesAreEqual) {
  Json g = load("lava/g" + std::to_string(GetParam()) + ".json");
  Image image;
  loihi(image);
  auto in = kept(g["weights"], g["num_weight_bits"]);
  auto back = kept(g["rec_weights"], 8);
  auto exponent = static_cast<int8_t>(g["weight_exp"].get<int>());
  Json lif = g["lif"];
  uint32_t n = static_cast<uint32_t>(in.size());
  Builder net;
  net.places = {0};
  auto row = [&](const auto &weights, size_t source, const Json &delays) {
    std::vector<Synapse> synapses;
    for (uint16_t target = 0; target < n; ++target) {
      uint16_t delay = 0;
      if (!delays.is_null())
        delay = delays[target][source].template get<uint16_t>();
      synapses.push_back(
          {target, static_cast<int16_t>(weights[target][source]), delay});
    }
    return synapses;
  };
  // Axons stand in the order of their exponents.
  for (bool inputs : {exponent <= 0, exponent > 0})
    for (size_t i = 0; i < (inputs ? in[0].size() : n); ++i) {
      auto axon = static_cast<uint16_t>(net.axons.size());
      if (inputs) {
        net.axons.push_back({0, exponent, row(in, i, g["delays"])});
        net.inputs.push_back({NoCore, {{0, axon, 1}}});
      } else {
        net.axons.push_back({0, 0, row(back, i, nullptr)});
      }
    }
  uint16_t firstBack =
      exponent <= 0 ? static_cast<uint16_t>(in[0].size()) : uint16_t{0};
  int bias = static_cast<int>(shifted(lif["bias_mant"], lif["bias_exp"]));
  for (uint16_t i = 0; i < n; ++i)
    net.neurons.push_back({0,
                           {lif["du"], lif["dv"], bias, lif["vth"]},
                           {0, 0},
                           {},
                           {{0, static_cast<uint16_t>(firstBack + i), 0}}});
  net.pack(image);
  Both emulator;
  Error error = {};
  ASSERT_TRUE(emulator.create(image, error));
  uint64_t spikes = 0;
  for (size_t t = 0; t < g["spikes_in"].size(); ++t) {
    auto lines = g["spikes_in"][t].get<std::vector<uint32_t>>();
    ASSERT_TRUE(emulator.step(lines.data(), lines.size(), error));
    std::vector<uint32_t> got(emulator.spikes().begin(),
                              emulator.spikes().end());
    ASSERT_EQ(got, g["spikes_out"][t].get<std::vector<uint32_t>>()) << t;
    spikes += got.size();
  }
  for (uint32_t i = 0; i < n; ++i) {
    EXPECT_EQ(emulator.state(i, 0), g["u_final"][i].get<int64_t>()) << i;
    EXPECT_EQ(emulator.state(i, 1), g["v_final"][i].get<int64_t>()) << i;
  }
  // Lava's neurons are silent in the first pack: its threshold is high.
  EXPECT_EQ(spikes > 0, GetParam() != 0);
}

INSTANTIATE_TEST_SUITE_P(All, LavaPack, testing::Range(0, 5));

TEST(Golden, ALoihi2ChipSpikesAlikeAndShowsOtherPotentialsWhereItSpikes) {
  std::ifstream file(pathOf("loihi2/trace.csv"));
  std::vector<std::array<int, 3>> rows;
  for (std::string line; std::getline(file, line);) {
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream words(line);
    double x, v, s;
    ASSERT_TRUE(words >> x >> v >> s);
    rows.push_back(
        {static_cast<int>(x), static_cast<int>(v), static_cast<int>(s)});
  }
  ASSERT_EQ(rows.size(), 1000u);
  Image image;
  loihi(image);
  Builder net;
  net.places = {0};
  net.neurons.push_back({0, {4095, 163, 0, 25}, {0, 0}, {}, {}});
  net.axons.push_back({0, 0, {{0, 10, 0}}});
  net.inputs.push_back({NoCore, {{0, 0, 1}}});
  net.pack(image);
  Both emulator;
  Error error = {};
  ASSERT_TRUE(emulator.create(image, error));
  int equalSpikes = 0, equalPotentials = 0, explained = 0;
  for (const auto &[input, potential, spike] : rows) {
    uint32_t line = 0;
    ASSERT_TRUE(emulator.step(&line, input != 0, error));
    bool spiked = !emulator.spikes().empty();
    equalSpikes += spiked == (spike != 0);
    equalPotentials += emulator.state(0, 1) == potential;
    // The chip shows 128 in the step of a spike, where the model has reset.
    explained += spiked && potential == 128 && emulator.state(0, 1) == 0;
  }
  EXPECT_EQ(equalSpikes, 1000);
  EXPECT_EQ(equalPotentials, 996);
  EXPECT_EQ(explained, 4);
}

void readRanc(const Json &g, Image &image) {
  Builder net;
  std::map<std::pair<int, int>, uint32_t> index;
  Json cores = g["cores"];
  for (const Json &core : cores) {
    auto at = core["coordinates"].get<std::pair<int, int>>();
    index[at] = static_cast<uint32_t>(net.places.size());
    net.places.push_back(static_cast<uint32_t>(at.first + 3 * at.second));
  }
  auto bus = g["output_bus"]["coordinates"].get<std::pair<int, int>>();
  for (const Json &core : cores) {
    auto at = core["coordinates"].get<std::pair<int, int>>();
    uint32_t number = index[at];
    Json links = core["connections"];
    for (const Json &n : core["neurons"]) {
      auto by = n["destination_core_offset"].get<std::pair<int, int>>();
      std::pair to = {at.first + by.first, at.second + by.second};
      uint32_t target = to == bus ? OutputCore : index.at(to);
      net.neurons.push_back(
          {number,
           {n["leak"], n["positive_threshold"], n["negative_threshold"],
            n["reset_potential"], n["reset_mode"]},
           {n["current_potential"]},
           n["weights"].get<std::vector<int16_t>>(),
           {{target, n["destination_axon"], n["destination_tick"]}}});
    }
    for (size_t axon = 0; axon < core["axons"].size(); ++axon) {
      std::vector<Synapse> synapses;
      for (uint16_t target = 0; target < links.size(); ++target)
        if (links[target][axon].get<int>())
          synapses.push_back({target, 0, 0});
      net.axons.push_back({number, core["axons"][axon], synapses});
    }
  }
  // Every axon of every core and every delay is an input line.
  for (uint32_t core = 0; core < cores.size(); ++core)
    for (uint16_t axon = 0; axon < 64; ++axon)
      for (uint16_t delay = 0; delay < 16; ++delay)
        net.inputs.push_back({NoCore, {{core, axon, delay}}});
  net.pack(image);
}

TEST(Golden, RancMeshShowsTheRowsOfItsSimulatorAndItsRtl) {
  Json g = load("ranc/in.json"), last = load("ranc/ref_final_potentials.json");
  Image image;
  // The simulator's potentials have 32 bits, as had those of the RTL here.
  ranc(image, {"v", INT32_MIN, INT32_MAX, Overflow::Wrap, 0});
  image.chip.columns = 3;
  image.chip.rows = 2;
  readRanc(g, image);
  std::map<std::pair<int, int>, uint32_t> index;
  for (uint32_t i = 0; i < g["cores"].size(); ++i)
    index[g["cores"][i]["coordinates"].get<std::pair<int, int>>()] = i;
  std::ifstream file(pathOf("ranc/out_ranc_sim.txt"));
  std::vector<std::set<uint32_t>> rows;
  for (std::string line; std::getline(file, line);) {
    std::set<uint32_t> ones;
    uint32_t i = 0;
    for (char c : line)
      if (c == '0' || c == '1') {
        if (c == '1')
          ones.insert(i);
        ++i;
      }
    if (i)
      rows.push_back(ones);
  }
  ASSERT_EQ(rows.size(), 60u);
  Both emulator;
  Error error = {};
  ASSERT_TRUE(emulator.create(image, error));
  // A row holds the outputs of the tick before it.
  EXPECT_TRUE(rows[0].empty());
  for (size_t t = 0; t < 60; ++t) {
    std::vector<uint32_t> lines;
    if (t < g["packets"].size())
      for (const Json &p : g["packets"][t])
        lines.push_back(
            (index.at(p["destination_core"].get<std::pair<int, int>>()) * 64 +
             p["destination_axon"].get<uint32_t>()) *
                16 +
            p["destination_tick"].get<uint32_t>());
    ASSERT_TRUE(emulator.step(lines.data(), lines.size(), error));
    std::set<uint32_t> got(emulator.outputs().begin(),
                           emulator.outputs().end());
    if (t + 1 < rows.size()) {
      ASSERT_EQ(got, rows[t + 1]) << t;
    }
  }
  for (const auto &[name, potentials] : last.items()) {
    int x, y;
    ASSERT_EQ(sscanf(name.c_str(), "(%d, %d)", &x, &y), 2);
    uint32_t first = image.cores[index.at({x, y})].firstNeuron;
    for (uint32_t i = 0; i < potentials.size(); ++i)
      EXPECT_EQ(emulator.state(first + i, 0), potentials[i].get<int64_t>())
          << name << i;
  }
  EXPECT_EQ(emulator.counters().overflows, Overflows());
}

class TinyOdinPack : public testing::TestWithParam<const char *> {};

TEST_P(TinyOdinPack, OrderOfSpikesAndPotentialsAreThoseOfItsRtl) {
  Json g = load("tinyodin/" + std::string(GetParam()) + ".json");
  Image image;
  tinyodin(image, 128);
  uint16_t n = g["n"];
  std::vector<std::vector<int16_t>> weights(n, std::vector<int16_t>(n));
  for (const Json &s : g["syn"])
    weights[s[0].get<size_t>()][s[1].get<size_t>()] = s[2];
  Builder net;
  net.places = {0};
  for (uint16_t i = 0; i < n; ++i) {
    std::vector<Route> routes;
    if (!g["open_loop"].get<int>())
      routes = {{0, i, 0}};
    net.neurons.push_back({0, {g["thr"][i], g["leak"][i]}, {0}, {}, routes});
    std::vector<Synapse> row;
    for (uint16_t j = 0; j < n; ++j)
      row.push_back({j, weights[i][j], 0});
    net.axons.push_back({0, 0, row});
    net.inputs.push_back({NoCore, {{0, i, 0}}});
  }
  net.pack(image);
  Both emulator;
  Error error = {};
  ASSERT_TRUE(emulator.create(image, error));
  size_t number = 0;
  for (const Json &tick : g["ticks"]) {
    auto lines = tick["in"].get<std::vector<uint32_t>>();
    ASSERT_TRUE(emulator.step(lines.data(), lines.size(), error));
    std::vector<uint32_t> got(emulator.spikes().begin(),
                              emulator.spikes().end());
    ASSERT_EQ(got, tick["out"].get<std::vector<uint32_t>>()) << number;
    for (uint32_t i = 0; i < n; ++i)
      ASSERT_EQ(emulator.state(i, 0), tick["v"][i].get<int64_t>()) << number;
    ++number;
  }
  EXPECT_EQ(emulator.counters().dropped, 0u);
}

INSTANTIATE_TEST_SUITE_P(All, TinyOdinPack,
                         testing::Values("two", "n16", "n64"));

TEST(Golden, CountersAndEnergyOfANetworkOnALoihiAreThoseOfSanaFe) {
  Json g = load("sanafe/net96.json");
  Image image;
  loihi(image);
  ChipRecord &chip = image.chip;
  chip.columns = g["columns"];
  chip.rows = g["rows"];
  chip.coresPerRouter = g["cores_per_tile"];
  chip.order = RouterOrder::Columns;
  // Davies et al. 2018, as SANA-FE's description of Loihi has them.
  chip.costs = {35.5, 51.2, 21.6, 69.3, 111, 3.0, 4.2};
  Builder net;
  for (uint32_t core = 0; core < 128; ++core)
    net.places.push_back(core);
  auto out = g["out"].get<std::vector<uint32_t>>();
  std::vector<uint32_t> order(out.size());
  for (uint32_t i = 0; i < order.size(); ++i)
    order[i] = i;
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return std::pair{out[a], a} < std::pair{out[b], b};
  });
  std::vector<uint16_t> slot(out.size());
  for (uint32_t i = 0; i < order.size(); ++i) {
    uint32_t n = order[i];
    bool same = i > 0 && out[order[i - 1]] == out[n];
    slot[n] =
        same ? static_cast<uint16_t>(slot[order[i - 1]] + 1) : uint16_t{0};
    net.neurons.push_back({out[n], {4095, 0, 0, 100000}, {0, 0}, {}, {}});
  }
  // One axon for each source and core that it reaches.
  std::map<std::pair<uint32_t, uint32_t>, std::vector<Synapse>> axons;
  for (const Json &edge : g["edges"]) {
    uint32_t to = edge[1];
    axons[{out[to], edge[0]}].push_back({slot[to], 1, 0});
  }
  std::vector<std::vector<Route>> routes(96);
  uint32_t lastCore = UINT32_MAX;
  uint16_t axon = 0;
  for (auto &[key, synapses] : axons) {
    axon =
        key.first == lastCore ? static_cast<uint16_t>(axon + 1) : uint16_t{0};
    lastCore = key.first;
    net.axons.push_back({key.first, 0, synapses});
    routes[key.second].push_back({key.first, axon, 1});
  }
  for (uint32_t i = 0; i < 96; ++i)
    net.inputs.push_back({g["in"][i].get<uint32_t>(), routes[i]});
  net.pack(image);
  Both emulator;
  Error error = {};
  ASSERT_TRUE(emulator.create(image, error));
  Counters before;
  for (int t = 0; t < 20; ++t) {
    std::vector<uint32_t> lines;
    for (uint32_t i = 0; i < 96; ++i)
      for (int s : g["spikes"][i])
        if (s == t)
          lines.push_back(i);
    ASSERT_TRUE(emulator.step(lines.data(), lines.size(), error));
    const Counters &now = emulator.counters();
    std::array<uint64_t, 4> got = {
        now.inputSpikes - before.inputSpikes, now.messages - before.messages,
        now.hopsX + now.hopsY - before.hopsX - before.hopsY,
        now.updates - before.updates + now.inputSpikes - before.inputSpikes};
    const Json &want = g["ticks"][static_cast<size_t>(t)];
    EXPECT_EQ(got,
              (std::array<uint64_t, 4>{want[0], want[2], want[3], want[1]}))
        << t;
    before = now;
  }
  // The last spikes have been sent, but deliver in the tick after.
  ASSERT_TRUE(emulator.step(nullptr, 0, error));
  EXPECT_EQ(emulator.counters().synapticEvents, 5311u);
  EXPECT_EQ(before.messages, 5159u);
  EXPECT_EQ(before.hopsX + before.hopsY, 20356u);
  before.synapticEvents = emulator.counters().synapticEvents;
  Energy energy = energyOf(before, chip.costs);
  const Json &want = g["energy"];
  EXPECT_NEAR(energy.total() / want["total"].get<double>(), 1, 1e-6);
  EXPECT_NEAR(energy.synapses / want["synapse"].get<double>(), 1, 1e-6);
  EXPECT_NEAR(energy.neurons / want["soma"].get<double>(), 1, 1e-6);
  EXPECT_NEAR(energy.network / want["network"].get<double>(), 1, 1e-6);
}

} // namespace
