//===- PlaceFunctions.h - Geometries as the engine takes them ---*- C++ -*-===//
//
// The plain struct of the C ABI, whose functions interpret those of the module.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_INTERPRETER_PLACEFUNCTIONS_H
#define SNN_COMPILER_INTERPRETER_PLACEFUNCTIONS_H

#include "compiler/Interpreter/Code.h"
#include "dialects/Spiking/IR/Geometry.h"
#include "snn/abi.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <array>
#include <memory>

namespace snn::interpreter {

class PlaceFunctions {
public:
  PlaceFunctions(const spiking::Geometry &from, mlir::ModuleOp module,
                 Functions &functions) {
    copy(from.source, geometry.source);
    copy(from.target, geometry.target);
    llvm::copy(from.period, geometry.period);
    for (auto [code, name] : llvm::zip(codes, from.functions))
      if (auto function =
              name ? module.lookupSymbol<mlir::func::FuncOp>(name.getAttr())
                   : mlir::func::FuncOp())
        code = std::make_unique<Code>(
            function.getBody().front(), Arithmetic::Initial, functions,
            [](mlir::Operation *) { return Access(); });
    geometry.probability = codes[0] ? call<0> : nullptr;
    geometry.weight = codes[1] ? call<1> : nullptr;
    geometry.axonal_delay = codes[2] ? call<2> : nullptr;
    geometry.dendritic_delay = codes[3] ? call<3> : nullptr;
    geometry.context = this;
  }
  PlaceFunctions(const PlaceFunctions &) = delete;

  const snn_geometry &get() const { return geometry; }

private:
  static void copy(const spiking::Lattice &from, snn_lattice &to) {
    llvm::copy(from.origin, to.origin);
    llvm::copy(from.spacing, to.spacing);
    llvm::copy(from.extent, to.extent);
  }

  template <int Index>
  static double call(const void *context, double distance, double x, double y,
                     double z) {
    const auto *self = static_cast<const PlaceFunctions *>(context);
    double frame[1];
    return self->codes[Index]->run(frame, {distance, x, y, z}).front();
  }

  snn_geometry geometry = {};
  std::array<std::unique_ptr<Code>, 4> codes;
};

} // namespace snn::interpreter

#endif // SNN_COMPILER_INTERPRETER_PLACEFUNCTIONS_H
