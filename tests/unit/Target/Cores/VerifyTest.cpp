//===- VerifyTest.cpp - Each broken limit of an image is seen -------------===//
//
// Images of random networks are altered in one place at a time; the verifier,
// which finds nothing before, must find that.
//
//===----------------------------------------------------------------------===//
#include "Declared.h"
#include "Mapped.h"
#include "RandomNetwork.h"

#include "compiler/Target/Cores/Verify/Verify.h"
#include "runtime/emulator/ImageFile.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>

using namespace snn;
using namespace snn::emulator;
using namespace snn::target::cores;

namespace {

struct Violation {
  const char *chip, *name, *said;
  std::function<void(Image &)> alter;
};

void map(const lang::checked::Chip &chip, Image &image) {
  Taste taste{.subtracts = chip.name == "generic_mesh",
              .neurons = chip.name == "tinyodin" ? 40u : 300u,
              .weight = 2};
  Mapped mapped = mapNetwork(chip, drawNetwork(taste, 7));
  ASSERT_EQ(mapped.refused, "");
  image = std::move(mapped.image);
}

/// A number of the chip's record, and what is said if it is another.
template <typename T>
Violation record(const char *chip, const char *said, T ChipRecord::*member) {
  return {chip, said, said, [=](Image &image) {
            image.chip.*member =
                static_cast<T>(static_cast<uint32_t>(image.chip.*member) ^ 1);
          }};
}
Violation limit(const char *name, int64_t Limits::*member) {
  return {"loihi1", name, name,
          [=](Image &image) { ++(image.chip.limits.*member); }};
}
Violation cost(const char *name, double Costs::*member) {
  return {"loihi1", name, name,
          [=](Image &image) { image.chip.costs.*member += 0.5; }};
}

/// Adds `count` copies of neuron 0 to the last core.
void addNeurons(Image &image, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) {
    for (uint32_t p = 0; p < image.chip.parameters; ++p)
      ASSERT_TRUE(image.parameters.push(image.parameters[p]));
    for (uint32_t r = 0; r < image.chip.registers; ++r)
      ASSERT_TRUE(image.initial.push(image.initial[r]));
    if (image.chip.weights == Weights::Table) {
      for (int64_t w = 0; w < image.chip.limits.weightTypes; ++w)
        ASSERT_TRUE(image.weightTable.push(
            image.weightTable[static_cast<uint64_t>(w)]));
    }
    ASSERT_TRUE(image.firstRoute.push(image.routes.size()));
  }
}
void addAxons(Image &image, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i)
    ASSERT_TRUE(image.axonGroups.push(0) &&
                (image.chip.receptors == 1 || image.axonReceptors.push(0)) &&
                image.firstSynapse.push(image.synapses.size()));
}
/// Adds synapses to the last axon, onto neurons of its core in turn.
void addSynapses(Image &image, uint32_t count) {
  uint64_t core = image.cores.size() - 1;
  uint32_t size = image.endNeuron(core) - image.cores[core].firstNeuron;
  for (uint32_t i = 0; i < count; ++i)
    ASSERT_TRUE(image.synapses.push({static_cast<uint16_t>(i % size), 2, 1}));
  image.firstSynapse.back() = image.synapses.size();
}
/// Adds routes to the last neuron.
void addRoutes(Image &image, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i)
    ASSERT_TRUE(image.routes.push({0, 0, 0}));
  image.firstRoute.back() = image.routes.size();
}
/// The first synapse that there is.
Synapse &synapse(Image &image) { return image.synapses[0]; }

/// In the first row of two synapses, both onto one neuron.
void doubleSynapse(Image &image) {
  for (uint32_t axon = 0; axon < image.axons(); ++axon)
    if (uint64_t first = image.firstSynapse[axon];
        first + 1 < image.firstSynapse[axon + 1]) {
      image.synapses[first + 1].target = image.synapses[first].target;
      return;
    }
  FAIL() << "every row has one synapse";
}

