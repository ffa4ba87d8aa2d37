use std::sync::Arc;

use super::{Outcome, lookup::Lookup};
use crate::{
    Name, ObjectName, QualifiedName,
    operation::{AlterFunction, CreateFunction, DropFunction, FunctionChange, FunctionName, Notice, Refusal},
    schema::{
        Argument, ArgumentMode, DataType, Fate, Function, FunctionKind, FunctionSignature, Object, Origin,
        Schema,
    },
};

impl Schema {
    pub(super) fn create_function(&mut self, operation: &CreateFunction, origin: Origin) -> Outcome {
        self.check_schema_of(&operation.name)?;
        let mut function = operation.function.clone();
        for argument in &mut function.arguments {
            self.check_type(&argument.data_type)?;
            self.bind_type(&mut argument.data_type);
            if let Some(default) = &mut argument.default {
                self.bind_expression(default);
            }
        }
        self.check_result(&function)?;
        function.made = origin;
        let name = self.new_name(&operation.name);
        let signature = FunctionSignature { name, arguments: input_types(&function.arguments) };
        if let Some(there) = self.functions.get(&signature)
            && !self.unknown.contains(&signature.name.name)
        {
            let object = Object::Function(signature.clone());
            if !operation.or_replace {
                return Err(Box::new(Refusal::Duplicate { object, made: there.made }));
            }
            if there.kind != function.kind {
                let wanted = function.kind.word();
                return Err(Box::new(Refusal::WrongKind { object, wanted, made: there.made }));
            }
            check_replaced(there, &function, &signature)?;
        }
        self.functions.insert(signature, Arc::new(function));
        Ok(Vec::new())
    }

    /// Refuses a result of a type that is certainly not there. Functions in C may return one that comes later.
    fn check_result(&self, function: &Function) -> Result<(), Box<Refusal>> {
        let Some(returns) = &function.returns else { return Ok(()) };
        let returns = returns.strip_prefix("SETOF ").unwrap_or(returns);
        let (schema, name) = match returns.split_once('.') {
            Some((schema, name)) => (Some(Name::exact(schema)), name),
            None => (None, returns),
        };
        let is_word = |text: &str| {
            text.chars().all(|letter| letter.is_ascii_lowercase() || "_0123456789".contains(letter))
        };
        let is_plain = is_word(name) && schema.as_ref().is_none_or(|schema| is_word(schema));
        if !is_plain || matches!(function.language.identity(), "c" | "internal") {
            return Ok(());
        }
        let name = ObjectName { schema, name: Name::exact(name) };
        self.check_type(&DataType { name, modifiers: Vec::new(), array: false })
    }

    /// The functions of one name in one schema.
    pub(super) fn overloads(
        &self,
        schema: &Name,
        name: &Name,
    ) -> impl Iterator<Item = (&FunctionSignature, &Arc<Function>)> {
        let name = QualifiedName::new(schema.clone(), name.clone());
        let first = FunctionSignature { name: name.clone(), arguments: Vec::new() };
        self.functions.range(first..).take_while(move |(signature, _)| signature.name == name)
    }

    /// The function that a statement names.
    fn function_named(
        &self,
        wanted: &FunctionName,
        kind: Option<FunctionKind>,
    ) -> Result<Lookup<FunctionSignature>, Box<Refusal>> {
        let ObjectName { schema, name } = &wanted.name;
        let is_unknown =
            self.unknown.contains(name) || schema.as_ref().is_some_and(|schema| self.is_foreign(schema));
        let arguments = wanted.arguments.as_ref().map(|arguments| self.bound_types(arguments));
        let schemas = schema.as_ref().map_or(self.path.as_slice(), std::slice::from_ref);
        for schema in schemas {
            let fits = |signature: &FunctionSignature, function: &Function| match &arguments {
                Some(arguments) => same_types(&signature.arguments, arguments),
                None => kind.is_none_or(|kind| kind == function.kind),
            };
            let mut found = self.overloads(schema, name).filter(|(signature, there)| fits(signature, there));
            let Some((signature, there)) = found.next() else { continue };
            let object = Object::Function(signature.clone());
            if found.next().is_some() {
                if is_unknown {
                    return Ok(Lookup::Unknown);
                }
                return Err(Box::new(Refusal::Other {
                    rule: "unknown-function",
                    message: format!(
                        "there are several functions `{}`: only arguments tell them apart",
                        wanted.name
                    ),
                    about: Some((object, there.made)),
                }));
            }
            return match kind {
                Some(kind) if kind != there.kind => {
                    Err(Box::new(Refusal::WrongKind { object, wanted: kind.word(), made: there.made }))
                }
                _ => Ok(Lookup::Found(signature.clone())),
            };
        }
        Ok(if is_unknown || self.may_be_of_extension(&self.function_object(wanted)) {
            Lookup::Unknown
        } else {
            Lookup::Missing
        })
    }

