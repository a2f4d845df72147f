//===- Connectivity.cpp - The edges of a projection -----------------------===//
//
// Everything that could make generating fail is checked here first, so that
// what remains are draws that miss their bounds and memory.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/Connectivity.h"

#include "runtime/lib/Connectivity/Rules.h"
#include "runtime/lib/Core/Checked.h"
#include "runtime/lib/Math/Bits.h"

#include <cinttypes>

using namespace snn::runtime;

bool snn::runtime::excludesAutapses(const snn_projection &projection) {
  return projection.source.population == projection.target.population &&
         !(projection.flags & SNN_AUTAPSES);
}

bool snn::runtime::drawsByTarget(const snn_projection &projection) {
  return projection.rule == SNN_INDEGREE &&
         (!(projection.flags & SNN_MULTAPSES) || excludesAutapses(projection));
}

const DrawnRule *snn::runtime::drawnRuleOf(const snn_projection &projection) {
  switch (static_cast<snn_rule>(projection.rule)) {
  case SNN_PROBABILITY:
    return &ruleOfProbability;
  case SNN_INDEGREE:
    return drawsByTarget(projection) ? nullptr : &ruleOfInDegree;
  case SNN_OUTDEGREE:
    return &ruleOfOutDegree;
  case SNN_TOTAL:
    return &ruleOfTotal;
  case SNN_ONE_TO_ONE:
  case SNN_ALL_TO_ALL:
  case SNN_LIST:
  case SNN_PLACE:
  case SNN_CONVOLUTION:
    return nullptr;
  }
  return nullptr;
}

bool Connectivity::create(const snn_projection &projection, double step,
                          uint64_t seed, QuantileShelf &shelf, Error &error,
                          const char *stateName) {
  definition = &projection;
  state = stateName;
  if (!checkSlices(error))
    return false;
  targetTiles = Tiles(numTargets());
  excludesSelf = excludesAutapses(projection);
  uint64_t declaration = hash64(seed, projection.path);
  countKey = ArsKey(makeKey(declaration, Stream::Count));
  targetKey = ArsKey(makeKey(declaration, Stream::Target));
  sourceKey = ArsKey(makeKey(declaration, Stream::Source));
  return checkRule(error) && (!projection.geometry || createGeometry(error)) &&
         (!projection.convolution || createAxes(error)) &&
         createValues(declaration, step, shelf, error) &&
         (projection.rule != SNN_LIST || createList(error)) &&
         (!projection.convolution || countConvolution(error));
}

//===- Neurons that are source and target ---------------------------------===//

uint64_t Connectivity::sameNeuron(const snn_slice &from, uint64_t index,
                                  const snn_slice &to) {
  uint64_t neuron = from.first + index * from.stride;
  if (neuron < to.first || (neuron - to.first) % to.stride != 0)
    return NoSelf;
  uint64_t other = (neuron - to.first) / to.stride;
  return other < to.count ? other : NoSelf;
}

uint64_t Connectivity::countSelfTargets(Range sources) const {
  if (!excludesSelf || sources.empty())
    return 0;
  const snn_slice &from = definition->source, &to = definition->target;
  if (from.stride == 1 && to.stride == 1) {
    // The overlap of two intervals of neurons.
    uint64_t begin = from.first + sources.begin, end = from.first + sources.end;
    uint64_t toEnd = to.first + to.count;
    begin = begin > to.first ? begin : to.first;
    end = end < toEnd ? end : toEnd;
    return begin < end ? end - begin : 0;
  }
  uint64_t count = 0;
  for (uint64_t source = sources.begin; source < sources.end; ++source)
    count += selfTarget(source) != NoSelf;
  return count;
}

//===- Checks -------------------------------------------------------------===//

bool Connectivity::checkSlices(Error &error) const {
  for (const snn_slice *slice : {&definition->source, &definition->target}) {
    uint64_t end;
    Checked bound =
        Checked(slice->first) + Checked(slice->count) * Checked(slice->stride);
    if (slice->stride == 0 || !bound.get(end, uint64_t{1} << 33) ||
        slice->count > uint64_t{1} << 32)
      return fail(error, SNN_RESOURCE, "E0703",
                  "`%s` reaches beyond 4,294,967,296 neurons",
                  definition->path);
  }
  return true;
}

/// Fails if a neuron is to have more partners than there are.
bool Connectivity::checkOptions(uint64_t options, const char *what,
                                Error &error) const {
  uint64_t count = definition->count;
  if (count == 0 ||
      (options != 0 && (allows(SNN_MULTAPSES) || count <= options)))
    return true;
  fail(error, ModelError, "E0410",
       "`%s` asks for %" PRIu64 " different %s, but there are %" PRIu64,
       definition->path, count, what, options);
  return options == 0 ? false
                      : help(error, "ask for fewer, or allow multapses");
}

