//===- Evaluation.cpp - A converted network on a test set -------*- C++ -*-===//
//
// The examples are run in batches, each the model with other inputs. What the
// output holds after each step follows from the spikes that were recorded and
// the synapses onto it: a spike adds its weight times what it is worth.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Evaluation.h"

#include "compiler/Driver/CountErrors.h"
#include "compiler/Driver/TemporaryFolder.h"
#include "compiler/Import/Process/Reader.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

using namespace snn;
using namespace snn::driver;
using importing::Converted;
using importing::Layer;
using json = nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

/// What is removed soon need not reach the disk.
bool write(const fs::path &path, const std::string &content) {
  std::ofstream file(path, std::ios::binary);
  file << content;
  return static_cast<bool>(file.flush());
}

size_t greatest(const std::vector<double> &numbers) {
  return static_cast<size_t>(std::max_element(numbers.begin(), numbers.end()) -
                             numbers.begin());
}

/// By how much the greatest number exceeds all others.
double lead(const std::vector<double> &numbers) {
  size_t winner = greatest(numbers);
  double second = -1e300;
  for (size_t i = 0; i < numbers.size(); ++i)
    if (i != winner)
      second = std::max(second, numbers[i]);
  return numbers[winner] - second;
}

/// What one input's output was after each step: who leads, by how much.
struct Course {
  uint32_t label = 0;
  std::vector<uint32_t> winner;
  std::vector<float> lead;
};

class Evaluator {
public:
  Evaluator(importing::Conversion &conversion, const data::Dataset &set,
            const Console &console, Evaluation &result)
      : conversion(conversion), converted(conversion.result()), set(set),
        console(console), result(result) {}

  std::optional<Stop> run() {
    while (output < converted.layers.size() &&
           converted.layers[output].kind != "output")
      ++output;
    if (std::optional<Failure> failure = prepare())
      return Stop{*failure};
    uint64_t batch = batchSize();
    for (uint64_t first = 0; first < set.count; first += batch)
      if (std::optional<Stop> stop =
              add(first, std::min(batch, set.count - first)))
        return stop;
    exitEarly();
    result.energy.emplace(converted, result.layers, set.count);
    return std::nullopt;
  }

private:
  importing::Conversion &conversion;
  const Converted &converted;
  const data::Dataset &set;
  const Console &console;
  Evaluation &result;
  size_t output = 0;
  /// Synapses onto the output: of each layer, by neuron.
  std::vector<std::vector<std::vector<importing::Readout>>> readouts;
  std::vector<Course> courses;

  std::optional<Failure> prepare() {
    uint64_t classes = converted.layers[output].neurons;
    std::string name = "`" + process::shown(set.name) + "`";
    if (classes < 2)
      return Failure{ExitCode::ModelErrors,
                     "the network has one output, which tells no classes apart",
                     "leave `--evaluate` out"};
    if (set.labels.empty())
      return Failure{ExitCode::ModelErrors,
                     name + " has no labels, which tell what is right",
                     "`y` beside `x` in an .npz file, labels-idx1 beside "
                     "images-idx3, a folder of images for each class"};
    for (uint32_t label : set.labels)
      if (label >= classes)
        return Failure{ExitCode::ModelErrors,
                       name + " has the label " + std::to_string(label) +
                           ", but the network has " + std::to_string(classes) +
                           " outputs",
                       "labels count from 0"};
    result.data = process::shown(set.name);
    result.inputs = set.count;
    for (uint64_t i = 0; i < classes; ++i)
      result.classes.push_back(
          {i < set.classes.size() ? set.classes[i] : std::to_string(i)});
    result.confusion.assign(classes, std::vector<uint64_t>(classes, 0));
    for (const Layer &layer : converted.layers) {
      Layer &sum = result.layers.emplace_back();
      sum.name = layer.name;
      sum.kind = layer.kind;
      sum.neurons = layer.neurons;
      sum.synapses = layer.synapses;
      sum.weights = layer.weights;
    }
    result.before = converted.layers[output].offset - converted.frame;
    readouts.resize(converted.layers.size());
    for (size_t i = 0; i < readouts.size(); ++i)
      readouts[i].resize(converted.layers[i].neurons);
    for (const importing::Readout &readout : conversion.readouts())
      readouts[readout.layer][readout.neuron].push_back(readout);
    return std::nullopt;
  }

