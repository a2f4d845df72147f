//===- Compile.h - From a checked experiment to a program -------*- C++ -*-===//
//
// The only place of the driver that knows the compiler's inside: what is asked
// of it and what comes back are plain values.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_COMPILE_H
#define SNN_COMPILER_DRIVER_COMPILE_H

#include "compiler/Results/Expected.h"
#include "compiler/Target/Cores/Map/Network.h"
#include "lang/Basic/Source.h"
#include "lang/Sema/Checked.h"
#include "snn/abi.h"

#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace snn::driver {

struct CodeOptions {
  std::string cpu = "native";
  unsigned optLevel = 2;
  /// Of synapses, where the model does not say: auto, stored, rows or
  /// procedural.
  std::string storage = "auto";
  /// What the build fixed, as JSON, for manifests.
  std::string flags = "{}";
};

/// A compiled experiment in this process.
class CompiledModel {
public:
  virtual ~CompiledModel() = default;
  virtual const snn_model &model() const = 0;
  double seconds = 0;
};

results::Expected<std::unique_ptr<CompiledModel>>
compileInMemory(const lang::checked::Program &program,
                const lang::checked::Experiment &experiment,
                const lang::SourceMap &sources, const CodeOptions &options);

/// The network of an experiment as the chip can have it, without its edges and
/// initial states, or why it cannot.
std::variant<target::cores::Network, target::cores::Refusal, results::Failure>
readNetwork(const lang::checked::Program &program,
            const lang::checked::Experiment &experiment,
            const lang::SourceMap &sources, const CodeOptions &options,
            const lang::checked::Chip &chip);

enum class Product { Executable, Object, SharedLibrary, LLVM, MLIR };

/// Writes a product to a file; `output` may be `-` for text.
results::Expected<std::monostate>
compileToFile(const lang::checked::Program &program,
              const lang::checked::Experiment &experiment,
              const lang::SourceMap &sources, const CodeOptions &options,
              Product product, const std::string &output);

/// What the compiler chose: "Solver", "V", "exact: linear with constant ...".
struct Choice {
  std::string kind, subject, text;
};
results::Expected<std::vector<Choice>>
explainChoices(const lang::checked::Program &program,
               const lang::checked::Experiment &experiment,
               const lang::SourceMap &sources, const CodeOptions &options);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_COMPILE_H
