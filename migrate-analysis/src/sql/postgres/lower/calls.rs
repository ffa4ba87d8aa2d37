//! Calls of functions, and the constructs that the server keeps as such.

use squawk_syntax::ast::{self, AstNode};

use super::{
    canonical::{Canonical, quoted},
    form::Form,
    name::identifier,
    scope::object_in_text,
};

/// The form of a call.
pub(super) fn form(canonical: &mut Canonical, call: &ast::CallExpr) -> Option<Form> {
    if let Some(form) = construct(canonical, call) {
        return Some(form);
    }
    let Some(callee) = call.expr() else {
        return Some(Form::Word(canonical.words(call.syntax())));
    };
    let name = callee_name(&callee)?;
    let mut parts = Vec::new();
    if let Some(list) = call.arg_list() {
        if list.star_token().is_some() {
            parts.push(Form::Word("*".to_owned()));
        }
        if matches!(list.all_or_distinct(), Some(ast::AllOrDistinct::Distinct(_))) {
            parts.push(Form::Word("distinct".to_owned()));
        }
        for argument in list.args() {
            let value = match argument.func_arg_expr() {
                Some(ast::FuncArgExpr::Expr(expr)) => canonical.form(&expr),
                Some(ast::FuncArgExpr::NamedArg(named)) => {
                    let name = named.name().and_then(|name| identifier(name.syntax()));
                    let value = canonical.part(named.expr());
                    Form::call(&format!("{} =>", name.as_deref().unwrap_or_default()), vec![value])
                }
                None => Form::Null,
            };
            let value =
                if argument.variadic_token().is_some() { Form::call("variadic", vec![value]) } else { value };
            parts.push(value);
            if let Some(order) = argument.order_by_clause() {
                parts.push(Form::Word(canonical.words(order.syntax())));
            }
        }
    }
    let behind = [
        call.within_clause().map(|clause| clause.syntax().clone()),
        call.filter_clause().map(|clause| clause.syntax().clone()),
        call.null_treatment().map(|clause| clause.syntax().clone()),
        call.over_clause().map(|clause| clause.syntax().clone()),
    ];
    for clause in behind.iter().flatten() {
        parts.push(Form::Word(canonical.words(clause)));
    }
    Some(renamed(&name, parts))
}

/// The name of the function that is called, without its schema.
fn callee_name(callee: &ast::Expr) -> Option<String> {
    let name = match callee {
        ast::Expr::NameRef(name) => identifier(name.syntax())?,
        ast::Expr::FieldExpr(field) => identifier(field.field()?.syntax())?,
        _ => return None,
    };
    Some(name.as_str().to_owned())
}

/// Functions that stand behind a construct: the construct and the call are one.
fn renamed(name: &str, mut parts: Vec<Form>) -> Form {
    match (name, parts.as_mut_slice()) {
        ("date_part", [_, _]) => Form::call("extract", parts),
        ("position", [_, _]) => {
            parts.reverse();
            Form::call("strpos in", parts)
        }
        ("substring", _) => Form::call("substring", parts),
        ("nextval" | "currval" | "setval", [Form::Text(sequence), ..]) => {
            if let Some(named) = object_in_text(sequence) {
                *sequence = identifier_text(&named.name);
            }
            Form::call(name, parts)
        }
        _ => Form::call(name, parts),
    }
}

/// A name as it has to be written.
fn identifier_text(name: &str) -> String {
    let is_plain = name.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'$'));
    if is_plain { name.to_owned() } else { quoted(name) }
}

fn construct(canonical: &mut Canonical, call: &ast::CallExpr) -> Option<Form> {
    if let Some(any) = call.any_fn() {
        return Some(quantified(canonical, "any", any.expr(), any.select_variant()));
    }
    if let Some(some) = call.some_fn() {
        return Some(quantified(canonical, "any", some.expr(), some.select_variant()));
    }
    if let Some(all) = call.all_fn() {
        return Some(quantified(canonical, "all", all.expr(), all.select_variant()));
    }
    if let Some(extract) = call.extract_fn() {
        let field = match extract.extract_field()? {
            ast::ExtractField::ExtractFieldName(name) => name.text().to_ascii_lowercase(),
            ast::ExtractField::ExtractFieldLiteral(text) => {
                text.literal()?.string_value()?.to_ascii_lowercase()
            }
        };
        return Some(Form::call("extract", vec![Form::Text(field), canonical.part(extract.expr())]));
    }
    if let Some(position) = call.position_fn() {
        let parts = vec![canonical.part(position.pos()), canonical.part(position.string())];
        return Some(Form::call("strpos in", parts));
    }
    if let Some(substring) = call.substring_fn() {
        return self::substring(canonical, substring.substring_args()?);
    }
    if let Some(trim) = call.trim_fn() {
        return self::trim(canonical, &trim);
    }
    if let Some(overlay) = call.overlay_fn() {
        return self::overlay(canonical, overlay.overlay_args()?);
    }
    if let Some(collation) = call.collation_for_fn() {
        return Some(Form::call("pg_collation_for", vec![canonical.part(collation.expr())]));
    }
    None
}

