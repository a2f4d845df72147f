//===- ParserTest.cpp - Trees with the places of their parts ----*- C++ -*-===//
//
// What the messages of later phases rely on: ranges, digits as written, units
// in structure, precedence, documentation, and going on after an error.
//
//===----------------------------------------------------------------------===//

#include "lang/AST/Dump.h"
#include "tests/unit/Lang/Support.h"

#include <gtest/gtest.h>

#include <chrono>

namespace snn::lang::test {
namespace {

using namespace ast;

/// The value of `let x = …` in a neuron.
struct Value {
  Parsed parsed;
  const Expr *expr = nullptr;

  explicit Value(const std::string &text)
      : parsed("neuron A { let x = " + text + " }") {
    EXPECT_TRUE(parsed.isRight()) << text << "\n" << parsed.messages();
    if (!parsed.isRight())
      return;
    auto &model = cast<ModelDecl>(*parsed.file->declarations[0]);
    auto &let = cast<LetStmt>(*model.body.statements[0]);
    expr = let.bindings[0].init.value.get();
  }
  std::string tree() const { return expr ? dump(*expr) : ""; }
  std::string_view textAt(SourceRange range) const {
    return parsed.buffer->text(range);
  }
};

std::string treeOf(const std::string &text) { return Value(text).tree(); }

TEST(PrecedenceTest, OperatorsBindAsTheReferenceSays) {
  EXPECT_EQ(treeOf("a + b*c^d"), "(+ a (* b (^ c d)))");
  EXPECT_EQ(treeOf("a - b - c"), "(- (- a b) c)");
  EXPECT_EQ(treeOf("a/b/c*d"), "(* (/ (/ a b) c) d)");
  EXPECT_EQ(treeOf("a^b^c"), "(^ a (^ b c))");
  EXPECT_EQ(treeOf("-x^2"), "(- (^ x 2))");
  EXPECT_EQ(treeOf("2^-x"), "(^ 2 (- x))");
  EXPECT_EQ(treeOf("-a*b"), "(* (- a) b)");
  EXPECT_EQ(treeOf("not a == b and c or d"), "(or (and (not (== a b)) c) d)");
  EXPECT_EQ(treeOf("a < b + c"), "(< a (+ b c))");
  EXPECT_EQ(treeOf("s is a and t is b"), "(and (is s a) (is t b))");
  EXPECT_EQ(treeOf("if a then b else c + d"), "(if a b (+ c d))");
  EXPECT_EQ(treeOf("if a then b else if c then d else e"),
            "(if a b (if c d e))");
  EXPECT_EQ(treeOf("a.b[1].c(2).d"), "(. (call (. ([] (. a b) 1) c) 2) d)");
  EXPECT_EQ(treeOf("-f(x)^2"), "(- (^ (call f x) 2))");
}

TEST(NumberTest, LiteralBindsItsUnitTighterThanAnyOperator) {
  EXPECT_EQ(treeOf("g/2 nS"), "(/ g 2 (unit nS^1))");
  EXPECT_EQ(treeOf("2 mV^2*x"), "(* 2 (unit mV^2) x)");
  EXPECT_EQ(treeOf("5 ms^-1"), "5 (unit ms^-1)");
  EXPECT_EQ(treeOf("20 mV/(J*20 ms)"),
            "(/ 20 (unit mV^1) (paren (* J 20 (unit ms^1))))");
}

TEST(NumberTest, CompoundUnitsFlattenToFactors) {
  EXPECT_EQ(treeOf("3 [nS/ms]"), "3 (units nS^1 ms^-1)");
  EXPECT_EQ(treeOf("0.04 [1/(mV*ms)]"), "0.04 (units mV^-1 ms^-1)");
  EXPECT_EQ(treeOf("1 [a/b/c*d]"), "1 (units a^1 d^1 b^-1 c^-1)");
  EXPECT_EQ(treeOf("1 [a/(b/c^2)]"), "1 (units a^1 c^2 b^-1)");
  EXPECT_EQ(treeOf("1 [mV^-2]"), "1 (units mV^-2)");
}

TEST(NumberTest, DigitsStayAsWritten) {
  Value value("10_000.50e-3 mV");
  auto &number = cast<NumberExpr>(*value.expr);
  EXPECT_EQ(number.digits, "10_000.50e-3");
  EXPECT_EQ(value.textAt(number.digitsRange), "10_000.50e-3");
  EXPECT_EQ(value.textAt(number.unit->range), "mV");
  EXPECT_EQ(value.textAt(number.range), "10_000.50e-3 mV");
  EXPECT_FALSE(number.isInteger());
  EXPECT_TRUE(cast<NumberExpr>(*Value("10_000").expr).isInteger());
}

TEST(NumberTest, NamesOfUnitsAreFreeForValues) {
  EXPECT_EQ(treeOf("m*h*s*V"), "(* (* (* m h) s) V)");
}

TEST(NameTest, SoftKeywordsAreNamesInValues) {
  EXPECT_EQ(treeOf("in + out*rate/step - input.total"),
            "(- (+ in (/ (* out rate) step)) (. input total))");
  for (const char *word :
       {"at", "every", "spike", "state", "record", "table", "to", "when"})
    EXPECT_EQ(treeOf(std::string(word) + " + 1"),
              "(+ " + std::string(word) + " 1)");
}

TEST(NameTest, SoftKeywordsAreNamesOfStatesAndPopulations) {
  for (const char *word : {"in", "out", "rate", "step", "input", "state",
                           "port", "on", "every", "seed", "trace"}) {
    std::string name = word;
    Parsed parsed("neuron A {\n  state " + name + " = 0 mV\n  " + name +
                  "' = -" + name + "/tau\n  10 ms*" + name +
                  "' = 1\n  spike when " + name + " > 1 { " + name + " = 0; " +
                  name + " += 1 }\n}\nnetwork N {\n  population " + name +
                  " : A[3] { " + name + " = 3 mV }\n  connect " + name +
                  " -> " + name + "." + name + " by all_to_all\n}\n");
    EXPECT_TRUE(parsed.isRight()) << parsed.messages();
  }
}

TEST(RangeTest, EachNodeKnowsWhereItStands) {
  std::string text = "/// About A.\n"
                     "neuron A {\n"
                     "  @allow(W0304) param tau = 10 ms, b : [nS/mV] = 2\n"
                     "  tau*V' = (E - V)*f(x, sd = 2)\n"
                     "  override spike when V >= b { refractory 2 ms holding V "
                     "keeping input }\n"
                     "}\n";
  Parsed parsed(text);
  ASSERT_TRUE(parsed.isRight()) << parsed.messages();
  auto at = [&](SourceRange range) { return parsed.buffer->text(range); };
  auto &model = cast<ModelDecl>(*parsed.file->declarations[0]);
  EXPECT_EQ(at(model.keyword), "neuron");
  EXPECT_EQ(at(model.name.range), "A");
  EXPECT_EQ(at(model.range).substr(0, 10), "neuron A {");
  EXPECT_TRUE(at(model.range).ends_with("}"));
  ASSERT_EQ(model.doc.size(), 1u);
  EXPECT_EQ(model.doc[0], "About A.");

  auto &param = cast<ParamStmt>(*model.body.statements[0]);
  EXPECT_EQ(at(param.range), "param tau = 10 ms, b : [nS/mV] = 2");
  EXPECT_EQ(at(param.attributes[0].range), "@allow(W0304)");
  EXPECT_EQ(at(param.bindings[0].range), "tau = 10 ms");
  EXPECT_EQ(at(param.bindings[0].init.opRange), "=");
  EXPECT_EQ(at(param.bindings[1].type->range), "[nS/mV]");

  auto &equation = cast<EquationStmt>(*model.body.statements[1]);
  EXPECT_EQ(at(equation.derivativeRange), "V'");
  EXPECT_EQ(at(equation.variable.range), "V");
  EXPECT_EQ(at(equation.coefficient->range), "tau");
  EXPECT_EQ(at(equation.value->range), "(E - V)*f(x, sd = 2)");
  auto &product = cast<BinaryExpr>(*equation.value);
  EXPECT_EQ(at(product.opRange), "*");
  EXPECT_EQ(at(product.lhs->range), "E - V");
  EXPECT_TRUE(product.lhs->parenthesized);
  auto &call = cast<CallExpr>(*product.rhs);
  EXPECT_EQ(at(call.arguments[1].range), "sd = 2");
  EXPECT_EQ(at(call.arguments[1].name.range), "sd");

  auto &spike = cast<SpikeStmt>(*model.body.statements[2]);
  EXPECT_EQ(at(spike.overrideRange), "override");
  EXPECT_EQ(at(spike.keyword), "spike");
  auto &refractory = cast<RefractoryStmt>(*spike.body.statements[0]);
  EXPECT_EQ(at(refractory.keepingRange), "keeping input");
}

TEST(RangeTest, OffsetsAreBytesAlsoAfterWiderCharacters) {
  Parsed parsed("// \xC2\xB5\xE2\x89\xA5\nneuron A { state v = 0 }");
  ASSERT_TRUE(parsed.isRight());
  auto &model = cast<ModelDecl>(*parsed.file->declarations[0]);
  EXPECT_EQ(parsed.buffer->text(model.name.range), "A");
}

TEST(RangeTest, ProjectionIsCalledByItsEnds) {
  Parsed parsed("network N { connect E[0..9] -> [E, I].exc by f { weight = 1 "
                "mV } }");
  ASSERT_TRUE(parsed.isRight()) << parsed.messages();
  auto &network = cast<StructureDecl>(*parsed.file->declarations[0]);
  auto &connect = cast<ConnectStmt>(*network.body.statements[0]);
  EXPECT_EQ(parsed.buffer->text(connect.arrowRange), "E[0..9] -> [E, I].exc");
  EXPECT_EQ(parsed.buffer->text(connect.projection.settings.list[0].range),
            "weight = 1 mV");
}

TEST(DocTest, OnlyCommentsRightBeforeAStatementDocumentIt) {
  Parsed parsed("/// One.\n///\n/// Three.\nneuron A {\n  /// Of tau.\n  param "
                "tau = 1 ms /// not a doc\n}\n/// Of nothing.\n");
  ASSERT_TRUE(parsed.isRight());
  auto &model = cast<ModelDecl>(*parsed.file->declarations[0]);
  EXPECT_EQ(model.doc, (std::vector<std::string>{"One.", "", "Three."}));
  EXPECT_EQ(model.body.statements[0]->doc,
            (std::vector<std::string>{"Of tau."}));
  ASSERT_EQ(parsed.file->comments.size(), 2u);
  EXPECT_EQ(parsed.file->comments[0].text, "/// not a doc");
  EXPECT_FALSE(parsed.file->comments[0].ownLine);
  EXPECT_EQ(parsed.file->comments[1].text, "/// Of nothing.");
}

TEST(DocTest, SeparatorsBeforeADocCommentAreNothing) {
  Parsed parsed("neuron A {\n  state v = 0\n;; /// Of tau.\n  param tau = 1 "
                "ms\n}\n");
  ASSERT_TRUE(parsed.isRight());
  auto &model = cast<ModelDecl>(*parsed.file->declarations[0]);
  EXPECT_EQ(model.body.statements[1]->doc,
            (std::vector<std::string>{"Of tau."}));
}

TEST(DocTest, AByteOrderMarkStandsBeforeTheFirstLine) {
  Parsed parsed("\xEF\xBB\xBF/// One.\nneuron A {\n  state v = 0\n}\n");
  ASSERT_TRUE(parsed.isRight());
  auto &model = cast<ModelDecl>(*parsed.file->declarations[0]);
  EXPECT_EQ(model.doc, std::vector<std::string>{"One."});
}

TEST(RecoveryTest, StatementsAroundAnErrorAreInTheTree) {
  Parsed parsed("neuron A {\n  state v = 0\n  parma t = 1 ms\n  state u = 0\n"
                "}\nnueron B { }\nneuron C { state w = 0 }\n");
  EXPECT_EQ(parsed.codes(), "E0102 E0102");
  ASSERT_TRUE(parsed.file);
  ASSERT_EQ(parsed.file->declarations.size(), 2u);
  auto &model = cast<ModelDecl>(*parsed.file->declarations[0]);
  EXPECT_EQ(model.body.statements.size(), 2u);
}

TEST(RecoveryTest, EachOfManyErrorsIsReportedOnce) {
  std::string text = "neuron A {\n";
  for (int i = 0; i < 50; ++i)
    text += "  param p" + std::to_string(i) + " = 3 +* 4\n  state s" +
            std::to_string(i) + " = 0\n";
  Parsed parsed(text + "}\n");
  EXPECT_EQ(parsed.engine.errorCount(), 50u);
}

TEST(ModelsTest, EveryModelOfTheProjectParses) {
  std::vector<Model> models = allModels();
  EXPECT_GT(models.size(), 10u);
  for (const Model &model : models) {
    Parsed parsed(model.text, model.name);
    EXPECT_TRUE(parsed.isRight()) << parsed.messages();
  }
}

TEST(SpeedTest, ThousandLinesParseInWellUnder150Milliseconds) {
  std::string text;
  while (std::ranges::count(text, '\n') < 1000)
    for (const Model &model : blocksOf(std::filesystem::path(SNN_SOURCE_DIR) /
                                       "docs/reference/language.md"))
      text += model.text;
  // The best of several runs: the machine may be busy with other things.
  double best = 1e9;
  for (int i = 0; i < 5; ++i) {
    auto start = std::chrono::steady_clock::now();
    Parsed parsed(text);
    std::chrono::duration<double, std::milli> took =
        std::chrono::steady_clock::now() - start;
    EXPECT_TRUE(parsed.isRight());
    best = std::min(best, took.count());
  }
  EXPECT_LT(best, 150) << "milliseconds";
}

} // namespace
} // namespace snn::lang::test
