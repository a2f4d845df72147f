//===- ResultsTest.cpp - Files of a run -----------------------------------===//
//
// What is written is whole, readable by numpy, and says how the run ended;
// when the disk is full, nothing changes and the error names the file.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Runtime/Engine/TestModel.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace snn::runtime::test;
namespace fs = std::filesystem;

namespace {

class Results : public testing::Test {
protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "snn-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder = name;
    model.populations.push_back(lifPopulation("E", 40, lifParameters, 0, 0));
    model.populations.push_back(
        lifPopulation("grid[3,4].I", 5, lifParameters, 0, 0));
    model.inject(0, twentyMillivolt);
    model.recordSpikes(0);
    model.recordSpikes(1);
    model.records.push_back({{0, 0, 4, 3, 2}, LIF_V, 0, 10, 10});
    compiled = model.get();
  }
  void TearDown() override { fs::remove_all(folder); }

  Instance create(snn_options given = options(2)) {
    snn_error error;
    Instance instance(snn_create(&compiled, &given, &error));
    EXPECT_TRUE(instance) << error.message;
    return instance;
  }
  std::string file(const char *name) const { return folder / name; }
  static std::string read(const std::string &path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }
  size_t filesIn(const fs::path &path) const {
    return static_cast<size_t>(
        std::distance(fs::directory_iterator(path), fs::directory_iterator()));
  }

  TestModel model;
  snn_model compiled;
  fs::path folder;
};

/// A Python that has numpy, or null.
const char *pythonWithNumpy() {
  for (const char *python : {"python3", "/usr/bin/python3"})
    if (std::system(
            (std::string(python) + " -c 'import numpy' 2>/dev/null").c_str()) ==
        0)
      return python;
  return nullptr;
}

} // namespace

TEST_F(Results, AreReadByNumpy) {
  const char *python = pythonWithNumpy();
  if (!python)
    GTEST_SKIP() << "no Python with numpy on this machine";
  Instance instance = create();
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  ASSERT_EQ(snn_write_results(instance.get(), file("out").c_str()), SNN_OK);
  std::ofstream(file("check.py")) << R"(
import json, sys, zipfile
import numpy as np
out = sys.argv[1]
for name in 'spikes.npz', 'traces.npz':
    assert zipfile.ZipFile(out + '/' + name).testzip() is None
s = np.load(out + '/spikes.npz')
assert sorted(s.files) == ['E/id', 'E/t', 'grid[3,4].I/id', 'grid[3,4].I/t'], s.files
assert s['E/t'].dtype == np.float64 and s['E/id'].dtype == np.uint32
assert s['E/t'].shape == s['E/id'].shape == (int(sys.argv[2]),)
assert list(s['E/id'][:40]) == list(range(40))
assert abs(s['E/t'][0] - 13.9) < 1e-9, s['E/t'][0]
assert s['grid[3,4].I/t'].size == 0
v = np.load(out + '/traces.npz')
assert sorted(v.files) == ['E/V', 'E/V/ids', 'E/V/t']
assert v['E/V'].shape == (100, 3) and list(v['E/V/ids']) == [4, 6, 8]
assert np.allclose(v['E/V/t'], np.arange(1, 101))
assert np.allclose(v['E/V'][:13, 0], 20 * (1 - np.exp(-np.arange(1, 14) / 10)))
m = json.load(open(out + '/manifest.json'))
assert m['exit_reason'] == 'completed' and m['fp'] == 'strict'
assert m['precision'] == 'f64' and m['threads'] == 2
r = [r for r in m['records'] if r.get('state') == 'V'][0]
assert (r['population'], r['first'], r['count'], r['stride']) == ('E', 4, 3, 2)
assert m['populations']['grid[3,4].I'] > 0
assert m['spike_hash'] == sys.argv[3] and m['seeds']['stimulus'] == 3
)";
  char hash[17];
  snprintf(hash, sizeof hash, "%016llx",
           static_cast<unsigned long long>(snn_spike_hash(instance.get())));
  std::string command =
      std::string(python) + " " + file("check.py") + " " + file("out") + " " +
      std::to_string(snn_read_spikes(instance.get(), 0, nullptr, nullptr)) +
      " " + hash;
  EXPECT_EQ(std::system(command.c_str()), 0);
}

