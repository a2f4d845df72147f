//===- SignedRun.cpp - How often units of the signed code fire --*- C++ -*-===//
//
// Layer by layer: at the step j of its frame a unit takes in what its sources
// fired at the step j of theirs.
//
//===----------------------------------------------------------------------===//
#include "compiler/Generate/SignedRun.h"

using namespace snn;
using namespace snn::generate;

SignedRun::SignedRun(const Plan &plan) : plan(plan) {
  for (const Projection &projection : plan.projections) {
    std::vector<Row> &from =
        rows.emplace_back(plan.populations[projection.source].size);
    uint64_t targets = plan.populations[projection.target].size;
    for (size_t i = 0; i < projection.weights.size(); ++i) {
      auto [source, target] =
          projection.isDense ? std::pair(static_cast<uint32_t>(i / targets),
                                         static_cast<uint32_t>(i % targets))
                             : projection.pairs[i];
      if (int64_t weight = projection.weights[i])
        from[source].synapses.push_back({target, weight});
    }
  }
}

std::vector<std::vector<uint64_t>>
SignedRun::spikes(const std::vector<llvm::ArrayRef<int64_t>> &counts) const {
  size_t populations = plan.populations.size();
  std::vector<std::vector<uint64_t>> fired(populations);
  // Of each population, who fires at each step of its frame.
  std::vector<std::vector<std::vector<uint32_t>>> trains(populations);
  for (size_t p = 0; p < populations; ++p) {
    const Population &population = plan.populations[p];
    if (population.kind == Population::Kind::Sum)
      continue;
    fired[p].assign(population.size, 0);
    trains[p].resize(plan.frame);
    if (population.kind == Population::Kind::Input) {
      for (uint32_t i = 0; i < population.size; ++i) {
        fired[p][i] = static_cast<uint64_t>(counts[p][i]);
        for (uint64_t step : plan.spikes(Code::Signed, fired[p][i]))
          trains[p][step].push_back(i);
      }
      continue;
    }
    std::vector<int64_t> v = population.start, count(population.size, 0);
    for (uint64_t step = 0; step < plan.frame; ++step) {
      int64_t sign = plan.worth(Code::Signed, step);
      for (size_t s = 0; s < plan.projections.size(); ++s) {
        if (plan.projections[s].target != p)
          continue;
        for (uint32_t source : trains[plan.projections[s].source][step])
          for (auto [target, weight] : rows[s][source].synapses)
            v[target] += sign * weight;
      }
      for (uint32_t i = 0; i < population.size; ++i) {
        bool fires = sign > 0 ? v[i] >= population.theta[i] &&
                                    count[i] < population.most[i]
                              : v[i] < 0 && count[i] > 0;
        if (!fires)
          continue;
        v[i] -= sign * population.theta[i];
        count[i] += sign;
        ++fired[p][i];
        trains[p][step].push_back(i);
      }
    }
  }
  return fired;
}
