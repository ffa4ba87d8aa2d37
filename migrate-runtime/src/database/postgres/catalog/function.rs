//! Functions, procedures and aggregates.

use std::sync::Arc;

use migrate_core::{
    Schema,
    schema::{Argument, ArgumentMode, DataType, Function, FunctionKind, FunctionSignature, Origin, Reach},
};

use super::cell::{OWN, Row, expression, of_users, type_of};

pub(super) fn question() -> String {
    let ours = of_users("pg_proc", "p.oid");
    let argument = type_of("g.id", "-1");
    let result = type_of("p.prorettype", "-1");
    format!(
        "SELECT n.nspname, p.proname, p.prokind, l.lanname, \
         CASE WHEN to_jsonb(p) ->> 'prosqlbody' IS NULL THEN p.prosrc END, \
         (SELECT string_agg({argument}, chr(30) ORDER BY g.place) \
          FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS g (id, place)), \
         (SELECT string_agg({argument}, chr(30) ORDER BY g.place) \
          FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY AS g (id, place)), \
         array_to_string(p.proargmodes, chr(30)), array_to_string(p.proargnames, chr(30)), \
         (SELECT string_agg(pg_catalog.pg_get_function_arg_default(p.oid, d), chr(30) ORDER BY d) \
          FROM generate_series(1, coalesce(cardinality(p.proallargtypes), p.pronargs)) AS d), p.pronargdefaults, \
         {result}, p.proretset, p.provolatile, p.proisstrict, p.prosecdef, p.proleakproof, p.proparallel, \
         p.procost, p.prorows, array_to_string(p.proconfig, chr(30)), nullif(p.prosupport, 0)::text \
         FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace \
         JOIN pg_catalog.pg_language l ON l.oid = p.prolang WHERE {OWN} AND {ours}"
    )
}

pub(super) fn read(rows: &[Row], schema: &mut Schema) {
    for row in rows {
        let signature = FunctionSignature { name: row.qualified(0), arguments: row.data_types(5) };
        schema.functions.insert(signature, Arc::new(function(row)));
    }
}

fn function(row: &Row) -> Function {
    let kind = match row.text(2) {
        "p" => FunctionKind::Procedure,
        "a" => FunctionKind::Aggregate,
        _ => FunctionKind::Function,
    };
    let (arguments, columns) = arguments(row);
    let is_aggregate = kind == FunctionKind::Aggregate;
    Function {
        kind,
        returns: (kind == FunctionKind::Function).then(|| returns(row, &columns)),
        arguments,
        language: row.name(3),
        body: row.maybe(4).filter(|_| !is_aggregate).map(str::to_owned),
        options: if is_aggregate { Vec::new() } else { options(row) },
        reach: Reach::default(),
        made: Origin::NONE,
    }
}

/// Arguments, and the columns of `RETURNS TABLE`.
fn arguments(row: &Row) -> (Vec<Argument>, Vec<Argument>) {
    let (modes, names) = (row.list(7), row.names(8));
    // The last ones that go in have defaults; the list leaves out those that have none.
    let mut defaults = row.list(9).into_iter();
    let types = row.data_types(6);
    let is_input = |place: usize| !matches!(modes.get(place).map(String::as_str), Some("o" | "t"));
    let inputs = (0..types.len()).filter(|&place| is_input(place)).count();
    let with_default = usize::try_from(row.number(10).unwrap_or_default()).unwrap_or_default();
    let (mut arguments, mut columns, mut input) = (Vec::new(), Vec::new(), 0);
    for (place, data_type) in types.into_iter().enumerate() {
        let mut default = None;
        if is_input(place) {
            input += 1;
            if input + with_default > inputs {
                default = defaults.next().map(|sql| expression(&sql));
            }
        }
        let mode = modes.get(place).map(String::as_str);
        let name = names.get(place).filter(|name| !name.is_empty()).cloned();
        let argument = |mode| Argument { mode, name, data_type, default };
        match mode {
            Some("t") => columns.push(argument(ArgumentMode::Out)),
            Some("o") => arguments.push(argument(ArgumentMode::Out)),
            Some("b") => arguments.push(argument(ArgumentMode::InOut)),
            Some("v") => arguments.push(argument(ArgumentMode::Variadic)),
            _ => arguments.push(argument(ArgumentMode::In)),
        }
    }
    (arguments, columns)
}

fn returns(row: &Row, columns: &[Argument]) -> String {
    let shown = |data_type: &DataType| data_type.to_string();
    if !columns.is_empty() {
        let columns: Vec<String> = columns
            .iter()
            .map(|column| {
                let name = column.name.as_ref().map_or("", |name| name);
                format!("{name} {}", shown(&column.data_type))
            })
            .collect();
        return format!("TABLE({})", columns.join(", "));
    }
    let set = if row.is(12) { "SETOF " } else { "" };
    format!("{set}{}", shown(&row.data_type(11)))
}

/// Without what holds by itself, in the order of the alphabet.
fn options(row: &Row) -> Vec<String> {
    let mut options = Vec::new();
    match row.text(13) {
        "i" => options.push("IMMUTABLE".to_owned()),
        "s" => options.push("STABLE".to_owned()),
        _ => {}
    }
    for (place, word) in [(14, "STRICT"), (15, "SECURITY DEFINER"), (16, "LEAKPROOF")] {
        if row.is(place) {
            options.push(word.to_owned());
        }
    }
    match row.text(17) {
        "s" => options.push("PARALLEL SAFE".to_owned()),
        "r" => options.push("PARALLEL RESTRICTED".to_owned()),
        _ => {}
    }
    let usual_cost = if matches!(row.text(3), "c" | "internal") { "1" } else { "100" };
    if row.text(18) != usual_cost {
        options.push(format!("COST {}", row.text(18)));
    }
    if row.is(12) && row.text(19) != "1000" {
        options.push(format!("ROWS {}", row.text(19)));
    }
    options.extend(row.list(20).iter().filter_map(|setting| {
        let (name, value) = setting.split_once('=')?;
        Some(format!("SET {name} TO {value}"))
    }));
    options.extend(row.maybe(21).map(|support| format!("SUPPORT {support}")));
    options.sort();
    options
}
