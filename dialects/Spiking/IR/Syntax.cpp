//===- Syntax.cpp - The pieces of the assembly formats ----------*- C++ -*-===//
//
// See Syntax.h.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/IR/Syntax.h"

#include "mlir/IR/Builders.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Format.h"

#include <charconv>
#include <cmath>
#include <limits>

using namespace mlir;

static constexpr double infinity = std::numeric_limits<double>::infinity();

namespace snn::spiking {

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

/// MLIR's own printer writes 5.000000e+00, and needs a type behind a
/// hexadecimal number; the only such numbers here are not finite, and no
/// verifier lets them pass.
void printF64(raw_ostream &os, double value) {
  if (!std::isfinite(value)) {
    os << llvm::format("0x%016llX", llvm::bit_cast<uint64_t>(value));
    return;
  }
  char buffer[32];
  double magnitude = std::abs(value);
  bool plain = magnitude == 0.0 || (magnitude >= 1e-4 && magnitude < 1e16);
  std::to_chars_result end = std::to_chars(
      buffer, buffer + sizeof(buffer), value,
      plain ? std::chars_format::fixed : std::chars_format::scientific);
  StringRef text(buffer, end.ptr - buffer);
  if (text.contains('.')) {
    os << text;
    return;
  }
  size_t exponent = text.find('e'); // A point makes it a float to the lexer.
  os << text.substr(0, exponent) << ".0"
     << text.substr(text.size() < exponent ? text.size() : exponent);
}

ParseResult parseBound(AsmParser &parser, double open, double &value) {
  if (succeeded(parser.parseOptionalKeyword("none"))) {
    value = open;
    return success();
  }
  return parser.parseFloat(value);
}

ParseResult parseF64(OpAsmParser &parser, FloatAttr &attr) {
  double value;
  if (parser.parseFloat(value))
    return failure();
  attr = parser.getBuilder().getF64FloatAttr(value);
  return success();
}

void printF64(OpAsmPrinter &printer, Operation *, FloatAttr value) {
  printF64(printer.getStream(), value.getValueAsDouble());
}

template <typename AttrT, typename Enum>
static ParseResult parseEnum(AsmParser &parser, AttrT &attr,
                             std::optional<Enum> (*symbolize)(StringRef),
                             const char *what) {
  SMLoc loc = parser.getCurrentLocation();
  StringRef keyword;
  if (parser.parseKeyword(&keyword))
    return failure();
  std::optional<Enum> value = symbolize(keyword);
  if (!value)
    return parser.emitError(loc, "unknown ") << what << " '" << keyword << "'";
  attr = AttrT::get(parser.getContext(), *value);
  return success();
}

ParseResult parsePrecision(OpAsmParser &parser, PrecisionAttr &precision) {
  return parseEnum<PrecisionAttr, Precision>(parser, precision,
                                             symbolizePrecision, "precision");
}

void printPrecision(OpAsmPrinter &printer, Operation *, PrecisionAttr value) {
  printer << stringifyPrecision(value.getValue());
}

ParseResult parseSchedule(OpAsmParser &parser, ScheduleAttr &schedule) {
  return parseEnum<ScheduleAttr, Schedule>(parser, schedule, symbolizeSchedule,
                                           "schedule");
}

void printSchedule(OpAsmPrinter &printer, Operation *, ScheduleAttr value) {
  printer << stringifySchedule(value.getValue());
}

ParseResult parseStorage(OpAsmParser &parser, StorageAttr &storage) {
  return parseEnum<StorageAttr, Storage>(parser, storage, symbolizeStorage,
                                         "storage");
}

void printStorage(OpAsmPrinter &printer, Operation *, StorageAttr value) {
  printer << stringifyStorage(value.getValue());
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

static unsigned numArguments(ValueKind kind) {
  switch (kind) {
  case ValueKind::Exponential:
  case ValueKind::Poisson:
    return 1;
  default:
    return 2;
  }
}

static ParseResult parseNumbers(AsmParser &parser,
                                SmallVectorImpl<double> &numbers) {
  return parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
    return parser.parseFloat(numbers.emplace_back());
  });
}

static ParseResult parseBounds(AsmParser &parser, double &low, double &high) {
  return failure(parser.parseLSquare() || parseBound(parser, -infinity, low) ||
                 parser.parseComma() || parseBound(parser, infinity, high) ||
                 parser.parseRSquare());
}

