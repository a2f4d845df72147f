//===- Outline.cpp - A spiking network without its synapses -----*- C++ -*-===//
//
// Synapses are counted from their targets backwards: with a 1 at each neuron of
// the target, the transposed operators with weights of 0 and 1 give what each
// neuron of a source has.
//
//===----------------------------------------------------------------------===//
#include "compiler/Generate/Outline.h"

#include "compiler/Generate/Thresholds.h"
#include "dialects/Ann/Analysis/Elements.h"

#include "llvm/ADT/TypeSwitch.h"

#include <bit>

using namespace mlir;
using namespace snn;
using namespace snn::generate;

namespace {

using Counts = std::vector<uint64_t>;

RankedTensorType typeOf(Value value) {
  return cast<RankedTensorType>(value.getType());
}

size_t elementsOf(Value value) {
  return static_cast<size_t>(typeOf(value).getNumElements());
}

DenseIntElementsAttr weightsOf(Operation &op) {
  return cast<DenseIntElementsAttr>(
      op.getOperand(1).getDefiningOp<ann::ConstantOp>().getValue());
}

class Backward {
public:
  Backward(const llvm::DenseMap<Value, size_t> &sources, Afferents &result)
      : sources(sources), result(result) {}

  /// From the elements of `value`, each as often as `counts` says.
  void run(Value value, Counts counts) {
    add(value, std::move(counts));
    auto *op = value.getDefiningOp();
    for (; op; op = op->getPrevNode()) {
      if (op->getNumResults() != 1)
        continue;
      auto found = open.find(op->getResult(0));
      if (found == open.end())
        continue;
      Counts here = std::move(found->second);
      open.erase(found);
      if (auto source = sources.find(op->getResult(0));
          source != sources.end()) {
        for (uint64_t count : here)
          result.synapses += count;
        result.fan[source->second] = std::move(here);
      } else {
        pass(*op, here);
      }
    }
  }

private:
  const llvm::DenseMap<Value, size_t> &sources;
  Afferents &result;
  llvm::DenseMap<Value, Counts> open;

  void add(Value value, Counts counts) {
    auto [at, isNew] = open.try_emplace(value, std::move(counts));
    if (isNew)
      return;
    for (auto [sum, more] : llvm::zip_equal(at->second, counts))
      sum += more;
  }

  void pass(Operation &op, const Counts &counts) {
    llvm::TypeSwitch<Operation *>(&op)
        .Case<ann::ConstantOp>([](Operation *) {})
        .Case<ann::MatMulOp>([&](ann::MatMulOp matmul) {
          add(matmul.getInput(), throughProduct(matmul, counts));
        })
        .Case<ann::ConvOp>([&](ann::ConvOp conv) {
          add(conv.getInput(), throughConvolution(conv, counts));
        })
        .Case<ann::SumPoolOp>([&](ann::SumPoolOp pool) {
          add(pool.getInput(), throughWindow(pool, counts));
        })
        .Case<ann::AddOp>([&](ann::AddOp) {
          for (Value operand : op.getOperands())
            add(operand, spread(operand, op, counts, nullptr));
        })
        .Case<ann::MulOp>([&](ann::MulOp mul) {
          DenseIntElementsAttr factors = weightsOf(op);
          result.weights += static_cast<uint64_t>(factors.getNumElements());
          add(mul.getLhs(), spread(mul.getLhs(), op, counts, factors));
        })
        .Default([&](Operation *moving) {
          std::vector<Counts> parts;
          for (Value operand : op.getOperands())
            parts.emplace_back(elementsOf(operand), 0);
          for (auto [origin, count] :
               llvm::zip_equal(ann::origins(moving), counts))
            if (origin.index >= 0)
              parts[origin.operand][static_cast<size_t>(origin.index)] += count;
          for (auto [operand, part] : llvm::zip_equal(op.getOperands(), parts))
            add(operand, std::move(part));
        });
  }

