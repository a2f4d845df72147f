//===- Palette.h - Colours that everyone can tell apart ---------*- C++ -*-===//
//
// The palette of Okabe and Ito (2008), chosen for all forms of
// colour-blindness, without its yellow, which is hard to see on white; and the
// nearest of the terminal's 256 colours.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_PLOT_PALETTE_H
#define SNN_COMPILER_PLOT_PALETTE_H

namespace snn::plot {

struct Color {
  const char *hex;
  unsigned terminal;
};

inline constexpr Color palette[] = {
    {"#0072b2", 32},  // blue
    {"#d55e00", 166}, // vermillion
    {"#009e73", 36},  // bluish green
    {"#cc79a7", 175}, // reddish purple
    {"#e69f00", 178}, // orange
    {"#56b4e9", 74},  // sky blue
    {"#000000", 244}, // black; grey, seen on dark and light terminals
};
inline constexpr unsigned paletteSize = sizeof(palette) / sizeof(palette[0]);

/// Shades from -1 to 1 in levels: white to black, and to the palette's
/// vermillion below zero.
inline constexpr int shadeLevels = 63;

inline int levelOf(double shade) {
  double clamped = shade < -1 ? -1 : shade > 1 ? 1 : shade;
  return static_cast<int>(clamped * shadeLevels + (clamped < 0 ? -0.5 : 0.5));
}

struct Rgb {
  unsigned char red, green, blue;
};

inline Rgb colorOfLevel(int level) {
  auto mixed = [&](int end) {
    int size = level < 0 ? -level : level;
    return static_cast<unsigned char>(255 - (255 - end) * size / shadeLevels);
  };
  return level < 0 ? Rgb{mixed(0xd5), mixed(0x5e), mixed(0x00)}
                   : Rgb{mixed(0), mixed(0), mixed(0)};
}

inline constexpr const Color &colorOf(unsigned index) {
  return palette[index % paletteSize];
}

} // namespace snn::plot

#endif // SNN_COMPILER_PLOT_PALETTE_H
