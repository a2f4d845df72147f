//===- SameBitsTest.cpp - One result on every CPU and at every -O ---------===//
//
// Compiles kernels for each level at -O0 and -O3, as vectors and as scalars,
// and compares all results bit for bit.
//
//===----------------------------------------------------------------------===//
#include "Kernel.h"
#include "Levels.h"

#include <cstring>
#include <gtest/gtest.h>
#include <random>

using namespace snn::target::cpu;
using snn::tests::Kernel;
using snn::tests::runnableLevels;

namespace {

/// Numbers of all sizes and both signs, zeros, subnormals, infinities.
template <typename T>
std::vector<T> inputs(unsigned seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> unit(-1, 1);
  std::vector<T> xs(4096);
  for (size_t i = 0; i < xs.size(); ++i)
    xs[i] = static_cast<T>(
        unit(random) * std::exp(i % 2 ? 5 * unit(random) : 100 * unit(random)));
  xs[0] = 0, xs[1] = std::numeric_limits<T>::infinity();
  xs[2] = -xs[1], xs[3] = std::numeric_limits<T>::denorm_min(), xs[4] = 1;
  return xs;
}

/// The first of the NaNs; which one an operation makes is the CPU's choice.
template <typename T>
void unifyNaNs(std::vector<T> &xs) {
  for (T &x : xs)
    if (x != x)
      x = std::numeric_limits<T>::quiet_NaN();
}

template <typename T>
void expectSameBits(const std::string &body) {
  constexpr bool single = std::is_same_v<T, float>;
  std::vector<T> xs = inputs<T>(1), ys = inputs<T>(2);
  std::vector<T> first;
  for (Level level : runnableLevels())
    for (unsigned optLevel : {0, 3})
      for (unsigned lanes : {0, 4, 16}) {
        Options options;
        options.level = level;
        options.optLevel = optLevel;
        Kernel kernel(body, single, lanes, options);
        std::vector<T> rs = kernel(xs, ys);
        unifyNaNs(rs);
        if (first.empty())
          first = rs;
        ASSERT_EQ(std::memcmp(first.data(), rs.data(), rs.size() * sizeof(T)),
                  0)
            << body << " at level " << int(level) << ", -O" << optLevel << ", "
            << lanes << " lanes";
      }
}

class Bodies : public testing::TestWithParam<const char *> {};

TEST_P(Bodies, HaveTheSameBitsInSingle) { expectSameBits<float>(GetParam()); }
TEST_P(Bodies, HaveTheSameBitsInDouble) { expectSameBits<double>(GetParam()); }

const char *const bodies[] = {
    // What a fused multiply-add would change.
    "%p = arith.mulf %x, %y : %T  %r = arith.addf %p, %x : %T",
    "%e = math.exp %x : %T  %q = math.expm1 %y : %T"
    "  %r = arith.divf %e, %q : %T",
    "%a = math.absf %x : %T  %l = math.log %a : %T  %m = math.log1p %a : %T"
    "  %r = arith.subf %l, %m : %T",
    "%t = math.tanh %x : %T  %s = math.sin %y : %T  %c = math.cos %x : %T"
    "  %p = arith.mulf %s, %c : %T  %r = arith.addf %t, %p : %T",
    "%a = math.absf %x : %T  %r = math.powf %a, %y : %T",
    "%f = math.floor %x : %T  %c = math.round %y : %T  %s = math.sqrt %y : %T"
    "  %d = arith.subf %f, %c : %T  %r = arith.addf %d, %s : %T",
    "%t = math.atan %x : %T  %l = math.log2 %y : %T"
    "  %r = arith.addf %t, %l : %T",
    snn::tests::phi1Body,
    "%h = math.sinh %x : %T  %c = math.cosh %y : %T"
    "  %r = arith.addf %h, %c : %T",
};
INSTANTIATE_TEST_SUITE_P(All, Bodies, testing::ValuesIn(bodies));

TEST(Constants, FoldAsTheyRun) {
  // 1e-40 underflows: a folder that keeps subnormals would give y * 1e-10.
  expectSameBits<float>("%z = arith.subf %y, %y : %T\n"
                        "%o = math.exp %z : %T\n"
                        "%s = arith.subf %o, %o : %T\n"
                        "%c = math.exp2 %s : %T\n"
                        "%r = arith.addf %c, %x : %T");
}

} // namespace
