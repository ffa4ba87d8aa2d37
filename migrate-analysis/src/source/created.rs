use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

/// The value of `created` as `YYYY-MM-DD HH:MM:SS` in UTC, where it is a date and time.
///
/// The zone is `UTC`, `Z` or an offset such as `+02:00`; without one it is UTC. Fractions of a second are dropped, and
/// a date alone is its midnight.
pub(super) fn created(value: &str) -> Option<String> {
    let local = strip_utc(value);
    let civil = match local.parse::<DateTime>() {
        Ok(civil) => civil,
        Err(_) => TimeZone::UTC.to_datetime(without_blank_before_offset(value).parse::<Timestamp>().ok()?),
    };
    Some(civil.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

/// The value without a ` UTC` at its end.
fn strip_utc(value: &str) -> &str {
    let zone = value.len().saturating_sub(3);
    match (value.get(..zone), value.get(zone..)) {
        (Some(local), Some(zone)) if zone.eq_ignore_ascii_case("UTC") => local.trim_ascii_end(),
        _ => value,
    }
}

/// `12:30:00 +02:00` as `12:30:00+02:00`.
fn without_blank_before_offset(value: &str) -> String {
    match value.rsplit_once([' ', '\t']) {
        Some((local, offset)) if offset.starts_with(['+', '-', 'Z', 'z']) => {
            format!("{}{offset}", local.trim_ascii_end())
        }
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::created;

    #[test]
    fn a_date_and_time_is_told_in_utc() {
        for value in [
            "2025-11-10 12:30:00 UTC",
            "2025-11-10 12:30:00",
            "2025-11-10 12:30",
            "2025-11-10T12:30:00Z",
            "2025-11-10 12:30:00 Z",
            "2025-11-10T14:30:00+02:00",
            "2025-11-10 14:30:00 +02:00",
            "2025-11-10 07:00:00 -0530",
            "2025-11-10 12:30:00.123456",
            "2025-11-10 12:30:00.999 utc",
        ] {
            assert_eq!(created(value).as_deref(), Some("2025-11-10 12:30:00"), "{value}");
        }
        assert_eq!(created("2025-11-10").as_deref(), Some("2025-11-10 00:00:00"));
        assert_eq!(created("2025-01-01 00:30:00+02:00").as_deref(), Some("2024-12-31 22:30:00"));
    }

    #[test]
    fn anything_else_is_no_date() {
        for value in
            ["", "UTC", "yesterday", "2025-13-10 12:30:00", "2025-11-10 25:00:00", "by Jane, 2025", "ü UTC"]
        {
            assert_eq!(created(value), None, "{value}");
        }
    }
}
