//===- Geometry.cpp - Where the neurons of a projection lie -----*- C++ -*-===//
//
// To and from the attribute.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/IR/Geometry.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace snn::spiking;

static DictionaryAttr toAttr(Builder builder, const Lattice &lattice) {
  return builder.getDictionaryAttr({
      builder.getNamedAttr("extent",
                           builder.getDenseI64ArrayAttr(lattice.extent)),
      builder.getNamedAttr("origin",
                           builder.getDenseF64ArrayAttr(lattice.origin)),
      builder.getNamedAttr("spacing",
                           builder.getDenseF64ArrayAttr(lattice.spacing)),
  });
}

DictionaryAttr Geometry::toAttr(MLIRContext *context) const {
  Builder builder(context);
  SmallVector<NamedAttribute> members = {
      builder.getNamedAttr("from", ::toAttr(builder, source)),
      builder.getNamedAttr("to", ::toAttr(builder, target)),
      builder.getNamedAttr("period", builder.getDenseF64ArrayAttr(period)),
  };
  for (auto [name, function] : llvm::zip(FunctionNames, functions))
    if (function)
      members.push_back(builder.getNamedAttr(name, function));
  return builder.getDictionaryAttr(members);
}

template <typename AttrT, typename T>
static bool read(DictionaryAttr members, StringRef name,
                 std::array<T, 3> &numbers) {
  auto attr = members ? members.getAs<AttrT>(name) : AttrT();
  if (!attr || attr.size() != 3)
    return false;
  llvm::copy(attr.asArrayRef(), numbers.begin());
  return true;
}

static bool read(DictionaryAttr lattice, Lattice &result) {
  return read<DenseF64ArrayAttr>(lattice, "origin", result.origin) &&
         read<DenseF64ArrayAttr>(lattice, "spacing", result.spacing) &&
         read<DenseI64ArrayAttr>(lattice, "extent", result.extent) &&
         llvm::all_of(result.extent, [](int64_t count) { return count > 0; });
}

std::optional<Geometry> Geometry::of(Operation *projection) {
  auto members = projection->getAttrOfType<DictionaryAttr>(AttributeName);
  Geometry result;
  if (!members || !read(members.getAs<DictionaryAttr>("from"), result.source) ||
      !read(members.getAs<DictionaryAttr>("to"), result.target) ||
      !read<DenseF64ArrayAttr>(members, "period", result.period))
    return std::nullopt;
  for (auto [name, function] : llvm::zip(FunctionNames, result.functions))
    function = members.getAs<FlatSymbolRefAttr>(name);
  return result;
}
