//===- Verifiers.cpp - What each operation must be ------------------------===//
//
// The chip, the populations and the synapses; what is on cores is verified in
// CoreLimits.cpp.
//
//===----------------------------------------------------------------------===//
#include "dialects/Core/IR/Ops.h"

#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace snn::core;

LogicalResult ChipOp::verifyRegions() {
  for (StringRef name : {"columns", "rows", "cores_per_router"})
    if (getNumber(name).value_or(0) < 1)
      return emitOpError("needs '") << name << "', a size of the mesh";
  for (NamedAttribute one : getNumbers())
    if (!isa<IntegerAttr>(one.getValue()))
      return emitOpError("'") << one.getName().getValue() << "' is no number";
  for (NamedAttribute one : getWords())
    if (!isa<StringAttr>(one.getValue()))
      return emitOpError("'") << one.getName().getValue() << "' is no word";
  llvm::StringSet<> names;
  for (Operation &one : getBody().getOps()) {
    auto name = one.getAttrOfType<StringAttr>("name");
    if (!isa<RegisterOp, ParameterOp>(one))
      return one.emitOpError("is no part of a chip");
    if (!names.insert(name.getValue()).second)
      return one.emitOpError("'") << name.getValue() << "' is declared twice";
  }
  return success();
}

template <typename Range>
static LogicalResult verifyRange(Range op) {
  if (op.getLow() > op.getHigh())
    return op.emitOpError("has no values: ")
           << op.getLow() << " is above " << op.getHigh();
  return success();
}

LogicalResult RegisterOp::verify() { return verifyRange(*this); }
LogicalResult ParameterOp::verify() { return verifyRange(*this); }

/// One number for each of `size` things.
static LogicalResult verifySize(Operation *op, StringRef what,
                                ElementsAttr values, int64_t size,
                                bool real = false) {
  auto type = dyn_cast<RankedTensorType>(values.getType());
  if (type && type.getRank() == 1 && type.getDimSize(0) == size &&
      (real ? type.getElementType().isF64()
            : type.getElementType().isInteger(32)))
    return success();
  return op->emitOpError("needs ")
         << size << (real ? " reals (f64)" : " whole numbers (i32)") << " as '"
         << what << "', not " << values.getType();
}

/// One value for each register or parameter of the chip, within its range.
template <typename Range>
static LogicalResult verifyCodes(PopulationOp op, DictionaryAttr codes,
                                 ChipOp chip, StringRef what) {
  int64_t size = op.getSize();
  size_t found = 0;
  for (Range range : chip.getBody().getOps<Range>()) {
    auto values = codes.getAs<ElementsAttr>(range.getName());
    if (!values)
      return op.emitOpError("lacks the ")
             << what << " '" << range.getName() << "'";
    ++found;
    if (failed(verifySize(op, range.getName(), values, size)))
      return failure();
    DenseIntElementsAttr numbers = dyn_cast<DenseIntElementsAttr>(values);
    for (int64_t i = 0, end = numbers ? size : 0; i < end; ++i) {
      int32_t value = numbers.isSplat()
                          ? numbers.template getSplatValue<int32_t>()
                          : numbers.template getValues<int32_t>()[i];
      if (value < range.getLow() || value > range.getHigh())
        return op.emitOpError("has '")
               << range.getName() << "' " << value << " at neuron " << i
               << ", which is not in " << range.getLow() << " to "
               << range.getHigh();
      if (numbers.isSplat())
        break;
    }
  }
  if (found != codes.size())
    for (NamedAttribute one : codes)
      if (llvm::none_of(chip.getBody().getOps<Range>(), [&](Range range) {
            return range.getName() == one.getName();
          }))
        return op.emitOpError("has '")
               << one.getName().getValue() << "', which is no " << what
               << " of the chip";
  return success();
}

LogicalResult PopulationOp::verify() {
  int64_t size = getSize();
  if (size < 1)
    return emitOpError("has no neurons");
  auto network = (*this)->getParentOfType<NetworkOp>();
  auto chips = network.getBody().getOps<ChipOp>();
  if (chips.empty())
    return success(); // said by the network
  ChipOp chip = *chips.begin();
  if (failed(verifyCodes<ParameterOp>(*this, getParameters(), chip,
                                      "parameter")) ||
      failed(verifyCodes<RegisterOp>(*this, getInitial(), chip, "register")) ||
      failed(verifySize(*this, "spikes", getSpikes(), size, /*real=*/true)))
    return failure();
  for (auto [what, values] :
       {std::pair("copies", getCopiesAttr()), {"routes", getRoutesAttr()}})
    if (values && failed(verifySize(*this, what, values, size)))
      return failure();
  auto types = chip.getNumber("weight_types").value_or(0);
  auto weights = getWeights().value_or(ArrayRef<int64_t>());
  if (static_cast<int64_t>(weights.size()) != types)
    return emitOpError("has ")
           << weights.size() << " weights for " << types << " types of axons";
  return success();
}

