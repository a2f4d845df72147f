//===- ProfileTable.cpp - The profile as tables in the terminal -----------===//
//
// What cost most comes first. Columns that would be empty everywhere are left
// out.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Profile/Profile.h"

#include <cmath>
#include <cstdarg>
#include <cstdio>

using namespace snn::runtime;

namespace {

/// Cells of text, printed in columns of their width: the first to the left,
/// the others to the right.
class Table {
public:
  explicit Table(uint32_t columns) : columns(columns) {}

  [[gnu::format(printf, 2, 3)]] void add(const char *format, ...) {
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    whole = whole && begins.push(characters.size()) &&
            characters.append(text, strlen(text) + 1);
  }
  void addCount(uint64_t count) {
    char text[32];
    add("%s", formatCount(count, text));
  }
  void addSeconds(double seconds) { add("%.3f", seconds); }
  void addEach(double cost) {
    if (std::isnan(cost))
      add("%s", "");
    else
      add(cost < 10 ? "%.2f" : "%.1f", cost);
  }

  void print() const {
    if (!whole) {
      fputs("  (there was no memory for this table)\n", stderr);
      return;
    }
    for (uint64_t i = 0; i < begins.size(); ++i) {
      uint32_t column = i % columns;
      int width = widthOf(column);
      const char *text = characters.data() + begins[i];
      if (column == 0)
        fprintf(stderr, "  %-*s", width, text);
      else if (width)
        fprintf(stderr, "  %*s", width, text);
      if (column + 1 == columns)
        fputc('\n', stderr);
    }
  }

private:
  /// 0 where no row but the heading has anything.
  int widthOf(uint32_t column) const {
    size_t most = 0;
    bool empty = true;
    for (uint64_t i = column; i < begins.size(); i += columns) {
      size_t length = strlen(characters.data() + begins[i]);
      most = length > most ? length : most;
      empty &= i < columns || length == 0;
    }
    return empty ? 0 : static_cast<int>(most);
  }

