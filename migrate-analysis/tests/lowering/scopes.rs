use migrate_core::{
    operation::Operation,
    schema::{ColumnUse, Expression, Names, Output, Query, Scope, SourceRelation},
};

/// What an operation names, a line for each scope: its sources, and then its columns.
pub(crate) fn scopes(operation: &Operation) -> String {
    match operation {
        Operation::CreateView(view) => of_query(&view.query),
        Operation::Read(query) => of_query(query),
        Operation::Rows(change) => of_names(&change.names),
        Operation::CreatePolicy(create) => {
            create.policy.using.iter().chain(&create.policy.check).map(of_expression).collect()
        }
        Operation::CreateTrigger(create) => create.trigger.condition.iter().map(of_expression).collect(),
        _ => String::new(),
    }
}

fn of_query(query: &Query) -> String {
    let outputs = query.outputs.as_ref().map(|outputs| outputs.iter().map(output).collect::<Vec<_>>());
    let gives = outputs.map_or_else(|| "?".to_owned(), |outputs| outputs.join(", "));
    format!("{}      gives {gives}\n", of_names(&query.names))
}

fn of_expression(expression: &Expression) -> String {
    of_names(&expression.names)
}

fn output(output: &Output) -> String {
    match output {
        Output::All { qualifier: None } => "*".to_owned(),
        Output::All { qualifier: Some(qualifier) } => format!("{qualifier}.*"),
        Output::Value { name, column: Some(column) } => format!("{name} ({})", used(column)),
        Output::Value { name, column: None } => name.to_string(),
    }
}

fn used(column: &ColumnUse) -> String {
    match &column.qualifier {
        Some(qualifier) => format!("{qualifier}.{}", column.name),
        None => column.name.to_string(),
    }
}

fn of_names(names: &Names) -> String {
    let mut text: String = names.scopes.iter().map(scope).collect();
    let functions: Vec<_> = names.functions.iter().map(ToString::to_string).collect();
    let types: Vec<_> = names.types.iter().map(ToString::to_string).collect();
    let sequences: Vec<_> = names.sequences.iter().map(ToString::to_string).collect();
    for (word, list) in [("calls", functions), ("types", types), ("sequences", sequences)] {
        if !list.is_empty() {
            text.push_str(&format!("      {word} {}\n", list.join(", ")));
        }
    }
    text.push_str(if names.complete { "" } else { "      and more\n" });
    text
}

fn scope(scope: &Scope) -> String {
    let mut line = scope.parent.map_or_else(|| "      top".to_owned(), |parent| format!("      in {parent}"));
    for source in &scope.sources {
        let relation = match &source.relation {
            SourceRelation::Relation(name) => name.to_string(),
            SourceRelation::Query { scope, .. } => format!("query {scope}"),
            SourceRelation::Opaque => "?".to_owned(),
        };
        let alias = source.alias.as_ref().map(|alias| format!(" as {alias}")).unwrap_or_default();
        let columns =
            if source.columns.is_empty() { String::new() } else { format!(" {:?}", source.columns) };
        line.push_str(&format!(", {relation}{alias}{columns}"));
    }
    let columns: Vec<_> = scope.columns.iter().map(used).collect();
    format!("{line}: {}\n", columns.join(" "))
}
