//===- Modulators.cpp - Checks a modulator --------------------------------===//
//
// A modulator is a cell that never fires: states, equations, and a port for
// each of its events.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/ModelChecker.h"

namespace snn::lang {

using namespace checked;

std::optional<NeuronModel> ModelChecker::modulator() {
  unsigned before = diagnostics.reportedErrors();
  for (const ast::Name &name : decl.generics)
    diagnostics.report(diag::Unsupported, name.range,
                       "a generic parameter of a modulator");
  for (const ast::Binding &binding : decl.parameters)
    diagnostics
        .report(diag::Unsupported, binding.range, "brackets of a modulator")
        .help("declare it with `param`");
  if (diagnostics.reportedErrors() != before)
    return std::nullopt;
  common();
  for (const Member &member : members) {
    if (member.kind != Member::Kind::Handler)
      continue;
    const auto &handler = ast::cast<ast::HandlerStmt>(*member.statement);
    std::string event = "`on " + handler.event.text + "`";
    neuronModel.ports.push_back(port(event, handler.event, handler.arguments,
                                     handler.body, member.range));
  }
  if (diagnostics.reportedErrors() != before)
    return std::nullopt;
  return std::move(neuronModel);
}

} // namespace snn::lang