  /// So many inputs that what is recorded stays small.
  uint64_t batchSize() const {
    constexpr double mostNumbers = 2e7, mostInputs = 1000;
    double each = 1;
    for (const Layer &layer : converted.layers)
      each += 3 * static_cast<double>(layer.spikes) /
                  static_cast<double>(converted.tests) +
              static_cast<double>(layer.neurons);
    return static_cast<uint64_t>(
        std::max(1.0, std::min(mostNumbers / each, mostInputs)));
  }

  std::optional<Stop> add(uint64_t first, uint64_t count) {
    Expected<importing::Presented> presented =
        conversion.present(set, first, count);
    if (!presented)
      return Stop{presented.failure()};
    Expected<TemporaryFolder> scratch = TemporaryFolder::make();
    if (!scratch)
      return Stop{scratch.failure()};
    const fs::path &folder = scratch->path();
    std::error_code ignored;
    fs::create_directory(folder / "data", ignored);
    for (const auto &[name, content] : presented->files)
      if (!write(folder / name, content))
        return Stop{Failure{ExitCode::InputOutput,
                            "cannot write to `" + folder.string() + "`", ""}};
    ConvertedAnswers answers;
    if (std::optional<Stop> stop = runConverted(
            folder, converted, presented->layers, console, answers))
      return stop;
    result.wall += answers.stats.wall_s;
    std::vector<uint64_t> spikes(count, 0);
    for (size_t i = 0; i < answers.layers.size(); ++i) {
      const LayerAnswer &answer = answers.layers[i];
      const Layer &layer = presented->layers[i];
      result.layers[i].spikes +=
          layer.kind == "input" ? layer.spikes : answer.spikes.size();
      result.layers[i].events += layer.events;
      result.layers[i].arriving += layer.arriving;
      result.layers[i].received += layer.received;
      result.layers[i].products += layer.products;
      result.layers[i].factors += layer.factors;
      result.layers[i].silent += layer.silent;
      result.layers[i].clipped += layer.clipped * static_cast<double>(count) /
                                  static_cast<double>(set.count);
      result.layers[i].spared += layer.spared;
      result.layers[i].errors += layer.errors;
      if (layer.kind != "input")
        result.numbers += layer.neurons * count;
      result.differing += answer.differing;
      if (layer.kind == "output")
        result.differingOutputs += answer.differing;
      for (const LayerAnswer::Spike &spike : answer.spikes)
        ++spikes[spike.input];
    }
    std::vector<Course> batch = follow(answers, count);
    for (uint64_t k = 0; k < count; ++k)
      judge(*presented, answers, k, set.labels[first + k], spikes[k],
            std::move(batch[k]));
    return std::nullopt;
  }

  /// The sums of the output, step by step.
  std::vector<Course> follow(const ConvertedAnswers &answers, uint64_t count) {
    size_t steps = converted.active;
    std::vector<std::vector<std::vector<double>>> added(
        count, std::vector<std::vector<double>>(
                   steps, std::vector<double>(result.classes.size(), 0)));
    for (size_t i = 0; i < answers.layers.size(); ++i)
      for (const LayerAnswer::Spike &spike : answers.layers[i].spikes)
        for (const importing::Readout &readout : readouts[i][spike.neuron])
          added[spike.input][spike.step][readout.sum] +=
              static_cast<double>(readout.weight) *
              static_cast<double>(converted.layers[i].worth[spike.step]);
    std::vector<Course> batch(count);
    for (uint64_t k = 0; k < count; ++k) {
      std::vector<double> sums(conversion.readoutStart().begin(),
                               conversion.readoutStart().end());
      for (size_t step = 0; step < steps; ++step) {
        for (size_t i = 0; i < sums.size(); ++i)
          sums[i] += added[k][step][i];
        batch[k].winner.push_back(static_cast<uint32_t>(greatest(sums)));
        batch[k].lead.push_back(static_cast<float>(lead(sums)));
      }
    }
    return batch;
  }

