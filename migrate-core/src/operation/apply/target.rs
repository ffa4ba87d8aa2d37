use super::lookup::Lookup;
use crate::{
    ObjectName, QualifiedName,
    operation::{Notice, Refusal},
    schema::{Object, ObjectKind, Origin, Relation, Schema},
};

/// What a statement is about.
pub(super) enum Target {
    /// It is there.
    Found(QualifiedName),
    /// It is not there, and the statement does nothing then.
    Nothing(Vec<Notice>),
    /// Nobody can tell what the statement does.
    Unknown,
}

impl Schema {
    /// The table that a statement alters.
    ///
    /// # Errors
    ///
    /// Where there is no table of that name.
    pub(super) fn table_to_alter(&self, name: &ObjectName, if_exists: bool) -> Result<Target, Box<Refusal>> {
        match self.relation(name) {
            Lookup::Found((found, Relation::Table)) => Ok(Target::Found(found)),
            Lookup::Found((found, _)) => Err(self.wrong_kind(&found, "table")),
            Lookup::Missing => self.nothing(Object::Table(self.new_name(name)), if_exists),
            Lookup::Unknown => Ok(Target::Unknown),
        }
    }

    /// The answer to a statement whose object is not there.
    ///
    /// # Errors
    ///
    /// Unless the statement says `IF EXISTS`.
    pub(super) fn nothing(&self, object: Object, if_exists: bool) -> Result<Target, Box<Refusal>> {
        if if_exists {
            return Ok(Target::Nothing(vec![Notice::NotThere { object }]));
        }
        Err(self.missing(object))
    }

    /// The refusal of a relation that is of another kind.
    pub(super) fn wrong_kind(&self, found: &QualifiedName, wanted: &'static str) -> Box<Refusal> {
        let (object, made) = self.object_of(found);
        Box::new(Refusal::WrongKind { object, wanted, made })
    }

    /// Whether a relation can be made under a name. Where one of that name is there, and the statement says `IF NOT
    /// EXISTS`, the answer is that notice.
    ///
    /// # Errors
    ///
    /// Where the name is taken.
    pub(super) fn check_relation_is_new(
        &self,
        name: &QualifiedName,
        wanted: ObjectKind,
        if_not_exists: bool,
    ) -> Result<Option<Notice>, Box<Refusal>> {
        if !self.relations.contains_key(name) || (self.unknown.contains(&name.name) && !if_not_exists) {
            return Ok(None);
        }
        let (object, made) = self.object_of(name);
        if if_not_exists && self.is_what_is_wanted(name, wanted) {
            return Ok(Some(Notice::AlreadyThere { object, made }));
        }
        Err(duplicate(object, made))
    }

    /// Whether what has a name is enough for `IF NOT EXISTS`: on SQLite an index is no table.
    pub(super) fn is_what_is_wanted(&self, name: &QualifiedName, wanted: ObjectKind) -> bool {
        let is_index = matches!(self.relations.get(name), Some(Relation::Index(_)));
        self.dialect.habits().binds || is_index == (wanted == ObjectKind::Index)
    }

    /// Takes a relation out that an unknown statement has dropped, for a new one takes its name.
    pub(super) fn forget_relation(&mut self, name: &QualifiedName) {
        match self.relations.get(name) {
            Some(Relation::Table) => self.remove_table(name, Origin::NONE),
            Some(Relation::View) => self.remove_view(name, Origin::NONE),
            Some(Relation::Sequence) => self.remove_sequence(name, Origin::NONE),
            Some(Relation::Composite) => self.remove_type(name, Origin::NONE),
            Some(Relation::Index(_)) => self.remove_index(name, Origin::NONE),
            Some(Relation::Constraint(owner)) => {
                let owner = owner.clone();
                self.remove_constraint(&owner, &name.name, Origin::NONE);
            }
            None => {}
        }
    }
}

/// The refusal of a name that is taken.
pub(super) fn duplicate(object: Object, made: Origin) -> Box<Refusal> {
    Box::new(Refusal::Duplicate { object, made })
}
