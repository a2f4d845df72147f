//===- Synapses.cpp - The synapses of a run, as files -----------*- C++ -*-===//
//
// Arrays of one entry a synapse in the order of the connection rule; the units
// of weights, which npz has no place for, stand in the JSON beside it.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Synapses.h"

#include "compiler/Driver/Execution.h"
#include "compiler/Driver/Output.h"
#include "runtime/lib/Record/Npz.h"
#include "snn/network.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

using namespace snn;
using namespace snn::driver;
using runtime::NpzWriter;
using runtime::OutputFile;

namespace {

struct Edges {
  /// Weight: internal unit to that of results; delay: steps to ms.
  double scale = 1, step = 1;
  std::vector<uint32_t> sources, targets;
  std::vector<double> weights, delays;
};

int32_t addEdge(void *context, uint32_t source, uint32_t target, double weight,
                uint32_t delay) {
  auto &edges = *static_cast<Edges *>(context);
  edges.sources.push_back(source);
  edges.targets.push_back(target);
  edges.weights.push_back(weight * edges.scale);
  edges.delays.push_back(delay * edges.step);
  return 0;
}

template <class T>
bool writeArray(NpzWriter &npz, const std::string &name, const char *type,
                const std::vector<T> &values) {
  if (!npz.begin(name.c_str(), type, sizeof(T), values.size()))
    return false;
  npz.add(values.data(), values.size() * sizeof(T));
  npz.end();
  return true;
}

bool writeEdges(NpzWriter &npz, const std::string &path, const Edges &edges) {
  return writeArray(npz, path + "/source", "<u4", edges.sources) &&
         writeArray(npz, path + "/target", "<u4", edges.targets) &&
         writeArray(npz, path + "/weight", "<f8", edges.weights) &&
         writeArray(npz, path + "/delay", "<f8", edges.delays);
}

} // namespace

std::optional<Failure>
snn::driver::writeSynapses(const lang::checked::Experiment &experiment,
                           const snn_model &model, uint64_t networkSeed,
                           const std::string &folder) {
  std::set<std::string> wanted;
  for (const lang::checked::Plot &clause : experiment.plots)
    if (clause.kind != "fields") // drawn from records
      wanted.insert(clause.projections.begin(), clause.projections.end());
  if (wanted.empty())
    return std::nullopt;
  snn_error error = {};
  OutputFile file;
  if (!file.open((folder + "/synapses.npz").c_str(), /*inPlace=*/false, error))
    return failureOf(error);
  NpzWriter npz(file);
  nlohmann::ordered_json index;
  index["format"] = 1;
  index["projections"] = nlohmann::ordered_json::array();
  for (uint32_t i = 0; i < model.num_projections; ++i) {
    const snn_projection &projection = model.projections[i];
    if (!wanted.contains(projection.path))
      continue;
    const snn_population &target =
        model.populations[projection.target.population];
    const snn_population &source =
        model.populations[projection.source.population];
    Edges edges;
    edges.step = model.step;
    std::string unit;
    if (projection.sum_field != SNN_NONE) {
      edges.scale = target.fields[projection.sum_field].scale;
      unit = target.fields[projection.sum_field].unit;
    }
    if (snn_enumerate_edges(&projection, model.step, networkSeed, addEdge,
                            &edges, &error) != 0)
      return failureOf(error);
    if (!writeEdges(npz, projection.path, edges))
      return Failure{ExitCode::ResourceLimit,
                     "there is no memory to write the synapses", ""};
    index["projections"].push_back({{"path", projection.path},
                                    {"source", source.path},
                                    {"target", target.path},
                                    {"weight_unit", unit},
                                    {"synapses", edges.sources.size()}});
  }
  npz.finish();
  if (!file.finish(error) || !file.publish(error))
    return failureOf(error);
  return writeFile(folder + "/synapses.json", index.dump(1) + "\n");
}
