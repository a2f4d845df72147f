//===- Explain.cpp - `snn explain`: codes and choices -----------*- C++ -*-===//
//
// What an error code means, with an example of each; or, of a model, its parts,
// how their equations are solved, and the memory they will take.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Execution.h"
#include "compiler/Driver/Model.h"
#include "compiler/Driver/Output.h"
#include "lang/Basic/Units.h"
#include "lang/Diagnostics/Suggest.h"
#include "runtime/lib/Delivery/DenseProjection.h"
#include "runtime/lib/Delivery/ToeplitzProjection.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <iterator>
#include <set>

using namespace snn;
using namespace snn::driver;

/// A letter and four digits, as codes of messages are.
static bool looksLikeCode(const std::string &text) {
  return text.size() == 5 &&
         std::isalpha(static_cast<unsigned char>(text[0])) &&
         std::all_of(text.begin() + 1, text.end(),
                     [](unsigned char c) { return std::isdigit(c) != 0; });
}

static int explainCode(std::string code, const Console &console) {
  code[0] =
      static_cast<char>(std::toupper(static_cast<unsigned char>(code[0])));
  std::string text = lang::explain(code);
  if (!text.empty())
    return console.print(text) ? 0 : console.fail(outputFailure());
  std::vector<std::string> codes;
  for (const lang::KindInfo &kind : lang::allKinds())
    codes.emplace_back(kind.code);
  std::optional<std::string> near = lang::nearest(code, codes);
  return console.fail({ExitCode::Usage, "there is no code `" + code + "`",
                       near ? "did you mean `" + *near + "`?"
                            : "codes stand in brackets behind `error`"});
}

