/// The grammar of `.snn` text.
///
/// It accepts a little more than the language: which statement may stand in
/// which body, what the left side of an equation looks like and the like are
/// settled while the tree is built, where a message can say what is wrong.
///
/// Parse/Layout has prepared the tokens: each statement, row and setting ends
/// with one SEP, also before a closing brace, and no other SEP is left but one
/// after an attribute; a statement that begins with no keyword begins with PLAIN.
parser grammar SnnParser;

options { tokenVocab = SnnLexer; }

file : declaration* EOF;

//===----------------------------------------------------------------------===//
// Declarations of a file
//===----------------------------------------------------------------------===//

declaration
  : attributes (useDecl | modelDecl | structureDecl | experimentDecl | chipDecl) SEP
  ;

useDecl : USE name (DOT name)* (COLON useItem (COMMA useItem)*)?;
useItem : name (AS name)?;

modelDecl
  : (NEURON | SYNAPSE | PLASTICITY | MODULATOR) name generics? header?
    extension? block
  ;
structureDecl : (COLUMN | NETWORK) name header? extension? block;
experimentDecl : EXPERIMENT name extension? block;
chipDecl : CHIP name block;

generics : LESS name (COMMA name)* GREATER;
header : LPAREN bindings? RPAREN;
extension : EXTENDS name;

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

block : LBRACE statement* RBRACE;

statement : attributes statementBody SEP;

attributes : (attribute SEP?)*;
attribute : AT_SIGN name (LPAREN arguments? RPAREN)?;

statementBody
  : OVERRIDE? (memberStmt | expressionStmt)
  | letStmt
  | ifStmt
  | precisionStmt
  | sendStmt
  | refractoryStmt
  | instanceStmt
  | importStmt
  | connectStmt
  | disconnectStmt
  | driveStmt
  | whenStmt
  | inPortStmt
  | outPortStmt
  | forStmt
  | networkStmt
  | stepStmt
  | durationStmt
  | seedStmt
  | scheduleStmt
  | recordStmt
  | plotStmt
  | expectStmt
  | sweepStmt
  | phaseStmt
  | atStmt
  | repeatStmt
  | controlStmt
  | resetStmt
  | learningStmt
  ;

letStmt : LET bindings;
ifStmt : IF expr block elseBranch*;
elseBranch : ELSE (IF expr)? block;
precisionStmt : PRECISION name;

// Models

memberStmt
  : paramStmt
  | inputStmt
  | hostStmt
  | sourceStmt
  | sumStmt
  | receptorStmt
  | stateStmt
  | boundStmt
  | traceStmt
  | portStmt
  | spikeStmt
  | handlerStmt
  | periodicStmt
  ;

paramStmt : PARAM bindings;
inputStmt : INPUT bindings;
hostStmt : HOST bindings;
sourceStmt : PRE bindings;
sumStmt : SUM name header ASSIGN expr;
receptorStmt : RECEPTOR receptor (COMMA receptor)*;
receptor : name COLON instantiation;
stateStmt : STATE bindings;
boundStmt : BOUND name IN range;
traceStmt : (PRE | POST) TRACE binding block;
portStmt : PORT name header? block;
spikeStmt : SPIKE WHEN expr (RISES ABOVE expr)? block?;
handlerStmt : ON name header? block;
periodicStmt : EVERY expr block;

/// An equation `C_m*V' = …`, an assignment `w += b`, an event `da.reward(1)`.
expressionStmt
  : PLAIN expr ((ASSIGN | PLUS_ASSIGN | MINUS_ASSIGN | STAR_ASSIGN | DIVIDE_ASSIGN
    | TILDE) expr restriction*)?
  ;

sendStmt : SEND expr;
refractoryStmt
  : REFRACTORY expr (HOLDING name (COMMA name)*)? (KEEPING INPUT)?
  ;

// Columns and networks

instanceStmt
  : (POPULATION | COLUMN | MODULATOR) instance (COMMA instance)*
  ;
instance : name COLON instantiation sizes? placement? settings?;
sizes : LBRACKET expr (COMMA expr)* RBRACKET;
placement : AT expr;

importStmt : IMPORT STRING AS name importOptions?;
importOptions : LBRACE importOption* RBRACE;
importOption : PLAIN? name ASSIGN rangeOrValue SEP;

connectStmt : CONNECT endpoint ARROW projection;
disconnectStmt : DISCONNECT endpoint ARROW endpoint;
inPortStmt : IN name ARROW projection;
projection : endpoint connectionRule? condition? plasticityRules? settings?;
connectionRule : BY expr;
condition : WHERE expr;
plasticityRules : VIA instantiation (COMMA instantiation)*;

driveStmt : DRIVE endpoint connectionRule? settings?;
/// What follows spikes: `when E[1] within 20 ms after E[0] as paired { … }`.
whenStmt : WHEN endpoint (WITHIN expr AFTER endpoint)? (AS name)? block;
outPortStmt : OUT outPort (COMMA outPort)*;
outPort : name (ASSIGN endpoint)?;
forStmt : FOR forVariables IN rangeOrValue condition? block;
forVariables : name | LPAREN name (COMMA name)* RPAREN;

settings : LBRACE setting* RBRACE;
setting : PLAIN? place (ASSIGN | TILDE) expr restriction* SEP;

// Experiments

