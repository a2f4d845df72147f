//===- Attributes.cpp - Attributes of the spiking dialect -------*- C++ -*-===//
//
// Construction, checks and spelling of values, rules, slices and solvers.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/IR/Attributes.h"
#include "dialects/Spiking/IR/Syntax.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

#include <limits>

using namespace mlir;
using namespace snn::spiking;

#include "dialects/Spiking/IR/Enums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Spiking/IR/Attributes.cpp.inc"

using llvm::APFloat;

static constexpr double infinity = std::numeric_limits<double>::infinity();

void SpikingDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/Spiking/IR/Attributes.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// ValueAttr
//===----------------------------------------------------------------------===//

static ValueAttr getValue(MLIRContext *context, ValueKind kind, double a,
                          double b, DenseF64ArrayAttr values = {},
                          DenseF64ArrayAttr probabilities = {}) {
  return ValueAttr::get(context, kind, APFloat(a), APFloat(b),
                        APFloat(-infinity), APFloat(infinity),
                        APFloat(-infinity), APFloat(infinity), values,
                        probabilities);
}

ValueAttr ValueAttr::get(MLIRContext *context, ValueKind kind, double a,
                         double b) {
  return getValue(context, kind, a, b);
}

ValueAttr ValueAttr::constant(MLIRContext *context, double value) {
  return getValue(context, ValueKind::Constant, value, 0.0);
}

ValueAttr ValueAttr::data(MLIRContext *context, ArrayRef<double> values) {
  return getValue(context, ValueKind::Data, 0.0, 0.0,
                  DenseF64ArrayAttr::get(context, values));
}

ValueAttr ValueAttr::categorical(MLIRContext *context, ArrayRef<double> values,
                                 ArrayRef<double> probabilities) {
  return getValue(context, ValueKind::Categorical, 0.0, 0.0,
                  DenseF64ArrayAttr::get(context, values),
                  DenseF64ArrayAttr::get(context, probabilities));
}

ValueAttr ValueAttr::withRedraw(double low, double high) const {
  return get(getContext(), getKind(), getA(), getB(), APFloat(low),
             APFloat(high), getClipLow(), getClipHigh(), getValues(),
             getProbabilities());
}

ValueAttr ValueAttr::withClip(double low, double high) const {
  return get(getContext(), getKind(), getA(), getB(), getRedrawLow(),
             getRedrawHigh(), APFloat(low), APFloat(high), getValues(),
             getProbabilities());
}

bool ValueAttr::hasRedraw() const {
  return !getRedrawLow().isInfinity() || !getRedrawHigh().isInfinity();
}

bool ValueAttr::hasClip() const {
  return !getClipLow().isInfinity() || !getClipHigh().isInfinity();
}

Attribute ValueAttr::parse(AsmParser &parser, Type) {
  if (parser.parseLess())
    return {};
  ValueAttr value = parseValue(parser);
  if (!value || parser.parseGreater())
    return {};
  return value;
}

void ValueAttr::print(AsmPrinter &printer) const {
  printer << "<";
  printValue(printer, *this);
  printer << ">";
}

static LogicalResult
verifyCategorical(function_ref<InFlightDiagnostic()> emitError,
                  DenseF64ArrayAttr values, DenseF64ArrayAttr probabilities) {
  if (!values || !probabilities || values.empty() ||
      values.size() != probabilities.size())
    return emitError() << "a categorical value needs as many probabilities as "
                          "values, and at least one";
  double sum = 0.0;
  for (double p : probabilities.asArrayRef()) {
    if (!(p >= 0.0))
      return emitError() << "a probability must be at least 0, but is " << p;
    sum += p;
  }
  if (!(std::abs(sum - 1.0) <= 1e-9))
    return emitError() << "probabilities must sum to 1, but sum to " << sum;
  return success();
}

