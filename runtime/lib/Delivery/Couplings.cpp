//===- Couplings.cpp - Sums over the states of sources --------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/Couplings.h"

#include "runtime/lib/Core/Memory.h"
#include "runtime/lib/Core/Slice.h"

using namespace snn::runtime;

bool Couplings::create(const snn_model &definition, uint32_t threads,
                       Error &error) {
  model = &definition;
  uint64_t count = 0, reads = 0;
  for (uint32_t p = 0; p < model->num_projections; ++p)
    if (const snn_coupling *coupling = model->projections[p].coupling) {
      ++count;
      reads += coupling->num_reads;
    }
  if (!items.create(count) || !published.create(reads))
    return outOfMemory(error, "the coupled neurons");
  uint64_t next = 0;
  for (uint32_t p = 0; p < model->num_projections; ++p) {
    if (!model->projections[p].coupling)
      continue;
    Item &item = items[next++];
    item.projection = p;
    if (!item.connectivity.create(model->projections[p], model->step,
                                  model->seeds.network, shelf, error))
      return false;
    item.expected = static_cast<uint64_t>(item.connectivity.expectedEdges());
    if (!item.rows.create(threads) || !findPublished(item))
      return outOfMemory(error, "the coupled neurons");
  }
  return true;
}

bool Couplings::findPublished(Item &item) {
  const snn_coupling &coupling = couplingOf(item);
  uint32_t source = model->projections[item.projection].source.population;
  uint32_t element = model->populations[targetOf(item)].element;
  for (uint32_t r = 0; r < coupling.num_reads; ++r) {
    uint32_t found = 0;
    while (found < numPublished &&
           (published[found].population != source ||
            published[found].field != coupling.reads[r] ||
            published[found].element != element))
      ++found;
    if (found == numPublished) {
      Published &made = published[numPublished++];
      made.population = source;
      made.field = coupling.reads[r];
      made.element = element;
      made.bytes = model->populations[source].size * elementBytes(element);
    }
    if (!item.published.push(found))
      return false;
  }
  return true;
}

bool Couplings::allocate(Error &error) {
  bool fits = true;
  for (int parity : {0, 1}) {
    for (uint32_t i = 0; i < numPublished && fits; ++i)
      fits = published[i].copies[parity].resize(published[i].bytes);
    for (Item &item : items)
      for (uint32_t read : item.published)
        fits = fits &&
               item.reads[parity].push(published[read].copies[parity].data());
  }
  return fits || outOfMemory(error, "the coupled neurons");
}

bool Couplings::acts(uint32_t population) const {
  for (const Item &item : items)
    if (targetOf(item) == population)
      return true;
  return false;
}

//===----------------------------------------------------------------------===//
// Synapses
//===----------------------------------------------------------------------===//

namespace {

struct Edge {
  uint32_t source, target; // neurons of their populations
  double weight;
};

struct Collected {
  const Connectivity &connectivity;
  Buffer<Edge> edges;
  bool fits = true;
};

bool collect(void *context, const Row &row) {
  auto &all = *static_cast<Collected *>(context);
  const snn_projection &projection = all.connectivity.projection();
  auto source =
      static_cast<uint32_t>(sliceNeuron(projection.source, row.source));
  for (uint32_t j = 0; j < row.count; ++j) {
    double weight = row.weights
                        ? readElement(row.weights, projection.weight_element, j)
                        : all.connectivity.constantRealWeight();
    all.fits = all.fits && all.edges.push({source, row.targets[j], weight});
  }
  return all.fits;
}

/// Stable, by counting; `begins` are those of each key.
template <typename KeyOf>
bool sortEdges(Buffer<Edge> &edges, uint64_t keys, KeyOf keyOf,
               Buffer<uint64_t> &begins) {
  Buffer<Edge> sorted;
  begins.clear();
  if (!sorted.resize(edges.size()) || !begins.resize(keys + 1))
    return false;
  for (const Edge &edge : edges)
    ++begins[keyOf(edge)];
  uint64_t end = 0;
  for (uint64_t &begin : begins)
    begin = end += begin;
  for (uint64_t i = edges.size(); i-- > 0;)
    sorted[--begins[keyOf(edges[i])]] = edges[i];
  edges = static_cast<Buffer<Edge> &&>(sorted);
  return true;
}

} // namespace

