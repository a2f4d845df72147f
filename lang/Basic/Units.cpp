//===- Units.cpp - Physical dimensions, units, exact scaling --------------===//
//
// Tables of base quantities, units and prefixes, and the text arithmetic that
// scales literals without a rounding of its own.
//
//===----------------------------------------------------------------------===//
#include "lang/Basic/Units.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace snn::lang {
namespace {

/// A unit without prefix: 10^exponent SI base units.
struct NamedUnit {
  std::string_view name;
  Dimension dimension;
  int exponent;
};

const NamedUnit namedUnits[] = {
    {"m", Dimension::length(), 0},
    {"g", Dimension::of(1, 0, 0, 0), -3},
    {"s", Dimension::time(), 0},
    {"A", Dimension::current(), 0},
    {"K", Dimension::temperature(), 0},
    {"mol", Dimension::of(0, 0, 0, 0, 0, 1), 0},
    {"M", Dimension::concentration(), 3},
    {"V", Dimension::voltage(), 0},
    {"S", Dimension::conductance(), 0},
    {"Ohm", Dimension::resistance(), 0},
    {"ohm", Dimension::resistance(), 0},
    {"\u03a9", Dimension::resistance(), 0}, // Greek capital omega
    {"\u2126", Dimension::resistance(), 0}, // the ohm sign
    {"F", Dimension::capacitance(), 0},
    {"C", Dimension::charge(), 0},
    {"Hz", Dimension::frequency(), 0},
    {"J", Dimension::of(1, 2, -2, 0), 0},
    {"N", Dimension::of(1, 1, -2, 0), 0},
    {"W", Dimension::of(1, 2, -3, 0), 0},
    {"Pa", Dimension::of(1, -1, -2, 0), 0},
    {"L", Dimension::of(0, 3, 0, 0), -3},
};

struct Prefix {
  std::string_view name;
  int exponent;
};

const Prefix prefixes[] = {
    {"q", -30}, {"r", -27}, {"y", -24}, {"z", -21},     {"a", -18},
    {"f", -15}, {"p", -12}, {"n", -9},  {"\u00b5", -6}, {"\u03bc", -6},
    {"u", -6},  {"m", -3},  {"c", -2},  {"d", -1},      {"da", 1},
    {"h", 2},   {"k", 3},   {"M", 6},   {"G", 9},       {"T", 12},
    {"P", 15},  {"E", 18},  {"Z", 21},  {"Y", 24},      {"R", 27},
    {"Q", 30},
};

/// What messages are written in; ordered by how much a reader expects it. The
/// scale of each is the internal one.
struct Basis {
  std::string_view unit, name;
  Dimension dimension;
};

const Basis basis[] = {
    {"mV", "voltage", Dimension::voltage()},
    {"pA", "current", Dimension::current()},
    {"ms", "time", Dimension::time()},
    {"nS", "conductance", Dimension::conductance()},
    {"pF", "capacitance", Dimension::capacitance()},
    {"um", "length", Dimension::length()},
    {"mM", "concentration", Dimension::concentration()},
    {"K", "temperature", Dimension::temperature()},
    {"Gohm", "resistance", Dimension::resistance()},
    {"fC", "charge", Dimension::charge()},
    {"aJ", "energy", Dimension::of(1, 2, -2, 0)},
    {"amol", "amount of substance", Dimension::of(0, 0, 0, 0, 0, 1)},
    {"ng", "mass", Dimension::of(1, 0, 0, 0)},
};

/// A dimension as first^firstPower * second^secondPower of the basis.
struct Decomposition {
  const Basis *first = nullptr, *second = nullptr;
  int firstPower = 0, secondPower = 0;
};

std::optional<Decomposition> decompose(const Dimension &dimension) {
  for (const Basis &entry : basis)
    if (entry.dimension == dimension)
      return Decomposition{&entry, nullptr, 1, 0};
  for (int power : {-1, 2, -2, 3, -3, 4, -4})
    for (const Basis &entry : basis)
      if (entry.dimension.pow(power) == dimension)
        return Decomposition{&entry, nullptr, power, 0};
  struct Powers {
    int first, second;
  };
  for (Powers powers :
       {Powers{1, -1}, Powers{1, 1}, Powers{2, -1}, Powers{1, -2}, Powers{2, 1},
        Powers{-1, -1}, Powers{2, -2}, Powers{1, -3}})
    for (const Basis &first : basis)
      for (const Basis &second : basis)
        if (&first != &second &&
            first.dimension.pow(powers.first).value_or(Dimension()) *
                    second.dimension.pow(powers.second).value_or(Dimension()) ==
                dimension)
          return Decomposition{&first, &second, powers.first, powers.second};
  return std::nullopt;
}

/// A dimension of noise: a basis dimension times a half power of time.
struct HalfPower {
  const Basis *first = nullptr;
  /// Of the square root of time.
  int power = 0;
};

std::optional<HalfPower> decomposeNoise(const Dimension &dimension) {
  for (int power : {-1, 1, -3, 3}) {
    Dimension rest = dimension / *Dimension::time().pow(power, 2);
    for (const Basis &entry : basis)
      if (entry.dimension == rest)
        return HalfPower{&entry, power};
  }
  return std::nullopt;
}

std::string powerOf(std::string_view unit, int power) {
  std::string text(unit);
  if (power != 1)
    text += "^" + std::to_string(power);
  return text;
}

std::string wordPower(std::string_view name, int power) {
  std::string text(name);
  switch (power) {
  case 1:
    return text;
  case 2:
    return "squared " + text;
  case 3:
    return "cubed " + text;
  default:
    return text + " to the power " + std::to_string(power);
  }
}

/// A dimension no pair of basis units gives: the base units, each with its
/// power. Their scale is the internal one too.
std::string spellBases(const Dimension &dimension) {
  static constexpr std::string_view names[] = {"ng", "um", "ms",
                                               "pA", "K",  "amol"};
  std::string text;
  for (unsigned i = 0; i < Dimension::numBases; ++i) {
    int twelfths = dimension.exponentInTwelfths(i);
    if (!twelfths)
      continue;
    if (!text.empty())
      text += "*";
    text += names[i];
    if (twelfths % Dimension::denominator == 0) {
      if (twelfths != Dimension::denominator)
        text += "^" + std::to_string(twelfths / Dimension::denominator);
      continue;
    }
    int divisor = 1;
    for (int candidate : {2, 3, 4, 6, 12})
      if (twelfths % candidate == 0)
        divisor = candidate;
    text += "^(" + std::to_string(twelfths / divisor) + "/" +
            std::to_string(Dimension::denominator / divisor) + ")";
  }
  return text;
}

//===----------------------------------------------------------------------===//
// Unit text
//===----------------------------------------------------------------------===//

std::optional<Unit> parseName(std::string_view name) {
  for (const NamedUnit &unit : namedUnits)
    if (unit.name == name)
      return Unit{unit.dimension, unit.exponent, {}};
  for (const Prefix &prefix : prefixes) {
    if (!name.starts_with(prefix.name))
      continue;
    std::string_view rest = name.substr(prefix.name.size());
    for (const NamedUnit &unit : namedUnits)
      if (unit.name == rest)
        return Unit{unit.dimension, unit.exponent + prefix.exponent, {}};
  }
  return std::nullopt;
}

/// unit := factor (('*' | '/') factor)*; factor := (name | '1' | '(' unit ')')
/// ('^' ['-'] digits)?
class UnitParser {
public:
  explicit UnitParser(std::string_view text) : text(text) {}

