//===- FailureTest.cpp - Projections that cannot be -----------------------===//
//
// Each fails with its code and names its path, before or while it is drawn.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Runtime/Connectivity/Edges.h"

using namespace snn::test;

extern "C" uint64_t countEdgesInC(const snn_projection *projection);

namespace {

void expectFailure(const snn_projection &projection, const char *code,
                   int32_t status = 1) {
  snn_error error = {};
  auto ignore = [](void *, uint32_t, uint32_t, double, uint32_t) { return 0; };
  EXPECT_EQ(snn_enumerate_edges(&projection, Step, 1, ignore, nullptr, &error),
            status)
      << error.message;
  EXPECT_STREQ(error.code, code) << error.message;
  EXPECT_NE(std::string(error.message).find(projection.path), std::string::npos)
      << error.message;
}

TEST(Failure, RulesThatAskForTooMany) {
  expectFailure(projectionOf(SNN_ONE_TO_ONE, 5, 6, 0, 0), "E0403");
  expectFailure(projectionOf(SNN_INDEGREE, 10, 10, 11, SNN_AUTAPSES), "E0410");
  expectFailure(projectionOf(SNN_INDEGREE, 10, 10, 10, 0, true), "E0410");
  expectFailure(projectionOf(SNN_INDEGREE, 0, 10, 1, 3), "E0410");
  expectFailure(projectionOf(SNN_INDEGREE, 1, 1, 1, SNN_MULTAPSES, true),
                "E0410");
  expectFailure(projectionOf(SNN_OUTDEGREE, 10, 10, 11, SNN_AUTAPSES), "E0410");
  expectFailure(projectionOf(SNN_OUTDEGREE, 10, 0, 1, 3), "E0410");
  expectFailure(projectionOf(SNN_TOTAL, 10, 10, 91, 0, true), "E0410");
  expectFailure(projectionOf(SNN_TOTAL, 0, 10, 1, 3), "E0410");
  snn_projection p = projectionOf(SNN_PROBABILITY, 10, 10, 0, 0);
  for (double probability : {-0.1, 1.1, double(NAN)}) {
    p.number = probability;
    expectFailure(p, "E0411");
  }
}

TEST(Failure, SizesThatOverflow) {
  uint64_t most = 1ull << 32;
  expectFailure(projectionOf(SNN_ALL_TO_ALL, most, most, 0, 3), "E0704", 5);
  expectFailure(projectionOf(SNN_INDEGREE, 10, most, 1ull << 40, 3), "E0704",
                5);
  expectFailure(projectionOf(SNN_OUTDEGREE, most, 10, 1ull << 40, 3), "E0704",
                5);
  expectFailure(projectionOf(SNN_TOTAL, most, most, 1ull << 60, 3), "E0704", 5);
  expectFailure(projectionOf(SNN_TOTAL, 2 * most, 5, 5, 3), "E0703", 5);
  snn_projection p = projectionOf(SNN_TOTAL, 10, 10, 5, 3);
  p.target.stride = UINT64_MAX;
  expectFailure(p, "E0703", 5);
}

TEST(Failure, ValuesThatCannotBe) {
  snn_projection good = projectionOf(SNN_TOTAL, 10, 10, 100, 3), p = good;
  p.weight = valueOf(SNN_NORMAL, 0, -1);
  expectFailure(p, "E0417");
  p.weight = valueOf(SNN_CONSTANT, NAN);
  expectFailure(p, "E0417");
  p.weight = valueOf(SNN_DATA, 0);
  expectFailure(p, "E0404");
  p.weight = valueOf(SNN_CONSTANT, 1e30);
  expectFailure(p, "E0723");
  p.weight = valueOf(SNN_NORMAL, 0, 1e30);
  expectFailure(p, "E0723");
  p.weight = valueOf(SNN_NORMAL, 0, 1);
  p.weight.redraw_low = 40;
  expectFailure(p, "E0420");
  p.weight = valueOf(SNN_CONSTANT, 1);
  p.weight.redraw_low = 40;
  expectFailure(p, "E0420");
  p = good;
  p.axonal_delay = valueOf(SNN_CONSTANT, 0);
  expectFailure(p, "E0406");
  p.axonal_delay = valueOf(SNN_CONSTANT, -5);
  expectFailure(p, "E0406");
  p.axonal_delay = valueOf(SNN_CONSTANT, 7000);
  expectFailure(p, "E0416");
  p.axonal_delay = valueOf(SNN_CONSTANT, 6553.5);
  EXPECT_EQ(edgesOf(p)[0].delay, 65535u);
  p.axonal_delay = valueOf(SNN_UNIFORM, 0, 0.01); // rounds to no step
  expectFailure(p, "E0722");
  p.axonal_delay = valueOf(SNN_NORMAL, 0, 1);
  expectFailure(p, "E0722");
}

TEST(Failure, ListsThatNameNoNeuron) {
  const uint32_t a[] = {0, 3}, b[] = {1, 2};
  snn_projection p = projectionOf(SNN_LIST, 3, 3, 2, 0);
  p.list_sources = a;
  p.list_targets = b;
  expectFailure(p, "E0405");
  p.list_sources = b;
  p.list_targets = a;
  expectFailure(p, "E0405");
  p.list_sources = p.list_targets = b;
  p.weight = valueOf(SNN_DATA, 0);
  const double weight = 1;
  p.weight.data = &weight;
  p.weight.count = 1;
  expectFailure(p, "E0404");
}

TEST(Failure, NoneFromC) {
  snn_projection p = projectionOf(SNN_INDEGREE, 10, 20, 3, 3);
  EXPECT_EQ(countEdgesInC(&p), 60u);
}

TEST(Failure, AConsumerMayStop) {
  snn_projection p = projectionOf(SNN_ALL_TO_ALL, 10, 10, 0, 3);
  int seen = 0;
  int32_t status = snn_enumerate_edges(
      &p, Step, 1,
      [](void *context, uint32_t, uint32_t, double, uint32_t) {
        return ++*static_cast<int *>(context) == 15 ? 99 : 0;
      },
      &seen, nullptr);
  EXPECT_EQ(status, 99);
  EXPECT_EQ(seen, 15);
}

} // namespace
