//===- ExplainMapping.cpp - `snn explain FILE --chip NAME` ----------------===//
//
// The network is mapped as by `snn map`, and what the mapper met is said: why
// cores are full, which bounds there were, where populations lie, and for which
// connections messages are sent.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Mapping.h"
#include "compiler/Driver/Output.h"
#include "compiler/Driver/Verbs.h"
#include "compiler/Target/Cores/Map/Insight.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <set>

using namespace snn;
using namespace snn::driver;
using namespace snn::target::cores;
using Json = nlohmann::ordered_json;

namespace {

std::string counted(uint64_t number) {
  return lang::toMessage(lang::Count(number));
}

std::string formatted(const char *format, auto... values) {
  char text[160];
  std::snprintf(text, sizeof text, format, values...);
  return text;
}

/// "3,2": all cores at a router; "3,2,1": one of them.
struct Place {
  uint32_t x = 0, y = 0;
  std::optional<uint32_t> ofRouter;

  static std::optional<Place> read(const std::string &text) {
    uint32_t numbers[3] = {};
    size_t count = 0;
    const char *at = text.data(), *end = at + text.size();
    for (; count < 3; ++count) {
      auto [next, error] = std::from_chars(at, end, numbers[count]);
      if (error != std::errc())
        return std::nullopt;
      at = next;
      if (at == end || *at++ != ',')
        break;
    }
    if (at != end || text.ends_with(',') || count < 1)
      return std::nullopt;
    Place place{numbers[0], numbers[1], std::nullopt};
    if (count == 2)
      place.ofRouter = numbers[2];
    return place;
  }
};

class Explanation {
public:
  Explanation(const MappedModel &mapped, const lang::checked::Chip &chip)
      : mapped(mapped), chip(chip),
        insight(mapped.network, mapped.coded, mapped.mapping, mapped.spikes,
                mapped.image, chip) {}

  /// The cores that were asked for, or else the fullest.
  std::vector<CoreInsight> choose(const std::optional<Place> &place) const {
    std::vector<CoreInsight> cores;
    uint32_t fullest = 0;
    for (uint32_t i = 0; i < insight.numCores(); ++i) {
      const CoreLoad &load = mapped.mapping.report.cores[i];
      uint32_t ofRouter =
          mapped.image.cores[i].place % mapped.image.chip.coresPerRouter;
      if (place && load.x == place->x && load.y == place->y &&
          place->ofRouter.value_or(ofRouter) == ofRouter)
        cores.push_back(insight.core(i));
      if (insight.fullness(i) > insight.fullness(fullest))
        fullest = i;
    }
    if (!place && insight.numCores() > 0)
      cores.push_back(insight.core(fullest));
    return cores;
  }

  std::string text(const std::vector<CoreInsight> &chosen) const {
    const MappingReport &report = mapped.mapping.report;
    std::string all = mapped.name + " on " + chip.name + "\n\nBounds\n";
    all += "  cores               " + counted(report.cores.size()) +
           ", at least " + counted(report.coresBound) + "\n";
    for (const auto &[resource, cores] : report.boundsByResource)
      all += "    by " + resource +
             std::string(resource.size() < 15 ? 15 - resource.size() : 1, ' ') +
             "  at least " + counted(cores) + "\n";
    all +=
        formatted("  messages per spike  %.4g between cores, at least %.4g\n",
                  report.perSpike(report.messages), report.messagesBound);
    all += formatted("  hops per spike      %.4g\n",
                     report.perSpike(report.hopsX + report.hopsY));
    for (const CoreInsight &core : chosen)
      all += describe(core);
    all += "\nPopulations\n";
    for (uint32_t p = 0; p < mapped.network.populations.size(); ++p)
      all += describePopulation(p);
    all += "\nMessages between cores\n";
    std::vector<MessageShare> shares = insight.messages();
    for (const MessageShare &share : shares)
      all += "  " + nameOf(share) +
             formatted("  %.4g of %.4g\n", share.messages, report.messages);
    if (shares.empty())
      all += "  none\n";
    return all;
  }

