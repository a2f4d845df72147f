//===- CoreText.cpp - A mapped network in the core dialect ----------------===//
//
// Replicas and relays are populations of their own, behind those of the
// network: as many of one kind and of one population as follow each other.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Text/CoreText.h"

#include "dialects/Core/IR/Ops.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/IR/Verifier.h"
#include "llvm/Support/raw_ostream.h"

#include <map>
#include <numeric>

using namespace mlir;

namespace snn::target::cores {

namespace {

/// Neurons of the text's populations, numbered through all of them.
struct Group {
  std::string name;
  uint32_t first = 0, size = 0;
  uint32_t population = 0; // of the network, which gives state and scale
};

class Writer {
public:
  Writer(MLIRContext &context, const Network &network,
         const CodedNetwork &given, const Mapping &mapping,
         const std::vector<double> &rates, const lang::checked::Chip &chip,
         const emulator::Image &image)
      : builder(&context), network(network), given(given),
        coded(mapping.split ? *mapping.split : given), mapping(mapping),
        rates(rates), chip(chip), image(image) {}
  OwningOpRef<ModuleOp> write(const std::string &name);

private:
  OpBuilder builder;
  const Network &network;
  const CodedNetwork &given, &coded;
  const Mapping &mapping;
  const std::vector<double> &rates;
  const lang::checked::Chip &chip;
  const emulator::Image &image;
  std::vector<Group> groups;

  Location nowhere() { return builder.getUnknownLoc(); }
  void listGroups();
  void writeChip();
  void writePopulation(const Group &group);
  void writeInput(const std::string &name, uint32_t first, uint32_t size);
  void writeSynapses();
  void writeCore(uint32_t number);
  void writeSlots(uint32_t number);
  SmallVector<int64_t> at(uint32_t number) const;