bool Connectivity::checkRule(Error &error) {
  uint64_t sources = numSources(), targets = numTargets();
  uint64_t selfs = countSelfTargets({0, sources});
  Checked pairs = Checked(sources) * Checked(targets) - Checked(selfs);
  uint64_t count = definition->count, edges = 0;
  bool fits = true, possible = true;
  switch (definition->rule) {
  case SNN_ONE_TO_ONE:
    if (sources != targets)
      return fail(error, ModelError, "E0403",
                  "`%s` joins one to one, but has %" PRIu64
                  " sources and %" PRIu64 " targets",
                  definition->path, sources, targets);
    edges = sources;
    break;
  case SNN_ALL_TO_ALL:
    fits = pairs.get(edges, MostEdges);
    break;
  case SNN_PROBABILITY: {
    double p = definition->number;
    if (!(p >= 0 && p <= 1))
      return fail(error, ModelError, "E0411",
                  "`%s` joins with probability %g, which is not in 0 .. 1",
                  definition->path, p);
    fits = pairs.get(edges);
    expected = static_cast<double>(edges) * p;
    fits = fits && expected <= static_cast<double>(MostEdges);
    return fits || fail(error, SNN_RESOURCE, "E0704",
                        "`%s` has more than 2^48 synapses", definition->path);
  }
  case SNN_INDEGREE:
    fits = (Checked(targets) * Checked(count)).get(edges, MostEdges);
    possible =
        targets == 0 || checkOptions(sources - (selfs != 0 && sources != 0),
                                     "sources for a neuron", error);
    break;
  case SNN_OUTDEGREE:
    fits = (Checked(sources) * Checked(count)).get(edges, MostEdges);
    possible =
        sources == 0 || checkOptions(targets - (selfs != 0 && targets != 0),
                                     "targets for a neuron", error);
    break;
  case SNN_TOTAL: {
    fits = Checked(count).get(edges, MostEdges);
    uint64_t options;
    // Pairs beyond 2^64 are more than any count.
    possible =
        !pairs.get(options) || checkOptions(options, "pairs of neurons", error);
    break;
  }
  case SNN_LIST:
    fits = Checked(count).get(edges, MostEdges);
    break;
  case SNN_CONVOLUTION:
    return checkConvolution(error);
  case SNN_PLACE:
    // Counted when the geometry is there.
    return (pairs.get(edges, MostEdges) && definition->geometry) ||
           fail(error, SNN_RESOURCE, "E0704",
                "`%s` has more than 2^48 pairs of neurons", definition->path);
  default:
    return fail(error, SNN_INTERNAL, "E0791", "`%s` has an unknown rule",
                definition->path);
  }
  expected = static_cast<double>(edges);
  if (!fits)
    return fail(error, SNN_RESOURCE, "E0704",
                "`%s` has more than 2^48 synapses", definition->path);
  return possible;
}

//===- Weights and delays -------------------------------------------------===//

bool Connectivity::createValue(EdgeValue &value, const snn_value &description,
                               Key key, const char *what, double unit,
                               int64_t least, int64_t most,
                               QuantileShelf &shelf, Error &error) {
  const char *path = definition->path;
  if (const char *fault = findFault(description))
    return fail(error, ModelError, "E0417", "%s of `%s`: %s", what, path,
                fault);
  if (description.kind == SNN_DATA) {
    uint32_t rule = definition->rule;
    bool numbered = rule == SNN_ONE_TO_ONE || rule == SNN_ALL_TO_ALL ||
                    rule == SNN_LIST || rule == SNN_CONVOLUTION;
    uint64_t needed = rule == SNN_ALL_TO_ALL    ? numSources() * numTargets()
                      : rule == SNN_LIST        ? definition->count
                      : rule == SNN_CONVOLUTION ? kernelSize()
                                                : numSources();
    if (!numbered || description.count < needed)
      return fail(error, ModelError, "E0404",
                  "%s of `%s`: %" PRIu64 " values are given, but its edges %s",
                  what, path, description.count,
                  numbered ? "are more" : "are drawn");
  }
  if (description.kind == SNN_OF_PLACE &&
      (!definition->geometry || drawnRule()))
    return fail(error, SNN_INTERNAL, "E0791",
                "%s of `%s` depends on the place of its edges, but they %s",
                what, path,
                drawnRule() ? "are drawn in any order" : "have none");
  switch (value.create(description, key, unit, least, most, expected, shelf)) {
  case EdgeFault::None:
    return true;
  case EdgeFault::NoMemory:
    return outOfMemory(error, "a table of drawn values");
  case EdgeFault::NoDraw:
    return fail(error, ModelError, "E0420",
                "%s of `%s`: the value is outside the bounds of `redraw to`",
                what, path);
  case EdgeFault::OutOfRange:
    break;
  }
  if (unit == 1)
    return fail(error, ModelError, "E0723", "%s of `%s` is not finite", what,
                path);
  if (what[0] == 'w')
    return fail(error, ModelError, "E0723",
                "%s of `%s` is too large for its port's sum", what, path);
  return fail(error, ModelError,
              description.kind != SNN_CONSTANT ? "E0722"
              : description.a < 0              ? "E0406"
                                               : "E0416",
              "%s of `%s` is not in 0 .. 65,535 steps", what, path);
}

