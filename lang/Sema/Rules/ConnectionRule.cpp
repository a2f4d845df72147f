//===- ConnectionRule.cpp - Numbers of a connection rule fit the sizes ----===//
//
// one_to_one needs equal sizes; without multapses no neuron can have more
// partners than there are.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Network.h"

#include <numeric>

namespace snn::lang::rules {

using namespace checked;

static constexpr uint64_t maxSynapses = uint64_t(1) << 48;

std::optional<uint64_t> countOf(const Rule &rule, const Slice &source,
                                const Slice &target) {
  uint64_t result = 0;
  auto product = [&](uint64_t a, uint64_t b) -> std::optional<uint64_t> {
    if (__builtin_mul_overflow(a, b, &result))
      return UINT64_MAX;
    return result;
  };
  switch (rule.kind) {
  case Rule::Kind::Indegree:
    return product(rule.count, target.size());
  case Rule::Kind::Outdegree:
    return product(rule.count, source.size());
  case Rule::Kind::Total:
    return rule.count;
  case Rule::Kind::OneToOne:
    return source.size();
  case Rule::Kind::AllToAll:
    return product(source.size(), target.size());
  case Rule::Kind::List:
    return rule.pairs.size();
  case Rule::Kind::Convolution:
    return countOf(rule.convolution);
  case Rule::Kind::Probability:
  case Rule::Kind::Place:
    return std::nullopt;
  }
  return std::nullopt;
}

uint64_t valuesOf(const Rule &rule, const Slice &source, const Slice &target) {
  return rule.kind == Rule::Kind::Convolution
             ? 0
             : countOf(rule, source, target).value_or(0);
}

static std::string pathOf(const Slice &slice, const Network &network) {
  const Population &population = network.populations[slice.population];
  if (slice.size() == population.size)
    return population.path;
  return population.path + "[" + std::to_string(slice.first) + ".." +
         std::to_string(slice.last) +
         (slice.stride == 1 ? "" : " step " + std::to_string(slice.stride)) +
         "]";
}

/// How many neurons two slices share: where their strides meet once, they meet
/// again at every common multiple.
static uint64_t countShared(const Slice &a, const Slice &b) {
  if (a.population != b.population)
    return 0;
  uint64_t last = std::min(a.last, b.last);
  uint64_t skipped =
      b.first > a.first ? (b.first - a.first + a.stride - 1) / a.stride : 0;
  uint64_t neuron = a.at(skipped);
  uint64_t period = b.stride / std::gcd(a.stride, b.stride);
  for (uint64_t i = 0; i < period && neuron <= last; ++i, neuron += a.stride)
    if ((neuron - b.first) % b.stride == 0)
      return (last - neuron) / (a.stride * period) + 1;
  return 0;
}

bool checkRule(const Rule &rule, const Slice &source, const Slice &target,
               const Network &network, DiagnosticEngine &diagnostics) {
  const Population &from = network.populations[source.population];
  const Population &to = network.populations[target.population];
  if (rule.kind == Rule::Kind::Probability &&
      !(rule.probability >= 0 && rule.probability <= 1)) {
    diagnostics
        .report(diag::NotAProbability, rule.range,
                formatNumber(rule.probability))
        .at("must lie in 0 .. 1");
    return false;
  }
  if (rule.kind == Rule::Kind::OneToOne && source.size() != target.size()) {
    uint64_t smaller = std::min(source.size(), target.size());
    bool sourceIsLarger = source.size() > target.size();
    const std::string &large = sourceIsLarger ? from.path : to.path;
    std::string slice = large + "[0.." + std::to_string(smaller - 1) + "]";
    diagnostics
        .report(diag::OneToOneSizes, rule.range, pathOf(source, network),
                Count(source.size()), pathOf(target, network),
                Count(target.size()))
        .at(toMessage(Count(source.size())) +
            " != " + toMessage(Count(target.size())))
        .label(from.range, toMessage(Count(from.size)) + " neurons")
        .label(to.range, toMessage(Count(to.size)) + " neurons")
        .help("use `all_to_all` (" +
              toMessage(Count(source.size() * target.size())) +
              " synapses), or `" +
              (sourceIsLarger ? slice + " -> " + to.path
                              : from.path + " -> " + slice) +
              "`");
    return false;
  }
  uint64_t selfs = rule.autapses ? 0 : countShared(source, target);
  auto offers = [&](uint64_t available) {
    return rule.multapses ? available > 0 || rule.count == 0
                          : rule.count <= available;
  };
  std::string_view help =
      rule.multapses
          ? "there is nobody to connect to"
          : "allow several connections of a pair: `multapses = true`";
  auto checkDegree = [&](uint64_t partners, const Slice &of,
                         std::string_view which) {
    uint64_t available = partners - (selfs != 0);
    if (offers(available))
      return true;
    diagnostics
        .report(diag::DegreeTooLarge, rule.range, std::string(which),
                Count(rule.count), pathOf(of, network), Count(available))
        .help(std::string(help));
    return false;
  };
  if (rule.kind == Rule::Kind::Indegree &&
      !checkDegree(source.size(), source, "each target"))
    return false;
  if (rule.kind == Rule::Kind::Outdegree &&
      !checkDegree(target.size(), target, "each source"))
    return false;
  uint64_t pairs;
  if (rule.kind == Rule::Kind::Total &&
      !__builtin_mul_overflow(source.size(), target.size(), &pairs) &&
      !offers(pairs - selfs)) {
    diagnostics
        .report(diag::TooFewPairs, rule.range, Count(rule.count),
                Count(pairs - selfs))
        .help(std::string(help));
    return false;
  }
  if (std::optional<uint64_t> edges = countOf(rule, source, target);
      edges && *edges > maxSynapses) {
    diagnostics
        .report(diag::TooManySynapses, rule.range, Count(*edges),
                Count(maxSynapses))
        .at(toMessage(Count(source.size())) + " x " +
            toMessage(Count(target.size())) + " neurons");
    return false;
  }
  return true;
}

bool checkSourceSpikes(const Population &population, const Program &program,
                       SourceRange place, DiagnosticEngine &diagnostics) {
  if (population.kind != Population::Kind::Neurons ||
      program.neurons[population.model].spike)
    return true;
  const NeuronModel &model = program.neurons[population.model];
  diagnostics.report(diag::NeverSpikes, place, population.path, model.name)
      .label(model.range, "no `spike when` here");
  return false;
}

} // namespace snn::lang::rules
