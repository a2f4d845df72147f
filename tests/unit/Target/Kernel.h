//===- Kernel.h - Functions compiled from text for a test -------*- C++ -*-===//
//
// Compiles the body of a loop over vectors for a CPU level and runs it.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TESTS_UNIT_TARGET_KERNEL_H
#define SNN_TESTS_UNIT_TARGET_KERNEL_H

#include "compiler/Target/CPU/JIT.h"

#include <memory>
#include <string>
#include <vector>

namespace snn::tests {

/// expm1(x)/x, one at zero, as the solvers write it.
inline constexpr const char *phi1Body =
    "%zeros = arith.constant dense<0.0> : %T\n"
    "%ones = arith.constant dense<1.0> : %T\n"
    "%e = math.expm1 %x : %T\n"
    "%q = arith.divf %e, %x : %T\n"
    "%c = arith.cmpf oeq, %x, %zeros : %T\n"
    "%r = arith.select %c, %ones, %q : %C, %T";

class Kernel {
public:
  /// `body` computes %r of type %T from %x and %y of that type, where %T stands
  /// for `lanes` of f32 or f64 (no vector if 0), and %C for as many conditions.
  Kernel(std::string body, bool single, unsigned lanes,
         const target::cpu::Options &options);

  /// One result for each pair; sizes are multiples of the lanes. Runs with
  /// subnormals flushed, as the engine's threads do.
  std::vector<float> operator()(const std::vector<float> &x,
                                const std::vector<float> &y) const;
  std::vector<double> operator()(const std::vector<double> &x,
                                 const std::vector<double> &y) const;

  /// Into `r`, in the kernel's precision.
  void run(const void *x, const void *y, void *r, size_t count) const;

private:
  using Function = void (*)(const void *x, const void *y, void *r,
                            int64_t count);

  std::unique_ptr<target::cpu::Session> session;
  Function function = nullptr;
};

} // namespace snn::tests

#endif // SNN_TESTS_UNIT_TARGET_KERNEL_H
