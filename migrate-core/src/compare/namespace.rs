use super::comparison::{Both, Comparison};
use crate::schema::Object;

impl Comparison<'_> {
    pub(super) fn namespaces(&mut self) {
        let (expected, actual) = (self.expected, self.actual);
        for (name, expected, actual) in Self::pairs(&expected.namespaces, &actual.namespaces) {
            match (expected, actual) {
                _ if self.is_unknown(name) => {}
                (Some(expected), None) => self.missing(Object::Schema(name.clone()), expected.made),
                (None, Some(actual)) => self.left_over(Object::Schema(name.clone()), actual.made),
                _ => {}
            }
        }
    }

    pub(super) fn extensions(&mut self) {
        let (expected, actual) = (self.expected, self.actual);
        for (name, expected, actual) in Self::pairs(&expected.extensions, &actual.extensions) {
            let object = Object::Extension(name.clone());
            match (expected, actual) {
                _ if self.is_unknown(name) => {}
                (Some(expected), None) => self.missing(object, expected.made),
                (None, Some(actual)) => self.left_over(object, actual.made),
                (Some(expected), Some(actual)) => {
                    // Where nothing was said, it lies in the first schema of a path that may have been another.
                    if let (Some(one), Some(other)) = (&expected.schema, &actual.schema) {
                        let both = Both { object, made: (expected.made, actual.made) };
                        self.property(&both, "schema", one.as_str(), other.as_str());
                    }
                }
                (None, None) => {}
            }
        }
    }
}
