//===- Split.cpp - Neurons that send to more than one can -----------------===//
//
// Where a relay sends on what had the delay d, it gets the spike with the delay
// a and sends with d - a - 1: the target sees the sum, as a relay spikes in the
// tick in which the spike arrives. All relays of a neuron get it with the least
// d less one, so that they may have relays themselves.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Map/Split.h"

#include <algorithm>
#include <tuple>

namespace snn::target::cores {

Split::Split(const CodedNetwork &coded, const lang::checked::Chip &chip)
    : given(coded), chip(chip) {
  if (!chip.isProgrammed() && chip.words.at("timing") == "synchronous")
    relay = Probe(chip).relay();
}

int64_t Split::number(const char *name) const {
  auto found = chip.numbers.find(name);
  return found == chip.numbers.end() ? emulator::Unknown : found->second;
}

std::vector<double> Split::spread(const std::vector<double> &values) const {
  auto lines = values.begin() + given.numNeurons;
  std::vector<double> all(values.begin(), lines);
  for (const Helper &helper : helpers_)
    all.push_back(values[helper.of]);
  all.insert(all.end(), lines, values.end());
  return all;
}

/// The rows of coded(), to be changed.
void Split::open() {
  if (!isChanged)
    made = given;
  isChanged = true;
  rows.assign(made.numNeurons, {});
  lineRows.assign(made.numLines, {});
  for (uint32_t source = 0; source < made.edges.numRows(); ++source) {
    std::span<const CodedEdge> row = made.edges[source];
    (source < made.numNeurons ? rows[source]
                              : lineRows[source - made.numNeurons])
        .assign(row.begin(), row.end());
  }
}

void Split::close() {
  made.numNeurons = static_cast<uint32_t>(rows.size());
  made.edges = {};
  auto put = [&](Row &row) {
    std::ranges::sort(row, {}, [](const CodedEdge &edge) {
      return std::tuple(edge.target, edge.delay, edge.type);
    });
    for (const CodedEdge &edge : row)
      made.edges.push(edge);
    made.edges.endRow();
  };
  std::ranges::for_each(rows, put);
  std::ranges::for_each(lineRows, put);
  rows.clear();
  lineRows.clear();
}

/// Synapses onto a neuron.
uint64_t Split::countInputs(uint32_t neuron) const {
  uint64_t count = 0;
  for (const std::vector<Row> *list : {&rows, &lineRows})
    for (const Row &row : *list)
      count += static_cast<uint64_t>(std::ranges::count(
          row, neuron, [](const CodedEdge &edge) { return edge.target; }));
  return count;
}

uint32_t Split::addHelper(const Helper &helper) {
  size_t parameters = chip.parameters.size(), registers = chip.registers.size(),
         types = made.tables.size() / std::max<size_t>(made.numNeurons, 1);
  auto append = [](auto &to, const auto &values) {
    to.insert(to.end(), values.begin(), values.end());
  };
  auto copy = [&](auto &list, size_t each) {
    for (size_t i = 0; i < each; ++i)
      list.push_back(list[helper.of * each + i]);
  };
  if (helper.isRelay) {
    append(made.parameters, relay->parameters);
    append(made.initial, std::vector<int32_t>(registers));
    append(made.tables,
           std::vector<int16_t>(types, static_cast<int16_t>(relay->weight)));
  } else {
    copy(made.parameters, parameters);
    copy(made.initial, registers);
    copy(made.tables, types);
  }
  helpers_.push_back(helper);
  rows.emplace_back();
  return made.numNeurons++;
}

void Split::addRelays(uint32_t neuron, Row late, uint64_t each) {
  uint16_t least = UINT16_MAX;
  for (const CodedEdge &edge : late)
    least = std::min(least, edge.delay);
  auto wait = static_cast<uint16_t>(least - 1);
  uint32_t before =
      neuron < given.numNeurons ? 0 : helpers_[neuron - given.numNeurons].late;
  for (uint64_t first = 0; first < late.size(); first += each) {
    uint32_t one = addHelper({root(neuron), true, before + wait + 1});
    rows[neuron].push_back({one, static_cast<int16_t>(relay->weight), 0, wait});
    for (uint64_t i = first; i < std::min<uint64_t>(first + each, late.size());
         ++i) {
      CodedEdge edge = late[i];
      edge.delay = static_cast<uint16_t>(edge.delay - least);
      rows[one].push_back(edge);
    }
  }
}

void Split::addReplicas(uint32_t neuron, uint64_t parts) {
  Row all = std::move(rows[neuron]);
  uint64_t each = (all.size() + parts - 1) / parts;
  rows[neuron].assign(all.begin(), all.begin() + static_cast<int64_t>(each));
  std::vector<uint32_t> replicas;
  for (uint64_t first = each; first < all.size(); first += each) {
    bool isRelay = neuron >= given.numNeurons &&
                   helpers_[neuron - given.numNeurons].isRelay;
    uint32_t before = isRelay ? helpers_[neuron - given.numNeurons].late : 0;
    uint32_t one = addHelper({root(neuron), isRelay, before});
    replicas.push_back(one);
    uint64_t last = std::min<uint64_t>(first + each, all.size());
    rows[one].assign(all.begin() + static_cast<int64_t>(first),
                     all.begin() + static_cast<int64_t>(last));
  }
  // Whoever sends to the neuron sends to them as well; itself, perhaps.
  for (std::vector<Row> *list : {&rows, &lineRows})
    for (Row &row : *list)
      for (size_t i = 0, size = row.size(); i < size; ++i)
        if (row[i].target == neuron)
          for (uint32_t replica : replicas) {
            CodedEdge edge = row[i];
            edge.target = replica;
            row.push_back(edge);
          }
}

/// Into so many parts at least, two or more.
void Split::divideOne(uint32_t neuron, uint64_t parts) {
  Row &row = rows[neuron];
  uint64_t each = (row.size() + parts - 1) / parts;
  auto isLate = [](const CodedEdge &edge) { return edge.delay > 0; };
  Row late;
  std::ranges::copy_if(row, std::back_inserter(late), isLate);
  uint64_t numRelays = (late.size() + each - 1) / each;
  // In axons, and in slots of those who send to them.
  uint64_t ofReplicas = (parts - 1) * countInputs(neuron);
  if (relay && numRelays > 0 &&
      row.size() - late.size() + numRelays < row.size() &&
      numRelays <= ofReplicas) {
    std::erase_if(row, isLate);
    addRelays(neuron, std::move(late), each);
    return;
  }
  auto hurried = std::ranges::find_if_not(row, isLate);
  if (relay && hurried != row.end() && parts <= ofReplicas && !hurried_)
    hurried_ = Hurried{root(neuron), root(hurried->target),
                       neuron < given.numNeurons
                           ? 0
                           : helpers_[neuron - given.numNeurons].late};
  addReplicas(neuron, parts);
}

bool Split::divide(std::span<const std::pair<uint32_t, uint64_t>> neurons,
                   uint64_t capacity) {
  auto isOne = [&](const auto &one) {
    return coded().edges[one.first].size() < 2;
  };
  // What has a slot for each neuron of the chip is not divided further.
  uint64_t most = static_cast<uint64_t>(number("columns")) *
                  static_cast<uint64_t>(number("rows")) *
                  static_cast<uint64_t>(number("cores_per_router")) * capacity;
  if (capacity == 0 || chip.words.at("axon_source") == "neuron" ||
      coded().numNeurons >= most || std::ranges::any_of(neurons, isOne))
    return false;
  open();
  // Parts that fill half a core each, so that others have room beside them.
  for (auto [neuron, slots] : neurons)
    divideOne(neuron,
              std::clamp<uint64_t>((2 * slots + capacity - 1) / capacity, 2,
                                   rows[neuron].size()));
  close();
  return true;
}

} // namespace snn::target::cores
