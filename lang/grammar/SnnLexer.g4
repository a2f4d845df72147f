/// The words and signs of `.snn` text.
///
/// The lexer reads bytes: only comments and strings may hold others than ASCII
/// (Parse/Scanner has seen to that). Keywords below `SOFT` are names wherever
/// the grammar can tell; rule `name` of the parser lists them.
lexer grammar SnnLexer;

channels { COMMENTS }

// Put by Parse/Layout before a statement that begins with no keyword.
tokens { PLAIN }

// Words that are never names.
AND : 'and';
BY : 'by';
ELSE : 'else';
FALSE : 'false';
IF : 'if';
IS : 'is';
LET : 'let';
NOT : 'not';
OF : 'of';
OR : 'or';
THEN : 'then';
TRUE : 'true';
VIA : 'via';
WHERE : 'where';

// SOFT: words that begin a declaration or statement.
AT : 'at';
BOUND : 'bound';
CHIP : 'chip';
COLUMN : 'column';
CONNECT : 'connect';
CONTROL : 'control';
DISCONNECT : 'disconnect';
DRIVE : 'drive';
DURATION : 'duration';
EVERY : 'every';
EXPECT : 'expect';
EXPERIMENT : 'experiment';
FOR : 'for';
FREEZE : 'freeze';
HOST : 'host';
IMPORT : 'import';
IN : 'in';
INPUT : 'input';
MODULATOR : 'modulator';
NETWORK : 'network';
NEURON : 'neuron';
ON : 'on';
OUT : 'out';
OVERRIDE : 'override';
PARAM : 'param';
PHASE : 'phase';
PLASTICITY : 'plasticity';
PLOT : 'plot';
POPULATION : 'population';
PORT : 'port';
POST : 'post';
PRE : 'pre';
PRECISION : 'precision';
RECEPTOR : 'receptor';
RECORD : 'record';
REFRACTORY : 'refractory';
REPEAT : 'repeat';
RESET : 'reset';
RESUME : 'resume';
SCHEDULE : 'schedule';
SEED : 'seed';
SEND : 'send';
SPIKE : 'spike';
STATE : 'state';
STEP : 'step';
SUM : 'sum';
SWEEP : 'sweep';
SYNAPSE : 'synapse';
USE : 'use';
WHEN : 'when';

// SOFT: words inside a statement.
ABOVE : 'above';
AFTER : 'after';
AS : 'as';
CLIP : 'clip';
DECREASING : 'decreasing';
DURING : 'during';
EXTENDS : 'extends';
FROM : 'from';
HOLDING : 'holding';
INCREASING : 'increasing';
KEEPING : 'keeping';
LEAST : 'least';
MONOTONE : 'monotone';
OVER : 'over';
REDRAW : 'redraw';
RISES : 'rises';
SEEDS : 'seeds';
TABLE : 'table';
TO : 'to';
TRACE : 'trace';
WITHIN : 'within';

// Signs.
ARROW : '->';
ASSIGN : '=';
AT_SIGN : '@';
CARET : '^';
COLON : ':';
COMMA : ',';
DIVIDE_ASSIGN : '/=';
DOT : '.';
DOTS : '..';
EQUAL : '==';
GREATER : '>';
GREATER_EQUAL : '>=';
LBRACE : '{';
LBRACKET : '[';
LESS : '<';
LESS_EQUAL : '<=';
LPAREN : '(';
MINUS : '-';
MINUS_ASSIGN : '-=';
NOT_EQUAL : '!=';
PERCENT : '%';
PLUS : '+';
PLUS_ASSIGN : '+=';
PRIME : '\'';
RBRACE : '}';
RBRACKET : ']';
RPAREN : ')';
SLASH : '/';
STAR : '*';
STAR_ASSIGN : '*=';
TILDE : '~';

/// A digit stands on both sides of a point, so `0..99` is a range.
NUMBER : DIGITS ('.' DIGITS)? ([eE] [+-]? DIGITS)?;
NAME : [A-Za-z_] [A-Za-z0-9_]*;
STRING : '"' ('\\' . | ~["\\\r\n])* '"';

DOC : '///' ~[\r\n]* -> channel(COMMENTS);
COMMENT : '//' ~[\r\n]* -> channel(COMMENTS);

/// The end of a statement. Parse/Layout keeps, of all line ends, those that
/// end one, and joins neighbours.
SEP : ';' | '\r'? '\n';
BLANK : [ \t]+ -> skip;

UNKNOWN : .;

fragment DIGITS : [0-9] ('_'? [0-9])*;