  std::string json(const std::vector<CoreInsight> &chosen) const {
    const MappingReport &report = mapped.mapping.report;
    Json all = {
        {"chip", chip.name},
        {"name", mapped.name},
        {"cores", report.cores.size()},
        {"cores_bound", report.coresBound},
        {"bounds", Json::object()},
        {"copies", report.copies},
        {"replicas", report.replicas},
        {"relays", report.relays},
        {"messages_per_spike", report.perSpike(report.messages)},
        {"messages_per_spike_bound", report.messagesBound},
        {"hops_per_spike", report.perSpike(report.hopsX + report.hopsY)},
        {"explained_cores", Json::array()},
        {"populations", Json::object()},
        {"messages", Json::array()}};
    for (const auto &[resource, cores] : report.boundsByResource)
      all["bounds"][resource] = cores;
    for (const CoreInsight &core : chosen)
      all["explained_cores"].push_back(jsonOf(core));
    for (uint32_t p = 0; p < mapped.network.populations.size(); ++p) {
      Json cores = Json::array();
      for (auto [core, neurons] : insight.cores(p))
        cores.push_back({{"x", report.cores[core].x},
                         {"y", report.cores[core].y},
                         {"neurons", neurons}});
      all["populations"][mapped.network.populations[p].name] = std::move(cores);
    }
    for (const MessageShare &share : insight.messages())
      all["messages"].push_back(
          {{"source", mapped.network.populations[share.source].name},
           {"target", mapped.network.populations[share.target].name},
           {"messages", share.messages}});
    return all.dump(1) + "\n";
  }

private:
  const MappedModel &mapped;
  const lang::checked::Chip &chip;
  Insight insight;

  std::string nameOf(const MessageShare &share) const {
    return mapped.network.populations[share.source].name + " -> " +
           mapped.network.populations[share.target].name;
  }
  std::string nameOf(uint32_t neuron) const {
    neuron = mapped.mapping.root(neuron);
    const target::cores::Population &p = mapped.network.of(neuron);
    return p.name + "[" + std::to_string(neuron - p.first) + "]";
  }
  std::string placeOf(const CoreInsight &core) const {
    std::string text = std::to_string(core.x) + "," + std::to_string(core.y);
    return mapped.image.chip.coresPerRouter > 1
               ? text + "," + std::to_string(core.ofRouter)
               : text;
  }

  std::string describe(const CoreInsight &core) const {
    std::string text = "\nCore " + placeOf(core) + "\n  holds ";
    std::string holds;
    for (auto [population, neurons] : core.populations)
      holds += (holds.empty() ? "" : ", ") + counted(neurons) + " of " +
               mapped.network.populations[population].name;
    if (core.helpers)
      holds += (holds.empty() ? "" : ", ") + counted(core.helpers) +
               " replicas and relays";
    text += (holds.empty() ? "no neurons" : holds) + "\n";
    for (const Filling &filling : core.fillings)
      text += formatted("  %-14s %s of %s, %.3g %%\n", filling.resource.c_str(),
                        counted(filling.used).c_str(),
                        counted(filling.limit).c_str(), 100 * filling.share());
    for (const std::string &unknown : chip.unknown)
      text += formatted("  %-14s limit unknown\n", unknown.c_str());
    if (!core.next)
      return text + "  all neurons are here\n";
    std::string name = nameOf(core.next->neuron);
    if (core.next->fits)
      return text + "  not full: " + name +
             " would fit, and lies elsewhere as that takes fewer messages or "
             "as few\n";
    text += "  full: " + name + ", of all others nearest to fitting, needs\n";
    for (size_t i = 0; i < core.fillings.size(); ++i) {
      const Filling &filling = core.fillings[i];
      uint64_t need = filling.used + core.next->adds[i];
      if (need > filling.limit)
        text += "    " + counted(core.next->adds[i]) + " more of " +
                filling.resource + ": " + counted(need) + " of " +
                counted(filling.limit) + ", too many by " +
                counted(need - filling.limit) + "\n";
    }
    return text;
  }

