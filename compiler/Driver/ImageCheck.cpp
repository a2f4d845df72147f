//===- ImageCheck.cpp - All that is verified of an image ------------------===//
//
// See the header. What is not a list of numbers in a manifest is left to who
// reads all of it.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/ImageCheck.h"

#include "compiler/Target/Cores/Verify/Stands.h"
#include "compiler/Target/Cores/Verify/Verify.h"

#include <nlohmann/json.hpp>

using namespace snn;
using namespace snn::driver;
using target::cores::Stand;
using Json = nlohmann::json;

/// In the manifest: [first, how many, of whom, whether relays].
static std::vector<Stand> standsIn(const emulator::Image &image) {
  std::vector<Stand> stands;
  Json manifest = Json::parse(image.manifest.begin(), image.manifest.end(),
                              nullptr, /*allow_exceptions=*/false);
  if (!manifest.is_object() || !manifest.contains("stands") ||
      !manifest["stands"].is_array())
    return stands;
  for (const Json &one : manifest["stands"]) {
    bool isFour = one.is_array() && one.size() == 4 && one[3].is_boolean();
    for (size_t i = 0; isFour && i < 3; ++i)
      isFour = one[i].is_number_unsigned() && one[i] <= UINT32_MAX;
    if (isFour)
      stands.push_back({one[0], one[1], one[2], one[3]});
  }
  return stands;
}

std::vector<std::string>
snn::driver::checkImage(const emulator::Image &image,
                        const lang::checked::Chip &chip) {
  std::vector<std::string> broken = target::cores::verifyImage(image, chip);
  if (broken.empty())
    broken = target::cores::verifyStands(image, standsIn(image));
  return broken;
}