namespace {

std::string counted(uint64_t number) {
  return lang::toMessage(lang::Count(number));
}

std::string bytes(uint64_t number) {
  static constexpr const char *units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
  auto value = static_cast<double>(number);
  size_t unit = 0;
  for (; value >= 1024 && unit + 1 < std::size(units); ++unit)
    value /= 1024;
  char text[32];
  std::snprintf(text, sizeof text, unit ? "%.1f %s" : "%.0f %s", value,
                units[unit]);
  return text;
}

std::string describe(const lang::checked::Value &value) {
  using Value = lang::checked::Value;
  if (value.kind == Value::Kind::Constant)
    return lang::formatQuantity(value.constant, value.dimension);
  if (value.kind == Value::Kind::Data)
    return "given for each";
  if (value.kind == Value::Kind::Place)
    return lang::formatQuantity(value.least, value.dimension) + " .. " +
           lang::formatQuantity(value.greatest, value.dimension) +
           " by distance";
  return "drawn";
}

std::string describe(const lang::checked::Rule &rule) {
  using Kind = lang::checked::Rule::Kind;
  switch (rule.kind) {
  case Kind::Probability:
    return "probability " + lang::formatNumber(rule.probability);
  case Kind::Indegree:
    return "indegree " + counted(rule.count);
  case Kind::Outdegree:
    return "outdegree " + counted(rule.count);
  case Kind::Total:
    return "total " + counted(rule.count);
  case Kind::OneToOne:
    return "one to one";
  case Kind::AllToAll:
    return "all to all";
  case Kind::List:
    return "list";
  case Kind::Place:
    return "probability by distance";
  case Kind::Convolution:
    return "convolution by " + std::to_string(rule.convolution.kernel[0]) +
           " x " + std::to_string(rule.convolution.kernel[1]);
  }
  return "";
}

/// Two columns, the first as wide as it needs.
std::string
table(const std::string &title,
      const std::vector<std::pair<std::string, std::string>> &rows) {
  if (rows.empty())
    return "";
  size_t width = 0;
  for (const auto &row : rows)
    width = std::max(width, row.first.size());
  std::string text = "\n" + title + "\n";
  for (const auto &[name, what] : rows)
    text +=
        "  " + name + std::string(width - name.size() + 2, ' ') + what + "\n";
  return text;
}

/// How near to its rest a neuron is put to rest.
std::string describeTolerances(const lang::checked::Population &population) {
  std::string text;
  for (const auto &[state, dimension, value] : population.tolerances)
    text += (text.empty() ? ", put to rest within " : ", ") +
            lang::formatQuantity(value, dimension) + " of " + state;
  return text;
}

std::string describeNetwork(const lang::checked::Program &program,
                            const lang::checked::Network &network) {
  std::vector<std::pair<std::string, std::string>> populations, projections;
  for (const lang::checked::Population &one : network.populations) {
    using Kind = lang::checked::Population::Kind;
    std::string what = one.kind == Kind::Neurons
                           ? program.neurons[one.model].name
                       : one.kind == Kind::PoissonSource   ? "Poisson source"
                       : one.kind == Kind::ConditionSource ? "condition"
                                                           : "spike source";
    populations.emplace_back(one.path, what + "[" + counted(one.size) + "]" +
                                           describeTolerances(one));
  }
  for (const lang::checked::Projection &one : network.projections)
    projections.emplace_back(
        one.path, describe(one.rule) + ", weight " + describe(one.weight) +
                      (one.isContinuous ? ", by states, in every step"
                                        : ", delay " + describe(one.axonal)));
  return table("Populations", populations) + table("Projections", projections);
}

/// Where each state of the rules lives, and why.
std::string describeRules(const lang::checked::Program &program,
                          const lang::checked::Network &network) {
  using Home = lang::checked::PlasticityModel::Home;
  std::set<unsigned> used;
  for (const lang::checked::Projection &one : network.projections)
    if (one.plasticity)
      used.insert(one.plasticity->rule);
  std::vector<std::pair<std::string, std::string>> rows;
  for (unsigned index : used) {
    const lang::checked::PlasticityModel &rule = program.plasticity[index];
    for (size_t i = 0; i < rule.states.size(); ++i)
      rows.emplace_back(rule.name + "." + rule.states[i].name,
                        (rule.homes[i] == Home::Pre    ? "for each source: "
                         : rule.homes[i] == Home::Post ? "for each target: "
                                                       : "for each synapse: ") +
                            rule.reasons[i]);
  }
  return table("Kept", rows);
}

bool isConstant(const snn_value &value) { return value.kind == SNN_CONSTANT; }

/// How a stored synapse lies in memory, as docs/decisions/shared-rows.md has
/// it.
std::string describeEncoding(const snn_model &model,
                             const snn_projection &projection) {
  if (projection.coupling)
    return "sources of 32 bits and weights, by target";
  if (projection.sum_field == SNN_NONE)
    return "targets and weights, one number each";
  if (runtime::ToeplitzProjection::keeps(model, projection))
    return "the kernel once, nothing for a synapse: all have one delay";
  using runtime::DenseProjection;
  switch (DenseProjection::kindOf(model, projection)) {
  case DenseProjection::Kind::Bits:
    return "a matrix with a bit for each pair: so many are connected, with one "
           "weight and delay";
  case DenseProjection::Kind::Weights:
    return "a matrix of weights of 16 bits, of 32 where they do not fit: most "
           "pairs are connected, with one delay";
  case DenseProjection::Kind::None:
    break;
  }
  if (isConstant(projection.weight) && isConstant(projection.axonal_delay) &&
      isConstant(projection.dendritic_delay))
    return std::string(projection.weight_element == SNN_I64 ||
                               runtime::drawsByTarget(projection)
                           ? "32"
                           : "16") +
           " bits of target and no more: weight and delay are constant";
  if (projection.weight_element == SNN_I64)
    return "targets of 32 bits and weights of 64";
  if (runtime::drawsByTarget(projection))
    return "targets and weights of 32 bits";
  return "16 bits of target and 16 of weight in one word, two words where they "
         "do not fit";
}

/// Why synapses are stored, whatever memory there is.
std::string whyStored(const snn_projection &projection) {
  if (projection.coupling)
    return "they act in every step";
  if (projection.sum_field == SNN_NONE)
    return "every spike runs the port's handler, in a fixed order";
  if (projection.weight_element == SNN_I64)
    return "sums have 64 bits";
  if (runtime::drawsByTarget(projection))
    return "each target draws its sources";
  if (projection.rule == SNN_PLACE)
    return "each pair is drawn by itself";
  if (projection.rule == SNN_CONVOLUTION)
    return "a kernel says who is connected";
  if (projection.rule == SNN_ONE_TO_ONE || projection.rule == SNN_ALL_TO_ALL ||
      projection.rule == SNN_LIST)
    return "the rule draws nothing";
  return "as asked";
}

std::string describeStorage(const snn_model &model,
                            const snn_projection &projection) {
  switch (projection.storage) {
  case SNN_PROCEDURAL:
    return "generated from counts at each spike, as asked";
  case SNN_EITHER:
    return describeEncoding(model, projection) +
           "; generated from counts at each spike where memory is short";
  case SNN_TOEPLITZ:
    return describeEncoding(model, projection);
  case SNN_ROWS:
    return describeEncoding(model, projection) + "; stored: as asked";
  default:
    return describeEncoding(model, projection) +
           "; stored: " + whyStored(projection);
  }
}

/// Of a kernel, which many share: how much that is for each.
std::string shareOf(const snn_projection &projection,
                    const snn_memory &memory) {
  if (projection.storage != SNN_TOEPLITZ || memory.expected_synapses == 0)
    return "";
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), " (%.2g bytes a synapse)",
                static_cast<double>(memory.synapses) /
                    static_cast<double>(memory.expected_synapses));
  return text.data();
}