  void judge(const importing::Presented &presented,
             const ConvertedAnswers &answers, uint64_t k, uint32_t label,
             uint64_t spikes, Course course) {
    size_t winner = greatest(answers.layers[output].sums[k]);
    result.original += presented.originalWinners[k] == label;
    result.integer += presented.integerWinners[k] == label;
    result.spiking += winner == label;
    ++result.confusion[label][winner];
    Evaluation::Class &own = result.classes[label];
    ++own.inputs;
    own.right += winner == label;
    own.spikes += spikes;
    size_t decided = course.winner.size();
    while (decided > 1 && course.winner[decided - 2] == course.winner.back())
      --decided;
    own.decided += result.before + decided;
    result.anytime.resize(course.winner.size(), 0);
    result.decided.resize(course.winner.size(), 0);
    for (size_t step = decided - 1; step < course.winner.size(); ++step)
      ++result.decided[step];
    for (size_t step = 0; step < course.winner.size(); ++step)
      result.anytime[step] += course.winner[step] == label;
    course.label = label;
    courses.push_back(std::move(course));
  }

  /// Margins that a share of the inputs reach in the end.
  void exitEarly() {
    std::vector<float> ends;
    for (const Course &course : courses)
      ends.push_back(course.lead.back());
    std::sort(ends.begin(), ends.end());
    for (double share : {0.05, 0.1, 0.2, 0.3, 0.4, 0.5}) {
      Evaluation::Exit exit;
      exit.margin = static_cast<double>(
          ends[static_cast<size_t>(share * static_cast<double>(ends.size()))]);
      for (const Course &course : courses) {
        size_t step = 0;
        while (step + 1 < course.lead.size() &&
               static_cast<double>(course.lead[step]) < exit.margin)
          ++step;
        exit.right += course.winner[step] == course.label;
        exit.steps += result.before + step + 1;
      }
      result.exits.push_back(exit);
    }
  }
};

} // namespace

std::string Evaluation::toJson() const {
  auto n = static_cast<double>(inputs);
  auto share = [&](uint64_t right) { return static_cast<double>(right) / n; };
  json perClass = json::array();
  for (const Class &each : classes) {
    auto of = static_cast<double>(std::max<uint64_t>(each.inputs, 1));
    perClass.push_back(
        {{"name", each.name},
         {"inputs", each.inputs},
         {"accuracy", static_cast<double>(each.right) / of},
         {"spikes_per_input", static_cast<double>(each.spikes) / of},
         {"steps_until_decided", static_cast<double>(each.decided) / of}});
  }
  json perLayer = json::array();
  for (const importing::Layer &layer : layers)
    perLayer.push_back(
        {{"name", layer.name},
         {"kind", layer.kind},
         {"spikes_per_input", share(layer.spikes)},
         {"sops_per_input", share(layer.events)},
         {"silent_share", share(layer.silent) / double(layer.neurons)}});
  json curve = json::array(), early = json::array();
  for (size_t step = 0; step < anytime.size(); ++step)
    curve.push_back({{"step", before + step + 1},
                     {"accuracy", share(anytime[step])},
                     {"decided", share(decided[step])}});
  for (const Exit &exit : exits)
    early.push_back({{"margin", exit.margin},
                     {"mean_steps", share(exit.steps)},
                     {"accuracy", share(exit.right)}});
  json result = {{"format", 1},
                 {"data", data},
                 {"inputs", inputs},
                 {"accuracy",
                  {{"original", share(original)},
                   {"integer", share(integer)},
                   {"spiking", share(spiking)}}},
                 {"numbers", numbers},
                 {"differing_numbers", differing},
                 {"differing_outputs", differingOutputs},
                 {"layers", perLayer},
                 {"against_integer_network", countErrorsJson(layers)},
                 {"work_per_input", energy->workToJson()},
                 {"energy_nj_per_input", energy->toJson()},
                 {"classes", perClass},
                 {"confusion", confusion},
                 {"anytime", curve},
                 {"early_exit", early},
                 {"wall_s", wall}};
  return result.dump(2) + "\n";
}

