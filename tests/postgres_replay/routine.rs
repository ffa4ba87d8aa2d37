use fastrand::Rng;

use crate::{
    object::{FUNCTIONS, TRIGGERS, There, column},
    pick::{cascade, if_exists, pick},
};

pub(crate) fn create(random: &mut Rng, there: &There<'_>) -> String {
    let replace = pick(random, &["", "OR REPLACE "]);
    let (table, _) = there.table(random);
    let signature = match random.u8(..6) {
        0 => "f1() RETURNS integer".to_owned(),
        1 => "f1(a integer) RETURNS integer".to_owned(),
        2 => "f1(b integer) RETURNS integer".to_owned(),
        3 => format!("f2(a {table}) RETURNS integer"),
        _ => {
            return format!(
                "CREATE {replace}FUNCTION f3() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
            );
        }
    };
    format!("CREATE {replace}FUNCTION {signature} LANGUAGE sql AS 'SELECT 1'")
}

pub(crate) fn drop(random: &mut Rng) -> String {
    let name = pick(random, &FUNCTIONS);
    let arguments = pick(random, &["", "()", "(integer)"]);
    format!("DROP FUNCTION {}{name}{arguments}{}", if_exists(random), cascade(random))
}

pub(crate) fn create_trigger(random: &mut Rng, there: &There<'_>) -> String {
    let (table, columns) = there.table(random);
    let column = column(random, &columns);
    let name = pick(random, &TRIGGERS);
    let timing = pick(random, &["BEFORE", "AFTER", "INSTEAD OF"]);
    let event = match random.u8(..3) {
        0 => format!("UPDATE OF {column}"),
        1 => "INSERT OR DELETE".to_owned(),
        _ => "UPDATE".to_owned(),
    };
    let when = match random.u8(..4) {
        0 => format!(" WHEN (NEW.{column} IS NULL)"),
        _ => String::new(),
    };
    format!("CREATE TRIGGER {name} {timing} {event} ON {table} FOR EACH ROW{when} EXECUTE FUNCTION f3()")
}
