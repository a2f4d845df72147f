//===- Scanner.cpp - What must hold before a text is parsed -----*- C++ -*-===//
//
// One pass over the bytes, with a stack of open brackets. One wrong character
// gives one message: runs of them are reported as a whole, and each kind of
// limit once.
//
//===----------------------------------------------------------------------===//

#include "lang/Parse/Scanner.h"

#include "lang/Parse/Unicode.h"

#include <algorithm>
#include <array>
#include <optional>

namespace snn::lang {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isNameStart(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}
bool isNamePart(char c) { return isNameStart(c) || isDigit(c); }
bool isAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }

char closerOf(char opener) {
  return opener == '(' ? ')' : opener == '[' ? ']' : '}';
}

class Scanner {
public:
  Scanner(const SourceBuffer &buffer, DiagnosticEngine &engine)
      : buffer(buffer), engine(engine), text(buffer.text()) {}

  bool run();

private:
  struct Bracket {
    char opener;
    uint32_t offset;
    /// A `;` within has been reported.
    bool holdsSemicolon = false;
  };

  const SourceBuffer &buffer;
  DiagnosticEngine &engine;
  std::string_view text;
  uint32_t at = 0;
  std::vector<Bracket> open;
  /// The brackets open where a line began with the word of a declaration: what
  /// such a line stands in is not closed.
  std::vector<Bracket> openAtDeclaration;
  /// A brace whose closer stands less far to the right than its line: likely
  /// the one that is not closed.
  std::optional<Bracket> misaligned;
  bool valid = true;

  char peek(uint32_t ahead = 0) const {
    return at + ahead < text.size() ? text[at + ahead] : '\0';
  }

  template <typename... Types, typename... Arguments>
  Diagnostic &error(Kind<void(Types...)> kind, uint32_t begin, uint32_t end,
                    Arguments &&...arguments) {
    valid = false;
    return engine.report(kind, buffer.range(begin, end),
                         std::forward<Arguments>(arguments)...);
  }

  bool checkSizes();
  void scanComment();
  void scanString();
  void scanName();
  void scanNumber();
  void scanForeign();
  void scanSign();
  /// Warns about the invisible characters of a comment or string.
  void checkVisible(uint32_t begin, uint32_t end);
  void openBracket(char opener);
  void closeBracket(char closer);
  void reportUnclosed(Bracket bracket);
  void noteDeclaration();
  /// Blanks at the beginning of the line.
  size_t indentAt(uint32_t offset) const {
    return buffer.line(buffer.lineOf(offset)).find_first_not_of(" \t");
  }
};

} // namespace

bool Scanner::checkSizes() {
  if (text.size() > SourceLimits::MaxFileBytes) {
    error(diag::FileTooLarge, 0, 0, SourceLimits::MaxFileBytes)
        .help("keep data in files that the model loads");
    return false;
  }
  for (uint32_t line = 1; line <= buffer.lineCount(); ++line)
    if (buffer.line(line).size() > SourceLimits::MaxLineBytes) {
      uint32_t begin = buffer.lineBegin(line);
      error(diag::LineTooLong, begin, begin, SourceLimits::MaxLineBytes)
          .help("keep data in files that the model loads");
      return false;
    }
  for (uint32_t i = 0; i < text.size();) {
    CodePoint c = decode(text.substr(i));
    if (c.length == 0) {
      error(diag::InvalidUtf8, i, i + 1);
      return false;
    }
    i += c.length;
  }
  return true;
}

bool Scanner::run() {
  if (!checkSizes())
    return false;
  if (text.starts_with(ByteOrderMark))
    at = ByteOrderMark.size();
  bool lineStart = true;
  while (at < text.size() && open.size() <= SourceLimits::MaxNesting) {
    char c = peek();
    if (lineStart && isNameStart(c))
      noteDeclaration();
    lineStart = c == '\n';
    if (c == ' ' || c == '\t' || c == '\n' || (c == '\r' && peek(1) == '\n'))
      ++at;
    else if (c == '/' && peek(1) == '/')
      scanComment();
    else if (c == '.' && peek(1) == '.') // `0..99`
      at += 2;
    else if (c == '"')
      scanString();
    else if (isNameStart(c))
      scanName();
    else if (isDigit(c) || (c == '.' && isDigit(peek(1))))
      scanNumber();
    else if (!isAscii(c))
      scanForeign();
    else
      scanSign();
  }
  if (!open.empty() && open.size() <= SourceLimits::MaxNesting) {
    // A declaration that begins within another shows which one was left open.
    reportUnclosed(open.back().opener != '{'   ? open.back()
                   : misaligned                ? *misaligned
                   : openAtDeclaration.empty() ? open.back()
                                               : openAtDeclaration.back());
  }
  return valid;
}

