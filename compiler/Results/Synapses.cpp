//===- Synapses.cpp - Synapses of a stored run ------------------*- C++ -*-===//
//
// Both files are checked against each other: they may have been edited.
//
//===----------------------------------------------------------------------===//
#include "compiler/Results/Synapses.h"

#include "compiler/Results/Npz.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

using namespace snn::results;
using Json = nlohmann::json;

static Failure broken(const std::string &path, const std::string &what) {
  return {ExitCode::BrokenFile, "`" + path + "` " + what, ""};
}

Expected<std::vector<Synapses>>
snn::results::readSynapses(const std::string &folder) {
  std::string indexPath = folder + "/synapses.json";
  std::error_code error;
  if (!std::filesystem::exists(indexPath, error))
    return Failure{ExitCode::Usage, "`" + folder + "` holds no synapses",
                   "add `plot weights of E -> I` to the experiment"};
  std::ifstream stream(indexPath);
  Json index = Json::parse(stream, nullptr, /*allow_exceptions=*/false);
  auto list = index.is_object() ? index.find("projections") : index.end();
  if (!index.is_object() || list == index.end() || !list->is_array())
    return broken(indexPath, "lacks its projections");
  Expected<NpzArchive> archive = NpzArchive::open(folder + "/synapses.npz");
  if (!archive)
    return archive.failure();
  std::vector<Synapses> result;
  for (const Json &entry : *list) {
    Synapses synapses;
    for (auto [key, text] : {std::pair{"path", &synapses.path},
                             std::pair{"source", &synapses.source},
                             std::pair{"target", &synapses.target},
                             std::pair{"weight_unit", &synapses.unit}}) {
      auto value = entry.is_object() ? entry.find(key) : entry.end();
      if (!entry.is_object() || value == entry.end() || !value->is_string())
        return broken(indexPath, "holds a malformed projection");
      *text = value->get<std::string>();
    }
    if (synapses.unit == "1")
      synapses.unit.clear();
    const NpyArray *sources = archive->find(synapses.path + "/source"),
                   *targets = archive->find(synapses.path + "/target"),
                   *weights = archive->find(synapses.path + "/weight");
    if (!sources || !targets || !weights)
      return broken(folder + "/synapses.npz", "lacks " + synapses.path);
    synapses.sources = sources->toIds();
    synapses.targets = targets->toIds();
    synapses.weights = weights->toDoubles();
    if (synapses.sources.size() != synapses.targets.size() ||
        synapses.sources.size() != synapses.weights.size())
      return broken(folder + "/synapses.npz",
                    "holds arrays of unequal length for " + synapses.path);
    result.push_back(std::move(synapses));
  }
  return result;
}
