//===- FaultTest.cpp - Every call to the system fails once ----------------===//
//
// The linker puts these functions in place of the system's. Whichever call
// fails, the library reports an error with its exit code, leaks nothing, and
// leaves no temporary file.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Runtime/Engine/RandomNetwork.h"

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/types.h>

using namespace snn::runtime::test;
namespace fs = std::filesystem;

/// Counts down to the call that fails; negative before and afterwards.
static std::atomic<int64_t> callsToFailure{-1};

static bool fails() {
  if (callsToFailure.load() < 0)
    return false;
  return callsToFailure.fetch_sub(1) == 0;
}

extern "C" {
void *__real_malloc(size_t);
void *__real_realloc(void *, size_t);
void *__real_aligned_alloc(size_t, size_t);
void *__real_mmap(void *, size_t, int, int, int, off_t);
int __real_pthread_create(pthread_t *, const pthread_attr_t *,
                          void *(*)(void *), void *);
ssize_t __real_write(int, const void *, size_t);
ssize_t __real_pwrite(int, const void *, size_t, off_t);
int __real_fsync(int);
int __real_rename(const char *, const char *);

void *__wrap_malloc(size_t size) {
  return fails() ? nullptr : __real_malloc(size);
}
void *__wrap_realloc(void *old, size_t size) {
  return fails() ? nullptr : __real_realloc(old, size);
}
void *__wrap_aligned_alloc(size_t alignment, size_t size) {
  return fails() ? nullptr : __real_aligned_alloc(alignment, size);
}
void *__wrap_mmap(void *at, size_t size, int protection, int flags, int file,
                  off_t offset) {
  return fails() ? MAP_FAILED
                 : __real_mmap(at, size, protection, flags, file, offset);
}
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*body)(void *), void *argument) {
  return fails() ? EAGAIN
                 : __real_pthread_create(thread, attributes, body, argument);
}
ssize_t __wrap_write(int file, const void *data, size_t size) {
  if (!fails())
    return __real_write(file, data, size);
  errno = EIO;
  return -1;
}
ssize_t __wrap_pwrite(int file, const void *data, size_t size, off_t offset) {
  if (!fails())
    return __real_pwrite(file, data, size, offset);
  errno = ENOSPC;
  return -1;
}
int __wrap_fsync(int file) {
  if (!fails())
    return __real_fsync(file);
  errno = EIO;
  return -1;
}
int __wrap_rename(const char *from, const char *to) {
  if (!fails())
    return __real_rename(from, to);
  errno = EACCES;
  return -1;
}
}

/// Creates, runs and writes; 0 or an exit code.
static int32_t wholeRun(const snn_model &model, const std::string &folder,
                        snn_error &error) {
  snn_options given = options(2, SNN_PROFILE | SNN_TRACE);
  Instance instance(snn_create(&model, &given, &error));
  if (!instance)
    return error.status;
  int32_t status = snn_run(instance.get(), UINT64_MAX);
  if (!status)
    status = snn_write_results(instance.get(), folder.c_str());
  if (!status)
    status =
        snn_write_stats(instance.get(), (folder + "/stats.json").c_str(), 0);
  if (!status)
    status = snn_write_trace(instance.get(), (folder + "/trace.json").c_str());
  error = *snn_last_error(instance.get());
  return status;
}

TEST(Fault, AnyFailingCallIsReported) {
  TestModel network = randomNetwork();
  network.warmup = 0;
  network.duration = 60;
  snn_model model = network.get();
  std::string name = (fs::temp_directory_path() / "snn-XXXXXX").string();
  ASSERT_NE(mkdtemp(name.data()), nullptr);
  std::string folder = name + "/out";

  snn_error error;
  int64_t failures = 0, silent = 0;
  for (int64_t call = 0;; ++call) {
    callsToFailure = call;
    int32_t status = wholeRun(model, folder, error);
    bool failed = callsToFailure.exchange(-1) < 0;
    if (!failed)
      break; // there were fewer calls
    silent += status == SNN_OK;
    if (status) {
      ++failures;
      EXPECT_TRUE(status == SNN_RESOURCE || status == SNN_IO)
          << "call " << call << ": " << error.message;
      EXPECT_EQ(error.status, status) << "call " << call;
      EXPECT_NE(error.message[0], 0) << "call " << call;
    }
    if (fs::exists(folder)) {
      for (const auto &entry : fs::directory_iterator(folder))
        EXPECT_EQ(entry.path().string().find(".tmp-"), std::string::npos)
            << entry.path();
    }
  }
  EXPECT_GT(failures, 100);
  EXPECT_LE(silent, 1); // bringing the folder itself to the disk
  RecordProperty("failures", static_cast<int>(failures));
  EXPECT_EQ(wholeRun(model, folder, error), SNN_OK) << error.message;
  fs::remove_all(name);
}
