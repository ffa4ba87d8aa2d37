use migrate_core::{Name, ObjectName};
use sqlite3_parser::ast::{Distinctness, Expr, FunctionCallOrder, FunctionTail};

use super::{name::unquoted, operator, reading::Reading};

impl Reading {
    /// A call of a function.
    pub(super) fn call(&mut self, tree: &Expr<'_>) {
        match tree {
            Expr::FunctionCall { name, distinctness, args, order_by, filter_over } => {
                self.function(name.0);
                match distinctness {
                    Some(Distinctness::Distinct) => self.text.word("DISTINCT"),
                    Some(Distinctness::All) | None => {}
                }
                self.expressions(args.unwrap_or_default());
                if let Some(FunctionCallOrder::SortList(terms)) = order_by {
                    self.order_by(terms);
                }
                self.text.close();
                self.function_tail(filter_over.as_ref());
            }
            Expr::FunctionCallStar { name, filter_over } => {
                self.function(name.0);
                self.text.word("*");
                self.text.close();
                self.function_tail(filter_over.as_ref());
            }
            Expr::Raise(kind, message) => {
                self.text.word("RAISE");
                self.text.open_arguments();
                self.text.word(operator::resolution(*kind));
                if let Some(message) = message {
                    self.text.comma();
                    self.expression(message);
                }
                self.text.close();
            }
            _ => {}
        }
    }

    fn function(&mut self, raw: &str) {
        self.names.functions.push(ObjectName::bare(Name::caseless(&unquoted(raw))));
        self.text.plain_name(raw);
        self.text.open_arguments();
    }

    fn function_tail(&mut self, tail: Option<&FunctionTail<'_>>) {
        let Some(tail) = tail else { return };
        if let Some(filter) = tail.filter_clause {
            self.text.word("FILTER");
            self.text.open();
            self.text.word("WHERE");
            self.expression(filter);
            self.text.close();
        }
        if let Some(over) = tail.over_clause {
            self.text.word("OVER");
            self.over(over);
        }
    }
}
