use std::{borrow::Borrow, cmp::Ordering, fmt, hash, ops::Deref, sync::Arc};

/// An identifier as its database tells it from others.
///
/// Two names are equal where the database takes them for the same. PostgreSQL folds what is not quoted and then goes by
/// every letter, so that the folded text is the name; SQLite and MySQL keep the letters as written, and compare without
/// regard to case. Only the identity is compared; what is shown is the text as written.
///
/// ```
/// use migrate_core::Name;
///
/// assert_eq!(Name::caseless("createdAt"), Name::caseless("CREATEDAT"));
/// assert_eq!(Name::caseless("createdAt").to_string(), "createdAt");
/// assert_ne!(Name::exact("createdAt"), Name::exact("createdat"));
/// ```
#[derive(Clone)]
pub struct Name {
    identity: Arc<str>,
    written: Arc<str>,
}

impl Name {
    /// A name that goes by every letter.
    #[must_use]
    pub fn exact(text: &str) -> Self {
        let written: Arc<str> = Arc::from(text);
        Self { identity: Arc::clone(&written), written }
    }

    /// A name that goes by its letters without regard to the case of ASCII ones.
    #[must_use]
    pub fn caseless(text: &str) -> Self {
        let written: Arc<str> = Arc::from(text);
        let is_lower = !text.bytes().any(|byte| byte.is_ascii_uppercase());
        let identity = if is_lower { Arc::clone(&written) } else { Arc::from(text.to_ascii_lowercase()) };
        Self { identity, written }
    }

    /// The text that it is shown and written by.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The text that equal names have in common.
    #[must_use]
    pub fn identity(&self) -> &str {
        &self.identity
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.identity == other.identity
    }
}

impl Eq for Name {}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        self.identity.cmp(&other.identity)
    }
}

impl hash::Hash for Name {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.identity.hash(state);
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.written
    }
}

/// Maps that are keyed by names are asked by the text that equal names have in common.
impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.identity
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.written, f)
    }
}

/// The name of an object as a statement writes it: perhaps without its schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectName {
    /// The schema, where the statement names one.
    pub schema: Option<Name>,
    /// The name.
    pub name: Name,
}

impl ObjectName {
    /// A name without a schema.
    #[must_use]
    pub fn bare(name: Name) -> Self {
        Self { schema: None, name }
    }
}

impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.schema {
            Some(schema) => write!(f, "{schema}.{}", self.name),
            None => self.name.fmt(f),
        }
    }
}

/// The name of an object together with the schema that it lies in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QualifiedName {
    /// The schema.
    pub schema: Name,
    /// The name.
    pub name: Name,
}

impl QualifiedName {
    /// The name within the schema.
    #[must_use]
    pub fn new(schema: Name, name: Name) -> Self {
        Self { schema, name }
    }
}

impl From<&QualifiedName> for ObjectName {
    fn from(name: &QualifiedName) -> Self {
        Self { schema: Some(name.schema.clone()), name: name.name.clone() }
    }
}

/// The schema is shown unless it is the one that objects lie in by default.
impl fmt::Display for QualifiedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if matches!(self.schema.identity(), "public" | "main") {
            self.name.fmt(f)
        } else {
            write!(f, "{}.{}", self.schema, self.name)
        }
    }
}
