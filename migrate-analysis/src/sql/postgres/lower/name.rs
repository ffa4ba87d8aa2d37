use migrate_core::{Name, ObjectName};
use squawk_syntax::{
    SyntaxNode,
    ast::{self, AstNode, HasPathRef, normalize_name_node},
};

/// How many bytes of an identifier PostgreSQL keeps.
const KEPT: usize = 63;

/// The name that an identifier stands for: folded unless it is quoted, and cut to what the server keeps.
pub(super) fn name(node: &impl AstNode) -> Option<Name> {
    identifier(node.syntax())
}

/// As [`name`], of a node without a type of its own.
pub(super) fn identifier(node: &SyntaxNode) -> Option<Name> {
    folded(&normalize_name_node(node))
}

/// The name of what a statement makes.
pub(super) fn new_object(path: &ast::Path) -> Option<ObjectName> {
    let name = name(&path.segment()?)?;
    let schema = path.qualifier().and_then(|qualifier| last(&qualifier));
    Some(ObjectName { schema, name })
}

/// The name of what is there; that of the database before it says nothing, for it can only be this one.
pub(super) fn object(path: &ast::PathRef) -> Option<ObjectName> {
    let name = last(path)?;
    let schema = path.qualifier().and_then(|qualifier| last(&qualifier));
    Some(ObjectName { schema, name })
}

/// The names of a path, the outermost first.
pub(super) fn segments(path: &ast::PathRef) -> Option<Vec<Name>> {
    let mut names = vec![last(path)?];
    let mut outer = path.qualifier();
    while let Some(path) = outer {
        names.push(last(&path)?);
        outer = path.qualifier();
    }
    names.reverse();
    Some(names)
}

/// What a name is after the server has read it, where the text is folded already.
pub(super) fn folded(text: &str) -> Option<Name> {
    let kept = text.get(..text.floor_char_boundary(KEPT))?;
    (!kept.is_empty()).then(|| Name::exact(kept))
}

fn last(path: &ast::PathRef) -> Option<Name> {
    name(&path.segment()?)
}

/// The name of what a reference names.
pub(super) fn existing(reference: &impl HasPathRef) -> Option<ObjectName> {
    object(&reference.path_ref()?)
}