/// What each projection would take without the others.
Expected<std::string> describeStorage(const snn_model &model,
                                      const snn_options &engine) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (uint32_t p = 0; p < model.num_projections; ++p) {
    snn_model alone = model;
    alone.projections = &model.projections[p];
    alone.num_projections = 1;
    snn_memory memory{};
    snn_error error{};
    if (snn_estimate_memory(&alone, &engine, &memory, &error) != SNN_OK)
      return failureOf(error);
    rows.emplace_back(model.projections[p].path,
                      "about " + counted(memory.expected_synapses) + ", " +
                          bytes(memory.synapses) +
                          shareOf(model.projections[p], memory) + ": " +
                          describeStorage(model, model.projections[p]));
  }
  return table("Storage", rows);
}

std::string wordFor(const std::string &kind) {
  return kind == "Solver"            ? "solved by"
         : kind == "Grid"            ? "sums in"
         : kind == "MergedReceptors" ? "merged"
         : kind == "OnPost"          ? "`on post`"
                                     : kind;
}

int explainModel(const ExplainOptions &options, const Console &console) {
  Model model(options.model, console);
  lang::checked::Experiment experiment;
  if (std::optional<Stop> stop =
          model.loadExperiment(options.subject, experiment))
    return stop->show(console);
  Expected<std::vector<Choice>> choices = explainChoices(
      model.program(), experiment, model.sources(), model.code());
  if (!choices)
    return console.fail(choices.failure());
  Expected<std::unique_ptr<CompiledModel>> compiled = compileInMemory(
      model.program(), experiment, model.sources(), model.code());
  if (!compiled)
    return console.fail(compiled.failure());
  Expected<snn_options> engine = engineOptions({}, experiment.seeds, -1);
  if (!engine)
    return console.fail(engine.failure());
  snn_memory memory{};
  snn_error error{};
  if (snn_estimate_memory(&(*compiled)->model(), &*engine, &memory, &error) !=
      SNN_OK)
    return console.fail(failureOf(error));

  lang::Dimension time = lang::Dimension::time();
  auto duration = [&](uint64_t steps) {
    return lang::formatQuantity(
        static_cast<double>(steps) * experiment.stepSize, time);
  };
  std::string text = "experiment " + experiment.name + ": step " +
                     lang::formatQuantity(experiment.stepSize, time) +
                     ", duration " + duration(experiment.durationSteps) +
                     " after " + duration(experiment.warmupSteps) + "\n";
  text += describeNetwork(model.program(), experiment.network);
  text += describeRules(model.program(), experiment.network);
  std::vector<std::pair<std::string, std::string>> rows;
  for (const Choice &choice : *choices)
    rows.emplace_back(choice.subject, wordFor(choice.kind) + " " + choice.text);
  text += table("Choices", rows);
  rows.clear();
  for (const auto &import : experiment.network.imports)
    rows.emplace_back(import.path, import.summary);
  text += table("Imports", rows);
  Expected<std::string> storage =
      describeStorage((*compiled)->model(), *engine);
  if (!storage)
    return console.fail(storage.failure());
  text += *storage;
  text += table("Memory", {{"states", bytes(memory.states)},
                           {"synapses", bytes(memory.synapses) + ", about " +
                                            counted(memory.expected_synapses) +
                                            " of "
                                            "them"},
                           {"recording", bytes(memory.recording)},
                           {"other", bytes(memory.other)},
                           {"total", bytes(memory.total)}});
  return console.print(text) ? 0 : console.fail(outputFailure());
}

} // namespace

int snn::driver::explainSubject(const ExplainOptions &options,
                                const Console &console) {
  if (looksLikeCode(options.subject))
    return explainCode(options.subject, console);
  if (!options.core.empty() && options.chip.empty())
    return console.fail({ExitCode::Usage, "`--core` is one of a chip",
                         "name it: `--chip loihi1`"});
  if (!options.chip.empty()) {
    ExplainOptions onChip = options;
    onChip.model.file = options.subject;
    return explainMapping(onChip, console);
  }
  return explainModel(options, console);
}
