//! What people write and what the server shows of it again, in one form.
//!
//! The server keeps expressions as trees of resolved operators and functions and writes them out anew: it adds casts
//! and parentheses, and names some constructs by others. The types of columns are not known here, so that a cast which
//! the server may have added by itself, or left out, counts for nothing. Where two expressions that differ get one form, a difference
//! is not noticed; where two that are the same get two, an alarm would be false: in doubt, forms are alike.

use squawk_syntax::{
    SyntaxKind, SyntaxNode,
    ast::{self, AstNode, BinOp, CastKind, PostfixOp, PrefixOp, is_quoted_name_node},
};

use super::{
    calls,
    comparison::{compare, is, is_other, row, similar},
    data_type::data_type,
    form::Form,
    literal,
    name::identifier,
    operator,
    written::written,
};

/// How deep expressions are read; what is nested deeper is taken as it stands.
pub(super) const DEEPEST: usize = 160;

/// Makes forms.
#[derive(Default)]
pub(super) struct Canonical {
    pub(super) depth: usize,
    /// Whether a column is told from others by what stands before it: in a query, not in a check of one table.
    pub(super) qualified: bool,
}

impl Canonical {
    /// The canonical text of an expression that stands by itself.
    pub(super) fn whole(&mut self, expr: &ast::Expr) -> String {
        let mut expr = expr.clone();
        while let ast::Expr::ParenExpr(paren) = &expr {
            let Some(inner) = paren.expr() else { break };
            expr = inner;
        }
        let form = match &expr {
            ast::Expr::CastExpr(cast) => self.outermost_cast(cast),
            other => self.form(other),
        };
        let form = match form {
            Form::Text(text) if text == "true" => Form::truth(true),
            Form::Text(text) if text == "false" => Form::truth(false),
            // The server does not keep the collation of a constant that stands by itself.
            Form::Call(head, mut parts)
                if head == "collate" && parts.first().is_some_and(Form::is_literal) =>
            {
                parts.swap_remove(0)
            }
            other => other,
        };
        let mut text = String::new();
        form.write(&mut text);
        text
    }

    /// The form of an expression.
    pub(super) fn form(&mut self, expr: &ast::Expr) -> Form {
        if self.depth >= DEEPEST {
            return Form::Word(written(expr.syntax()));
        }
        self.depth += 1;
        let form = match expr {
            ast::Expr::BinExpr(binary) => self.spine(binary),
            other => self.single(other).unwrap_or_else(|| Form::Word(written(other.syntax()))),
        };
        self.depth -= 1;
        form
    }

    /// As [`form`](Self::form), of what may be missing in broken text.
    pub(super) fn part(&mut self, expr: Option<ast::Expr>) -> Form {
        expr.map_or(Form::Null, |expr| self.form(&expr))
    }

    /// The forms of several.
    pub(super) fn parts(&mut self, exprs: impl Iterator<Item = ast::Expr>) -> Vec<Form> {
        exprs.map(|expr| self.form(&expr)).collect()
    }

    fn single(&mut self, expr: &ast::Expr) -> Option<Form> {
        Some(match expr {
            ast::Expr::Literal(literal) => literal::form(literal),
            ast::Expr::NameRef(name) => name_form(name)?,
            ast::Expr::FieldExpr(field) => self.field(field)?,
            ast::Expr::ParenExpr(paren) => match paren.expr() {
                Some(inner) => self.form(&inner),
                None => Form::Word(self.words(paren.syntax())),
            },
            ast::Expr::CastExpr(cast) => self.inner_cast(cast),
            ast::Expr::PrefixExpr(prefix) => self.prefix(prefix)?,
            ast::Expr::PostfixExpr(postfix) => self.postfix(postfix)?,
            ast::Expr::BetweenExpr(between) => self.between(between),
            ast::Expr::CallExpr(call) => calls::form(self, call)?,
            ast::Expr::CaseExpr(case) => self.case(case),
            ast::Expr::Collate(collate) => {
                let name = collate.collation_ref()?.syntax().last_child().as_ref().and_then(last_name)?;
                Form::call("collate", vec![self.part(collate.expr()), Form::Word(name)])
            }
            ast::Expr::IndexExpr(index) => {
                Form::call("[]", vec![self.part(index.base()), self.part(index.index())])
            }
            ast::Expr::SliceExpr(slice) => {
                let bounds = vec![self.part(slice.base()), self.part(slice.start()), self.part(slice.end())];
                Form::call("[:]", bounds)
            }
            ast::Expr::TupleExpr(tuple) => Form::call("row", self.parts(tuple.exprs())),
            ast::Expr::ArrayExpr(array) if array.select_variant().is_some() => {
                Form::Word(self.words(array.syntax()))
            }
            ast::Expr::ArrayExpr(array) => match self.parts(array.exprs()) {
                none if none.is_empty() => Form::Text("{}".to_owned()),
                some => Form::call("array", some),
            },
            ast::Expr::BinExpr(binary) => self.spine(binary),
        })
    }