LogicalResult InputOp::verify() {
  int64_t size = getSize();
  if (failed(verifySize(*this, "spikes", getSpikes(), size, /*real=*/true)))
    return failure();
  if (auto routes = getRoutesAttr())
    return verifySize(*this, "routes", routes, size);
  return success();
}

LogicalResult SynapsesOp::verify() {
  int64_t number = getNumber();
  if (getListAttr() && (getRowsAttr() || getWordsAttr()))
    return emitOpError("is a list, or rows and words, not both");
  if (!getRowsAttr() != !getWordsAttr())
    return emitOpError("has rows and words, or neither");
  auto network = (*this)->getParentOfType<NetworkOp>();
  int64_t numNeurons = network.countNeurons(),
          numSources = numNeurons + network.countLines();
  if (auto rows = getRowsAttr();
      rows && rows.getNumElements() != numSources + 1)
    return emitOpError("has ") << rows.getNumElements() << " rows and ends for "
                               << numSources << " sources";
  // A list that was left out of a text has no elements to be read.
  auto list = dyn_cast_or_null<DenseIntElementsAttr>(getListAttr());
  if (!list)
    return success();
  auto type = dyn_cast<RankedTensorType>(list.getType());
  if (!type || type.getRank() != 2 || type.getDimSize(0) != number ||
      type.getDimSize(1) != NumColumns || !type.getElementType().isInteger(32))
    return emitOpError("needs a list of ")
           << number << "x" << static_cast<unsigned>(NumColumns)
           << " whole numbers (i32), not " << list.getType();
  int64_t low = INT16_MIN, high = INT16_MAX;
  if (auto chips = network.getBody().getOps<ChipOp>(); !chips.empty()) {
    low = (*chips.begin()).getNumber("weight_low").value_or(low);
    high = (*chips.begin()).getNumber("weight_high").value_or(high);
  }
  std::pair<int32_t, int32_t> last(0, 0);
  auto values = list.getValues<int32_t>().begin();
  for (int64_t i = 0; i < number; ++i) {
    int32_t one[NumColumns];
    for (int32_t &value : one)
      value = *values++;
    std::pair<int32_t, int32_t> now(one[Source], one[Target]);
    auto fail = [&] { return emitOpError("has synapse ") << i; };
    if (now < last)
      return fail() << " behind one of a later source or target";
    last = now;
    if (one[Source] < 0 || one[Source] >= numSources)
      return fail() << " from " << one[Source] << "; there are " << numSources
                    << " sources";
    if (one[Target] < 0 || one[Target] >= numNeurons)
      return fail() << " to " << one[Target] << "; there are " << numNeurons
                    << " neurons";
    if (one[Weight] < low || one[Weight] > high)
      return fail() << " with the weight " << one[Weight]
                    << ", which is not in " << low << " to " << high;
    if (one[Type] < 0 || one[Type] > UINT8_MAX)
      return fail() << " of type " << one[Type];
    if (one[Delay] < 0 || one[Delay] > UINT16_MAX)
      return fail() << " with the delay " << one[Delay];
  }
  return success();
}

LogicalResult NetworkOp::verifyRegions() {
  auto once = [&](auto ops, StringRef what) -> LogicalResult {
    auto count = std::distance(ops.begin(), ops.end());
    if (count == 1)
      return success();
    return emitOpError("needs one ") << what << ", but has " << count;
  };
  if (failed(once(getBody().getOps<ChipOp>(), "chip")) ||
      failed(once(getBody().getOps<SynapsesOp>(), "list of synapses")))
    return failure();
  for (Operation &op : getBody().getOps())
    if (!isa<ChipOp, PopulationOp, InputOp, SynapsesOp, BoundOp, CoreOp>(op))
      return op.emitOpError("is no part of a network on cores");
  if (countNeurons() == 0)
    return emitOpError("has no neurons");
  return verifyCores(*this);
}