LogicalResult ValueAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                ValueKind kind, APFloat a, APFloat b,
                                APFloat redrawLow, APFloat redrawHigh,
                                APFloat clipLow, APFloat clipHigh,
                                DenseF64ArrayAttr values,
                                DenseF64ArrayAttr probabilities) {
  double first = a.convertToDouble(), second = b.convertToDouble();
  auto fails = [&](bool holds, const char *what, double number) {
    if (!holds)
      emitError() << what << ", but is " << number;
    return !holds;
  };
  if (!a.isFinite() || !b.isFinite())
    return emitError() << "a value's numbers must be finite";
  if (redrawLow > redrawHigh || redrawLow.isNaN() || redrawHigh.isNaN())
    return emitError() << "redraw must name the lower bound first";
  if (clipLow > clipHigh || clipLow.isNaN() || clipHigh.isNaN())
    return emitError() << "clip must name the lower bound first";
  switch (kind) {
  case ValueKind::Constant:
    return success();
  case ValueKind::Uniform:
  case ValueKind::OfPlace:
    if (first > second)
      return emitError() << stringifyValueKind(kind)
                         << " must name the lower bound first";
    return success();
  case ValueKind::Normal:
  case ValueKind::LogNormal:
    return failure(fails(second >= 0.0,
                         "a standard deviation must be at least 0", second));
  case ValueKind::Gamma:
    return failure(fails(first > 0.0, "a shape must be positive", first) ||
                   fails(second > 0.0, "a scale must be positive", second));
  case ValueKind::Exponential:
    return failure(fails(first > 0.0, "a mean must be positive", first));
  case ValueKind::Binomial:
    return failure(
        fails(first >= 0.0 && a.isInteger(),
              "a number of trials must be a whole number, at least 0", first) ||
        fails(second >= 0.0 && second <= 1.0,
              "a probability must lie in [0, 1]", second));
  case ValueKind::Poisson:
    return failure(fails(first >= 0.0, "a mean must be at least 0", first));
  case ValueKind::Categorical:
    return verifyCategorical(emitError, values, probabilities);
  case ValueKind::Data:
    if (!values)
      return emitError() << "data needs its values";
    return success();
  }
  llvm_unreachable("all kinds are handled");
}

//===----------------------------------------------------------------------===//
// SliceAttr
//===----------------------------------------------------------------------===//

LogicalResult SliceAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                int64_t first, int64_t end, int64_t stride) {
  if (first < 0 || end <= first)
    return emitError() << "a slice needs 0 <= first < end, but is [" << first
                       << ":" << end << "]";
  if (stride <= 0)
    return emitError() << "a slice's stride must be positive, but is "
                       << stride;
  return success();
}

//===----------------------------------------------------------------------===//
// RuleAttr
//===----------------------------------------------------------------------===//

RuleAttr RuleAttr::get(MLIRContext *context, RuleKind kind, int64_t count,
                       bool autapses, bool multapses) {
  return get(context, kind, APFloat(0.0), count, autapses, multapses, {}, {},
             {});
}

RuleAttr RuleAttr::probability(MLIRContext *context, double p, bool autapses) {
  return get(context, RuleKind::Probability, APFloat(p), 0, autapses,
             /*multapses=*/false, {}, {}, {});
}

RuleAttr RuleAttr::list(MLIRContext *context, ArrayRef<int64_t> sources,
                        ArrayRef<int64_t> targets) {
  return get(context, RuleKind::List, APFloat(0.0), 0, /*autapses=*/true,
             /*multapses=*/true, DenseI64ArrayAttr::get(context, sources),
             DenseI64ArrayAttr::get(context, targets), {});
}

RuleAttr RuleAttr::convolution(MLIRContext *context,
                               const Convolution &convolution) {
  return get(context, RuleKind::Convolution, APFloat(0.0), 0,
             /*autapses=*/true, /*multapses=*/false, {}, {},
             convolution.toAttribute(context));
}

Attribute RuleAttr::parse(AsmParser &parser, Type) {
  if (parser.parseLess())
    return {};
  RuleAttr rule = parseRule(parser);
  if (!rule || parser.parseGreater())
    return {};
  return rule;
}

void RuleAttr::print(AsmPrinter &printer) const {
  printer << "<";
  printRule(printer, *this);
  printer << ">";
}

