//===- Map.cpp - `snn map`, and `snn run --target` --------------*- C++ -*-===//
//
// A model becomes an image; an image, or a model by way of one, runs on the
// emulator of its chip. `map` leaves a folder: network.nmi, the report as text,
// JSON and SVG, and in `native` what the chip's own tools read, where they have
// a format.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/ChipReport.h"
#include "compiler/Driver/ChipRun.h"
#include "compiler/Driver/Chips.h"
#include "compiler/Driver/Execution.h"
#include "compiler/Driver/Figures.h"
#include "compiler/Driver/ImageCheck.h"
#include "compiler/Driver/Mapping.h"
#include "compiler/Driver/Output.h"
#include "compiler/Target/Cores/Encoders/Encoders.h"
#include "compiler/Target/Cores/Map/Chip.h"
#include "runtime/emulator/ImageFile.h"
#include "runtime/lib/Record/File.h"

using namespace snn;
using namespace snn::driver;

static constexpr const char *imageName = "/network.nmi";

static std::optional<Failure> makeFolder(const std::string &folder) {
  emulator::Error error = {};
  if (!runtime::makeFolders(folder.c_str(), error))
    return failureOf(error);
  return std::nullopt;
}

static std::optional<Failure> writeNative(const MappedModel &mapped,
                                          const lang::checked::Chip &chip,
                                          const std::string &folder,
                                          const Console &console) {
  for (const target::cores::Artefact &artefact :
       target::cores::encode(mapped.image, chip, mapped.ticks)) {
    if (const std::string *reason = std::get_if<std::string>(&artefact.files)) {
      console.note("no files for " + artefact.tool + ": " + *reason);
      continue;
    }
    if (std::optional<Failure> failure = makeFolder(folder))
      return failure;
    for (const target::cores::EncodedFile &file :
         std::get<std::vector<target::cores::EncodedFile>>(artefact.files))
      if (std::optional<Failure> failure =
              writeFile(folder + "/" + file.name, file.content))
        return failure;
  }
  return std::nullopt;
}

static std::optional<Failure> write(const MappedModel &mapped,
                                    const lang::checked::Chip &chip,
                                    const std::string &folder,
                                    const Console &console) {
  if (std::optional<Failure> failure = makeFolder(folder))
    return failure;
  emulator::Error error = {};
  if (!emulator::writeImage(mapped.image, (folder + imageName).c_str(), error))
    return failureOf(error);
  const std::pair<const char *, std::string> reports[] = {
      {"/report.txt", reportText(mapped, chip)},
      {"/report.json", reportJson(mapped, chip)},
      {"/report.svg", reportSvg(mapped, chip)}};
  for (const auto &[name, content] : reports)
    if (std::optional<Failure> failure = writeFile(folder + name, content))
      return failure;
  return writeNative(mapped, chip, folder + "/native", console);
}

int snn::driver::mapModelVerb(const MapOptions &options,
                              const Console &console) {
  lang::checked::Chip chip;
  MappedModel mapped;
  if (std::optional<Stop> stop = mapModelTo(
          options.chip, options.model, options.limits, console, chip, mapped))
    return stop->show(console);
  std::string folder = options.output;
  if (folder.empty()) {
    Expected<std::string> made =
        newResultsFolder(mapped.name + "-" + chip.name);
    if (!made)
      return console.fail(made.failure());
    folder = *made;
  }
  if (std::optional<Failure> failure = write(mapped, chip, folder, console))
    return console.fail(*failure);
  if (!console.options().quiet && !console.print(reportText(mapped, chip)))
    return static_cast<int>(ExitCode::InputOutput);
  console.note("image and report in " + folder);
  return 0;
}

/// The image that a FILE means; empty if it is a model.
static std::string imageOf(const std::string &file) {
  std::error_code error;
  if (std::filesystem::is_regular_file(file + imageName, error))
    return file + imageName;
  return file.ends_with(".nmi") ? file : "";
}

/// What an image has fixed, or only this machine can do.
static std::optional<Failure> refuseFlags(const RunOptions &options,
                                          bool isImage) {
  const ModelOptions &model = options.model;
  const std::pair<bool, const char *> ofMachine[] = {
      {options.profile, "--profile"},
      {!options.trace.empty(), "--trace"},
      {!options.records.empty(), "--record"}};
  for (auto [given, flag] : ofMachine)
    if (given)
      return Failure{ExitCode::Usage,
                     "`" + std::string(flag) + "` has no meaning on a chip",
                     "leave it out, or leave out `--target`"};
  const std::pair<bool, const char *> ofModel[] = {
      {!model.experiment.empty(), "an experiment"},
      {!model.settings.empty(), "--set"},
      {!model.seed.empty(), "--seed"},
      {!model.duration.empty(), "--duration"},
      {!model.step.empty(), "--step"},
      {!model.precision.empty(), "--precision"}};
  for (auto [given, flag] : ofModel)
    if (given && isImage)
      return Failure{ExitCode::Usage,
                     "`" + std::string(flag) +
                         "` cannot be given with an image, which is of one run",
                     "give it to `snn map`"};
  return std::nullopt;
}

int snn::driver::runOnTarget(const RunOptions &options,
                             const Console &console) {
  std::string image = imageOf(options.model.file);
  if (std::optional<Failure> failure = refuseFlags(options, !image.empty()))
    return console.fail(*failure);
  lang::checked::Chip chip;
  if (std::optional<Stop> stop = findChip(options.target, console, chip))
    return stop->show(console);
  MappedModel mapped;
  emulator::Error error = {};
  if (!image.empty()) {
    if (!emulator::readImage(image.c_str(), mapped.image, error))
      return console.fail(failureOf(error));
    std::vector<std::string> broken = checkImage(mapped.image, chip);
    if (!broken.empty())
      return console.fail(
          {ExitCode::Target,
           "the image is not one of this chip: " + broken.front(),
           "map the model again: `snn map MODEL --chip " + chip.name + "`",
           "E0823"});
  } else if (std::optional<Stop> stop = mapModel(options.model, options.limits,
                                                 chip, console, mapped)) {
    return stop->show(console);
  }
  Expected<std::string> folder =
      runImage(mapped.image,
               {target::cores::timesOf(chip), options.limits.threads,
                options.output, options.stats},
               console);
  if (!folder)
    return console.fail(folder.failure());
  // An image has no figures of its own.
  return showDeclaredFigures(mapped.experiment, *folder, console);
}
