//===- Experiments.h - Checks and elaborates experiments --------*- C++ -*-===//
//
// An experiment is a network with arguments, a step, a duration, and what is
// recorded, drawn and expected.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_EXPERIMENTS_H
#define SNN_LANG_SEMA_EXPERIMENTS_H

#include "lang/Sema/Elaborator.h"

#include <memory>

namespace snn::lang {

class ExperimentChecker {
public:
  ExperimentChecker(Models &models, const Declared &declared,
                    const std::vector<Override> &overrides);

  /// Empty if there were errors.
  std::optional<checked::Experiment> run();

private:
  Models &models;
  DiagnosticEngine &diagnostics;
  const Declared declared;
  const ast::ExperimentDecl &decl;
  Overrides overrides;
  checked::Experiment experiment;
  std::unique_ptr<Elaborator> elaborator;
  Frame scope;
  std::shared_ptr<Frame> networkFrame;
  SourceRange stepRange, durationRange;
  /// Where the next phase begins, in steps.
  uint64_t nextPhase = 0;
  /// Statements of the experiment and its bases; a later one of a kind that
  /// may stand only once replaces an earlier one of a base.
  std::vector<const ast::Stmt *> statements;

  /// Inputs that are set to constants at some steps, in the order of the text.
  struct InputChange {
    checked::Slice target;
    unsigned input = 0;
    uint64_t step = 0;
    double value = 0;
    Dimension dimension;
    SourceRange range;
  };
  std::vector<InputChange> inputChanges;

  bool collect();
  const ast::Stmt *single(ast::Stmt::Kind kind);
  bool step();
  void network();
  void duration();
  void phasesFit();
  void seeds();
  void clause(const ast::Stmt &statement);
  // Recording.cpp
  void record(const ast::RecordStmt &statement);
  void plot(const ast::PlotStmt &statement);
  bool plotSynapses(const ast::PlotStmt &statement, checked::Plot &made);
  // Sweeps.cpp
  void sweep(const ast::SweepStmt &statement);
  /// The sweep that `over` names, or the first one; reports it if there is
  /// none.
  const checked::Sweep *swept(const ast::Expr *over, SourceRange range);
  // Protocol.cpp
  void at(const ast::AtStmt &statement);
  void periodic(const ast::PeriodicStmt &statement);
  void phase(const ast::PhaseStmt &statement);
  void repeat(const ast::RepeatStmt &statement);
  bool protocol(const ast::Block &body, uint64_t step);
  void resetStates(const ast::ResetStmt &statement, uint64_t step);
  void change(const ast::AssignStmt &statement, uint64_t step);
  void inputChange(const ast::AssignStmt &statement, uint64_t step,
                   const PopulationRef &ref, const Elaborator::Field &field);
  void inputStimuli();
  std::optional<uint64_t> steps(const ast::Expr &expr, std::string_view what);

  // Metrics.cpp
  void expect(const ast::ExpectStmt &statement);
  void condition(const ast::ExpectStmt &statement);
  bool measured(const ast::Expr &expr, const ast::ExpectStmt &statement,
                checked::Expect &made);
  std::optional<checked::Metric> metric(const ast::Expr &expr);
  std::optional<checked::Metric>
  metric(const ast::MetricExpr &syntax, const ast::Name &name,
         const std::vector<ast::Argument> &arguments);
  std::optional<std::vector<checked::Slice>>
  slices(const ast::Selection &selection);
  bool metricArgument(checked::Metric &metric, const ast::Argument &argument);
  std::optional<double> tolerance(const ast::Expr &expr,
                                  const checked::Metric &metric,
                                  bool &isRelative);
  // Samples.cpp
  bool distribution(checked::Metric &metric, const ast::Name &name,
                    const std::vector<ast::Argument> &arguments);
  std::optional<std::vector<double>>
  sample(const ast::Expr &expr, std::string_view what, const Dimension &needed);
  void reportTimesNeedList(SourceRange range);
  bool spikeTimes(const ast::ExpectStmt &statement, checked::Expect &expect);
  // Fits.cpp
  std::optional<checked::Metric> fitted(const ast::MetricExpr &syntax,
                                        const ast::ExpectStmt &statement,
                                        checked::Expect &expect);
  std::optional<std::vector<uint64_t>> seedList(const ast::Expr &expr);
  std::optional<double> bound(const ast::Expr &expr, checked::Expect &expect,
                              const checked::Metric &metric);

  /// What a recorded trace or a metric of one reads.
  struct Trace {
    checked::ExprRef value;
    std::string name;
    Dimension dimension;
  };
  std::optional<Trace> trace(const ast::Expr &expr,
                             const checked::Slice &target);
};

} // namespace snn::lang

#endif // SNN_LANG_SEMA_EXPERIMENTS_H
