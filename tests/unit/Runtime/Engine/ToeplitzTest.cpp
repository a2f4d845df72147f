//===- ToeplitzTest.cpp - Synapses as a kernel ----------------------------===//
//
// A kernel delivers what rows of targets do, bit for bit: whatever its stride,
// padding, dilation and groups, wherever threads divide the maps.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/ToeplitzProjection.h"
#include "tests/unit/Runtime/Engine/RandomNetwork.h"

#include <gtest/gtest.h>

#include <random>

using namespace snn::runtime;
using namespace snn::runtime::test;

namespace {

struct Shape {
  const char *name;
  snn_convolution convolution;
};

// Source, target, kernel, stride, padding, dilation, groups.
const Shape Shapes[] = {
    {"few maps", {{1, 12, 12}, {6, 8, 8}, {5, 5}, {1, 1}, {0, 0}, {1, 1}, 1}},
    {"many maps",
     {{3, 11, 13}, {40, 11, 13}, {3, 3}, {1, 1}, {1, 1}, {1, 1}, 1}},
    {"strides and padding",
     {{5, 15, 10}, {23, 8, 4}, {3, 4}, {2, 3}, {1, 2}, {1, 1}, 1}},
    {"dilation", {{4, 16, 9}, {9, 10, 9}, {3, 3}, {1, 1}, {0, 2}, {3, 2}, 1}},
    {"groups", {{6, 8, 8}, {33, 8, 8}, {3, 3}, {1, 1}, {1, 1}, {1, 1}, 3}},
    {"depthwise", {{20, 9, 9}, {20, 5, 5}, {3, 3}, {2, 2}, {1, 1}, {1, 1}, 20}},
    {"one axis", {{2, 1, 200}, {10, 1, 99}, {1, 5}, {1, 2}, {0, 0}, {1, 1}, 1}},
};

uint64_t sizeOf(const uint64_t (&sizes)[3]) {
  return sizes[0] * sizes[1] * sizes[2];
}

std::vector<double> randomKernel(const snn_convolution &shape, double largest) {
  std::mt19937 random(11);
  std::vector<double> weights(shape.target[0] *
                              (shape.source[0] / shape.groups) *
                              shape.kernel[0] * shape.kernel[1]);
  for (double &weight : weights)
    // A third of them is 0.
    weight = random() % 3 == 0 ? 0
                               : (static_cast<double>(random() % 201) - 100) *
                                     largest / 100 * LIF_GRID;
  return weights;
}

void deliverNarrow(void *const *table, const void *, const uint32_t *targets,
                   const void *weights, int64_t weight, int64_t payload,
                   uint64_t count) {
  auto *sums = static_cast<int32_t *>(table[LIF_SUM]);
  auto *each = static_cast<const int32_t *>(weights);
  for (uint64_t i = 0; i < count; ++i)
    sums[targets[i]] +=
        static_cast<int32_t>((each ? each[i] : weight) * payload);
}

/// Sources that fire at random, convolved into all neurons.
TestModel convolved(const snn_convolution &shape, snn_value weight) {
  TestModel model;
  model.populations.push_back(narrowLifPopulation("E", sizeOf(shape.target)));
  snn_population poisson = {};
  poisson.path = "P";
  poisson.size = sizeOf(shape.source);
  poisson.kind = SNN_POISSON_SOURCE;
  // Every neuron at once, then few.
  poisson.rate = [](double t) { return t < 5 ? 1.5 : 0.02; };
  model.populations.push_back(poisson);
  model.duration = 200;
  snn_projection one = project(model, "P->E.syn#0", 1, 0, SNN_CONVOLUTION);
  one.flags = SNN_AUTAPSES;
  one.convolution = &shape;
  one.weight = weight;
  one.deliver = deliverNarrow;
  one.axonal_delay = constant(0.3);
  model.projections.push_back(one);
  return model;
}

void expectSameRun(TestModel model, const char *name) {
  uint64_t hash = 0, events = 0, synapses = 0;
  for (uint32_t threads : {0, 1, 2, 3, 4}) {
    model.projections[0].storage = threads ? SNN_TOEPLITZ : SNN_ROWS;
    snn_model compiled = model.get();
    EXPECT_EQ(ToeplitzProjection::keeps(compiled, model.projections[0]),
              threads != 0);
    Instance instance = create(compiled, options(threads ? threads : 1));
    ASSERT_TRUE(instance);
    ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
    snn_stats stats;
    snn_get_stats(instance.get(), &stats);
    if (!threads) {
      hash = snn_spike_hash(instance.get());
      events = stats.synaptic_events;
      synapses = stats.synapses;
      ASSERT_GT(events, 1000u) << name;
      ASSERT_GT(stats.spikes, 10u) << name;
      continue;
    }
    EXPECT_EQ(snn_spike_hash(instance.get()), hash) << name << threads;
    EXPECT_EQ(stats.synaptic_events, events) << name << threads;
    EXPECT_EQ(stats.synapses, synapses) << name << threads;
  }
}

snn_value given(const std::vector<double> &weights) {
  snn_value result = value(SNN_DATA, 0);
  result.data = weights.data();
  result.count = weights.size();
  return result;
}

} // namespace

