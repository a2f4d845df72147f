//===- PlasticityTest.cpp - Where states live, and what that keeps --------===//
//
// A state that moves to the source must send what it sent at the synapse: the
// handlers of small rules are run by hand, spike after spike.
//
//===----------------------------------------------------------------------===//
#include "lang/Parse/Parser.h"
#include "lang/Sema/Evaluate.h"
#include "lang/Sema/Sema.h"
#include "tests/unit/Lang/Support.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace snn::lang;
using Home = checked::PlasticityModel::Home;
using Event = checked::PlasticityHandler::Event;

namespace {

/// A rule, and its states while spikes of the source come without any time in
/// between.
class Rule {
public:
  explicit Rule(const std::string &text) {
    const SourceBuffer &buffer = sources.add("rule.snn", text);
    ModuleLoader loader(sources, engine, parse, {});
    const Module *module = loader.load(buffer, ".");
    if (module && !engine.hasErrors())
      program = check(*module, {}, engine);
    EXPECT_EQ(render(engine), "");
    if (!program || program->plasticity.empty())
      return;
    const checked::PlasticityModel &model = program->plasticity[0];
    values.assign(model.states.size(), 1);
    for (size_t i = 1; i < model.states.size(); ++i)
      values[i] = number(*model.states[i].initial);
  }

  bool isValid() const { return program && !program->plasticity.empty(); }
  const checked::PlasticityModel &model() const {
    return program->plasticity[0];
  }

  Home homeOf(const std::string &name) const {
    return model().homes[indexOf(name)];
  }
  const std::string &reasonOf(const std::string &name) const {
    return model().reasons[indexOf(name)];
  }

  /// What a spike sends.
  double spike() {
    double sent = -1;
    run(Event::Pre, sent);
    if (sent < 0)
      sent = values[0];
    double none;
    run(Event::PreTrace, none);
    return sent;
  }

private:
  SourceMap sources;
  DiagnosticEngine engine{sources};
  std::optional<checked::Program> program;
  std::vector<double> values;

  size_t indexOf(const std::string &name) const {
    return static_cast<size_t>(
        std::ranges::find(model().states, name, &checked::State::name) -
        model().states.begin());
  }

  double number(const checked::Expr &expr) const {
    auto params = evaluateParameters(model().params);
    Environment environment =
        [&](const checked::Expr &read) -> std::optional<double> {
      if (read.kind == checked::ExprKind::Param)
        return params[read.index];
      if (read.kind == checked::ExprKind::State)
        return values[read.index];
      if (read.kind == checked::ExprKind::Let)
        return number(*model().lets[read.index].value);
      return std::nullopt;
    };
    return evaluate(expr, environment).value.value_or(-1000);
  }

  void run(Event event, double &sent) {
    for (const checked::PlasticityHandler &handler : model().handlers)
      if (handler.event == event)
        run(handler.body, sent);
  }

  void run(const std::vector<checked::Statement> &body, double &sent) {
    for (const checked::Statement &statement : body) {
      if (statement.sent)
        sent = number(*statement.sent);
      if (statement.assignment)
        values[statement.assignment->state] =
            number(*statement.assignment->value);
      if (statement.conditional)
        run(number(*statement.conditional->condition) != 0
                ? statement.conditional->thenBody
                : statement.conditional->elseBody,
            sent);
    }
  }
};

std::string shortTerm(const std::string &onPre) {
  return "plasticity ShortTerm {\n"
         "  param U = 0.5, tau = 800 ms\n"
         "  state R = 1, u = U\n"
         "  let used = u*R\n"
         "  R' = (1 - R)/tau\n"
         "  u' = (U - u)/tau\n"
         "  on pre { " +
         onPre +
         " }\n"
         "}\n";
}

} // namespace

TEST(Homes, WhatIsSentBeforeTheChangeIsTheValueBefore) {
  Rule rule(shortTerm("send w*u*R; R -= u*R; u += U*(1 - u)"));
  ASSERT_TRUE(rule.isValid());
  EXPECT_EQ(rule.homeOf("R"), Home::Pre);
  EXPECT_EQ(rule.homeOf("u"), Home::Pre);
  // R 1, u 0.5; then R 0.5, u 0.75; then R 0.125, u 0.875.
  EXPECT_DOUBLE_EQ(rule.spike(), 0.5);
  EXPECT_DOUBLE_EQ(rule.spike(), 0.375);
  EXPECT_DOUBLE_EQ(rule.spike(), 0.109375);
}

TEST(Homes, WhatIsSentBehindTheChangeIsTheChangedValue) {
  Rule rule(shortTerm("u += U*(1 - u); send w*u*R; R -= u*R"));
  ASSERT_TRUE(rule.isValid());
  EXPECT_EQ(rule.homeOf("u"), Home::Pre);
  // u 0.75, R 1 -> 0.25; u 0.875, R 0.25 -> 0.03125.
  EXPECT_DOUBLE_EQ(rule.spike(), 0.75);
  EXPECT_DOUBLE_EQ(rule.spike(), 0.21875);
}

TEST(Homes, ALetThatReadsWhatChangedIsWrittenOut) {
  Rule rule(shortTerm("R -= 0.5*R; send w*used; u = R"));
  ASSERT_TRUE(rule.isValid());
  EXPECT_EQ(rule.homeOf("R"), Home::Pre);
  // R 0.5, u 0.5 -> sends 0.25; R 0.25, u 0.5 -> sends 0.125.
  EXPECT_DOUBLE_EQ(rule.spike(), 0.25);
  EXPECT_DOUBLE_EQ(rule.spike(), 0.125);
}

TEST(Homes, AStateStaysWhereAnotherEventChangesIt) {
  Rule rule("plasticity Rule {\n"
            "  state a = 1, b = 1, c = 1, d = 1\n"
            "  1 s*a' = -a\n"
            "  on pre { a += 1; b += w/w; c += b; if a > 3 { d += 1 } }\n"
            "  on post { a = 0 }\n"
            "}\n");
  ASSERT_TRUE(rule.isValid());
  for (const char *name : {"a", "b", "c", "d"})
    EXPECT_EQ(rule.homeOf(name), Home::Synapse) << name;
  EXPECT_EQ(rule.reasonOf("a"), "`on post` changes it");
  EXPECT_EQ(rule.reasonOf("b"), "what `on pre` gives it reads `w`");
  EXPECT_EQ(rule.reasonOf("c"), "what `on pre` gives it reads `b`");
  EXPECT_EQ(rule.reasonOf("d"), "an `if` of `on pre` changes it");
}

TEST(Homes, ATraceReadsAnotherAsItWasBeforeTheSpike) {
  Rule rule("plasticity Rule {\n"
            "  pre trace x { on spike { x += 1 } }\n"
            "  pre trace z { on spike { z = x } }\n"
            "  on pre { w = w*(1 + z) }\n"
            "}\n");
  ASSERT_TRUE(rule.isValid());
  EXPECT_DOUBLE_EQ(rule.spike(), 1); // x 0, z 0
  EXPECT_DOUBLE_EQ(rule.spike(), 1); // x 1, z 0
  EXPECT_DOUBLE_EQ(rule.spike(), 2); // x 2, z 1
}
