//===- Convolution.cpp - A kernel that moves over maps ----------*- C++ -*-===//
//
// Numbers in the order of their declaration.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/IR/Convolution.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

using namespace snn::spiking;

Convolution Convolution::of(mlir::DenseI64ArrayAttr attribute) {
  llvm::ArrayRef<int64_t> numbers = attribute.asArrayRef();
  Convolution result;
  auto take = [&](auto &sizes) {
    llvm::copy(numbers.take_front(sizes.size()), sizes.begin());
    numbers = numbers.drop_front(sizes.size());
  };
  take(result.source);
  take(result.target);
  for (std::array<int64_t, 2> *pair :
       {&result.kernel, &result.stride, &result.padding, &result.dilation})
    take(*pair);
  result.groups = numbers.front();
  return result;
}

mlir::DenseI64ArrayAttr
Convolution::toAttribute(mlir::MLIRContext *context) const {
  llvm::SmallVector<int64_t> numbers;
  llvm::append_range(numbers, source);
  llvm::append_range(numbers, target);
  for (const std::array<int64_t, 2> &pair : {kernel, stride, padding, dilation})
    llvm::append_range(numbers, pair);
  numbers.push_back(groups);
  return mlir::DenseI64ArrayAttr::get(context, numbers);
}

const char *Convolution::findFault() const {
  // So that products of three stay below 2^63.
  constexpr int64_t limit = int64_t(1) << 20;
  auto isSize = [](int64_t n) { return n >= 1 && n < limit; };
  if (!llvm::all_of(source, isSize) || !llvm::all_of(target, isSize) ||
      !llvm::all_of(kernel, isSize) || !isSize(groups))
    return "sizes that are not in 1 .. 2^20 - 1";
  if (!llvm::all_of(stride, isSize) || !llvm::all_of(dilation, isSize))
    return "a stride or dilation that is not in 1 .. 2^20 - 1";
  if (llvm::any_of(padding, [](int64_t n) { return n < 0 || n >= limit; }))
    return "a padding that is not in 0 .. 2^20 - 1";
  if (source[0] % groups != 0 || target[0] % groups != 0)
    return "groups that do not divide its channels";
  return nullptr;
}
