//===- Elaborator.h - From structures to a flat network ---------*- C++ -*-===//
//
// Runs the declarations of a network or column once: loops, conditions and
// tables disappear, arguments become values, and what remains is a list of
// populations, projections, drives and stimuli with path names.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_ELABORATOR_H
#define SNN_LANG_SEMA_ELABORATOR_H

#include "lang/Data/Table.h"
#include "lang/Sema/Entities.h"
#include "lang/Sema/Expressions.h"
#include "lang/Sema/Models.h"
#include "lang/Sema/Rules/Models.h"
#include "lang/Sema/Sema.h"

#include <set>

namespace snn::lang {

/// The overrides of one run. An override that nothing takes is an error.
class Overrides {
public:
  Overrides(const std::vector<Override> &given, SourceRange blame,
            DiagnosticEngine &diagnostics)
      : given(given), used(given.size()), blame(blame),
        diagnostics(diagnostics) {}

  /// The last override of a path, checked to have the dimension.
  std::optional<double> take(const std::string &path,
                             const Dimension &dimension);
  bool has(const std::string &path) const;
  /// A sweep has its value from outside.
  bool isPoint(const std::string &path) const;
  const std::vector<Override> &all() const { return given; }
  /// What could have been set, for suggestions.
  void offer(const std::string &path) { offered.push_back(path); }
  void reportUnused();
  SourceRange place() const { return blame; }

private:
  std::vector<Override> given;
  std::vector<bool> used;
  SourceRange blame;
  DiagnosticEngine &diagnostics;
  std::vector<std::string> offered;
};

/// What has the dimension of all that is drawn: `m` of `normal(m, s)`. Null
/// where the draws are plain numbers, or where nothing is drawn.
const ast::Expr *valueDrawn(const ast::Initializer &init);

class Elaborator : public Scope {
public:
  /// Without a step nothing is held against its grid; `dt` has no meaning,
  /// unless the step is there but wrong.
  Elaborator(Models &models, checked::Network &network, Overrides &overrides,
             std::optional<double> step, SourceRange stepRange,
             bool isStepWrong = false);

  /// Runs a structure with the given arguments, which are evaluated in the
  /// current frame. Null if it could not be run at all.
  std::shared_ptr<Frame> instantiate(const Declared &declared,
                                     const ast::Instantiation *instantiation,
                                     const std::string &prefix,
                                     const std::string &overridePath,
                                     std::optional<Site> site = {});
  /// Runs further statements of structure in a frame (an experiment's).
  void run(const ast::Stmt &statement);
  /// The frame in which expressions are evaluated.
  Frame *frame = nullptr;
  /// What mistakes took away. Of what is not found then nothing is said: it may
  /// be among them.
  struct Lost {
    bool names = false, connections = false;
  } lost;
  /// `net.g = 4` of an experiment, by the name of the argument.
  std::map<std::string, const ast::AssignStmt *> arguments;
  /// `E.tau_m = 5 ms` of an experiment: the value of the whole population,
  /// unless `--set` says otherwise. False if the target has no such value.
  bool assign(const PopulationRef &ref, const ast::AssignStmt &statement);

  Entity evaluate(const ast::Expr &expr);
  /// The populations that an expression names; reports where it names others.
  std::optional<std::vector<PopulationRef>> populations(const ast::Expr &expr);
  /// A quantity of known value.
  std::optional<double> number(const ast::Expr &expr, std::string_view what,
                               const Dimension &needed);
  std::optional<uint64_t> count(const ast::Expr &expr, std::string_view what);
  std::optional<bool> truth(const ast::Expr &expr);
  /// An expression of the time, its constant parts folded.
  checked::ExprRef timeFunction(const ast::Expr &expr, std::string_view what,
                                const Dimension &needed,
                                SourceRange declared = {});
  /// A given or drawn value. `elements` is what a list or file must have.
  std::optional<checked::Value> value(const ast::Initializer &init,
                                      std::string_view what,
                                      const Dimension &needed,
                                      SourceRange declared, uint64_t elements);
  /// `E.tau_m`, `E.exc.g`, `E.I_ext` of a neuron model.
  enum class FieldKind {
    None,
    Param,
    State,
    Input,
    ReceptorParam,
    ReceptorState
  };
  struct Field {
    FieldKind kind = FieldKind::None;
    unsigned receptor = 0, index = 0;
    Dimension dimension;
    SourceRange range;
  };
  Field findField(const checked::NeuronModel &model,
                  const std::string &name) const;
  /// What a population was given; null where it can be given nothing.
  const std::optional<checked::Value> *valueOf(const PopulationRef &ref);
  std::vector<std::string> fieldNames(const checked::NeuronModel &model) const;

