use super::literal;

/// A value that is computed, without what only its spelling has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `NULL`.
    Null,
    /// A number, however it was quoted.
    Number(String),
    /// A string. Truth values are the strings that the server writes for them.
    Text(String),
    /// A column, perhaps with what it is qualified by.
    Column(String),
    /// Anything that has no parts to be compared one by one.
    Word(String),
    /// An operator, a function, a construct, with its parts.
    Call(String, Vec<Form>),
}

impl Form {
    /// A construct with its parts.
    pub(super) fn call(head: &str, parts: Vec<Self>) -> Self {
        Self::Call(head.to_owned(), parts)
    }

    /// A string, as the server would write it after it has been read as what it looks like.
    pub(super) fn text(text: &str) -> Self {
        match literal::number(text) {
            Some(number) => Self::Number(number),
            None => match literal::looks(text) {
                // An interval of nothing may be written as a number.
                nothing if nothing == "00:00:00" => Self::Number("0".to_owned()),
                looks => Self::Text(looks),
            },
        }
    }

    /// A truth value.
    pub(super) fn truth(value: bool) -> Self {
        Self::Text(if value { "t" } else { "f" }.to_owned())
    }

    /// `AND`, `OR` of two: chains are flat, and keep their order.
    pub(super) fn chain(head: &str, left: Self, right: Self) -> Self {
        let mut parts = left.links(head);
        parts.extend(right.links(head));
        Self::call(head, parts)
    }

    fn links(self, head: &str) -> Vec<Self> {
        match self {
            Self::Call(name, parts) if name == head => parts,
            other => vec![other],
        }
    }

    /// Whether it is written as a constant.
    pub(super) fn is_literal(&self) -> bool {
        match self {
            Self::Null | Self::Number(_) | Self::Text(_) => true,
            Self::Call(head, parts) => head == "array" && parts.iter().all(Self::is_literal),
            _ => false,
        }
    }

    /// Whether it depends on a column.
    pub(super) fn has_column(&self) -> bool {
        match self {
            Self::Column(_) => true,
            Self::Call(_, parts) => parts.iter().any(Self::has_column),
            _ => false,
        }
    }

    /// Appends the text that equal forms have in common.
    pub(super) fn write(&self, text: &mut String) {
        match self {
            Self::Null => text.push_str("null"),
            Self::Number(number) => text.push_str(number),
            Self::Text(string) => {
                text.push('\'');
                text.push_str(&string.replace('\'', "''"));
                text.push('\'');
            }
            Self::Column(column) => text.push_str(column),
            Self::Word(word) => text.push_str(word),
            Self::Call(head, parts) => {
                text.push_str(head);
                text.push('(');
                for (place, part) in parts.iter().enumerate() {
                    text.push_str(if place > 0 { ", " } else { "" });
                    part.write(text);
                }
                text.push(')');
            }
        }
    }
}
