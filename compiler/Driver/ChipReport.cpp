//===- ChipReport.cpp - What `snn map` says, as text and JSON ---*- C++ -*-===//
//
// Beside each number that was reached stands its bound, beside each use its
// limit.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/ChipReport.h"

#include <nlohmann/json.hpp>

#include <cstdio>

using namespace snn;
using namespace snn::driver;
using namespace snn::target::cores;
using Json = nlohmann::ordered_json;

namespace {

class Text {
public:
  void line(const std::string &name, const char *format, auto... values) {
    char buffer[320];
    std::snprintf(buffer, sizeof buffer, format, values...);
    char head[64];
    std::snprintf(head, sizeof head, "%-22s ", name.c_str());
    all += head + std::string(buffer) + "\n";
  }
  std::string all;
};

void describeUses(const MappingReport &report, Text &text) {
  for (const Use &use : report.uses) {
    auto most = static_cast<unsigned long long>(use.most),
         total = static_cast<unsigned long long>(use.total);
    std::string name = use.resource == "core_routes" ? "routes" : use.resource;
    if (use.capacity < 0)
      text.line(name,
                "%llu in the fullest core, %llu in all; the chip's limit is "
                "unknown",
                most, total);
    else
      text.line(name, "%llu of %lld in the fullest core, %.3g %% of all", most,
                static_cast<long long>(use.capacity),
                100 * static_cast<double>(use.total) /
                    (static_cast<double>(use.capacity) *
                     static_cast<double>(report.cores.size())));
  }
}

/// Whose neurons send to more axons than one neuron of the chip can.
void describeCopies(const MappedModel &mapped, const lang::checked::Chip &chip,
                    Text &text) {
  for (const Population &p : mapped.network.populations) {
    unsigned long long neurons = 0, copies = 0;
    for (uint32_t n = p.first; n < p.first + p.size; ++n) {
      neurons += mapped.mapping.copies[n] > 1;
      copies += mapped.mapping.copies[n] - 1;
    }
    if (copies)
      text.line("  of " + p.name,
                "%llu, since %llu of its neurons send to more axons than %lld",
                copies, neurons,
                static_cast<long long>(chip.numbers.at("routes")));
  }
}

/// Whose spikes others send as well, as no core has room for their copies.
void describeHelpers(const MappedModel &mapped, Text &text) {
  const std::vector<Helper> &all = mapped.mapping.helpers;
  for (bool isRelay : {false, true}) {
    auto count = static_cast<unsigned long long>(
        isRelay ? mapped.mapping.report.relays
                : mapped.mapping.report.replicas);
    if (count == 0)
      continue;
    text.line(isRelay ? "relays" : "replicas", "%llu", count);
    for (const Population &p : mapped.network.populations) {
      unsigned long long own = 0;
      uint32_t latest = 0;
      for (const Helper &helper : all)
        if (helper.isRelay == isRelay && helper.of - p.first < p.size) {
          ++own;
          latest = std::max(latest, helper.late);
        }
      if (own && isRelay)
        text.line("  of " + p.name,
                  "%llu, which take up to %u ticks of the delay of what they "
                  "send on",
                  own, latest);
      else if (own)
        text.line("  of " + p.name,
                  "%llu, as no core has room for the copies of a neuron", own);
    }
  }
}

void describeLosses(const MappedModel &mapped, Text &text) {
  for (size_t i = 0; i < mapped.network.populations.size(); ++i) {
    const Loss &loss = mapped.coded.losses[i];
    const std::string &name = mapped.network.populations[i].name;
    if (loss.isExact())
      text.line(name, "nothing is lost (1 of the model is %.6g of the chip)",
                loss.scale);
    else
      text.line(name,
                "rounding: weights %.2g %%, threshold %.2g %%, bias %.2g %%, "
                "decay %.2g, current's decay %.2g",
                100 * loss.weights, 100 * loss.threshold, 100 * loss.bias,
                loss.decay, loss.decayCurrent);
  }
}

} // namespace

