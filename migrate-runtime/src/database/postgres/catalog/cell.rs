use migrate_core::{
    Name, ObjectName, QualifiedName,
    schema::{DataType, Expression, Names},
};

/// Between the entries of a list, and between those of a list within one.
const ENTRY: char = '\x1e';
const FIELD: char = '\x1f';

/// Schemas of the server itself, and of sessions.
pub(super) const OWN: &str = "n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'";

/// The first id that an object can have which did not come with the server.
///
/// It says no more than [`OWN`] does, and lets the server see that there are few such objects: a question that it takes
/// for expensive it compiles first, for a second.
// https://github.com/postgres/postgres/blob/master/src/include/access/transam.h
pub(super) const FIRST: u32 = 16384;

/// That users made the object with this id of this catalog: it came neither with the server nor with an extension.
pub(super) fn of_users(catalog: &str, id: &str) -> String {
    format!("{id} >= {FIRST} AND {}", of_no_extension(catalog, id))
}

/// That no extension brought the object with this id of this catalog, if there is one.
pub(super) fn of_no_extension(catalog: &str, id: &str) -> String {
    format!(
        "NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.{catalog}'::regclass \
         AND e.objid = {id} AND e.deptype = 'e')"
    )
}

/// The type with this id, with a modifier: what [`Row::data_type`] reads.
pub(super) fn type_of(id: &str, modifier: &str) -> String {
    format!(
        "(SELECT concat_ws(chr(31), en.nspname, et.typname, pg_catalog.format_type(et.oid, {modifier}), \
         (et.oid <> t.oid)::text) FROM pg_catalog.pg_type t JOIN pg_catalog.pg_type et \
         ON et.oid = CASE WHEN t.typelem <> 0 AND t.typlen = -1 AND t.typcategory = 'A' THEN t.typelem ELSE t.oid END \
         JOIN pg_catalog.pg_namespace en ON en.oid = et.typnamespace WHERE t.oid = {id})"
    )
}

/// The names of columns with these numbers, in order: what [`Row::names`] reads.
pub(super) fn columns_of(table: &str, numbers: &str) -> String {
    format!(
        "(SELECT string_agg(ca.attname, chr(30) ORDER BY cn.place) \
         FROM unnest({numbers}) WITH ORDINALITY AS cn (number, place) \
         JOIN pg_catalog.pg_attribute ca ON ca.attrelid = {table} AND ca.attnum = cn.number)"
    )
}

/// One row of an answer; every value is text.
pub(super) struct Row(pub(super) Vec<Option<String>>);

impl Row {
    /// A text; empty where it is null.
    pub(super) fn text(&self, place: usize) -> &str {
        self.maybe(place).unwrap_or_default()
    }

    pub(super) fn maybe(&self, place: usize) -> Option<&str> {
        self.0.get(place)?.as_deref()
    }

    pub(super) fn is(&self, place: usize) -> bool {
        matches!(self.text(place), "t" | "true")
    }

    pub(super) fn number(&self, place: usize) -> Option<i64> {
        self.maybe(place)?.parse().ok()
    }

    pub(super) fn name(&self, place: usize) -> Name {
        Name::exact(self.text(place))
    }

    /// The schema stands here, the name behind it.
    pub(super) fn qualified(&self, place: usize) -> QualifiedName {
        QualifiedName::new(self.name(place), self.name(place + 1))
    }

    /// The same, of what may be a part of the server, which needs no schema.
    pub(super) fn object(&self, place: usize) -> Option<ObjectName> {
        self.maybe(place + 1)?;
        let schema = (self.text(place) != "pg_catalog").then(|| self.name(place));
        Some(ObjectName { schema, name: self.name(place + 1) })
    }

    /// The entries of a list.
    pub(super) fn list(&self, place: usize) -> Vec<String> {
        self.maybe(place).map(|text| text.split(ENTRY).map(str::to_owned).collect()).unwrap_or_default()
    }

    pub(super) fn names(&self, place: usize) -> Vec<Name> {
        self.list(place).iter().map(|name| Name::exact(name)).collect()
    }

    pub(super) fn expression(&self, place: usize) -> Option<Expression> {
        self.maybe(place).map(expression)
    }

    pub(super) fn data_type(&self, place: usize) -> DataType {
        data_type(self.text(place))
    }

    pub(super) fn data_types(&self, place: usize) -> Vec<DataType> {
        self.list(place).iter().map(|text| data_type(text)).collect()
    }
}

/// A text of the catalog, of which no more is known here.
pub(super) fn expression(sql: &str) -> Expression {
    Expression { sql: sql.into(), canonical: sql.into(), names: Names::default(), exact: true }
}

/// Schema, name, the type as the server shows it, and whether it is an array of that.
fn data_type(text: &str) -> DataType {
    let mut fields = text.split(FIELD);
    let mut next = || fields.next().unwrap_or_default();
    let (schema, name, shown, is_array) = (next(), next(), next(), next());
    let (before, within, behind) = match (shown.find('('), shown.rfind(')')) {
        (Some(open), Some(close)) if open < close => {
            (&shown[..open], Some(&shown[open + 1..close]), &shown[close + 1..])
        }
        _ => (shown, None, ""),
    };
    let mut modifiers: Vec<String> = within
        .map(|within| within.split(',').map(|modifier| modifier.trim().to_lowercase()).collect())
        .unwrap_or_default();
    let name = if schema != "pg_catalog" {
        ObjectName { schema: Some(Name::exact(schema)), name: Name::exact(name) }
    } else if let Some(fields) = before.strip_prefix("interval ") {
        modifiers.insert(0, fields.to_owned());
        ObjectName::bare(Name::exact("interval"))
    } else {
        ObjectName::bare(Name::exact(&format!("{before}{behind}")))
    };
    DataType { name, modifiers, array: is_array == "true" }
}

#[cfg(test)]
mod tests {
    use super::data_type;

    fn shown(text: &str) -> String {
        let read = data_type(text);
        format!("{read} {:?}", read.modifiers)
    }

    #[test]
    fn a_type_is_told_from_its_modifiers() {
        let cases = [
            ("pg_catalog\x1fint4\x1finteger\x1ffalse", "integer []"),
            ("pg_catalog\x1fint4\x1finteger\x1ftrue", "integer[] []"),
            ("pg_catalog\x1fvarchar\x1fcharacter varying(40)\x1ffalse", "character varying(40) [\"40\"]"),
            (
                "pg_catalog\x1ftimestamptz\x1ftimestamp(3) with time zone\x1ffalse",
                "timestamp with time zone(3) [\"3\"]",
            ),
            (
                "pg_catalog\x1finterval\x1finterval day to second(3)\x1ffalse",
                "interval(day to second,3) [\"day to second\", \"3\"]",
            ),
            (
                "geo\x1fgeometry\x1fgeo.geometry(Point,4326)\x1ffalse",
                "geo.geometry(point,4326) [\"point\", \"4326\"]",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected);
        }
    }
}
