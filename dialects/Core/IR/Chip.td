//===- Chip.td - What a chip can hold ----------------------*- tablegen -*-===//
//
// The part of a chip's declaration that a mapping is held to.
//
//===----------------------------------------------------------------------===//
#ifndef CORE_CHIP_TD
#define CORE_CHIP_TD

include "dialects/Core/IR/Dialect.td"
include "mlir/IR/BuiltinAttributes.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/RegionKindInterface.td"
include "mlir/IR/SymbolInterfaces.td"

def Core_Integer : TypedSignlessIntegerAttrBase<I64, "int64_t",
                                                "a whole number">;

def Core_ChipOp : Core_Op<"chip", [
    IsolatedFromAbove, Symbol, SingleBlock, NoTerminator, NoRegionArguments,
    HasParent<"NetworkOp">]> {
  let summary = "What a chip can hold";
  let description = [{
    Words and numbers of the declaration, by the names that they have there. A
    limit that is not public is left out of the numbers. The programs and the
    costs are not here: no step of the mapping depends on them.

    Errors: a mesh without a size; a number that is none; two registers or
    parameters of one name.

    Source: the chip's declaration (`stdlib/chips`).

    ```mlir
    core.chip @ranc_256 words {axon_source = any, weights = table}
      numbers {axons = 256, columns = 16, cores_per_router = 1, rows = 16} {
      core.register "v" in -256 to 255 wraps
      core.parameter "threshold" in -256 to 255
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, DictionaryAttr:$words,
                       DictionaryAttr:$numbers);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name `words` custom<Words>($words) `numbers` custom<Numbers>($numbers)
    attr-dict-with-keyword $body
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "::llvm::StringRef":$name, "::mlir::DictionaryAttr":$words,
                   "::mlir::DictionaryAttr":$numbers)>,
  ];
  let extraClassDeclaration = [{
    /// Nothing if it is not public.
    std::optional<int64_t> getNumber(::llvm::StringRef name);
    ::llvm::StringRef getWord(::llvm::StringRef name);
    bool hasRegister(::llvm::StringRef name);
    bool hasParameter(::llvm::StringRef name);
    unsigned countRegisters();
    unsigned countParameters();
  }];
}

class Core_Range<string mnemonic>
    : Core_Op<mnemonic, [HasParent<"ChipOp">]> {
  let hasVerifier = 1;
}

def Core_RegisterOp : Core_Range<"register"> {
  let summary = "What a neuron remembers, and which values it can have";
  let description = [{
    A value beyond them wraps around, or else is the nearest of them. Registers
    are numbered in their order.

    Error: the lowest value is above the highest.

    ```mlir
    core.register "v" in -256 to 255 wraps
    ```
  }];
  let arguments = (ins StrAttr:$name, Core_Integer:$low, Core_Integer:$high,
                       UnitAttr:$wraps);
  let assemblyFormat =
      "$name `in` $low `to` $high (`wraps` $wraps^)? attr-dict";
}

def Core_ParameterOp : Core_Range<"parameter"> {
  let summary = "What can be set for each neuron, and to which values";
  let description = [{
    Error: the lowest value is above the highest.

    ```mlir
    core.parameter "threshold" in 0 to 4095
    ```
  }];
  let arguments = (ins StrAttr:$name, Core_Integer:$low, Core_Integer:$high);
  let assemblyFormat = "$name `in` $low `to` $high attr-dict";
}

#endif // CORE_CHIP_TD