  // Scope
  std::optional<Typed> name(const ast::NameExpr &name) override;
  Typed member(const ast::MemberExpr &member) override;
  Typed element(const ast::IndexExpr &index) override;
  Typed identity(const ast::BinaryExpr &is) override;
  std::vector<Visible> visible() const override;
  std::string description() const override { return frame->description; }
  bool hasTime() const override { return timeIsKnown; }
  checked::ExprRef stepSize(SourceRange range) const override;

  /// A receptor or port of a population, and what it takes.
  struct Target {
    checked::PortRef port;
    std::string name;
    Dimension weight;
    SourceRange range;
  };
  std::optional<Target> port(const PopulationRef &target, SourceRange place);

  /// An event of a modulator, `da.reward(0.5)`.
  struct ModulatorEvent {
    unsigned population = 0;
    Target port;
    double value = 0;
  };
  std::optional<std::vector<ModulatorEvent>>
  modulatorEvents(const ast::EventStmt &statement);

  Models &models;
  checked::Program &program;
  DiagnosticEngine &diagnostics;
  checked::Network &network;

  /// The rules of the model again, with the values of a population.
  void checkValues(const checked::Population &population);
  /// Where a population keeps what it gives to a parameter or state; null for
  /// other fields.
  std::optional<checked::Value> *slot(checked::Population &population,
                                      const Field &field) const;

private:
  static constexpr uint64_t maxTurns = 1'000'000;
  static constexpr uint64_t maxPopulations = 1'000'000;
  static constexpr uint64_t maxNeurons = uint64_t(1) << 32;
  static constexpr unsigned maxNesting = 64;

  Overrides &overrides;
  std::optional<double> step;
  SourceRange stepRange;
  bool isStepWrong;
  bool timeIsKnown = false;
  /// `distance` has a meaning.
  bool placeIsKnown = false;
  /// An expression of what `isKnown` says is known, its constant parts folded.
  checked::ExprRef function(bool &isKnown, const ast::Expr &expr,
                            std::string_view what, const Dimension &needed,
                            SourceRange declared = {});
  uint64_t turns = 0;
  uint64_t neurons = 0;
  unsigned nesting = 0;
  /// A limit was passed: nothing more is run, lest what nests goes on for ever.
  bool isStopped = false;
  /// Where each population was declared.
  std::map<std::string, SourceRange> paths;
  std::map<std::string, unsigned> pathNumbers;
  std::set<unsigned> inhibitory;

  void define(const ast::Name &name, Entity entity);
  void runBody(const ast::Block &body);
  void let(const ast::LetStmt &statement);
  void conditional(const ast::IfStmt &statement);
  bool loop(const ast::ForStmt &statement);
  void instance(const ast::InstanceStmt &statement);
  void population(const ast::InstanceStmt::Instance &instance,
                  const std::vector<ast::Attribute> &attributes,
                  ast::ModelKind kind);
  void column(const ast::InstanceStmt::Instance &instance);
  void import(const ast::ImportStmt &statement);
  void outPort(const ast::OutPortStmt &statement);
  const ast::Expr *argumentOf(const ast::Binding &parameter,
                              const ast::Argument *given,
                              const std::string &overridePath);
  void checkArguments(const std::vector<const ast::Binding *> &parameters,
                      const std::string &description);

