//! What people write, and what real servers (PostgreSQL 15 and 18) show of it again.

use crate::sql::postgres::lower::{canonical::Canonical, fragment::parse_expression};

/// Pairs that `expressions.txt` lists: what is written, and below it what is shown.
fn pairs() -> Vec<(&'static str, &'static str)> {
    let mut written = "";
    let mut pairs = Vec::new();
    for line in include_str!("expressions.txt").lines() {
        match line.strip_prefix("    ") {
            Some(shown) => pairs.push((written, shown)),
            None => written = line.split_once(" | ").unwrap().1,
        }
    }
    pairs
}

fn canonical(text: &str) -> String {
    let expr = parse_expression(text).unwrap_or_else(|| panic!("{text} does not parse"));
    Canonical::default().whole(&expr)
}

#[test]
fn what_is_written_and_what_servers_show_of_it_are_one() {
    let mut wrong = String::new();
    for (written, shown) in pairs() {
        let (one, other) = (canonical(written), canonical(shown));
        if one != other {
            wrong.push_str(&format!("{written}\n    {shown}\n    {one}\n    {other}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_differs_in_meaning_differs() {
    for group in [
        &[
            "a > 1",
            "a > 2",
            "a >= 1",
            "b > 1",
            "a > -1",
            "a > 1.5",
            "NOT a > 1",
            "a IS NULL",
            "a IS NOT NULL",
        ][..],
        &["lower(a)", "upper(a)", "lower(b)", "lower(a, b)", "length(a)"],
        &["'x'", "'y'", "x", "'X'", "\"X\"", "NULL", "''", "' '"],
        &["now()", "CURRENT_TIMESTAMP", "clock_timestamp()", "CURRENT_DATE", "now() - '1 day'::interval"],
        &["a AND b", "a OR b", "b AND a", "a AND b AND c", "a AND (b OR c)", "a AND b OR c"],
        &["a IN (1, 2)", "a IN (1, 3)", "a NOT IN (1, 2)", "a IN (1)", "a = ALL (ARRAY[1, 2])"],
        &["a BETWEEN 1 AND 2", "a NOT BETWEEN 1 AND 2", "a BETWEEN SYMMETRIC 1 AND 2", "a > 1 AND a < 2"],
        &["a LIKE 'x'", "a NOT LIKE 'x'", "a ILIKE 'x'", "a SIMILAR TO 'x'", "a ~ 'x'", "a ~* 'x'"],
        &["a -> 'b'", "a ->> 'b'", "a #> 'b'", "a ? 'b'"],
        &["a + b - c", "a - b + c", "a - (b + c)", "a * b - c"],
        &["CASE WHEN a THEN 1 ELSE 2 END", "CASE WHEN a THEN 1 END", "CASE a WHEN 1 THEN 1 END"],
        &["(a).b", "a[1]", "a[2]", "a[1:2]", "ARRAY[a]", "ROW(a, b)"],
        &["coalesce(a, 0)", "coalesce(a, 1)", "nullif(a, 0)", "greatest(a, 0)"],
        &["0.1", "0.10001", "1", "10", "100", "1e3", "'007'", "7"],
        &["a IS DISTINCT FROM b", "a IS NOT DISTINCT FROM b", "a = b", "a <> b"],
        &["count(*)", "count(a)", "count(DISTINCT a)"],
        &["a::date", "a::uuid", "a", "a::varchar(3)"],
        &["a COLLATE \"C\"", "a COLLATE \"de\"", "a"],
    ] {
        let forms: Vec<_> = group.iter().map(|text| canonical(text)).collect();
        for (place, form) in forms.iter().enumerate() {
            let same = forms.iter().position(|other| other == form);
            assert_eq!(same, Some(place), "{} and {}", group[same.unwrap_or(0)], group[place]);
        }
    }
}
