//===- Import.cpp - `snn import`: a spiking network from an ONNX file -----===//
//
// Reads, converts, writes an ordinary model, and then runs it: every count of
// every layer and every output is compared with the integer network's. What is
// written says what was proven and what was tested.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/ConvertedRun.h"
#include "compiler/Driver/CountErrors.h"
#include "compiler/Driver/EnergyReport.h"
#include "compiler/Driver/Evaluation.h"
#include "compiler/Driver/Figures.h"
#include "compiler/Driver/ImportReport.h"
#include "compiler/Driver/InputRange.h"
#include "compiler/Driver/Output.h"
#include "compiler/Import/ONNX/Reader.h"
#include "compiler/Results/MappedFile.h"

#include <nlohmann/json.hpp>

#include <cinttypes>
#include <cmath>
#include <cstdio>

using namespace snn;
using namespace snn::driver;
using importing::Converted;
using importing::Layer;
using json = nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

class Importing {
public:
  Importing(const ImportOptions &options, const Console &console)
      : options(options), console(console) {}
  int run();
  Expected<importing::ConvertOptions> chosen() const;

private:
  const ImportOptions &options;
  const Console &console;
  fs::path folder;
  std::string sourceHash;
  /// Of each layer: neurons and inputs whose count or sum is another one.
  std::vector<uint64_t> differing;

  std::optional<Failure> chooseRecipe(importing::ConvertOptions &result) const;
  data::Normalization normalization() const {
    return {options.mean, options.deviation};
  }
  std::optional<Failure> writeFiles(const Converted &converted);
  std::optional<int> evaluateOn(importing::Conversion &conversion,
                                data::Dataset testSet) const;
  json facts(const Converted &converted) const;
  json heading(const Converted &converted) const;
  std::string certificate(const Converted &converted) const;
  std::string report(const Converted &converted) const;
  std::string table(const Converted &converted) const;
  /// What the spiking network is held against.
  static const char *reference(const Converted &converted) {
    return converted.isApproximate ? "its units, evaluated one by one,"
                                   : "the integer network";
  }
};

/// Where thresholds are, where potentials begin, and what a spike does to them.
std::optional<Failure>
Importing::chooseRecipe(importing::ConvertOptions &result) const {
  if (options.code != "rate") {
    if (options.beta != 1 || options.reset != "soft" ||
        options.recipe != "half-threshold")
      return Failure{ExitCode::Usage,
                     "`--recipe`, `--reset` and `--beta` are of the rate code",
                     "add `--code rate`, or leave them out"};
    return std::nullopt;
  }
  if (options.exact)
    return Failure{ExitCode::Usage, "the rate code is approximate",
                   "leave `--exact` or `--code rate` out"};
  if (!(options.beta > 0 && options.beta <= 1))
    return Failure{ExitCode::Usage,
                   "a unit keeps a share above 0, up to 1, of its potential",
                   "try `--beta 0.95`"};
  // Threshold balancing (Diehl et al. 2015) takes the greatest activation, the
  // norm of Rueckauer et al. 2017 a percentile of those that are not zero; both
  // begin at 0. Bu et al. 2022 begin at half a threshold.
  if (options.recipe == "max")
    result.percentile = 100;
  if (options.recipe != "half-threshold")
    result.start = 0;
  if (options.recipe == "max" &&
      options.percentile != ImportOptions().percentile)
    return Failure{ExitCode::Usage,
                   "`--recipe max` takes the greatest activation, but "
                   "`--percentile` another one",
                   "leave one of them out"};
  result.isHard = options.reset == "hard";
  result.beta = options.beta;
  return std::nullopt;
}

Expected<importing::ConvertOptions> Importing::chosen() const {
  importing::ConvertOptions result;
  result.source = fs::path(options.file).filename();
  result.levels = options.levels;
  // No number is outside of a range for the parser of arguments.
  if (std::isnan(options.percentile))
    return Failure{ExitCode::Usage, "`--percentile` is no number",
                   "try `snn import --help`"};
  result.percentile = options.percentile;
  result.mostSamples = options.samples;
  result.tests = options.tests;
  result.code = options.code;
  if (std::optional<Failure> failure = chooseRecipe(result))
    return *failure;
  if (!options.calibrate.empty()) {
    Expected<data::Dataset> samples =
        data::readDataset(options.calibrate, normalization());
    if (!samples)
      return samples.failure();
    result.samples = std::move(*samples);
  }
  if (!options.range.empty()) {
    Expected<std::pair<double, double>> range = parseRange(options.range);
    if (!range)
      return range.failure();
    result.range = *range;
  }
  return result;
}

