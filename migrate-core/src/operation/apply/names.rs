use super::{
    lookup::Lookup,
    resolve::{Meaning, Resolver},
};
use crate::{
    Name, ObjectName, QualifiedName,
    operation::Refusal,
    schema::{DataType, Expression, Names, Object, Query, Relation, Schema, SourceRelation, Table},
};

/// How many views within views are looked into; one may show itself.
const VIEWS: u32 = 8;

impl Schema {
    /// Whether all that a piece of SQL names may be there. `own` is the table that an expression is a part of, where
    /// it is in the schema already.
    ///
    /// # Errors
    ///
    /// Where something that it names is certainly missing.
    pub(super) fn check_names(&self, names: &Names, own: Option<&QualifiedName>) -> Result<(), Box<Refusal>> {
        let table = own.and_then(|own| Some((own, &**self.tables.get(own)?)));
        if own.is_some() && table.is_none() {
            return Ok(());
        }
        self.check_names_over(names, table)
    }

    /// As [`Schema::check_names`], for a table that is being made.
    ///
    /// # Errors
    ///
    /// Where something that it names is certainly missing.
    pub(super) fn check_names_over(
        &self,
        names: &Names,
        own: Option<(&QualifiedName, &Table)>,
    ) -> Result<(), Box<Refusal>> {
        self.check_names_within(names, own, VIEWS)
    }

    /// `views` is how many views within views are looked into: where they are not bound, they may have ceased to hold.
    pub(super) fn check_names_within(
        &self,
        names: &Names,
        own: Option<(&QualifiedName, &Table)>,
        views: u32,
    ) -> Result<(), Box<Refusal>> {
        for source in names.scopes.iter().flat_map(|scope| &scope.sources) {
            if let SourceRelation::Relation(relation) = &source.relation {
                let is_own = own.is_some_and(|(own, _)| own.name == relation.name);
                match self.relation(relation) {
                    Lookup::Missing | Lookup::Found((_, Relation::Index(_) | Relation::Constraint(_)))
                        if !is_own =>
                    {
                        return Err(self.missing(Object::Table(self.new_name(relation))));
                    }
                    Lookup::Found((view, Relation::View)) => self.recheck_view(&view, views)?,
                    _ => {}
                }
            }
        }
        for sequence in &names.sequences {
            if matches!(self.relation(sequence), Lookup::Missing) {
                return Err(self.missing(Object::Sequence(self.new_name(sequence))));
            }
        }
        for data_type in &names.types {
            self.check_type(data_type)?;
        }
        for function in &names.functions {
            self.check_function(function)?;
        }
        self.check_columns(names, own)
    }

    /// Refuses a function that a statement took away. One that no statement made may have come with the database.
    fn check_function(&self, function: &ObjectName) -> Result<(), Box<Refusal>> {
        let ObjectName { schema, name } = function;
        let schemas = schema.as_ref().map_or(self.path.as_slice(), std::slice::from_ref);
        let is_there = schemas.iter().any(|schema| self.overloads(schema, name).next().is_some());
        if is_there || self.dialect.has_function(name) || self.unknown.contains(name) {
            return Ok(());
        }
        let object = Object::FunctionNamed(self.new_name(function));
        if self.past.of(&object).is_some() { Err(self.missing(object)) } else { Ok(()) }
    }

    fn check_columns(
        &self,
        names: &Names,
        own: Option<(&QualifiedName, &Table)>,
    ) -> Result<(), Box<Refusal>> {
        let resolver = Resolver::new(self, names, own);
        for (place, scope) in names.scopes.iter().enumerate() {
            for used in &scope.columns {
                // Where something was left out it may be a source.
                if used.qualifier.is_none() && !names.complete {
                    continue;
                }
                match resolver.meaning(place, used) {
                    Meaning::Missing(Some(table)) => {
                        return Err(self.missing(Object::Column(table, used.name.clone())));
                    }
                    Meaning::Missing(None) => return Err(nowhere(&used.name)),
                    Meaning::Column(..) | Meaning::Other | Meaning::Unknown => {}
                }
            }
        }
        Ok(())
    }

    /// Gives what an expression names the schemas in which it is found: done once it becomes a part of a schema, so
    /// that what it uses is known whatever the search path is, and renames are followed.
    pub(super) fn bind_expression(&self, expression: &mut Expression) {
        self.bind_names(&mut expression.names);
    }

    /// The same for a query; its stars come to stand for what is there now.
    pub(super) fn bind_query(&self, query: &mut Query) {
        if self.dialect.habits().binds {
            self.expand_stars(query);
        }
        self.bind_names(&mut query.names);
    }

    /// Gives what a view or trigger names the schema that it lies in: on SQLite it sees no temporary tables.
    pub(super) fn pin_names(&self, names: &mut Names, schema: &Name) {
        if self.dialect.habits().binds {
            return;
        }
        for source in names.scopes.iter_mut().flat_map(|scope| &mut scope.sources) {
            if let SourceRelation::Relation(relation) = &mut source.relation
                && relation.schema.is_none()
                && schema.identity() != self.dialect.habits().temporary_schema
            {
                relation.schema = Some(schema.clone());
            }
        }
    }

    fn bind_names(&self, names: &mut Names) {
        if !self.dialect.habits().binds {
            return;
        }
        for source in names.scopes.iter_mut().flat_map(|scope| &mut scope.sources) {
            if let SourceRelation::Relation(relation) = &mut source.relation {
                self.bind_relation(relation);
            }
        }
        for sequence in &mut names.sequences {
            self.bind_relation(sequence);
        }
        for function in &mut names.functions {
            self.bind_function(function);
        }
        for data_type in &mut names.types {
            self.bind_type(data_type);
        }
    }

    fn bind_relation(&self, relation: &mut ObjectName) {
        if relation.schema.is_none()
            && let Lookup::Found((found, _)) = self.relation(relation)
        {
            relation.schema = Some(found.schema);
        }
    }

    /// Built-in functions go first; one of the same name may still be meant, by its arguments.
    fn bind_function(&self, function: &mut ObjectName) {
        if function.schema.is_none() && !self.dialect.has_function(&function.name) {
            function.schema = self
                .path
                .iter()
                .find(|schema| self.overloads(schema, &function.name).next().is_some())
                .cloned();
        }
    }

    /// Gives a type that the history made the schema in which it is found.
    pub(super) fn bind_type(&self, data_type: &mut DataType) {
        if data_type.name.schema.is_none()
            && let Lookup::Found(found) = self.type_named(&data_type.name)
        {
            data_type.name.schema = Some(found.schema);
        }
    }
}

fn nowhere(name: &Name) -> Box<Refusal> {
    Box::new(Refusal::Other {
        rule: "unknown-column",
        message: format!("no table of the query has a column `{name}`"),
        about: None,
    })
}
