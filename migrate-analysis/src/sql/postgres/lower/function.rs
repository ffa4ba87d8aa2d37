use migrate_core::{
    Name, ObjectName,
    operation::{AlterFunction, CreateFunction, DropFunction, FunctionChange, FunctionName, Operation},
    schema::{Argument, ArgumentMode, DataType, Function, FunctionKind, Origin, Reach},
};
use squawk_syntax::ast::{self, AstNode};

use super::{
    clause::{all, is_cascade},
    code::reach,
    data_type::data_type,
    expression::expression,
    function_option::{is_default, option},
    name::{existing, folded, name, new_object},
};

/// `CREATE FUNCTION`.
pub(super) fn create_function(statement: &ast::CreateFunction) -> Option<Vec<Operation>> {
    let arguments = arguments(statement.param_list())?;
    let returns = match statement.ret_type() {
        Some(result) => Some(returned(&result)?),
        None => of_outputs(&arguments),
    };
    let function = routine(FunctionKind::Function, arguments, returns, statement.option_list());
    created(new_object(&statement.name()?.path()?)?, statement.or_replace().is_some(), function?)
}

/// `CREATE PROCEDURE`.
pub(super) fn create_procedure(statement: &ast::CreateProcedure) -> Option<Vec<Operation>> {
    let arguments = arguments(statement.param_list())?;
    let function = routine(FunctionKind::Procedure, arguments, None, statement.option_list());
    created(new_object(&statement.name()?.path()?)?, statement.or_replace().is_some(), function?)
}

/// `CREATE AGGREGATE`. The functions that it is made of are not followed.
pub(super) fn create_aggregate(statement: &ast::CreateAggregate) -> Option<Vec<Operation>> {
    let function = Function {
        kind: FunctionKind::Aggregate,
        arguments: arguments(statement.param_list())?,
        returns: None,
        language: Name::exact("internal"),
        body: None,
        options: Vec::new(),
        reach: Reach::default(),
        made: Origin::default(),
    };
    created(new_object(&statement.aggregate_name()?.path()?)?, statement.or_replace().is_some(), function)
}

fn created(name: ObjectName, or_replace: bool, function: Function) -> Option<Vec<Operation>> {
    Some(vec![Operation::CreateFunction(Box::new(CreateFunction { name, or_replace, function }))])
}

fn routine(
    kind: FunctionKind,
    arguments: Vec<Argument>,
    returns: Option<String>,
    list: Option<ast::FuncOptionList>,
) -> Option<Function> {
    // A body that stands there as SQL and not as a string is SQL.
    let mut language = Name::exact("sql");
    let mut body = None;
    let mut options = Vec::new();
    for written in list.into_iter().flat_map(|list| list.options()) {
        match &written {
            ast::FuncOption::LanguageFuncOption(clause) => {
                language = folded(&clause.language_name()?.name.to_ascii_lowercase())?;
            }
            ast::FuncOption::AsFuncOption(clause) => {
                if let ast::AsFuncTarget::AsDefinition(definition) = clause.as_func_target()? {
                    body = Some(definition.literal()?.string_value()?);
                }
            }
            other => options.extend(option(other).filter(|option| !is_default(option))),
        }
    }
    options.sort();
    options.dedup();
    let reach = body.as_deref().and_then(reach).unwrap_or_default();
    Some(Function { kind, arguments, returns, language, body, options, reach, made: Origin::default() })
}

/// The arguments of a definition. The server keeps neither lengths nor precisions of their types.
fn arguments(list: Option<ast::ParamList>) -> Option<Vec<Argument>> {
    let Some(list) = list else { return Some(Vec::new()) };
    list.all_params().map(|parameter| argument(&parameter)).collect()
}

fn argument(parameter: &ast::Param) -> Option<Argument> {
    let default = parameter.param_default().and_then(|default| default.expr());
    Some(Argument {
        mode: mode(parameter.mode().as_ref()),
        name: parameter.name().and_then(|argument| name(&argument)),
        data_type: plain_type(&parameter.func_type()?)?,
        default: default.map(|default| expression(&default)),
    })
}

fn mode(written: Option<&ast::ParamMode>) -> ArgumentMode {
    match written {
        None | Some(ast::ParamMode::ParamIn(_)) => ArgumentMode::In,
        Some(ast::ParamMode::ParamOut(_)) => ArgumentMode::Out,
        Some(ast::ParamMode::ParamInOut(_)) => ArgumentMode::InOut,
        Some(ast::ParamMode::ParamVariadic(_)) => ArgumentMode::Variadic,
    }
}

/// A type without modifiers; that of a column of a table (`%TYPE`) would have to be looked up.
fn plain_type(written: &ast::FuncType) -> Option<DataType> {
    match written {
        ast::FuncType::Type(ty) => Some(DataType { modifiers: Vec::new(), ..data_type(ty)? }),
        ast::FuncType::PercentType(_) => None,
    }
}

fn returned(clause: &ast::RetType) -> Option<String> {
    if let Some(columns) = clause.return_table_arg_list() {
        let columns = columns.args().map(|column| {
            let data_type = plain_type(&column.func_type()?)?;
            Some(format!("{} {data_type}", name(&column.name()?)?))
        });
        return Some(format!("TABLE({})", columns.collect::<Option<Vec<_>>>()?.join(", ")));
    }
    let written = clause.func_type()?;
    let has_word = |node: &squawk_syntax::SyntaxNode| {
        node.first_token().is_some_and(|token| token.text().eq_ignore_ascii_case("setof"))
    };
    let set = if has_word(written.syntax()) { "SETOF " } else { "" };
    Some(format!("{set}{}", plain_type(&written)?))
}