  template <typename T>
  ElementsAttr list(ArrayRef<T> numbers, Type element) {
    return DenseElementsAttr::get(
        RankedTensorType::get({static_cast<int64_t>(numbers.size())}, element),
        numbers);
  }
  ElementsAttr wholeNumbers(ArrayRef<int32_t> numbers) {
    return list(numbers, builder.getI32Type());
  }
  DictionaryAttr codes(const std::vector<lang::checked::ChipNumber> &names,
                       const std::vector<int32_t> &all, const Group &group);
  bool ownAxons() const { return chip.words.at("axon_source") == "neuron"; }
  bool isTable() const { return chip.words.at("weights") == "table"; }
};

} // namespace

void Writer::listGroups() {
  uint32_t index = 0;
  for (const Population &p : network.populations)
    groups.push_back({p.name, p.first, p.size, index++});
  std::map<std::string, uint32_t> taken;
  std::string last;
  for (uint32_t i = 0; i < mapping.helpers.size(); ++i) {
    const Helper &helper = mapping.helpers[i];
    const Population &p = network.of(helper.of);
    std::string kind = p.name + (helper.isRelay ? ".relays" : ".replicas");
    if (i == 0 || kind != last) {
      auto of = static_cast<uint32_t>(&p - network.populations.data());
      uint32_t run = taken[kind]++;
      groups.push_back({run ? kind + "." + std::to_string(run) : kind,
                        network.numNeurons + i, 0, of});
    }
    ++groups.back().size;
    last = kind;
  }
}

void Writer::writeChip() {
  NamedAttrList words, numbers;
  for (const auto &[name, word] : chip.words)
    words.append(name, builder.getStringAttr(word));
  for (const auto &[name, number] : chip.numbers)
    numbers.append(name, builder.getI64IntegerAttr(number));
  MLIRContext *context = builder.getContext();
  auto op = core::ChipOp::create(builder, nowhere(), chip.name,
                                 words.getDictionary(context),
                                 numbers.getDictionary(context));
  auto inside = OpBuilder::atBlockEnd(&op.getBody().front());
  for (const lang::checked::ChipNumber &one : chip.registers)
    core::RegisterOp::create(inside, nowhere(), one.name, one.low, one.high,
                             one.wraps);
  for (const lang::checked::ChipNumber &one : chip.parameters)
    core::ParameterOp::create(inside, nowhere(), one.name, one.low, one.high);
}

DictionaryAttr
Writer::codes(const std::vector<lang::checked::ChipNumber> &names,
              const std::vector<int32_t> &all, const Group &group) {
  NamedAttrList named;
  std::vector<int32_t> column(group.size);
  for (size_t i = 0; i < names.size(); ++i) {
    for (uint32_t n = 0; n < group.size; ++n)
      column[n] = all[(group.first + n) * names.size() + i];
    named.append(names[i].name, wholeNumbers(column));
  }
  return named.getDictionary(builder.getContext());
}

void Writer::writePopulation(const Group &group) {
  DenseI64ArrayAttr weights;
  if (!coded.tables.empty()) {
    // One table is for all neurons of a population.
    size_t types = coded.tables.size() / coded.numNeurons;
    auto first =
        coded.tables.begin() + static_cast<ptrdiff_t>(group.first * types);
    weights = builder.getDenseI64ArrayAttr(
        SmallVector<int64_t>(first, first + static_cast<ptrdiff_t>(types)));
  }
  std::vector<double> spikes;
  std::vector<int32_t> copies, routes;
  for (uint32_t n = group.first; n < group.first + group.size; ++n) {
    spikes.push_back(rates[mapping.root(n)]);
    copies.push_back(static_cast<int32_t>(mapping.copies[n]));
    uint32_t first = mapping.place[n];
    routes.push_back(static_cast<int32_t>(
        image.firstRoute[first + mapping.copies[n]] - image.firstRoute[first]));
  }
  bool isCopied = llvm::any_of(copies, [](int32_t n) { return n > 1; });
  const Population &p = network.populations[group.population];
  core::PopulationOp::create(
      builder, nowhere(), group.name, int64_t{group.size}, p.potential,
      APFloat(given.losses[group.population].scale),
      codes(chip.parameters, coded.parameters, group),
      codes(chip.registers, coded.initial, group), weights,
      list(ArrayRef(spikes), builder.getF64Type()),
      isCopied ? wholeNumbers(copies) : ElementsAttr(), wholeNumbers(routes));
}

void Writer::writeInput(const std::string &name, uint32_t first,
                        uint32_t size) {
  std::vector<double> spikes;
  std::vector<int32_t> routes;
  for (uint32_t line = first; line < first + size; ++line) {
    spikes.push_back(rates[network.numNeurons + line]);
    routes.push_back(static_cast<int32_t>(image.endInputRoute(line) -
                                          image.inputs[line].firstRoute));
  }
  core::InputOp::create(builder, nowhere(), name, int64_t{size},
                        list(ArrayRef(spikes), builder.getF64Type()),
                        wholeNumbers(routes));
}

void Writer::writeSynapses() {
  auto number = static_cast<int64_t>(coded.edges.size());
  ElementsAttr all;
  if (number <= MostInText) {
    std::vector<int32_t> numbers;
    for (uint32_t source = 0; source < coded.edges.numRows(); ++source)
      for (const CodedEdge &edge : coded.edges[source])
        numbers.insert(numbers.end(), {static_cast<int32_t>(source),
                                       static_cast<int32_t>(edge.target),
                                       edge.weight, edge.type, edge.delay});
    all = DenseElementsAttr::get(
        RankedTensorType::get({number, core::NumColumns}, builder.getI32Type()),
        ArrayRef(numbers));
  }
  core::SynapsesOp::create(builder, nowhere(), number, all, ElementsAttr(),
                           ElementsAttr());
}

SmallVector<int64_t> Writer::at(uint32_t number) const {
  uint32_t each = image.chip.coresPerRouter, place = image.cores[number].place,
           router = place / each;
  if (image.chip.order == emulator::RouterOrder::Rows)
    return {router % image.chip.columns, router / image.chip.columns,
            place % each};
  return {router / image.chip.rows, router % image.chip.rows, place % each};
}

/// Neurons lie on a core in the order of their numbers.
void Writer::writeSlots(uint32_t number) {
  uint32_t begin = image.cores[number].firstNeuron,
           end = image.endNeuron(number);
  int64_t next = 0;
  for (const Group &group : groups) {
    SmallVector<int64_t> ends;
    int64_t from = next;
    for (uint32_t n = 0; n < group.size; ++n) {
      uint32_t place = mapping.place[group.first + n];
      if (place < begin || place >= end)
        continue;
      if (!ends.empty() && ends.back() + 1 == n)
        ends.back() = n;
      else
        ends.append({n, n});
      next += mapping.copies[group.first + n];
    }
    if (!ends.empty())
      core::SlotsOp::create(builder, nowhere(), group.name, ends,
                            builder.getI64IntegerAttr(from));
  }
  if (!ownAxons())
    return;
  auto lines = [&](const std::string &name, uint32_t size) {
    if (size == 0)
      return;
    core::SlotsOp::create(builder, nowhere(), name,
                          ArrayRef<int64_t>{0, int64_t{size} - 1},
                          builder.getI64IntegerAttr(next));
    next += size;
  };
  for (const Source &source : network.sources)
    lines(source.name, source.size);
  for (const Drive &drive : network.drives)
    lines(drive.path, drive.size);
}

void Writer::writeCore(uint32_t number) {
  auto op = core::CoreOp::create(builder, nowhere(), int64_t{number});
  op.setAt(at(number));
  const emulator::Core &begin = image.cores[number];
  uint32_t endAxon = image.endAxon(number);
  auto types = static_cast<size_t>(isTable() ? chip.numbers.at("weight_types")
                                             : chip.receptors());
  SmallVector<int64_t> axons(types), synapses(types);
  int64_t used = 0;
  for (uint32_t axon = begin.firstAxon; axon < endAxon; ++axon) {
    auto type = static_cast<size_t>(isTable() ? image.axonGroups[axon]
                                              : image.receptorOf(axon));
    uint64_t row = image.firstSynapse[axon + 1] - image.firstSynapse[axon];
    ++axons[type];
    synapses[type] += static_cast<int64_t>(row);
    used += row > 0;
  }
  op.setAxons(axons);
  op.setRoutes(static_cast<int64_t>(image.firstRoute[image.endNeuron(number)] -
                                    image.firstRoute[begin.firstNeuron]));
  op.setSynapses(synapses);
  auto bits = std::accumulate(synapses.begin(), synapses.end(), int64_t{0});
  // Weights that a type stands for are not in the memory.
  if (!isTable())
    bits = bits * chip.numbers.at("bits_per_synapse") +
           used * chip.numbers.at("bits_per_axon");
  op.setBits(bits);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(&op.getBody().front());
  writeSlots(number);
}

OwningOpRef<ModuleOp> Writer::write(const std::string &name) {
  OwningOpRef<ModuleOp> module = ModuleOp::create(nowhere());
  builder.setInsertionPointToEnd(module->getBody());
  auto op = core::NetworkOp::create(builder, nowhere(), name);
  op.setCoresBound(int64_t{mapping.report.coresBound});
  op.setMessagesBoundAttr(
      builder.getF64FloatAttr(mapping.report.messagesBound));
  builder.setInsertionPointToEnd(&op.getBody().front());
  listGroups();
  writeChip();
  for (const Group &group : groups)
    writePopulation(group);
  for (const Source &source : network.sources)
    writeInput(source.name, source.first, source.size);
  for (const Drive &drive : network.drives)
    writeInput(drive.path, drive.first, drive.size);
  writeSynapses();
  for (const auto &[resource, cores] : mapping.report.boundsByResource)
    core::BoundOp::create(builder, nowhere(), resource, int64_t{cores});
  for (uint32_t number = 0; number < image.cores.size(); ++number)
    writeCore(number);
  return module;
}

CoreText textOf(const std::string &name, const Network &network,
                const CodedNetwork &coded, const Mapping &mapping,
                const std::vector<double> &rates,
                const lang::checked::Chip &chip, const emulator::Image &image) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  context.loadDialect<core::CoreDialect>();
  CoreText result;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    if (result.broken.empty())
      result.broken = diagnostic.str();
    return success();
  });
  OwningOpRef<ModuleOp> module =
      Writer(context, network, coded, mapping, rates, chip, image).write(name);
  if (failed(verify(*module)))
    return result;
  llvm::raw_string_ostream stream(result.text);
  module->print(stream,
                OpPrintingFlags()
                    .elideLargeElementsAttrs(MostInText * core::NumColumns)
                    .printLargeElementsAttrWithHex(-1));
  return result;
}

} // namespace snn::target::cores
