//===- SizeAccumulators.cpp - Grids of the ports' sums ----------*- C++ -*-===//
//
// A port whose handler only adds sums in integers, whose order does not matter.
// What one unit is worth is fixed here, from all weights that feed the port.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Analysis/Additive.h"
#include "dialects/Spiking/Analysis/LinearForm.h"
#include "dialects/Spiking/IR/Ops.h"
#include "dialects/Spiking/Transforms/Passes.h"
#include "lang/Basic/Units.h"
#include "snn/math.h"

#include "mlir/IR/Remarks.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>
#include <limits>
#include <numeric>

namespace snn::spiking {
#define GEN_PASS_DEF_SPIKINGSIZEACCUMULATORS
#include "dialects/Spiking/Transforms/Passes.h.inc"
} // namespace snn::spiking

using namespace mlir;
using namespace snn;
using namespace snn::spiking;

namespace {

//===----------------------------------------------------------------------===//
// Grids
//===----------------------------------------------------------------------===//

/// Standard deviation of what is drawn; none for given values.
std::optional<double> deviation(ValueAttr value) {
  double a = value.getA().convertToDouble(), b = value.getB().convertToDouble();
  switch (value.getKind()) {
  case ValueKind::Uniform:
    return std::abs(b - a) / snn_sqrt(12.0);
  case ValueKind::Normal:
    return b;
  case ValueKind::LogNormal:
    return snn_exp(a + b * b / 2) * snn_sqrt(snn_expm1(b * b));
  case ValueKind::Gamma:
    return snn_sqrt(a) * b;
  case ValueKind::Exponential:
    return a;
  case ValueKind::Binomial:
    return snn_sqrt(a * b * (1 - b));
  case ValueKind::Poisson:
    return snn_sqrt(a);
  case ValueKind::Constant:
  case ValueKind::Categorical:
  case ValueKind::Data:
  case ValueKind::OfPlace:
    return std::nullopt;
  }
  llvm_unreachable("all kinds are handled");
}

/// The numbers that a given value takes; the mean of a drawn one.
SmallVector<double> numbers(ValueAttr value) {
  double a = value.getA().convertToDouble(), b = value.getB().convertToDouble();
  switch (value.getKind()) {
  case ValueKind::Categorical:
  case ValueKind::Data:
    return SmallVector<double>(value.getValues().asArrayRef());
  case ValueKind::Uniform:
  case ValueKind::OfPlace:
    return {a, b};
  case ValueKind::LogNormal:
    return {snn_exp(a + b * b / 2)};
  case ValueKind::Gamma:
  case ValueKind::Binomial:
    return {a * b};
  case ValueKind::Constant:
  case ValueKind::Normal:
  case ValueKind::Exponential:
  case ValueKind::Poisson:
    return {a};
  }
  llvm_unreachable("all kinds are handled");
}

/// The largest number of parts of the smallest constant weight that is tried to
/// express the others.
constexpr int MostParts = 4096;

/// Parts of the largest weight where constants have no common measure: what is
/// left of f32, and of f64 where 2^20 events must fit 63 bits.
constexpr double FinestF32 = 0x1p-23, FinestF64 = 0x1p-42;

/// Parts of the largest of many given weights, and of a plastic one.
constexpr double FinestGiven = 0x1p-20, FinestPlastic = 0x1p-20;

/// Parts of the first weight where there is no largest: sums of 2^33 times as
/// much, in f64 of 2^21 times, still fit 64 bits.
constexpr double FinestUnboundedF32 = 0x1p-30, FinestUnboundedF64 = 0x1p-42;

/// Values of a list that are still taken for constants.
constexpr size_t MostConstants = 16;

class Grid {
public:
  explicit Grid(Precision precision) : precision(precision) {}

  void add(ValueAttr weight) {
    std::optional<double> spread = deviation(weight);
    SmallVector<double> given = numbers(weight);
    if (spread && *spread > 0) {
      for (double mean : given)
        largest = std::max(largest, std::abs(mean) + 6 * *spread);
      atMost(*spread / 256);
      return;
    }
    double most = 0;
    for (double number : given)
      most = std::max(most, std::abs(number));
    largest = std::max(largest, most);
    if (weight.getKind() == ValueKind::OfPlace)
      return atMost(most * FinestGiven);
    if (given.size() > MostConstants) {
      // A list of whole numbers keeps them: a network that is exact in them
      // stays so, whatever else feeds the port.
      if (double measure = wholeMeasure(given)) {
        constants.push_back(measure);
        return;
      }
      return atMost(most * FinestGiven);
    }
    for (double number : given)
      if (number != 0)
        constants.push_back(std::abs(number));
  }

