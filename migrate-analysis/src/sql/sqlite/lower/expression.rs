use migrate_core::schema::Expression;
use sqlite3_parser::ast::{Expr, Literal, QualifiedName, Select, SelectTable, Type, TypeSize, UnaryOperator};

use super::{operator, reading::Reading};

/// A piece of SQL that computes a value of a row.
pub(super) fn expression(tree: &Expr<'_>) -> Expression {
    let mut reading = Reading::new(Vec::new());
    reading.expression(tree);
    reading.into_expression()
}

impl Reading {
    pub(super) fn expression(&mut self, tree: &Expr<'_>) {
        self.deeper(|reading| reading.any_expression(tree));
    }

    pub(super) fn expressions(&mut self, trees: &[Expr<'_>]) {
        self.list(trees, Self::expression);
    }

    fn any_expression(&mut self, tree: &Expr<'_>) {
        match tree {
            Expr::Literal(literal) => self.literal(literal),
            Expr::Id(id) => self.column(id.0),
            Expr::Name(name) => self.column(name.0),
            Expr::Qualified(table, column) => self.qualified_column(None, table, column),
            Expr::DoublyQualified(schema, table, column) => {
                self.qualified_column(Some(schema), table, column);
            }
            Expr::Variable(text) => {
                let text = if text.starts_with([':', '@', '$', '#']) {
                    (*text).to_owned()
                } else {
                    format!("?{text}")
                };
                self.text.word(&text);
            }
            Expr::Parenthesized(inner) => self.parenthesized(inner),
            Expr::Binary(..) => self.binary(tree),
            Expr::Case { base, when_then_pairs, else_expr } => {
                self.case(*base, when_then_pairs, *else_expr);
            }
            Expr::Cast { expr, type_name } => self.cast(expr, type_name.as_ref()),
            Expr::FunctionCall { .. } | Expr::FunctionCallStar { .. } | Expr::Raise(..) => self.call(tree),
            Expr::Exists(select) => {
                self.text.word("EXISTS");
                self.subquery(select);
            }
            Expr::Subquery(select) => self.subquery(select),
            Expr::Unary(operator, operand) => {
                self.text.canonical_open();
                match operator {
                    UnaryOperator::Not => self.text.word("NOT"),
                    _ => self.text.sign(operator::unary(*operator)),
                }
                self.expression(operand);
                self.text.canonical_close();
            }
            _ => self.predicate(tree),
        }
    }

    fn literal(&mut self, literal: &Literal<'_>) {
        match literal {
            Literal::Numeric(number) => self.text.literal(number, &number.to_ascii_lowercase()),
            Literal::String(string) => self.text.word(string),
            Literal::Blob(digits) => {
                self.text.literal(&format!("x'{digits}'"), &format!("x'{}'", digits.to_ascii_lowercase()));
            }
            Literal::Keyword(word) => self.text.word(&word.to_ascii_uppercase()),
            Literal::Null => self.text.word("NULL"),
            Literal::CurrentDate => self.text.word("CURRENT_DATE"),
            Literal::CurrentTime => self.text.word("CURRENT_TIME"),
            Literal::CurrentTimestamp => self.text.word("CURRENT_TIMESTAMP"),
        }
    }

    /// Parentheses around one value say nothing; around several they make a row.
    fn parenthesized(&mut self, inner: &[Expr<'_>]) {
        if let [one] = inner {
            self.text.sql_open();
            self.expression(one);
            self.text.sql_close();
        } else {
            self.text.open();
            self.expressions(inner);
            self.text.close();
        }
    }

    /// Chains of operators lean to the left, and may be long.
    fn binary(&mut self, tree: &Expr<'_>) {
        let mut chain = Vec::new();
        let mut left = tree;
        while let Expr::Binary(first, operator, second) = left {
            self.text.canonical_open();
            chain.push((*operator, *second));
            left = first;
        }
        self.expression(left);
        for (operator, second) in chain.into_iter().rev() {
            self.text.word(operator::binary(operator));
            self.expression(second);
            self.text.canonical_close();
        }
    }

    fn case(
        &mut self,
        base: Option<&Expr<'_>>,
        pairs: &[(Expr<'_>, Expr<'_>)],
        otherwise: Option<&Expr<'_>>,
    ) {
        self.text.word("CASE");
        if let Some(base) = base {
            self.expression(base);
        }
        for (when, then) in pairs {
            self.text.word("WHEN");
            self.expression(when);
            self.text.word("THEN");
            self.expression(then);
        }
        if let Some(otherwise) = otherwise {
            self.text.word("ELSE");
            self.expression(otherwise);
        }
        self.text.word("END");
    }

    fn cast(&mut self, operand: &Expr<'_>, data_type: Option<&Type<'_>>) {
        self.text.word("CAST");
        self.text.open_arguments();
        self.expression(operand);
        self.text.word("AS");
        if let Some(data_type) = data_type {
            self.data_type(data_type);
        }
        self.text.close();
    }

    fn data_type(&mut self, data_type: &Type<'_>) {
        self.text.plain_name(data_type.name);
        let Some(size) = &data_type.size else { return };
        self.text.open_arguments();
        match size {
            TypeSize::MaxSize(size) => self.expression(size),
            TypeSize::TypeSize(size, scale) => {
                self.expression(size);
                self.text.comma();
                self.expression(scale);
            }
        }
        self.text.close();
    }

    /// What stands between two values, or behind one.
    fn predicate(&mut self, tree: &Expr<'_>) {
        self.text.canonical_open();
        match tree {
            Expr::Between { lhs, not, start, end } => {
                self.negatable(lhs, *not, "BETWEEN");
                self.expression(start);
                self.text.word("AND");
                self.expression(end);
            }
            Expr::Collate(operand, collation) => {
                self.expression(operand);
                self.text.word("COLLATE");
                self.text.plain_name(collation);
            }
            Expr::InList { lhs, not, rhs } => {
                self.negatable(lhs, *not, "IN");
                self.text.open();
                self.expressions(rhs.unwrap_or_default());
                self.text.close();
            }
            Expr::InSelect { lhs, not, rhs } => {
                self.negatable(lhs, *not, "IN");
                self.subquery(rhs);
            }
            Expr::InTable { lhs, not, rhs, args } => {
                self.negatable(lhs, *not, "IN");
                self.in_table(rhs, *args);
            }
            Expr::IsNull(operand) => {
                self.expression(operand);
                self.text.word("IS NULL");
            }
            Expr::NotNull(operand) => {
                self.expression(operand);
                self.text.word("IS NOT NULL");
            }
            Expr::Like { lhs, not, op, rhs, escape } => {
                self.negatable(lhs, *not, operator::like(*op));
                self.expression(rhs);
                if let Some(escape) = escape {
                    self.text.word("ESCAPE");
                    self.expression(escape);
                }
            }
            _ => {}
        }
        self.text.canonical_close();
    }

    fn negatable(&mut self, operand: &Expr<'_>, not: bool, word: &str) {
        self.expression(operand);
        if not {
            self.text.word("NOT");
        }
        self.text.word(word);
    }

    pub(super) fn subquery(&mut self, select: &Select<'_>) {
        self.text.open();
        self.select(select, Some(self.scope));
        self.text.close();
    }

    /// `x IN t` selects from the table.
    fn in_table(&mut self, table: &QualifiedName<'_>, arguments: Option<&[Expr<'_>]>) {
        let scope = self.open_scope(Some(self.scope));
        self.within(scope, |reading| match arguments {
            None => reading.relation(table, None),
            Some(arguments) => reading.table_function(table, arguments, None),
        });
    }

    /// An entry of `FROM`, at whatever depth.
    pub(super) fn nested_source(&mut self, source: &SelectTable<'_>) {
        self.deeper(|reading| reading.source(source));
    }
}
