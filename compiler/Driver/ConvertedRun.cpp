//===- ConvertedRun.cpp - What a converted network answers ------*- C++ -*-===//
//
// A spike for input k of a layer at offset o is stamped 1 + k F + o + j; its
// step j says what it adds to the count.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/ConvertedRun.h"

#include "compiler/Driver/Execution.h"

#include <algorithm>
#include <cmath>

using namespace snn;
using namespace snn::driver;
using importing::Converted;
using importing::Layer;

namespace {

LayerAnswer spikesOf(const Layer &layer, const Converted &converted,
                     const results::Recording &recording) {
  LayerAnswer answer;
  std::vector<std::vector<int64_t>> counts(
      layer.expected.size(), std::vector<int64_t>(layer.neurons, 0));
  const results::SpikeTrains *trains = recording.findSpikes(layer.name);
  auto frame = static_cast<int64_t>(converted.frame);
  for (size_t i = 0; trains && i < trains->times.size(); ++i) {
    auto step = static_cast<int64_t>(std::llround(trains->times[i])) - 1 -
                static_cast<int64_t>(layer.offset);
    auto within = static_cast<size_t>(step % frame);
    // A spike outside of all frames is one too many.
    if (step < 0 || step / frame >= static_cast<int64_t>(counts.size()) ||
        within >= layer.worth.size()) {
      ++answer.differing;
      continue;
    }
    auto input = static_cast<size_t>(step / frame);
    counts[input][trains->ids[i]] += static_cast<int64_t>(layer.worth[within]);
    answer.spikes.push_back({static_cast<uint32_t>(input),
                             static_cast<uint32_t>(within), trains->ids[i]});
  }
  for (size_t k = 0; k < counts.size(); ++k)
    for (size_t i = 0; i < counts[k].size(); ++i)
      answer.differing += counts[k][i] != layer.expected[k][i];
  return answer;
}

LayerAnswer sumsOf(const Layer &layer, const Converted &converted,
                   const results::Recording &recording) {
  LayerAnswer answer;
  const results::Trace *trace =
      recording.findTrace(layer.name, "y", {0, layer.neurons, 1});
  for (size_t k = 0; k < layer.expected.size(); ++k) {
    auto time = static_cast<double>(1 + k * converted.frame + layer.offset);
    std::vector<double> sums(layer.neurons, NAN);
    if (trace) {
      auto sample = static_cast<size_t>(std::lower_bound(trace->times.begin(),
                                                         trace->times.end(),
                                                         time - 0.25) -
                                        trace->times.begin());
      if (sample < trace->times.size() && trace->times[sample] < time + 0.25)
        for (uint64_t i = 0; i < layer.neurons; ++i)
          sums[i] = trace->value(sample, i);
    }
    for (uint64_t i = 0; i < layer.neurons; ++i)
      answer.differing += sums[i] != static_cast<double>(layer.expected[k][i]);
    answer.sums.push_back(std::move(sums));
  }
  return answer;
}

} // namespace

std::optional<Stop>
snn::driver::runConverted(const std::filesystem::path &folder,
                          const Converted &converted,
                          const std::vector<Layer> &layers,
                          const Console &console, ConvertedAnswers &answers) {
  ModelOptions modelOptions;
  modelOptions.file = (folder / "model.snn").string();
  Model model(modelOptions, console);
  lang::checked::Experiment experiment;
  if (std::optional<Stop> stop =
          model.loadExperiment(modelOptions.file, experiment))
    return stop;
  auto compiled = compileInMemory(model.program(), experiment, model.sources(),
                                  model.code());
  if (!compiled)
    return Stop{compiled.failure()};
  // The steps of such networks are short: threads would wait for one another.
  LimitOptions limits;
  limits.threads = 1;
  Expected<snn_options> engine =
      engineOptions(limits, model.seeds(experiment), -1);
  if (!engine)
    return Stop{engine.failure()};
  Expected<Run> run = Run::create((*compiled)->model(), *engine);
  if (!run)
    return model.notBegun(run.failure(), experiment);
  if (std::optional<Failure> failure = run->finish(console))
    return Stop{*failure};
  results::Recording recording = run->recording();
  for (const Layer &layer : layers)
    answers.layers.push_back(layer.kind == "input" ? LayerAnswer()
                             : layer.kind == "output"
                                 ? sumsOf(layer, converted, recording)
                                 : spikesOf(layer, converted, recording));
  snn_get_stats(run->instance(), &answers.stats);
  return std::nullopt;
}