std::optional<Failure> Importing::writeFiles(const Converted &converted) {
  std::error_code error;
  fs::create_directories(folder / "data", error);
  if (error)
    return Failure{ExitCode::InputOutput,
                   "cannot make the folder `" + folder.string() +
                       "`: " + error.message(),
                   ""};
  // They were of what stood there before.
  for (const char *old : {"certificate.json", "conversion.json",
                          "evaluation.json", "anytime.svg"})
    fs::remove(folder / old, error);
  for (const auto &[name, content] : converted.files)
    if (std::optional<Failure> failure = writeFile(folder / name, content))
      return failure;
  return std::nullopt;
}

/// What was tested on how many inputs, and of which files.
json Importing::facts(const Converted &converted) const {
  json layers = json::array();
  uint64_t wrong = 0;
  for (size_t i = 0; i < converted.layers.size(); ++i) {
    const Layer &layer = converted.layers[i];
    wrong += differing[i];
    auto tests = static_cast<double>(converted.tests);
    layers.push_back({{"name", layer.name},
                      {"node", layer.origin},
                      {"kind", layer.kind},
                      {"code", layer.code},
                      {"neurons", layer.neurons},
                      {"synapses", layer.synapses},
                      {"differing", differing[i]},
                      {"spikes_per_input", double(layer.spikes) / tests},
                      {"sops_per_input", double(layer.events) / tests},
                      {"share_at_greatest_count", layer.clipped}});
  }
  json files = json::object();
  for (const auto &[name, content] : converted.files)
    files[name] = importing::sha256(content);
  return {
      {"tested", {{"inputs", converted.tests}, {"differing_numbers", wrong}}},
      {"integer_network_against_original",
       {{"scales_rounded", converted.isInexact},
        {"output_scales", converted.scales},
        {"largest_error", converted.largestError},
        {"mean_error", converted.meanError},
        {"other_winners", converted.otherWinners},
        {"of_inputs", converted.tests}}},
      {"macs_per_input_of_original", converted.macs},
      {"energy_nj_per_input",
       EnergyReport(converted, converted.layers, converted.tests).toJson()},
      {"layers", layers},
      {"sha256", files}};
}

json Importing::heading(const Converted &converted) const {
  return {{"format", 1},
          {"source",
           {{"name", onnx::shown(fs::path(options.file).filename())},
            {"sha256", sourceHash}}},
          {"code", converted.code},
          {"levels", converted.levels},
          {"frame_steps", converted.frame}};
}

/// What was proven beside it.
std::string Importing::certificate(const Converted &converted) const {
  json costs = json::array();
  for (const Converted::Cost &cost : converted.costs)
    costs.push_back({{"code", cost.code},
                     {"sops_per_input", cost.events},
                     {"neuron_updates_per_input", cost.updates}});
  json result = heading(converted);
  result["weighed"] = costs;
  result["proven"] = {{"whole_numbers_only", true},
                      {"no_overflow", true},
                      {"largest_number", converted.largest},
                      {"numbers_exact_in",
                       converted.largest < (1 << 24) ? "float32" : "float64"},
                      {"thresholds_ascend", true},
                      {"units_fire_after_all_input_arrived", true},
                      {"schedule_quiescent", true}};
  result.update(facts(converted));
  return result.dump(2) + "\n";
}

/// Of an approximate code: nothing is proven, all is measured.
std::string Importing::report(const Converted &converted) const {
  json result = heading(converted);
  result["exact"] = false;
  result["units"] = {{"recipe", options.recipe},
                     {"reset", options.reset},
                     {"beta", converted.beta},
                     {"start", converted.start}};
  result["against_integer_network"] = countErrorsJson(converted.layers);
  result.update(facts(converted));
  return result.dump(2) + "\n";
}

std::string Importing::table(const Converted &converted) const {
  std::string text = "layer      kind     neurons  synapses  spikes/input  "
                     "SOPs/input  clipped  differing  node\n";
  char line[256];
  auto tests = static_cast<double>(converted.tests);
  for (size_t i = 0; i < converted.layers.size(); ++i) {
    const Layer &layer = converted.layers[i];
    std::snprintf(line, sizeof line,
                  "%-10s %-8s %7" PRIu64 " %9" PRIu64
                  " %13.1f %11.0f %6.1f %% %10" PRIu64 "  ",
                  layer.name.c_str(), layer.kind.c_str(), layer.neurons,
                  layer.synapses, double(layer.spikes) / tests,
                  double(layer.events) / tests, 100 * layer.clipped,
                  differing[i]);
    text += line + layer.origin + "\n";
  }
  return text + comparisonText(converted);
}

/// An exit code if something is wrong.
std::optional<int> Importing::evaluateOn(importing::Conversion &conversion,
                                         data::Dataset testSet) const {
  Evaluation evaluation;
  if (std::optional<Stop> stop =
          evaluate(conversion, std::move(testSet), console, evaluation))
    return stop->show(console);
  if (std::optional<Failure> failure =
          writeFile(folder / "evaluation.json", evaluation.toJson()))
    return console.fail(*failure);
  if (std::optional<Failure> failure =
          writeFigure(evaluation.anytimeFigure(), folder / "anytime.svg"))
    return console.fail(*failure);
  if (!console.print("\n" + evaluation.toText()))
    return console.fail(outputFailure());
  if (evaluation.differing)
    return console.fail({ExitCode::Mismatch,
                         "the spiking network differs from " +
                             std::string(reference(conversion.result())) +
                             " in " + std::to_string(evaluation.differing) +
                             " numbers",
                         "the conversion is not exact; please report it"});
  return std::nullopt;
}