    /// What a statement names, for a message.
    fn function_object(&self, wanted: &FunctionName) -> Object {
        let name = self.new_name(&wanted.name);
        match &wanted.arguments {
            Some(arguments) => {
                Object::Function(FunctionSignature { name, arguments: self.bound_types(arguments) })
            }
            None => Object::FunctionNamed(name),
        }
    }

    fn bound_types(&self, data_types: &[DataType]) -> Vec<DataType> {
        let bound = |data_type: &DataType| {
            let mut bound = DataType { modifiers: Vec::new(), ..data_type.clone() };
            self.bind_type(&mut bound);
            bound
        };
        data_types.iter().map(bound).collect()
    }

    pub(super) fn alter_function(&mut self, operation: &AlterFunction, origin: Origin) -> Outcome {
        let signature = match self.function_named(&operation.function, operation.kind)? {
            Lookup::Found(signature) => signature,
            Lookup::Missing => return Err(self.missing(self.function_object(&operation.function))),
            Lookup::Unknown => return Ok(Vec::new()),
        };
        let QualifiedName { schema, name } = &signature.name;
        match &operation.change {
            FunctionChange::Rename(to) => {
                let to = QualifiedName::new(schema.clone(), to.clone());
                self.change_function_name(&signature, &to, origin)
            }
            FunctionChange::Move(to) => {
                self.check_schema(to)?;
                let to = QualifiedName::new(to.clone(), name.clone());
                self.change_function_name(&signature, &to, origin)
            }
            FunctionChange::Options(options) => {
                if let Some(function) = self.functions.get_mut(&signature) {
                    set_options(&mut Arc::make_mut(function).options, options);
                }
                Ok(Vec::new())
            }
            FunctionChange::Nothing => Ok(Vec::new()),
        }
    }

    fn change_function_name(
        &mut self,
        from: &FunctionSignature,
        to: &QualifiedName,
        origin: Origin,
    ) -> Outcome {
        let renamed = FunctionSignature { name: to.clone(), arguments: from.arguments.clone() };
        if let Some(there) = self.functions.get(&renamed) {
            let object = Object::Function(renamed);
            return Err(Box::new(Refusal::Duplicate { object, made: there.made }));
        }
        self.function_renamed(from, to);
        if let Some(function) = self.functions.remove(from) {
            self.functions.insert(renamed.clone(), function);
        }
        let fate = Fate::Renamed { to: renamed.to_string(), by: origin };
        self.past.note(Object::Function(from.clone()), fate.clone());
        self.past.note(Object::FunctionNamed(from.name.clone()), fate);
        Ok(Vec::new())
    }

    pub(super) fn drop_function(&mut self, operation: &DropFunction, origin: Origin) -> Outcome {
        let (mut notices, mut objects) = (Vec::new(), Vec::new());
        for function in &operation.functions {
            match self.function_named(function, operation.kind)? {
                Lookup::Found(signature) => objects.push(Object::Function(signature)),
                Lookup::Missing => {
                    let object = self.function_object(function);
                    if !operation.if_exists {
                        return Err(self.missing(object));
                    }
                    notices.push(Notice::NotThere { object });
                }
                Lookup::Unknown => {}
            }
        }
        notices.extend(self.drop_objects(&objects, operation.cascade, origin)?);
        Ok(notices)
    }

