use squawk_syntax::{
    SourceFile,
    ast::{self, AstNode},
    syntax_error::SyntaxError,
};

/// The tree of a text, and what the grammar does not accept of it.
///
/// The bodies of functions are left out, which the parser would read as well where they are SQL. Whether the server reads
/// them when a function is made depends on `check_function_bodies`, and how deep they nest is not measured.
pub(super) fn parse(text: &str) -> (SourceFile, Vec<SyntaxError>) {
    let parse = SourceFile::parse(text);
    let tree = parse.tree();
    let errors = match without_languages(&tree, text) {
        Some(text) => SourceFile::parse(&text).errors(),
        None => parse.errors(),
    };
    (tree, errors)
}

/// The text with another language in the place of each SQL; `None` where there is none.
fn without_languages(tree: &SourceFile, text: &str) -> Option<String> {
    let clauses = tree.syntax().descendants().filter_map(ast::LanguageFuncOption::cast);
    let mut changed = None;
    for language in clauses.filter_map(|clause| clause.language_name()).filter(|it| it.name == "sql") {
        let width = usize::from(language.range.len());
        changed.get_or_insert_with(|| text.to_owned()).replace_range(
            usize::from(language.range.start())..usize::from(language.range.end()),
            &format!("{:width$}", "c"),
        );
    }
    changed
}
