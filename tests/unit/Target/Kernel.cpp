//===- Kernel.cpp - Functions compiled from text for a test ---------------===//
//
// Parses, lowers and compiles; a failure ends the test program.
//
//===----------------------------------------------------------------------===//
#include "Kernel.h"

#include "compiler/Pipelines/CPU.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

#include <regex>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

using namespace mlir;

namespace snn::tests {

static const char *const text = R"mlir(
func.func @kernel(%px: !llvm.ptr, %py: !llvm.ptr, %pr: !llvm.ptr, %n: i64) {
  %zero = arith.constant 0 : i64
  %step = arith.constant STEP : i64
  scf.for %i = %zero to %n step %step : i64 {
    %ix = llvm.getelementptr %px[%i] : (!llvm.ptr, i64) -> !llvm.ptr, ELEMENT
    %iy = llvm.getelementptr %py[%i] : (!llvm.ptr, i64) -> !llvm.ptr, ELEMENT
    %ir = llvm.getelementptr %pr[%i] : (!llvm.ptr, i64) -> !llvm.ptr, ELEMENT
    %x = llvm.load %ix {alignment = 8 : i64} : !llvm.ptr -> TYPE
    %y = llvm.load %iy {alignment = 8 : i64} : !llvm.ptr -> TYPE
    BODY
    llvm.store %r, %ir {alignment = 8 : i64} : TYPE, !llvm.ptr
  }
  return
}
)mlir";

static std::string replace(std::string s, const char *what,
                           const std::string &by) {
  return std::regex_replace(s, std::regex(what), by);
}

Kernel::Kernel(std::string body, bool single, unsigned lanes,
               const target::cpu::Options &options) {
  std::string element = single ? "f32" : "f64";
  std::string type =
      lanes ? "vector<" + std::to_string(lanes) + "x" + element + ">" : element;
  std::string source = replace(text, "BODY", body);
  source = replace(source, "TYPE|%T", type);
  source = replace(source, "%C",
                   lanes ? "vector<" + std::to_string(lanes) + "xi1>" : "i1");
  if (!lanes)
    source = replace(source, "dense<([^>]*)>", "$1");
  source = replace(source, "ELEMENT", element);
  source = replace(source, "STEP", std::to_string(lanes ? lanes : 1));

  DialectRegistry registry;
  pipelines::registerCPUDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  OwningOpRef<ModuleOp> module =
      parseSourceString<ModuleOp>(source, ParserConfig(&context));
  PassManager pm(&context);
  pipelines::buildKernelsToLLVM(pm, {});
  if (!module || failed(pm.run(*module)))
    abort();
  session = std::make_unique<target::cpu::Session>(
      llvm::cantFail(target::cpu::Session::create(*module, options)));
  function =
      reinterpret_cast<Function>(llvm::cantFail(session->lookup("kernel")));
}

void Kernel::run(const void *x, const void *y, void *r, size_t count) const {
#if defined(__x86_64__)
  unsigned saved = _mm_getcsr();
  _mm_setcsr(saved | 0x8040); // flush to zero, denormals are zero
#endif
  function(x, y, r, static_cast<int64_t>(count));
#if defined(__x86_64__)
  _mm_setcsr(saved);
#endif
}

std::vector<float> Kernel::operator()(const std::vector<float> &x,
                                      const std::vector<float> &y) const {
  std::vector<float> r(x.size());
  run(x.data(), y.data(), r.data(), x.size());
  return r;
}

std::vector<double> Kernel::operator()(const std::vector<double> &x,
                                       const std::vector<double> &y) const {
  std::vector<double> r(x.size());
  run(x.data(), y.data(), r.data(), x.size());
  return r;
}

} // namespace snn::tests
