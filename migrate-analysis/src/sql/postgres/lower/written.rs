use squawk_syntax::{SyntaxElement, SyntaxKind, SyntaxNode};

/// The text of a piece of SQL without its comments, and with one space where there are several or a line ends.
pub(super) fn written(node: &SyntaxNode) -> String {
    let mut text = String::new();
    let mut gap = false;
    for token in node.descendants_with_tokens().filter_map(SyntaxElement::into_token) {
        if matches!(token.kind(), SyntaxKind::WHITESPACE | SyntaxKind::COMMENT) {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push(' ');
            gap = false;
        }
        text.push_str(token.text());
    }
    text
}
