//===- CommandLine.cpp - The program that a model becomes -----------------===//
//
// Options of executables that `snn build` made, and one run with them.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Core/Failure.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

using namespace snn::runtime;

namespace {

struct Arguments {
  snn_options options;
  const char *output = nullptr; // null: a new folder in results/
  const char *stats = nullptr, *trace = nullptr;
  bool quiet = false, help = false, version = false;
  bool color = false;
};

/// What the value of an option is counted in.
struct Unit {
  const char *name;
  double factor;
};

} // namespace

static const Unit TimesInMs[] = {{"ms", 1},    {"us", 1e-3}, {"s", 1e3},
                                 {"min", 6e4}, {"h", 3.6e6}, {}};
static const Unit TimesInS[] = {{"", 1},     {"s", 1},    {"ms", 1e-3},
                                {"min", 60}, {"h", 3600}, {}};
static const Unit Bytes[] = {{"", 1},         {"K", 0x1p10},
                             {"M", 0x1p20},   {"G", 0x1p30},
                             {"T", 0x1p40},   {"KiB", 0x1p10},
                             {"MiB", 0x1p20}, {"GiB", 0x1p30},
                             {"TiB", 0x1p40}, {}};

// Options of `snn run` that change the code of a model, which is made.
static const char *const FixedAtBuild[] = {
    "--step", "--precision", "--fp", "--set", "--cpu", "-O", "--record"};

static const char Usage[] =
    "usage: %s [options]\n"
    "\n"
    "Runs the model `%s` that this program was built from.\n"
    "\n"
    "  -o DIR              where results go (default: results/%s-<n>)\n"
    "  --threads N         how many threads (default: as the machine has)\n"
    "  --seed N            of all random numbers\n"
    "  --duration T        after the warm-up, such as 500ms or \"2 s\"\n"
    "  --mem-limit SIZE    such as 4G (default: 90 %% of what is free)\n"
    "  --time-limit T      of wall time, such as 10min\n"
    "  --stats FILE.json   what the run cost\n"
    "  --profile           what each population and projection cost\n"
    "  --trace FILE.json   what each thread did when, for Perfetto\n"
    "  --quiet             no progress, no summary\n"
    "  --color WHEN        always, never or auto\n"
    "  --version, --help\n";

static bool wrong(Error &error, const char *option, const char *value,
                  const char *wanted) {
  return fail(error, SNN_USAGE, "E0711", "`%s %s`: expected %s", option, value,
              wanted);
}

static bool parseCount(const char *option, const char *text, uint64_t &value,
                       Error &error) {
  char *end;
  value = strtoull(text, &end, 10);
  if (*text < '0' || *text > '9' || *end || strlen(text) > 19)
    return wrong(error, option, text, "a whole number");
  return true;
}

static bool parseQuantity(const char *option, const char *text,
                          const Unit *units, const char *wanted, double &value,
                          Error &error) {
  char *end;
  double number = strtod(text, &end);
  while (*end == ' ')
    ++end;
  if (end == text || !(number >= 0) || number > 1e300)
    return wrong(error, option, text, wanted);
  for (; units->name; ++units)
    if (!strcmp(units->name, end)) {
      value = number * units->factor;
      return true;
    }
  return wrong(error, option, text, wanted);
}

static bool parseColor(const char *text, bool &color, Error &error) {
  if (!strcmp(text, "always"))
    color = true;
  else if (!strcmp(text, "never"))
    color = false;
  else if (strcmp(text, "auto"))
    return wrong(error, "--color", text, "always, never or auto");
  return true;
}

/// One option with its value; `name` is one that takes a value.
static bool parseOption(const char *name, const char *value, Arguments &out,
                        Error &error) {
  snn_options &options = out.options;
  uint64_t count;
  double quantity;
  if (!strcmp(name, "-o")) {
    out.output = value;
  } else if (!strcmp(name, "--stats")) {
    out.stats = value;
  } else if (!strcmp(name, "--trace")) {
    out.trace = value;
    options.flags |= SNN_TRACE;
  } else if (!strcmp(name, "--color")) {
    return parseColor(value, out.color, error);
  } else if (!strcmp(name, "--threads")) {
    if (!parseCount(name, value, count, error))
      return false;
    if (!count || count > 4096)
      return wrong(error, name, value, "1 to 4096");
    options.threads = static_cast<uint32_t>(count);
  } else if (!strcmp(name, "--seed")) {
    if (!parseCount(name, value, count, error))
      return false;
    options.seeds = {count, count, count};
    options.flags |= SNN_OWN_SEEDS;
  } else if (!strcmp(name, "--duration")) {
    return parseQuantity(name, value, TimesInMs,
                         "a time with its unit, such as 500ms or \"2 s\"",
                         options.duration, error);
  } else if (!strcmp(name, "--mem-limit")) {
    if (!parseQuantity(name, value, Bytes, "a size such as 512M or 4G",
                       quantity, error))
      return false;
    if (!(quantity >= 1) || quantity >= 0x1p63)
      return wrong(error, name, value, "a size such as 512M or 4G");
    options.memory_limit = static_cast<uint64_t>(quantity);
  } else {
    return parseQuantity(name, value, TimesInS, "a time such as 90s or 10min",
                         options.time_limit, error);
  }
  return true;
}

