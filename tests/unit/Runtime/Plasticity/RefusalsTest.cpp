//===- RefusalsTest.cpp - Plastic networks that cannot be -----------------===//
//
// Each fault is one message before the run, or one that ends it.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Runtime/Plasticity/PlasticModel.h"

#include <gtest/gtest.h>

using namespace snn::runtime::test;

namespace {

struct Small : PlasticModel {
  uint32_t source, target, plastic;

  Small() {
    duration = 500;
    source = addPoisson("P", 40, [](double) { return 2.0; });
    target = addNeurons("E", 50);
    plastic =
        connectPair("P->E.syn#0", source, target, SNN_ALL_TO_ALL, SNN_F32);
  }
  snn_projection &projection() { return projections[plastic]; }
  snn_plasticity &rule() { return rules[0]; }

  snn_error fault() const {
    snn_model compiled = get();
    snn_options given = options(2);
    snn_error error = {};
    EXPECT_FALSE(Instance(snn_create(&compiled, &given, &error)));
    return error;
  }
};

} // namespace

TEST(PlasticRefusals, BrokenRulesAreNamed) {
  auto expect = [](auto alter, const char *what) {
    Small model;
    alter(model);
    snn_error error = model.fault();
    EXPECT_STREQ(error.code, "E0790") << what;
    EXPECT_NE(std::string(error.message).find(what), std::string::npos)
        << error.message;
  };
  expect([](Small &m) { m.rule().pre = m.rule().post; },
         "the follower of the source");
  expect([](Small &m) { m.populations[m.rule().pre].follow_delay = 1; },
         "the follower of the source");
  expect([](Small &m) { m.rule().post = m.target; },
         "the follower of the target");
  expect([](Small &m) { m.populations[m.rule().pre].followed = 99; },
         "whom it follows");
  expect([](Small &m) { m.populations[m.rule().pre].size = 41; },
         "whom it follows");
  expect([](Small &m) { m.populations[m.rule().pre].follow = nullptr; },
         "the kind");
  expect([](Small &m) { m.rule().send = nullptr; }, "a handler");
  expect(
      [](Small &m) {
        static const snn_periodic never = {0, m.rule().on_pre, 0};
        m.rule().num_periodic = 1;
        m.rule().periodic = &never;
      },
      "a period");
  expect([](Small &m) { m.projection().weight_element = SNN_F64; },
         "the weight");
  expect([](Small &m) { m.projection().sum_field = SNN_NONE; }, "a target");
  expect([](Small &m) { m.rule().largest = HUGE_VAL; },
         "the bound of what is sent");
  expect(
      [](Small &m) {
        static const snn_modulator many = {1, LIF_V};
        m.rule().num_modulators = 1;
        m.rule().modulators = &many;
      },
      "a modulator");
  expect([](Small &m) { m.recordSpikes(m.rule().pre); }, "a field");
  expect([](Small &m) { m.changes.push_back({0, SNN_FREEZE, 0, 7, 0, 0}); },
         "the projection");
  expect([](Small &m) { m.synapseRecords.push_back({m.plastic, 1, 1, 0}); },
         "a state");
}

TEST(PlasticRefusals, DelaysThatBothDifferAreNamed) {
  Small model;
  model.projection().axonal_delay = value(SNN_UNIFORM, 0.2, 1);
  model.projection().dendritic_delay = value(SNN_UNIFORM, 0.2, 1);
  snn_error error = model.fault();
  EXPECT_EQ(error.status, SNN_MODEL);
  EXPECT_STREQ(error.code, "E0727");
  EXPECT_STREQ(error.message,
               "axonal and dendritic delays of `P->E.syn#0` are both drawn, "
               "but its synapses change");
  EXPECT_STREQ(error.help, "give one of them as a constant");

  Small zero;
  zero.projection().axonal_delay = value(SNN_UNIFORM, 0, 0.4);
  zero.projection().dendritic_delay = constant(0.2);
  error = zero.fault();
  EXPECT_STREQ(error.code, "E0722");
  EXPECT_STREQ(error.message, "a drawn axonal delay of `P->E.syn#0` is 0 "
                              "steps, but its synapses change");
}

TEST(PlasticRefusals, SumsThatCouldOverflowAreRefused) {
  // 40 sources of 64 spikes in a step, each of at most 820 of 1024 units a mV.
  Small fits;
  fits.constants.most = fits.rule().largest = 815;
  snn_model compiled = fits.get();
  EXPECT_TRUE(create(compiled, options(1)));
  Small model;
  model.rule().largest = 825;
  snn_error error = model.fault();
  EXPECT_STREQ(error.code, "E0725") << error.message;
}

TEST(PlasticRefusals, TooManySynapsesOfAThreadAreRefused) {
  Small model;
  model.populations[model.source].size = 70000;
  model.populations[model.rule().pre].size = 70000;
  model.populations[model.target].size = 140000;
  model.populations[model.rule().post].size = 140000;
  model.projection().source = model.whole(model.source);
  model.projection().target = model.whole(model.target);
  snn_error error = model.fault();
  EXPECT_STREQ(error.code, "E0704") << error.message;
  EXPECT_STREQ(error.help, "divide it into several connections, or use more "
                           "threads");
}

TEST(PlasticRefusals, StateThatIsNotFiniteEndsTheRun) {
  for (uint32_t threads : {1, 2}) {
    Small model;
    model.rule().on_pre = [](const snn_synapses *synapses, const void *,
                             uint64_t, uint64_t) -> uint32_t {
      return synapses->step >= 100;
    };
    snn_model compiled = model.get();
    Instance instance = create(compiled, options(threads));
    EXPECT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_NUMERICAL);
    const snn_error &error = *snn_last_error(instance.get());
    EXPECT_STREQ(error.code, "R0404");
    EXPECT_STREQ(error.message,
                 "`Pair` made a synapse of `P->E.syn#0` not finite, or larger "
                 "than the sum of its port holds, at t = 10 ms");
    EXPECT_STREQ(error.help,
                 "bound the states of the rule, or take smaller rates of "
                 "change");
  }
}