  std::optional<Unit> parse() {
    std::optional<Unit> unit = parseProduct(0);
    skipSpace();
    if (!unit || !text.empty())
      return std::nullopt;
    return unit;
  }

private:
  static constexpr int maxNesting = 8;
  static constexpr int maxPower = 12;
  std::string_view text;

  void skipSpace() {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
      text.remove_prefix(1);
  }

  bool consume(char character) {
    skipSpace();
    if (text.empty() || text.front() != character)
      return false;
    text.remove_prefix(1);
    return true;
  }

  std::optional<Unit> parseProduct(int nesting) {
    if (nesting > maxNesting)
      return std::nullopt;
    std::optional<Unit> result = parseFactor(nesting);
    while (result) {
      bool divide = false;
      if (consume('/'))
        divide = true;
      else if (!consume('*'))
        return result;
      std::optional<Unit> factor = parseFactor(nesting);
      if (!factor || std::abs(result->exponent) > 10000)
        return std::nullopt;
      if (divide) {
        result->dimension = result->dimension / factor->dimension;
        result->exponent -= factor->exponent;
      } else {
        result->dimension = result->dimension * factor->dimension;
        result->exponent += factor->exponent;
      }
      for (unsigned i = 0; i < Dimension::numBases; ++i)
        if (std::abs(result->dimension.exponentInTwelfths(i)) > 1000)
          return std::nullopt;
    }
    return result;
  }

