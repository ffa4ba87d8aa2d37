use super::Dialect;

/// How the databases of a dialect treat the objects of a schema: what apply has to know beyond an operation itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Habits {
    /// Whether names that a definition uses are looked up, so that what it names has to be there: the tables of a view,
    /// the table that a foreign key refers to.
    pub binds: bool,
    /// Whether it is refused to drop what others use. Where it is not, they stay and name what is not there.
    pub guards_drops: bool,
    /// Whether constraints without a name get one.
    pub names_constraints: bool,
    /// Whether a trigger's name stands for itself, without its table: `DROP TRIGGER t`.
    pub triggers_stand_alone: bool,
    /// Whether a primary key refuses null in its columns. SQLite's does `WITHOUT ROWID` or `STRICT` alone.
    pub keys_refuse_null: bool,
    /// Whether `ALTER TABLE` changes columns and constraints. Where it does not, a table is made anew with its rows.
    pub alters_columns: bool,
    /// Whether a column that is added to a table with rows has a value that need not be computed for each of them.
    pub adds_constants_only: bool,
    /// Whether `INSERT` without a list of columns has to give a value for each but the computed ones. PostgreSQL takes
    /// defaults for the last ones.
    pub inserts_fill_all: bool,
    /// Whether rows of a simple view can be changed without a trigger that does it.
    pub updates_views: bool,
    /// Whether a column that numbers its rows has a sequence.
    pub numbers_by_sequences: bool,
    /// Columns that tables have beside those that were declared. On SQLite a table `WITHOUT ROWID` has none of them.
    pub hidden_columns: &'static [&'static str],
    /// Tables that are there in every database.
    pub own_tables: &'static [&'static str],
    /// Extensions that are there in every database.
    pub own_extensions: &'static [&'static str],
    /// The schema of temporary objects, which goes before all others.
    pub temporary_schema: &'static str,
}

impl Dialect {
    /// How its databases treat the objects of a schema.
    pub const fn habits(self) -> Habits {
        match self {
            Self::Sqlite => Habits {
                binds: false,
                guards_drops: false,
                names_constraints: false,
                triggers_stand_alone: true,
                keys_refuse_null: false,
                alters_columns: false,
                adds_constants_only: true,
                inserts_fill_all: true,
                updates_views: false,
                numbers_by_sequences: false,
                hidden_columns: &["rowid", "oid", "_rowid_"],
                own_tables: &[
                    "sqlite_master",
                    "sqlite_schema",
                    "sqlite_temp_master",
                    "sqlite_temp_schema",
                    "sqlite_sequence",
                    "sqlite_stat1",
                    "sqlite_stat3",
                    "sqlite_stat4",
                    "dbstat",
                ],
                own_extensions: &[],
                temporary_schema: "temp",
            },
            Self::Postgres => Habits {
                inserts_fill_all: false,
                numbers_by_sequences: true,
                hidden_columns: &["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"],
                own_extensions: &["plpgsql"],
                ..BINDING
            },
            Self::Mysql => BINDING,
        }
    }
}

/// What a definition names is bound to it.
const BINDING: Habits = Habits {
    binds: true,
    guards_drops: true,
    names_constraints: true,
    triggers_stand_alone: false,
    keys_refuse_null: true,
    alters_columns: true,
    adds_constants_only: false,
    inserts_fill_all: true,
    updates_views: true,
    numbers_by_sequences: false,
    hidden_columns: &[],
    own_tables: &[],
    own_extensions: &[],
    temporary_schema: "pg_temp",
};