bool Connectivity::createValues(uint64_t declaration, double step,
                                QuantileShelf &shelf, Error &error) {
  double unit = 0;
  int64_t most = 0;
  if (definition->weight_element == SNN_I32 ||
      definition->weight_element == SNN_I64) {
    unit = definition->grid;
    most = definition->weight_element == SNN_I32 ? INT32_MAX : int64_t{1} << 62;
  }
  Key key = state ? makeKey(declaration, Stream::SynapseState, fnv1a64(state))
                  : makeKey(declaration, Stream::Weight);
  if (!createValue(weights, definition->weight, key, nameOfWeights(), unit,
                   -most, most, shelf, error) ||
      !createValue(axonal, definition->axonal_delay,
                   makeKey(declaration, Stream::AxonalDelay), "axonal delay",
                   step, 0, LongestDelay, shelf, error) ||
      !createValue(dendritic, definition->dendritic_delay,
                   makeKey(declaration, Stream::DendriticDelay),
                   "dendritic delay", step, 0, LongestDelay, shelf, error))
    return false;
  if (!hasConstantDelay())
    return true;
  int64_t total = axonal.constantWhole() + dendritic.constantWhole();
  return (total >= 1 && total <= LongestDelay) ||
         fail(error, ModelError, total < 1 ? "E0406" : "E0416",
              "the delay of `%s` is %" PRId64
              " steps; delays are 1 .. 65,535 steps",
              definition->path, total);
}

//===- Given edges --------------------------------------------------------===//

bool Connectivity::createList(Error &error) {
  uint64_t count = definition->count;
  const uint32_t *sources = definition->list_sources;
  const uint32_t *targets = definition->list_targets;
  if (!listBegin.resize(numSources() + 1) || !listOrder.resize(count))
    return outOfMemory(error, "a list of synapses");
  for (uint64_t edge = 0; edge < count; ++edge) {
    if (sources[edge] >= numSources() || targets[edge] >= numTargets())
      return fail(error, ModelError, "E0405",
                  "synapse %" PRIu64
                  " of the list of `%s` joins neuron %" PRIu32 " to %" PRIu32
                  ", but there are %" PRIu64 " sources and %" PRIu64 " targets",
                  edge, definition->path, sources[edge], targets[edge],
                  numSources(), numTargets());
    ++listBegin[sources[edge]];
  }
  // Counts to ends; placing from the back then leaves the beginnings.
  uint64_t end = 0;
  for (uint64_t &begin : listBegin)
    begin = end += begin;
  for (uint64_t edge = count; edge-- > 0;)
    listOrder[--listBegin[sources[edge]]] = edge;
  return true;
}

//===- Convolutions -------------------------------------------------------===//

/// Sizes of an axis stay below, so that sums of products of two have 64 bits.
constexpr uint64_t LargestAxis = uint64_t{1} << 31;

bool Connectivity::checkConvolution(Error &error) const {
  const snn_convolution *shape = definition->convolution;
  bool fits = shape && shape->groups && shape->source[0] && shape->target[0] &&
              shape->source[0] % shape->groups == 0 &&
              shape->target[0] % shape->groups == 0;
  auto product = [](const uint64_t *sizes) {
    uint64_t result;
    Checked all = Checked(sizes[0]) * Checked(sizes[1]) * Checked(sizes[2]);
    return all.get(result) ? result : UINT64_MAX;
  };
  fits = fits && product(shape->source) == numSources() &&
         product(shape->target) == numTargets();
  for (unsigned axis = 0; fits && axis < 2; ++axis)
    fits = shape->kernel[axis] && shape->kernel[axis] < LargestAxis &&
           shape->stride[axis] && shape->stride[axis] < LargestAxis &&
           shape->dilation[axis] && shape->dilation[axis] < LargestAxis &&
           shape->padding[axis] < LargestAxis;
  uint64_t entries;
  return (fits && (Checked(shape->source[0] / shape->groups) *
                   Checked(shape->target[0]) * Checked(shape->kernel[0]) *
                   Checked(shape->kernel[1]))
                      .get(entries, MostEdges)) ||
         fail(error, SNN_INTERNAL, "E0791",
              "the sizes of the convolution `%s` contradict one another",
              definition->path);
}