    /// Chains of infix operators lean to the left, and may be long: they are gone through without recursion.
    fn spine(&mut self, binary: &ast::BinExpr) -> Form {
        let mut chain = vec![binary.clone()];
        let mut first = binary.lhs();
        while let Some(ast::Expr::BinExpr(inner)) = &first {
            chain.push(inner.clone());
            first = inner.lhs();
        }
        let mut left = self.part(first);
        while let Some(binary) = chain.pop() {
            left = self.infix(left, &binary);
        }
        left
    }

    fn infix(&mut self, left: Form, binary: &ast::BinExpr) -> Form {
        let (Some(op), right) = (binary.op(), binary.rhs()) else { return left };
        if let (true, Some(ast::Expr::BinExpr(next))) = (is_other(&op), &right)
            && next.op().is_some_and(|op| is_other(&op))
        {
            return self.leftwards(left, binary);
        }
        match op {
            BinOp::And(_) => Form::chain("and", left, self.part(right)),
            BinOp::Or(_) => Form::chain("or", left, self.part(right)),
            BinOp::Is(_) => is(left, "is", right.as_ref()),
            BinOp::IsNot(_) => is(left, "is not", right.as_ref()),
            BinOp::IsDistinctFrom(_) => match self.part(right) {
                Form::Null => Form::call("is not null", vec![left]),
                right => Form::call("is distinct from", vec![left, right]),
            },
            BinOp::IsNotDistinctFrom(_) => match self.part(right) {
                Form::Null => Form::call("is null", vec![left]),
                right => Form::call("not", vec![Form::call("is distinct from", vec![left, right])]),
            },
            BinOp::In(_) => self.among(left, right, false),
            BinOp::NotIn(_) => self.among(left, right, true),
            BinOp::AtTimeZone(_) => Form::call("timezone", vec![self.part(right), left]),
            BinOp::Overlaps(_) => {
                let mut parts = row(left);
                parts.extend(row(self.part(right)));
                Form::call("overlaps", parts)
            }
            BinOp::Escape(_) => Form::call("like_escape", vec![left, self.part(right)]),
            BinOp::SimilarTo(_) => similar("~", left, self.part(right)),
            BinOp::NotSimilarTo(_) => similar("!~", left, self.part(right)),
            other => {
                let symbol = operator::infix(&other).unwrap_or_else(|| "?".to_owned());
                compare(&symbol, left, self.part(right))
            }
        }
    }

    fn prefix(&mut self, prefix: &ast::PrefixExpr) -> Option<Form> {
        let value = self.part(prefix.expr());
        let op = prefix.op()?;
        Some(match (&op, &value) {
            (PrefixOp::Not(_), _) => Form::call("not", vec![value]),
            (PrefixOp::Minus(_), Form::Number(number)) => {
                let negated = match number.strip_prefix('-') {
                    Some(positive) => positive.to_owned(),
                    None => literal::number(&format!("-{number}"))?,
                };
                Form::Number(negated)
            }
            _ => Form::call(&operator::prefix(&op)?, vec![value]),
        })
    }

    fn postfix(&mut self, postfix: &ast::PostfixExpr) -> Option<Form> {
        let value = self.part(postfix.expr());
        let head = match postfix.op()? {
            PostfixOp::IsNull(_) => "is null".to_owned(),
            PostfixOp::NotNull(_) => "is not null".to_owned(),
            PostfixOp::AtLocal(_) => return Some(Form::call("timezone", vec![value])),
            other => match other.syntax_element() {
                element if element.as_node().is_some() => written(element.as_node()?).to_ascii_lowercase(),
                element => element.as_token()?.text().to_ascii_lowercase(),
            },
        };
        Some(Form::call(&head, vec![value]))
    }

    fn case(&mut self, case: &ast::CaseExpr) -> Form {
        let mut parts = Vec::new();
        if let Some(operand) = case.expr() {
            parts.push(Form::call("of", vec![self.form(&operand)]));
        }
        for when in case.when_clause_list().into_iter().flat_map(|list| list.when_clauses()) {
            let arm = vec![self.part(when.condition()), self.part(when.then())];
            parts.push(Form::call("when", arm));
        }
        match case.else_clause().and_then(|otherwise| otherwise.expr()).map(|value| self.form(&value)) {
            None | Some(Form::Null) => {}
            Some(otherwise) => parts.push(Form::call("else", vec![otherwise])),
        }
        Form::call("case", parts)
    }

