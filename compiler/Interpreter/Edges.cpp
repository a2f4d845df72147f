//===- Edges.cpp - The synapses of a projection -----------------*- C++ -*-===//
//
// From the projection's attributes to the description of the C ABI.
//
//===----------------------------------------------------------------------===//
#include "compiler/Interpreter/Edges.h"
#include "compiler/Interpreter/PlaceFunctions.h"
#include "compiler/Interpreter/Values.h"

#include "snn/network.h"

using namespace mlir;
using namespace snn::spiking;

namespace snn::interpreter {

FailureOr<std::vector<Edge>> enumerateEdges(ProjectionOp op,
                                            const snn_slice &source,
                                            const snn_slice &target,
                                            WeightFormat format, const Run &run,
                                            Functions &functions) {
  RuleAttr rule = op.getRule();
  std::vector<uint32_t> listSources, listTargets;
  if (rule.getKind() == RuleKind::List) {
    listSources.assign(rule.getSources().asArrayRef().begin(),
                       rule.getSources().asArrayRef().end());
    listTargets.assign(rule.getTargets().asArrayRef().begin(),
                       rule.getTargets().asArrayRef().end());
  }
  Value weight(op.getWeight()), axonal(op.getDelay());
  Value dendritic(op.getDendriticDelayAttr()
                      ? op.getDendriticDelayAttr()
                      : ValueAttr::constant(op.getContext(), 0.0));
  std::string path = op.getSymName().str();
  snn_projection description = {};
  description.path = path.c_str();
  description.source = source;
  description.target = target;
  description.rule = static_cast<uint32_t>(rule.getKind());
  description.flags = (rule.getAutapses() ? SNN_AUTAPSES : 0) |
                      (rule.getMultapses() ? SNN_MULTAPSES : 0);
  description.number = rule.getProbability().convertToDouble();
  description.count =
      rule.getKind() == RuleKind::List ? listSources.size() : rule.getCount();
  description.list_sources = listSources.data();
  description.list_targets = listTargets.data();
  description.weight = weight.get();
  description.grid = format.grid.value_or(0);
  description.sum_field = format.grid ? 0 : SNN_NONE;
  description.axonal_delay = axonal.get();
  description.dendritic_delay = dendritic.get();
  description.weight_element = format.grid     ? SNN_I64
                               : format.single ? SNN_F32
                                               : SNN_F64;
  std::optional<PlaceFunctions> places;
  if (auto geometry = Geometry::of(op)) {
    places.emplace(*geometry, op->getParentOfType<ModuleOp>(), functions);
    description.geometry = &places->get();
    if (description.geometry->probability)
      description.rule = SNN_PLACE;
  }
  snn_convolution convolution = {};
  if (rule.getKind() == RuleKind::Convolution) {
    Convolution shape = Convolution::of(rule.getConvolution());
    llvm::copy(shape.source, convolution.source);
    llvm::copy(shape.target, convolution.target);
    llvm::copy(shape.kernel, convolution.kernel);
    llvm::copy(shape.stride, convolution.stride);
    llvm::copy(shape.padding, convolution.padding);
    llvm::copy(shape.dilation, convolution.dilation);
    convolution.groups = static_cast<uint64_t>(shape.groups);
    description.convolution = &convolution;
  }
  // Where weights change, those that begin at 0 have synapses as well.
  const snn_plasticity changing = {};
  for (auto plastic : op->getParentRegion()->getOps<PlasticOp>())
    if (plastic.getProjection() == op.getSymName())
      description.plasticity = &changing;
  std::vector<Edge> edges;
  auto add = [](void *list, uint32_t source, uint32_t target, double weight,
                uint32_t delay) -> int32_t {
    auto &edges = *static_cast<std::vector<Edge> *>(list);
    edges.push_back({source, target, weight, delay, edges.size()});
    return 0;
  };
  snn_error error = {};
  if (snn_enumerate_edges(&description, run.step, run.seeds.network, add,
                          &edges, &error))
    return op.emitError(error.message);
  return edges;
}

} // namespace snn::interpreter
