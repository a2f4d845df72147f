//===- Network.h - Rules of connections -------------------------*- C++ -*-===//
//
// What holds for the numbers of a projection; one file each.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_RULES_NETWORK_H
#define SNN_LANG_SEMA_RULES_NETWORK_H

#include "lang/AST/Structure.h"
#include "lang/Diagnostics/Engine.h"
#include "lang/Sema/Checked.h"
#include "lang/Sema/Rules/Models.h"

#include <array>
#include <optional>

namespace snn::lang::rules {

/// What a given or drawn value can be.
struct Support {
  double low = 0, high = 0;
  /// `low` itself can occur, not just what is near.
  bool isLowReached = true;
};
Support supportOf(const checked::Value &value);

/// The number of connections where the rule fixes it.
std::optional<uint64_t> countOf(const checked::Rule &rule,
                                const checked::Slice &source,
                                const checked::Slice &target);

/// How many weights or delays are given, if they are; 0 where any number may
/// be, or a rule of its own says how many.
uint64_t valuesOf(const checked::Rule &rule, const checked::Slice &source,
                  const checked::Slice &target);

/// The connections of a kernel, those of weights that are 0 included.
uint64_t countOf(const checked::Convolution &convolution);

/// Channels, height and width of whole channels of a population; `axes` of
/// them say where in a channel a neuron lies.
std::optional<std::array<uint64_t, 3>>
channelsOf(const checked::Slice &slice, const checked::Network &network,
           size_t &axes, DiagnosticEngine &diagnostics);

/// What a convolution makes of its source has the sizes of its target;
/// `padding` has what lies before and behind along each axis.
bool checkConvolution(const checked::Rule &rule, const checked::Slice &source,
                      const checked::Slice &target, size_t axes,
                      const std::array<std::array<uint64_t, 2>, 2> &padding,
                      const checked::Network &network,
                      DiagnosticEngine &diagnostics);

/// Weights and delays that are given to a kernel are as many as its entries.
bool checkKernel(const checked::Projection &projection,
                 DiagnosticEngine &diagnostics);

/// Probabilities lie in 0 .. 1, one_to_one has equal sizes, degrees fit.
bool checkRule(const checked::Rule &rule, const checked::Slice &source,
               const checked::Slice &target, const checked::Network &network,
               DiagnosticEngine &diagnostics);

/// A source has a spike rule.
bool checkSourceSpikes(const checked::Population &population,
                       const checked::Program &program, SourceRange place,
                       DiagnosticEngine &diagnostics);

/// A source has the states that a synapse which sums reads.
bool checkSourceStates(const checked::Population &population,
                       const checked::SynapseModel &synapse,
                       const std::string &port, const checked::Program &program,
                       SourceRange place, DiagnosticEngine &diagnostics);

/// Nothing is said of a connection that acts all the time but its weight.
bool checkContinuous(const ast::Projection &syntax,
                     const checked::Projection &projection,
                     const std::string &port, DiagnosticEngine &diagnostics);

/// A rate of known value is not negative.
bool checkRate(const checked::ExprRef &rate, SourceRange place,
               DiagnosticEngine &diagnostics);

/// Euler's method, where a model asks for it, takes steps that its linear
/// equations can bear.
void checkStability(const checked::Population &population,
                    const checked::Program &program, double step,
                    DiagnosticEngine &diagnostics);

/// Tolerances of `@quiescent` for all states of the neurons, and for no others.
void resolveTolerances(checked::Population &population,
                       const checked::Program &program,
                       DiagnosticEngine &diagnostics);

/// Neurons that are to be put to rest come to rest, as far as the network says:
/// nothing drives them all the time.
void checkQuiescence(const checked::Network &network,
                     const checked::Program &program,
                     DiagnosticEngine &diagnostics);

/// What a port does with what arrives, if it does more than add multiples of
/// it, and where.
struct PortObstacle {
  std::string what;
  SourceRange range;
};
std::optional<PortObstacle>
findObstacle(const checked::PortRef &port, const checked::NeuronModel &model,
             const std::vector<checked::SynapseModel> &synapses);

/// Conductances are not negative.
bool checkConductance(const checked::Value &weight, const std::string &port,
                      DiagnosticEngine &diagnostics);

/// A connection says its delay.
void reportMissingDelay(const checked::Projection &projection,
                        const checked::Network &network, SourceRange place,
                        const ast::Settings &settings,
                        std::optional<double> step,
                        DiagnosticEngine &diagnostics);

/// A given delay lies on the grid and is not negative; what is drawn can be
/// rounded to at least a step.
bool checkDelay(const checked::Value &delay, std::optional<double> step,
                SourceRange stepRange, DiagnosticEngine &diagnostics);

/// axonal + dendritic is at least one step and at most 65,535.
bool checkTotalDelay(checked::Projection &projection,
                     std::optional<double> step, DiagnosticEngine &diagnostics);

/// What follows a condition comes two steps after it at the earliest, and not
/// later than a million.
bool checkConditionDelay(const checked::Value &delay,
                         std::optional<double> step,
                         DiagnosticEngine &diagnostics);

/// What is to be procedural can be generated one source at a time.
bool checkStorage(const checked::Projection &projection,
                  DiagnosticEngine &diagnostics);

/// What plastic synapses feed only adds.
bool checkPlasticPort(const checked::Projection &projection,
                      const checked::NeuronModel &model,
                      const std::vector<checked::SynapseModel> &synapses,
                      SourceRange place, DiagnosticEngine &diagnostics);

/// Plastic weights begin inside their bound.
bool checkWeightInBound(const checked::Value &weight,
                        const checked::StateBound &bound,
                        const ParameterValues &params,
                        DiagnosticEngine &diagnostics);

/// What gives synapses other sources has some to choose from.
void checkRewirable(const checked::PlasticityModel &rule,
                    const checked::Projection &projection, SourceRange place,
                    DiagnosticEngine &diagnostics);

/// Periods of a rule are whole steps.
void checkPeriods(const checked::PlasticityModel &rule,
                  std::optional<double> step, SourceRange stepRange,
                  DiagnosticEngine &diagnostics);

/// The number of steps that a time takes; reports E0402 with both neighbours
/// where it is none. `what` is "delay", "duration".
std::optional<uint64_t> checkOnGrid(double time, std::string_view what,
                                    double step, SourceRange place,
                                    SourceRange stepRange,
                                    DiagnosticEngine &diagnostics);

} // namespace snn::lang::rules

#endif // SNN_LANG_SEMA_RULES_NETWORK_H
