//===- PopulationValues.cpp - Rules of a model, with given values ---------===//
//
// What holds for a model's own values holds for those of every neuron of a
// population: given ones, each of a list or file, and whatever can be drawn.
// Draws are looked at by the ends of what they can be; what has no end is
// unknown, and so is what follows from it.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Elaborator.h"
#include "lang/Sema/Evaluate.h"
#include "lang/Sema/Rules/Models.h"
#include "lang/Sema/Rules/Network.h"

#include <cmath>
#include <functional>
#include <map>

namespace snn::lang {

using namespace checked;

namespace {

/// Ends of draws are combined for so many parameters; 2^6 points.
constexpr size_t maxDrawn = 6;

/// The least or the largest draw; not a number where there is none. Near a
/// bound of zero that is never drawn anything small can be.
double endOf(const Value &value, bool isHigh) {
  rules::Support support = rules::supportOf(value);
  double end = isHigh ? support.high : support.low;
  if (!std::isfinite(end) || (!isHigh && end == 0 && !support.isLowReached))
    return std::nan("");
  return isHigh || support.isLowReached ? end : std::nextafter(end, INFINITY);
}

/// One value of those that a parameter of a population has.
using Choice = std::function<double(const Value &)>;

/// The rules of one neuron of a population.
class Point {
public:
  Point(const Population &population, const Program &program,
        std::optional<double> step, SourceRange stepRange,
        DiagnosticEngine &diagnostics)
      : population(population), program(program),
        model(program.neurons[population.model]), step(step),
        stepRange(stepRange), diagnostics(diagnostics) {}

  /// Unusual values are asked about where they are given, not where they are
  /// the end of what is drawn.
  void check(const Choice &choose, bool asksAboutSizes) {
    rules::ParameterValues params = rules::defaultsOf(model);
    auto [given, isOwn] = choice(population.params, params.places, choose);
    params.values = evaluateParameters(model.params, std::move(given));
    if (step)
      rules::checkRefractoryOnGrid(model, params, *step, stepRange,
                                   diagnostics);
    // The defaults were looked at with the model.
    if (isOwn) {
      rules::checkPositive(model, params, diagnostics);
      rules::checkResetBelowThreshold(model, params, diagnostics);
      if (asksAboutSizes)
        rules::checkMagnitudes(model, params, diagnostics);
    }
    for (size_t r = 0; r < model.receptors.size(); ++r) {
      const Receptor &receptor = model.receptors[r];
      const SynapseModel &synapse = program.synapses[receptor.synapse];
      std::vector<SourceRange> places(synapse.params.size());
      auto [own, hasOwn] =
          choice(population.receptors[r].params, places, choose);
      if (isOwn || hasOwn)
        rules::checkReceptor(synapse,
                             rules::receptorParameters(model, receptor, synapse,
                                                       params, own, places),
                             asksAboutSizes, diagnostics);
    }
  }

private:
  const Population &population;
  const Program &program;
  const NeuronModel &model;
  std::optional<double> step;
  SourceRange stepRange;
  DiagnosticEngine &diagnostics;

  /// The chosen values, and whether there are any.
  static std::pair<std::vector<std::optional<double>>, bool>
  choice(const std::vector<std::optional<Value>> &values,
         std::vector<SourceRange> &places, const Choice &choose) {
    std::pair<std::vector<std::optional<double>>, bool> result;
    result.first.resize(values.size());
    for (size_t i = 0; i < values.size(); ++i) {
      if (!values[i])
        continue;
      result.first[i] = choose(*values[i]);
      result.second = true;
      places[i] = values[i]->range;
    }
    return result;
  }
};

} // namespace

/// A draw of a negative time constant is said once, at the draw.
bool Elaborator::checkDraws(const Population &population) {
  const NeuronModel &model = program.neurons[population.model];
  bool isValid = true;
  auto check = [&](const std::vector<std::optional<Value>> &values,
                   const std::vector<Parameter> &params,
                   const std::string &prefix) {
    for (size_t i = 0; i < values.size(); ++i)
      if (values[i])
        isValid &= rules::checkDrawnPositive(
            params[i], *values[i], prefix + params[i].name, diagnostics);
  };
  check(population.params, model.params, "");
  for (size_t r = 0; r < model.receptors.size(); ++r)
    check(population.receptors[r].params,
          program.synapses[model.receptors[r].synapse].params,
          model.receptors[r].name + ".");
  return isValid;
}

void Elaborator::checkValues(const Population &population) {
  if (!checkDraws(population))
    return;
  std::vector<const Value *> drawn;
  uint64_t rows = 1;
  auto collect = [&](const std::vector<std::optional<Value>> &values) {
    for (const std::optional<Value> &value : values) {
      if (value && value->kind == Value::Kind::Distribution)
        drawn.push_back(&*value);
      if (value && value->kind == Value::Kind::Data)
        rows = std::max<uint64_t>(rows, value->data.size());
    }
  };
  collect(population.params);
  for (const ReceptorValues &receptor : population.receptors)
    collect(receptor.params);
  std::map<const Value *, size_t> number;
  for (const Value *value : drawn)
    if (drawn.size() <= maxDrawn)
      number.emplace(value, number.size());
  Point point(population, program, step, stepRange, diagnostics);
  size_t before = diagnostics.reportedMessages();
  for (uint64_t row = 0; row < rows; ++row) {
    auto given = [&](const Value &value) {
      return value.kind == Value::Kind::Constant ? value.constant
             : value.kind == Value::Kind::Data   ? value.data[row]
                                                 : std::nan("");
    };
    point.check(given, /*asksAboutSizes=*/true);
    size_t points = number.empty() ? 0 : size_t{1} << number.size();
    for (size_t ends = 0; ends < points; ++ends)
      point.check(
          [&](const Value &value) {
            auto found = number.find(&value);
            return found == number.end()
                       ? given(value)
                       : endOf(value, ends >> found->second & 1);
          },
          /*asksAboutSizes=*/false);
    if (diagnostics.reportedMessages() == before)
      continue;
    if (rows > 1)
      diagnostics.noteSince(before, "neuron " + std::to_string(row) + " of `" +
                                        population.path + "`");
    else if (points)
      diagnostics.noteSince(before,
                            "among what `" + population.path + "` can draw");
    return;
  }
}

} // namespace snn::lang
