//===- Syntax.h - The pieces of the assembly formats ------------*- C++ -*-===//
//
// Numbers are printed as people write them ("5.0", shortest spelling that reads
// back to the same bits), distributions and rules as calls, functions with
// named arguments.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_IR_SYNTAX_H
#define SNN_DIALECTS_SPIKING_IR_SYNTAX_H

#include "dialects/Spiking/IR/Attributes.h"

#include "mlir/IR/OpImplementation.h"

namespace snn::spiking {

void printF64(llvm::raw_ostream &os, double value);

/// A bound: a number, or `none` for the infinity given.
mlir::ParseResult parseBound(mlir::AsmParser &parser, double open,
                             double &value);

ValueAttr parseValue(mlir::AsmParser &parser);
void printValue(mlir::AsmPrinter &printer, ValueAttr value);
RuleAttr parseRule(mlir::AsmParser &parser);
void printRule(mlir::AsmPrinter &printer, RuleAttr rule);

// Directives of the assembly formats (custom<F64> etc.).

mlir::ParseResult parseF64(mlir::OpAsmParser &parser, mlir::FloatAttr &value);
void printF64(mlir::OpAsmPrinter &printer, mlir::Operation *op,
              mlir::FloatAttr value);

mlir::ParseResult parsePrecision(mlir::OpAsmParser &parser,
                                 PrecisionAttr &precision);
void printPrecision(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                    PrecisionAttr precision);

mlir::ParseResult parseSchedule(mlir::OpAsmParser &parser,
                                ScheduleAttr &schedule);
void printSchedule(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                   ScheduleAttr schedule);

mlir::ParseResult parseStorage(mlir::OpAsmParser &parser, StorageAttr &storage);
void printStorage(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                  StorageAttr storage);

/// `@E` or `@E[first:end]` or `@E[first:end:stride]`.
mlir::ParseResult parseSlice(mlir::OpAsmParser &parser,
                             mlir::FlatSymbolRefAttr &population,
                             SliceAttr &slice);
void printSlice(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                mlir::FlatSymbolRefAttr population, SliceAttr slice);

mlir::ParseResult parseValueLiteral(mlir::OpAsmParser &parser,
                                    ValueAttr &value);
void printValueLiteral(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                       ValueAttr value);

/// `{name = value, ...}`.
mlir::ParseResult parseValues(mlir::OpAsmParser &parser,
                              mlir::DictionaryAttr &values);
void printValues(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                 mlir::DictionaryAttr values);

mlir::ParseResult parseRule(mlir::OpAsmParser &parser, RuleAttr &rule);
void printRule(mlir::OpAsmPrinter &printer, mlir::Operation *op, RuleAttr rule);

/// `(%t: f64) {...}`, with the argument's unit after it, and the grid.
mlir::ParseResult parseFunction(mlir::OpAsmParser &parser, mlir::Region &body);
mlir::ParseResult parseFunction(mlir::OpAsmParser &parser, mlir::Region &body,
                                mlir::StringAttr &unit);
mlir::ParseResult parseFunction(mlir::OpAsmParser &parser, mlir::Region &body,
                                mlir::StringAttr &unit, mlir::FloatAttr &grid);
void printFunction(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                   mlir::Region &body, mlir::StringAttr unit = {},
                   mlir::FloatAttr grid = {});

/// `(%w: f32, %x: f32) {...}`: any number of arguments.
mlir::ParseResult parseHandler(mlir::OpAsmParser &parser, mlir::Region &body);
void printHandler(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                  mlir::Region &body);

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_IR_SYNTAX_H