std::string Evaluation::toText() const {
  char line[160];
  std::string text;
  auto n = static_cast<double>(inputs);
  auto say = [&](const char *what, uint64_t right) {
    std::snprintf(line, sizeof line, "%-20s %7.2f %%\n", what,
                  100 * static_cast<double>(right) / n);
    text += line;
  };
  text += std::to_string(inputs) + " inputs of " + data + "\n";
  say("network as it was", original);
  say("integer network", integer);
  say("spiking network", spiking);
  text += std::to_string(differing) + " of " + std::to_string(numbers) +
          " numbers differ, " + std::to_string(differingOutputs) +
          " of them outputs\n";
  if (std::string errors = countErrorsText(layers, inputs); !errors.empty())
    text += "\n" + errors;
  text += "\nclass            inputs  accuracy  "
          "spikes/input  decided after\n";
  for (const Class &each : classes) {
    auto of = static_cast<double>(std::max<uint64_t>(each.inputs, 1));
    std::snprintf(
        line, sizeof line, "%-16.16s %6llu %7.2f %% %13.1f %8.1f ms\n",
        each.name.c_str(), static_cast<unsigned long long>(each.inputs),
        100 * static_cast<double>(each.right) / of,
        static_cast<double>(each.spikes) / of,
        static_cast<double>(each.decided) / of);
    text += line;
  }
  constexpr size_t mostColumns = 20;
  if (classes.size() <= mostColumns) {
    text += "\nwhat it is (rows), what the spiking network says (columns)\n";
    for (const auto &row : confusion) {
      for (uint64_t entry : row) {
        std::snprintf(line, sizeof line, "%6llu",
                      static_cast<unsigned long long>(entry));
        text += line;
      }
      text += "\n";
    }
  }
  text += "\nanswered after   accuracy  decided by then\n";
  for (size_t step = 0; step < anytime.size(); ++step) {
    std::snprintf(line, sizeof line, "%11zu ms %8.2f %% %14.2f %%\n",
                  before + step + 1,
                  100 * static_cast<double>(anytime[step]) / n,
                  100 * static_cast<double>(decided[step]) / n);
    text += line;
  }
  text += "\nas soon as it leads by   mean time  accuracy\n";
  for (const Exit &exit : exits) {
    std::snprintf(line, sizeof line, "%22.0f %8.1f ms %7.2f %%\n", exit.margin,
                  static_cast<double>(exit.steps) / n,
                  100 * static_cast<double>(exit.right) / n);
    text += line;
  }
  return text + "\n" + energy->toText();
}

plot::Figure Evaluation::anytimeFigure() const {
  auto n = static_cast<double>(inputs);
  auto percent = [&](uint64_t part) {
    return 100 * static_cast<double>(part) / n;
  };
  plot::Series fixed{"answer at a step", 0, plot::Mark::Line, {}, {}},
      early{"answer at a lead", 1, plot::Mark::Dots, {}, {}},
      settled{"", 0, plot::Mark::Line, {}, {}};
  for (size_t step = 0; step < anytime.size(); ++step) {
    double time = static_cast<double>(before + step + 1);
    fixed.x.push_back(time);
    fixed.y.push_back(percent(anytime[step]));
    settled.x.push_back(time);
    settled.y.push_back(percent(decided[step]));
  }
  for (const Exit &exit : exits) {
    early.x.push_back(static_cast<double>(exit.steps) / n);
    early.y.push_back(percent(exit.right));
  }
  plot::Axis time{"time from an input's begin", "ms", 0, 1, false};
  // From where the output begins to add up.
  plot::fitAxis(time, fixed.x, /*fromZero=*/false);
  plot::Axis share{"right", "%", 0, 100, false},
      steady{"decided", "%", 0, 100, false};
  plot::Figure figure{"Accuracy over time: " + data, {}};
  figure.panels.push_back({time, share, {fixed, early}, 2});
  figure.panels.push_back({time, steady, {settled}, 1});
  return figure;
}

std::optional<Stop> snn::driver::evaluate(importing::Conversion &conversion,
                                          data::Dataset set,
                                          const Console &console,
                                          Evaluation &result) {
  if (std::optional<Failure> failure = conversion.fit(set))
    return Stop{*failure};
  return Evaluator(conversion, set, console, result).run();
}
