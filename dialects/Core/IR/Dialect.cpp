//===- Dialect.cpp - The core dialect -------------------------------------===//
//
// Registration, the generated definitions of operations, and what operations
// can be asked.
//
//===----------------------------------------------------------------------===//
#include "dialects/Core/IR/Dialect.h"
#include "dialects/Core/IR/Ops.h"
#include "dialects/Core/IR/Syntax.h"

using namespace mlir;
using namespace snn::core;

#include "dialects/Core/IR/Dialect.cpp.inc"

#define GET_OP_CLASSES
#include "dialects/Core/IR/Ops.cpp.inc"

void CoreDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "dialects/Core/IR/Ops.cpp.inc"
      >();
}

void NetworkOp::build(OpBuilder &builder, OperationState &state,
                      StringRef name) {
  state.getOrAddProperties<Properties>().sym_name = builder.getStringAttr(name);
  state.addRegion()->emplaceBlock();
}

void ChipOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                   DictionaryAttr words, DictionaryAttr numbers) {
  Properties &properties = state.getOrAddProperties<Properties>();
  properties.sym_name = builder.getStringAttr(name);
  properties.words = words;
  properties.numbers = numbers;
  state.addRegion()->emplaceBlock();
}

void CoreOp::build(OpBuilder &builder, OperationState &state, int64_t number) {
  state.getOrAddProperties<Properties>().number =
      builder.getI64IntegerAttr(number);
  state.addRegion()->emplaceBlock();
}

ChipOp NetworkOp::getChip() { return *getBody().getOps<ChipOp>().begin(); }

SynapsesOp NetworkOp::getSynapses() {
  return *getBody().getOps<SynapsesOp>().begin();
}

int64_t NetworkOp::countNeurons() {
  int64_t count = 0;
  for (auto population : getBody().getOps<PopulationOp>())
    count += population.getSize();
  return count;
}

int64_t NetworkOp::countLines() {
  int64_t count = 0;
  for (auto input : getBody().getOps<InputOp>())
    count += input.getSize();
  return count;
}

std::optional<int64_t> ChipOp::getNumber(StringRef name) {
  auto number = getNumbers().getAs<IntegerAttr>(name);
  return number ? std::optional(number.getInt()) : std::nullopt;
}

StringRef ChipOp::getWord(StringRef name) {
  auto word = getWords().getAs<StringAttr>(name);
  return word ? word.getValue() : StringRef();
}

template <typename Range>
static bool has(ChipOp chip, StringRef name) {
  return llvm::any_of(chip.getBody().getOps<Range>(),
                      [&](Range range) { return range.getName() == name; });
}

template <typename Range>
static unsigned count(ChipOp chip) {
  auto all = chip.getBody().getOps<Range>();
  return static_cast<unsigned>(std::distance(all.begin(), all.end()));
}

bool ChipOp::hasRegister(StringRef name) {
  return has<RegisterOp>(*this, name);
}
bool ChipOp::hasParameter(StringRef name) {
  return has<ParameterOp>(*this, name);
}
unsigned ChipOp::countRegisters() { return count<RegisterOp>(*this); }
unsigned ChipOp::countParameters() { return count<ParameterOp>(*this); }

int64_t SlotsOp::countNeurons() {
  ArrayRef<int64_t> ends = getNeurons();
  int64_t count = 0;
  for (size_t i = 0; i + 1 < ends.size(); i += 2)
    count += ends[i + 1] - ends[i] + 1;
  return count;
}