bool Couplings::buildRows(const Item &item, const Population &target,
                          Rows &rows, Error &error) {
  const snn_projection &projection = model->projections[item.projection];
  const Connectivity &connectivity = item.connectivity;
  Collected all = {connectivity, {}};
  Range targets = sliceIndices(projection.target, rows.neurons);
  if (!connectivity.forEachRow({0, connectivity.numSources()}, targets, collect,
                               &all, error) &&
      all.fits)
    return false;
  uint64_t sources = model->populations[projection.source.population].size;
  Range neurons = rows.neurons;
  uint64_t bytes = elementBytes(target.model().element);
  Buffer<uint64_t> ignored;
  if (!all.fits ||
      !sortEdges(
          all.edges, sources, [](const Edge &edge) { return edge.source; },
          ignored) ||
      !sortEdges(
          all.edges, neurons.size(),
          [&](const Edge &edge) { return edge.target - neurons.begin; },
          rows.begins) ||
      !rows.sources.resize(all.edges.size()) ||
      !rows.weights.resize(all.edges.size() * bytes))
    return outOfMemory(error, "the coupled neurons");
  for (uint64_t i = 0; i < all.edges.size(); ++i) {
    rows.sources[i] = all.edges[i].source;
    writeElement(rows.weights.data(), target.model().element, i,
                 all.edges[i].weight);
  }
  return true;
}

bool Couplings::build(const ObjectArray<Population> &populations,
                      uint32_t thread, Error &error) {
  for (Item &item : items) {
    const Population &target = populations[targetOf(item)];
    Rows &rows = item.rows[thread];
    rows.neurons = target.range(thread);
    if (rows.neurons.end > target.size()) // not the padding
      rows.neurons.end = target.size();
    if (rows.neurons.begin < rows.neurons.end &&
        !buildRows(item, target, rows, error))
      return false;
  }
  return true;
}

uint64_t Couplings::numSynapses() const {
  uint64_t sum = 0;
  for (const Item &item : items)
    for (const Rows &rows : item.rows)
      sum += rows.sources.size();
  return sum;
}

void Couplings::estimate(snn_memory &memory, LargestProjections &largest,
                         uint64_t &temporary) const {
  auto add = [&](uint64_t bytes) {
    if (__builtin_add_overflow(memory.synapses, bytes, &memory.synapses))
      memory.synapses = UINT64_MAX;
  };
  for (uint32_t i = 0; i < numPublished; ++i)
    add(2 * published[i].bytes);
  for (const Item &item : items) {
    const snn_population &target = model->populations[targetOf(item)];
    uint64_t synapse = sizeof(uint32_t) + elementBytes(target.element);
    uint64_t bytes = item.expected * synapse + target.size * sizeof(uint64_t);
    add(bytes);
    largest.add(model->projections[item.projection].path, item.expected, bytes);
    if (__builtin_add_overflow(memory.expected_synapses, item.expected,
                               &memory.expected_synapses))
      memory.expected_synapses = UINT64_MAX;
    // Edges before and after they are sorted, when there are no rows yet.
    uint64_t building = item.expected * (2 * sizeof(Edge) - synapse);
    temporary = building > temporary ? building : temporary;
  }
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

void Couplings::publish(const ObjectArray<Population> &populations,
                        uint32_t thread, uint64_t step) {
  for (uint32_t i = 0; i < numPublished; ++i) {
    Published &one = published[i];
    const Population &population = populations[one.population];
    uint32_t element = population.model().fields[one.field].element;
    const void *from = population.fields(thread)[one.field];
    void *to = one.copies[step & 1].data();
    Range range = population.range(thread);
    if (range.end > population.size())
      range.end = population.size();
    if (range.begin >= range.end)
      continue;
    uint64_t bytes = elementBytes(element);
    if (element == one.element)
      memcpy(static_cast<char *>(to) + range.begin * bytes,
             static_cast<const char *>(from) + range.begin * bytes,
             range.size() * bytes);
    else
      for (uint64_t n = range.begin; n < range.end; ++n)
        writeElement(to, one.element, n, readElement(from, element, n));
  }
}

void Couplings::couple(const ObjectArray<Population> &populations,
                       uint32_t thread, uint64_t step) const {
  for (const Item &item : items) {
    const Population &target = populations[targetOf(item)];
    const snn_coupling &coupling = couplingOf(item);
    Range range = item.rows[thread].neurons;
    uint64_t bytes = elementBytes(target.model().element);
    for (uint32_t s = 0; s < coupling.num_sums && !range.empty(); ++s)
      memset(static_cast<char *>(target.fields(thread)[coupling.sums[s]]) +
                 range.begin * bytes,
             0, range.size() * bytes);
  }
  for (const Item &item : items) {
    const Population &target = populations[targetOf(item)];
    const snn_coupling &coupling = couplingOf(item);
    const Rows &rows = item.rows[thread];
    if (rows.neurons.empty())
      continue;
    coupling.couple(target.fields(thread), target.constants(),
                    item.reads[step & 1].data(), rows.begins.data(),
                    rows.sources.data(), rows.weights.data(),
                    rows.neurons.begin, rows.neurons.end);
  }
}