  Counts throughProduct(ann::MatMulOp op, const Counts &counts) {
    DenseIntElementsAttr weights = weightsOf(*op);
    result.weights += static_cast<uint64_t>(weights.getNumElements());
    auto columns = static_cast<size_t>(weights.getType().getDimSize(1));
    size_t rows = counts.size() / columns;
    Counts sums(elementsOf(op.getInput()), 0);
    size_t inner = sums.size() / rows;
    auto weight = weights.getValues<int32_t>().begin();
    for (size_t i = 0; i < inner; ++i)
      for (size_t j = 0; j < columns; ++j, ++weight)
        for (size_t row = 0; row < rows; ++row)
          sums[row * inner + i] += *weight != 0 ? counts[row * columns + j] : 0;
    return sums;
  }

  /// All filters of a group mostly have the same counts: their weights are then
  /// counted first, and met with places once.
  Counts throughConvolution(ann::ConvOp op, const Counts &counts) {
    DenseIntElementsAttr weights = weightsOf(*op);
    result.weights += static_cast<uint64_t>(weights.getNumElements());
    auto size = [](int64_t given) { return static_cast<size_t>(given); };
    size_t filters = size(weights.getType().getDimSize(0)),
           depth = size(weights.getType().getDimSize(1)),
           kernel = size(ann::spaceOf(op.getWeights())),
           inSpace = size(ann::spaceOf(op.getInput())),
           outSpace = size(ann::spaceOf(op.getResult())),
           groups = size(static_cast<int64_t>(op.getGroups())),
           perGroup = filters / groups,
           batch = counts.size() / (filters * outSpace);
    std::vector<ann::Tap> meetings = ann::taps(op);
    Counts sums(elementsOf(op.getInput()), 0);
    auto numbers = weights.getValues<int32_t>();
    auto meet = [&](size_t n, size_t group, size_t first, size_t last) {
      const uint64_t *from = &counts[(n * filters + first) * outSpace];
      std::vector<uint64_t> present(depth * kernel, 0);
      for (size_t f = first; f < last; ++f)
        for (size_t i = 0; i < present.size(); ++i)
          present[i] += numbers[f * present.size() + i] != 0;
      for (size_t c = 0; c < depth; ++c) {
        uint64_t *to = &sums[((n * groups + group) * depth + c) * inSpace];
        for (const ann::Tap &tap : meetings)
          to[tap.in] += present[c * kernel + size(tap.kernel)] * from[tap.out];
      }
    };
    for (size_t n = 0; n < batch; ++n)
      for (size_t group = 0; group < groups; ++group) {
        size_t end = (group + 1) * perGroup;
        for (size_t first = group * perGroup, last = first; first < end;
             first = last) {
          auto plane = [&](size_t f) {
            return counts.begin() +
                   static_cast<ptrdiff_t>((n * filters + f) * outSpace);
          };
          for (last = first + 1;
               last < end &&
               std::equal(plane(last), plane(last + 1), plane(first));
               ++last)
            ;
          meet(n, group, first, last);
        }
      }
    return sums;
  }

  /// Through a sum or a maximum of a window.
  template <typename Pool>
  static Counts throughWindow(Pool op, const Counts &counts) {
    auto inSpace = static_cast<size_t>(ann::spaceOf(op.getInput())),
         outSpace = static_cast<size_t>(ann::spaceOf(op.getResult()));
    Counts sums(elementsOf(op.getInput()), 0);
    std::vector<ann::Tap> meetings = ann::taps(op);
    for (size_t plane = 0; plane < counts.size() / outSpace; ++plane)
      for (const ann::Tap &tap : meetings)
        sums[plane * inSpace + static_cast<size_t>(tap.in)] +=
            counts[plane * outSpace + static_cast<size_t>(tap.out)];
    return sums;
  }