int Importing::run() {
  if (options.output.empty())
    return console.fail({ExitCode::Usage, "say where the model goes: -o DIR",
                         "try `snn import --help`"});
  folder = options.output;
  if (folder.extension() == ".snn") {
    if (folder.filename() != "model.snn")
      return console.fail(
          {ExitCode::Usage, "the model of a folder is called model.snn",
           "try `-o " + folder.replace_extension().string() + "`"});
    folder = folder.has_parent_path() ? folder.parent_path() : ".";
  }
  Expected<importing::ConvertOptions> chosen = this->chosen();
  if (!chosen)
    return console.fail(chosen.failure());
  data::Dataset testSet;
  if (!options.evaluate.empty()) {
    Expected<data::Dataset> set =
        data::readDataset(options.evaluate, normalization());
    if (!set)
      return console.fail(set.failure());
    testSet = std::move(*set);
  }
  Expected<onnx::Graph> graph = onnx::readGraph(options.file);
  if (!graph)
    return console.fail(graph.failure());
  auto source = results::MappedFile::open(options.file);
  if (!source)
    return console.fail(source.failure());
  sourceHash = importing::sha256((*source)->bytes());
  Expected<importing::Conversion> conversion =
      importing::Conversion::run(*graph, std::move(*chosen));
  if (!conversion)
    return console.fail(conversion.failure());
  const Converted *converted = &conversion->result();
  if (testSet.count != 0)
    if (std::optional<Failure> failure = conversion->fit(testSet))
      return console.fail(*failure);
  if (std::optional<Failure> failure = writeFiles(*converted))
    return console.fail(*failure);
  ConvertedAnswers answers;
  if (std::optional<Stop> stop =
          runConverted(folder, *converted, converted->layers, console, answers))
    return stop->show(console);
  for (const LayerAnswer &answer : answers.layers)
    differing.push_back(answer.differing);
  if (std::optional<Failure> failure =
          converted->isApproximate
              ? writeFile(folder / "conversion.json", report(*converted))
              : writeFile(folder / "certificate.json", certificate(*converted)))
    return console.fail(*failure);
  if (!console.print(table(*converted)))
    return console.fail(outputFailure());
  for (size_t i = 0; i < differing.size(); ++i)
    if (differing[i])
      return console.fail({ExitCode::Mismatch,
                           "layer `" + converted->layers[i].name +
                               "` differs from " + reference(*converted) +
                               " in " + std::to_string(differing[i]) +
                               " numbers",
                           "the conversion is not exact; please report it"});
  if (testSet.count != 0)
    if (std::optional<int> code = evaluateOn(*conversion, std::move(testSet)))
      return *code;
  if (converted->isApproximate) {
    console.note("approximate, in the rate code; made " +
                 (folder / "model.snn").string() +
                 " and conversion.json; next: snn test " + folder.string());
    return 0;
  }
  console.note("exact in the " + converted->code +
               " code: no number differs for " +
               std::to_string(converted->tests) + " inputs; made " +
               (folder / "model.snn").string() +
               " and certificate.json; next: snn test " + folder.string());
  return 0;
}

} // namespace

std::string snn::driver::comparisonText(const Converted &converted) {
  char line[256];
  std::snprintf(line, sizeof line,
                "%" PRIu64 " inputs; against the network as it was: largest "
                "error of an output %.3g, mean %.3g, another greatest output "
                "in %" PRIu64 "; %" PRIu64 " MACs/input there\n",
                converted.tests, converted.largestError, converted.meanError,
                converted.otherWinners, converted.macs);
  std::string text = line;
  if (converted.isApproximate)
    text += "\n" + countErrorsText(converted.layers, converted.tests);
  return text + "\n" +
         EnergyReport(converted, converted.layers, converted.tests).toText();
}

Expected<importing::ConvertOptions>
snn::driver::conversionOptions(const ImportOptions &options,
                               const Console &console) {
  return Importing(options, console).chosen();
}

int snn::driver::importNetwork(const ImportOptions &options,
                               const Console &console) {
  return Importing(options, console).run();
}

Expected<unsigned> snn::driver::checkNetwork(const std::string &file,
                                             const Console &console) {
  Expected<onnx::Graph> graph = onnx::readGraph(file);
  if (!graph)
    return graph.failure();
  std::vector<std::string> refused = importing::refusals(*graph);
  for (const std::string &message : refused)
    console.fail({ExitCode::ModelErrors, message, ""});
  return static_cast<unsigned>(refused.size());
}