fn quantified(
    canonical: &mut Canonical,
    word: &str,
    value: Option<ast::Expr>,
    query: Option<ast::SelectVariant>,
) -> Form {
    let of = match query {
        Some(query) => {
            let text = canonical.words(query.syntax());
            Form::Word(format!("( {text} )"))
        }
        None => canonical.part(value),
    };
    Form::call(word, vec![of])
}

fn substring(canonical: &mut Canonical, arguments: ast::SubstringArgs) -> Option<Form> {
    let parts = match arguments {
        ast::SubstringArgs::SubstringExprs(list) => arguments_of(canonical, list.func_arg_exprs())?,
        ast::SubstringArgs::SubstringForFrom(clauses) => {
            bounds(canonical, clauses.string(), clauses.start(), clauses.count())
        }
        ast::SubstringArgs::SubstringFromFor(clauses) => {
            bounds(canonical, clauses.string(), clauses.start(), clauses.count())
        }
        ast::SubstringArgs::SubstringSimilarEscape(clauses) => vec![
            canonical.part(clauses.string()),
            canonical.part(clauses.pattern()),
            canonical.part(clauses.escape()),
        ],
    };
    Some(Form::call("substring", parts))
}

/// Without a start, the server begins with the first letter.
fn bounds(
    canonical: &mut Canonical,
    string: Option<ast::Expr>,
    start: Option<ast::Expr>,
    count: Option<ast::Expr>,
) -> Vec<Form> {
    let start = start.map_or_else(|| Form::Number("1".to_owned()), |start| canonical.form(&start));
    let mut parts = vec![canonical.part(string), start];
    parts.extend(count.map(|count| canonical.form(&count)));
    parts
}

fn trim(canonical: &mut Canonical, trim: &ast::TrimFn) -> Option<Form> {
    let name = match trim.trim_side() {
        Some(ast::TrimSide::TrimLeading(_)) => "ltrim",
        Some(ast::TrimSide::TrimTrailing(_)) => "rtrim",
        _ => "btrim",
    };
    let parts = match trim.trim_args()? {
        // What is trimmed away stands first, and is the second argument.
        ast::TrimArgs::TrimExprFrom(clauses) => {
            let mut all: Vec<_> = clauses.syntax().children().filter_map(ast::Expr::cast).collect();
            all.rotate_left(1);
            canonical.parts(all.into_iter())
        }
        ast::TrimArgs::TrimExprs(list) => canonical.parts(list.exprs()),
        ast::TrimArgs::TrimFrom(list) => canonical.parts(list.exprs()),
    };
    Some(Form::call(name, parts))
}

fn overlay(canonical: &mut Canonical, arguments: ast::OverlayArgs) -> Option<Form> {
    let parts = match arguments {
        ast::OverlayArgs::OverlayExprs(list) => arguments_of(canonical, list.func_arg_exprs())?,
        ast::OverlayArgs::OverlayPlacing(clauses) => {
            let mut parts = vec![
                canonical.part(clauses.string()),
                canonical.part(clauses.placing()),
                canonical.part(clauses.from()),
            ];
            parts.extend(clauses.for_().map(|count| canonical.form(&count)));
            parts
        }
    };
    Some(Form::call("overlay", parts))
}

fn arguments_of(
    canonical: &mut Canonical,
    arguments: impl Iterator<Item = ast::FuncArgExpr>,
) -> Option<Vec<Form>> {
    arguments
        .map(|argument| match argument {
            ast::FuncArgExpr::Expr(expr) => Some(canonical.form(&expr)),
            ast::FuncArgExpr::NamedArg(_) => None,
        })
        .collect()
}
