//===- LayoutTest.cpp - Where statements end --------------------*- C++ -*-===//
//
// Each rule of continuation, shown by two spellings of one tree.
//
//===----------------------------------------------------------------------===//

#include "lang/AST/Dump.h"
#include "tests/unit/Lang/Support.h"

#include <gtest/gtest.h>

namespace snn::lang::test {
namespace {

std::string treeOf(const std::string &text) {
  Parsed parsed(text);
  EXPECT_TRUE(parsed.isRight()) << text << "\n" << parsed.messages();
  return parsed.file ? dump(*parsed.file) : "";
}

void expectSame(const std::string &a, const std::string &b) {
  EXPECT_EQ(treeOf("neuron N {\n" + a + "\n}\n"),
            treeOf("neuron N {\n" + b + "\n}\n"));
}

void expectSameInNetwork(const std::string &a, const std::string &b) {
  EXPECT_EQ(treeOf("network N {\n" + a + "\n}\n"),
            treeOf("network N {\n" + b + "\n}\n"));
}

TEST(LayoutTest, SemicolonsAndLineEndsBothEndStatements) {
  expectSame("state a = 0; state b = 0;; state c = 0",
             "\n\nstate a = 0\n\nstate b = 0\n;\nstate c = 0\n\n");
}

TEST(LayoutTest, LinesGoOnInParenthesesAndBrackets) {
  expectSame("let x = (1 + 2)*f(3, [4, 5])",
             "let x = (\n1\n+ 2\n)*f(\n3,\n[\n4, 5\n]\n)");
}

TEST(LayoutTest, LinesGoOnAfterOperatorsAndCommas) {
  expectSame("param a = 1, b = 2", "param a =\n1,\nb = 2");
  expectSame("let x = a + b*c - d/e", "let x = a +\nb*\nc -\nd/\ne");
  expectSame("let x = a and not b or c", "let x = a and\nnot\nb or\nc");
  expectSame("let x = a <= b", "let x = a <=\nb");
  expectSame("state v ~ normal(1, 2)", "state v ~\nnormal(1, 2)");
}

TEST(LayoutTest, LinesGoOnBeforeOperators) {
  expectSame("v' = a + b - c*d", "v' = a\n+ b\n- c\n* d");
  expectSame("let x = if a then b else c", "let x = if a\nthen b\nelse c");
  expectSame("spike when a > b and c > d { }",
             "spike when a > b\nand c\n> d\n{ }");
}

TEST(LayoutTest, LinesGoOnBeforeTheClausesOfAConnection) {
  expectSameInNetwork(
      "connect A -> B by f(1) where d < 2 um via P { weight = 1 mV }",
      "connect A\n-> B\nby f(1)\nwhere d < 2 um\nvia P\n{\nweight = 1 mV\n}");
}

TEST(LayoutTest, GenericArgumentEndsItsLine) {
  expectSame("receptor exc : Exp<pA>; state v = 0",
             "receptor exc : Exp<pA>\nstate v = 0");
  expectSame("receptor exc : Exp<[nS/mV^2]>; state v = 0",
             "receptor exc : Exp<[nS/mV^2]>\nstate v = 0");
  expectSame("let x = a > b", "let x = a >\nb");
}

TEST(LayoutTest, BraceMayStandOnTheNextLine) {
  expectSame("port p(w: mV) { v += w }", "port p(w: mV)\n{\nv += w\n}");
}

TEST(LayoutTest, ElseMayStandOnTheNextLine) {
  expectSameInNetwork("if a > 1 { let z = 1 } else { }",
                      "if a > 1 { let z = 1 }\nelse\n{ }");
}

TEST(LayoutTest, CommentsDoNotEndOrJoinStatements) {
  expectSame("let x = a + b; let y = c",
             "let x = a // one\n+ b // two\n// three\nlet y = c");
}

TEST(LayoutTest, AttributesMayStandOnTheLineAbove) {
  expectSame("@allow(W0304) @solver(rk4) param a = 1",
             "@allow(W0304)\n@solver(\nrk4)\n\nparam a = 1");
}

TEST(LayoutTest, StepIsAUnitUnlessAStepFollows) {
  EXPECT_NE(treeOf("network N { for i in 0..8 step 2 { } }"),
            treeOf("network N { for i in 0..8 { } }"));
  EXPECT_NE(treeOf("neuron N { let x = 0.5 step }").find("(unit step^1)"),
            std::string::npos);
  EXPECT_NE(treeOf("neuron N { let x = f(1 step, 2) }").find("(unit step^1)"),
            std::string::npos);
}

} // namespace
} // namespace snn::lang::test
