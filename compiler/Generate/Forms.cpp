//===- Forms.cpp - Sums of spike counts, element by element ---------------===//
//
// Linear operators on forms instead of on numbers.
//
//===----------------------------------------------------------------------===//
#include "compiler/Generate/Forms.h"

#include "dialects/Ann/Analysis/Elements.h"
#include "dialects/Ann/Analysis/Interpreter.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace snn;
using namespace snn::generate;

namespace {

RankedTensorType typeOf(Value value) {
  return cast<RankedTensorType>(value.getType());
}

void add(Form &to, const Form &from, int64_t times) {
  if (times == 0)
    return;
  to.constant += from.constant * times;
  for (const Piece &piece : from.pieces)
    to.pieces.push_back({piece.population, piece.neuron,
                         static_cast<int32_t>(piece.weight * times)});
}

ann::Whole constantOf(Value value) {
  return std::get<ann::Whole>(
      ann::numbersOf(value.getDefiningOp<ann::ConstantOp>().getValue()));
}

Forms multiply(ann::MatMulOp op, const Forms &x) {
  ann::Whole weights = constantOf(op.getWeights());
  auto inner = static_cast<size_t>(typeOf(op.getWeights()).getDimSize(0)),
       columns = static_cast<size_t>(typeOf(op.getWeights()).getDimSize(1));
  size_t rows = x.size() / inner;
  Forms y(rows * columns);
  for (size_t row = 0; row < rows; ++row)
    for (size_t j = 0; j < columns; ++j)
      for (size_t i = 0; i < inner; ++i)
        add(y[row * columns + j], x[row * inner + i], weights[i * columns + j]);
  return y;
}

Forms convolve(ann::ConvOp op, const Forms &x) {
  ann::Whole weights = constantOf(op.getWeights());
  int64_t batch = typeOf(op.getInput()).getDimSize(0),
          channels = typeOf(op.getInput()).getDimSize(1),
          filters = typeOf(op.getWeights()).getDimSize(0),
          depth = typeOf(op.getWeights()).getDimSize(1),
          inSpace = ann::spaceOf(op.getInput()),
          outSpace = ann::spaceOf(op.getResult()),
          kernel = ann::spaceOf(op.getWeights()),
          perGroup = filters / static_cast<int64_t>(op.getGroups());
  Forms y(static_cast<size_t>(batch * filters * outSpace));
  std::vector<ann::Tap> meetings = ann::taps(op);
  for (int64_t n = 0; n < batch; ++n)
    for (int64_t f = 0; f < filters; ++f)
      for (int64_t c = 0; c < depth; ++c)
        for (const ann::Tap &tap : meetings)
          add(y[static_cast<size_t>((n * filters + f) * outSpace + tap.out)],
              x[static_cast<size_t>((n * channels + f / perGroup * depth + c) *
                                        inSpace +
                                    tap.in)],
              weights[static_cast<size_t>((f * depth + c) * kernel +
                                          tap.kernel)]);
  return y;
}

Forms sum(ann::SumPoolOp op, const Forms &x) {
  int64_t inSpace = ann::spaceOf(op.getInput()),
          outSpace = ann::spaceOf(op.getResult());
  Forms y(static_cast<size_t>(typeOf(op.getResult()).getNumElements()));
  int64_t planes = static_cast<int64_t>(y.size()) / outSpace;
  std::vector<ann::Tap> meetings = ann::taps(op);
  std::vector<int64_t> times = ann::repetitions(op);
  for (int64_t plane = 0; plane < planes; ++plane)
    for (const ann::Tap &tap : meetings)
      add(y[static_cast<size_t>(plane * outSpace + tap.out)],
          x[static_cast<size_t>(plane * inSpace + tap.in)],
          times[static_cast<size_t>(tap.out)]);
  return y;
}

} // namespace

void snn::generate::normalize(Form &form) {
  std::vector<Piece> &pieces = form.pieces;
  auto place = [](const Piece &piece) {
    return std::pair(piece.population, piece.neuron);
  };
  llvm::sort(pieces, [&](const Piece &a, const Piece &b) {
    return place(a) < place(b);
  });
  size_t kept = 0;
  for (size_t at = 0; at < pieces.size();) {
    Piece sum = pieces[at++];
    while (at < pieces.size() && place(pieces[at]) == place(sum))
      sum.weight += pieces[at++].weight;
    if (sum.weight != 0)
      pieces[kept++] = sum;
  }
  pieces.resize(kept);
}

void FormBuilder::define(Value value, uint32_t population) {
  auto size = static_cast<uint32_t>(typeOf(value).getNumElements());
  Forms counts(size);
  for (uint32_t neuron = 0; neuron < size; ++neuron)
    counts[neuron].pieces.push_back({population, neuron, 1});
  forms[value] = std::move(counts);
}

bool FormBuilder::combine(Operation &op) {
  auto operand = [&](unsigned i) -> const Forms & {
    return forms.at(op.getOperand(i));
  };
  RankedTensorType type = typeOf(op.getResult(0));
  Forms result =
      llvm::TypeSwitch<Operation *, Forms>(&op)
          .Case<ann::ConstantOp>([&](ann::ConstantOp constant) {
            Forms numbers;
            auto whole =
                std::get<ann::Whole>(ann::numbersOf(constant.getValue()));
            for (int64_t number : whole)
              numbers.push_back({{}, number});
            return numbers;
          })
          .Case<ann::MatMulOp>([&](ann::MatMulOp matmul) {
            return multiply(matmul, operand(0));
          })
          .Case<ann::ConvOp>(
              [&](ann::ConvOp conv) { return convolve(conv, operand(0)); })
          .Case<ann::SumPoolOp>(
              [&](ann::SumPoolOp pool) { return sum(pool, operand(0)); })
          .Case<ann::AddOp>([&](ann::AddOp) {
            Forms y(static_cast<size_t>(type.getNumElements()));
            for (unsigned i = 0; i < 2; ++i)
              for (auto [at, from] : llvm::enumerate(
                       ann::broadcastIndices(typeOf(op.getOperand(i)), type)))
                add(y[at], operand(i)[static_cast<size_t>(from)], 1);
            return y;
          })
          .Case<ann::MulOp>([&](ann::MulOp mul) {
            ann::Whole factors = constantOf(mul.getRhs());
            std::vector<int64_t> left =
                ann::broadcastIndices(typeOf(mul.getLhs()), type);
            std::vector<int64_t> right =
                ann::broadcastIndices(typeOf(mul.getRhs()), type);
            Forms y(left.size());
            for (size_t at = 0; at < y.size(); ++at)
              add(y[at], operand(0)[static_cast<size_t>(left[at])],
                  factors[static_cast<size_t>(right[at])]);
            return y;
          })
          .Default([&](Operation *moving) {
            Forms y;
            for (ann::Origin origin : ann::origins(moving)) {
              if (origin.index >= 0) {
                y.push_back(
                    operand(origin.operand)[static_cast<size_t>(origin.index)]);
                continue;
              }
              double around =
                  cast<ann::PadOp>(moving).getValue().convertToDouble();
              y.push_back({{}, static_cast<int64_t>(around)});
            }
            return y;
          });
  for (const Form &form : result)
    pieces += form.pieces.size();
  forms[op.getResult(0)] = std::move(result);
  return pieces <= most;
}
