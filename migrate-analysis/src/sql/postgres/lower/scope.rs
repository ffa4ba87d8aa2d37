//! What a piece of SQL names, by the scopes in which the server would look it up.

use migrate_core::{
    Name, ObjectName,
    schema::{ColumnUse, Names, Output, Scope, Source, SourceRelation},
};
use squawk_syntax::{
    SyntaxKind, SyntaxNode,
    ast::{self, AstNode, is_quoted_name_node},
};

use super::{
    canonical::special,
    data_type::data_type,
    name::{identifier, name},
};

/// Columns that each table has without having been given them.
const SYSTEM: [&str; 6] = ["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"];

/// Gathers names.
#[derive(Debug)]
pub(super) struct Collector {
    /// What was gathered.
    pub(super) names: Names,
    /// The queries that `WITH` has named, as far as they can be seen; the innermost last.
    pub(super) named: Vec<NamedQuery>,
}

/// A query that `WITH` has named.
#[derive(Debug)]
pub(super) struct NamedQuery {
    /// Its name.
    pub(super) name: Name,
    /// What stands for it as a source.
    pub(super) relation: SourceRelation,
    /// The names that `WITH` gives to its columns.
    pub(super) columns: Vec<Name>,
}

impl Collector {
    /// One that has seen nothing.
    pub(super) fn new() -> Self {
        Self { names: Names { complete: true, ..Names::default() }, named: Vec::new() }
    }

    /// What an expression names that is a part of a table.
    pub(super) fn of_expression(expr: &ast::Expr) -> Names {
        let mut collector = Self::new();
        let scope = collector.open(None);
        collector.walk(scope, expr.syntax());
        collector.names
    }

    /// Opens a scope.
    pub(super) fn open(&mut self, parent: Option<usize>) -> usize {
        self.names.scopes.push(Scope { parent, ..Scope::default() });
        self.names.scopes.len() - 1
    }

    /// Adds a source to a scope.
    pub(super) fn add_source(&mut self, scope: usize, source: Source) {
        if let Some(scope) = self.names.scopes.get_mut(scope) {
            scope.sources.push(source);
        }
    }

    /// Adds the use of a column to a scope.
    pub(super) fn add_use(&mut self, scope: usize, column: ColumnUse) {
        if let Some(scope) = self.names.scopes.get_mut(scope) {
            scope.columns.push(column);
        }
    }

    /// Adds a source that may have any column.
    pub(super) fn add_opaque(&mut self, scope: usize, alias: Option<Name>, columns: Vec<Name>) {
        self.add_source(scope, Source { alias, relation: SourceRelation::Opaque, columns });
    }

    /// Gathers what the nodes under this one name. Expressions may be deep: they are gone through without recursion.
    pub(super) fn walk(&mut self, scope: usize, node: &SyntaxNode) {
        let mut pending = vec![node.clone()];
        while let Some(node) = pending.pop() {
            if let Some(query) = ast::SelectVariant::cast(node.clone()) {
                self.select(Some(scope), &query);
                continue;
            }
            if let Some(ty) = ast::Type::cast(node.clone()) {
                self.add_type(&ty);
                continue;
            }
            let mut passed_over = None;
            match node.kind() {
                SyntaxKind::NAME_REF => {
                    self.name_ref(scope, &node);
                    continue;
                }
                SyntaxKind::FIELD_EXPR => {
                    if self.field(scope, &node) {
                        continue;
                    }
                    passed_over = node.last_child();
                }
                SyntaxKind::CALL_EXPR => passed_over = self.call(&node),
                SyntaxKind::LOCKING_CLAUSE
                | SyntaxKind::TABLESAMPLE_CLAUSE
                | SyntaxKind::COLLATION_REF
                | SyntaxKind::WITH_CLAUSE
                | SyntaxKind::OPERATOR_CALL => continue,
                SyntaxKind::GRAPH_TABLE_FN => {
                    self.names.complete = false;
                    continue;
                }
                _ => {}
            }
            let first = pending.len();
            pending.extend(node.children().filter(|child| Some(child) != passed_over.as_ref()));
            if let Some(added) = pending.get_mut(first..) {
                added.reverse();
            }
        }
    }

    fn add_type(&mut self, ty: &ast::Type) {
        match data_type(ty) {
            Some(ty) if self.names.types.contains(&ty) => {}
            Some(ty) => self.names.types.push(ty),
            None => self.names.complete = false,
        }
    }

    fn name_ref(&mut self, scope: usize, node: &SyntaxNode) {
        let Some(name) = identifier(node).filter(|_| special(node).is_none()) else { return };
        // `IS UNKNOWN` has no word of its own in the tree.
        let is_unknown = name.as_str() == "unknown" && !is_quoted_name_node(node);
        if is_unknown || SYSTEM.contains(&name.as_str()) {
            return;
        }
        // It may stand for a whole row of that source, or for a column of the same name.
        if self.is_source(scope, &name) {
            self.names.complete = false;
            return;
        }
        self.add_use(scope, ColumnUse { qualifier: None, name });
    }