    /// `a.b`: in an expression about one table, what stands before a column can only be that table.
    fn field(&mut self, field: &ast::FieldExpr) -> Option<Form> {
        let name = field.field().and_then(|name| identifier(name.syntax()));
        let mut base = field.base()?;
        let mut qualifier = Vec::new();
        loop {
            match &base {
                ast::Expr::NameRef(name) => {
                    qualifier.push(identifier(name.syntax())?);
                    break;
                }
                ast::Expr::FieldExpr(outer) if qualifier.len() < 3 => {
                    qualifier.push(identifier(outer.field()?.syntax())?);
                    let next = outer.base()?;
                    base = next;
                }
                other => {
                    let name = name.map_or_else(|| "*".to_owned(), |name| quoted(&name));
                    return Some(Form::call(".", vec![self.form(other), Form::Column(name)]));
                }
            }
        }
        let table = qualifier.first()?;
        let name = name.map_or_else(|| "*".to_owned(), |name| quoted(&name));
        let matters = self.qualified || matches!(table.as_str(), "old" | "new" | "excluded");
        Some(Form::Column(if matters { format!("{}.{name}", quoted(table)) } else { name }))
    }

    fn outermost_cast(&mut self, cast: &ast::CastExpr) -> Form {
        self.cast(cast, true)
    }

    fn inner_cast(&mut self, cast: &ast::CastExpr) -> Form {
        self.cast(cast, false)
    }

    fn cast(&mut self, cast: &ast::CastExpr, outermost: bool) -> Form {
        let value = match cast.expr() {
            Some(expr) => self.form(&expr),
            None => cast.literal().map_or(Form::Null, |literal| literal::form(&literal)),
        };
        let Some(ty) = cast.ty().and_then(|ty| data_type(&ty)) else { return value };
        if cast.kind() == Some(CastKind::Treat) {
            return value;
        }
        if let (Some(unit), Form::Number(amount)) = (cast.interval_qualifier(), &value) {
            return Form::text(&format!("{amount} {}", written(unit.syntax())));
        }
        if value.is_literal() {
            return if ty.array { value } else { literal::read_as(value, &ty.name.name) };
        }
        // Within an expression the server adds casts, and leaves out those to the type that a value has already.
        // A cast of `ARRAY[..]` is one of its elements.
        let is_of_elements = ty.array && matches!(cast.expr(), Some(ast::Expr::ArrayExpr(_)));
        let says_nothing = !outermost || is_of_elements || is_of_type(&value, &ty.name.name);
        if ty.modifiers.is_empty() && says_nothing {
            return value;
        }
        let array = if ty.array { "[]" } else { "" };
        let modifiers = ty.modifiers.join(",");
        Form::call("cast", vec![value, Form::Word(format!("{}({modifiers}){array}", ty.name.name))])
    }
}

/// Whether a value is certainly of this type already.
fn is_of_type(value: &Form, type_name: &str) -> bool {
    let head = match value {
        Form::Call(head, _) => head,
        Form::Word(word) => word,
        _ => return false,
    };
    let of = match head.as_str() {
        "now" | "current_timestamp" | "clock_timestamp" | "statement_timestamp" | "transaction_timestamp" => {
            "timestamp with time zone"
        }
        "localtimestamp" => "timestamp without time zone",
        "current_date" => "date",
        "gen_random_uuid" | "uuid_generate_v4" => "uuid",
        "jsonb_build_object" | "jsonb_build_array" | "to_jsonb" => "jsonb",
        "lower" | "upper" | "md5" | "concat" | "btrim" | "to_char" | "encode" | "replace" | "->>" | "#>>" => {
            "text"
        }
        _ => return false,
    };
    of == type_name
}

/// A name that stands for a column, or for one of the values that are written without parentheses.
fn name_form(name: &ast::NameRef) -> Option<Form> {
    Some(match special(name.syntax()) {
        Some(word) => Form::Word(word),
        None => Form::Column(quoted(&identifier(name.syntax())?)),
    })
}

/// `CURRENT_DATE` and its like.
pub(super) fn special(node: &SyntaxNode) -> Option<String> {
    let token = node.first_token()?;
    let is_special = !is_quoted_name_node(node)
        && matches!(
            token.kind(),
            SyntaxKind::CURRENT_CATALOG_KW
                | SyntaxKind::CURRENT_DATE_KW
                | SyntaxKind::CURRENT_ROLE_KW
                | SyntaxKind::CURRENT_SCHEMA_KW
                | SyntaxKind::CURRENT_TIME_KW
                | SyntaxKind::CURRENT_TIMESTAMP_KW
                | SyntaxKind::CURRENT_USER_KW
                | SyntaxKind::LOCALTIME_KW
                | SyntaxKind::LOCALTIMESTAMP_KW
                | SyntaxKind::SESSION_USER_KW
                | SyntaxKind::SYSTEM_USER_KW
                | SyntaxKind::USER_KW
        );
    is_special.then(|| token.text().to_ascii_lowercase())
}

fn last_name(node: &SyntaxNode) -> Option<String> {
    Some(quoted(&identifier(&node.last_child().unwrap_or_else(|| node.clone()))?))
}

/// A name that cannot be taken for a word.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
