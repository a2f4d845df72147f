//===- CoreLimits.cpp - What a core can hold ------------------------------===//
//
// Where each neuron is, where each core is, and how much of each resource is
// taken, as far as it is said.
//
//===----------------------------------------------------------------------===//
#include "dialects/Core/IR/Ops.h"

#include "llvm/ADT/StringMap.h"
#include <set>

#include <numeric>

using namespace mlir;

namespace snn::core {

namespace {

/// Neurons or lines that slots can hold.
struct Group {
  std::vector<int32_t> copies; // of each; zero once it lies somewhere
  bool isInput = false;
};

class CoreLimits {
public:
  explicit CoreLimits(NetworkOp network)
      : network(network), chip(network.getChip()) {}
  LogicalResult verify();

private:
  NetworkOp network;
  ChipOp chip;
  llvm::StringMap<Group> groups;
  std::set<std::vector<int64_t>> places;

  void listGroups();
  LogicalResult verifyPlace(CoreOp core);
  LogicalResult verifySlots(CoreOp core);
  LogicalResult verifyHeld(CoreOp core);
  LogicalResult atMost(CoreOp core, StringRef name, int64_t count) {
    std::optional<int64_t> most = chip.getNumber(name);
    if (!most || count <= *most)
      return success();
    return core.emitOpError("has ")
           << count << " " << name << "; the limit is " << *most;
  }
};

} // namespace

void CoreLimits::listGroups() {
  for (auto population : network.getBody().getOps<PopulationOp>()) {
    Group &group = groups[population.getSymName()];
    group.copies.assign(static_cast<size_t>(population.getSize()), 1);
    if (auto copies =
            dyn_cast_or_null<DenseIntElementsAttr>(population.getCopiesAttr()))
      llvm::copy(copies.getValues<int32_t>(), group.copies.begin());
  }
  for (auto input : network.getBody().getOps<InputOp>()) {
    Group &group = groups[input.getSymName()];
    group.copies.assign(static_cast<size_t>(input.getSize()), 1);
    group.isInput = true;
  }
}

LogicalResult CoreLimits::verifyPlace(CoreOp core) {
  auto at = core.getAt();
  if (!at)
    return success();
  int64_t sizes[] = {*chip.getNumber("columns"), *chip.getNumber("rows"),
                     *chip.getNumber("cores_per_router")};
  if (at->size() != std::size(sizes))
    return core.emitOpError("lies at a column, a row and a seat");
  for (size_t i = 0; i < std::size(sizes); ++i)
    if ((*at)[i] < 0 || (*at)[i] >= sizes[i])
      return core.emitOpError("lies outside of the mesh of ")
             << sizes[0] << "x" << sizes[1] << "x" << sizes[2];
  if (!places.insert(at->vec()).second)
    return core.emitOpError("lies where another does");
  return success();
}

LogicalResult CoreLimits::verifySlots(CoreOp core) {
  int64_t taken = 0;
  for (Operation &op : core.getBody().getOps()) {
    auto slots = dyn_cast<SlotsOp>(op);
    if (!slots)
      return op.emitOpError("is no part of a core");
    auto found = groups.find(slots.getPopulation());
    if (found == groups.end())
      return success(); // said where the symbol is used
    if (auto from = slots.getFrom(); from && *from != taken)
      return slots.emitOpError("begins at slot ")
             << *from << ", but " << taken << " are taken before it";
    std::vector<int32_t> &copies = found->second.copies;
    ArrayRef<int64_t> ends = slots.getNeurons();
    for (size_t i = 0; i + 1 < ends.size(); i += 2)
      for (int64_t n = ends[i]; n <= ends[i + 1]; ++n) {
        if (n < 0 || n >= static_cast<int64_t>(copies.size()))
          return slots.emitOpError("has ") << slots.getPopulation() << "[" << n
                                           << "]; there are " << copies.size();
        int32_t &left = copies[static_cast<size_t>(n)];
        if (left == 0)
          return slots.emitOpError()
                 << slots.getPopulation() << "[" << n << "] is on two cores";
        taken += std::exchange(left, 0);
      }
  }
  return atMost(core, "neurons", taken);
}

LogicalResult CoreLimits::verifyHeld(CoreOp core) {
  auto sum = [](ArrayRef<int64_t> counts) {
    return std::accumulate(counts.begin(), counts.end(), int64_t{0});
  };
  if (auto axons = core.getAxons())
    if (failed(atMost(core, "axons", sum(*axons))))
      return failure();
  if (auto routes = core.getRoutes())
    if (failed(atMost(core, "core_routes", *routes)))
      return failure();
  if (auto synapses = core.getSynapses())
    if (failed(atMost(core, "synapses", sum(*synapses))))
      return failure();
  if (auto bits = core.getBits())
    return atMost(core, "synapse_bits", *bits);
  return success();
}

LogicalResult CoreLimits::verify() {
  int64_t number = 0;
  for (auto core : network.getBody().getOps<CoreOp>()) {
    if (number == 0)
      listGroups();
    if (core.getNumber() != number++)
      return core.emitOpError("is number ")
             << core.getNumber() << ", but " << number - 1 << " are before it";
    if (failed(verifyPlace(core)) || failed(verifySlots(core)) ||
        failed(verifyHeld(core)))
      return failure();
  }
  if (number == 0)
    return success();
  for (auto population : network.getBody().getOps<PopulationOp>()) {
    const std::vector<int32_t> &left = groups[population.getSymName()].copies;
    auto missing = llvm::find_if(left, [](int32_t n) { return n != 0; });
    if (missing != left.end())
      return population.emitOpError("has neuron ")
             << missing - left.begin() << " on no core";
  }
  return success();
}

LogicalResult verifyCores(NetworkOp network) {
  return CoreLimits(network).verify();
}

LogicalResult SlotsOp::verify() {
  ArrayRef<int64_t> ends = getNeurons();
  if (ends.empty() || ends.size() % 2)
    return emitOpError("needs ranges of neurons");
  for (size_t i = 0; i < ends.size(); i += 2)
    if (ends[i] > ends[i + 1] || (i && ends[i] <= ends[i - 1]))
      return emitOpError("needs neurons that ascend");
  return success();
}

LogicalResult SlotsOp::verifySymbolUses(SymbolTableCollection &tables) {
  auto network = (*this)->getParentOfType<NetworkOp>();
  Operation *found = tables.lookupSymbolIn(network, getPopulationAttr());
  if (!isa_and_nonnull<PopulationOp, InputOp>(found))
    return emitOpError() << getPopulationAttr()
                         << " is no population and no input";
  return success();
}

} // namespace snn::core
