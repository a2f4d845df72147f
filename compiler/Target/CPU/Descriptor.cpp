//===- Descriptor.cpp - The tables of a compiled model --------------------===//
//
// One function for each structure of snn/abi.h, its members in their order.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/CPU/Descriptor.h"

#include "compiler/Conversion/SimToLLVM/Cells.h"
#include "compiler/Conversion/SimToLLVM/Kernels.h"
#include "compiler/Conversion/SimToLLVM/Layout.h"
#include "compiler/Target/CPU/ConstantTable.h"
#include "dialects/Sim/IR/Rests.h"
#include "dialects/Spiking/IR/Geometry.h"
#include "dialects/Spiking/IR/Rewire.h"
#include "dialects/Spiking/IR/RuleSums.h"
#include "snn/abi.h"

#include "llvm/ADT/MapVector.h"

#include <map>

using llvm::Constant;
using llvm::SmallVector;
using llvm::StringRef;
using namespace snn::sim;
using snn::spiking::RuleAttr;
using snn::spiking::SliceAttr;
using snn::spiking::ValueAttr;

namespace snn::target::cpu {

namespace {
class Descriptor {
public:
  Descriptor(ModelOp model, llvm::Module &module)
      : model(model), module(module), table(module), cells(model) {}
  void emit();

private:
  Constant *value(ValueAttr value);
  Constant *noValue() {
    return value(ValueAttr::constant(model.getContext(), 0));
  }
  Constant *slice(StringRef population, std::optional<SliceAttr> slice);

  void numberPopulations();
  Constant *field(mlir::Operation *array);
  Constant *population(PopulationOp op);
  Constant *population(PoissonSourceOp op);
  Constant *population(TrainSourceOp op);
  Constant *population(ConditionSourceOp op);
  Constant *lattice(const spiking::Lattice &lattice);
  Constant *geometry(ProjectionOp op, const spiking::Geometry &geometry);
  Constant *projection(ProjectionOp op);
  Constant *plasticity(PlasticityOp op);
  Constant *coupling(CouplingOp op);
  Constant *drive(DriveOp op);
  Constant *stimulus(StimulusOp op);
  Constant *record(RecordSpikesOp op);
  Constant *record(RecordFieldOp op);
  Constant *record(RecordSynapsesOp op);
  Constant *changes(uint32_t &count);
  Constant *change(uint64_t step, snn_change_kind kind, uint32_t population,
                   uint32_t parameter, double value);

  /// The function that `op` names for a member; null if none.
  Constant *function(mlir::Operation *op, StringRef member);
  const Layout &layoutOf(StringRef population) {
    return cells.layoutOf(population);
  }
  uint32_t indexOf(StringRef population) { return indices.at(population); }
  uint32_t fileOf(StringRef path);
  StringRef textAttr(StringRef name, StringRef otherwise);

  template <typename... OpTs, typename EmitT>
  Constant *all(StringRef name, uint32_t &count, EmitT emit);

