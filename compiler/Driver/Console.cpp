//===- Console.cpp - What `snn` says and where ------------------*- C++ -*-===//
//
// Messages of the driver have the shape of those about models, so that one
// script reads both.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Console.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

using namespace snn;
using namespace snn::driver;

static bool localeIsUtf8() {
  // As setlocale does it: the first that is set and not empty counts.
  for (const char *name : {"LC_ALL", "LC_CTYPE", "LANG"})
    if (const char *value = std::getenv(name); value && *value) {
      std::string locale = value;
      std::transform(locale.begin(), locale.end(), locale.begin(),
                     [](unsigned char c) { return std::tolower(c); });
      return locale.find("utf-8") != std::string::npos ||
             locale.find("utf8") != std::string::npos;
    }
  return false;
}

static bool decide(ColorChoice choice, bool terminal) {
  if (choice != ColorChoice::Auto)
    return choice == ColorChoice::Always;
  const char *kind = std::getenv("TERM");
  bool dumb = kind && std::string_view(kind) == "dumb";
  return snn::lang::wantsColor(terminal) && !dumb;
}

Console::Console(const ConsoleOptions &options)
    : chosen(options), outputTerminal(isatty(STDOUT_FILENO) == 1),
      messageTerminal(isatty(STDERR_FILENO) == 1),
      outputColor(decide(options.color, outputTerminal)),
      messageColor(decide(options.color, messageTerminal)),
      showsUnicode(localeIsUtf8()) {}

unsigned Console::columns() const {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20)
    return std::min<unsigned>(size.ws_col, 400);
  if (const char *columns = std::getenv("COLUMNS"))
    if (long wanted = std::strtol(columns, nullptr, 10);
        wanted >= 20 && wanted <= 400)
      return static_cast<unsigned>(wanted);
  return 80;
}

bool Console::print(const std::string &text) const {
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() &&
         std::fflush(stdout) == 0;
}

void Console::message(const std::string &text) const {
  std::fwrite(text.data(), 1, text.size(), stderr);
}

std::string Console::strong(const std::string &text) const {
  return messageColor ? "\x1b[1m" + text + "\x1b[0m" : text;
}

void Console::say(const char *severity, const char *paint,
                  const Failure &what) const {
  if (chosen.format == MessageFormat::Json) {
    nlohmann::ordered_json object;
    if (!what.id.empty())
      object["code"] = what.id;
    object["severity"] = severity;
    object["message"] = what.message;
    if (!what.note.empty())
      object["notes"] = {what.note};
    object["help"] = nlohmann::ordered_json::array();
    if (!what.help.empty())
      object["help"].push_back(what.help);
    message(object.dump(-1, ' ', false,
                        nlohmann::ordered_json::error_handler_t::replace) +
            "\n");
    return;
  }
  std::string head = severity;
  if (!what.id.empty())
    head += "[" + what.id + "]";
  if (messageColor)
    head = paint + head + "\x1b[0m";
  std::string shown = lang::printable(what.message);
  if (chosen.format == MessageFormat::Short) {
    message("snn: " + head + ": " + shown + "\n");
    return;
  }
  message(head + ": " + shown + "\n");
  if (!what.note.empty())
    message("  = note: " + lang::printable(what.note) + "\n");
  if (!what.help.empty())
    message("  = help: " + lang::printable(what.help) + "\n");
}

int Console::fail(const Failure &failure) const {
  say("error", "\x1b[1;31m", failure);
  return static_cast<int>(failure.code);
}

void Console::warn(const std::string &text) const {
  say("warning", "\x1b[1;33m", {ExitCode::Success, text, ""});
}

void Console::note(const std::string &text) const {
  if (chosen.quiet)
    return;
  if (chosen.format == MessageFormat::Human)
    message(text + "\n");
  else
    say("note", "\x1b[1m", {ExitCode::Success, text, ""});
}
