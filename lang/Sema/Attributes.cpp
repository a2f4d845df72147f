//===- Attributes.cpp - `@name(...)` --------------------------------------===//
//
// The attributes that exist and what stands in their brackets. What they mean
// is for the passes that read them.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Expressions.h"
#include "lang/Sema/Models.h"

#include <algorithm>

namespace snn::lang {

using namespace checked;

static const std::vector<std::string> knownAttributes = {
    "accumulate", "allow",  "clock_driven", "event_driven",
    "quiescent",  "solver", "storage"};

std::vector<Attribute>
checkAttributes(const std::vector<const ast::Attribute *> &attributes,
                SourceRange scope, DiagnosticEngine &diagnostics) {
  std::vector<Attribute> result;
  for (const ast::Attribute *attribute : attributes) {
    if (std::ranges::find(knownAttributes, attribute->name.text) ==
        knownAttributes.end()) {
      Diagnostic &message = diagnostics.report(
          diag::UnknownAttribute, attribute->name.range, attribute->name.text);
      if (auto meant = nearest(attribute->name.text, knownAttributes))
        message.at("did you mean `" + *meant + "`?");
      message.note("attributes: " + joinNames(knownAttributes));
      continue;
    }
    if (attribute->name.text == "allow") {
      for (const ast::Argument &argument : attribute->arguments) {
        std::string code = sourceText(argument.value->range, diagnostics);
        const KindInfo *kind = findKind(code);
        if (!kind || kind->severity != Severity::Warning)
          diagnostics.report(diag::NotAllowable, argument.range, code);
        diagnostics.allow(code, scope);
      }
      continue;
    }
    Attribute made;
    made.name = attribute->name.text;
    made.range = attribute->range;
    for (const ast::Argument &argument : attribute->arguments) {
      AttributeArgument value;
      value.key = argument.name.text;
      if (const auto *number =
              ast::dynCast<ast::NumberExpr>(argument.value.get())) {
        value.isNumber = true;
        std::optional<Unit> unit =
            number->unit ? resolveUnit(*number->unit, diagnostics) : Unit();
        if (!unit)
          continue;
        std::optional<double> converted = toInternal(number->digits, *unit);
        if (!converted) {
          diagnostics.report(diag::NumberOutOfRange, number->range,
                             sourceText(number->range, diagnostics));
          continue;
        }
        value.number = *converted;
      } else {
        value.word = sourceText(argument.value->range, diagnostics);
      }
      made.arguments.push_back(std::move(value));
    }
    result.push_back(std::move(made));
  }
  return result;
}

} // namespace snn::lang