  uint32_t columns;
  bool whole = true;
  Buffer<uint64_t> begins;
  Buffer<char> characters; // each cell with a final zero
};

/// Numbers of rows, and what they cost.
struct Costly {
  uint32_t row;
  double cost;
};
int compareCosts(const void *left, const void *right) {
  auto &a = *static_cast<const Costly *>(left);
  auto &b = *static_cast<const Costly *>(right);
  if (a.cost != b.cost)
    return a.cost > b.cost ? -1 : 1;
  return a.row < b.row ? -1 : a.row > b.row;
}

// Rows of a table; the rest is in the statistics.
constexpr uint64_t MostRows = 24;

template <typename Fn>
bool sortByCost(uint32_t count, Buffer<Costly> &order, Fn &&costOf) {
  for (uint32_t row = 0; row < count; ++row)
    if (!order.push({row, costOf(row)}))
      return false;
  if (count)
    qsort(order.data(), count, sizeof(Costly), compareCosts);
  return true;
}

void sayOmitted(const Buffer<Costly> &order) {
  if (order.size() > MostRows)
    fprintf(stderr, "  and %llu more that cost less\n",
            static_cast<unsigned long long>(order.size() - MostRows));
}

void printPhases(const Simulation &simulation, const Profile &profile) {
  snn_stats stats;
  simulation.stats(stats);
  // More threads than fit in a line are in the statistics.
  uint32_t threads = simulation.numThreads();
  uint32_t shown = threads <= 4 ? threads : 0;
  fprintf(stderr,
          "\nPhases, of %.4g s for %llu steps in %u thread%s (s of each)\n",
          stats.wall_s, static_cast<unsigned long long>(stats.steps), threads,
          threads == 1 ? "" : "s");
  Table table(5 + shown);
  table.add("phase");
  table.add("mean");
  table.add("share");
  for (uint32_t thread = 0; thread < shown; ++thread)
    table.add("thread %u", thread);
  table.add("%s", shown ? "" : "least");
  table.add("%s", shown ? "" : "most");
  auto share = [&](double seconds) {
    if (stats.wall_s > 0)
      table.add("%.1f %%", 100 * seconds / stats.wall_s);
    else
      table.add("%s", "");
  };
  for (Phase phase : Profile::Phases) {
    double sum = 0, least = INFINITY, most = 0;
    for (uint32_t thread = 0; thread < threads; ++thread) {
      double seconds = profile.seconds(thread, phase);
      sum += seconds;
      least = seconds < least ? seconds : least;
      most = seconds > most ? seconds : most;
    }
    table.add("%s", Profile::nameOf(phase));
    table.addSeconds(sum / threads);
    share(sum / threads);
    for (uint32_t thread = 0; thread < shown; ++thread)
      table.addSeconds(profile.seconds(thread, phase));
    for (double extreme : {least, most})
      shown ? table.add("%s", "") : table.addSeconds(extreme);
  }
  table.add("clock");
  table.addSeconds(profile.clockSeconds());
  share(profile.clockSeconds());
  for (uint32_t column = 3; column < 5 + shown; ++column)
    table.add("%s", "");
  table.print();
  fprintf(stderr,
          "  Reading the clock (last row) is what the profile costs; before "
          "them, the network was built in %.3g s.\n",
          stats.build_s);
  if (!profile.hasCycles())
    fputs("  This machine lets nobody count cycles.\n", stderr);
}

void printPopulations(const Simulation &simulation, const Profile &profile) {
  Buffer<Costly> order;
  auto costOf = [&](uint32_t index) {
    Profile::OfPopulation row = profile.population(index);
    return row.stimulus + row.update + row.emission;
  };
  if (!sortByCost(simulation.model().num_populations, order, costOf))
    return;
  fputs("\nPopulations (s summed over threads)\n", stderr);
  Table table(9);
  for (const char *heading :
       {"population", "neurons", "spikes", "updates", "stimulus", "update",
        "emission", "ns/update", "cycles/update"})
    table.add("%s", heading);
  for (uint64_t i = 0; i < order.size() && i < MostRows; ++i) {
    Profile::OfPopulation row = profile.population(order[i].row);
    table.add("%s", row.path);
    table.addCount(row.neurons);
    table.addCount(row.spikes);
    table.addCount(row.updates);
    for (double seconds : {row.stimulus, row.update, row.emission})
      table.addSeconds(seconds);
    table.addEach(row.nanosecondsEach);
    table.addEach(row.cyclesEach);
  }
  table.print();
  sayOmitted(order);
}

void printDeliveries(const Simulation &simulation, const Profile &profile) {
  Buffer<Costly> order;
  auto costOf = [&](uint32_t index) { return profile.delivery(index).deliver; };
  if (!sortByCost(simulation.numDeliveries(), order, costOf) || order.empty())
    return;
  fputs("\nDelivery (s summed over threads; what shares rows is one line)\n",
        stderr);
  Table table(9);
  for (const char *heading :
       {"projections", "storage", "synapses", "memory", "events", "segments",
        "deliver", "ns/event", "cycles/event"})
    table.add("%s", heading);
  for (uint64_t i = 0; i < order.size() && i < MostRows; ++i) {
    Profile::OfDelivery row = profile.delivery(order[i].row);
    const char *first =
        simulation.model().projections[row.item.projections[0]].path;
    char memory[32];
    if (row.item.count > 1)
      table.add("%s and %llu more", first,
                static_cast<unsigned long long>(row.item.count - 1));
    else
      table.add("%s", first);
    table.add("%s", row.item.storage);
    table.addCount(row.item.synapses);
    table.add("%s", formatBytes(static_cast<double>(row.item.bytes), memory));
    table.addCount(row.events);
    table.addCount(row.segments);
    table.addSeconds(row.deliver);
    table.addEach(row.nanosecondsEach);
    table.addEach(row.cyclesEach);
  }
  table.print();
  sayOmitted(order);
}

} // namespace

void Profile::print() const {
  printPhases(simulation, *this);
  printPopulations(simulation, *this);
  printDeliveries(simulation, *this);
  fputc('\n', stderr);
}
