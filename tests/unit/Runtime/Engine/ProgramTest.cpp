//===- ProgramTest.cpp - Executables and their command line ---------------===//
//
// Runs a program linked as `snn build` links one: options, exit codes, files.
//
//===----------------------------------------------------------------------===//
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace {

constexpr const char *Endless = " --duration 400000s --mem-limit 1000G";

class Program : public testing::Test {
protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "snn-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder = name;
  }
  void TearDown() override { fs::remove_all(folder); }

  /// Runs it in the folder; what it wrote is in `out` and `err` afterwards.
  int run(const std::string &arguments, const std::string &prefix = "") {
    std::string command = "cd " + folder.string() + " && " + prefix + " " +
                          SNN_TEST_PROGRAM " " + arguments +
                          " > out.txt 2> err.txt";
    int status = std::system(command.c_str());
    out = read("out.txt");
    err = read("err.txt");
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  std::string read(const char *name) const {
    std::stringstream text;
    text << std::ifstream(folder / name).rdbuf();
    return text.str();
  }
  std::string hashIn(const char *file) const {
    std::string text = read(file);
    size_t at = text.find("\"spike_hash\": \"");
    return at == std::string::npos ? "" : text.substr(at + 15, 16);
  }

  fs::path folder;
  std::string out, err;
};

} // namespace

TEST_F(Program, WritesNumberedResultsAndSaysWhatItDid) {
  EXPECT_EQ(run(""), 0) << err;
  EXPECT_EQ(run("--threads 3 --stats s.json"), 0) << err;
  EXPECT_EQ(out, "");
  EXPECT_NE(err.find("results in results/lif-2"), std::string::npos) << err;
  EXPECT_EQ(hashIn("results/lif-1/manifest.json").size(), 16u);
  EXPECT_EQ(hashIn("results/lif-1/manifest.json"),
            hashIn("results/lif-2/manifest.json"));
  EXPECT_EQ(hashIn("results/lif-1/manifest.json"), hashIn("s.json"));
}

TEST_F(Program, QuietIsSilent) {
  EXPECT_EQ(run("--quiet -o r"), 0);
  EXPECT_EQ(out + err, "");
  EXPECT_TRUE(fs::exists(folder / "r/spikes.npz"));
}

TEST_F(Program, StatisticsGoToStandardOutputToo) {
  EXPECT_EQ(run("-o r --stats /dev/stdout"), 0);
  EXPECT_EQ(out.find("{\n"), 0u) << out;
  EXPECT_TRUE(fs::is_symlink("/dev/stdout"));
}

TEST_F(Program, ProfileIsTablesAndPartOfTheStatistics) {
  EXPECT_EQ(run("-o r --profile --stats s.json --threads 2"), 0) << err;
  for (const char *heading : {"Phases, of ", "ns/update", "wait"})
    EXPECT_NE(err.find(heading), std::string::npos) << err;
  EXPECT_NE(read("s.json").find("\"ns_per_update\": "), std::string::npos);
  EXPECT_EQ(run("-o r --profile --quiet"), 0);
  EXPECT_EQ(out + err, "");
  EXPECT_EQ(run("-o r --stats s.json"), 0);
  EXPECT_EQ(err.find("Phases"), std::string::npos) << err;
  EXPECT_EQ(read("s.json").find("profile"), std::string::npos);
}

TEST_F(Program, TraceIsAFile) {
  EXPECT_EQ(run("-o r --trace t.json"), 0) << err;
  EXPECT_NE(read("t.json").find("\"traceEvents\""), std::string::npos);
  EXPECT_EQ(run("-o r --trace no/t.json"), 74);
  EXPECT_EQ(run("-o r --trace"), 2);
}

TEST_F(Program, DurationHasAUnit) {
  for (const char *text : {"50ms", "'0.05 s'", "50000us"}) {
    EXPECT_EQ(run("-o r --duration " + std::string(text)), 0) << err;
    EXPECT_NE(read("r/manifest.json").find("\"time_ms\": 50,"),
              std::string::npos)
        << text;
  }
  EXPECT_EQ(run("-o r --duration=20"), 2);
  EXPECT_EQ(err, "error[E0711]: `--duration 20`: expected a time with its "
                 "unit, such as 500ms or \"2 s\"\n");
  EXPECT_EQ(run("--duration 0.05ms"), 2);
}

TEST_F(Program, WrongOptionsAreUsageErrors) {
  for (const char *arguments : {"--nonsense", "--threads", "--threads 0",
                                "--threads -1", "--threads 2x", "--seed 1.5",
                                "--mem-limit x", "--color sometimes", "stray"})
    EXPECT_EQ(run(arguments), 2) << arguments << "\n" << err;
  for (const char *arguments : {"--step 0.2ms", "--precision=f64", "--fp fast",
                                "--set a=1", "-O2", "--cpu native"}) {
    EXPECT_EQ(run(arguments), 2) << arguments;
    EXPECT_NE(err.find("was fixed when this program was built"),
              std::string::npos)
        << err;
  }
  EXPECT_FALSE(fs::exists(folder / "results"));
}

TEST_F(Program, LimitsHaveTheirExitCodes) {
  EXPECT_EQ(run("--mem-limit 1K"), 5);
  EXPECT_NE(err.find("error[E0701]: this network needs about"),
            std::string::npos)
      << err;
  EXPECT_EQ(run(std::string("-o r --time-limit 0.1") + Endless), 5);
  EXPECT_NE(read("r/manifest.json").find("\"exit_reason\": \"resource limit\""),
            std::string::npos);
}

TEST_F(Program, InterruptedRunWritesWhatItHas) {
  EXPECT_EQ(
      run(std::string("-o r") + Endless, "timeout --preserve-status -s INT 2"),
      130);
  EXPECT_NE(err.find("interrupted at t = "), std::string::npos) << err;
  std::string manifest = read("r/manifest.json");
  EXPECT_NE(manifest.find("\"exit_code\": 130"), std::string::npos);
  EXPECT_NE(manifest.find("interrupted (SIGINT)"), std::string::npos);
  EXPECT_EQ(
      run(std::string("-o r") + Endless, "timeout --preserve-status -s TERM 2"),
      143);
}

TEST_F(Program, FullFileSystemIsAnIoError) {
  EXPECT_EQ(run("-o r --duration 1s", "ulimit -f 8; "), 74) << err;
  EXPECT_NE(err.find("cannot write `r/spikes.npz`: File too large"),
            std::string::npos)
      << err;
  EXPECT_TRUE(fs::is_empty(folder / "r"));
  EXPECT_EQ(run("-o /proc/nowhere"), 74);
  EXPECT_EQ(run("-o r --stats /dev/full"), 74);
}

TEST_F(Program, HelpAndVersionAreData) {
  EXPECT_EQ(run("--help"), 0);
  EXPECT_NE(out.find("--mem-limit"), std::string::npos);
  EXPECT_EQ(run("--version"), 0);
  EXPECT_EQ(out, "lif, built by snn 0.1.0\n");
}

TEST_F(Program, ColorIsForThoseWhoWantIt) {
  EXPECT_EQ(run("--color always --mem-limit 1K"), 5);
  EXPECT_NE(err.find("\033["), std::string::npos);
  EXPECT_EQ(run("--mem-limit 1K"), 5);
  EXPECT_EQ(err.find("\033["), std::string::npos);
}