  /// Weights that change; `bound` is the size of the largest that is ever sent,
  /// infinite if nothing says.
  void addPlastic(ValueAttr initial, double bound) {
    double most = 0;
    for (double number : numbers(initial))
      most = std::max(most, std::abs(number));
    if (std::isfinite(bound)) {
      largest = std::max(largest, bound);
      atMost(std::max(bound, most) * FinestPlastic);
      return;
    }
    isBounded = false;
    largest = std::max(largest, most);
    atMost((most > 0 ? most : 1) * (precision == Precision::F32
                                        ? FinestUnboundedF32
                                        : FinestUnboundedF64));
  }

  double largestWeight() const { return largest; }
  bool fits(double events, double unit) const {
    return isBounded && events * (largest / unit) < 0x1p31;
  }

  /// What one unit is worth.
  double unit() const {
    if (largest == 0)
      return 1;
    double common = commonMeasure();
    if (common == 0)
      common = std::ldexp(precision == Precision::F32 ? FinestF32 : FinestF64,
                          std::ilogb(largest));
    if (bound < common)
      // Constants stay whole numbers of units.
      common = constants.empty() ? std::ldexp(1.0, std::ilogb(bound))
                                 : common / std::ceil(common / bound);
    return common;
  }

private:
  /// The greatest common divisor of whole numbers; 0 if they are none.
  static double wholeMeasure(ArrayRef<double> numbers) {
    int64_t measure = 0;
    for (double number : numbers) {
      if (number != std::floor(number) || std::abs(number) >= 0x1p24)
        return 0;
      measure = std::gcd(measure, static_cast<int64_t>(number));
    }
    return static_cast<double>(measure);
  }

  void atMost(double unit) { bound = std::min(bound, unit); }

  /// The largest part of the smallest constant that measures all of them, up to
  /// the rounding of the few operations that made them; 0 if there is none, and
  /// anything where there are no constants.
  double commonMeasure() const {
    if (constants.empty())
      return std::numeric_limits<double>::infinity();
    double least = *llvm::min_element(constants);
    for (int parts = 1; parts <= MostParts; ++parts) {
      double unit = least / parts;
      if (llvm::all_of(constants, [&](double constant) {
            double whole = std::nearbyint(constant / unit);
            return whole < 0x1p24 &&
                   std::abs(constant / unit - whole) <= whole * 0x1p-50;
          }))
        return unit;
    }
    return 0;
  }

