//===- Elements.cpp - Which elements meet in an operator --------*- C++ -*-===//
//
// Index arithmetic of windows, of moved elements and of repeated ones. Tensors
// lie row by row: the last axis runs fastest.
//
//===----------------------------------------------------------------------===//
#include "dialects/Ann/Analysis/Elements.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace snn::ann;

namespace {

ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

/// Walks all index tuples of a shape, the last axis fastest.
template <typename Visit>
void forEachIndex(ArrayRef<int64_t> shape, Visit visit) {
  SmallVector<int64_t> index(shape.size(), 0);
  while (true) {
    visit(ArrayRef<int64_t>(index));
    size_t axis = shape.size();
    while (axis > 0 && ++index[axis - 1] == shape[axis - 1])
      index[--axis] = 0;
    if (axis == 0)
      return;
  }
}

int64_t flatten(ArrayRef<int64_t> index, ArrayRef<int64_t> shape) {
  int64_t flat = 0;
  for (auto [i, size] : llvm::zip_equal(index, shape))
    flat = flat * size + i;
  return flat;
}

std::vector<Tap> windows(ArrayRef<int64_t> out, ArrayRef<int64_t> kernel,
                         ArrayRef<int64_t> in, ArrayRef<int64_t> strides,
                         ArrayRef<int64_t> pads, ArrayRef<int64_t> dilations) {
  std::vector<Tap> result;
  SmallVector<int64_t> at(in.size());
  forEachIndex(out, [&](ArrayRef<int64_t> o) {
    forEachIndex(kernel, [&](ArrayRef<int64_t> k) {
      for (size_t axis = 0; axis < in.size(); ++axis) {
        at[axis] =
            o[axis] * strides[axis] - pads[axis] + k[axis] * dilations[axis];
        if (at[axis] < 0 || at[axis] >= in[axis])
          return;
      }
      result.push_back({flatten(o, out), flatten(k, kernel), flatten(at, in)});
    });
  });
  return result;
}

} // namespace

std::vector<Tap> snn::ann::taps(ConvOp conv) {
  return windows(shapeOf(conv.getResult()).drop_front(2),
                 shapeOf(conv.getWeights()).drop_front(2),
                 shapeOf(conv.getInput()).drop_front(2), conv.getStrides(),
                 conv.getPads(), conv.getDilations());
}

std::vector<Tap> snn::ann::taps(SumPoolOp pool) {
  SmallVector<int64_t> dense(pool.getKernel().size(), 1);
  return windows(shapeOf(pool.getResult()).drop_front(2), pool.getKernel(),
                 shapeOf(pool.getInput()).drop_front(2), pool.getStrides(),
                 pool.getPads(), dense);
}

std::vector<Tap> snn::ann::taps(MaxPoolOp pool) {
  return windows(shapeOf(pool.getResult()).drop_front(2), pool.getKernel(),
                 shapeOf(pool.getInput()).drop_front(2), pool.getStrides(),
                 pool.getPads(), pool.getDilations());
}

std::vector<int64_t> snn::ann::repetitions(SumPoolOp pool) {
  auto places = static_cast<size_t>(spaceOf(pool.getResult()));
  std::vector<int64_t> times(places, 1);
  if (!pool.getShare())
    return times;
  std::vector<int64_t> met(places, 0);
  for (const Tap &tap : taps(pool))
    ++met[static_cast<size_t>(tap.out)];
  for (auto [time, count] : llvm::zip_equal(times, met))
    time = static_cast<int64_t>(*pool.getShare()) / std::max<int64_t>(count, 1);
  return times;
}

std::vector<Run> snn::ann::runs(ConvOp conv) {
  std::vector<Tap> all = taps(conv);
  llvm::sort(all, [](const Tap &a, const Tap &b) {
    return std::pair(a.kernel, a.out) < std::pair(b.kernel, b.out);
  });
  std::vector<Run> result;
  for (const Tap &tap : all) {
    if (!result.empty()) {
      Run &last = result.back();
      int64_t step = tap.in - (last.in + (last.length - 1) * last.step);
      if (tap.kernel == last.kernel && tap.out == last.out + last.length &&
          (last.length == 1 || step == last.step)) {
        last.step = step;
        ++last.length;
        continue;
      }
    }
    result.push_back({tap.out, tap.kernel, tap.in, 1, 0});
  }
  return result;
}