    fn is_source(&self, scope: usize, name: &Name) -> bool {
        let mut place = Some(scope);
        while let Some(scope) = place.and_then(|place| self.names.scopes.get(place)) {
            if scope.sources.iter().any(|source| source.alias.as_ref() == Some(name)) {
                return true;
            }
            place = scope.parent;
        }
        false
    }

    /// `a.b`; `false` where it is an attribute of something that is computed.
    fn field(&mut self, scope: usize, node: &SyntaxNode) -> bool {
        let Some(field) = ast::FieldExpr::cast(node.clone()) else { return false };
        let Some((qualifier, name)) = qualified(&field) else { return false };
        match name {
            Some(name) if !SYSTEM.contains(&name.as_str()) => {
                self.add_use(scope, ColumnUse { qualifier: Some(qualifier), name });
            }
            _ => {}
        }
        true
    }

    /// Notes the function; what is called is no column.
    fn call(&mut self, node: &SyntaxNode) -> Option<SyntaxNode> {
        let call = ast::CallExpr::cast(node.clone())?;
        let callee = call.expr()?;
        let function = match &callee {
            ast::Expr::NameRef(name) if special(name.syntax()).is_some() => {
                return Some(callee.syntax().clone());
            }
            ast::Expr::NameRef(callee) => ObjectName::bare(name(callee)?),
            ast::Expr::FieldExpr(field) => {
                let (schema, name) = qualified(field)?;
                ObjectName { schema: Some(schema.name), name: name? }
            }
            _ => return None,
        };
        self.sequence_in_text(&function, &call);
        if !self.names.functions.contains(&function) {
            self.names.functions.push(function);
        }
        Some(callee.syntax().clone())
    }

    /// `nextval('ids')`.
    fn sequence_in_text(&mut self, function: &ObjectName, call: &ast::CallExpr) {
        if !matches!(function.name.as_str(), "nextval" | "currval" | "setval" | "lastval") {
            return;
        }
        let first = call.arg_list().and_then(|list| list.args().next()).and_then(|argument| argument.expr());
        match first.as_ref().and_then(text_of).and_then(|text| object_in_text(&text)) {
            Some(sequence) if self.names.sequences.contains(&sequence) => {}
            Some(sequence) => self.names.sequences.push(sequence),
            None => self.names.complete = false,
        }
    }

    /// Opens a scope for a query and gathers what it names; gives its place and its columns.
    pub(super) fn select(
        &mut self,
        parent: Option<usize>,
        query: &ast::SelectVariant,
    ) -> (usize, Option<Vec<Output>>) {
        let scope = self.open(parent);
        let outputs = self.select_in(scope, query);
        (scope, outputs)
    }
}

/// The string that an expression is, perhaps with a cast behind it.
pub(super) fn text_of(expr: &ast::Expr) -> Option<String> {
    match expr {
        ast::Expr::Literal(literal) => literal.string_value(),
        ast::Expr::CastExpr(cast) => match cast.expr() {
            Some(ast::Expr::Literal(literal)) => literal.string_value(),
            Some(ast::Expr::ParenExpr(paren)) => match paren.expr()? {
                ast::Expr::Literal(literal) => literal.string_value(),
                _ => None,
            },
            Some(_) => None,
            None => cast.literal()?.string_value(),
        },
        _ => None,
    }
}

/// The object that a string names: `'a'`, `'s.a'`, `'"A"'`.
pub(super) fn object_in_text(text: &str) -> Option<ObjectName> {
    let (mut parts, mut part, mut quoted, mut any) = (Vec::new(), String::new(), false, false);
    for letter in text.trim().chars() {
        match letter {
            '"' => {
                quoted = !quoted;
                any = true;
            }
            '.' if !quoted => parts.push(std::mem::take(&mut part)),
            other if quoted => part.push(other),
            other => part.push(other.to_ascii_lowercase()),
        }
    }
    if quoted || (part.is_empty() && !any) {
        return None;
    }
    let name = super::name::folded(&part)?;
    let schema = parts.pop().and_then(|schema| super::name::folded(&schema));
    Some(ObjectName { schema, name })
}

/// What stands before a name, and the name, which is `None` for `*`; of names alone.
pub(super) fn qualified(field: &ast::FieldExpr) -> Option<(ObjectName, Option<Name>)> {
    let column = match field.star_token() {
        Some(_) => None,
        None => Some(name(&field.field()?)?),
    };
    let qualifier = match field.base()? {
        ast::Expr::NameRef(table) => ObjectName::bare(name(&table)?),
        ast::Expr::FieldExpr(outer) => {
            let table = name(&outer.field()?)?;
            let schema = match outer.base()? {
                ast::Expr::NameRef(schema) => name(&schema)?,
                ast::Expr::FieldExpr(database) => name(&database.field()?)?,
                _ => return None,
            };
            ObjectName { schema: Some(schema), name: table }
        }
        _ => return None,
    };
    Some((qualifier, column))
}
