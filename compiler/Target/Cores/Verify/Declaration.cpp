//===- Declaration.cpp - The chip in an image and as declared -------------===//
//
// Every number, word and step, one by one.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Verify/Checker.h"

using namespace snn::emulator;

namespace snn::target::cores {

void Checker::same(const std::string &name, int64_t inImage, int64_t declared) {
  if (inImage != declared)
    say("its `" + name + "` is " + text(inImage) + ", not " + text(declared));
}

void Checker::checkNumbers() {
  const ChipRecord &record = image.chip;
  const Limits &limits = record.limits;
  const struct {
    const char *name;
    int64_t value;
  } numbers[] = {{"columns", record.columns},
                 {"rows", record.rows},
                 {"cores_per_router", record.coresPerRouter},
                 {"queue", record.queue},
                 {"receptors", record.receptors},
                 {"neurons", limits.neurons},
                 {"axons", limits.axons},
                 {"routes", limits.routes},
                 {"core_routes", limits.coreRoutes},
                 {"synapses", limits.synapses},
                 {"synapse_bits", limits.synapseBits},
                 {"bits_per_synapse", limits.bitsPerSynapse},
                 {"bits_per_axon", limits.bitsPerAxon},
                 {"weight_low", limits.weightLow},
                 {"weight_high", limits.weightHigh},
                 {"weight_step", limits.weightStep},
                 {"weight_types", limits.weightTypes},
                 {"exponent_low", limits.exponentLow},
                 {"exponent_high", limits.exponentHigh},
                 {"route_delay", limits.routeDelay},
                 {"synapse_delay", limits.synapseDelay}};
  for (const auto &[name, value] : numbers)
    same(name, value, limit(name).value_or(Unknown));
  const struct {
    const char *name;
    double value;
  } costs[] = {{"cost_synapse", record.costs.synapse},
               {"cost_access", record.costs.access},
               {"cost_update", record.costs.update},
               {"cost_spike", record.costs.spike},
               {"cost_message", record.costs.message},
               {"cost_hop_x", record.costs.hopX},
               {"cost_hop_y", record.costs.hopY}};
  for (const auto &[name, value] : costs) {
    auto it = chip.costs.find(name);
    double declared = it == chip.costs.end() ? -1 : it->second;
    if (!(value == declared || (value < 0 && declared < 0)))
      say("its `" + std::string(name) + "` is another");
  }
}

void Checker::checkProgram(const std::string &name,
                           const Buffer<Instruction> &code,
                           const std::vector<lang::checked::ChipStep> &steps) {
  bool equal = code.size() == steps.size();
  for (size_t i = 0; equal && i < steps.size(); ++i)
    equal = static_cast<unsigned>(code[i].operation) ==
                static_cast<unsigned>(steps[i].operation) &&
            code[i].slot == steps[i].slot && code[i].a == steps[i].a &&
            code[i].b == steps[i].b && code[i].c == steps[i].c &&
            code[i].value == steps[i].value;
  if (!equal)
    say("its program `" + name + "` is another");
}

void Checker::checkDeclaration() {
  const ChipRecord &record = image.chip;
  if (record.name != chip.name)
    say("it is for `" + std::string(record.name) + "`");
  const struct {
    const char *name, *word;
    bool value;
  } words[] = {{"timing", "events", record.timing == Timing::Events},
               {"delivery", "sum", record.delivery == Delivery::Sum},
               {"merge", "once", record.merge == Merge::Or},
               {"weights", "table", record.weights == Weights::Table},
               {"routers", "columns", record.order == RouterOrder::Columns}};
  for (const auto &[name, word, value] : words)
    if (value != is(name, word))
      say("its `" + std::string(name) + "` is another");
  checkNumbers();
  same("registers", static_cast<int64_t>(image.registers.size()),
       static_cast<int64_t>(chip.registers.size()));
  same("parameters", record.parameters,
       static_cast<int64_t>(chip.parameters.size()));
  for (size_t i = 0;
       i < std::min<size_t>(image.registers.size(), chip.registers.size());
       ++i) {
    const Register &one = image.registers[i];
    const lang::checked::ChipNumber &declared = chip.registers[i];
    if (one.name != declared.name || one.low != declared.low ||
        one.high != declared.high ||
        (one.overflow == Overflow::Wrap) != declared.wraps)
      say("its register `" + declared.name + "` is another");
  }
  if (chip.isProgrammed()) {
    atMost("its program `on synapse`", "program_steps",
           image.synapseCode.size());
    atMost("its program `on tick`", "program_steps", image.tickCode.size());
    return;
  }
  checkProgram("on synapse", image.synapseCode, chip.onSynapse);
  checkProgram("on tick", image.tickCode, chip.onTick);
}

} // namespace snn::target::cores