int64_t snn::ann::spaceOf(Value value) {
  int64_t size = 1;
  for (int64_t axis : shapeOf(value).drop_front(2))
    size *= axis;
  return size;
}

bool snn::ann::movesElements(Operation *op) {
  return isa_and_nonnull<ReshapeOp, TransposeOp, ConcatOp, SliceOp, PadOp>(op);
}

std::vector<Origin> snn::ann::origins(Operation *op) {
  ArrayRef<int64_t> out = shapeOf(op->getResult(0));
  std::vector<Origin> result;
  result.reserve(static_cast<size_t>(
      cast<RankedTensorType>(op->getResult(0).getType()).getNumElements()));
  SmallVector<int64_t> at(out.size());
  llvm::TypeSwitch<Operation *>(op)
      .Case<ReshapeOp>([&](ReshapeOp reshape) {
        for (int64_t i = 0; i < reshape.getType().getNumElements(); ++i)
          result.push_back({0, i});
      })
      .Case<TransposeOp>([&](TransposeOp transpose) {
        forEachIndex(out, [&](ArrayRef<int64_t> index) {
          for (auto [i, axis] : llvm::enumerate(transpose.getOrder()))
            at[static_cast<size_t>(axis)] = index[i];
          result.push_back({0, flatten(at, shapeOf(transpose.getInput()))});
        });
      })
      .Case<ConcatOp>([&](ConcatOp concat) {
        auto axis = static_cast<size_t>(concat.getAxis());
        forEachIndex(out, [&](ArrayRef<int64_t> index) {
          at.assign(index.begin(), index.end());
          unsigned operand = 0;
          while (at[axis] >= shapeOf(concat.getInputs()[operand])[axis])
            at[axis] -= shapeOf(concat.getInputs()[operand++])[axis];
          result.push_back(
              {operand, flatten(at, shapeOf(concat.getInputs()[operand]))});
        });
      })
      .Case<SliceOp>([&](SliceOp slice) {
        forEachIndex(out, [&](ArrayRef<int64_t> index) {
          for (size_t i = 0; i < at.size(); ++i)
            at[i] = slice.getStarts()[i] + index[i] * slice.getSteps()[i];
          result.push_back({0, flatten(at, shapeOf(slice.getInput()))});
        });
      })
      .Case<PadOp>([&](PadOp pad) {
        ArrayRef<int64_t> in = shapeOf(pad.getInput());
        forEachIndex(out, [&](ArrayRef<int64_t> index) {
          bool inside = true;
          for (size_t i = 0; i < at.size(); ++i) {
            at[i] = index[i] - pad.getLow()[i];
            inside &= at[i] >= 0 && at[i] < in[i];
          }
          result.push_back({0, inside ? flatten(at, in) : -1});
        });
      });
  return result;
}

std::vector<int64_t> snn::ann::broadcastIndices(RankedTensorType from,
                                                RankedTensorType to) {
  std::vector<int64_t> result;
  auto skipped = static_cast<size_t>(to.getRank() - from.getRank());
  forEachIndex(to.getShape(), [&](ArrayRef<int64_t> index) {
    int64_t flat = 0;
    for (auto [axis, size] : llvm::enumerate(from.getShape()))
      flat = flat * size + (size == 1 ? 0 : index[axis + skipped]);
    result.push_back(flat);
  });
  return result;
}

std::vector<int64_t> snn::ann::indicesAlong(RankedTensorType type,
                                            int64_t axis) {
  std::vector<int64_t> result;
  forEachIndex(type.getShape(), [&](ArrayRef<int64_t> index) {
    result.push_back(index[static_cast<size_t>(axis)]);
  });
  return result;
}
