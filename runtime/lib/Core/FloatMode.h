//===- FloatMode.h - Subnormals are zero while a model runs -----*- C++ -*-===//
//
// Decaying states end in subnormal numbers, which some processors compute a
// hundred times slower; so they count as zero, in every thread alike, and the
// caller's mode comes back when the library returns.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CORE_FLOATMODE_H
#define SNN_RUNTIME_CORE_FLOATMODE_H

#include <cstdint>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace snn::runtime {

class FloatMode {
public:
  FloatMode() : saved(get()) { set(Wanted); }
  ~FloatMode() { set(saved); }
  FloatMode(const FloatMode &) = delete;
  FloatMode &operator=(const FloatMode &) = delete;

private:
#if defined(__x86_64__)
  // All exceptions masked, round to nearest, flush to zero, denormals are zero.
  static constexpr uint64_t Wanted = 0x1f80 | 0x8000 | 0x0040;
  static uint64_t get() { return _mm_getcsr(); }
  static void set(uint64_t mode) { _mm_setcsr(static_cast<unsigned>(mode)); }
#elif defined(__aarch64__)
  static constexpr uint64_t Wanted = 1u << 24; // FZ; it covers both
  static uint64_t get() {
    uint64_t mode;
    asm volatile("mrs %0, fpcr" : "=r"(mode));
    return mode;
  }
  static void set(uint64_t mode) { asm volatile("msr fpcr, %0" ::"r"(mode)); }
#else
#error "how this processor flushes subnormal numbers to zero is not known"
#endif
  uint64_t saved;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CORE_FLOATMODE_H