networkStmt : NETWORK instantiation;
stepStmt : STEP expr;
durationStmt : DURATION expr (AFTER expr)?;
seedStmt : SEED argument (COMMA argument)*;
scheduleStmt : SCHEDULE name;
recordStmt : RECORD place (COMMA place)* OF selections (EVERY expr)?;
plotStmt
  : PLOT place (LPAREN arguments? RPAREN)? OF selections (OVER place)?
  ;
expectStmt : EXPECT expr expectation? overClause*;
expectation
  : IN range
  | WITHIN tolerance OF expr
  | MONOTONE (INCREASING | DECREASING)
  ;
overClause : OVER (SEEDS rangeOrValue | place);
tolerance : percent | number | LPAREN expr RPAREN;
sweepStmt : SWEEP place (AS name)? IN rangeOrValue;
phaseStmt : PHASE name FOR expr block?;
atStmt : AT expr block;
repeatStmt : REPEAT expr block;
controlStmt : CONTROL name block;
resetStmt : RESET STATE (OF selections)?;
learningStmt : (FREEZE | RESUME) PLASTICITY (OF selections)?;

//===----------------------------------------------------------------------===//
// Parts of statements
//===----------------------------------------------------------------------===//

bindings : binding (COMMA binding)*;
binding : name (COLON unitType)? initializer?;
initializer : (ASSIGN | TILDE) expr restriction*;

restriction
  : (REDRAW | CLIP) TO (comparison expr | rangeOrValue)
  | AT LEAST expr
  ;
comparison : LESS | LESS_EQUAL | GREATER | GREATER_EQUAL;

instantiation : name unitArguments? (LPAREN arguments? RPAREN)?;
unitArguments : LESS unitType (COMMA unitType)* GREATER;

selections : selection (COMMA selection)*;
selection : endpoint (ARROW endpoint)?;

/// Populations, or parts and ports of them.
endpoint : (name | list) suffix*;
/// Something that has one value.
place : name suffix*;
suffix : DOT name | LBRACKET rangeOrValue (COMMA rangeOrValue)* RBRACKET;

arguments : argument (COMMA argument)*;
argument : (name ASSIGN)? expr;

range : expr DOTS expr (STEP expr)?;
rangeOrValue : expr (DOTS expr (STEP expr)?)?;

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

expr
  : operand measured?                               # operandExpr
  | <assoc = right> expr CARET expr                 # binaryExpr
  | (MINUS | PLUS) expr                             # unaryExpr
  | expr (STAR | SLASH) expr                        # binaryExpr
  | expr (PLUS | MINUS) expr                        # binaryExpr
  | expr (LESS | LESS_EQUAL | GREATER | GREATER_EQUAL | EQUAL | NOT_EQUAL
    | IS) expr                                      # binaryExpr
  | NOT expr                                        # unaryExpr
  | expr AND expr                                   # binaryExpr
  | expr OR expr                                    # binaryExpr
  | IF expr THEN expr ELSE expr                     # conditionalExpr
  ;

/// `rate of E[0..9] (at least 5 isi)`
measured : OF selection qualifier*;

operand
  : table                                           # tableOperand
  | percent                                         # percentOperand
  | number                                          # numberOperand
  | STRING                                          # stringOperand
  | (TRUE | FALSE)                                  # booleanOperand
  | name PRIME?                                     # nameOperand
  | list                                            # listOperand
  | LPAREN expr RPAREN                              # parenOperand
  | operand DOT name                                # memberOperand
  | operand LBRACKET rangeOrValue (COMMA rangeOrValue)* RBRACKET # indexOperand
  | operand LPAREN arguments? RPAREN                # callOperand
  ;

number : NUMBER unit?;
percent : NUMBER PERCENT;

/// A compound unit stands in brackets.
unit : unitFactor | LBRACKET unitProduct RBRACKET;
unitFactor : NAME (CARET exponent)?;
unitProduct : unitTerm ((STAR | SLASH) unitTerm)*;
unitTerm : unitFactor | NUMBER | LPAREN unitProduct RPAREN;
exponent : (MINUS | PLUS)? NUMBER;
/// A unit, `1`, or what only name lookup can tell: `weight`, a generic, a model.
unitType : unit | NUMBER;

list : LBRACKET (expr (COMMA expr)*)? RBRACKET;

table : TABLE LPAREN name (COMMA name)? RPAREN LBRACE tableRow* RBRACE;
tableRow : PLAIN? name COLON expr (COMMA expr)* SEP;

/// What narrows a measured value.
qualifier
  : LPAREN AT LEAST expr RPAREN
  | DURING name
  | FROM operand TO operand
  ;

/// A word is a keyword only where the grammar expects it.
name
  : NAME | ABOVE | AFTER | AS | AT | BOUND | CHIP | CLIP | COLUMN | CONNECT | CONTROL
  | DECREASING | DISCONNECT | DRIVE | DURATION | DURING | EVERY | EXPECT | EXPERIMENT
  | EXTENDS | FOR | FREEZE | FROM | HOLDING | HOST | IMPORT | IN | INCREASING | INPUT
  | KEEPING | LEAST | MODULATOR | MONOTONE | NETWORK | NEURON | ON | OUT | OVER
  | OVERRIDE | PARAM | PHASE | PLASTICITY | PLOT | POPULATION | PORT | POST
  | PRE | PRECISION | RECEPTOR | RECORD | REDRAW | REFRACTORY | REPEAT | RESET
  | RESUME | RISES | SCHEDULE | SEED | SEEDS | SEND | SPIKE | STATE | STEP
  | SUM | SWEEP | SYNAPSE | TO | TRACE | USE | WHEN | WITHIN
  ;
