//===- Explain.cpp - `snn explain`: codes and choices -----------*- C++ -*-===//
//
// What an error code means, with an example of each.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Output.h"
#include "compiler/Driver/Verbs.h"
#include "lang/Diagnostics/Suggest.h"

#include <algorithm>
#include <cctype>

using namespace snn;
using namespace snn::driver;

/// A letter and four digits, as codes of messages are.
static bool looksLikeCode(const std::string &text) {
  return text.size() == 5 &&
         std::isalpha(static_cast<unsigned char>(text[0])) &&
         std::all_of(text.begin() + 1, text.end(),
                     [](unsigned char c) { return std::isdigit(c) != 0; });
}

static int explainCode(std::string code, const Console &console) {
  code[0] =
      static_cast<char>(std::toupper(static_cast<unsigned char>(code[0])));
  std::string text = lang::explain(code);
  if (!text.empty())
    return console.print(text) ? 0 : console.fail(outputFailure());
  std::vector<std::string> codes;
  for (const lang::KindInfo &kind : lang::allKinds())
    codes.emplace_back(kind.code);
  std::optional<std::string> near = lang::nearest(code, codes);
  return console.fail({ExitCode::Usage, "there is no code `" + code + "`",
                       near ? "did you mean `" + *near + "`?"
                            : "codes stand in brackets behind `error`"});
}

int snn::driver::explainSubject(const ExplainOptions &options,
                                const Console &console) {
  if (looksLikeCode(options.subject))
    return explainCode(options.subject, console);
  return console.fail({ExitCode::Usage, "`" + options.subject + "` is no code",
                       "codes look like E0301"});
}
