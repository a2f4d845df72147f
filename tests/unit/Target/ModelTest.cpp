//===- ModelTest.cpp - Executable models, compiled and run ----------------===//
//
// Compiles a model of the sim dialect for every level and at -O0 and -O3, in
// memory and to an executable, runs it with the engine, and compares spikes and
// traces bit for bit.
//
//===----------------------------------------------------------------------===//
#include "Levels.h"

#include "compiler/Pipelines/CPU.h"
#include "compiler/Target/CPU/JIT.h"
#include "compiler/Target/CPU/LLVMBackend.h"
#include "compiler/Target/CPU/Link.h"
#include "snn/runtime.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/DebugInfo/DWARF/DWARFContext.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

#include <ctime>
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <set>

using namespace mlir;
using namespace snn::target::cpu;

namespace {

/// The test's model, lowered; it lives as long as its context.
struct Model {
  Model() {
    DialectRegistry registry;
    snn::pipelines::registerCPUDialects(registry);
    context.appendDialectRegistry(registry);
    module = parseSourceFile<ModuleOp>(SNN_TEST_MODEL, ParserConfig(&context));
    PassManager pm(&context);
    snn::pipelines::buildSimToLLVM(pm, {});
    if (!module || failed(pm.run(*module)))
      abort();
  }

  MLIRContext context{MLIRContext::Threading::DISABLED};
  OwningOpRef<ModuleOp> module;
};

/// The line of the test's model that contains a text.
unsigned lineOf(llvm::StringRef text) {
  auto file = llvm::cantFail(
      llvm::errorOrToExpected(llvm::MemoryBuffer::getFile(SNN_TEST_MODEL)));
  llvm::StringRef content = file->getBuffer();
  return content.take_front(content.find(text)).count('\n') + 1;
}

struct Outcome {
  uint64_t hash = 0, spikes = 0;
  std::vector<double> trace;