LogicalResult RuleAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                               RuleKind kind, APFloat probability,
                               int64_t count, bool autapses, bool multapses,
                               DenseI64ArrayAttr sources,
                               DenseI64ArrayAttr targets,
                               DenseI64ArrayAttr convolution) {
  double p = probability.convertToDouble();
  if (kind == RuleKind::Probability && !(p >= 0.0 && p <= 1.0))
    return emitError() << "a probability must lie in [0, 1], but is " << p;
  if (kind == RuleKind::Probability && multapses)
    return emitError() << "probability tests each pair once; it has no "
                          "multapses";
  if (count < 0)
    return emitError() << "a count must be at least 0, but is " << count;
  if (kind == RuleKind::List &&
      (!sources || !targets || sources.size() != targets.size()))
    return emitError() << "a list needs as many targets as sources";
  if (kind == RuleKind::Convolution) {
    if (!convolution || convolution.size() != Convolution::Size)
      return emitError() << "a convolution needs " << Convolution::Size
                         << " sizes";
    if (const char *fault = Convolution::of(convolution).findFault())
      return emitError() << "a convolution has " << fault;
  }
  return success();
}

/// The rules that docs/decisions/network-is-a-function.md says draw rows.
bool RuleAttr::drawsRows(bool within) const {
  switch (getKind()) {
  case RuleKind::Probability:
  case RuleKind::OutDegree:
  case RuleKind::Total:
    return true;
  case RuleKind::InDegree:
    return getMultapses() && (getAutapses() || !within);
  case RuleKind::OneToOne:
  case RuleKind::AllToAll:
  case RuleKind::List:
  case RuleKind::Convolution:
    return false;
  }
  llvm_unreachable("all rules are handled");
}

bool snn::spiking::canBeGenerated(RuleAttr rule, bool within,
                                  ArrayRef<ValueAttr> values) {
  return rule.drawsRows(within) && llvm::none_of(values, [](ValueAttr value) {
           return value && (value.getKind() == ValueKind::Data ||
                            value.getKind() == ValueKind::OfPlace);
         });
}

bool snn::spiking::isKernel(RuleAttr rule, ArrayRef<ValueAttr> delays) {
  return rule.getKind() == RuleKind::Convolution &&
         llvm::all_of(delays, [](ValueAttr delay) {
           return !delay || delay.isConstant();
         });
}

//===----------------------------------------------------------------------===//
// SolverAttr
//===----------------------------------------------------------------------===//

Attribute SolverAttr::parse(AsmParser &parser, Type) {
  StringRef keyword;
  SMLoc loc;
  if (parser.parseLess() || parser.getCurrentLocation(&loc) ||
      parser.parseKeyword(&keyword))
    return {};
  std::optional<SolverKind> kind = symbolizeSolverKind(keyword);
  if (!kind) {
    parser.emitError(loc, "unknown solver '") << keyword << "'";
    return {};
  }
  int64_t substeps = 1;
  bool sequential = false;
  while (succeeded(parser.parseOptionalComma())) {
    if (succeeded(parser.parseOptionalKeyword("substeps"))) {
      if (parser.parseEqual() || parser.parseInteger(substeps))
        return {};
    } else if (succeeded(parser.parseOptionalKeyword("sequential"))) {
      sequential = true;
    } else {
      parser.emitError(parser.getCurrentLocation(),
                       "expected 'substeps' or 'sequential'");
      return {};
    }
  }
  if (parser.parseGreater())
    return {};
  return parser.getChecked<SolverAttr>(loc, parser.getContext(), *kind,
                                       substeps, sequential);
}

void SolverAttr::print(AsmPrinter &printer) const {
  printer << "<" << stringifySolverKind(getKind());
  if (getSubsteps() != 1)
    printer << ", substeps = " << getSubsteps();
  if (getSequential())
    printer << ", sequential";
  printer << ">";
}

LogicalResult SolverAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                 SolverKind kind, int64_t substeps,
                                 bool sequential) {
  if (substeps < 1)
    return emitError() << "substeps must be at least 1, but is " << substeps;
  if (sequential && kind != SolverKind::Euler)
    return emitError() << "only euler can be sequential, not "
                       << stringifySolverKind(kind);
  return success();
}