  Precision precision;
  bool isBounded = true;
  SmallVector<double> constants;
  double bound = std::numeric_limits<double>::infinity();
  double largest = 0;
};

/// Spikes of one member of a source in a step that a sum has room for.
constexpr double SourceSpikes = 64;

/// What one target neuron gets in a step if all its synapses deliver; their
/// number is at most likely four times what is expected.
double likelyEvents(NetworkOp network, ProjectionOp projection) {
  double spikes = 1;
  auto size = [&](StringRef name, std::optional<SliceAttr> slice) {
    Operation *op = SymbolTable::lookupSymbolIn(network, name);
    if (!isa<PopulationOp>(op))
      spikes = SourceSpikes;
    if (slice)
      return static_cast<double>(
          (slice->getEnd() - slice->getFirst() + slice->getStride() - 1) /
          slice->getStride());
    int64_t all = llvm::TypeSwitch<Operation *, int64_t>(op)
                      .Case<PopulationOp, PoissonSourceOp, TrainSourceOp,
                            ConditionSourceOp>(
                          [](auto source) { return source.getSize(); });
    return static_cast<double>(all);
  };
  double sources = size(projection.getSource(), projection.getSourceSlice());
  double targets = size(projection.getTarget(), projection.getTargetSlice());
  RuleAttr rule = projection.getRule();
  auto count = static_cast<double>(rule.getCount());
  double mean = 0;
  switch (rule.getKind()) {
  case RuleKind::OneToOne:
    return spikes;
  case RuleKind::AllToAll:
    return spikes * sources;
  case RuleKind::InDegree:
    return spikes * count;
  case RuleKind::List:
    return spikes * static_cast<double>(rule.getSources().size());
  case RuleKind::Convolution:
    return spikes *
           static_cast<double>(
               Convolution::of(rule.getConvolution()).entriesOfTarget());
  case RuleKind::Probability:
    mean = rule.getProbability().convertToDouble() * sources;
    break;
  case RuleKind::OutDegree:
    mean = count * sources / targets;
    break;
  case RuleKind::Total:
    mean = count / targets;
    break;
  }
  return spikes * 4 * (mean + 8);
}

/// Events of a drive in one step that a sum has room for.
constexpr double DriveEvents = 1024;

class SizeAccumulators
    : public spiking::impl::SpikingSizeAccumulatorsBase<SizeAccumulators> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    for (auto cell : module.getOps<NeuronOp>())
      for (auto port : cell.getBody().getOps<PortOp>())
        if (isAdditive(port))
          sizePort(module, cell, port);
  }

  void sizePort(ModuleOp module, NeuronOp cell, PortOp port) {
    SmallVector<Operation *> feeding;
    Precision precision = Precision::F32;
    for (auto network : module.getOps<NetworkOp>()) {
      llvm::StringSet<> populations;
      for (auto population : network.getBody().getOps<PopulationOp>())
        if (population.getModel() == cell.getSymName()) {
          populations.insert(population.getSymName());
          if (isF64(module, network, population, cell))
            precision = Precision::F64;
        }
      for (Operation &part : network.getBody().front()) {
        if (auto projection = dyn_cast<ProjectionOp>(part)) {
          if (populations.contains(projection.getTarget()) &&
              projection.getPort() == port.getSymName())
            feeding.push_back(&part);
        } else if (auto drive = dyn_cast<DriveOp>(part)) {
          if (populations.contains(drive.getTarget()) &&
              drive.getPort() == port.getSymName())
            feeding.push_back(&part);
        }
      }
    }
    if (feeding.empty())
      return;
    Grid grid(precision);
    for (Operation *op : feeding)
      addWeights(op, grid);
    double unit = grid.unit();
    double events = 0;
    for (Operation *op : feeding)
      if (auto projection = dyn_cast<ProjectionOp>(op))
        events += likelyEvents(op->getParentOfType<NetworkOp>(), projection);
      else
        events += DriveEvents;
    bool wide = !grid.fits(events, unit);
    Builder builder(port.getContext());
    FloatAttr attribute = builder.getF64FloatAttr(unit);
    port.setGridAttr(attribute);
    port.setWide(wide);
    for (Operation *op : feeding)
      op->setAttr("grid", attribute);
    ++numPorts;
    remark::passed(port.getLoc(),
                   remark::RemarkOpts::name("Grid").category("spiking"))
        << remark::metric("Port", port.getSymName())
        << remark::metric("Unit",
                          lang::formatNumber(unit) + " " + port.getUnit().str())
        << remark::metric("Bits", wide ? "64 bits" : "32 bits");
  }

  void addWeights(Operation *op, Grid &grid) {
    auto weight = op->getAttrOfType<ValueAttr>("weight");
    auto network = op->getParentOfType<NetworkOp>();
    for (auto plastic : network.getBody().getOps<PlasticOp>()) {
      if (plastic.getProjectionAttr().getAttr() !=
          SymbolTable::getSymbolName(op))
        continue;
      double most = largestSent(plastic);
      if (std::isfinite(most))
        plastic.setLargestAttr(Builder(op).getF64FloatAttr(most));
      return grid.addPlastic(weight, most);
    }
    grid.add(weight);
  }

  /// What the rule's bound of the weight allows; infinite where something else
  /// than the weight is sent, or where a weight without bound changes.
  static double largestSent(PlasticOp plastic) {
    constexpr double unknown = std::numeric_limits<double>::infinity();
    auto rule = cast<PlasticityOp>(
        lookupGlobal(plastic, plastic.getRuleAttr().getAttr()));
    StringRef weight = rule.getWeight().getSymName();
    bool sends = false, changes = false;
    rule.walk([&](SendOp) { sends = true; });
    rule.walk([&](WriteOp write) {
      changes |= write.getState().getLeafReference() == weight;
    });
    if (sends)
      return unknown;
    auto projection = cast<ProjectionOp>(SymbolTable::lookupSymbolIn(
        plastic->getParentOp(), plastic.getProjectionAttr()));
    double most = 0;
    ValueAttr initial = projection.getWeight();
    std::optional<double> spread = deviation(initial);
    for (double number : numbers(initial))
      most = std::max(most, std::abs(number));
    if (initial.getKind() != ValueKind::Uniform && spread && *spread > 0)
      most += 32 * *spread; // never drawn
    if (!changes)
      return most;
    for (auto bound : rule.getBody().getOps<BoundOp>()) {
      if (bound.getState() != weight)
        continue;
      for (Value limit :
           bound.getBounds().front().getTerminator()->getOperands())
        most = std::max(most,
                        std::abs(getConstantNumber(limit).value_or(unknown)));
      return most;
    }
    return unknown;
  }

  static bool isF64(ModuleOp module, NetworkOp network, PopulationOp population,
                    NeuronOp cell) {
    if (auto own = population.getPrecision())
      return *own == Precision::F64;
    if (auto ofModel = cell.getPrecision())
      return *ofModel == Precision::F64;
    return llvm::any_of(module.getOps<ExperimentOp>(), [&](ExperimentOp e) {
      return e.getNetwork() == network.getSymName() &&
             e.getPrecision() == Precision::F64;
    });
  }
};

} // namespace