TEST(Toeplitz, SumsAreThoseOfEachEntry) {
  std::mt19937 random(5);
  for (const Shape &shape : Shapes)
    for (int32_t largest : {1000, 1000000})
      for (uint32_t part : {1, 2, 5})
        for (bool isBaseline : {false, true}) {
          const snn_convolution &form = shape.convolution;
          uint64_t inputs = form.source[0] / form.groups;
          uint64_t outputs = form.target[0] / form.groups;
          uint64_t map = form.target[1] * form.target[2];
          Buffer<int32_t> entries;
          ASSERT_TRUE(entries.resize(form.target[0] * inputs * form.kernel[0] *
                                     form.kernel[1]));
          for (int32_t &entry : entries)
            entry = static_cast<int32_t>(random() % (2u * largest)) - largest;
          ToeplitzKernel kernel;
          ASSERT_TRUE(kernel.create(form, entries));
          EXPECT_EQ(kernel.isShort(), largest == 1000);
          KernelAxis axes[2];
          ASSERT_TRUE(axes[0].create(form, 0) && axes[1].create(form, 1));
          uint64_t size = sizeOf(form.target);
          Range targets = {size / part / 3, size / part};
          ToeplitzSums collected;
          ASSERT_TRUE(collected.create(form, targets));
          if (isBaseline)
            collected.useBaseline();
          for (uint32_t count : {1, 2, 30, 500}) {
            Buffer<uint32_t> spikes;
            std::vector<int32_t> expected(size, 5), sums = expected;
            for (uint32_t i = 0; i < count; ++i) {
              auto source =
                  static_cast<uint32_t>(random() % sizeOf(form.source));
              ASSERT_TRUE(spikes.push(source));
              uint64_t x = source % form.source[2];
              uint64_t y = source / form.source[2] % form.source[1];
              uint64_t c = source / form.source[2] / form.source[1];
              // Every target is asked for the entry that would join it.
              for (uint64_t t = targets.begin; t < targets.end; ++t) {
                uint64_t o = t / map;
                if (o / outputs != c / inputs)
                  continue;
                uint64_t dy = y + form.padding[0] -
                              t % map / form.target[2] * form.stride[0];
                uint64_t dx =
                    x + form.padding[1] - t % form.target[2] * form.stride[1];
                uint64_t v = dy / form.dilation[0], u = dx / form.dilation[1];
                if (dy % form.dilation[0] || dx % form.dilation[1] ||
                    v >= form.kernel[0] || u >= form.kernel[1])
                  continue;
                expected[t] +=
                    entries[((o * inputs + c % inputs) * form.kernel[0] + v) *
                                form.kernel[1] +
                            u];
              }
            }
            collected.deliver(kernel, axes, spikes, sums.data());
            ASSERT_EQ(sums, expected)
                << shape.name << ", " << count << " spikes, part " << part;
          }
        }
}

