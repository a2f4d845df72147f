//===- Syntax.h - The pieces of the assembly formats ------------*- C++ -*-===//
//
// Words and numbers without types, codes as one number where all neurons have
// it, ranges of neurons with both ends.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_CORE_IR_SYNTAX_H
#define SNN_DIALECTS_CORE_IR_SYNTAX_H

#include "dialects/Spiking/IR/Syntax.h"

#include "mlir/IR/OpImplementation.h"

namespace snn::core {

using spiking::parseF64;
using spiking::printF64;

/// `{timing = events}`
mlir::ParseResult parseWords(mlir::OpAsmParser &parser,
                             mlir::DictionaryAttr &words);
void printWords(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                mlir::DictionaryAttr words);

/// `{axons = 256}`
mlir::ParseResult parseNumbers(mlir::OpAsmParser &parser,
                               mlir::DictionaryAttr &numbers);
void printNumbers(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                  mlir::DictionaryAttr numbers);

/// `{leak = 0, threshold = dense<[1, 2]> : tensor<2xi32>}`
mlir::ParseResult parseCodes(mlir::OpAsmParser &parser,
                             mlir::DictionaryAttr &codes,
                             mlir::IntegerAttr size);
void printCodes(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                mlir::DictionaryAttr codes, mlir::IntegerAttr size);

/// `[0 to 3, 7]`
mlir::ParseResult parseRanges(mlir::OpAsmParser &parser,
                              mlir::DenseI64ArrayAttr &ends);
void printRanges(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                 mlir::DenseI64ArrayAttr ends);

} // namespace snn::core

#endif // SNN_DIALECTS_CORE_IR_SYNTAX_H
