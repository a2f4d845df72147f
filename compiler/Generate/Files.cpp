//===- Files.cpp - The data of a generated model ----------------*- C++ -*-===//
//
// Arrays of whole numbers, in the narrowest type that holds them.
//
//===----------------------------------------------------------------------===//
#include "compiler/Generate/Files.h"

#include "compiler/Results/Npy.h"

#include <algorithm>
#include <array>
#include <cstring>

using namespace snn;
using namespace snn::generate;

namespace {

template <typename To, typename List>
std::string packed(const List &list) {
  std::string bytes(list.size() * sizeof(To), '\0');
  size_t at = 0;
  for (auto number : list) {
    To narrow = static_cast<To>(number);
    std::memcpy(bytes.data() + at, &narrow, sizeof narrow);
    at += sizeof narrow;
  }
  return bytes;
}

template <typename List>
std::string array(const List &list, const std::string &shape) {
  auto fits = [&](int64_t least, int64_t most) {
    return std::all_of(list.begin(), list.end(), [&](int64_t number) {
      return number >= least && number <= most;
    });
  };
  if (fits(INT8_MIN, INT8_MAX))
    return results::npyHeader("|i1", shape) + packed<int8_t>(list);
  if (fits(INT16_MIN, INT16_MAX))
    return results::npyHeader("<i2", shape) + packed<int16_t>(list);
  if (fits(INT32_MIN, INT32_MAX))
    return results::npyHeader("<i4", shape) + packed<int32_t>(list);
  return results::npyHeader("<i8", shape) + packed<int64_t>(list);
}

template <typename List>
std::string column(const List &list) {
  return array(list, std::to_string(list.size()) + ",");
}

std::string reals(const std::vector<double> &list) {
  return results::npyHeader("<f8", std::to_string(list.size()) + ",") +
         packed<double>(list);
}

std::string rows(const std::vector<std::array<int64_t, 2>> &list) {
  std::vector<int64_t> flat;
  for (const auto &row : list)
    flat.insert(flat.end(), row.begin(), row.end());
  return array(flat, std::to_string(list.size()) + ", 2");
}

std::string spikesOf(const Plan &plan, const std::vector<Trial> &trials,
                     const Population &population, size_t input) {
  std::vector<std::array<int64_t, 2>> spikes;
  auto frame = static_cast<int64_t>(plan.frame);
  for (size_t k = 0; k < trials.size(); ++k)
    for (size_t neuron = 0; neuron < trials[k].inputs[input].size(); ++neuron)
      for (uint64_t step :
           plan.spikes(population.code,
                       static_cast<uint64_t>(trials[k].inputs[input][neuron])))
        spikes.push_back(
            {1 + static_cast<int64_t>(k) * frame + static_cast<int64_t>(step),
             static_cast<int64_t>(neuron)});
  return rows(spikes);
}

} // namespace

uint64_t snn::generate::stepsLead(const Plan &plan) {
  return plan.code == Code::TwoPhase || plan.code == Code::Signed ? 0
                                                                  : plan.frame;
}

bool snn::generate::needsSteps(const Plan &plan) {
  return plan.frame > 1 &&
         std::any_of(plan.populations.begin(), plan.populations.end(),
                     [&](const Population &population) {
                       return population.kind == Population::Kind::Table ||
                              plan.code != Code::TwoPhase;
                     });
}

std::string snn::generate::pairsFile(const Projection &projection,
                                     const Plan &plan) {
  return "data/" + plan.populations[projection.source].name + "-" +
         plan.populations[projection.target].name + "-pairs.npy";
}

std::string snn::generate::weightsFile(const Projection &projection,
                                       const Plan &plan) {
  return "data/" + plan.populations[projection.source].name + "-" +
         plan.populations[projection.target].name + "-weights.npy";
}

Files snn::generate::writeFiles(const Plan &plan, const std::string &source,
                                const std::vector<Trial> &trials) {
  Files files;
  files["model.snn"] = writeText(plan, source, trials);
  files["column.snn"] = writeColumn(plan, source);
  size_t inputs = 0;
  std::vector<std::array<int64_t, 2>> frames, steps;
  auto frame = static_cast<int64_t>(plan.frame);
  auto inputFrames = static_cast<int64_t>(trials.size());
  for (int64_t k = 0; k < inputFrames; ++k)
    frames.push_back({1 + k * frame, 0});
  // Where steps count for what arrives, they begin a frame earlier.
  for (int64_t k = 0; k < inputFrames + (stepsLead(plan) ? 1 : 0); ++k)
    for (int64_t j = 1; j < frame; ++j)
      steps.push_back({1 + k * frame + j, j - 1});
  files["data/frames.npy"] = rows(frames);
  if (needsSteps(plan))
    files["data/steps.npy"] = rows(steps);
  // Behind the last input nothing ends a frame.
  if (plan.code == Code::Rate || plan.code == Code::Signed)
    files["data/rest.npy"] = rows({{1 + inputFrames * frame, 0}});
  for (const Population &population : plan.populations) {
    std::string stem = "data/" + population.name + "-";
    switch (population.kind) {
    case Population::Kind::Input:
      files[stem + "spikes.npy"] = spikesOf(plan, trials, population, inputs++);
      break;
    case Population::Kind::Unit:
      files[stem + "theta.npy"] = column(population.theta);
      files[stem + "most.npy"] = column(population.most);
      files[stem + "start.npy"] = column(population.start);
      if (population.code == Code::FirstSpike) {
        std::vector<int64_t> full;
        for (int64_t theta : population.theta)
          full.push_back(theta * static_cast<int64_t>(plan.levels));
        files[stem + "full.npy"] = column(full);
      }
      break;
    case Population::Kind::Driven:
    case Population::Kind::Leaky:
      files[stem + "theta.npy"] = reals(population.thresholds);
      files[stem + "bias.npy"] = reals(population.biases);
      files[stem + "begin.npy"] = reals(population.begins);
      break;
    case Population::Kind::Table: {
      std::vector<int64_t> drops;
      for (uint64_t step = 0; step + 1 < plan.frame; ++step)
        drops.insert(drops.end(), population.drops[step].begin(),
                     population.drops[step].end());
      files[stem + "drops.npy"] = column(drops);
      files[stem + "start.npy"] = column(population.start);
      break;
    }
    case Population::Kind::Sum:
      files[stem + "start.npy"] = column(population.start);
      break;
    case Population::Kind::Any:
      break;
    }
  }
  for (const Projection &projection : plan.projections) {
    if (!projection.isDense) {
      std::vector<std::array<int64_t, 2>> pairs;
      for (auto [from, to] : projection.pairs)
        pairs.push_back({from, to});
      files[pairsFile(projection, plan)] = rows(pairs);
    }
    if (plan.populations[projection.target].kind != Population::Kind::Any)
      files[weightsFile(projection, plan)] = column(projection.weights);
  }
  return files;
}