void Scanner::noteDeclaration() {
  static constexpr std::array<std::string_view, 8> Words = {
      "use",       "neuron", "synapse", "plasticity",
      "modulator", "column", "network", "experiment"};
  if (open.empty() || !openAtDeclaration.empty())
    return;
  std::string_view line = text.substr(at, text.find('\n', at) - at);
  size_t length = std::min(line.find_first_of(" \t"), line.size());
  if (std::ranges::find(Words, line.substr(0, length)) != Words.end())
    openAtDeclaration = open;
}

void Scanner::checkVisible(uint32_t begin, uint32_t end) {
  for (uint32_t i = begin; i < end;) {
    CodePoint c = decode(text.substr(i));
    if (isInvisible(c.value))
      engine
          .report(diag::InvisibleCharacter, buffer.range(i, i + c.length),
                  codePointName(c.value))
          .help("remove it");
    i += c.length;
  }
}

void Scanner::scanComment() {
  // To where the lexer ends it: a carriage return alone would end the comment
  // there and not in an editor.
  uint32_t begin = at;
  at = static_cast<uint32_t>(
      std::min(text.find_first_of("\r\n", at), text.size()));
  checkVisible(begin, at);
}

void Scanner::scanString() {
  uint32_t begin = at++;
  while (at < text.size() && peek() != '"' && peek() != '\n' && peek() != '\r')
    at += peek() == '\\' && at + 1 < text.size() && peek(1) != '\n' ? 2 : 1;
  checkVisible(begin, at);
  if (peek() == '"') {
    ++at;
    return;
  }
  error(diag::UnclosedString, begin, at);
  // Brackets opened on this line would have been closed after the text.
  while (!open.empty() && open.back().opener != '{' &&
         buffer.lineOf(open.back().offset) == buffer.lineOf(begin))
    open.pop_back();
}

void Scanner::scanName() {
  uint32_t begin = at;
  while (isNamePart(peek()))
    ++at;
  if (at - begin > SourceLimits::MaxNameBytes)
    error(diag::NameTooLong, begin, at, SourceLimits::MaxNameBytes);
  if (peek() == '\'') // a derivative
    ++at;
}

void Scanner::scanNumber() {
  uint32_t begin = at;
  const char *wrong = nullptr;
  std::string better;
  auto digits = [&] {
    while (isDigit(peek()) || peek() == '_') {
      if (peek() == '_' && !isDigit(peek(1)))
        wrong = "an underscore stands between two digits";
      ++at;
    }
  };
  if (peek() == '.') {
    wrong = "a digit stands on both sides of the point";
    better = "0";
  }
  digits();
  if (peek() == '.' && peek(1) != '.') {
    ++at;
    if (isDigit(peek())) {
      digits();
      if (peek() == '.' && peek(1) != '.' && !wrong)
        wrong = "it has two points";
    } else {
      wrong = "a digit stands on both sides of the point";
    }
  }
  bool sign = peek(1) == '+' || peek(1) == '-';
  if ((peek() == 'e' || peek() == 'E') && isDigit(peek(sign ? 2 : 1))) {
    at += sign ? 2 : 1;
    digits();
  }
  if (!wrong)
    return;
  // The whole of what was meant as one number.
  while (isNamePart(peek()) || (peek() == '.' && isDigit(peek(1))))
    ++at;
  std::string_view written = text.substr(begin, at - begin);
  Diagnostic &message = error(diag::MalformedNumber, begin, at, written, wrong);
  if (!better.empty())
    message.fix("write `0" + std::string(written) + "`",
                buffer.range(begin, begin), better);
  else if (written.ends_with('.'))
    message.fix("write `" + std::string(written) + "0`", buffer.range(at, at),
                "0");
}

void Scanner::scanForeign() {
  uint32_t begin = at;
  CodePoint first = decode(text.substr(at));
  bool invisible = isInvisible(first.value);
  std::string replacement;
  bool known = true;
  // A text in the quotes of a word processor: both are wrong in one way.
  if (first.value == 0x201C) {
    std::string_view line = text.substr(at, text.find('\n', at) - at);
    size_t length = line.find("\u201D");
    if (length != line.npos) {
      at += static_cast<uint32_t>(length) + 3;
      std::string plain =
          "\"" + std::string(text.substr(begin + 3, length - 3)) + "\"";
      error(diag::InvalidCharacter, begin, begin + 3,
            "`" + std::string(text.substr(begin, 3)) + "`")
          .fix("write `" + plain + "`", buffer.range(begin, at), plain);
      return;
    }
  }
  while (at < text.size() && !isAscii(peek())) {
    CodePoint c = decode(text.substr(at));
    if (isInvisible(c.value) != invisible)
      break;
    std::string_view ascii = asciiFor(c.value);
    known &= !ascii.empty();
    replacement += ascii;
    at += c.length;
  }
  std::string shown =
      invisible ? codePointName(first.value)
                : "`" + std::string(text.substr(begin, at - begin)) + "`";
  Diagnostic &message = error(diag::InvalidCharacter, begin, at, shown);
  SourceRange range = buffer.range(begin, at);
  if (invisible)
    message.fix("remove it", range, "");
  else if (known)
    message.fix("write `" + replacement + "`", range, replacement);
  else
    message.help("names are made of ASCII letters, digits and `_`");
}

