//===- Dimensions.cpp - Physical dimensions of values -----------*- C++ -*-===//
//
// One walk in the order of execution: an operation's operands are known before
// it is met.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Analysis/Dimensions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

using namespace mlir;

namespace snn::spiking {

/// The dimension of what a declaration names.
static std::optional<lang::Dimension> declared(Operation *declaration) {
  if (!declaration)
    return std::nullopt;
  auto unit = declaration->getAttrOfType<StringAttr>("unit");
  return unit ? parseDimension(unit) : std::nullopt;
}

static std::optional<lang::Dimension> variable(Operation *op,
                                               SymbolRefAttr name) {
  return declared(lookupVariable(op, name));
}

static std::optional<lang::Dimension> divide(std::optional<lang::Dimension> a,
                                             std::optional<lang::Dimension> b) {
  return a && b ? std::optional(*a / *b) : std::nullopt;
}

std::optional<lang::Dimension> Dimensions::lookup(Value value) const {
  return known.lookup(value);
}

LogicalResult Dimensions::check(Operation *root) {
  bool holds = true;
  root->walk<WalkOrder::PreOrder>([&](Operation *op) {
    nameArguments(op);
    // After its branches; `checkIf` is called by the last yield.
    if (!isa<scf::IfOp>(op))
      holds &= succeeded(checkOperation(op));
  });
  return success(holds);
}

void Dimensions::nameArguments(Operation *op) {
  if (isa<OnSpikeOp, PortOp, CoupleOp>(op))
    set(op->getRegion(0).getArgument(0), declared(op));
  else if (isa<PoissonSourceOp, DriveOp, StimulusOp, ElapseOp>(op))
    set(op->getRegion(0).getArgument(0), lang::Dimension::time());
}

//===----------------------------------------------------------------------===//
// Requirements
//===----------------------------------------------------------------------===//

LogicalResult Dimensions::same(Operation *op, ValueRange operands,
                               bool isResult) {
  Dimension common;
  for (Value operand : operands) {
    Dimension dimension = lookup(operand);
    if (common && dimension && *common != *dimension)
      return op->emitError("combines a ")
             << common->describe() << " and a " << dimension->describe();
    if (dimension)
      common = dimension;
  }
  if (isResult)
    set(op->getResult(0), common);
  return success();
}

LogicalResult Dimensions::plain(Operation *op) {
  for (Value result : op->getResults())
    set(result, lang::Dimension::none());
  for (Value operand : op->getOperands())
    if (failed(expect(op, operand, lang::Dimension::none(),
                      "takes plain numbers")))
      return failure();
  return success();
}

LogicalResult Dimensions::expect(Operation *op, Value value, Dimension wanted,
                                 const char *role) {
  Dimension found = lookup(value);
  if (!wanted || !found || *wanted == *found)
    return success();
  return op->emitError(role) << ": expected a " << wanted->describe()
                             << ", but this is a " << found->describe();
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

LogicalResult Dimensions::checkOperation(Operation *op) {
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case([&](QuantityOp quantity) {
        set(quantity, parseDimension(quantity.getUnit()));
        return success();
      })
      .Case([&](ReadOp read) {
        set(read, variable(read, read.getVariable()));
        return success();
      })
      .Case([&](StepSizeOp step) {
        set(step, lang::Dimension::time());
        return success();
      })
      .Case([&](EntryOp entry) {
        auto propagator = cast<PropagatorOp>(
            lookupVariable(entry, entry.getPropagatorAttr()));
        auto at = [&](uint64_t i) {
          return variable(entry,
                          cast<SymbolRefAttr>(propagator.getVariables()[i]));
        };
        bool affine = entry.getColumn() == propagator.getVariables().size();
        set(entry, affine ? at(entry.getRow())
                          : divide(at(entry.getRow()), at(entry.getColumn())));
        return success();
      })
      .Case([&](arith::ConstantOp constant) {
        bool isZero = matchPattern(constant.getResult(), m_AnyZeroFloat());
        bool isPlain = constants == Constants::PlainNumbers && !isZero;
        set(constant,
            isPlain ? Dimension(lang::Dimension::none()) : Dimension());
        return success();
      })
      .Case<arith::AddFOp, arith::SubFOp, arith::NegFOp, arith::MaximumFOp,
            arith::MinimumFOp, arith::MaxNumFOp, arith::MinNumFOp,
            arith::RemFOp, math::AbsFOp>(
          [&](auto) { return same(op, op->getOperands()); })
      .Case([&](math::CopySignOp) {
        return same(op, op->getOperands().take_front());
      })
      .Case([&](arith::CmpFOp) {
        return same(op, op->getOperands(), /*isResult=*/false);
      })
      .Case([&](arith::SelectOp) {
        return same(op, op->getOperands().drop_front());
      })
      .Case([&](arith::MulFOp mul) {
        Dimension a = lookup(mul.getLhs()), b = lookup(mul.getRhs());
        set(mul, a && b ? Dimension(*a * *b) : Dimension());
        return success();
      })
      .Case([&](arith::DivFOp div) {
        set(div, divide(lookup(div.getLhs()), lookup(div.getRhs())));
        return success();
      })
      .Case<math::PowFOp, math::SqrtOp>([&](auto) { return checkPower(op); })
      .Case<math::ExpOp, math::Exp2Op, math::ExpM1Op, math::LogOp,
            math::Log1pOp, math::Log2Op, math::Log10Op, math::SinOp,
            math::CosOp, math::TanOp, math::TanhOp, math::SinhOp, math::CoshOp,
            math::AtanOp, math::ErfOp, math::FloorOp, math::CeilOp,
            math::RoundOp, math::RoundEvenOp, math::TruncOp>(
          [&](auto) { return plain(op); })
      .Case([&](WriteOp write) {
        return expect(op, write.getValue(), variable(op, write.getState()),
                      "writes a state");
      })
      .Case([&](RefractoryOp refractory) {
        return expect(op, refractory.getDuration(), lang::Dimension::time(),
                      "starts a refractory time");
      })
      .Case([&](SendOp send) {
        auto rule = cast<PlasticityOp>(getEnclosingModel(op));
        return expect(op, send.getValue(), declared(rule.getWeight()),
                      "sends a weight");
      })
      .Case([&](YieldOp yield) { return checkYield(yield); })
      .Case([&](scf::YieldOp yield) {
        Operation *parent = yield->getParentOp();
        bool isLast = yield->getParentRegion() == &parent->getRegions().back();
        return isLast ? checkIf(parent) : success();
      })
      .Default([](Operation *) { return success(); });
}

LogicalResult Dimensions::checkIf(Operation *op) {
  auto branch = cast<scf::IfOp>(op);
  for (auto [result, yes, no] :
       llvm::zip_equal(branch.getResults(), branch.thenYield().getOperands(),
                       branch.getResults().empty()
                           ? ValueRange()
                           : ValueRange(branch.elseYield().getOperands()))) {
    Dimension a = lookup(yes), b = lookup(no);
    if (a && b && *a != *b)
      return op->emitError("yields a ")
             << a->describe() << " or a " << b->describe();
    set(result, a ? a : b);
  }
  return success();
}

/// x^c has the dimension of x to the power c where c is a known rational; else
/// x is a plain number.
LogicalResult Dimensions::checkPower(Operation *op) {
  Dimension base = lookup(op->getOperand(0));
  double exponent = 0.5;
  bool isKnown = true;
  if (auto power = dyn_cast<math::PowFOp>(op)) {
    if (failed(expect(op, power.getRhs(), lang::Dimension::none(),
                      "raises to a power")))
      return failure();
    FloatAttr constant;
    isKnown = matchPattern(power.getRhs(), m_Constant(&constant));
    if (isKnown)
      exponent = constant.getValueAsDouble();
  }
  Value result = op->getResult(0);
  if (!base || base->isNone()) {
    set(result, base);
    return success();
  }
  constexpr int denominator = lang::Dimension::denominator;
  double twelfths = exponent * denominator;
  Dimension power;
  if (isKnown && std::abs(twelfths) < 1000 && twelfths == std::round(twelfths))
    power = base->pow(static_cast<int>(twelfths), denominator);
  set(result, power);
  if (power)
    return success();
  return op->emitError("raises a ")
         << base->describe() << " to a power that is no simple fraction";
}

/// What each region must yield.
LogicalResult Dimensions::checkYield(YieldOp yield) {
  const lang::Dimension ms = lang::Dimension::time();
  const lang::Dimension perMs = lang::Dimension::frequency();
  Operation *parent = yield->getParentOp();
  Region *region = yield->getParentRegion();
  auto value = [&](Dimension wanted, const char *role) {
    return expect(yield, yield.getValues().front(), wanted, role);
  };
  return llvm::TypeSwitch<Operation *, LogicalResult>(parent)
      .Case<ParamOp, StateOp, LetOp, DerivedOp>([&](auto op) {
        return value(declared(op), "value of a declaration");
      })
      .Case([&](BindOp bind) {
        auto receptor = cast<ReceptorOp>(bind->getParentOp());
        auto member =
            SymbolRefAttr::get(receptor.getSymNameAttr(), bind.getParamAttr());
        return value(variable(receptor, member), "value of a parameter");
      })
      .Case([&](CoupleOp couple) -> LogicalResult {
        for (auto [sum, added] :
             llvm::zip(couple.getSums().getAsRange<FlatSymbolRefAttr>(),
                       yield.getValues()))
          if (failed(expect(yield, added, variable(couple, sum),
                            "value that is added to a sum")))
            return failure();
        return success();
      })
      .Case([&](EquationOp equation) {
        Dimension state = variable(equation, equation.getStateAttr());
        bool isNoise = region == &equation.getNoise();
        return isNoise
                   ? value(divide(state, ms.sqrt()), "coefficient of the noise")
                   : value(divide(state, ms), "derivative");
      })
      .Case([&](BoundOp bound) -> LogicalResult {
        Dimension state = variable(bound, bound.getStateAttr());
        for (Value limit : yield.getValues())
          if (failed(expect(yield, limit, state, "bound of a state")))
            return failure();
        return success();
      })
      .Case([&](ThresholdOp threshold) {
        return region == &threshold.getBound()
                   ? value(variable(threshold, threshold.getCapAttr()),
                           "bound of a state")
                   : success();
      })
      .Case([&](PropagatorOp propagator) -> LogicalResult {
        size_t n = propagator.getVariables().size();
        auto at = [&](size_t i) {
          return variable(propagator,
                          cast<SymbolRefAttr>(propagator.getVariables()[i]));
        };
        for (auto [i, entry] : llvm::enumerate(yield.getValues())) {
          bool affine = i >= n * n;
          Dimension rate = divide(at(affine ? i - n * n : i / n), ms);
          if (failed(expect(yield, entry,
                            affine ? rate : divide(rate, at(i % n)),
                            "entry of a propagator")))
            return failure();
        }
        return success();
      })
      .Case<PoissonSourceOp, DriveOp>(
          [&](auto) { return value(perMs, "rate"); })
      .Case([&](StimulusOp stimulus) -> LogicalResult {
        auto population = dyn_cast_or_null<PopulationOp>(
            lookupGlobal(stimulus, stimulus.getTargetAttr().getAttr()));
        Operation *model =
            population
                ? lookupGlobal(population, population.getModelAttr().getAttr())
                : nullptr;
        return model ? value(declared(
                                 lookupInModel(model, stimulus.getInputAttr())),
                             "value of a stimulus")
                     : success();
      })
      .Default([](Operation *) { return success(); });
}

} // namespace snn::spiking
