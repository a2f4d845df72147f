//===- Rewirable.cpp - Synapses that can get other sources ----------------===//
//
// A synapse that is rewired gets any source of its connection, and stays what
// it is otherwise. Where the sources of a target are no matter of chance, or
// the delay belongs to the pair, that would contradict what the connection
// says.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Network.h"

namespace snn::lang::rules {

using namespace checked;

/// Why the connection has no other sources to give; empty if it has.
static std::string reasonOf(const Projection &projection) {
  switch (projection.rule.kind) {
  case Rule::Kind::Place:
    return "whom this connection joins depends on places";
  case Rule::Kind::AllToAll:
    return "each target of this connection has all sources";
  case Rule::Kind::OneToOne:
    return "each target of this connection has one source of its own";
  case Rule::Kind::Convolution:
    return "a kernel says whom this connection joins";
  case Rule::Kind::Outdegree:
    return "this connection says how many synapses each source has";
  case Rule::Kind::Probability:
  case Rule::Kind::Indegree:
  case Rule::Kind::Total:
  case Rule::Kind::List:
    break;
  }
  for (const Value *delay : {&projection.axonal, &projection.dendritic})
    if (delay->kind != Value::Kind::Constant)
      return "the delays of this connection differ";
  return {};
}

void checkRewirable(const PlasticityModel &rule, const Projection &projection,
                    SourceRange place, DiagnosticEngine &diagnostics) {
  std::string reason = rule.rewire ? reasonOf(projection) : std::string();
  if (!reason.empty())
    diagnostics
        .report(diag::NotRewirable, place,
                rule.name.substr(0, rule.name.find('<')), reason)
        .label(rule.states[rule.rewire].range, "it does so here")
        .help("connect by `indegree`, `probability`, `total` or a list, with "
              "one delay");
}

} // namespace snn::lang::rules
