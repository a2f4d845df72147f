//===- Console.h - What `snn` says and where --------------------*- C++ -*-===//
//
// Standard output is data, standard error is messages. Messages come in three
// formats; colours and Unicode only where the reader can see them.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_CONSOLE_H
#define SNN_COMPILER_DRIVER_CONSOLE_H

#include "compiler/Results/Expected.h"
#include "lang/Diagnostics/Render.h"

#include <string>

namespace snn::driver {

using lang::MessageFormat;
using results::ExitCode;
using results::Expected;
using results::Failure;

enum class ColorChoice { Auto, Always, Never };

/// The flags that every verb takes.
struct ConsoleOptions {
  MessageFormat format = MessageFormat::Human;
  ColorChoice color = ColorChoice::Auto;
  bool quiet = false;
};

class Console {
public:
  explicit Console(const ConsoleOptions &options);

  const ConsoleOptions &options() const { return chosen; }
  /// For standard error and standard output.
  bool colorsMessages() const { return messageColor; }
  bool colorsOutput() const { return outputColor; }
  /// The locale can show more than ASCII.
  bool unicode() const { return showsUnicode; }
  bool outputIsTerminal() const { return outputTerminal; }
  bool messagesAreTerminal() const { return messageTerminal; }
  /// Width of the terminal, or 80.
  unsigned columns() const;

  /// Data. False if it could not be written.
  [[nodiscard]] bool print(const std::string &text) const;
  /// As it is, to standard error.
  void message(const std::string &text) const;
  /// "error: ..." with its help; returns the exit code.
  int fail(const Failure &failure) const;
  void warn(const std::string &text) const;
  /// What happened, for people: silent when quiet, and in JSON an object of
  /// severity "note".
  void note(const std::string &text) const;
  /// `text` in bold, if messages have colours.
  std::string strong(const std::string &text) const;

private:
  ConsoleOptions chosen;
  bool outputTerminal, messageTerminal;
  bool outputColor, messageColor;
  bool showsUnicode;

  void say(const char *severity, const char *paint, const Failure &what) const;
};

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_CONSOLE_H