ValueAttr parseValue(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  ValueKind kind = ValueKind::Constant;
  double a = 0.0, b = 0.0, redrawLow = -infinity, redrawHigh = infinity,
         clipLow = -infinity, clipHigh = infinity;
  DenseF64ArrayAttr values, probabilities;
  StringRef keyword;
  if (succeeded(parser.parseOptionalKeyword(&keyword))) {
    std::optional<ValueKind> found = symbolizeValueKind(keyword);
    if (!found || *found == ValueKind::Constant) {
      parser.emitError(loc, "unknown distribution '") << keyword << "'";
      return {};
    }
    kind = *found;
    if (parser.parseLParen())
      return {};
    if (kind == ValueKind::Categorical || kind == ValueKind::Data) {
      SmallVector<double> numbers;
      if (parseNumbers(parser, numbers))
        return {};
      values = DenseF64ArrayAttr::get(parser.getContext(), numbers);
      if (kind == ValueKind::Categorical) {
        numbers.clear();
        if (parser.parseComma() || parseNumbers(parser, numbers))
          return {};
        probabilities = DenseF64ArrayAttr::get(parser.getContext(), numbers);
      }
    } else if (parser.parseFloat(a) ||
               (numArguments(kind) == 2 &&
                (parser.parseComma() || parser.parseFloat(b)))) {
      return {};
    }
    if (parser.parseRParen())
      return {};
  } else if (parser.parseFloat(a)) {
    return {};
  }
  if (succeeded(parser.parseOptionalKeyword("redraw")) &&
      parseBounds(parser, redrawLow, redrawHigh))
    return {};
  if (succeeded(parser.parseOptionalKeyword("clip")) &&
      parseBounds(parser, clipLow, clipHigh))
    return {};
  return parser.getChecked<ValueAttr>(
      loc, parser.getContext(), kind, APFloat(a), APFloat(b),
      APFloat(redrawLow), APFloat(redrawHigh), APFloat(clipLow),
      APFloat(clipHigh), values, probabilities);
}

static void printBounds(raw_ostream &os, const char *word, const APFloat &low,
                        const APFloat &high) {
  if (low.isInfinity() && high.isInfinity())
    return;
  auto print = [&](const APFloat &bound) {
    if (bound.isInfinity())
      os << "none";
    else
      printF64(os, bound.convertToDouble());
  };
  os << " " << word << " [";
  print(low);
  os << ", ";
  print(high);
  os << "]";
}

static void printNumbers(raw_ostream &os, DenseF64ArrayAttr numbers) {
  os << "[";
  llvm::interleaveComma(numbers.asArrayRef(), os,
                        [&](double number) { printF64(os, number); });
  os << "]";
}

void printValue(AsmPrinter &printer, ValueAttr value) {
  raw_ostream &os = printer.getStream();
  ValueKind kind = value.getKind();
  if (kind == ValueKind::Constant) {
    printF64(os, value.getConstant());
  } else {
    os << stringifyValueKind(kind) << "(";
    if (kind == ValueKind::Categorical || kind == ValueKind::Data) {
      printNumbers(os, value.getValues());
      if (kind == ValueKind::Categorical) {
        os << ", ";
        printNumbers(os, value.getProbabilities());
      }
    } else {
      printF64(os, value.getA().convertToDouble());
      if (numArguments(kind) == 2) {
        os << ", ";
        printF64(os, value.getB().convertToDouble());
      }
    }
    os << ")";
  }
  printBounds(os, "redraw", value.getRedrawLow(), value.getRedrawHigh());
  printBounds(os, "clip", value.getClipLow(), value.getClipHigh());
}

ParseResult parseValueLiteral(OpAsmParser &parser, ValueAttr &value) {
  value = parseValue(parser);
  return success(static_cast<bool>(value));
}

void printValueLiteral(OpAsmPrinter &printer, Operation *, ValueAttr value) {
  printValue(printer, value);
}

ParseResult parseValues(OpAsmParser &parser, DictionaryAttr &values) {
  SmallVector<NamedAttribute> entries;
  llvm::StringSet<> names;
  auto parseEntry = [&]() -> ParseResult {
    SMLoc loc = parser.getCurrentLocation();
    std::string name;
    if (parser.parseKeywordOrString(&name) || parser.parseEqual())
      return failure();
    if (!names.insert(name).second)
      return parser.emitError(loc, "'") << name << "' is given twice";
    ValueAttr value = parseValue(parser);
    if (!value)
      return failure();
    entries.emplace_back(parser.getBuilder().getStringAttr(name), value);
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Braces, parseEntry))
    return failure();
  values = parser.getBuilder().getDictionaryAttr(entries);
  return success();
}

void printValues(OpAsmPrinter &printer, Operation *, DictionaryAttr values) {
  printer << "{";
  llvm::interleaveComma(values, printer, [&](NamedAttribute entry) {
    printer.printKeywordOrString(entry.getName());
    printer << " = ";
    if (auto value = dyn_cast<ValueAttr>(entry.getValue()))
      printValue(printer, value);
    else
      printer << entry.getValue(); // Invalid; the verifier says so.
  });
  printer << "}";
}