  Json jsonOf(const CoreInsight &core) const {
    Json json = {{"x", core.x},
                 {"y", core.y},
                 {"of_router", core.ofRouter},
                 {"binds", core.fillings[0].resource},
                 {"resources", Json::object()},
                 {"populations", Json::object()}};
    for (size_t i = 0; i < core.fillings.size(); ++i) {
      const Filling &filling = core.fillings[i];
      json["resources"][filling.resource] = {{"used", filling.used},
                                             {"limit", filling.limit}};
      if (core.next)
        json["resources"][filling.resource]["next_adds"] = core.next->adds[i];
    }
    for (auto [population, neurons] : core.populations)
      json["populations"][mapped.network.populations[population].name] =
          neurons;
    json["next"] = core.next ? Json{{"neuron", nameOf(core.next->neuron)},
                                    {"fits", core.next->fits}}
                             : Json();
    return json;
  }

  std::string describePopulation(uint32_t p) const {
    constexpr size_t Shown = 8;
    std::vector<std::pair<uint32_t, uint32_t>> cores = insight.cores(p);
    const target::cores::Population &population = mapped.network.populations[p];
    std::string text =
        "  " + population.name + ": " + counted(population.size) + " on " +
        counted(cores.size()) + (cores.size() == 1 ? " core:" : " cores:");
    for (size_t i = 0; i < std::min(cores.size(), Shown); ++i) {
      const CoreLoad &load = mapped.mapping.report.cores[cores[i].first];
      text += formatted("%s %u,%u has %u", i ? "," : "", load.x, load.y,
                        cores[i].second);
    }
    text += cores.size() > Shown ? ", ...\n" : "\n";
    uint64_t copies = 0;
    for (uint32_t n = population.first; n < population.first + population.size;
         ++n)
      copies += mapped.mapping.copies[n] - 1;
    if (copies)
      text += "    " + counted(copies) +
              " copies, as they must reach more axons than the " +
              counted(static_cast<uint64_t>(chip.numbers.at("routes"))) +
              " that a neuron can\n";
    return text + describeHelpers(population);
  }

  /// Why a population has neurons beside its own, and of which kind.
  std::string
  describeHelpers(const target::cores::Population &population) const {
    uint64_t relays = 0, replicas = 0;
    uint32_t latest = 0;
    std::set<uint32_t> helped;
    for (const Helper &helper : mapped.mapping.helpers) {
      if (helper.of - population.first >= population.size)
        continue;
      ++(helper.isRelay ? relays : replicas);
      helped.insert(helper.of);
      latest = std::max(latest, helper.late);
    }
    std::string text;
    if (!helped.empty())
      text = "    " + counted(helped.size()) +
             " of its neurons reach more axons than copies on one core can "
             "send to:\n";
    if (relays)
      text += "      " + counted(relays) +
              " relays send their spikes on, up to " + counted(latest) +
              " ticks later, which the delays of these connections allow\n";
    if (replicas)
      text += "      " + counted(replicas) +
              " replicas on other cores do the same, where delays leave no "
              "time for relays\n      or inputs are so few that replicas take "
              "less\n";
    return text;
  }
};

} // namespace

int snn::driver::explainMapping(const ExplainOptions &options,
                                const Console &console) {
  std::optional<Place> place;
  if (!options.core.empty() && !(place = Place::read(options.core)))
    return console.fail({ExitCode::Usage,
                         "`" + options.core + "` is no place of a core",
                         "column and row of its router: `--core 3,2`"});
  lang::checked::Chip chip;
  MappedModel mapped;
  if (std::optional<Stop> stop = mapModelTo(
          options.chip, options.model, options.limits, console, chip, mapped))
    return stop->show(console);
  Explanation explanation(mapped, chip);
  std::vector<CoreInsight> chosen = explanation.choose(place);
  if (chosen.empty())
    return console.fail(
        {ExitCode::Usage, "the network has no core at `" + options.core + "`",
         "leave out `--core` for the fullest one; the report of `snn map` "
         "lists all"});
  bool isJson = console.options().format == MessageFormat::Json;
  return console.print(isJson ? explanation.json(chosen)
                              : explanation.text(chosen))
             ? 0
             : console.fail(outputFailure());
}
