//===- Syntax.cpp - The pieces of the assembly formats --------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "dialects/Core/IR/Syntax.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

using namespace mlir;

namespace snn::core {

/// `{name = <what parse reads>, ...}`
template <typename Parse>
static ParseResult parseNamed(OpAsmParser &parser, DictionaryAttr &into,
                              Parse parse) {
  NamedAttrList list;
  SMLoc begin = parser.getCurrentLocation();
  auto element = [&]() -> ParseResult {
    std::string name;
    Attribute value;
    if (parser.parseKeywordOrString(&name) || parser.parseEqual() ||
        parse(value))
      return failure();
    list.append(name, value);
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Braces, element))
    return failure();
  if (std::optional<NamedAttribute> twice = list.findDuplicate())
    return parser.emitError(begin)
           << "'" << twice->getName().getValue() << "' is given twice";
  into = list.getDictionary(parser.getContext());
  return success();
}

template <typename Print>
static void printNamed(OpAsmPrinter &printer, DictionaryAttr from,
                       Print print) {
  printer << "{";
  llvm::interleaveComma(from, printer, [&](NamedAttribute one) {
    printer.printKeywordOrString(one.getName());
    printer << " = ";
    print(one.getValue());
  });
  printer << "}";
}

ParseResult parseWords(OpAsmParser &parser, DictionaryAttr &words) {
  return parseNamed(parser, words, [&](Attribute &value) -> ParseResult {
    std::string word;
    if (parser.parseKeywordOrString(&word))
      return failure();
    value = parser.getBuilder().getStringAttr(word);
    return success();
  });
}

void printWords(OpAsmPrinter &printer, Operation *, DictionaryAttr words) {
  printNamed(printer, words, [&](Attribute value) {
    if (auto word = dyn_cast<StringAttr>(value))
      printer.printKeywordOrString(word);
    else
      printer.printAttribute(value);
  });
}

ParseResult parseNumbers(OpAsmParser &parser, DictionaryAttr &numbers) {
  return parseNamed(parser, numbers, [&](Attribute &value) -> ParseResult {
    int64_t number = 0;
    if (parser.parseInteger(number))
      return failure();
    value = parser.getBuilder().getI64IntegerAttr(number);
    return success();
  });
}

void printNumbers(OpAsmPrinter &printer, Operation *, DictionaryAttr numbers) {
  printNamed(printer, numbers, [&](Attribute value) {
    if (auto number = dyn_cast<IntegerAttr>(value))
      printer << number.getInt();
    else
      printer.printAttribute(value);
  });
}

ParseResult parseCodes(OpAsmParser &parser, DictionaryAttr &codes,
                       IntegerAttr size) {
  return parseNamed(parser, codes, [&](Attribute &value) -> ParseResult {
    int32_t number = 0;
    OptionalParseResult one = parser.parseOptionalInteger(number);
    if (!one.has_value())
      return parser.parseAttribute(value);
    if (*one)
      return failure();
    int64_t count = size.getInt();
    if (count < 1)
      return parser.emitError(parser.getNameLoc(), "a population has neurons");
    value = DenseElementsAttr::get(
        RankedTensorType::get({count}, parser.getBuilder().getI32Type()),
        number);
    return success();
  });
}

void printCodes(OpAsmPrinter &printer, Operation *, DictionaryAttr codes,
                IntegerAttr size) {
  printNamed(printer, codes, [&](Attribute value) {
    auto numbers = dyn_cast<DenseIntElementsAttr>(value);
    if (numbers && numbers.isSplat() &&
        numbers.getElementType().isInteger(32) &&
        numbers.getNumElements() == size.getInt())
      printer << numbers.getSplatValue<int32_t>();
    else
      printer.printAttribute(value);
  });
}

ParseResult parseRanges(OpAsmParser &parser, DenseI64ArrayAttr &ends) {
  SmallVector<int64_t> list;
  auto element = [&]() -> ParseResult {
    int64_t first = 0, last = 0;
    if (parser.parseInteger(first))
      return failure();
    last = first;
    if (succeeded(parser.parseOptionalKeyword("to")) &&
        parser.parseInteger(last))
      return failure();
    list.append({first, last});
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, element))
    return failure();
  ends = parser.getBuilder().getDenseI64ArrayAttr(list);
  return success();
}

void printRanges(OpAsmPrinter &printer, Operation *, DenseI64ArrayAttr ends) {
  ArrayRef<int64_t> list = ends;
  printer << "[";
  for (size_t i = 0; i + 1 < list.size(); i += 2) {
    printer << (i ? ", " : "") << list[i];
    if (list[i + 1] != list[i])
      printer << " to " << list[i + 1];
  }
  printer << "]";
}

} // namespace snn::core
