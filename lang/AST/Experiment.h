//===- Experiment.h - What is run, recorded and expected --------*- C++ -*-===//
//
// An experiment names a network, says how long it runs, what happens during
// the run, and what the results must show.
//
//===----------------------------------------------------------------------===//

#ifndef SNN_LANG_AST_EXPERIMENT_H
#define SNN_LANG_AST_EXPERIMENT_H

#include "lang/AST/Stmt.h"

namespace snn::lang::ast {

/// `experiment Fast extends Slow { … }`.
struct ExperimentDecl : Stmt {
  static constexpr Kind ClassKind = Kind::Experiment;
  ExperimentDecl() : Stmt(ClassKind) {}

  Name name;
  /// Empty without `extends`.
  Name base;
  Block body;
};

/// `network Brunel(g = 5, eta = 2)`.
struct NetworkStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Network;
  NetworkStmt() : Stmt(ClassKind) {}

  Instantiation network;
};

/// `step 0.1 ms`.
struct StepStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Step;
  StepStmt() : Stmt(ClassKind) {}

  ExprPtr value;
};

/// `duration 1.2 s after 200 ms`.
struct DurationStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Duration;
  DurationStmt() : Stmt(ClassKind) {}

  ExprPtr value;
  /// Null without `after`.
  ExprPtr warmUp;
};

/// `seed 1`, `seed network = 1, stimulus = 2, initial = 3`.
struct SeedStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Seed;
  SeedStmt() : Stmt(ClassKind) {}

  /// One argument without a name, or one for each purpose.
  std::vector<Argument> seeds;
};

/// `schedule nest`.
struct ScheduleStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Schedule;
  ScheduleStmt() : Stmt(ClassKind) {}

  Name schedule;
};

/// `record spikes of E, I`, `record V, exc.g of E[0..9] every 1 ms`,
/// `record weight of E -> I.exc every 1 s`.
struct RecordStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Record;
  RecordStmt() : Stmt(ClassKind) {}

  /// `spikes`, or names of states.
  std::vector<ExprPtr> quantities;
  std::vector<Selection> selections;
  /// Null without `every`.
  ExprPtr interval;
};

/// `plot raster of E[0..99]`, `plot rate of cell over I`.
struct PlotStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Plot;
  PlotStmt() : Stmt(ClassKind) {}

  /// `raster`, `rate`, or the name of a state.
  ExprPtr what;
  std::vector<Selection> selections;
  /// What the x axis shows; null for time.
  ExprPtr over;
};

/// `expect rate of E in 36.9 Hz .. 38.2 Hz over seeds 1..10`,
/// `expect rate of E within 5 % of 8 Hz`,
/// `expect rate of cell monotone increasing over I`,
/// `expect count of cell == 8`.
struct ExpectStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Expect;
  ExpectStmt() : Stmt(ClassKind) {}

  enum class Form {
    /// `value` is the whole condition.
    Condition,
    /// `value in interval`.
    In,
    /// `value within tolerance of reference`.
    Within,
    Increasing,
    Decreasing,
  };
  Form form = Form::Condition;
  ExprPtr value;
  ExprPtr interval;
  ExprPtr tolerance;
  ExprPtr reference;
  /// The swept value that a monotone one is taken over; null without.
  ExprPtr over;
  /// A range or list of seeds; null without.
  ExprPtr seeds;
};

/// `sweep cell.I_ext as I in 0 pA .. 500 pA step 10 pA`.
struct SweepStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Sweep;
  SweepStmt() : Stmt(ClassKind) {}

  ExprPtr target;
  /// Empty without `as`.
  Name alias;
  /// A RangeExpr with a step, or a list.
  ExprPtr values;
};

/// `phase stimulus for 500 ms { … }`: phases follow one another; the body says
/// what holds from its beginning.
struct PhaseStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Phase;
  PhaseStmt() : Stmt(ClassKind) {}

  Name name;
  ExprPtr duration;
  Block body;
};

/// `at 100 ms { E.I_ext = 500 pA }`.
struct AtStmt : Stmt {
  static constexpr Kind ClassKind = Kind::At;
  AtStmt() : Stmt(ClassKind) {}

  ExprPtr time;
  Block body;
};

/// `repeat 10 { phase … }`.
struct RepeatStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Repeat;
  RepeatStmt() : Stmt(ClassKind) {}

  ExprPtr count;
  Block body;
};

/// `control NoKick { kick.rate = 0 Hz }`: the same experiment with these
/// changes must miss something that it expects, and meet what the control
/// itself expects.
struct ControlStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Control;
  ControlStmt() : Stmt(ClassKind) {}

  Name name;
  Block body;
};

/// `reset state`, `reset state of E, I`.
struct ResetStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Reset;
  ResetStmt() : Stmt(ClassKind) {}

  /// Empty for all.
  std::vector<Selection> selections;
};

/// `freeze plasticity`, `resume plasticity of E -> I`.
struct LearningStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Learning;
  LearningStmt() : Stmt(ClassKind) {}

  /// Resumes when false.
  bool freezes = true;
  /// Empty for all.
  std::vector<Selection> selections;
};

/// `dopamine.reward(0.5)`: an event for a modulator.
struct EventStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Event;
  EventStmt() : Stmt(ClassKind) {}

  /// A CallExpr.
  ExprPtr event;
};

} // namespace snn::lang::ast

#endif // SNN_LANG_AST_EXPERIMENT_H