  // Populations.cpp
  void source(const ast::InstanceStmt::Instance &instance,
              checked::Population &population);
  void settings(const ast::InstanceStmt::Instance &instance,
                checked::Population &population);
  bool set(checked::Population &population, const std::string &name,
           SourceRange range, const ast::Initializer &init);
  void reportField(const checked::Population &population, const Field &field,
                   const std::string &name, SourceRange range);
  void applyOverrides(checked::Population &population);
  // PopulationValues.cpp
  bool checkDraws(const checked::Population &population);
  uint64_t size(const ast::InstanceStmt::Instance &instance,
                checked::Population &population, bool &isValid);

  // Entities.cpp
  Entity nameEntity(const ast::NameExpr &name);
  Entity memberEntity(const ast::MemberExpr &member);
  Entity indexEntity(const ast::IndexExpr &index);
  Entity indexPopulation(const ast::IndexExpr &index, Entity base);
  Entity indexList(const ast::IndexExpr &index, Entity base);
  Entity memberOfAll(const ast::MemberExpr &member, const Entity &list);
  Entity memberOf(const ast::MemberExpr &member, Entity base);
  std::optional<AxisIndex> axisIndex(const ast::IndexExpr &index, size_t axis,
                                     uint64_t size, const Entity &base,
                                     std::string_view what);
  Entity tableEntity(const ast::TableExpr &table);
  Typed quantityOf(const Entity &entity, SourceRange range);

  // Places.cpp
  /// `grid(spacing = 25 um)` behind `at`.
  struct Grid {
    std::array<double, 3> middle{}, spacing{};
    std::array<bool, 3> isPeriodic{};
  };
  std::optional<Grid> placement(const ast::Expr &expr, const std::string &what,
                                size_t axes);
  bool lengths(const ast::Expr &expr, std::string_view what, size_t axes,
               std::array<double, 3> &result);
  Site siteOf(const Grid &grid, const std::vector<uint64_t> &extents,
              std::array<uint64_t, 3> index) const;
  bool place(const ast::InstanceStmt::Instance &instance,
             checked::Population &population);
  std::optional<Typed> partOfDistance(const ast::NameExpr &name) const;
  checked::ExprRef placeCondition(const ast::Expr &expr);
  enum class Placed { Yes, NoPair, Wrong };
  /// Whether neurons can be so near, before anything else is asked.
  bool mayBeNear(const checked::Expr &condition, const checked::Slice &source,
                 const checked::Slice &target) const;
  bool narrow(checked::Rule &rule, const checked::ExprRef &where,
              SourceRange place);
  Placed resolvePlaces(checked::Projection &projection, SourceRange arrow);
  Placed checkPlaces(checked::Projection &projection);

  // Connections.cpp
  const checked::SynapseModel *summingSynapse(const PopulationRef &target,
                                              const Target &port) const;
  /// A condition on the pairs of a connection, and where its names are found.
  struct Condition {
    const ast::Expr *expr;
    Frame *frame;
  };
  std::vector<Condition> conditions;
  /// Pairs of the next projection that are looked at, of each of three sources:
  /// many of the first of a connection, few of the last.
  uint64_t placeSamples = 4096;
  void connectPort(const std::vector<PopulationRef> &sources,
                   const Entity &port, const ast::Projection &projection,
                   SourceRange arrow,
                   const std::vector<const ast::Attribute *> &attributes);
  void connect(const std::vector<PopulationRef> &sources,
               const ast::Projection &projection, SourceRange range,
               SourceRange arrow,
               const std::vector<const ast::Attribute *> &attributes);
  void connectTo(const Entity &target,
                 const std::vector<PopulationRef> &sources,
                 const ast::Projection &projection, SourceRange range,
                 SourceRange arrow,
                 const std::vector<const ast::Attribute *> &attributes);
  void connectPair(const PopulationRef &source, const PopulationRef &target,
                   const ast::Projection &projection, SourceRange range,
                   SourceRange arrow,
                   const std::vector<const ast::Attribute *> &attributes);
  // Conditions.cpp
  void when(const ast::WhenStmt &statement);
  std::optional<checked::Slice> firing(const ast::Expr &expr);
  bool conditionDelay(const ast::WhenStmt &statement, SourceRange head,
                      checked::SpikeCondition &made);
  bool effects(const ast::WhenStmt &statement, unsigned source);