  ModelOp model;
  llvm::Module &module;
  ConstantTable table;
  llvm::StringMap<uint32_t> indices;
  llvm::StringMap<uint64_t> sizes;
  Cells cells;
  llvm::StringMap<PlasticityOp> rules;   // by projection
  llvm::StringMap<CouplingOp> couplings; // likewise
  llvm::StringMap<uint32_t> projectionIndices;
  llvm::MapVector<StringRef, uint32_t> files;
  llvm::DenseMap<mlir::Attribute, Constant *> geometries;
};
} // namespace

//===----------------------------------------------------------------------===//
// Values and slices
//===----------------------------------------------------------------------===//

Constant *Descriptor::value(ValueAttr value) {
  // enum snn_value_kind has the attribute's order.
  static_assert(SNN_CONSTANT == unsigned(spiking::ValueKind::Constant) &&
                SNN_NORMAL == unsigned(spiking::ValueKind::Normal) &&
                SNN_OF_PLACE == unsigned(spiking::ValueKind::OfPlace));
  SmallVector<double> data;
  uint64_t count = 0;
  if (value.getValues()) {
    data.append(value.getValues().asArrayRef().begin(),
                value.getValues().asArrayRef().end());
    count = data.size();
  }
  double sum = 0;
  if (value.getProbabilities())
    for (double p : value.getProbabilities().asArrayRef())
      data.push_back(sum += p);
  return table.structure({table.u32(unsigned(value.getKind())), table.u32(0),
                          table.f64(value.getA().convertToDouble()),
                          table.f64(value.getB().convertToDouble()),
                          table.f64(value.getRedrawLow().convertToDouble()),
                          table.f64(value.getRedrawHigh().convertToDouble()),
                          table.f64(value.getClipLow().convertToDouble()),
                          table.f64(value.getClipHigh().convertToDouble()),
                          table.data(llvm::ArrayRef<double>(data), "values"),
                          table.u64(count)});
}

Constant *Descriptor::slice(StringRef population,
                            std::optional<SliceAttr> slice) {
  uint64_t first = 0, count = sizes.at(population), stride = 1;
  if (slice) {
    first = slice->getFirst();
    count = slice->getCount();
    stride = slice->getStride();
  }
  return table.structure({table.u32(indexOf(population)), table.u32(0),
                          table.u64(first), table.u64(count),
                          table.u64(stride)});
}

Constant *Descriptor::function(mlir::Operation *op, StringRef member) {
  auto functions = op->getAttrOfType<mlir::DictionaryAttr>("functions");
  auto name = functions ? functions.getAs<mlir::FlatSymbolRefAttr>(member)
                        : mlir::FlatSymbolRefAttr();
  return table.function(name ? name.getValue() : "");
}

//===----------------------------------------------------------------------===//
// Populations
//===----------------------------------------------------------------------===//

static uint32_t elementOf(mlir::Type type) {
  if (type.isF32())
    return SNN_F32;
  if (type.isF64())
    return SNN_F64;
  return type.isInteger(32) ? SNN_I32 : SNN_I64;
}

static uint32_t roleOf(FieldOp field) {
  switch (field.getRole()) {
  case Role::State:
    return SNN_STATE;
  case Role::Derived:
    return isWhereStatesRest(field) ? SNN_REST : SNN_DERIVED;
  case Role::Sum:
    return SNN_SUM;
  case Role::Countdown:
    return SNN_COUNTDOWN;
  case Role::Observer:
    return SNN_OBSERVER;
  }
  llvm_unreachable("covered switch");
}

namespace {
/// What an snn_field says besides its element.
struct FieldMembers {
  StringRef name, unit;
  uint32_t role;
};
} // namespace

static FieldMembers membersOf(mlir::Operation *array) {
  if (auto field = llvm::dyn_cast<FieldOp>(array))
    return {field.getSymName(), field.getUnit(), roleOf(field)};
  if (auto parameter = llvm::dyn_cast<ParameterOp>(array))
    return {parameter.getSymName(), parameter.getUnit(), SNN_PARAMETER};
  auto input = llvm::cast<InputOp>(array);
  return {input.getSymName(), "1",
          static_cast<uint32_t>(input.getCoupled() ? SNN_COUPLED : SNN_INPUT)};
}

Constant *Descriptor::field(mlir::Operation *array) {
  FieldMembers members = membersOf(array);
  return table.structure({table.text(members.name), table.text(members.unit),
                          table.u32(elementOf(Layout::getArrayType(array))),
                          table.u32(members.role), table.f64(1)});
}

/// The first place in a file that an operation comes from.
static mlir::FileLineColLoc placeOf(mlir::Operation *op) {
  mlir::FileLineColLoc place;
  op->getLoc()->walk([&](mlir::Location loc) {
    place = llvm::dyn_cast<mlir::FileLineColLoc>(loc);
    return place ? mlir::WalkResult::interrupt() : mlir::WalkResult::advance();
  });
  return place;
}

uint32_t Descriptor::fileOf(StringRef path) {
  return files.insert({path, files.size()}).first->second;
}

namespace {
/// The members of an snn_population that differ; the others are zero.
struct PopulationMembers {
  StringRef path;
  uint64_t size = 0;
  uint32_t kind = 0, element = SNN_F64;
  SmallVector<Constant *> fields, parameters, initials, rests;
  uint32_t numInputs = 0;
  uint64_t constantsSize = 0;
  Constant *initConstants, *initNeurons, *update, *observe, *integrate, *rate;
  uint32_t file = 0, line = 0;
  uint64_t numTrainSpikes = 0;
  Constant *trainSteps, *trainIds;
  uint32_t followed = SNN_NONE, followDelay = 0;
  Constant *follow, *replay, *condition;

