//===- Progress.cpp - A run that a person watches -------------------------===//
//
// One line on a terminal that is drawn over, and signals that end the run at
// the next step, so that what was recorded can still be written.
//
//===----------------------------------------------------------------------===//
#include "snn/runtime.h"

#include <atomic>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <unistd.h>

static std::atomic<snn_instance *> watched{nullptr};

/// When the first signal came, in milliseconds; 0 before it.
static std::atomic<int64_t> asked{0};

/// `timeout` sends its signal to the program and at once to the program's
/// group, which the program is in: both are one request.
static constexpr int64_t SameRequest = 250;

static int64_t now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time); // may be called in a handler
  return 1 + int64_t(time.tv_sec) * 1000 + time.tv_nsec / 1000000;
}

static void onSignal(int number) {
  int64_t first = 0, time = now();
  if (asked.compare_exchange_strong(first, time)) {
    snn_request_stop(watched.load(), 128 + number);
    return;
  }
  if (time - first < SameRequest)
    return;
  // A person who asks again does not want to wait for the step's end.
  signal(number, SIG_DFL);
  raise(number);
}

/// Until no signal of the first request can come: after it, one ends the
/// process, which then must not be in the middle of a file.
static void awaitTheRequestsEnd() {
  int64_t left;
  while (asked.load() && (left = asked.load() + SameRequest - now()) > 0)
    usleep(static_cast<useconds_t>(left * 1000));
}

namespace {

struct Watch {
  double neurons;
};

} // namespace

static void show(void *context, const snn_progress *progress) {
  auto *watch = static_cast<const Watch *>(context);
  double done = static_cast<double>(progress->steps) /
                static_cast<double>(progress->planned);
  char bar[11];
  for (int i = 0; i < 10; ++i)
    bar[i] = i < static_cast<int>(10 * done) ? '#' : '.';
  bar[10] = 0;
  double seconds = progress->time * 1e-3;
  fprintf(stderr,
          "\r[%s] %.0f %%  t=%.0f/%.0f ms  %.3gx real time  ETA %.0f s  "
          "%.1f Hz\033[K",
          bar, 100 * done, progress->time, progress->time / done,
          seconds / progress->wall, progress->wall * (1 - done) / done,
          static_cast<double>(progress->spikes) / (watch->neurons * seconds));
  fflush(stderr);
}

int32_t snn_run_shown(snn_instance *instance, int32_t quiet) {
  snn_stats stats;
  snn_get_stats(instance, &stats);
  Watch watch{static_cast<double>(stats.neurons ? stats.neurons : 1)};
  bool shows = !quiet && isatty(STDERR_FILENO);
  if (shows)
    snn_set_progress(instance, show, &watch);

  struct sigaction action = {}, oldInterrupt, oldTerminate;
  action.sa_handler = onSignal;
  sigemptyset(&action.sa_mask);
  asked.store(0);
  watched.store(instance);
  sigaction(SIGINT, &action, &oldInterrupt);
  sigaction(SIGTERM, &action, &oldTerminate);
  int32_t status = snn_run(instance, UINT64_MAX);
  awaitTheRequestsEnd();
  sigaction(SIGINT, &oldInterrupt, nullptr);
  sigaction(SIGTERM, &oldTerminate, nullptr);
  watched.store(nullptr);

  if (shows) {
    snn_set_progress(instance, nullptr, nullptr);
    fputs("\r\033[K", stderr);
  }
  return status;
}
