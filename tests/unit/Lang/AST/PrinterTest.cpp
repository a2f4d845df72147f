//===- PrinterTest.cpp - The formatter keeps the tree -----------*- C++ -*-===//
//
// parse(print(x)) == x and print(parse(print(x))) == print(x), for every model
// of the project, however its blanks are changed.
//
//===----------------------------------------------------------------------===//

#include "lang/AST/Printer.h"
#include "lang/AST/Dump.h"
#include "tests/unit/Lang/Support.h"

#include <gtest/gtest.h>

namespace snn::lang::test {
namespace {

std::string format(const std::string &text) {
  Parsed parsed(text);
  EXPECT_TRUE(parsed.isRight()) << text << "\n" << parsed.messages();
  return parsed.file ? print(*parsed.file, *parsed.buffer) : "";
}

void expectRoundTrip(const Model &model) {
  Parsed first(model.text, model.name);
  ASSERT_TRUE(first.isRight()) << first.messages();
  std::string printed = print(*first.file, *first.buffer);
  Parsed second(printed, model.name + ", printed");
  ASSERT_TRUE(second.isRight()) << printed << second.messages();
  EXPECT_EQ(dump(*first.file), dump(*second.file));
  EXPECT_EQ(print(*second.file, *second.buffer), printed);
  EXPECT_EQ(first.file->comments.size(), second.file->comments.size());
}

/// All line breaks that end no statement, comment or row are made, or undone.
std::string squeeze(const std::string &text) {
  std::string result;
  for (char c : text)
    if (c == ' ')
      result += result.ends_with(' ') || result.ends_with('\n') ? "" : " ";
    else
      result += c;
  return result;
}

std::string spread(const std::string &text) {
  std::string result;
  bool inComment = false, inText = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    inComment = (inComment || text.substr(i, 2) == "//") && c != '\n';
    inText ^= c == '"' && !inComment;
    result += c;
    if (!inComment && !inText && (c == ',' || c == '(' || c == '{'))
      result += "\n\t ";
  }
  return result;
}

TEST(PrinterTest, ModelsOfTheProjectRoundTrip) {
  for (const Model &model : allModels())
    expectRoundTrip(model);
}

TEST(PrinterTest, ModelsRoundTripWithOtherBlanks) {
  for (const Model &model : allModels()) {
    expectRoundTrip({model.name + ", squeezed", squeeze(model.text)});
    expectRoundTrip({model.name + ", spread", spread(model.text)});
    EXPECT_EQ(format(squeeze(model.text)), format(model.text)) << model.name;
  }
}

TEST(PrinterTest, ReferenceAndLibraryAreInCanonicalForm) {
  for (const Model &model : allModels())
    if (!model.name.ends_with("exemplars.snn")) {
      EXPECT_EQ(format(model.text), model.text) << model.name;
    }
}

TEST(PrinterTest, BlanksAreSettled) {
  EXPECT_EQ(format("neuron   A{state v=0mV;v'=-( v-E )/tau+f( 1,x=2 )^2\n}"),
            "neuron A {\n  state v = 0 mV\n  v' = -(v - E)/tau + f(1, x = "
            "2)^2\n}\n");
  EXPECT_EQ(format("network N{connect A[ 0 .. 9 ]->[B,C] . d by f{weight~n(1)"
                   "redraw to>=0 mV;delay=3 [ nS / ( mV * ms ) ]}\n}"),
            "network N {\n  connect A[0..9] -> [B, C].d by f { weight ~ n(1) "
            "redraw to >= 0 mV; delay = 3 [nS/(mV*ms)] }\n}\n");
}

TEST(PrinterTest, RedundantParenthesesStay) {
  EXPECT_EQ(format("neuron A { let x = ((a*b)) + (c) }"),
            "neuron A { let x = (a*b) + (c) }\n");
}

TEST(PrinterTest, CommentsStayWhereTheyWere) {
  std::string text = "// first\n"
                     "\n"
                     "// about A\n"
                     "neuron A {  // head\n"
                     "  // before\n"
                     "  param a = 1,  // of a\n"
                     "      // of b\n"
                     "      b = 2  // after b\n"
                     "\n"
                     "  // last\n"
                     "}\n"
                     "// end\n";
  EXPECT_EQ(format(text), text);
}

TEST(PrinterTest, CommentWithinParenthesesIsNotLost) {
  std::string text =
      format("neuron A {\n  let x = f(a, // why\n    b)\n  let y "
             "= (1 // one\n    + 2)\n}\n");
  EXPECT_EQ(text, "neuron A {\n  let x = f(a,  // why\n      b)\n  let y = (1  "
                  "// one\n      + 2)\n}\n");
}

TEST(PrinterTest, CommentInAnEmptyBlockKeepsItOpen) {
  std::string text = "neuron A {\n  // nothing yet\n}\n";
  EXPECT_EQ(format(text), text);
  EXPECT_EQ(format("neuron A {\n\n}\n"), "neuron A {}\n");
}

TEST(PrinterTest, CommentsOfNeighbouringLinesAreAligned) {
  EXPECT_EQ(format("neuron A {\n  state v = 0 // x\n  state long_name = 0 // "
                   "y\n\n  state u = 0 // z\n}\n"),
            "neuron A {\n  state v = 0          // x\n  state long_name = 0  "
            "// y\n\n  state u = 0  // z\n}\n");
}

TEST(PrinterTest, OneBlankLineStaysAndMoreBecomeOne) {
  EXPECT_EQ(format("neuron A {\n\n\n  state v = 0\n\n\n  state u = 0\n\n}\n\n"
                   "\nneuron B { state v = 0 }\nneuron C { state v = 0 }\n"),
            "neuron A {\n  state v = 0\n\n  state u = 0\n}\n\nneuron B { state "
            "v = 0 }\n\nneuron C { state v = 0 }\n");
}

TEST(PrinterTest, ShortBlockStaysOnItsLineAndLongOneDoesNot) {
  std::string kept = "neuron A {\n  spike when v > 1 { v = 0; u += 1 }\n}\n";
  EXPECT_EQ(format(kept), kept);
  std::string name(90, 'a');
  EXPECT_EQ(format("neuron A {\n  port p(w: mV) { " + name +
                   " = 0; b = 1 }\n"
                   "}\n"),
            "neuron A {\n  port p(w: mV) {\n    " + name +
                " = 0\n    b = 1\n  }\n}\n");
}

TEST(PrinterTest, ABrokenLineKeepsNoBlankOneThatStoodAboveIt) {
  std::string name(90, 'a');
  EXPECT_EQ(format("neuron A {\n  state v = 0\n\n  port p(w: mV) { " + name +
                   " = 0; b = 1 }\n"
                   "}\n"),
            "neuron A {\n  state v = 0\n\n  port p(w: mV) {\n    " + name +
                " = 0\n    b = 1\n  }\n}\n");
  EXPECT_EQ(format("network N {\n  let a = 1\n\n  connect " + name +
                   " -> B by all_to_all { weight = 1; delay = 1 ms }\n"
                   "}\n"),
            "network N {\n  let a = 1\n\n  connect " + name +
                " -> B by all_to_all {\n    weight = 1\n    delay = 1 ms\n"
                "  }\n}\n");
}

TEST(PrinterTest, TablesAreAligned) {
  EXPECT_EQ(format("network N {\n  let p = table(t, s) {\n _ : E, LongName\n "
                   "Long : 0.1, 2\n E : 10.25, -3\n }\n}\n"),
            "network N {\n  let p = table(t, s) {\n    _    : E,     LongName\n"
            "    Long : 0.1,   2\n    E    : 10.25, -3\n  }\n}\n");
}

TEST(PrinterTest, UnitsAreSettled) {
  EXPECT_EQ(format("neuron A { let x = 1 [1/ms/mV]*2[ mV*mV ]*3 [a/b*c] }"),
            "neuron A { let x = 1 [1/(ms*mV)]*2 [mV*mV]*3 [a*c/b] }\n");
  expectRoundTrip({"units", "neuron A { let x = 1 [1/(a*b/c)]*3 [a/b*c] }"});
}

TEST(PrinterTest, TextsKeepTheirEscapes) {
  std::string text = "neuron A { let x = load(\"a \\\"b\\\" \\\\ \\n\\t\") }\n";
  EXPECT_EQ(format(text), text);
}

TEST(PrinterTest, SingleExpressionsPrintOnOneLine) {
  Parsed parsed("neuron A { let x = a +\n b*f(1,\n 2) }");
  auto &model = ast::cast<ast::ModelDecl>(*parsed.file->declarations[0]);
  auto &let = ast::cast<ast::LetStmt>(*model.body.statements[0]);
  EXPECT_EQ(print(*let.bindings[0].init.value), "a + b*f(1, 2)");
}

} // namespace
} // namespace snn::lang::test
