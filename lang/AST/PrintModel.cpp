//===- PrintModel.cpp - Models as canonical text ----------------*- C++ -*-===//
//
// Neurons, synapses, plasticity rules, modulators, chips and their members.
//
//===----------------------------------------------------------------------===//

#include "lang/AST/PrinterImpl.h"

namespace snn::lang {

using namespace ast;

static bool isOverride(const Stmt &node) {
  switch (node.kind) {
  case Stmt::Kind::Param:
  case Stmt::Kind::Input:
  case Stmt::Kind::Host:
  case Stmt::Kind::Source:
  case Stmt::Kind::Sum:
  case Stmt::Kind::Receptor:
  case Stmt::Kind::State:
  case Stmt::Kind::Equation:
  case Stmt::Kind::Bound:
  case Stmt::Kind::Trace:
  case Stmt::Kind::Port:
  case Stmt::Kind::Spike:
  case Stmt::Kind::Handler:
  case Stmt::Kind::Periodic:
    return static_cast<const MemberStmt &>(node).isOverride();
  default:
    return false;
  }
}

bool Printer::member(const Stmt &node) {
  if (isOverride(node))
    write("override ");
  switch (node.kind) {
  case Stmt::Kind::Model: {
    auto &model = cast<ModelDecl>(node);
    write(std::string(spelling(model.model)) + " " + model.name.text);
    if (!model.generics.empty()) {
      write("<");
      names(model.generics);
      write(">");
    }
    header(model.parameters);
    if (!model.base.empty())
      write(" extends " + model.base.text);
    blockAfter(model.body);
    return true;
  }
  case Stmt::Kind::Chip:
    write("chip " + cast<ChipDecl>(node).name.text);
    blockAfter(cast<ChipDecl>(node).body);
    return true;
  case Stmt::Kind::Param:
    write("param ");
    bindings(cast<ParamStmt>(node).bindings);
    return true;
  case Stmt::Kind::Input:
    write("input ");
    bindings(cast<InputStmt>(node).bindings);
    return true;
  case Stmt::Kind::Host:
    write("host ");
    bindings(cast<HostStmt>(node).bindings);
    return true;
  case Stmt::Kind::Source:
    write("pre ");
    bindings(cast<SourceStmt>(node).bindings);
    return true;
  case Stmt::Kind::Sum: {
    auto &sum = cast<SumStmt>(node);
    write("sum " + sum.name.text);
    header(sum.arguments);
    write(" =");
    breakOr(sum.name.range.end, sum.value->range.begin, " ");
    expr(*sum.value);
    return true;
  }
  case Stmt::Kind::State:
    write("state ");
    bindings(cast<StateStmt>(node).bindings);
    return true;
  case Stmt::Kind::Receptor:
    write("receptor ");
    commaList(cast<ReceptorStmt>(node).receptors,
              [&](const ReceptorStmt::Receptor &one) {
                write(one.name.text + " : ");
                instantiation(one.synapse);
              });
    return true;
  case Stmt::Kind::Equation: {
    auto &equation = cast<EquationStmt>(node);
    if (equation.coefficient) {
      expr(*equation.coefficient);
      write("*");
    }
    write(equation.variable.text + "' =");
    breakOr(equation.derivativeRange.end, equation.value->range.begin, " ");
    expr(*equation.value);
    return true;
  }
  case Stmt::Kind::Bound: {
    auto &bound = cast<BoundStmt>(node);
    write("bound " + bound.variable.text + " in ");
    expr(*bound.interval);
    return true;
  }
  case Stmt::Kind::Trace: {
    auto &trace = cast<TraceStmt>(node);
    write(trace.side == TraceStmt::Side::Pre ? "pre trace " : "post trace ");
    binding(trace.binding, " : ");
    blockAfter(trace.body);
    return true;
  }
  case Stmt::Kind::Port: {
    auto &port = cast<PortStmt>(node);
    write("port " + port.name.text);
    header(port.arguments);
    blockAfter(port.body);
    return true;
  }
  case Stmt::Kind::Spike: {
    auto &spike = cast<SpikeStmt>(node);
    write("spike when ");
    expr(*spike.condition);
    if (spike.crossing) {
      write(" rises above ");
      expr(*spike.crossing);
    }
    blockAfter(spike.body);
    return true;
  }
  case Stmt::Kind::Handler: {
    auto &handler = cast<HandlerStmt>(node);
    write("on " + handler.event.text);
    header(handler.arguments);
    blockAfter(handler.body);
    return true;
  }
  case Stmt::Kind::Periodic: {
    auto &periodic = cast<PeriodicStmt>(node);
    write("every ");
    expr(*periodic.period);
    blockAfter(periodic.body);
    return true;
  }
  case Stmt::Kind::Assign: {
    auto &assign = cast<AssignStmt>(node);
    expr(*assign.target);
    if (assign.op == AssignOp::Set) {
      initializer(assign.value);
      return true;
    }
    write(std::string(" ") + spelling(assign.op));
    breakOr(assign.value.opRange.end, assign.value.value->range.begin, " ");
    expr(*assign.value.value);
    return true;
  }
  case Stmt::Kind::Send:
    write("send ");
    expr(*cast<SendStmt>(node).value);
    return true;
  case Stmt::Kind::Refractory: {
    auto &refractory = cast<RefractoryStmt>(node);
    write("refractory ");
    expr(*refractory.duration);
    if (!refractory.held.empty()) {
      write(" holding ");
      names(refractory.held);
    }
    if (refractory.keepsInput())
      write(" keeping input");
    return true;
  }
  default:
    return false;
  }
}

} // namespace snn::lang
