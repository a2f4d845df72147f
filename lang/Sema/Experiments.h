//===- Experiments.h - Checks and elaborates experiments --------*- C++ -*-===//
//
// An experiment is a network with arguments, a step, a duration, and what is
// recorded, drawn and expected.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_EXPERIMENTS_H
#define SNN_LANG_SEMA_EXPERIMENTS_H

#include "lang/Sema/Elaborator.h"

#include <map>
#include <memory>
#include <set>
#include <tuple>

namespace snn::lang {

class ExperimentChecker {
public:
  /// With a control, the experiment is changed as its body says.
  ExperimentChecker(Models &models, const Declared &declared,
                    const ast::ControlStmt *control,
                    const std::vector<Override> &overrides);

  /// Empty if there were errors.
  std::optional<checked::Experiment> run();

private:
  Models &models;
  DiagnosticEngine &diagnostics;
  const Declared declared;
  const ast::ExperimentDecl &decl;
  const ast::ControlStmt *control;
  Overrides overrides;
  checked::Experiment experiment;
  std::unique_ptr<Elaborator> elaborator;
  Frame scope;
  std::shared_ptr<Frame> networkFrame;
  SourceRange stepRange, durationRange;
  /// Where a mistake took one away, nothing is said of what depends on it.
  bool isStepKnown = false, isDurationKnown = false;
  bool lostSweep = false, lostRecord = false;
  /// Where the next phase begins, in steps.
  uint64_t nextPhase = 0;
  /// Statements of the experiment and its bases; a later one of a kind that
  /// may stand only once replaces an earlier one of a base.
  std::vector<const ast::Stmt *> statements;
  /// Statements from here on are the control's.
  size_t firstOfControl = SIZE_MAX;

  /// A value that holds from a step on.
  struct Stair {
    uint64_t step = 0;
    checked::ExprRef value;
  };
  /// By population, input, first and last neuron and their distance.
  std::map<std::tuple<unsigned, unsigned, uint64_t, uint64_t, uint64_t>,
           std::vector<Stair>>
      inputChanges;
  /// Of Poisson sources, by population.
  std::map<unsigned, std::vector<Stair>> rateChanges;
  struct Window {
    uint64_t first = 0;
    /// The step at which it is over; empty for the end of the run.
    std::optional<uint64_t> last;
  };
  /// Drives that stand in a protocol, in the order of the text.
  std::vector<std::pair<const ast::DriveStmt *, std::vector<Window>>>
      driveWindows;
  size_t numChanges = 0;
  /// Population, port, value, and how often before at the same step.
  using ModulatorEvent = std::tuple<unsigned, unsigned, double, unsigned>;
  struct ModulatorEvents {
    std::vector<uint64_t> steps;
    Dimension weight;
    SourceRange range;
  };
  std::map<ModulatorEvent, ModulatorEvents> events;
  size_t numEventSources = 0;

  /// Populations of which values were set outside of any time.
  std::set<unsigned> assigned;
  /// Of each sweep, where its values stand: one place, or one for each.
  std::vector<std::vector<SourceRange>> sweepPlaces;
  /// What `at` names, in steps.
  std::vector<std::pair<uint64_t, SourceRange>> times;

  bool collect();
  void add(const ast::Block &body);
  const ast::Stmt *single(ast::Stmt::Kind kind);
  void step();
  bool setStep(double value, SourceRange place);
  void instantiate(const ast::NetworkStmt &statement);
  void network();
  void precisionOfImports();
  void duration();
  void phasesFit();
  void seeds();
  void clause(const ast::Stmt &statement);
  // ChangedValues.cpp
  void checkChanges();
  void checkPoints(const checked::Population &population,
                   const std::vector<size_t> &sweeps,
                   const std::vector<const checked::Change *> &changes);
  void checkTimes(checked::Population &varied,
                  const std::vector<const checked::Change *> &changes);
  void checkNetworks();
  void checkEnd();
  // Recording.cpp
  void record(const ast::RecordStmt &statement);
  void plot(const ast::PlotStmt &statement);
  bool plotSynapses(const ast::PlotStmt &statement, checked::Plot &made);
  bool isRecorded(unsigned projection, const std::string &state) const;
  // Synapses.cpp
  /// The projections that a selection names; `example` is what stands before
  /// `of` in messages.
  std::optional<std::vector<unsigned>> synapses(const ast::Selection &selection,
                                                const std::string &example);
  /// Those that a rule changes.
  std::optional<std::vector<unsigned>>
  plasticSynapses(const ast::Selection &selection, const std::string &example);
  void learning(const ast::LearningStmt &statement, uint64_t step);
  std::optional<unsigned> synapticState(const checked::Projection &projection,
                                        const std::string &name,
                                        SourceRange place);
  bool recordSynapses(const ast::RecordStmt &statement,
                      const ast::Selection &selection, uint64_t every);
  bool synapseMetric(checked::Metric &made, const ast::MetricExpr &syntax,
                     const ast::Name &name,
                     const std::vector<ast::Argument> &arguments);
  // ModulatorEvents.cpp
  void event(const ast::EventStmt &statement, uint64_t step);
  void eventSources();
  void checkModulatorsDriven();
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
  bool protocol(const ast::Block &body, Window window);
  void setting(const ast::AssignStmt &statement);
  void resetStates(const ast::ResetStmt &statement, uint64_t step);
  void change(const ast::AssignStmt &statement, uint64_t step);
  bool change(const ast::AssignStmt &statement, uint64_t step,
              const PopulationRef &ref);
  void drive(const ast::DriveStmt &statement, Window window);
  void notChangeable(const ast::AssignStmt &statement);
  // Timetable.cpp
  checked::ExprRef reached(uint64_t step, SourceRange range) const;
  checked::ExprRef staircase(const std::vector<Stair> &stairs, size_t first,
                             size_t last, const checked::ExprRef &before) const;
  checked::ExprRef staircase(std::vector<Stair> stairs,
                             checked::ExprRef before) const;
  checked::ExprRef aStepLater(const checked::ExprRef &value) const;
  void inputStimuli();
  void delayStimuli();
  void rates();
  void drives();
  std::optional<uint64_t> steps(const ast::Expr &expr, std::string_view what);
  std::optional<uint64_t> onGrid(double time, std::string_view what,
                                 SourceRange place);

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
  bool checkBin(const checked::Metric &metric,
                const std::vector<ast::Argument> &arguments);
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