  PopulationMembers(StringRef path, uint64_t size, Constant *null)
      : path(path), size(size), initConstants(null), initNeurons(null),
        update(null), observe(null), integrate(null), rate(null),
        trainSteps(null), trainIds(null), follow(null), replay(null),
        condition(null) {}

  Constant *emit(ConstantTable &table) {
    return table.structure({table.text(path),
                            table.u64(size),
                            table.u32(kind),
                            table.u32(element),
                            table.u32(fields.size()),
                            table.u32(parameters.size()),
                            table.u32(initials.size()),
                            table.u32(numInputs),
                            table.structs(fields, "fields"),
                            table.structs(parameters, "parameters"),
                            table.structs(initials, "initials"),
                            table.u64(constantsSize),
                            initConstants,
                            initNeurons,
                            update,
                            observe,
                            table.u32(file),
                            table.u32(line),
                            rate,
                            table.u64(numTrainSpikes),
                            trainSteps,
                            trainIds,
                            integrate,
                            table.u32(followed),
                            table.u32(followDelay),
                            follow,
                            replay,
                            condition,
                            table.u32(rests.size()),
                            table.u32(0),
                            table.structs(rests, "rests")});
  }
};
} // namespace

Constant *Descriptor::population(PopulationOp op) {
  const Layout &layout = layoutOf(op.getSymName());
  PopulationMembers members(op.getSymName(), op.getSize(), table.null());
  members.kind = SNN_NEURONS;
  members.element = elementOf(layout.getElementType());
  for (auto [index, array] : llvm::enumerate(layout.getArrays())) {
    members.fields.push_back(field(array));
    auto state = llvm::dyn_cast<FieldOp>(array);
    if (state && state.getInitial())
      members.initials.push_back(table.structure(
          {table.u32(index), table.u32(0), value(*state.getInitial())}));
  }
  for (ParameterOp parameter : layout.getParameters()) {
    StringRef name = parameter.getSymName();
    uint32_t array =
        parameter.isPerNeuron() ? layout.getArrayIndex(name) : SNN_NONE;
    members.parameters.push_back(table.structure(
        {table.text(name), table.text(parameter.getUnit()),
         value(parameter.getValue()), table.u32(array), table.u32(0)}));
  }
  for (const auto &[state, place, tolerance] : getRests(op)) {
    bool isField = layout.isArray(place);
    members.rests.push_back(table.structure(
        {table.u32(layout.getArrayIndex(state)),
         table.u32(isField ? layout.getArrayIndex(place) : SNN_NONE),
         table.u32(isField ? 0 : layout.getConstantIndex(place)), table.u32(0),
         table.f64(tolerance)}));
  }
  members.numInputs = layout.getNumUniformInputs();
  members.constantsSize = layout.getConstantsSize();
  members.initConstants = function(op, "init_constants");
  members.initNeurons = function(op, "init_neurons");
  members.update = function(op, "update");
  members.observe = function(op, "observe");
  members.integrate = function(op, "integrate");
  if (op.getFollowed()) {
    members.kind = SNN_FOLLOWERS;
    members.followed = indexOf(*op.getFollowed());
    members.followDelay = op.getFollowDelay();
    members.follow = function(op, "follow");
    members.replay = function(op, "replay");
  }
  if (mlir::FileLineColLoc place = placeOf(op)) {
    members.file = fileOf(place.getFilename().getValue());
    members.line = place.getLine();
  }
  return members.emit(table);
}

Constant *Descriptor::population(PoissonSourceOp op) {
  PopulationMembers members(op.getSymName(), op.getSize(), table.null());
  members.kind = SNN_POISSON_SOURCE;
  members.rate = function(op, "rate");
  return members.emit(table);
}

Constant *Descriptor::population(TrainSourceOp op) {
  PopulationMembers members(op.getSymName(), op.getSize(), table.null());
  members.kind = SNN_TRAIN_SOURCE;
  SmallVector<uint64_t> steps;
  SmallVector<uint32_t> ids;
  for (const llvm::APInt &step : op.getSteps().getValues<llvm::APInt>())
    steps.push_back(step.getZExtValue());
  for (const llvm::APInt &id : op.getIds().getValues<llvm::APInt>())
    ids.push_back(id.getZExtValue());
  members.numTrainSpikes = steps.size();
  members.trainSteps = table.data(llvm::ArrayRef<uint64_t>(steps), "steps");
  members.trainIds = table.data(llvm::ArrayRef<uint32_t>(ids), "ids");
  return members.emit(table);
}

Constant *Descriptor::population(ConditionSourceOp op) {
  PopulationMembers members(op.getSymName(), op.getSize(), table.null());
  members.kind = SNN_CONDITION_SOURCE;
  members.condition = table.structs(
      {table.structure({slice(op.getSpikes(), op.getSpikesSlice()),
                        slice(op.getBefore(), op.getBeforeSlice()),
                        table.u64(op.getWindow()), table.u64(op.getLongest()),
                        value(op.getDelay())})},
      "condition");
  return members.emit(table);
}

void Descriptor::numberPopulations() {
  uint32_t index = 0;
  for (mlir::Operation &op : model.getBody().front()) {
    if (!llvm::isa<PopulationOp, PoissonSourceOp, TrainSourceOp,
                   ConditionSourceOp>(op))
      continue;
    StringRef name = mlir::SymbolTable::getSymbolName(&op).getValue();
    indices[name] = index++;
    sizes[name] = op.getAttrOfType<mlir::IntegerAttr>("size").getInt();
  }
}

//===----------------------------------------------------------------------===//
// Connections and stimuli
//===----------------------------------------------------------------------===//

/// The indices of a list rule.
static SmallVector<uint32_t> indicesOf(mlir::DenseI64ArrayAttr list) {
  SmallVector<uint32_t> result;
  if (list)
    for (int64_t i : list.asArrayRef())
      result.push_back(static_cast<uint32_t>(i));
  return result;
}

Constant *Descriptor::lattice(const spiking::Lattice &lattice) {
  SmallVector<Constant *> members;
  for (const std::array<double, 3> &lengths : {lattice.origin, lattice.spacing})
    for (double length : lengths)
      members.push_back(table.f64(length));
  for (int64_t extent : lattice.extent)
    members.push_back(table.u64(extent));
  return table.structure(members);
}

/// One for all projections that have it.
Constant *Descriptor::geometry(ProjectionOp op,
                               const spiking::Geometry &geometry) {
  Constant *&known = geometries[op->getAttr(spiking::Geometry::AttributeName)];
  if (known)
    return known;
  SmallVector<Constant *> members = {lattice(geometry.source),
                                     lattice(geometry.target)};
  for (double period : geometry.period)
    members.push_back(table.f64(period));
  for (StringRef name : spiking::Geometry::FunctionNames)
    members.push_back(function(op, ("place." + name).str()));
  members.push_back(table.null()); // the context
  return known = table.structs({table.structure(members)}, "geometry");
}

Constant *Descriptor::projection(ProjectionOp op) {
  RuleAttr rule = op.getRule();
  static_assert(SNN_ONE_TO_ONE == unsigned(spiking::RuleKind::OneToOne) &&
                SNN_TOTAL == unsigned(spiking::RuleKind::Total) &&
                SNN_LIST == unsigned(spiking::RuleKind::List) &&
                SNN_CONVOLUTION == unsigned(spiking::RuleKind::Convolution));
  static_assert(SNN_STORED == unsigned(spiking::Storage::Stored) &&
                SNN_PROCEDURAL == unsigned(spiking::Storage::Procedural) &&
                SNN_EITHER == unsigned(spiking::Storage::Either) &&
                SNN_ROWS == unsigned(spiking::Storage::Rows) &&
                SNN_TOEPLITZ == unsigned(spiking::Storage::Toeplitz));
  uint32_t flags = (rule.getAutapses() ? SNN_AUTAPSES : 0) |
                   (rule.getMultapses() ? SNN_MULTAPSES : 0);
  SmallVector<uint32_t> sources = indicesOf(rule.getSources());
  SmallVector<uint32_t> targets = indicesOf(rule.getTargets());
  uint64_t count = rule.getKind() == spiking::RuleKind::List
                       ? sources.size()
                       : static_cast<uint64_t>(rule.getCount());
  const Layout &layout = layoutOf(op.getTarget());
  uint32_t sum = SNN_NONE, element = elementOf(layout.getElementType());
  if (op.getGrid()) {
    auto add = *op.getDeliver().getOps<AddOp>().begin();
    sum = layout.getArrayIndex(add.getName());
    element = needsWideWeights(op) ? SNN_I64 : SNN_I32;
  }
  Constant *rules = table.null();
  if (PlasticityOp rule = this->rules.lookup(op.getSymName())) {
    element = elementOf(rule.getElementType());
    rules = table.structs({plasticity(rule)}, "plasticity");
  }
  auto kind = static_cast<uint32_t>(rule.getKind());
  Constant *states = table.null();
  if (CouplingOp coupling = couplings.lookup(op.getSymName()))
    states = table.structs({this->coupling(coupling)}, "coupling");
  Constant *places = table.null();
  if (auto geometry = spiking::Geometry::of(op)) {
    if (geometry->functions[spiking::Geometry::Probability])
      kind = SNN_PLACE;
    places = this->geometry(op, *geometry);
  }
  Constant *shape = table.null();
  if (rule.getKind() == spiking::RuleKind::Convolution) {
    SmallVector<Constant *> sizes;
    for (int64_t size : rule.getConvolution().asArrayRef())
      sizes.push_back(table.u64(size));
    shape = table.structs({table.structure(sizes)}, "convolution");
  }
  return table.structure(
      {table.text(op.getSymName()),
       slice(op.getSource(), op.getSourceSlice()),
       slice(op.getTarget(), op.getTargetSlice()),
       table.u32(kind),
       table.u32(flags),
       table.f64(rule.getProbability().convertToDouble()),
       table.u64(count),
       table.data(llvm::ArrayRef<uint32_t>(sources), "sources"),
       table.data(llvm::ArrayRef<uint32_t>(targets), "targets"),
       value(op.getWeight()),
       table.f64(op.getGrid() ? op.getGrid()->convertToDouble() : 0),
       table.u32(sum),
       table.u32(element),
       value(op.getDelay()),
       op.getDendriticDelay() ? value(*op.getDendriticDelay()) : noValue(),
       table.u32(unsigned(op.getStorage())),
       table.u32(0),
       function(op, "deliver"),
       rules,
       places,
       states,
       shape});
}

/// The place of a state of the synapse among those of the rule.
static uint32_t stateIndex(PlasticityOp rule, mlir::Attribute name) {
  return static_cast<uint32_t>(llvm::find(rule.getStates().getValue(), name) -
                               rule.getStates().begin());
}

/// What a handler of whole periods looks at, and what it does not.
static uint32_t flagsOf(PlasticityOp rule, EveryOp every, const Cells &cells) {
  uint32_t flags = SNN_ANY_SOURCE | SNN_ANY_TARGET;
  for (mlir::NamedAttribute sum : spiking::getSums(rule, spiking::outgoingName))
    if (!every.getBody()
             .getArgument(stateIndex(rule, sum.getName()))
             .use_empty())
      flags |= SNN_SUMS_OUTGOING;
  unsigned first = rule.getStates().size();
  for (auto [i, read] :
       llvm::enumerate(rule.getReads().getAsRange<mlir::SymbolRefAttr>())) {
    if (every.getBody().getArgument(first + i).use_empty())
      continue;
    StringRef population = read.getRootReference();
    if (rule.getPre() == population)
      flags &= ~SNN_ANY_SOURCE;
    else if (!llvm::is_contained(cells.modulatorsOf(rule), read))
      flags &= ~SNN_ANY_TARGET;
  }
  return flags;
}

Constant *Descriptor::plasticity(PlasticityOp op) {
  uint32_t element = elementOf(op.getElementType());
  SmallVector<Constant *> states, initials, modulators;
  for (auto [name, unit] :
       llvm::zip_equal(op.getStates().getAsRange<mlir::StringAttr>(),
                       op.getUnits().getAsRange<mlir::StringAttr>()))
    states.push_back(table.structure(
        {table.text(name.getValue()), table.text(unit.getValue()),
         table.u32(element), table.u32(SNN_STATE), table.f64(1)}));
  for (auto initial : op.getInitials().getAsRange<ValueAttr>())
    initials.push_back(value(initial));
  for (mlir::SymbolRefAttr read : cells.modulatorsOf(op)) {
    StringRef population = read.getRootReference();
    modulators.push_back(table.structure(
        {table.u32(indexOf(population)),
         table.u32(
             layoutOf(population).getArrayIndex(read.getLeafReference()))}));
  }
  auto follower = [&](std::optional<StringRef> name) {
    return table.u32(name ? indexOf(*name) : SNN_NONE);
  };
  SmallVector<Constant *> periodic, incoming, outgoing;
  for (mlir::NamedAttribute sum : spiking::getSums(op, spiking::incomingName))
    incoming.push_back(table.structure(
        {table.u32(stateIndex(op, sum.getValue())),
         table.u32(layoutOf(*op.getPost()).getArrayIndex(sum.getName()))}));
  for (mlir::NamedAttribute sum : spiking::getSums(op, spiking::outgoingName))
    outgoing.push_back(
        table.structure({table.u32(stateIndex(op, sum.getValue())),
                         table.u32(stateIndex(op, sum.getName()))}));
  uint32_t rewire = 0;
  if (mlir::StringAttr moves = spiking::getRewire(op))
    rewire = stateIndex(op, moves);
  for (auto [i, every] : llvm::enumerate(op.getBody().getOps<EveryOp>()))
    periodic.push_back(
        table.structure({table.u64(every.getPeriod()),
                         function(op, ("every#" + llvm::Twine(i)).str()),
                         table.u32(flagsOf(op, every, cells))}));
  return table.structure(
      {table.text(op.getRule()),
       table.u32(element),
       table.u32(op.getLazy()),
       table.u32(states.size()),
       table.u32(modulators.size()),
       table.structs(states, "states"),
       table.structs(initials, "initials"),
       table.structs(modulators, "modulators"),
       follower(op.getPre()),
       follower(op.getPost()),
       table.u32(op.getBackprop()),
       table.u32(periodic.size()),
       table.u32(incoming.size()),
       table.u32(outgoing.size()),
       table.u32(rewire),
       table.structs(periodic, "periodic"),
       table.structs(incoming, "incoming"),
       table.structs(outgoing, "outgoing"),
       table.u64(0),
       table.null(),
       function(op, "on_pre"),
       function(op, "send"),
       function(op, "on_post"),
       table.f64(op.getLargest() ? op.getLargest()->convertToDouble()
                                 : std::numeric_limits<double>::infinity()),
       function(op, "on_missed")});
}

Constant *Descriptor::coupling(CouplingOp op) {
  const Layout &source = layoutOf(cells.sourceOf(op));
  const Layout &target = layoutOf(cells.targetOf(op));
  auto numbers = [](mlir::ArrayAttr names, const Layout &layout) {
    SmallVector<uint32_t> result;
    for (auto name : names.getAsRange<mlir::FlatSymbolRefAttr>())
      result.push_back(layout.getArrayIndex(name.getValue()));
    return result;
  };
  SmallVector<uint32_t> reads = numbers(op.getReads(), source);
  SmallVector<uint32_t> sums = numbers(op.getSums(), target);
  return table.structure({table.u32(reads.size()), table.u32(sums.size()),
                          table.data(llvm::ArrayRef<uint32_t>(reads), "reads"),
                          table.data(llvm::ArrayRef<uint32_t>(sums), "sums"),
                          function(op, "couple")});
}

/// True if a function of time gives one value always.
static uint32_t isConstant(mlir::Region &region) {
  return region.getArgument(0).use_empty();
}

Constant *Descriptor::drive(DriveOp op) {
  const Layout &layout = layoutOf(op.getTarget());
  return table.structure(
      {table.text(op.getSymName()), slice(op.getTarget(), op.getTargetSlice()),
       function(op, "rate"), table.u32(isConstant(op.getRate())),
       table.u32(layout.getArrayIndex(op.getSum())), value(op.getWeight()),
       table.f64(op.getGrid().convertToDouble())});
}

Constant *Descriptor::stimulus(StimulusOp op) {
  const Layout &layout = layoutOf(op.getTarget());
  StringRef input = op.getInput();
  bool isArray = layout.isArray(input);
  return table.structure(
      {table.text(op.getSymName()), slice(op.getTarget(), op.getTargetSlice()),
       table.u32(isArray ? SNN_NONE : layout.getUniformInputIndex(input)),
       table.u32(isArray ? layout.getArrayIndex(input) : SNN_NONE),
       function(op, "value"), table.u32(isConstant(op.getValue())),
       table.u32(op.getNoise())});
}

//===----------------------------------------------------------------------===//
// The model
//===----------------------------------------------------------------------===//

Constant *Descriptor::record(RecordSpikesOp op) {
  return table.structure({slice(op.getPopulation(), op.getSlice()),
                          table.u32(SNN_NONE), table.u32(0), table.u64(1),
                          table.u64(0)});
}

Constant *Descriptor::record(RecordFieldOp op) {
  uint32_t field = layoutOf(op.getPopulation()).getArrayIndex(op.getField());
  return table.structure({slice(op.getPopulation(), op.getSlice()),
                          table.u32(field), table.u32(0),
                          table.u64(op.getEvery()), table.u64(op.getFirst())});
}

Constant *Descriptor::record(RecordSynapsesOp op) {
  mlir::ArrayAttr states = rules.lookup(op.getProjection()).getStates();
  auto state = llvm::find(states, op.getStateAttr().getAttr());
  return table.structure(
      {table.u32(projectionIndices.at(op.getProjection())),
       table.u32(static_cast<uint32_t>(state - states.begin())),
       table.u64(op.getEvery()), table.u64(op.getFirst())});
}

Constant *Descriptor::change(uint64_t step, snn_change_kind kind,
                             uint32_t population, uint32_t parameter,
                             double value) {
  return table.structure({table.u64(step), table.u32(kind),
                          table.u32(population), table.u32(parameter),
                          table.u32(0), table.f64(value)});
}

template <typename... OpTs, typename EmitT>
Constant *Descriptor::all(StringRef name, uint32_t &count, EmitT emit) {
  SmallVector<Constant *> elements;
  auto tryEmit = [&](auto part) {
    if (part)
      elements.push_back(emit(part));
  };
  for (mlir::Operation &op : model.getBody().front())
    (tryEmit(llvm::dyn_cast<OpTs>(op)), ...);
  count = elements.size();
  return table.structs(elements, name);
}

Constant *Descriptor::changes(uint32_t &count) {
  // By step; at equal ones in the order of declaration, parameters first.
  std::multimap<uint64_t, Constant *> byStep;
  for (auto op : model.getBody().getOps<SetParameterOp>()) {
    const Layout &layout = layoutOf(op.getPopulation());
    byStep.insert(
        {op.getStep(),
         change(op.getStep(), SNN_SET_PARAMETER, indexOf(op.getPopulation()),
                layout.getParameterIndex(op.getParameter()),
                op.getValue().convertToDouble())});
  }
  for (auto op : model.getBody().getOps<ResetStateOp>()) {
    uint32_t population =
        op.getPopulation() ? indexOf(*op.getPopulation()) : SNN_NONE;
    byStep.insert({op.getStep(), change(op.getStep(), SNN_RESET_STATE,
                                        population, SNN_NONE, 0)});
  }
  for (auto op : model.getBody().getOps<SetPlasticityOp>()) {
    uint32_t projection = op.getProjection()
                              ? projectionIndices.at(*op.getProjection())
                              : SNN_NONE;
    byStep.insert(
        {op.getStep(),
         change(op.getStep(), op.getFrozen() ? SNN_FREEZE : SNN_RESUME,
                SNN_NONE, projection, 0)});
  }
  SmallVector<Constant *> sorted(llvm::make_second_range(byStep));
  count = sorted.size();
  return table.structs(sorted, "changes");
}

StringRef Descriptor::textAttr(StringRef name, StringRef otherwise) {
  auto text = model->getAttrOfType<mlir::StringAttr>(name);
  return text ? text.getValue() : otherwise;
}

void Descriptor::emit() {
  numberPopulations();
  for (auto rule : model.getBody().getOps<PlasticityOp>())
    rules[rule.getProjection()] = rule;
  for (auto coupling : model.getBody().getOps<CouplingOp>())
    couplings[coupling.getProjection()] = coupling;
  for (auto op : model.getBody().getOps<ProjectionOp>())
    projectionIndices.insert({op.getSymName(), projectionIndices.size()});
  uint32_t numPopulations, numProjections, numDrives, numStimuli, numRecords,
      numChanges, numSynapseRecords;
  auto *populations =
      all<PopulationOp, PoissonSourceOp, TrainSourceOp, ConditionSourceOp>(
          "populations", numPopulations,
          [&](auto op) { return population(op); });
  auto *projections = all<ProjectionOp>(
      "projections", numProjections, [&](auto op) { return projection(op); });
  auto *drives =
      all<DriveOp>("drives", numDrives, [&](auto op) { return drive(op); });
  auto *stimuli = all<StimulusOp>("stimuli", numStimuli,
                                  [&](auto op) { return stimulus(op); });
  auto *records = all<RecordSpikesOp, RecordFieldOp>(
      "records", numRecords, [&](auto op) { return record(op); });
  auto *synapseRecords =
      all<RecordSynapsesOp>("synapse_records", numSynapseRecords,
                            [&](auto op) { return record(op); });
  Constant *changed = changes(numChanges);
  SmallVector<Constant *> paths;
  for (StringRef path : llvm::make_first_range(files))
    paths.push_back(table.text(path));

  llvm::ArrayRef<int64_t> seeds = model.getSeeds();
  Constant *descriptor = table.structure(
      {table.u32(SNN_ABI_VERSION),
       table.u32(paths.size()),
       table.text(model.getSymName()),
       table.text(textAttr("model_hash", "")),
       table.text(textAttr("compiler_version", SNN_VERSION)),
       table.text(textAttr("flags", "{}")),
       table.f64(model.getStep().convertToDouble()),
       table.u64(model.getWarmup()),
       table.u64(model.getDuration()),
       table.structure(
           {table.u64(seeds[0]), table.u64(seeds[1]), table.u64(seeds[2])}),
       table.u32(numPopulations),
       table.u32(numProjections),
       table.u32(numDrives),
       table.u32(numStimuli),
       table.u32(numRecords),
       table.u32(numChanges),
       populations,
       projections,
       drives,
       stimuli,
       records,
       changed,
       table.structs(paths, "files"),
       table.u64(numSynapseRecords),
       synapseRecords});
  new llvm::GlobalVariable(module, descriptor->getType(), /*isConstant=*/true,
                           llvm::GlobalValue::ExternalLinkage, descriptor,
                           "snn_compiled_model");
}

void addDescriptor(ModelOp model, llvm::Module &module) {
  Descriptor(model, module).emit();
}

} // namespace snn::target::cpu