  void disconnect(const ast::DisconnectStmt &statement);
  void drive(const ast::DriveStmt &statement);
  void drivePort(const ast::DriveStmt &statement, const ast::CallExpr &poisson,
                 const PopulationRef &target);
  void driveInput(const ast::DriveStmt &statement, const PopulationRef &target);
  bool noiseStimulus(const ast::CallExpr &call, std::string_view what,
                     const Dimension &dimension, checked::Stimulus &made);
  static const ast::Setting *findSetting(const ast::Settings &settings,
                                         std::string_view name);
  std::optional<checked::Rule> rule(const ast::Expr &expr,
                                    const checked::Slice &source,
                                    const checked::Slice &target);
  std::optional<checked::Rule> convolution(const ast::CallExpr &call,
                                           const checked::Slice &source,
                                           const checked::Slice &target);
  bool kernelSizes(const ast::Argument &argument, size_t axes, uint64_t least,
                   std::vector<uint64_t> &sizes, size_t most);
  std::optional<checked::Value> weight(const ast::Settings &settings,
                                       const Target &target, SourceRange place,
                                       uint64_t elements);
  bool delays(const ast::Settings &settings, checked::Projection &projection,
              SourceRange arrow);
  bool checkDelay(checked::Value &delay, const ast::Setting &setting);
  std::string numbered(const std::string &path);

  // PlasticConnections.cpp
  bool plasticity(const ast::Projection &projection, const Target &port,
                  checked::Projection &made);
  /// In Program::plasticity.
  std::optional<unsigned> findRule(const ast::Name &name, const Target &port);
  std::optional<unsigned> modulator(const ast::Argument &argument,
                                    const checked::ModulatorUse &use);
  bool ruleArguments(const ast::Instantiation &written,
                     const checked::PlasticityModel &rule,
                     checked::Plasticity &made, rules::ParameterValues &params);
  bool ruleHosts(const checked::PlasticityModel &rule, const ast::Name &name,
                 const checked::NeuronModel &neuron, checked::Plasticity &made);

  // DataFiles.cpp
  struct DataFile {
    std::string name;
    Table table;
    /// What a 1 in it means, in internal units.
    double unit = 1;
  };
  /// The call, if the expression is `load(...)`.
  const ast::CallExpr *asLoad(const ast::Expr &expr) const;
  std::optional<DataFile> load(const ast::CallExpr &call,
                               const Dimension &needed);
  std::optional<checked::Value> loadValue(const ast::CallExpr &call,
                                          std::string_view what,
                                          const Dimension &needed,
                                          uint64_t elements);
  bool loadPairs(const ast::CallExpr &call, const checked::Slice &source,
                 const checked::Slice &target, checked::Rule &rule);
  bool loadTrains(const ast::CallExpr &call, checked::Population &population);
  bool isNeuron(double index, const checked::Slice &slice, uint64_t row,
                const DataFile &file, SourceRange place);
  bool hasTwoColumns(const DataFile &file, SourceRange place,
                     std::string_view columns);

  // Values.cpp
  std::optional<checked::Value> drawn(const ast::Initializer &init,
                                      std::string_view what,
                                      const Dimension &needed,
                                      SourceRange declared);
  bool restrict(checked::Value &value, const ast::Restriction &restriction,
                std::string_view what, const Dimension &needed);
};

} // namespace snn::lang

#endif // SNN_LANG_SEMA_ELABORATOR_H
