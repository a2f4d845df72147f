//===- Units.h - Physical dimensions, units, exact scaling ------*- C++ -*-===//
//
// The dimension algebra of the language and the one place where a quantity
// written by a user becomes a number. Internal units are ms, mV, pA, um, mM and
// K, so every unit of a dimension is a power of ten of the internal one: the
// factor follows from the dimension alone, and a decimal literal is scaled by
// moving its point, then rounded once. A leaf: it includes nothing of ours.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_BASIC_UNITS_H
#define SNN_LANG_BASIC_UNITS_H

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace snn::lang {

/// A product of rational powers of the SI base quantities. Exponents are kept
/// in twelfths, so square, cube and fourth roots stay exact.
class Dimension {
public:
  enum Base : unsigned { Mass, Length, Time, Current, Temperature, Amount };
  static constexpr unsigned numBases = 6;
  static constexpr int denominator = 12;

  constexpr Dimension() = default;
  /// Integer exponents of kg, m, s, A, K, mol.
  static constexpr Dimension of(int kg, int m, int s, int a, int k = 0,
                                int mol = 0) {
    Dimension result;
    const std::array<int, numBases> whole{kg, m, s, a, k, mol};
    for (unsigned i = 0; i < numBases; ++i)
      result.twelfths[i] = static_cast<int16_t>(whole[i] * denominator);
    return result;
  }
  /// Exponents in twelfths, as `exponentInTwelfths` gives them.
  static constexpr Dimension
  ofTwelfths(const std::array<int16_t, numBases> &exponents) {
    Dimension result;
    result.twelfths = exponents;
    return result;
  }

  static constexpr Dimension none() { return {}; }
  static constexpr Dimension time() { return of(0, 0, 1, 0); }
  static constexpr Dimension frequency() { return of(0, 0, -1, 0); }
  static constexpr Dimension length() { return of(0, 1, 0, 0); }
  static constexpr Dimension current() { return of(0, 0, 0, 1); }
  static constexpr Dimension charge() { return of(0, 0, 1, 1); }
  static constexpr Dimension voltage() { return of(1, 2, -3, -1); }
  static constexpr Dimension conductance() { return of(-1, -2, 3, 2); }
  static constexpr Dimension resistance() { return of(1, 2, -3, -2); }
  static constexpr Dimension capacitance() { return of(-1, -2, 4, 2); }
  static constexpr Dimension temperature() { return of(0, 0, 0, 0, 1); }
  static constexpr Dimension concentration() { return of(0, -3, 0, 0, 0, 1); }

  constexpr int exponentInTwelfths(unsigned base) const {
    return twelfths[base];
  }
  constexpr const std::array<int16_t, numBases> &exponents() const {
    return twelfths;
  }
  constexpr bool isNone() const { return *this == Dimension(); }
  constexpr bool operator==(const Dimension &) const = default;

  Dimension operator*(const Dimension &other) const;
  Dimension operator/(const Dimension &other) const;
  /// This to the power numerator/denominator; empty where an exponent is no
  /// twelfth or leaves the range.
  std::optional<Dimension> pow(int numerator, int denominator = 1) const;
  std::optional<Dimension> sqrt() const { return pow(1, 2); }
  bool isInteger() const;

  /// The internal unit of this dimension is 10^k SI units; k in twelfths:
  /// 12k = -12 kg - 6 m - 3 s - 12 A - 18 mol (in twelfths each).
  int internalExponentInTwelfths() const;

  /// A unit a reader of papers expects, for example "mV", "mV/ms", "mV^2",
  /// "1" for a plain number. Its scale is the internal one.
  std::string unit() const;
  /// In words, without an article: "voltage", "voltage per time", "squared
  /// voltage", "plain number"; "quantity" where there is no short wording.
  std::string name() const;
  /// Name and unit: "voltage (mV)"; "plain number" for none.
  std::string describe() const;

private:
  std::array<int16_t, numBases> twelfths{};
};

/// A unit as written: 10^exponent SI base units of its dimension.
struct Unit {
  Dimension dimension;
  int exponent = 0;
  /// As the user wrote it; messages use the user's own scale.
  std::string spelling;

  /// 10^k internal units; written units have integer exponents only.
  int exponentToInternal() const;
};

/// Parses "mV", "Mohm", "µs", "nS/ms", "mV^2", "1/ms", "mol/m^3",
/// "pA/(mV*ms)". Empty for unknown units or malformed text.
std::optional<Unit> parseUnit(std::string_view text);

/// The double nearest to digits * 10^exponent, where `digits` is a decimal
/// literal ("10", "0.5", "1e-3", "10_000"): the point moves in the text, so the
/// only rounding is the last one. Empty where malformed or out of range.
std::optional<double> scaleDecimal(std::string_view digits, int exponent);

/// A literal with its unit as internal value.
std::optional<double> toInternal(std::string_view digits, const Unit &unit);

/// The shortest decimal that reads back as `internal`, shown in `unit`:
/// formatQuantity(0.25, ms) is "0.25 ms", formatQuantity(1000, s) is "1 s".
std::string formatQuantity(double internal, const Unit &unit);
/// The same in the usual unit of a dimension; a plain number has no unit.
std::string formatQuantity(double internal, const Dimension &dimension);
/// The same to four digits: what was computed has no digits of the user's.
std::string formatRounded(double internal, const Dimension &dimension);
/// The number alone.
std::string formatNumber(double value, int decimalShift = 0);

} // namespace snn::lang

#endif // SNN_LANG_BASIC_UNITS_H