uint64_t Connectivity::kernelSize() const {
  const snn_convolution &shape = *definition->convolution;
  return shape.source[0] / shape.groups * shape.target[0] * shape.kernel[0] *
         shape.kernel[1];
}

bool Connectivity::createAxes(Error &error) {
  expected = static_cast<double>(kernelSize()); // of values that are drawn
  for (unsigned axis = 0; axis < 2; ++axis)
    if (!kernelAxes[axis].create(*definition->convolution, axis))
      return outOfMemory(error, "the places of a kernel");
  return true;
}

/// An entry has a synapse for each place of the output that it reaches.
bool Connectivity::countConvolution(Error &error) {
  const snn_convolution &shape = *definition->convolution;
  uint64_t size = kernelSize(), edges = 0, entry = 0;
  bool fits = true;
  while (entry < size)
    for (uint64_t v = 0; v < shape.kernel[0]; ++v)
      for (uint64_t u = 0; u < shape.kernel[1]; ++u, ++entry)
        if (hasEntry(entry))
          fits = fits && (Checked(edges) + Checked(kernelAxes[0].count(v)) *
                                               Checked(kernelAxes[1].count(u)))
                             .get(edges, MostEdges);
  expected = static_cast<double>(edges);
  return fits || fail(error, SNN_RESOURCE, "E0704",
                      "`%s` has more than 2^48 synapses", definition->path);
}

bool Connectivity::getKernel(Buffer<int32_t> &entries, Error &error) const {
  uint64_t size = kernelSize();
  if (!entries.resize(size))
    return outOfMemory(error, "a kernel");
  if (hasConstantWeight()) {
    for (int32_t &entry : entries)
      entry = static_cast<int32_t>(constantWeight());
    return true;
  }
  RowMaker values(nullptr, nullptr, error);
  values.serve(*this, {0, numTargets()});
  const int32_t *weights = values.weightsOfEdges(size);
  if (weights && size)
    memcpy(entries.data(), weights, size * sizeof(int32_t));
  return weights != nullptr;
}

//===- Places -------------------------------------------------------------===//

/// Sources whose targets are counted to know how many edges there will be.
constexpr uint64_t CountedSources = 256;

bool Connectivity::createGeometry(Error &error) {
  geometry.create(*definition);
  if (definition->rule != SNN_PLACE)
    return true;
  if (!geometry.tabulate())
    return outOfMemory(error, "the distances of a projection");
  uint64_t sources = numSources(), targets = numTargets();
  uint64_t counted = sources < CountedSources ? sources : CountedSources;
  double sum = 0;
  for (uint64_t i = 0; i < counted; ++i) {
    uint64_t source = sources * i / counted;
    for (uint64_t target = 0; target < targets; ++target)
      sum += geometry.probability(source, target);
  }
  expected = counted == 0 ? 0
                          : sum / static_cast<double>(counted) *
                                static_cast<double>(sources);
  return true;
}

//===- Generating ---------------------------------------------------------===//

static bool makeDrawnRows(RowMaker &rows, const DrawnRule &rule,
                          Range sources) {
  struct Context {
    RowMaker &rows;
    const DrawnRule &rule;
  } context{rows, rule};
  return rule.countRows(
      rows.connectivity(), sources,
      rows.connectivity().tiles().covering(rows.wanted()),
      [](void *opaque, const RowCount &row) {
        auto &[rows, rule] = *static_cast<Context *>(opaque);
        uint32_t *targets = rows.targetsOfRow(row.count + 3);
        if (!targets)
          return false;
        rule.fillTargets(rows.connectivity(), row, targets);
        return rows.finishDrawn(row);
      },
      &context);
}

bool Connectivity::forEachRow(Range sources, Range targets,
                              RowConsumer consumer, void *context,
                              Error &error) const {
  sources.end = sources.end < numSources() ? sources.end : numSources();
  targets.end = targets.end < numTargets() ? targets.end : numTargets();
  if (sources.empty() || targets.empty())
    return true;
  RowMaker rows(consumer, context, error);
  rows.serve(*this, targets);
  if (const DrawnRule *rule = drawnRule())
    return makeDrawnRows(rows, *rule, sources);
  switch (definition->rule) {
  case SNN_ONE_TO_ONE:
    return connectOneToOne(rows, sources);
  case SNN_ALL_TO_ALL:
    return connectAllToAll(rows, sources);
  case SNN_LIST:
    return connectByList(rows, sources);
  case SNN_CONVOLUTION:
    return connectByConvolution(rows, sources);
  case SNN_PLACE:
    return connectByPlace(rows, sources);
  default:
    return connectTargets(rows, sources);
  }
}