  std::optional<Unit> parseFactor(int nesting) {
    std::optional<Unit> unit;
    if (consume('(')) {
      unit = parseProduct(nesting + 1);
      if (!consume(')'))
        return std::nullopt;
    } else {
      skipSpace();
      size_t length = 0;
      while (length < text.size() &&
             std::string_view(" \t*/^()").find(text[length]) ==
                 std::string_view::npos)
        ++length;
      std::string_view name = text.substr(0, length);
      text.remove_prefix(length);
      unit = name == "1" ? Unit{} : parseName(name);
    }
    if (!unit || !consume('^'))
      return unit;
    bool negative = consume('-');
    int power = 0;
    auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), power);
    if (error != std::errc() || power > maxPower)
      return std::nullopt;
    text.remove_prefix(static_cast<size_t>(end - text.data()));
    if (negative)
      power = -power;
    std::optional<Dimension> dimension = unit->dimension.pow(power);
    if (!dimension)
      return std::nullopt;
    return Unit{*dimension, unit->exponent * power, {}};
  }
};

} // namespace

//===----------------------------------------------------------------------===//
// Dimension
//===----------------------------------------------------------------------===//

Dimension Dimension::operator*(const Dimension &other) const {
  Dimension result;
  for (unsigned i = 0; i < numBases; ++i)
    result.twelfths[i] = static_cast<int16_t>(twelfths[i] + other.twelfths[i]);
  return result;
}

Dimension Dimension::operator/(const Dimension &other) const {
  Dimension result;
  for (unsigned i = 0; i < numBases; ++i)
    result.twelfths[i] = static_cast<int16_t>(twelfths[i] - other.twelfths[i]);
  return result;
}

std::optional<Dimension> Dimension::pow(int numerator, int divisor) const {
  Dimension result;
  for (unsigned i = 0; i < numBases; ++i) {
    int64_t product = int64_t(twelfths[i]) * numerator;
    if (product % divisor != 0)
      return std::nullopt;
    product /= divisor;
    if (product > std::numeric_limits<int16_t>::max() ||
        product < std::numeric_limits<int16_t>::min())
      return std::nullopt;
    result.twelfths[i] = static_cast<int16_t>(product);
  }
  return result;
}

bool Dimension::isInteger() const {
  return std::all_of(twelfths.begin(), twelfths.end(),
                     [](int16_t exponent) { return exponent % 12 == 0; });
}

int Dimension::internalExponentInTwelfths() const {
  return -12 * twelfths[Mass] - 6 * twelfths[Length] - 3 * twelfths[Time] -
         12 * twelfths[Current] - 18 * twelfths[Amount];
}

std::string Dimension::unit() const {
  if (isNone())
    return "1";
  if (*this == frequency())
    return "1/ms";
  std::optional<Decomposition> parts = decompose(*this);
  if (!parts)
    return spellBases(*this);
  if (!parts->second) {
    if (parts->firstPower > 0)
      return powerOf(parts->first->unit, parts->firstPower);
    return "1/" + powerOf(parts->first->unit, -parts->firstPower);
  }
  if (parts->firstPower < 0)
    return "1/(" + powerOf(parts->first->unit, -parts->firstPower) + "*" +
           powerOf(parts->second->unit, -parts->secondPower) + ")";
  std::string text = powerOf(parts->first->unit, parts->firstPower);
  if (parts->secondPower < 0)
    return text + "/" + powerOf(parts->second->unit, -parts->secondPower);
  return text + "*" + powerOf(parts->second->unit, parts->secondPower);
}

std::string Dimension::name() const {
  if (isNone())
    return "plain number";
  if (*this == frequency())
    return "frequency";
  std::optional<Decomposition> parts = decompose(*this);
  if (!parts) {
    std::optional<HalfPower> noise = decomposeNoise(*this);
    if (!noise)
      return "quantity";
    return std::string(noise->first->name) +
           (noise->power < 0 ? " per " : " times ") +
           (std::abs(noise->power) == 1 ? "square root of time"
                                        : "time to the power 3/2");
  }
  if (!parts->second) {
    if (parts->firstPower > 0)
      return wordPower(parts->first->name, parts->firstPower);
    return "inverse " + wordPower(parts->first->name, -parts->firstPower);
  }
  if (parts->firstPower < 0)
    return "quantity";
  std::string text = wordPower(parts->first->name, parts->firstPower);
  if (parts->secondPower < 0)
    return text + " per " + wordPower(parts->second->name, -parts->secondPower);
  return text + " times " + wordPower(parts->second->name, parts->secondPower);
}

