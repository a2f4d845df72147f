//===- Storage.cpp - What can be generated instead of kept ------*- C++ -*-===//
//
// Procedural synapses are drawn again, one source at a time, whenever it
// spikes. That needs a rule that draws rows, as
// docs/decisions/network-is-a-function.md has it, and values that are not
// looked up by the number of a connection.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Network.h"

namespace snn::lang::rules {

using namespace checked;

namespace {

/// Why a projection cannot be generated: what of it, why, and where.
struct Obstacle {
  std::string what, why, help;
  SourceRange range;
};

std::optional<Obstacle> obstacleIn(const Rule &rule, bool isSelf) {
  std::string stored = "write `@storage(stored)` before this `connect`";
  switch (rule.kind) {
  case Rule::Kind::Probability:
  case Rule::Kind::Outdegree:
  case Rule::Kind::Total:
    return std::nullopt;
  case Rule::Kind::Indegree:
    if (!rule.multapses)
      return Obstacle{
          "`indegree` without multapses", "each target draws its sources",
          stored + ", or leave out `multapses = false`", rule.range};
    if (!rule.autapses && isSelf)
      return Obstacle{"`indegree` without autapses",
                      "each target draws its sources",
                      stored + ", or leave out `autapses = false`", rule.range};
    return std::nullopt;
  case Rule::Kind::OneToOne:
    return Obstacle{"`one_to_one`", "nothing is drawn", stored, rule.range};
  case Rule::Kind::AllToAll:
    return Obstacle{"`all_to_all`", "connections are numbered, not drawn",
                    stored + ", or connect by `probability(1)`", rule.range};
  case Rule::Kind::List:
    return Obstacle{"a list", "nothing is drawn", stored, rule.range};
  case Rule::Kind::Convolution:
    return Obstacle{"a convolution", "its kernel is all that is stored",
                    "leave `@storage(procedural)` out", rule.range};
  case Rule::Kind::Place:
    return Obstacle{"a connection that depends on places",
                    "each pair is drawn by itself", stored, rule.range};
  }
  return std::nullopt;
}

} // namespace

bool checkStorage(const Projection &projection, DiagnosticEngine &diagnostics) {
  if (projection.storage.kind != Storage::Kind::Procedural)
    return true;
  std::optional<Obstacle> found =
      obstacleIn(projection.rule,
                 projection.source.population == projection.target.population);
  if (!found && projection.plasticity)
    found =
        Obstacle{"a weight that changes", "the rule keeps it for each synapse",
                 "write `@storage(stored)` before this `connect`",
                 projection.plasticity->range};
  for (auto [value, name] : {std::pair(&projection.weight, "weight"),
                             std::pair(&projection.axonal, "delay"),
                             std::pair(&projection.dendritic, "delay")})
    if (!found &&
        (value->kind == Value::Kind::Data || value->kind == Value::Kind::Place))
      found = Obstacle{
          std::string("a ") + name + " given for each connection",
          "looked up by the number of the connection",
          "write `@storage(stored)` before this `connect`, or draw the " +
              std::string(name),
          value->range};
  if (!found)
    return true;
  diagnostics.report(diag::NotProcedural, projection.storage.range, found->what)
      .label(found->range, found->why)
      .help(found->help);
  return false;
}

} // namespace snn::lang::rules
