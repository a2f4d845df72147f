//===- Network.cpp - A network that runs ------------------------*- C++ -*-===//
//
// How it is made, and how spikes travel in it.
//
//===----------------------------------------------------------------------===//
#include "compiler/Interpreter/Network.h"

#include "runtime/lib/Random/Hash.h"

using namespace mlir;
using namespace snn::spiking;
namespace rt = snn::runtime;

namespace snn::interpreter {

//===----------------------------------------------------------------------===//
// Construction
//===----------------------------------------------------------------------===//

snn_slice Network::slice(FlatSymbolRefAttr population, SliceAttr slice) {
  snn_slice result = {};
  result.population = indices.lookup(population.getAttr());
  result.count = getPopulationSize(
      SymbolTable::lookupSymbolIn(network, population.getAttr()));
  result.stride = 1;
  if (slice) {
    result.first = slice.getFirst();
    result.count = slice.getCount();
    result.stride = slice.getStride();
  }
  return result;
}

FailureOr<unsigned> Network::findPort(Operation *op, Cell &cell,
                                      StringRef port) {
  for (auto [i, candidate] : llvm::enumerate(cell.getPorts()))
    if (candidate.name == port)
      return static_cast<unsigned>(i);
  return op->emitError("has no handler at port '") << port << "'";
}

PlasticOp Network::findPlastic(ProjectionOp projection) {
  for (auto plastic : network.getBody().getOps<PlasticOp>())
    if (plastic.getProjectionAttr().getAttr() == projection.getSymNameAttr())
      return plastic;
  return {};
}

std::unique_ptr<Synapses> Network::makeSynapses(PlasticOp op,
                                                const Projection &projection) {
  auto followersOf = [&](FlatSymbolRefAttr name) -> Followers * {
    return name ? followers[name.getAttr()].get() : nullptr;
  };
  Followers *pre = followersOf(op.getPreAttr());
  Followers *post = followersOf(op.getPostAttr());
  Surroundings around{projection.target,
                      pre ? &pre->getCell() : nullptr,
                      post ? &post->getCell() : nullptr,
                      {}};
  for (auto name : op.getModulators().getAsRange<FlatSymbolRefAttr>())
    around.modulators.push_back(cells[name.getAttr()].get());
  return std::make_unique<Synapses>(op, around, projection.port, pre, post, run,
                                    functions);
}

LogicalResult Network::buildProjection(ProjectionOp op) {
  FailureOr<bool> isCoupling = buildCoupling(op);
  if (failed(isCoupling) || *isCoupling)
    return success(succeeded(isCoupling));
  Projection projection{
      op, cells[op.getTargetAttr().getAttr()].get(), 0, {}, {}};
  FailureOr<unsigned> port = findPort(op, *projection.target, op.getPort());
  if (failed(port))
    return failure();
  projection.port = *port;
  PlasticOp plastic = findPlastic(op);
  if (plastic)
    projection.synapses = makeSynapses(plastic, projection);
  WeightFormat format = {projection.target->getPorts()[*port].grid,
                         projection.target->isSingle()};
  if (plastic) // The rule's numbers; what is sent is rounded to the grid.
    format = {std::nullopt, projection.synapses->isSingle()};
  snn_slice source = slice(op.getSourceAttr(), op.getSourceSliceAttr());
  snn_slice target = slice(op.getTargetAttr(), op.getTargetSliceAttr());
  FailureOr<std::vector<Edge>> edges =
      enumerateEdges(op, source, target, format, run, functions);
  if (failed(edges) || (plastic && failed(projection.synapses->build(
                                       op, *edges, source, target))))
    return failure();
  if (!plastic) {
    projection.edges = std::move(*edges);
    llvm::sort(projection.edges, [](const Edge &a, const Edge &b) {
      return std::tuple(a.source, a.delay, a.place) <
             std::tuple(b.source, b.delay, b.place);
    });
  }
  projections.push_back(std::move(projection));
  return success();
}

LogicalResult Network::build() {
  for (Operation &op : experiment.getBody().front())
    if (!isa<RecordSpikesOp, RecordStateOp, SetParameterOp, ResetStateOp>(op))
      return op.emitOpError("is not interpreted");
  for (Operation &op : network.getBody().front()) {
    if (!isa<PopulationOp, PoissonSourceOp, TrainSourceOp, ConditionSourceOp>(
            op))
      continue;
    StringAttr name = SymbolTable::getSymbolName(&op);
    indices[name] = indices.size();
    auto population = dyn_cast<PopulationOp>(op);
    if (!population)
      continue;
    auto cell = std::make_unique<Cell>(population, run, functions);
    if (failed(cell->check()) || failed(cell->computeConstants()) ||
        failed(cell->initialize()))
      return failure();
    for (auto [i, port] : llvm::enumerate(cell->getPorts()))
      if (port.grid)
        sums[{cell.get(), i}].resize(cell->size());
    if (population.getFollowed())
      followers[name] = std::make_unique<Followers>(*cell, run);
    cells[name] = std::move(cell);
  }
  for (auto op : network.getBody().getOps<ProjectionOp>())
    if (failed(buildProjection(op)))
      return failure();
  stimulate();
  for (auto &[name, cell] : cells)
    if (failed(cell->findRests()))
      return failure();
  return success();
}

//===----------------------------------------------------------------------===//
// Spikes
//===----------------------------------------------------------------------===//

void Network::emit(Operation *population, uint32_t neuron, uint64_t stamp) {
  StringAttr name = SymbolTable::getSymbolName(population);
  result.spikes.push_back({stamp, name.str(), neuron});
  result.spikeHash += rt::mix64(rt::fnv1a64(name.getValue()), neuron, stamp);
  std::map<Followers *, Frame> found; // by what follows the neuron
  for (auto &[follower, cells] : followers)
    if (cells->getCell().getOp().getFollowedAttr().getAttr() == name)
      found[cells.get()] = cells->spike(neuron, stamp);
  for (auto [i, projection] : llvm::enumerate(projections)) {
    if (Synapses *synapses = projection.synapses.get()) {
      if (projection.op.getTargetAttr().getAttr() == name)
        synapses->back(neuron, stamp);
      if (projection.op.getSourceAttr().getAttr() == name)
        synapses->emit(neuron, stamp, found[synapses->getPre()]);
      continue;
    }
    if (projection.op.getSourceAttr().getAttr() != name)
      continue;
    ArrayRef<Edge> edges = projection.edges;
    auto from = llvm::partition_point(
        edges, [&](const Edge &edge) { return edge.source < neuron; });
    while (from != edges.end() && from->source == neuron) {
      auto to = std::find_if(from, edges.end(), [&](const Edge &edge) {
        return edge.source != neuron || edge.delay != from->delay;
      });
      underWay[stamp + from->delay].push_back(
          {static_cast<unsigned>(i), neuron, stamp, ArrayRef(from, to)});
      from = to;
    }
  }
}

/// An event at a port: at once, or into the sum.
void Network::add(Cell &cell, unsigned port, size_t neuron, double weight,
                  int64_t multiplicity) {
  const Cell::Port &place = cell.getPorts()[port];
  if (place.grid) {
    auto whole = static_cast<int64_t>(std::nearbyint(weight / *place.grid));
    sums[{&cell, port}][neuron] += whole * multiplicity;
    return;
  }
  for (int64_t i = 0; i < multiplicity; ++i)
    cell.receive(neuron, port, weight);
}

void Network::addSent(Projection &projection, const Sent &sent) {
  Cell &cell = *projection.target;
  if (cell.getPorts()[projection.port].grid)
    sums[{&cell, projection.port}][sent.target] +=
        static_cast<int64_t>(sent.value);
  else
    cell.receive(sent.target, projection.port, sent.value);
}

/// In the order (projection, source, step of emission, place in the row).
LogicalResult Network::deliver() {
  std::vector<Arrival> due = std::move(underWay[now + 1]);
  underWay.erase(now + 1);
  llvm::sort(due, [](const Arrival &a, const Arrival &b) {
    return std::tuple(a.projection, a.source, a.emitted) <
           std::tuple(b.projection, b.source, b.emitted);
  });
  for (Projection &projection : projections)
    if (projection.synapses && failed(projection.synapses->arrive(now + 1)))
      return failure();
  ArrayRef<Arrival> rest = due;
  for (auto [i, projection] : llvm::enumerate(projections)) {
    for (; !rest.empty() && rest.front().projection == i;
         rest = rest.drop_front())
      for (const Edge &edge : rest.front().edges)
        add(*projection.target, projection.port, edge.target, edge.weight);
    if (projection.synapses)
      for (const auto &[order, sent] : projection.synapses->takeDue(now + 1))
        addSent(projection, sent);
  }
  if (failed(drive()))
    return failure();
  for (auto &[name, cell] : cells)
    for (auto [i, port] : llvm::enumerate(cell->getPorts())) {
      if (!port.grid)
        continue;
      std::vector<int64_t> &sum = sums[{cell.get(), i}];
      for (size_t neuron = 0; neuron < sum.size(); ++neuron) {
        // Rounded to the precision of the states before it is scaled.
        double value = cell->isSingle()
                           ? static_cast<float>(sum[neuron]) *
                                 static_cast<float>(*port.grid)
                           : static_cast<double>(sum[neuron]) * *port.grid;
        cell->receive(neuron, i, value);
        sum[neuron] = 0;
      }
    }
  return success();
}

} // namespace snn::interpreter
