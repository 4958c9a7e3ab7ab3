"""A second opinion: what the documents say a verdict is, worked out again as plainly as possible.

Written from docs/, the grammar and the docstrings of the domain's nouns only, sharing no line with scoring/
or the evaluator: a parser and exact fractions of its own, nothing kept, no cleverness. Where it and the
program disagree, one of them (or a document) is wrong.

The program computes with 28 digits, this with fractions. They can differ only where a quotient that does
not end is brought back exactly onto a bound or a half (``a / 3 * 3``). No school drawn so far made a formula
of the packs do so; where one does, the 28 digits count (``values.ARITHMETIC``), and the formula should
multiply before it divides.

Where the documents leave it open, this is how it was read:

* a condition of which it is open whether it applies is open, whatever its rule says;
* a blank cell that an aggregate reads, in ``where`` or in the column of a row taken, makes it blank;
* blanks are not among the six characters of an explanation;
* rules still open are decided one by one when tiers are looked for, also where they hang on the same field.
"""
