//===- PrintExperiment.cpp - Experiments as canonical text ------*- C++ -*-===//
//
// What is run, recorded, plotted and expected.
//
//===----------------------------------------------------------------------===//

#include "lang/AST/PrinterImpl.h"

namespace snn::lang {

using namespace ast;

bool Printer::experimental(const Stmt &node) {
  switch (node.kind) {
  case Stmt::Kind::Experiment: {
    auto &experiment = cast<ExperimentDecl>(node);
    write("experiment " + experiment.name.text);
    if (!experiment.base.empty())
      write(" extends " + experiment.base.text);
    blockAfter(experiment.body);
    return true;
  }
  case Stmt::Kind::Network:
    write("network ");
    instantiation(cast<NetworkStmt>(node).network);
    return true;
  case Stmt::Kind::Step:
    write("step ");
    expr(*cast<StepStmt>(node).value);
    return true;
  case Stmt::Kind::Duration: {
    auto &duration = cast<DurationStmt>(node);
    write("duration ");
    expr(*duration.value);
    if (duration.warmUp) {
      write(" after ");
      expr(*duration.warmUp);
    }
    return true;
  }
  case Stmt::Kind::Seed:
    write("seed ");
    commaList(cast<SeedStmt>(node).seeds, [&](const Argument &one) {
      if (!one.name.empty())
        write(one.name.text + " = ");
      expr(*one.value);
    });
    return true;
  case Stmt::Kind::Schedule:
    write("schedule " + cast<ScheduleStmt>(node).schedule.text);
    return true;
  case Stmt::Kind::Record: {
    auto &record = cast<RecordStmt>(node);
    write("record ");
    commaList(record.quantities, [&](const ExprPtr &one) { expr(*one); });
    write(" of ");
    selections(record.selections);
    if (record.interval) {
      write(" every ");
      expr(*record.interval);
    }
    return true;
  }
  case Stmt::Kind::Plot: {
    auto &plot = cast<PlotStmt>(node);
    write("plot ");
    expr(*plot.what);
    write(" of ");
    selections(plot.selections);
    if (plot.over) {
      write(" over ");
      expr(*plot.over);
    }
    return true;
  }
  case Stmt::Kind::Expect: {
    auto &expect = cast<ExpectStmt>(node);
    write("expect ");
    expr(*expect.value);
    if (expect.interval) {
      write(" in ");
      expr(*expect.interval);
    }
    if (expect.tolerance) {
      write(" within ");
      expr(*expect.tolerance);
      write(" of ");
      expr(*expect.reference);
    }
    if (expect.form == ExpectStmt::Form::Increasing)
      write(" monotone increasing");
    if (expect.form == ExpectStmt::Form::Decreasing)
      write(" monotone decreasing");
    if (expect.over) {
      write(" over ");
      expr(*expect.over);
    }
    if (expect.seeds) {
      write(" over seeds ");
      expr(*expect.seeds);
    }
    return true;
  }
  case Stmt::Kind::Sweep: {
    auto &sweep = cast<SweepStmt>(node);
    write("sweep ");
    expr(*sweep.target);
    if (!sweep.alias.empty())
      write(" as " + sweep.alias.text);
    write(" in ");
    expr(*sweep.values);
    return true;
  }
  case Stmt::Kind::Phase: {
    auto &phase = cast<PhaseStmt>(node);
    write("phase " + phase.name.text + " for ");
    expr(*phase.duration);
    blockAfter(phase.body);
    return true;
  }
  case Stmt::Kind::At: {
    auto &at = cast<AtStmt>(node);
    write("at ");
    expr(*at.time);
    blockAfter(at.body);
    return true;
  }
  case Stmt::Kind::Repeat: {
    auto &repeat = cast<RepeatStmt>(node);
    write("repeat ");
    expr(*repeat.count);
    blockAfter(repeat.body);
    return true;
  }
  case Stmt::Kind::Control: {
    auto &control = cast<ControlStmt>(node);
    write("control " + control.name.text);
    blockAfter(control.body);
    return true;
  }
  case Stmt::Kind::Reset: {
    auto &reset = cast<ResetStmt>(node);
    write("reset state");
    if (!reset.selections.empty()) {
      write(" of ");
      selections(reset.selections);
    }
    return true;
  }
  case Stmt::Kind::Learning: {
    auto &learning = cast<LearningStmt>(node);
    write(learning.freezes ? "freeze plasticity" : "resume plasticity");
    if (!learning.selections.empty()) {
      write(" of ");
      selections(learning.selections);
    }
    return true;
  }
  case Stmt::Kind::Event:
    expr(*cast<EventStmt>(node).event);
    return true;
  default:
    return false;
  }
}

} // namespace snn::lang