    /// Takes a function out of the schema.
    pub(super) fn remove_function(&mut self, signature: &FunctionSignature, origin: Origin) {
        if self.functions.remove(signature).is_some() {
            self.past.note(Object::Function(signature.clone()), Fate::Dropped(origin));
            self.past.note(Object::FunctionNamed(signature.name.clone()), Fate::Dropped(origin));
        }
    }
}

/// The types that tell a function from others of its name.
fn input_types(arguments: &[Argument]) -> Vec<DataType> {
    let input = arguments.iter().filter(|argument| argument.mode != ArgumentMode::Out);
    input.map(|argument| DataType { modifiers: Vec::new(), ..argument.data_type.clone() }).collect()
}

fn same_types(known: &[DataType], wanted: &[DataType]) -> bool {
    let same = |(known, wanted): (&DataType, &DataType)| {
        known.array == wanted.array
            && known.name.name == wanted.name.name
            && (known.name.schema.is_none()
                || wanted.name.schema.is_none()
                || known.name.schema == wanted.name.schema)
    };
    known.len() == wanted.len() && known.iter().zip(wanted).all(same)
}

/// What `OR REPLACE` cannot change.
fn check_replaced(
    before: &Function,
    after: &Function,
    signature: &FunctionSignature,
) -> Result<(), Box<Refusal>> {
    let refused = |what: &str| {
        Err(Box::new(Refusal::Other {
            rule: "not-replaceable",
            message: format!("`OR REPLACE` cannot change {what} of function `{signature}`"),
            about: Some((Object::Function(signature.clone()), before.made)),
        }))
    };
    if let (Some(old), Some(new)) = (&before.returns, &after.returns)
        && !same_result(old, new)
    {
        return refused("the return type");
    }
    let input = |function: &Function| {
        let arguments = function.arguments.iter();
        let input = arguments.filter(|argument| argument.mode != ArgumentMode::Out);
        input.map(|argument| (argument.name.clone(), argument.default.is_some())).collect::<Vec<_>>()
    };
    for ((old, had_default), (new, has_default)) in input(before).into_iter().zip(input(after)) {
        if let Some(old) = old
            && new.as_ref() != Some(&old)
        {
            return refused(&format!("the name of argument `{old}`"));
        }
        if had_default && !has_default {
            return refused("the defaults of the arguments");
        }
    }
    Ok(())
}

/// Whether two results are certainly not of different types: a schema may be written out in one and not in the other.
fn same_result(old: &str, new: &str) -> bool {
    let plain = |text: &str| text.replace("public.", "").to_lowercase();
    let (old, new) = (plain(old), plain(new));
    old == new || old.contains(['.', '"', '%']) || new.contains(['.', '"', '%'])
}

/// Sets options; one that names what another does takes its place.
fn set_options(options: &mut Vec<String>, changes: &[String]) {
    for change in changes {
        options.retain(|option| topic(option) != topic(change));
        if !is_default(change) {
            options.push(change.clone());
        }
    }
    options.sort();
}

/// What an option is about: of several about the same thing one holds.
fn topic(option: &str) -> String {
    let mut words = option.split([' ', '=']).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    match first {
        "IMMUTABLE" | "STABLE" | "VOLATILE" => "volatility".to_owned(),
        "STRICT" | "CALLED" | "RETURNS" => "null".to_owned(),
        "LEAKPROOF" | "NOT" => "leakproof".to_owned(),
        "SET" | "RESET" => format!("set {}", words.next().unwrap_or_default()),
        _ => first.to_owned(),
    }
}

/// Whether an option says what holds where nothing is said.
fn is_default(option: &str) -> bool {
    matches!(
        option,
        "VOLATILE" | "CALLED ON NULL INPUT" | "SECURITY INVOKER" | "NOT LEAKPROOF" | "PARALLEL UNSAFE"
    ) || option.starts_with("RESET ")
}