  bool operator==(const Outcome &other) const {
    return hash == other.hash && spikes == other.spikes &&
           trace.size() == other.trace.size() &&
           !memcmp(trace.data(), other.trace.data(),
                   trace.size() * sizeof(double));
  }
};

Outcome run(const snn_model *model, uint32_t threads) {
  snn_options options;
  snn_default_options(&options);
  options.threads = threads;
  snn_error error = {};
  snn_instance *instance = snn_create(model, &options, &error);
  EXPECT_TRUE(instance) << error.message;
  Outcome outcome;
  if (!instance)
    return outcome;
  EXPECT_EQ(snn_run(instance, UINT64_MAX), SNN_OK)
      << snn_last_error(instance)->message;
  outcome.hash = snn_spike_hash(instance);
  snn_stats stats;
  snn_get_stats(instance, &stats);
  outcome.spikes = stats.spikes;
  for (uint32_t record : {1, 2}) {
    snn_trace size = snn_trace_size(instance, record);
    std::vector<double> values(size.samples * size.neurons);
    std::vector<double> times(size.samples);
    snn_read_trace(instance, record, values.data(), times.data());
    outcome.trace.insert(outcome.trace.end(), values.begin(), values.end());
  }
  snn_destroy(instance);
  return outcome;
}

Outcome runInMemory(ModuleOp module, Level level, unsigned optLevel,
                    uint32_t threads = 1) {
  Options options;
  options.level = level;
  options.optLevel = optLevel;
  Session session = llvm::cantFail(Session::create(module, options));
  return run(llvm::cantFail(session.model()), threads);
}

TEST(Model, GivesTheSameBitsAtEveryLevelAndO) {
  Model model;
  Outcome first = runInMemory(*model.module, Level::Baseline, 0);
  EXPECT_GT(first.spikes, 1000u);
  EXPECT_GT(first.trace.size(), 100u);
  for (Level level : snn::tests::runnableLevels())
    for (unsigned optLevel : {0, 1, 2, 3})
      EXPECT_TRUE(runInMemory(*model.module, level, optLevel) == first)
          << "level " << int(level) << " at -O" << optLevel;
}

TEST(Model, GivesTheSameBitsForAnyNumberOfThreads) {
  Model model;
  Outcome one = runInMemory(*model.module, Level::Native, 2, 1);
  EXPECT_TRUE(runInMemory(*model.module, Level::Native, 2, 3) == one);
}

TEST(Model, ObserversAndStatesAgree) {
  Model model;
  Outcome outcome = runInMemory(*model.module, Level::Native, 2);
  // The last trace is 2 V of two neurons, V being between reset and threshold.
  for (size_t i = outcome.trace.size() - 20; i < outcome.trace.size(); ++i) {
    EXPECT_LT(outcome.trace[i], 50);
    EXPECT_NE(outcome.trace[i], 0);
  }
}

TEST(Descriptor, HoldsTheModel) {
  Model model;
  Session session = llvm::cantFail(Session::create(*model.module, Options{}));
  const snn_model *m = llvm::cantFail(session.model());
  EXPECT_EQ(m->abi_version, SNN_ABI_VERSION);
  EXPECT_STREQ(m->name, "Network");
  EXPECT_EQ(m->step, 0.1);
  EXPECT_EQ(m->warmup_steps, 100u);
  EXPECT_EQ(m->seeds.stimulus, 3u);
  ASSERT_EQ(m->num_populations, 6u);
  const snn_population &E = m->populations[0];
  EXPECT_STREQ(E.path, "E");
  EXPECT_EQ(E.element, uint32_t(SNN_F32));
  ASSERT_EQ(E.num_fields, 6u);
  EXPECT_STREQ(E.fields[2].name, "syn.sum");
  EXPECT_EQ(E.fields[2].role, uint32_t(SNN_SUM));
  EXPECT_STREQ(E.fields[5].name, "V_th");
  EXPECT_EQ(E.fields[5].role, uint32_t(SNN_PARAMETER));
  EXPECT_EQ(E.parameters[3].field, 5u);
  EXPECT_EQ(E.parameters[0].value.a, 20.0);
  EXPECT_EQ(E.constants_size, 5 * sizeof(float));
  EXPECT_EQ(E.num_inputs, 1u);
  EXPECT_GT(E.model_line, 0u);
  EXPECT_TRUE(
      llvm::StringRef(m->files[E.model_file]).ends_with("network.mlir"));
  EXPECT_EQ(E.integrate, nullptr);
  const snn_population *G = m->populations + 1, *G2 = m->populations + 2;
  const snn_population *G3 = m->populations + 3;
  EXPECT_EQ(G2->update, G3->update) << "equal kernels share a function";
  EXPECT_NE(G->update, G2->update) << "the step of G has two halves";
  EXPECT_NE(G->integrate, nullptr);
  EXPECT_EQ(m->populations[5].num_train_spikes, 2u);
  EXPECT_EQ(m->populations[5].train_ids[1], 9u);
  ASSERT_EQ(m->num_projections, 4u);
  EXPECT_EQ(m->projections[1].source.count, 200u);
  EXPECT_EQ(m->projections[1].weight.b, 0.02);
  EXPECT_EQ(m->projections[1].weight_element, uint32_t(SNN_I32));
  EXPECT_EQ(m->projections[2].sum_field, SNN_NONE);
  EXPECT_EQ(m->projections[2].weight_element, uint32_t(SNN_F64));
  ASSERT_EQ(m->num_changes, 2u);
  EXPECT_EQ(m->changes[0].value, 10.0);
  EXPECT_EQ(m->changes[1].kind, uint32_t(SNN_RESET_STATE));
  EXPECT_TRUE(m->drives[0].constant);
  EXPECT_FALSE(m->stimuli[0].constant);
}

/// A folder of its own that goes away.
struct Folder {
  Folder() { EXPECT_FALSE(llvm::sys::fs::createUniqueDirectory("snn", path)); }
  ~Folder() { llvm::sys::fs::remove_directories(path); }
  std::string operator/(llvm::StringRef name) const {
    llvm::SmallString<128> file(path);
    llvm::sys::path::append(file, name);
    return file.str().str();
  }
  llvm::SmallString<128> path;
};

TEST(Link, ExecutablesRunAsTheModelInMemory) {
  Model model;
  Folder folder;
  std::string object = folder / "m.o", program = folder / "m";
  Options options;
  options.level = Level::Baseline;
  ASSERT_FALSE(bool(compileToObject(*model.module, options, object)));
  std::string library = llvm::cantFail(findRuntimeLibrary("/nowhere/snn"));
  llvm::Error error = link(LinkKind::Executable, object, library, program);
  ASSERT_FALSE(bool(error)) << llvm::toString(std::move(error));
  std::string stats = folder / "stats.json", results = folder / "results";
  ASSERT_EQ(llvm::sys::ExecuteAndWait(
                program, {program, "-o", results, "--quiet", "--stats", stats}),
            0);
  auto text = llvm::cantFail(
      llvm::errorOrToExpected(llvm::MemoryBuffer::getFile(stats)));
  Outcome inMemory = runInMemory(*model.module, Level::Native, 2);
  auto contains = [&](const std::string &word) {
    return text->getBuffer().contains(word);
  };
  char hexadecimal[17];
  snprintf(hexadecimal, sizeof hexadecimal, "%016llx",
           static_cast<unsigned long long>(inMemory.hash));
  EXPECT_TRUE(contains(hexadecimal) || contains(std::to_string(inMemory.hash)))
      << text->getBuffer().str() << hexadecimal;
}

TEST(Link, SharedLibrariesExportModelAndRuntime) {
  Model model;
  Folder folder;
  std::string object = folder / "m.o", library = folder / "m.so";
  ASSERT_FALSE(bool(compileToObject(*model.module, Options{}, object)));
  std::string runtime = llvm::cantFail(findRuntimeLibrary("/nowhere/snn"));
  llvm::Error error = link(LinkKind::SharedLibrary, object, runtime, library);
  ASSERT_FALSE(bool(error)) << llvm::toString(std::move(error));
  void *handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  ASSERT_TRUE(handle) << dlerror();
  auto *m = static_cast<const snn_model *>(dlsym(handle, "snn_compiled_model"));
  ASSERT_TRUE(m);
  EXPECT_TRUE(run(m, 1) == runInMemory(*model.module, Level::Native, 2));
  EXPECT_TRUE(dlsym(handle, "snn_create")) << "for host programs";
  EXPECT_FALSE(dlsym(handle, "main")) << "nothing but the C interface";
  dlclose(handle);
}

TEST(Link, SaysWhatFailed) {
  Folder folder;
  llvm::Error error = link(LinkKind::Executable, folder / "missing.o",
                           folder / "missing.a", folder / "out");
  EXPECT_NE(llvm::toString(std::move(error)).find("missing.o"),
            std::string::npos);
  EXPECT_FALSE(llvm::sys::fs::exists(folder / "out"));
}

TEST(Object, IsReproducible) {
  Model model;
  auto compile = [&] {
    return llvm::cantFail(compileToObject(*model.module, Options{}))
        ->getBuffer()
        .str();
  };
  EXPECT_EQ(compile(), compile());
}

TEST(Object, HasLinesOfTheModelFile) {
  Model model;
  auto object = llvm::cantFail(compileToObject(*model.module, Options{}));
  auto file = llvm::cantFail(
      llvm::object::ObjectFile::createObjectFile(object->getMemBufferRef()));
  auto context = llvm::DWARFContext::create(*file);
  std::set<unsigned> lines;
  for (const auto &unit : context->compile_units())
    if (const auto *table = context->getLineTableForUnit(unit.get()))
      for (const auto &row : table->Rows) {
        std::string name;
        table->getFileNameByIndex(
            row.File, "", llvm::DILineInfoSpecifier::FileLineInfoKind::RawValue,
            name);
        EXPECT_EQ(name, "network.mlir");
        lines.insert(row.Line);
      }
  // The exponential of the update.
  EXPECT_TRUE(lines.count(lineOf("%e = math.exp %slope")));
}

/// CPU time in ms, which other processes do not lengthen.
double now() { return 1e3 * double(clock()) / CLOCKS_PER_SEC; }

TEST(Session, IsFast) {
  for (unsigned optLevel : {0, 1, 2, 3}) {
    double begin = now();
    Model model;
    double lowered = now();
    Options options;
    options.optLevel = optLevel;
    auto object = llvm::cantFail(compileToObject(*model.module, options));
    double compiled = now();
    Session session = llvm::cantFail(Session::create(*model.module, options));
    llvm::cantFail(session.model());
    double ready = now();
    std::printf("-O%u: lowering %.1f ms, code %.1f ms, linking %.1f ms\n",
                optLevel, lowered - begin, compiled - lowered,
                (ready - compiled) - (compiled - lowered));
    EXPECT_LT(compiled - begin, 2000) << "far beyond any machine's noise";
  }
}

} // namespace