std::string Dimension::describe() const {
  if (isNone())
    return name();
  return name() + " (" + unit() + ")";
}

//===----------------------------------------------------------------------===//
// Units and literals
//===----------------------------------------------------------------------===//

int Unit::exponentToInternal() const {
  return exponent - dimension.internalExponentInTwelfths() / 12;
}

std::optional<Unit> parseUnit(std::string_view text) {
  std::optional<Unit> unit = UnitParser(text).parse();
  if (unit)
    unit->spelling = std::string(text);
  return unit;
}

std::optional<double> scaleDecimal(std::string_view digits, int exponent) {
  std::string mantissa;
  int64_t written = 0;
  for (size_t i = 0; i < digits.size(); ++i) {
    char c = digits[i];
    if (c == '_')
      continue;
    if (c != 'e' && c != 'E') {
      if ((c < '0' || c > '9') && c != '.' && !(c == '-' && mantissa.empty()))
        return std::nullopt;
      mantissa += c;
      continue;
    }
    std::string_view rest = digits.substr(i + 1);
    if (rest.starts_with('+'))
      rest.remove_prefix(1);
    auto [end, error] =
        std::from_chars(rest.data(), rest.data() + rest.size(), written);
    if (error != std::errc() || end != rest.data() + rest.size() ||
        std::abs(written) > 100000)
      return std::nullopt;
    break;
  }
  std::string text = mantissa + "e" + std::to_string(written + exponent);
  double value = 0;
  auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() ||
      !std::isfinite(value))
    return std::nullopt;
  return value;
}

std::optional<double> toInternal(std::string_view digits, const Unit &unit) {
  return scaleDecimal(digits, unit.exponentToInternal());
}

std::string formatNumber(double value, int decimalShift) {
  if (std::isnan(value))
    return "not a number";
  if (std::isinf(value))
    return value > 0 ? "infinity" : "-infinity";
  if (value == 0)
    return "0";
  char buffer[64];
  auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value,
                                    std::chars_format::scientific);
  std::string_view text(buffer, static_cast<size_t>(end - buffer));
  std::string digits, sign;
  if (text.front() == '-') {
    sign = "-";
    text.remove_prefix(1);
  }
  size_t mark = text.find('e');
  for (char c : text.substr(0, mark))
    if (c != '.')
      digits += c;
  std::string_view power = text.substr(mark + 1);
  if (power.starts_with('+'))
    power.remove_prefix(1);
  int exponent = 0;
  std::from_chars(power.data(), power.data() + power.size(), exponent);
  exponent += decimalShift; // value = d.ddd * 10^exponent
  int count = static_cast<int>(digits.size());
  if (exponent < -5 || exponent > 15) {
    std::string result = sign + digits.substr(0, 1);
    if (count > 1)
      result += "." + digits.substr(1);
    return result + "e" + std::to_string(exponent);
  }
  if (exponent < 0)
    return sign + "0." + std::string(static_cast<size_t>(-exponent - 1), '0') +
           digits;
  if (exponent >= count - 1)
    return sign + digits +
           std::string(static_cast<size_t>(exponent - count + 1), '0');
  return sign + digits.substr(0, static_cast<size_t>(exponent) + 1) + "." +
         digits.substr(static_cast<size_t>(exponent) + 1);
}

std::string formatQuantity(double internal, const Unit &unit) {
  std::string number = formatNumber(internal, -unit.exponentToInternal());
  if (unit.spelling.empty() || unit.spelling == "1")
    return number;
  return number + " " + unit.spelling;
}

std::string formatQuantity(double internal, const Dimension &dimension) {
  if (dimension.isNone())
    return formatNumber(internal);
  if (dimension == Dimension::frequency())
    return formatNumber(internal, 3) + " Hz";
  return formatNumber(internal) + " " + dimension.unit();
}

std::string formatRounded(double internal, const Dimension &dimension) {
  char text[32];
  double rounded = internal;
  std::from_chars(text,
                  std::to_chars(text, std::end(text), internal,
                                std::chars_format::general, 4)
                      .ptr,
                  rounded);
  return formatQuantity(rounded, dimension);
}

} // namespace snn::lang
