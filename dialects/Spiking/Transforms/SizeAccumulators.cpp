//===- SizeAccumulators.cpp - Grids of the ports' sums ----------*- C++ -*-===//
//
// A port whose handler only adds sums in integers, whose order does not matter.
// What one unit is worth is fixed here, from all weights that feed the port.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Analysis/Additive.h"
#include "dialects/Spiking/IR/Ops.h"
#include "dialects/Spiking/Transforms/Passes.h"
#include "snn/math.h"

#include "mlir/IR/Remarks.h"
#include "llvm/ADT/StringSet.h"

#include <cmath>

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

/// The greatest k with 2^k <= x.
int floorLog2(double x) { return std::ilogb(x); }

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

class Grid {
public:
  explicit Grid(Precision precision) : precision(precision) {}

  void add(ValueAttr weight) {
    std::optional<double> spread = deviation(weight);
    bool drawn = spread && *spread > 0;
    for (double number : numbers(weight)) {
      double size = std::abs(number);
      if (size == 0)
        continue;
      largest = std::max(largest, size + (drawn ? 6 * *spread : 0));
      if (!drawn)
        // A given weight is exact in the precision of the states; what is
        // finer than 2^-20 of the largest is finer than it needs to be.
        atMost(floorLog2(size) - (precision == Precision::F32 ? 23 : 42));
    }
    if (drawn) {
      largest = std::max(largest, 6 * *spread);
      atMost(floorLog2(*spread) - 8);
    }
  }

  /// Zero weights fit any grid.
  int32_t exponent() const {
    if (largest == 0)
      return 0;
    // 2^20 events of the largest weight at once leave the sum within 63 bits.
    return std::max(finest.value_or(0), floorLog2(largest) - 42);
  }

private:
  void atMost(int exponent) {
    finest = finest ? std::min(*finest, exponent) : exponent;
  }

  Precision precision;
  std::optional<int> finest;
  double largest = 0;
};

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
      grid.add(op->getAttrOfType<ValueAttr>("weight"));
    auto exponent =
        Builder(port.getContext()).getI32IntegerAttr(grid.exponent());
    port.setGridAttr(exponent);
    for (Operation *op : feeding)
      op->setAttr("grid", exponent);
    ++numPorts;
    remark::passed(port.getLoc(),
                   remark::RemarkOpts::name("Grid").category("spiking"))
        << remark::metric("Port", port.getSymName())
        << remark::metric("Exponent", grid.exponent());
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