void Scanner::scanSign() {
  uint32_t begin = at;
  char c = peek();
  switch (c) {
  case '(':
  case '[':
  case '{':
    return openBracket(c);
  case ')':
  case ']':
  case '}':
    return closeBracket(c);
  case '!':
    at += 2;
    if (text.substr(begin, 2) == "!=")
      return;
    at = begin + 1;
    error(diag::InvalidCharacter, begin, at, "`!`")
        .fix("write `not`", buffer.range(begin, at), "not ");
    return;
  case '&':
  case '|': {
    at += peek(1) == c ? 2 : 1;
    std::string word = c == '&' ? "and" : "or";
    error(diag::InvalidCharacter, begin, at,
          "`" + std::string(text.substr(begin, at - begin)) + "`")
        .fix("write `" + word + "`", buffer.range(begin, at), word);
    return;
  }
  case '#':
    // The rest of the line is a comment in another language.
    at = static_cast<uint32_t>(std::min(text.find('\n', at), text.size()));
    error(diag::InvalidCharacter, begin, begin + 1, "`#`")
        .fix("a comment begins with `//`", buffer.range(begin, begin + 1),
             "//");
    return;
  case '/':
    if (peek(1) == '*') {
      size_t end = text.find("*/", at + 2);
      at = static_cast<uint32_t>(end == text.npos ? text.size() : end + 2);
      error(diag::InvalidCharacter, begin, begin + 2, "`/*`")
          .help("a comment begins with `//` and ends with its line");
      return;
    }
    break;
  case '\'':
    ++at;
    error(diag::InvalidCharacter, begin, at, "`'`")
        .help("a prime follows the name of a state: `V'`; a text stands in "
              "double quotes");
    return;
  case ';':
    ++at;
    if (!open.empty() && open.back().opener != '{' &&
        !open.back().holdsSemicolon) {
      open.back().holdsSemicolon = true;
      error(diag::InvalidCharacter, begin, at, "`;`")
          .label(buffer.range(open.back().offset, open.back().offset + 1),
                 "still open here")
          .help("a `;` ends a statement");
    }
    return;
  default:
    break;
  }
  ++at;
  static constexpr std::string_view Signs = "+-*/^<>=~@,:.%";
  if (Signs.find(c) != Signs.npos)
    return;
  std::string shown = c > ' ' && c != 0x7F ? "`" + std::string(1, c) + "`"
                                           : codePointName(char32_t(c));
  error(diag::InvalidCharacter, begin, at, shown);
}

void Scanner::openBracket(char opener) {
  // Braces hold statements: one within parentheses means that these are open.
  if (opener == '{' && !open.empty() && open.back().opener != '{') {
    reportUnclosed(open.back());
    while (!open.empty() && open.back().opener != '{')
      open.pop_back();
  }
  open.push_back({opener, at++});
  if (open.size() > SourceLimits::MaxNesting)
    error(diag::NestingTooDeep, at - 1, at, SourceLimits::MaxNesting);
}

void Scanner::closeBracket(char closer) {
  uint32_t offset = at++;
  SourceRange here = buffer.range(offset, at);
  std::string written(1, closer);
  if (closer == '}' && !open.empty() && open.back().opener != '{') {
    reportUnclosed(open.back());
    while (!open.empty() && open.back().opener != '{')
      open.pop_back();
  }
  if (open.empty() || (closer != '}' && open.back().opener == '{')) {
    error(diag::UnopenedBracket, offset, at, written)
        .fix("remove it", here, "");
    return;
  }
  Bracket top = open.back();
  open.pop_back();
  if (closer == '}' && !misaligned && indentAt(offset) < indentAt(top.offset))
    misaligned = top;
  if (closerOf(top.opener) != closer)
    error(diag::MismatchedBracket, offset, at, std::string(1, top.opener),
          written)
        .label(buffer.range(top.offset, top.offset + 1), "opened here")
        .suggest("close it by `" + std::string(1, closerOf(top.opener)) + "`",
                 here, std::string(1, closerOf(top.opener)));
}

void Scanner::reportUnclosed(Bracket bracket) {
  Diagnostic &message =
      error(diag::UnclosedBracket, bracket.offset, bracket.offset + 1,
            std::string(1, bracket.opener))
          .at("opened here");
  if (bracket.opener == '{')
    return;
  uint32_t line = buffer.lineOf(bracket.offset);
  std::string_view content = buffer.line(line);
  content = content.substr(0, content.find("//"));
  size_t last = content.find_last_not_of(" \t\r{;");
  uint32_t end = buffer.lineBegin(line) + static_cast<uint32_t>(last + 1);
  if (last != content.npos && end > bracket.offset)
    message.label(buffer.range(end, end),
                  "expected `" + std::string(1, closerOf(bracket.opener)) +
                      "` before the end of the line");
}

bool scan(const SourceBuffer &buffer, DiagnosticEngine &engine) {
  return Scanner(buffer, engine).run();
}

} // namespace snn::lang
