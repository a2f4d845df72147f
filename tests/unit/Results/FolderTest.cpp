//===- FolderTest.cpp - Results on disk -------------------------*- C++ -*-===//
//
// data/run was written by NumPy 1.24 with the keys that the engine uses.
//
//===----------------------------------------------------------------------===//
#include "compiler/Results/Folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace snn::results;
namespace fs = std::filesystem;

static const std::string run = SNN_TEST_DATA "/run";

/// A copy of data/run in which a test may change things.
struct Copy {
  fs::path folder;
  Copy() {
    folder = fs::path(testing::TempDir()) /
             ("snn-folder-" + std::to_string(getpid()));
    fs::copy(run, folder, fs::copy_options::recursive);
  }
  ~Copy() { fs::remove_all(folder); }
  void write(const char *name, const std::string &content) const {
    std::ofstream(folder / name) << content;
  }
};

TEST(Folder, ReadsSpikesWithTheNeuronsThatWereRecorded) {
  Expected<Recording> recording = readFolder(run);
  ASSERT_TRUE(recording);
  EXPECT_EQ(recording->model, "Example");
  ASSERT_EQ(recording->spikes.size(), 2u);
  EXPECT_EQ(recording->findSpikes("E")->times,
            (std::vector<double>{210.1, 250, 250}));
  EXPECT_EQ(recording->findSpikes("E")->ids, (std::vector<uint32_t>{3, 0, 7}));
  EXPECT_EQ(recording->findSpikes("I")->neurons.id(1), 3u);
  EXPECT_EQ(recording->findSpikes("P"), nullptr);
}

TEST(Folder, WindowOfAnInterruptedRunEndsWhereItStopped) {
  Expected<Recording> recording = readFolder(run);
  ASSERT_TRUE(recording);
  EXPECT_EQ(recording->window.begin, 200);
  EXPECT_EQ(recording->window.end, 700);
}

TEST(Folder, ReadsTracesWithUnitAndNeurons) {
  Expected<Recording> recording = readFolder(run);
  ASSERT_TRUE(recording);
  const Trace *trace = recording->findTrace("E", "V", {0, 2, 5});
  ASSERT_TRUE(trace);
  EXPECT_EQ(trace->unit, "mV");
  EXPECT_EQ(trace->neurons.id(1), 5u);
  EXPECT_EQ(trace->value(2, 1), -60);
}

TEST(Folder, RecordsOfOnePopulationAreJoined) {
  SpikeTrains trains;
  setRecorded(trains, {{2, 2, 1}, {7, 1, 1}});
  EXPECT_EQ(trains.neurons.first, 2u);
  EXPECT_EQ(trains.neurons.count, 6u);
  EXPECT_EQ(trains.recorded,
            (std::vector<bool>{true, true, false, false, false, true}));
  setRecorded(trains, {{3, 1, 1}, {0, 10, 1}});
  EXPECT_EQ(trains.neurons.count, 10u);
  EXPECT_TRUE(trains.recorded.empty());
}

TEST(Folder, TracesAreFoundByTheNeuronsTheyHold) {
  Expected<Recording> recording = readFolder(run);
  ASSERT_TRUE(recording);
  EXPECT_TRUE(recording->findTrace("E", "V", {5, 1, 1}));
  EXPECT_FALSE(recording->findTrace("E", "V", {0, 2, 1}));
  EXPECT_FALSE(recording->findTrace("E", "V", {0, 3, 5}));
}

TEST(Folder, SaysThatAFolderHoldsNoResults) {
  Expected<Recording> recording = readFolder("/");
  ASSERT_FALSE(recording);
  EXPECT_EQ(recording.failure().code, ExitCode::NoInput);
  EXPECT_EQ(recording.failure().message, "`/` is not a folder of results");
}

TEST(Folder, RefusesAManifestThatIsNoJson) {
  Copy copy;
  copy.write("manifest.json", "{\"name\": ");
  Expected<Recording> recording = readFolder(copy.folder);
  ASSERT_FALSE(recording);
  EXPECT_EQ(recording.failure().code, ExitCode::BrokenFile);
}

TEST(Folder, RefusesAManifestWithoutTimes) {
  Copy copy;
  copy.write("manifest.json", "{\"records\": [], \"step_ms\": \"x\"}");
  Expected<Recording> recording = readFolder(copy.folder);
  ASSERT_FALSE(recording);
  EXPECT_NE(recording.failure().message.find("lacks the times"),
            std::string::npos);
}

TEST(Folder, NamesThePopulationWhoseSpikesAreMissing) {
  Copy copy;
  copy.write("manifest.json",
             R"({"step_ms": 0.1, "warmup_ms": 0, "duration_ms": 1,
                 "time_ms": 1, "records": [{"population": "X",
                 "first": 0, "count": 1, "stride": 1}]})");
  Expected<Recording> recording = readFolder(copy.folder);
  ASSERT_FALSE(recording);
  EXPECT_NE(recording.failure().message.find("lacks the spikes of X"),
            std::string::npos);
}

TEST(Folder, SweepsReadBackAsWritten) {
  Copy copy;
  SweepIndex index{
      "FI", {{"cell.I_ext", "pA"}}, {{"0", {0}, 1}, {"1", {2.5}, 7}}};
  copy.write("sweep.json", writeSweep(index));
  EXPECT_TRUE(isSweep(copy.folder));
  EXPECT_FALSE(isSweep(run));
  Expected<SweepIndex> read = readSweep(copy.folder);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->parameters[0].unit, "pA");
  EXPECT_EQ(read->runs[1].values, std::vector<double>{2.5});
  EXPECT_EQ(read->runs[1].seed, 7u);
}

TEST(Folder, SweepsDoNotLeadOutOfTheirFolder) {
  for (const char *folder : {"../x", "/etc", "..", ""}) {
    Copy copy;
    SweepIndex index{"FI", {}, {{folder, {}, 1}}};
    copy.write("sweep.json", writeSweep(index));
    EXPECT_FALSE(readSweep(copy.folder)) << folder;
  }
}
