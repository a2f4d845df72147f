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

/// The first statement that does more.
std::optional<PortObstacle> obstacleIn(const Port &port,
                                       const Dynamics &model) {
  std::set<unsigned> written;
  for (const Statement &statement : port.body) {
    if (statement.conditional)
      return PortObstacle{"decides by a condition", statement.range};
    const std::string &name = model.states[statement.assignment->state].name;
    if (!statement.assignment->increment)
      return PortObstacle{"sets `" + name + "`", statement.range};
    if (!isMultiple(*statement.assignment->increment))
      return PortObstacle{"adds no multiple of the weight to `" + name + "`",
                          statement.range};
    if (!written.insert(statement.assignment->state).second)
      return PortObstacle{"changes `" + name + "` twice", statement.range};
  }
  return std::nullopt;
}

} // namespace

std::optional<PortObstacle>
findObstacle(const PortRef &port, const NeuronModel &model,
             const std::vector<SynapseModel> &synapses) {
  if (port.kind == PortRef::Kind::Port)
    return obstacleIn(model.ports[port.index], model);
  const SynapseModel &synapse = synapses[model.receptors[port.index].synapse];
  return obstacleIn(synapse.onSpike, synapse);
}

bool checkPlasticPort(const Projection &projection, const NeuronModel &model,
                      const std::vector<SynapseModel> &synapses,
                      SourceRange place, DiagnosticEngine &diagnostics) {
  const PortRef &port = projection.port;
  std::optional<PortObstacle> found = findObstacle(port, model, synapses);
  if (!found)
    return true;
  diagnostics
      .report(diag::PlasticPort, place,
              port.kind == PortRef::Kind::Receptor
                  ? model.receptors[port.index].name
                  : model.ports[port.index].name,
              found->what)
      .label(found->range, "here")
      .help("add what arrives to a state, `x += w`, and do the rest in an "
            "equation");
  return false;
}

} // namespace snn::lang::rules