  /// To an operand whose elements may be repeated.
  static Counts spread(Value operand, Operation &op, const Counts &counts,
                       DenseIntElementsAttr factors) {
    RankedTensorType type = typeOf(op.getResult(0));
    std::vector<int64_t> places = ann::broadcastIndices(typeOf(operand), type),
                         others;
    if (factors)
      others = ann::broadcastIndices(cast<RankedTensorType>(factors.getType()),
                                     type);
    Counts sums(elementsOf(operand), 0);
    for (size_t i = 0; i < counts.size(); ++i)
      if (!factors ||
          factors.getValues<int32_t>()[static_cast<size_t>(others[i])] != 0)
        sums[static_cast<size_t>(places[i])] += counts[i];
    return sums;
  }

public:
  static Counts seeds(ann::MaxPoolOp op) {
    return throughWindow(op, Counts(elementsOf(op.getResult()), 1));
  }
};

} // namespace

void Outline::append(Population::Kind kind, Operation &op, Value value,
                     std::string name) {
  Population population{};
  population.kind = kind;
  population.value = value;
  population.name = std::move(name);
  population.origin = originOf(op);
  population.size = elementsOf(value);
  if (kind != Population::Kind::Sum)
    byValue[value] = all.size();
  all.push_back(std::move(population));
}

Outline::Outline(ann::NetworkOp network) : most(levelsOf(network)) {
  using Kind = Population::Kind;
  size_t inputs = 0, layers = 0, outputs = 0;
  auto numbered = [](const char *name, size_t count) {
    return count > 1 ? name + std::to_string(count) : std::string(name);
  };
  for (Operation &op : network.getBody().front()) {
    if (auto quantize = dyn_cast<ann::QuantizeOp>(op)) {
      append(Kind::Input, op, quantize.getResult(),
             numbered("Input", ++inputs));
    } else if (auto threshold = dyn_cast<ann::ThresholdOp>(op)) {
      append(Thresholds(threshold).areEven() ? Kind::Unit : Kind::Table, op,
             threshold.getResult(), "Layer" + std::to_string(++layers));
    } else if (auto max = dyn_cast<ann::MaxPoolOp>(op);
               max && typeOf(max.getResult()).getElementType().isInteger()) {
      append(Kind::Any, op, max.getResult(),
             "Layer" + std::to_string(++layers));
    } else if (auto output = dyn_cast<ann::OutputOp>(op)) {
      append(Kind::Sum, op, output.getValue(), numbered("Output", ++outputs));
    }
  }
}

Afferents Outline::afferents(size_t target) const {
  Afferents result;
  const Population &to = all[target];
  if (to.kind == Population::Kind::Input)
    return result;
  Backward backward(byValue, result);
  Operation *op = to.value.getDefiningOp();
  if (auto max = dyn_cast<ann::MaxPoolOp>(op);
      max && to.kind == Population::Kind::Any)
    backward.run(max.getInput(), Backward::seeds(max));
  else if (to.kind == Population::Kind::Sum)
    backward.run(to.value, Counts(to.size, 1));
  else
    backward.run(cast<ann::ThresholdOp>(op).getInput(), Counts(to.size, 1));
  return result;
}

std::optional<Plan> Outline::inCode(Code code) const {
  // What signed spikes come to is seen by running them alone.
  if (code == Code::Signed)
    return std::nullopt;
  Plan plan;
  plan.code = code;
  plan.levels = most;
  plan.populations = all;
  for (Population &population : plan.populations)
    population.code = code;
  plan.frame = code == Code::TwoPhase ? most + 1 : most;
  if (code != Code::BitSerial)
    return plan;
  bool isHeld = llvm::any_of(all, [](const Population &population) {
    return population.kind == Population::Kind::Any ||
           population.kind == Population::Kind::Table;
  });
  if (isHeld || (most & (most + 1)) != 0)
    return std::nullopt;
  plan.frame = static_cast<uint64_t>(std::bit_width(most));
  return plan;
}
