//===- Encode.cpp - `snn encode`: a data set as spikes ----------*- C++ -*-===//
//
// Writes what models take: spikes for a SpikeSource, and what was shown when.
//
//===----------------------------------------------------------------------===//
#include "compiler/Data/Encode.h"

#include "compiler/Driver/Arguments.h"
#include "compiler/Driver/Output.h"
#include "compiler/Driver/Verbs.h"
#include "compiler/Results/Npy.h"

using namespace snn;
using namespace snn::driver;

namespace {

template <typename T>
std::string npyOf(const std::string &type, const std::string &shape,
                  const std::vector<T> &numbers) {
  std::string bytes = results::npyHeader(type, shape);
  bytes.append(reinterpret_cast<const char *>(numbers.data()),
               numbers.size() * sizeof(T));
  return bytes;
}

Expected<data::Encoding> encodingOf(const EncodeOptions &options) {
  data::Encoding encoding;
  encoding.code =
      options.code == "rate" ? data::Code::Rate : data::Code::Latency;
  encoding.rate = options.rate;
  encoding.seed = options.seed;
  for (auto [flag, text, time] :
       {std::tuple("--window", &options.window, &encoding.window),
        std::tuple("--pause", &options.pause, &encoding.pause),
        std::tuple("--step", &options.step, &encoding.step)}) {
    if (text->empty())
      continue;
    Expected<double> parsed = parseTime(flag, *text);
    if (!parsed)
      return parsed.failure();
    *time = *parsed;
  }
  return encoding;
}

} // namespace

int snn::driver::encodeData(const EncodeOptions &options,
                            const Console &console) {
  Expected<data::Encoding> encoding = encodingOf(options);
  if (!encoding)
    return console.fail(encoding.failure());
  Expected<data::Dataset> set =
      data::readDataset(options.data, {options.mean, options.deviation});
  if (!set)
    return console.fail(set.failure());
  if (options.examples)
    set->thin(options.examples);
  Expected<std::vector<data::EncodedSpike>> spikes =
      data::encode(*set, *encoding);
  if (!spikes)
    return console.fail(spikes.failure());
  std::vector<double> rows, begins;
  rows.reserve(2 * spikes->size());
  for (const data::EncodedSpike &spike : *spikes) {
    rows.push_back(spike.time);
    rows.push_back(spike.neuron);
  }
  for (uint64_t k = 0; k < set->count; ++k)
    begins.push_back(static_cast<double>(k) *
                     (encoding->window + encoding->pause));
  std::string count = std::to_string(set->count);
  std::vector<std::pair<std::string, std::string>> files = {
      {"spikes.npy",
       npyOf("<f8", std::to_string(spikes->size()) + ", 2", rows)},
      {"begins.npy", npyOf("<f8", count + ",", begins)}};
  if (!set->labels.empty())
    files.push_back({"labels.npy", npyOf("<u4", count + ",", set->labels)});
  std::filesystem::path folder = options.output;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    return console.fail(
        {ExitCode::InputOutput,
         "cannot make the folder `" + folder.string() + "`: " + error.message(),
         ""});
  // They were of what was encoded there before.
  if (set->labels.empty())
    std::filesystem::remove(folder / "labels.npy", error);
  for (const auto &[name, content] : files)
    if (std::optional<Failure> failure = writeFile(folder / name, content))
      return console.fail(*failure);
  console.note(count + " examples of " + std::to_string(set->width()) +
               " numbers, " + std::to_string(spikes->size()) +
               " spikes; in a model beside them: SpikeSource(times = "
               "load(\"spikes.npy\", unit = 1 ms))[" +
               std::to_string(set->width()) + "]");
  return 0;
}