static bool parseArguments(int argc, char **argv, Arguments &out,
                           Error &error) {
  static const char *const withValue[] = {
      "-o",           "--threads", "--seed",  "--duration", "--mem-limit",
      "--time-limit", "--stats",   "--color", "--trace"};
  for (int i = 1; i < argc; ++i) {
    const char *argument = argv[i];
    if (!strcmp(argument, "--quiet")) {
      out.quiet = true;
      continue;
    }
    if (!strcmp(argument, "--profile")) {
      out.options.flags |= SNN_PROFILE;
      continue;
    }
    if (!strcmp(argument, "--help")) {
      out.help = true;
      continue;
    }
    if (!strcmp(argument, "--version")) {
      out.version = true;
      continue;
    }
    // "--name=value" or "--name" "value".
    const char *equals = argument[0] == '-' && argument[1] == '-'
                             ? strchr(argument, '=')
                             : nullptr;
    size_t length =
        equals ? static_cast<size_t>(equals - argument) : strlen(argument);
    auto is = [&](const char *name) {
      return strlen(name) == length && !strncmp(name, argument, length);
    };
    const char *name = nullptr;
    for (const char *candidate : withValue)
      if (is(candidate))
        name = candidate;
    if (!name) {
      for (const char *fixed : FixedAtBuild)
        if (is(fixed) || (!strcmp(fixed, "-O") && !strncmp(argument, "-O", 2)))
          return fail(error, SNN_USAGE, "E0710",
                      "`%s` was fixed when this program was built", fixed),
                 help(error, "build it anew with `snn build`, or use `snn "
                             "run`");
      return fail(error, SNN_USAGE, "E0711", "there is no option `%s`",
                  argument),
             help(error, "`%s --help` lists the options", argv[0]);
    }
    const char *value = equals ? equals + 1 : i + 1 < argc ? argv[++i] : "";
    if (!*value)
      return fail(error, SNN_USAGE, "E0711", "`%s` needs a value", name);
    if (!parseOption(name, value, out, error))
      return false;
  }
  return true;
}

static void summarize(const snn_instance *instance, const char *folder) {
  snn_stats stats;
  snn_get_stats(instance, &stats);
  double speed = stats.bio_time_s / stats.wall_s;
  char spikes[32];
  fprintf(stderr,
          "%.4g s of model time in %.3g s (%.*fx real time), %s spikes, hash "
          "%016llx\nresults in %s\n",
          stats.bio_time_s, stats.wall_s,
          speed < 1    ? 3
          : speed < 10 ? 2
                       : 0,
          speed, formatCount(stats.spikes, spikes),
          static_cast<unsigned long long>(snn_spike_hash(instance)), folder);
}

/// Runs and writes; what was recorded before a failure is written as well.
static int runAndWrite(snn_instance *instance, const Arguments &arguments) {
  int32_t status = snn_run_shown(instance, arguments.quiet);
  if (snn_last_error(instance)->status)
    snn_print_error(snn_last_error(instance), arguments.color);
  else if (status)
    fprintf(stderr, "interrupted at t = %.10g ms\n",
            static_cast<double>(snn_steps_done(instance)) *
                snn_instance_model(instance)->step);

  char made[4096];
  const char *folder = arguments.output;
  int32_t written = SNN_OK;
  if (!folder) {
    written = snn_new_results_folder(instance, made, sizeof made);
    folder = made;
  }
  if (!written)
    written = snn_write_results(instance, folder);
  if (!written && arguments.stats)
    written = snn_write_stats(instance, arguments.stats, 0);
  if (!written && arguments.trace)
    written = snn_write_trace(instance, arguments.trace);
  if (written) {
    snn_print_error(snn_last_error(instance), arguments.color);
    return status ? status : written;
  }
  if (!arguments.quiet) {
    snn_print_profile(instance);
    summarize(instance, folder);
  }
  return status;
}

int snn_main(const snn_model *model, int argc, char **argv) {
  Arguments arguments;
  snn_default_options(&arguments.options);
  const char *noColor = getenv("NO_COLOR");
  arguments.color = isatty(STDERR_FILENO) && !(noColor && *noColor);
  Error error = {};
  if (!parseArguments(argc, argv, arguments, error)) {
    snn_print_error(&error, arguments.color);
    return error.status;
  }
  const char *program = argc > 0 ? argv[0] : "program";
  if (arguments.help) {
    printf(Usage, program, model->name, model->name);
    return SNN_OK;
  }
  if (arguments.version) {
    printf("%s, built by snn %s\n", model->name, model->compiler_version);
    return SNN_OK;
  }
  snn_instance *instance = snn_create(model, &arguments.options, &error);
  if (!instance) {
    snn_print_error(&error, arguments.color);
    return error.status;
  }
  int status = runAndWrite(instance, arguments);
  snn_destroy(instance);
  return status;
}