std::string snn::driver::reportText(const MappedModel &mapped,
                                    const lang::checked::Chip &chip) {
  const MappingReport &report = mapped.mapping.report;
  Text text;
  text.line("cores", "%zu, at least %u", report.cores.size(),
            report.coresBound);
  describeUses(report, text);
  text.line("copied neurons", "%llu",
            static_cast<unsigned long long>(report.copies));
  describeCopies(mapped, chip, text);
  describeHelpers(mapped, text);
  text.line("messages per spike", "%.4g between cores, at least %.4g",
            report.perSpike(report.messages), report.messagesBound);
  text.line("hops per spike", "%.4g",
            report.perSpike(report.hopsX) + report.perSpike(report.hopsY));
  double largest = 0;
  for (const LinkLoad &link : report.links)
    largest = std::max(largest, link.spikes);
  text.line("largest link load", "%.4g spikes in %u ticks", largest,
            mapped.ticks);
  text.line("synaptic operations", "%.4g in %u ticks", report.operations,
            mapped.ticks);
  if (report.energy.total() > 0)
    text.line("energy",
              "at most %.3g J: synapses %.3g, neurons %.3g, network %.3g "
              "(spikes of this machine, constants of the declaration)",
              report.energy.total(), report.energy.synapses,
              report.energy.neurons, report.energy.network);
  if (report.tickTime)
    text.line("time of a tick", "%.3g us, %.3g ms for the experiment",
              *report.tickTime * 1e6,
              *report.tickTime * static_cast<double>(mapped.ticks) * 1e3);
  describeLosses(mapped, text);
  for (const std::string &unknown : chip.unknown)
    text.line("unknown limit", "`%s` of %s is not public and not checked",
              unknown.c_str(), chip.name.c_str());
  return text.all;
}

std::string snn::driver::reportJson(const MappedModel &mapped,
                                    const lang::checked::Chip &chip) {
  const MappingReport &report = mapped.mapping.report;
  Json json = {{"chip", chip.name},
               {"name", mapped.name},
               {"ticks", mapped.ticks},
               {"cores", report.cores.size()},
               {"cores_bound", report.coresBound},
               {"copied_neurons", report.copies},
               {"replicas", report.replicas},
               {"relays", report.relays},
               {"spikes", report.spikes},
               {"messages", report.messages},
               {"messages_per_spike", report.perSpike(report.messages)},
               {"messages_per_spike_bound", report.messagesBound},
               {"hops", report.hopsX + report.hopsY},
               {"hops_per_spike", report.perSpike(report.hopsX + report.hopsY)},
               {"synaptic_operations", report.operations},
               {"energy_j",
                {{"synapses", report.energy.synapses},
                 {"neurons", report.energy.neurons},
                 {"network", report.energy.network},
                 {"total", report.energy.total()}}},
               {"tick_s", report.tickTime ? Json(*report.tickTime) : Json()},
               {"columns", report.columns},
               {"rows", report.rows},
               {"unknown_limits", chip.unknown}};
  for (const Use &use : report.uses)
    json["uses"][use.resource] = {
        {"fullest", use.most},
        {"total", use.total},
        {"limit", use.capacity < 0 ? Json() : Json(use.capacity)}};
  for (size_t i = 0; i < mapped.network.populations.size(); ++i) {
    const Loss &loss = mapped.coded.losses[i];
    json["quantisation"][mapped.network.populations[i].name] = {
        {"exact", loss.isExact()},
        {"scale", loss.scale},
        {"weights", loss.weights},
        {"threshold", loss.threshold},
        {"bias", loss.bias},
        {"decay", loss.decay},
        {"decay_current", loss.decayCurrent}};
  }
  json["per_core"] = Json::array();
  for (const CoreLoad &core : report.cores)
    json["per_core"].push_back({{"x", core.x},
                                {"y", core.y},
                                {"neurons", core.neurons},
                                {"axons", core.axons},
                                {"routes", core.routes},
                                {"synapses", core.synapses},
                                {"spikes", core.spikes},
                                {"messages", core.messages},
                                {"synaptic_operations", core.operations}});
  json["links"] = Json::array();
  for (const LinkLoad &link : report.links)
    json["links"].push_back({{"from", {link.x, link.y}},
                             {"to", {link.toX, link.toY}},
                             {"spikes", link.spikes}});
  return json.dump(1) + "\n";
}