std::vector<Violation> violations() {
  std::vector<Violation> all = {
      // The chip itself.
      {"ranc_256", "name", "is for", [](Image &i) { i.chip.name[0] = 'x'; }},
      record("loihi1", "timing", &ChipRecord::timing),
      record("loihi1", "delivery", &ChipRecord::delivery),
      record("loihi1", "merge", &ChipRecord::merge),
      record("loihi1", "weights", &ChipRecord::weights),
      record("loihi1", "routers", &ChipRecord::order),
      record("loihi1", "columns", &ChipRecord::columns),
      record("loihi1", "rows", &ChipRecord::rows),
      record("loihi1", "cores_per_router", &ChipRecord::coresPerRouter),
      record("tinyodin", "queue", &ChipRecord::queue),
      limit("neurons", &Limits::neurons),
      limit("axons", &Limits::axons),
      limit("routes", &Limits::routes),
      limit("core_routes", &Limits::coreRoutes),
      limit("synapses", &Limits::synapses),
      limit("synapse_bits", &Limits::synapseBits),
      limit("bits_per_synapse", &Limits::bitsPerSynapse),
      limit("bits_per_axon", &Limits::bitsPerAxon),
      limit("weight_low", &Limits::weightLow),
      limit("weight_high", &Limits::weightHigh),
      limit("weight_step", &Limits::weightStep),
      limit("weight_types", &Limits::weightTypes),
      limit("exponent_low", &Limits::exponentLow),
      limit("exponent_high", &Limits::exponentHigh),
      limit("route_delay", &Limits::routeDelay),
      limit("synapse_delay", &Limits::synapseDelay),
      cost("cost_synapse", &Costs::synapse),
      cost("cost_access", &Costs::access),
      cost("cost_update", &Costs::update),
      cost("cost_spike", &Costs::spike),
      cost("cost_message", &Costs::message),
      cost("cost_hop_x", &Costs::hopX),
      cost("cost_hop_y", &Costs::hopY),
      {"ranc_256", "a narrower register", "register",
       [](Image &i) { ++i.registers[0].low; }},
      {"ranc_256", "a wider register", "register",
       [](Image &i) { ++i.registers[0].high; }},
      {"ranc_256", "another overflow", "register",
       [](Image &i) { i.registers[0].overflow = Overflow::Saturate; }},
      {"ranc_256", "a program of a tick", "on tick",
       [](Image &i) { i.tickCode[0].operation = Operation::Subtract; }},
      {"ranc_256", "a program of an event", "on synapse",
       [](Image &i) { i.synapseCode[0].operation = Operation::Subtract; }},
      {"loihi1", "a constant of a program", "on tick",
       [](Image &i) { i.tickCode[0].value += 1; }},
      {"loihi1", "one step too few", "on tick",
       [](Image &i) { i.tickCode.setSize(i.tickCode.size() - 1); }},
      // Cores.
      {"ranc_256", "two cores in one place", "where another",
       [](Image &i) { i.cores[1].place = i.cores[0].place; }},
      {"ranc_256", "too many neurons", "neurons",
       [](Image &i) { addNeurons(i, 257); }},
      {"ranc_256", "too many axons", "axons",
       [](Image &i) { addAxons(i, 257); }},
      {"tinyodin", "too many neurons", "neurons",
       [](Image &i) { addNeurons(i, 257); }},
      {"loihi1", "too many neurons", "neurons",
       [](Image &i) { addNeurons(i, 1025); }},
      {"loihi1", "too many axons", "axons",
       [](Image &i) { addAxons(i, 4097); }},
      {"loihi1", "too many synapses", "synapses",
       [](Image &i) { addSynapses(i, 131'073); }},
      {"loihi1", "too many bits of synapses", "synapse_bits",
       [](Image &i) { addSynapses(i, 50'000); }},
      {"loihi1", "too many routes of a core", "core_routes",
       [](Image &i) { addRoutes(i, 4097); }},
      {"ranc_256", "a second route", "routes",
       [](Image &i) { addRoutes(i, 2); }},
      {"generic_mesh", "too many routes", "routes",
       [](Image &i) { addRoutes(i, 5000); }},
      // Neurons.
      {"ranc_256", "a threshold too high", "threshold",
       [](Image &i) { i.parameters[1] = 256; }},
      {"ranc_256", "a bias too low", "bias",
       [](Image &i) { i.parameters[0] = -257; }},
      {"ranc_256", "a mode that there is not", "reset_mode",
       [](Image &i) { i.parameters[4] = 2; }},
      {"tinyodin", "a leak too high", "leak",
       [](Image &i) { i.parameters[1] = 128; }},
      {"loihi1", "a decay too high", "decay_v",
       [](Image &i) { i.parameters[1] = 4097; }},
      {"loihi1", "a refractory time too long", "refractory",
       [](Image &i) { i.parameters[4] = 64; }},
      {"loihi1", "a negative threshold", "threshold",
       [](Image &i) { i.parameters[3] = -1; }},
      {"ranc_256", "a state beyond its register", "starts with",
       [](Image &i) { i.initial[0] = 256; }},
      {"ranc_256", "a route too slow", "delay",
       [](Image &i) { i.routes[0].delay = 15; }},
      {"loihi1", "a route with a delay", "delay",
       [](Image &i) { i.routes[0].delay = 1; }},
      {"tinyodin", "another's row", "not its own",
       [](Image &i) { i.routes[0].axon ^= 1; }},
      // Synapses.
      {"loihi1", "an odd weight", "no weight",
       [](Image &i) { synapse(i).weight = 3; }},
      {"loihi1", "a weight too high", "no weight",
       [](Image &i) { synapse(i).weight = 256; }},
      {"loihi1", "a weight too low", "no weight",
       [](Image &i) { synapse(i).weight = -258; }},
      {"tinyodin", "a weight of five bits", "no weight",
       [](Image &i) { synapse(i).weight = 8; }},
      {"ranc_256", "a weight in the crossbar", "no weight",
       [](Image &i) { synapse(i).weight = 1; }},
      {"ranc_256", "a weight of ten bits", "no weight",
       [](Image &i) { i.weightTable[0] = 300; }},
      {"ranc_256", "a fifth type", "type",
       [](Image &i) { i.axonGroups[0] = 4; }},
      {"loihi1", "an exponent too high", "exponent",
       [](Image &i) { i.axonGroups[0] = 8; }},
      {"loihi1", "an exponent too low", "exponent",
       [](Image &i) { i.axonGroups[0] = -9; }},
      {"generic_mesh", "a third receptor", "receptor",
       [](Image &i) { i.axonReceptors[0] = 2; }},
      {"loihi1", "a delay too long", "delay",
       [](Image &i) { synapse(i).delay = 63; }},
      {"ranc_256", "a delay in the crossbar", "delay",
       [](Image &i) { synapse(i).delay = 1; }},
      {"ranc_256", "a place of the crossbar twice", "two synapses",
       doubleSynapse},
      // Inputs.
      {"ranc_256", "an input too late", "delay",
       [](Image &i) { i.inputRoutes[0].delay = 15; }},
      {"tinyodin", "an input on a neuron's row", "row of neuron",
       [](Image &i) { i.inputRoutes[0].axon = i.routes[0].axon; }},
      {"tinyodin", "two inputs on one row", "row of another",
       [](Image &i) { i.inputRoutes[1].axon = i.inputRoutes[0].axon; }},
      {"loihi1", "an input from a core", "from a core",
       [](Image &i) { i.inputs[0].origin = 0; }},
  };
  return all;
}

TEST(Verify, FindsEveryViolationAndNothingElse) {
  std::vector<Violation> all = violations();
  EXPECT_GE(all.size(), 50u);
  std::map<std::string, Buffer<char>> images; // mapped once, as files
  for (const Violation &one : all) {
    lang::checked::Chip chip = declared(one.chip);
    Error error = {};
    Buffer<char> &bytes = images[one.chip];
    if (bytes.empty()) {
      Image mapped;
      map(chip, mapped);
      ASSERT_TRUE(encode(mapped, bytes, error)) << error.message;
    }
    Image image;
    ASSERT_TRUE(decode(bytes.data(), bytes.size(), image, error));
    ASSERT_TRUE(verifyImage(image, chip).empty()) << one.chip;
    one.alter(image);
    // What the counts are made of is derived by check().
    image.check(error);
    std::vector<std::string> found = verifyImage(image, chip);
    std::string text;
    for (const std::string &line : found)
      text += line + "\n";
    EXPECT_NE(text.find(one.said), std::string::npos)
        << one.chip << ": " << one.name << " was not seen; said is: " << text;
  }
}

} // namespace
