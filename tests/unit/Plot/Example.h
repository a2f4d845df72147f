//===- Example.h - A recording small enough to check by eye -----*- C++ -*-===//
//
// Two populations over 40 ms; neuron i of E fires every (i+1)*5 ms.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TESTS_UNIT_PLOT_EXAMPLE_H
#define SNN_TESTS_UNIT_PLOT_EXAMPLE_H

#include "compiler/Results/Recording.h"

inline snn::results::Recording exampleRecording() {
  snn::results::Recording run;
  run.model = "example";
  run.step = 0.1;
  run.window = {10, 50};
  snn::results::SpikeTrains e{"E", {0, 4, 1}, {}, {}};
  for (int t = 11; t <= 50; ++t)
    for (int i = 0; i < 4; ++i)
      if ((t - 10) % ((i + 1) * 5) == 0) {
        e.times.push_back(t);
        e.ids.push_back(static_cast<uint32_t>(i));
      }
  run.spikes.push_back(e);
  run.spikes.push_back({"I", {0, 2, 1}, {12.5, 30, 30}, {1, 0, 1}});
  run.traces.push_back(
      {"E", "V", "mV", {0, 1, 1}, {10, 30, 50}, {-65, -50, -60}});
  return run;
}

#endif // SNN_TESTS_UNIT_PLOT_EXAMPLE_H