/// Without `RETURNS`, the outputs say what is returned.
fn of_outputs(arguments: &[Argument]) -> Option<String> {
    let is_output = |argument: &&Argument| matches!(argument.mode, ArgumentMode::Out | ArgumentMode::InOut);
    let mut outputs = arguments.iter().filter(is_output);
    match (outputs.next(), outputs.next()) {
        (None, _) => None,
        (Some(only), None) => Some(only.data_type.to_string()),
        (Some(_), Some(_)) => Some("record".to_owned()),
    }
}

/// A function as a statement names it that does not define it.
pub(super) fn named(name: ObjectName, list: Option<ast::ParamList>) -> Option<FunctionName> {
    let arguments = match list {
        None => None,
        Some(list) => {
            let inputs = list
                .all_params()
                .filter(|parameter| !matches!(parameter.mode(), Some(ast::ParamMode::ParamOut(_))));
            Some(inputs.map(|parameter| plain_type(&parameter.func_type()?)).collect::<Option<Vec<_>>>()?)
        }
    };
    Some(FunctionName { name, arguments })
}

/// A function with its arguments.
pub(super) fn function_sig(sig: &ast::FunctionSig) -> Option<FunctionName> {
    named(existing(&sig.function_name_ref()?)?, sig.param_list())
}

/// A procedure with its arguments.
pub(super) fn procedure_sig(sig: &ast::ProcedureSig) -> Option<FunctionName> {
    named(existing(&sig.procedure_name_ref()?)?, sig.param_list())
}

/// A function or procedure with its arguments.
pub(super) fn routine_sig(sig: &ast::RoutineSig) -> Option<FunctionName> {
    named(existing(&sig.routine_name_ref()?)?, sig.param_list())
}

/// An aggregate with its arguments.
pub(super) fn aggregate(aggregate: &ast::Aggregate) -> Option<FunctionName> {
    named(existing(aggregate)?, aggregate.param_list())
}

/// `DROP FUNCTION` and its like.
pub(super) fn drop_function(statement: &ast::Stmt) -> Option<Vec<Operation>> {
    let (kind, functions, if_exists, behavior) = match statement {
        ast::Stmt::DropFunction(drop) => {
            let sigs = drop.function_sig_list()?.function_sigs().map(|sig| function_sig(&sig));
            (Some(FunctionKind::Function), all(sigs)?, drop.if_exists(), drop.drop_behavior())
        }
        ast::Stmt::DropProcedure(drop) => {
            let sigs = drop.procedure_sig_list()?.procedure_sigs().map(|sig| procedure_sig(&sig));
            (Some(FunctionKind::Procedure), all(sigs)?, drop.if_exists(), drop.drop_behavior())
        }
        ast::Stmt::DropRoutine(drop) => {
            let sigs = drop.routine_sig_list()?.routine_sigs().map(|sig| routine_sig(&sig));
            (None, all(sigs)?, drop.if_exists(), drop.drop_behavior())
        }
        ast::Stmt::DropAggregate(drop) => {
            let sigs = drop.aggregates().map(|sig| aggregate(&sig));
            (Some(FunctionKind::Aggregate), all(sigs)?, drop.if_exists(), drop.drop_behavior())
        }
        _ => return None,
    };
    let (if_exists, cascade) = (if_exists.is_some(), is_cascade(behavior.as_ref()));
    Some(vec![Operation::DropFunction(DropFunction { functions, kind, if_exists, cascade })])
}

/// `ALTER FUNCTION` and its like.
pub(super) fn alter_function(statement: &ast::Stmt) -> Option<Vec<Operation>> {
    let (kind, function, action) = match statement {
        ast::Stmt::AlterFunction(alter) => {
            let action = alter.action()?.syntax().clone();
            (Some(FunctionKind::Function), function_sig(&alter.function_sig()?)?, action)
        }
        ast::Stmt::AlterProcedure(alter) => {
            let action = alter.action()?.syntax().clone();
            (Some(FunctionKind::Procedure), procedure_sig(&alter.procedure_sig()?)?, action)
        }
        ast::Stmt::AlterRoutine(alter) => {
            (None, routine_sig(&alter.routine_sig()?)?, alter.action()?.syntax().clone())
        }
        ast::Stmt::AlterAggregate(alter) => {
            let action = alter.action()?.syntax().clone();
            (Some(FunctionKind::Aggregate), aggregate(&alter.aggregate()?)?, action)
        }
        _ => return None,
    };
    let change = change(&action)?;
    Some(vec![Operation::AlterFunction(AlterFunction { function, kind, change })])
}

fn change(action: &squawk_syntax::SyntaxNode) -> Option<FunctionChange> {
    let renamed = |path: Option<ast::Path>| Some(FunctionChange::Rename(new_object(&path?)?.name));
    if let Some(rename) = ast::FunctionRenameTo::cast(action.clone()) {
        return renamed(rename.function_name()?.path());
    }
    if let Some(rename) = ast::ProcedureRenameTo::cast(action.clone()) {
        return renamed(rename.procedure_name()?.path());
    }
    if let Some(rename) = ast::RoutineRenameTo::cast(action.clone()) {
        return renamed(rename.routine_name()?.path());
    }
    if let Some(rename) = ast::AggregateRenameTo::cast(action.clone()) {
        return renamed(rename.aggregate_name()?.path());
    }
    if let Some(moved) = ast::SetSchema::cast(action.clone()) {
        return Some(FunctionChange::Move(name(&moved.schema_ref()?)?));
    }
    if let Some(options) = ast::FuncOptionList::cast(action.clone()) {
        return Some(FunctionChange::Options(options.options().filter_map(|each| option(&each)).collect()));
    }
    Some(FunctionChange::Nothing)
}
