//! Queries and other pieces of SQL, token by token.

use squawk_syntax::{
    SyntaxKind, SyntaxNode,
    ast::{self, AstNode},
};

use super::{
    canonical::{Canonical, DEEPEST},
    written::written,
};

impl Canonical {
    /// The tokens of what has no form of its own, with the forms of the expressions in it.
    pub(super) fn words(&mut self, node: &SyntaxNode) -> String {
        let outer = std::mem::replace(&mut self.qualified, true);
        let mut text = String::new();
        self.depth += 1;
        self.collect(node, &mut text);
        self.depth -= 1;
        self.qualified = outer;
        text
    }

    fn collect(&mut self, node: &SyntaxNode, text: &mut String) {
        if self.depth >= DEEPEST {
            text.push_str(&written(node));
            return;
        }
        for element in node.children_with_tokens() {
            let Some(child) = element.as_node() else {
                let Some(token) = element.as_token() else { continue };
                push_token(token.kind(), token.text(), text);
                continue;
            };
            self.depth += 1;
            match ast::Expr::cast(child.clone()) {
                Some(expr) => {
                    spaced(text);
                    self.form(&expr).write(text);
                }
                None => self.collect(child, text),
            }
            self.depth -= 1;
        }
    }
}

fn spaced(text: &mut String) {
    if !text.is_empty() && !text.ends_with(' ') {
        text.push(' ');
    }
}

/// Words that may be left out are left out; names are told from keywords no more than the server does.
fn push_token(kind: SyntaxKind, token: &str, text: &mut String) {
    let is_noise = matches!(
        kind,
        SyntaxKind::WHITESPACE
            | SyntaxKind::COMMENT
            | SyntaxKind::SEMICOLON
            | SyntaxKind::AS_KW
            | SyntaxKind::INNER_KW
            | SyntaxKind::OUTER_KW
            | SyntaxKind::ASC_KW
    );
    if is_noise {
        return;
    }
    spaced(text);
    let folded =
        if token.starts_with(['"', '\'', '$']) { token.to_owned() } else { token.to_ascii_lowercase() };
    let plain = folded.strip_prefix('"').and_then(|name| name.strip_suffix('"'));
    let is_plain = |name: &&str| {
        !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    text.push_str(plain.filter(is_plain).unwrap_or(&folded));
}
