/// What migrations make, and what is changed behind their back.
pub(crate) struct Specification {
    pub(crate) migrations: String,
    pub(crate) canaries: Vec<Canary>,
}

/// One change.
pub(crate) struct Canary {
    pub(crate) name: String,
    pub(crate) change: String,
}

impl Specification {
    /// Sections that begin with `== name`; the first holds the migrations.
    pub(crate) fn read(text: &str) -> Self {
        let mut sections = text.split("== ").skip(1).map(|section| {
            let (name, sql) = section.split_once('\n').expect("a name has a line of its own");
            Canary { name: name.to_owned(), change: sql.trim().to_owned() }
        });
        let migrations = sections.next().expect("there are migrations").change;
        Self { migrations, canaries: sections.collect() }
    }
}