TEST_F(Results, HaveTheSameBytesForAnyThreads) {
  for (uint32_t threads : {1, 3}) {
    Instance instance = create(options(threads));
    ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
    ASSERT_EQ(snn_write_results(instance.get(),
                                file(std::to_string(threads).c_str()).c_str()),
              SNN_OK);
  }
  for (const char *name : {"/spikes.npz", "/traces.npz"})
    EXPECT_EQ(read(file("1") + name), read(file("3") + name));
}

TEST_F(Results, StatisticsHaveTheKeysOfTheCommandLine) {
  Instance instance = create();
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  ASSERT_EQ(snn_write_stats(instance.get(), file("s.json").c_str(), 0.25),
            SNN_OK);
  std::string text = read(file("s.json"));
  for (const char *key : {"neurons",
                          "synapses",
                          "steps",
                          "spikes",
                          "synaptic_events",
                          "bio_time_s",
                          "wall_s",
                          "rtf",
                          "build_s",
                          "compile_s",
                          "update_s",
                          "deliver_s",
                          "stimulus_s",
                          "bytes_per_synapse",
                          "peak_rss_bytes",
                          "threads",
                          "rates_hz",
                          "spike_hash",
                          "ops",
                          "sops",
                          "macs",
                          "neuron_updates",
                          "updates_at_rest",
                          "energy_j"})
    EXPECT_NE(text.find('"' + std::string(key) + "\": "), std::string::npos)
        << key;
  EXPECT_NE(text.find("\"neurons\": 45,"), std::string::npos);
  EXPECT_NE(text.find("\"neuron_updates\": 45000"), std::string::npos);
  EXPECT_NE(text.find("\"compile_s\": 0.25"), std::string::npos);
}

TEST_F(Results, FullDeviceIsAnErrorThatNamesIt) {
  Instance instance = create();
  ASSERT_EQ(snn_run(instance.get(), 10), SNN_OK);
  EXPECT_EQ(snn_write_stats(instance.get(), "/dev/full", 0), SNN_IO);
  EXPECT_STREQ(snn_last_error(instance.get())->message,
               "cannot write `/dev/full`: No space left on device");
  EXPECT_NE(snn_last_error(instance.get())->note[0], 0);
}

TEST_F(Results, FailedWriteLeavesTheOldFilesAlone) {
  Instance instance = create();
  ASSERT_EQ(snn_run(instance.get(), 500), SNN_OK);
  ASSERT_EQ(snn_write_results(instance.get(), file("out").c_str()), SNN_OK);
  std::string before = read(file("out/spikes.npz"));
  ASSERT_EQ(filesIn(folder / "out"), 3u);
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);

  // In a child, as limits cannot be raised again.
  pid_t child = fork();
  ASSERT_GE(child, 0);
  if (!child) {
    rlimit limit = {1000, 1000};
    setrlimit(RLIMIT_FSIZE, &limit);
    _exit(snn_write_results(instance.get(), file("out").c_str()));
  }
  int status;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status)) << "killed by signal " << WTERMSIG(status);
  EXPECT_EQ(WEXITSTATUS(status), SNN_IO);
  EXPECT_EQ(filesIn(folder / "out"), 3u);
  EXPECT_EQ(read(file("out/spikes.npz")), before);

  ASSERT_EQ(snn_write_results(instance.get(), file("out").c_str()), SNN_OK);
  EXPECT_NE(read(file("out/spikes.npz")), before);
}

TEST_F(Results, FolderThatCannotBeIsAnError) {
  Instance instance = create();
  std::ofstream(file("plain")) << "x";
  EXPECT_EQ(snn_write_results(instance.get(), file("plain/out").c_str()),
            SNN_IO);
  EXPECT_EQ(snn_write_stats(instance.get(), file("no/s.json").c_str(), 0),
            SNN_IO);
}
