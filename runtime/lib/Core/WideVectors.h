//===- WideVectors.h - Vectors of 512 bits ----------------------*- C++ -*-===//
//
// A loop that gains from AVX-512 is compiled twice, once as SNN_WIDE; which of
// the two runs is found out where the program runs. Both give the same bits.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CORE_WIDEVECTORS_H
#define SNN_RUNTIME_CORE_WIDEVECTORS_H

#if defined(__x86_64__)
#define SNN_WIDE __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl")))
#endif

namespace snn::runtime {

/// Whether functions that are SNN_WIDE can run here.
inline bool hasWideVectors() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl");
#else
  return false;
#endif
}

} // namespace snn::runtime

#endif // SNN_RUNTIME_CORE_WIDEVECTORS_H
