//===- PlasticPort.cpp - Ports that plastic synapses may feed -------------===//
//
// What plastic synapses send is summed as integers before the port sees it, so
// the port must be one for which a sum of events is as good as the events: each
// of its statements adds a multiple of what arrives.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Reads.h"
#include "lang/Sema/Rules/Network.h"

#include <set>

namespace snn::lang::rules {

using namespace checked;

namespace {

/// c*w, with c of parameters.
bool isMultiple(const Expr &expr) {
  auto isConstant = [](const Expr &factor) {
    bool result = true;
    forEachRead(factor, {}, [&](const Expr &read) {
      result &= read.kind == ExprKind::Number || read.kind == ExprKind::Param ||
                read.kind == ExprKind::StepSize;
    });
    return result;
  };
  if (expr.kind == ExprKind::Argument)
    return true;
  if (expr.kind == ExprKind::Unary)
    return isMultiple(*expr.operands[0]);
  if (expr.kind != ExprKind::Binary)
    return false;
  const Expr &left = *expr.operands[0], &right = *expr.operands[1];
  if (expr.binary == BinaryOp::Mul)
    return (isMultiple(left) && isConstant(right)) ||
           (isConstant(left) && isMultiple(right));
  return expr.binary == BinaryOp::Div && isMultiple(left) && isConstant(right);
}

/// The first statement that does more, and what it does.
struct Obstacle {
  std::string what;
  SourceRange range;
};

std::optional<Obstacle> obstacleIn(const Port &port, const Dynamics &model) {
  std::set<unsigned> written;
  for (const Statement &statement : port.body) {
    if (statement.conditional)
      return Obstacle{"decides by a condition", statement.range};
    const std::string &name = model.states[statement.assignment->state].name;
    if (!statement.assignment->increment)
      return Obstacle{"sets `" + name + "`", statement.range};
    if (!isMultiple(*statement.assignment->increment))
      return Obstacle{"adds no multiple of the weight to `" + name + "`",
                      statement.range};
    if (!written.insert(statement.assignment->state).second)
      return Obstacle{"changes `" + name + "` twice", statement.range};
  }
  return std::nullopt;
}

} // namespace

bool checkPlasticPort(const Projection &projection, const NeuronModel &model,
                      const std::vector<SynapseModel> &synapses,
                      SourceRange place, DiagnosticEngine &diagnostics) {
  bool isReceptor = projection.port.kind == PortRef::Kind::Receptor;
  std::string name;
  std::optional<Obstacle> found;
  if (isReceptor) {
    const Receptor &receptor = model.receptors[projection.port.index];
    const SynapseModel &synapse = synapses[receptor.synapse];
    name = receptor.name;
    found = obstacleIn(synapse.onSpike, synapse);
  } else {
    name = model.ports[projection.port.index].name;
    found = obstacleIn(model.ports[projection.port.index], model);
  }
  if (!found)
    return true;
  diagnostics.report(diag::PlasticPort, place, name, found->what)
      .label(found->range, "here")
      .help("add what arrives to a state, `x += w`, and do the rest in an "
            "equation");
  return false;
}

} // namespace snn::lang::rules