//===----------------------------------------------------------------------===//
// Slices and rules
//===----------------------------------------------------------------------===//

ParseResult parseSlice(OpAsmParser &parser, FlatSymbolRefAttr &population,
                       SliceAttr &slice) {
  if (parser.parseAttribute(population))
    return failure();
  if (failed(parser.parseOptionalLSquare()))
    return success();
  SMLoc loc = parser.getCurrentLocation();
  int64_t first, end, stride = 1;
  if (parser.parseInteger(first) || parser.parseColon() ||
      parser.parseInteger(end) ||
      (succeeded(parser.parseOptionalColon()) && parser.parseInteger(stride)) ||
      parser.parseRSquare())
    return failure();
  slice = parser.getChecked<SliceAttr>(loc, parser.getContext(), first, end,
                                       stride);
  return success(static_cast<bool>(slice));
}

void printSlice(OpAsmPrinter &printer, Operation *,
                FlatSymbolRefAttr population, SliceAttr slice) {
  printer << population;
  if (!slice)
    return;
  printer << "[" << slice.getFirst() << ":" << slice.getEnd();
  if (slice.getStride() != 1)
    printer << ":" << slice.getStride();
  printer << "]";
}

static ParseResult parseIndices(AsmParser &parser,
                                SmallVectorImpl<int64_t> &indices) {
  return parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
    return parser.parseInteger(indices.emplace_back());
  });
}

template <size_t N>
static ParseResult parseSizes(AsmParser &parser,
                              std::array<int64_t, N> &sizes) {
  SMLoc loc = parser.getCurrentLocation();
  SmallVector<int64_t> numbers;
  if (parseIndices(parser, numbers))
    return failure();
  if (numbers.size() != N)
    return parser.emitError(loc, "expected ") << N << " sizes";
  llvm::copy(numbers, sizes.begin());
  return success();
}

/// `([..], [..], kernel [..], stride [..], padding [..], dilation [..],
/// groups n)`.
static ParseResult parseConvolution(AsmParser &parser, Convolution &shape) {
  auto named = [&](StringRef name,
                   std::array<int64_t, 2> &sizes) -> ParseResult {
    return failure(parser.parseComma() || parser.parseKeyword(name) ||
                   parseSizes(parser, sizes));
  };
  return failure(
      parser.parseLParen() || parseSizes(parser, shape.source) ||
      parser.parseComma() || parseSizes(parser, shape.target) ||
      named("kernel", shape.kernel) || named("stride", shape.stride) ||
      named("padding", shape.padding) || named("dilation", shape.dilation) ||
      parser.parseComma() || parser.parseKeyword("groups") ||
      parser.parseInteger(shape.groups) || parser.parseRParen());
}

static void printConvolution(raw_ostream &os, const Convolution &shape) {
  auto list = [&](const char *before, ArrayRef<int64_t> sizes) {
    os << before << "[";
    llvm::interleaveComma(sizes, os);
    os << "]";
  };
  list("(", shape.source);
  list(", ", shape.target);
  list(", kernel ", shape.kernel);
  list(", stride ", shape.stride);
  list(", padding ", shape.padding);
  list(", dilation ", shape.dilation);
  os << ", groups " << shape.groups << ")";
}

RuleAttr parseRule(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  StringRef keyword;
  if (parser.parseKeyword(&keyword))
    return {};
  std::optional<RuleKind> kind = symbolizeRuleKind(keyword);
  if (!kind) {
    parser.emitError(loc, "unknown connection rule '") << keyword << "'";
    return {};
  }
  double probability = 0.0;
  int64_t count = 0;
  DenseI64ArrayAttr sources, targets, convolution;
  switch (*kind) {
  case RuleKind::OneToOne:
  case RuleKind::AllToAll:
    break;
  case RuleKind::Probability:
    if (parser.parseLParen() || parser.parseFloat(probability) ||
        parser.parseRParen())
      return {};
    break;
  case RuleKind::InDegree:
  case RuleKind::OutDegree:
  case RuleKind::Total:
    if (parser.parseLParen() || parser.parseInteger(count) ||
        parser.parseRParen())
      return {};
    break;
  case RuleKind::List: {
    SmallVector<int64_t> from, to;
    if (parser.parseLParen() || parseIndices(parser, from) ||
        parser.parseComma() || parseIndices(parser, to) || parser.parseRParen())
      return {};
    sources = DenseI64ArrayAttr::get(parser.getContext(), from);
    targets = DenseI64ArrayAttr::get(parser.getContext(), to);
    break;
  }
  case RuleKind::Convolution: {
    Convolution shape;
    if (parseConvolution(parser, shape))
      return {};
    convolution = shape.toAttribute(parser.getContext());
    break;
  }
  }
  bool autapses = succeeded(parser.parseOptionalKeyword("autapses"));
  bool multapses = succeeded(parser.parseOptionalKeyword("multapses"));
  return parser.getChecked<RuleAttr>(loc, parser.getContext(), *kind,
                                     APFloat(probability), count, autapses,
                                     multapses, sources, targets, convolution);
}