TEST(Toeplitz, EachShapeRunsAsRowsDo) {
  for (const Shape &shape : Shapes) {
    std::vector<double> weights = randomKernel(shape.convolution, 400);
    expectSameRun(convolved(shape.convolution, given(weights)), shape.name);
  }
  // Weights that 16 bits do not hold.
  const snn_convolution &shape = Shapes[1].convolution;
  std::vector<double> weights = randomKernel(shape, 40000);
  expectSameRun(convolved(shape, given(weights)), "large weights");
}

TEST(Toeplitz, DrawnAndEqualWeightsRunAsRowsDo) {
  const snn_convolution &shape = Shapes[1].convolution;
  expectSameRun(convolved(shape, value(SNN_NORMAL, 0.3, 0.8)), "drawn");
  expectSameRun(convolved(shape, constant(0.4)), "equal");
}

TEST(Toeplitz, SlicesRunAsRowsDo) {
  const snn_convolution &shape = Shapes[3].convolution;
  std::vector<double> weights = randomKernel(shape, 4000);
  TestModel model = convolved(shape, given(weights));
  model.populations[0].size += 37;
  model.populations[1].size += 11;
  model.projections[0].source.first = 7;
  model.projections[0].target.first = 21;
  expectSameRun(model, "slices");
}

TEST(Toeplitz, OtherDelaysAndHandlersAreRows) {
  const snn_convolution &shape = Shapes[1].convolution;
  TestModel model = convolved(shape, constant(0.4));
  snn_projection &projection = model.projections[0];
  projection.storage = SNN_TOEPLITZ;
  EXPECT_TRUE(ToeplitzProjection::keeps(model.get(), projection));
  projection.axonal_delay = value(SNN_UNIFORM, 0.3, 2);
  EXPECT_FALSE(ToeplitzProjection::keeps(model.get(), projection));
  projection.axonal_delay = constant(0.3);
  projection.weight_element = SNN_I64;
  EXPECT_FALSE(ToeplitzProjection::keeps(model.get(), projection));
  projection.weight_element = SNN_F64;
  projection.sum_field = SNN_NONE;
  EXPECT_FALSE(ToeplitzProjection::keeps(model.get(), projection));
}

TEST(Toeplitz, SumsThatCouldOverflowAreRefused) {
  const snn_convolution &shape = Shapes[1].convolution;
  for (double weight : {0x1p18, 0x1p26}) {
    TestModel model = convolved(shape, constant(weight * LIF_GRID));
    model.projections[0].storage = SNN_TOEPLITZ;
    snn_model compiled = model.get();
    snn_options given = options(2);
    snn_error error = {};
    snn_instance *instance = snn_create(&compiled, &given, &error);
    // 3 x 9 synapses, 64 spikes of each source.
    EXPECT_EQ(instance != nullptr, weight == 0x1p18) << error.message;
    if (instance)
      snn_destroy(instance);
    else
      EXPECT_STREQ(error.code, "E0725");
  }
}

TEST(Toeplitz, MemoryIsForeseen) {
  for (const Shape &shape : Shapes) {
    std::vector<double> weights = randomKernel(shape.convolution, 4000);
    TestModel model = convolved(shape.convolution, given(weights));
    model.projections[0].storage = SNN_TOEPLITZ;
    snn_model compiled = model.get();
    for (uint32_t threads : {1, 2, 4}) {
      snn_options given = options(threads);
      snn_error error;
      snn_memory memory;
      ASSERT_EQ(snn_estimate_memory(&compiled, &given, &memory, &error),
                SNN_OK);
      Instance instance = create(compiled, given);
      ASSERT_TRUE(instance);
      ASSERT_EQ(snn_run(instance.get(), 10), SNN_OK);
      snn_stats stats;
      snn_get_stats(instance.get(), &stats);
      EXPECT_EQ(memory.expected_synapses, stats.synapses) << shape.name;
      EXPECT_LE(stats.synapse_bytes, memory.synapses) << shape.name;
      EXPECT_NEAR(static_cast<double>(memory.synapses),
                  static_cast<double>(stats.synapse_bytes),
                  0.2 * static_cast<double>(stats.synapse_bytes))
          << shape.name << ", " << threads << " threads";
    }
  }
}
