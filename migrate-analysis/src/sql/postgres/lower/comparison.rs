//! Comparisons, as the server spells them out.

use squawk_syntax::ast::{self, AstNode, BinOp};

use super::{canonical::Canonical, form::Form, operator, written::written};

impl Canonical {
    /// Operators without a precedence of their own lean to the left; the tree has them lean to the right.
    pub(super) fn leftwards(&mut self, mut left: Form, binary: &ast::BinExpr) -> Form {
        let mut binary = binary.clone();
        loop {
            let symbol = binary.op().and_then(|op| operator::infix(&op)).unwrap_or_else(|| "?".to_owned());
            match binary.rhs() {
                Some(ast::Expr::BinExpr(next)) if next.op().is_some_and(|op| is_other(&op)) => {
                    left = compare(&symbol, left, self.part(next.lhs()));
                    binary = next;
                }
                right => return compare(&symbol, left, self.part(right)),
            }
        }
    }

    /// `IN`: what does not depend on columns is one array, as far as there are two such values.
    pub(super) fn among(&mut self, left: Form, right: Option<ast::Expr>, not: bool) -> Form {
        let values = match right {
            Some(ast::Expr::TupleExpr(tuple)) => self.parts(tuple.exprs()),
            Some(ast::Expr::ParenExpr(paren)) => match paren.expr() {
                Some(only) => vec![self.form(&only)],
                None => {
                    let inside = Form::call("in", vec![left, Form::Word(self.words(paren.syntax()))]);
                    return if not { Form::call("not", vec![inside]) } else { inside };
                }
            },
            other => vec![self.part(other)],
        };
        let (symbol, quantifier, link) = if not { ("<>", "all", "and") } else { ("=", "any", "or") };
        let fixed = values.iter().filter(|value| !value.has_column()).count();
        let mut tests = Vec::new();
        let mut rest = values;
        if fixed > 1 && !matches!(&left, Form::Call(head, _) if head == "row") {
            let (columns, array) = rest.into_iter().partition(Form::has_column);
            let array = Form::call(quantifier, vec![Form::call("array", array)]);
            tests.push(Form::call(symbol, vec![left.clone(), array]));
            rest = columns;
        }
        tests.extend(rest.into_iter().map(|value| compare(symbol, left.clone(), value)));
        tests.into_iter().reduce(|before, test| Form::chain(link, before, test)).unwrap_or(Form::Null)
    }

    pub(super) fn between(&mut self, between: &ast::BetweenExpr) -> Form {
        let target = self.part(between.target());
        let (start, end) = (self.part(between.start()), self.part(between.end()));
        let not = between.not_token().is_some();
        let within = |low: &Form, high: &Form| {
            let (low, high) = (vec![target.clone(), low.clone()], vec![target.clone(), high.clone()]);
            if not {
                Form::chain("or", Form::call("<", low), Form::call(">", high))
            } else {
                Form::chain("and", Form::call(">=", low), Form::call("<=", high))
            }
        };
        match between.between_symmetry() {
            Some(ast::BetweenSymmetry::Symmetric(_)) => {
                let both = vec![within(&start, &end), within(&end, &start)];
                Form::call(if not { "and" } else { "or" }, both)
            }
            _ => within(&start, &end),
        }
    }
}

/// Whether it is one of the operators that share one precedence.
pub(super) const fn is_other(op: &BinOp) -> bool {
    matches!(op, BinOp::CustomOp(_) | BinOp::OperatorCall(_))
}

pub(super) fn is(left: Form, verb: &str, right: Option<&ast::Expr>) -> Form {
    let what = right.map(|right| written(right.syntax()).to_ascii_lowercase()).unwrap_or_default();
    Form::call(&format!("{verb} {what}"), vec![left])
}

pub(super) fn similar(symbol: &str, left: Form, right: Form) -> Form {
    let parts = match right {
        Form::Call(head, parts) if head == "like_escape" => parts,
        other => vec![other],
    };
    Form::call(symbol, vec![left, Form::call("similar_to_escape", parts)])
}

/// A comparison; rows are compared column by column, and `= ANY` of a query is `IN`.
pub(super) fn compare(symbol: &str, left: Form, right: Form) -> Form {
    if let (Form::Call(one, lefts), Form::Call(two, rights)) = (&left, &right) {
        let are_rows = one == "row" && two == "row" && lefts.len() == rights.len() && !lefts.is_empty();
        if let Some(link) = [("=", "and"), ("<>", "or")].iter().find(|(op, _)| are_rows && *op == symbol) {
            let pairs = lefts.iter().zip(rights);
            let tests = pairs.map(|(left, right)| Form::call(symbol, vec![left.clone(), right.clone()]));
            return Form::call(link.1, tests.collect());
        }
        if symbol == "=" && two == "any" && matches!(rights.as_slice(), [Form::Word(_)]) {
            return Form::Call("in".to_owned(), vec![left, rights.first().cloned().unwrap_or(Form::Null)]);
        }
    }
    Form::call(symbol, vec![left, right])
}

pub(super) fn row(form: Form) -> Vec<Form> {
    match form {
        Form::Call(head, parts) if head == "row" => parts,
        other => vec![other],
    }
}
