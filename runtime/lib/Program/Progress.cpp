//===- Progress.cpp - A run that a person watches -------------------------===//
//
// One line on a terminal that is drawn over, and signals that end the run at
// the next step, so that what was recorded can still be written.
//
//===----------------------------------------------------------------------===//
#include "snn/runtime.h"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <unistd.h>

static std::atomic<snn_instance *> watched{nullptr};

static void onSignal(int number) {
  // The second one finds nothing to stop and ends the process as usual.
  snn_instance *instance = watched.exchange(nullptr);
  if (instance) {
    snn_request_stop(instance, 128 + number);
    return;
  }
  signal(number, SIG_DFL);
  raise(number);
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
  watched.store(instance);
  sigaction(SIGINT, &action, &oldInterrupt);
  sigaction(SIGTERM, &action, &oldTerminate);
  int32_t status = snn_run(instance, UINT64_MAX);
  sigaction(SIGINT, &oldInterrupt, nullptr);
  sigaction(SIGTERM, &oldTerminate, nullptr);
  watched.store(nullptr);

  if (shows) {
    snn_set_progress(instance, nullptr, nullptr);
    fputs("\r\033[K", stderr);
  }
  return status;
}
