//===- Trace.cpp - What threads did when, as trace events -----------------===//
//
// The JSON Array Format of trace events, one event a line, as Perfetto and
// chrome://tracing read it: times in microseconds, one row a thread. Steps that
// one thread had no room for are left out of all.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Profile/Profile.h"

#include <cinttypes>

using namespace snn::runtime;

namespace {

class TraceWriter {
public:
  TraceWriter(const Simulation &simulation, OutputFile &file);
  void write();

private:
  void writeHeader();
  void writeEvent(const Stopwatch &watch, const TraceEvent &event,
                  uint32_t thread);
  void writeName(Phase phase, uint32_t item);

  const Simulation &simulation;
  OutputFile &file;
  uint64_t origin = UINT64_MAX; // ns, of the first event
  uint64_t begin = UINT64_MAX;  // steps [begin, end) are there
  uint64_t end = 0;
};

TraceWriter::TraceWriter(const Simulation &simulation, OutputFile &file)
    : simulation(simulation), file(file) {
  uint64_t limit = simulation.step();
  for (uint32_t thread = 0; thread < simulation.numThreads(); ++thread) {
    const Stopwatch &watch = simulation.watch(thread);
    limit = watch.traceEnd() < limit ? watch.traceEnd() : limit;
  }
  for (uint32_t thread = 0; thread < simulation.numThreads(); ++thread)
    for (const TraceEvent &event : simulation.watch(thread).traceEvents()) {
      if (event.step >= limit)
        break;
      origin = event.begin < origin ? event.begin : origin;
      begin = event.step < begin ? event.step : begin;
      end = event.step + 1 > end ? event.step + 1 : end;
    }
  if (begin == UINT64_MAX)
    begin = end = limit;
}

void TraceWriter::write() {
  writeHeader();
  for (uint32_t thread = 0; thread < simulation.numThreads(); ++thread) {
    file.print(",\n{\"name\":\"thread_name\",\"ph\":\"M\",\"pid\":1,\"tid\":%u,"
               "\"args\":{\"name\":\"thread %u\"}}",
               thread, thread);
    const Stopwatch &watch = simulation.watch(thread);
    for (const TraceEvent &event : watch.traceEvents()) {
      if (event.step >= end)
        break;
      writeEvent(watch, event, thread);
    }
  }
  file.write("\n]}\n");
}

/// What is there, and what is not.
void TraceWriter::writeHeader() {
  const snn_model &model = simulation.model();
  file.print("{\"displayTimeUnit\":\"ns\",\"otherData\":{"
             "\"steps\":%" PRIu64 ",\"first_step\":%" PRIu64
             ",\"steps_left_out_before\":%" PRIu64
             ",\"steps_left_out_after\":%" PRIu64 ",\"step_ms\":%.17g},\n",
             end - begin, begin, begin, simulation.step() - end, model.step);
  file.write("\"traceEvents\":[\n{\"name\":\"process_name\",\"ph\":\"M\","
             "\"pid\":1,\"args\":{\"name\":\"");
  writeJsonCharacters(file, model.name);
  file.write("\"}}");
}

void TraceWriter::writeName(Phase phase, uint32_t item) {
  const snn_model &model = simulation.model();
  writeJsonCharacters(file, Profile::nameOf(phase));
  if (item == Stopwatch::All)
    return;
  file.write(" ");
  if (phase != Phase::Delivery)
    return writeJsonCharacters(file, model.populations[item].path);
  Projections::Item delivered = simulation.delivery(item);
  writeJsonCharacters(file, model.projections[delivered.projections[0]].path);
  if (delivered.count > 1)
    file.print(" and %" PRIu64 " more", delivered.count - 1);
}

void TraceWriter::writeEvent(const Stopwatch &watch, const TraceEvent &event,
                             uint32_t thread) {
  uint32_t item;
  Phase phase = watch.phaseOf(event.slot, item);
  file.write(",\n{\"name\":\"");
  writeName(phase, item);
  uint64_t from = event.begin - origin, length = event.end - event.begin;
  file.print(
      "\",\"cat\":\"%s\",\"ph\":\"X\",\"ts\":%" PRIu64 ".%03u,\"dur\":%" PRIu64
      ".%03u,\"pid\":1,\"tid\":%u,\"args\":{\"step\":%" PRIu64 "}}",
      Profile::nameOf(phase), from / 1000, static_cast<unsigned>(from % 1000),
      length / 1000, static_cast<unsigned>(length % 1000), thread, event.step);
}

} // namespace

bool snn::runtime::writeTrace(const Simulation &simulation, const char *path,
                              Error &error) {
  QuietWrites quiet;
  OutputFile file;
  if (!file.open(path, /*inPlace=*/true, error))
    return false;
  TraceWriter(simulation, file).write();
  return file.finish(error) && file.publish(error);
}