void printRule(AsmPrinter &printer, RuleAttr rule) {
  raw_ostream &os = printer.getStream();
  os << stringifyRuleKind(rule.getKind());
  switch (rule.getKind()) {
  case RuleKind::OneToOne:
  case RuleKind::AllToAll:
    break;
  case RuleKind::Probability:
    os << "(";
    printF64(os, rule.getProbability().convertToDouble());
    os << ")";
    break;
  case RuleKind::InDegree:
  case RuleKind::OutDegree:
  case RuleKind::Total:
    os << "(" << rule.getCount() << ")";
    break;
  case RuleKind::List:
    os << "([";
    llvm::interleaveComma(rule.getSources().asArrayRef(), os);
    os << "], [";
    llvm::interleaveComma(rule.getTargets().asArrayRef(), os);
    os << "])";
    break;
  case RuleKind::Convolution:
    printConvolution(os, Convolution::of(rule.getConvolution()));
    break;
  }
  if (rule.getAutapses())
    os << " autapses";
  if (rule.getMultapses())
    os << " multapses";
}

ParseResult parseRule(OpAsmParser &parser, RuleAttr &rule) {
  rule = parseRule(static_cast<AsmParser &>(parser));
  return success(static_cast<bool>(rule));
}

void printRule(OpAsmPrinter &printer, Operation *, RuleAttr rule) {
  printRule(static_cast<AsmPrinter &>(printer), rule);
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

static ParseResult parseArgument(OpAsmParser &parser,
                                 OpAsmParser::Argument &argument) {
  return failure(parser.parseLParen() ||
                 parser.parseArgument(argument, /*allowType=*/true) ||
                 parser.parseRParen());
}

ParseResult parseFunction(OpAsmParser &parser, Region &body) {
  OpAsmParser::Argument argument;
  return failure(parseArgument(parser, argument) ||
                 parser.parseRegion(body, argument));
}

static ParseResult parseFunction(OpAsmParser &parser, Region &body,
                                 StringAttr &unit, FloatAttr *grid) {
  OpAsmParser::Argument argument;
  if (parseArgument(parser, argument) || parser.parseColon() ||
      parser.parseAttribute(unit))
    return failure();
  if (grid && succeeded(parser.parseOptionalKeyword("grid")) &&
      parseF64(parser, *grid))
    return failure();
  if (parser.parseRegion(body, argument))
    return failure();
  if (body.empty()) // `{}`: the parser makes no block, the argument needs one.
    body.emplaceBlock().addArgument(
        argument.type, parser.getEncodedSourceLoc(argument.ssaName.location));
  return success();
}

ParseResult parseFunction(OpAsmParser &parser, Region &body, StringAttr &unit) {
  return parseFunction(parser, body, unit, /*grid=*/nullptr);
}

ParseResult parseFunction(OpAsmParser &parser, Region &body, StringAttr &unit,
                          FloatAttr &grid) {
  return parseFunction(parser, body, unit, &grid);
}

void printFunction(OpAsmPrinter &printer, Operation *, Region &body,
                   StringAttr unit, FloatAttr grid) {
  printer << "(";
  llvm::interleaveComma(body.getArguments(), printer, [&](BlockArgument arg) {
    printer.printRegionArgument(arg);
  });
  printer << ")";
  if (unit)
    printer << " : " << unit;
  if (grid) {
    printer << " grid ";
    printF64(printer.getStream(), grid.getValueAsDouble());
  }
  printer << " ";
  printer.printRegion(body, /*printEntryBlockArgs=*/false);
}

ParseResult parseHandler(OpAsmParser &parser, Region &body) {
  SmallVector<OpAsmParser::Argument> arguments;
  return failure(parser.parseArgumentList(arguments,
                                          OpAsmParser::Delimiter::Paren,
                                          /*allowType=*/true) ||
                 parser.parseRegion(body, arguments));
}

void printHandler(OpAsmPrinter &printer, Operation *op, Region &body) {
  printFunction(printer, op, body);
}

} // namespace snn::spiking
