use migrate_core::{
    Dialect,
    emit::emit,
    operation::{Operation, TriggerSelection},
    schema::{ColumnUse, Expression, Names, Output, Schema, Scope, SourceRelation},
};

use crate::sql::postgres::lower;

/// What the statements of `objects.txt` are lowered to, as SQL, and what they name.
#[test]
fn statements_are_lowered_to_operations_with_the_names_that_they_use() {
    let mut text = String::new();
    for statement in include_str!("objects.txt").lines() {
        let lowered = lower(statement);
        assert_eq!(lowered.errors, [], "{statement}");
        text.push_str(&format!("{statement}\n"));
        if let Some(reason) = lowered.opaque {
            text.push_str(&format!("    opaque: {}\n", reason.name()));
            continue;
        }
        for operation in &lowered.operations {
            text.push_str(&shown(operation));
        }
        if lowered.operations.is_empty() {
            text.push_str("    nothing\n");
        }
    }
    insta::assert_snapshot!(text);
}

fn shown(operation: &Operation) -> String {
    let mut text = String::new();
    match operation {
        Operation::Touch { objects, .. } => {
            for (kind, name, part) in objects {
                let part = part.as_ref().map(|part| format!(" {part}")).unwrap_or_default();
                text.push_str(&format!("    touch {} {name}{part}\n", kind.word()));
            }
        }
        Operation::SetPath(path) => text.push_str(&format!("    path {path:?}\n")),
        Operation::Read(query) => text.push_str(&format!("    read\n{}", scopes(&query.names))),
        Operation::Rows(change) => {
            let values = change.values.map(|values| format!(" of {values}")).unwrap_or_default();
            let tables: Vec<_> = change.targets.iter().map(ToString::to_string).collect();
            let verb = format!("{:?}", change.verb).to_lowercase();
            text.push_str(&format!("    {verb} {} {:?}{values}", tables.join(", "), change.columns));
            let conflict =
                if change.conflict.is_empty() { String::new() } else { format!(" {:?}", change.conflict) };
            text.push_str(&format!("{conflict}\n{}", scopes(&change.names)));
        }
        Operation::EnableTrigger(enable) => {
            text.push_str(&format!("    {:?}\n", matches!(enable.triggers, TriggerSelection::All)));
        }
        other => {
            for statement in emit(other, &Schema::new(Dialect::Postgres)) {
                text.push_str(&format!("    {}\n", statement.replace('\n', "\n    ")));
            }
        }
    }
    if let Operation::CreateView(view) = operation {
        text.push_str(&scopes(&view.query.names));
        let outputs =
            view.query.outputs.as_ref().map(|outputs| outputs.iter().map(output).collect::<Vec<_>>());
        text.push_str(&format!(
            "      gives {}\n",
            outputs.map_or("?".to_owned(), |outputs| outputs.join(", "))
        ));
    }
    let expressions: Vec<&Expression> = match operation {
        Operation::CreatePolicy(create) => create.policy.using.iter().chain(&create.policy.check).collect(),
        Operation::CreateTrigger(create) => create.trigger.condition.iter().collect(),
        _ => Vec::new(),
    };
    for expression in expressions {
        text.push_str(&scopes(&expression.names));
    }
    text
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

fn scopes(names: &Names) -> String {
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
