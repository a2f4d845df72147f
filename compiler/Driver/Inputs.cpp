//===- Inputs.cpp - Files and folders given on the command line -*- C++ -*-===//
//
// What is missing or unreadable ends with exit code 66 and a name.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Inputs.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

using namespace snn;
using namespace snn::driver;
namespace fs = std::filesystem;

static constexpr size_t sourceLimit = size_t{64} << 20;
static constexpr const char *modelFile = "model.snn";

static Failure missing(const std::string &what, const std::string &help = "") {
  return {ExitCode::NoInput, what, help};
}

fs::path Input::folder() const {
  if (path.empty())
    return ".";
  fs::path parent = path.parent_path();
  return parent.empty() ? fs::path(".") : parent;
}

/// Beneath `folder`, in the order of their names; links to folders are not
/// followed.
template <class Predicate>
static std::vector<fs::path> collect(const fs::path &folder, Predicate wanted) {
  std::vector<fs::path> found;
  std::error_code error;
  fs::recursive_directory_iterator entry(
      folder, fs::directory_options::skip_permission_denied, error),
      end;
  while (!error && entry != end) {
    std::error_code ignored;
    if (entry->is_regular_file(ignored) && wanted(entry->path()))
      found.push_back(entry->path().lexically_normal());
    entry.increment(error);
  }
  std::sort(found.begin(), found.end());
  return found;
}

Expected<fs::path> snn::driver::findModel(const std::string &argument) {
  if (argument == "-")
    return fs::path("-");
  fs::path path = argument;
  std::error_code error;
  if (fs::is_directory(path, error)) {
    fs::path model = (path / modelFile).lexically_normal();
    if (fs::is_regular_file(model, error))
      return model;
    return missing("the folder `" + argument + "` holds no " + modelFile,
                   "name the .snn file itself");
  }
  if (!fs::exists(path, error))
    return missing("cannot read `" + argument + "`: " + std::strerror(ENOENT));
  return path;
}

Expected<std::vector<fs::path>>
snn::driver::findModels(const std::string &argument) {
  std::error_code error;
  fs::path path = argument;
  if (argument != "-" && fs::is_directory(path, error) &&
      !fs::is_regular_file(path / modelFile, error)) {
    std::vector<fs::path> models = collect(path, [](const fs::path &file) {
      return file.filename() == modelFile;
    });
    if (models.empty())
      return missing("no " + std::string(modelFile) + " lies beneath `" +
                     argument + "`");
    return models;
  }
  Expected<fs::path> model = findModel(argument);
  if (!model)
    return model.failure();
  return std::vector<fs::path>{*model};
}

Expected<std::vector<fs::path>>
snn::driver::findSources(const std::string &argument) {
  std::error_code error;
  if (argument != "-" && fs::is_directory(argument, error)) {
    std::vector<fs::path> sources = collect(argument, [](const fs::path &file) {
      return file.extension() == ".snn";
    });
    if (sources.empty())
      return missing("no .snn file lies beneath `" + argument + "`");
    return sources;
  }
  if (argument != "-" && !fs::exists(argument, error))
    return missing("cannot read `" + argument + "`: " + std::strerror(ENOENT));
  return std::vector<fs::path>{argument};
}

Expected<Input> snn::driver::readInput(const fs::path &path) {
  Input input;
  bool standard = path == "-";
  input.name = standard ? "<stdin>" : path.string();
  if (!standard)
    input.path = path;
  auto unreadable = [&](const std::string &why) {
    return missing("cannot read `" + input.name + "`: " + why);
  };
  std::error_code error;
  if (!standard && fs::is_directory(path, error))
    return unreadable(std::strerror(EISDIR));
  std::ifstream file;
  if (!standard) {
    errno = 0;
    file.open(path, std::ios::binary);
    if (!file)
      return unreadable(std::strerror(errno ? errno : EIO));
  }
  std::istream &in = standard ? std::cin : file;
  // In pieces, so that an endless input ends at the limit.
  char piece[1 << 16];
  while (in.read(piece, sizeof piece) || in.gcount() > 0) {
    input.text.append(piece, static_cast<size_t>(in.gcount()));
    if (input.text.size() > sourceLimit)
      return unreadable("it is larger than 64 MiB");
  }
  if (in.bad())
    return unreadable(std::strerror(errno ? errno : EIO));
  return input;
}

std::optional<Failure> snn::driver::refuseInPlace(const fs::path &path) {
  std::error_code error;
  if (!fs::exists(path, error) || fs::is_regular_file(path, error))
    return std::nullopt;
  return missing("cannot change `" + path.string() +
                 "` in place: it is not a regular file");
}
