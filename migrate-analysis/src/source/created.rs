use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

/// The value of `created` as `YYYY-MM-DD HH:MM:SS` in UTC, where it is a date and time.
///
/// The zone is `UTC`, `Z` or an offset such as `+02:00`; without one it is UTC. Fractions of a second are dropped, and
/// a date alone is its midnight.
pub(super) fn created(value: &str) -> Option<String> {
    let civil = match without_blank_before_offset(value).parse::<Timestamp>() {
        Ok(instant) => TimeZone::UTC.to_datetime(instant),
        Err(_) => without_zone(strip_utc(value))?.parse::<DateTime>().ok()?,
    };
    Some(civil.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

/// The value, where it has neither an offset nor the name of a zone: a parser of local times would step over them.
fn without_zone(value: &str) -> Option<&str> {
    let is_local =
        |byte: u8| byte.is_ascii_digit() || matches!(byte, b'-' | b':' | b'.' | b'T' | b't' | b' ');
    let is_plain = value.bytes().all(is_local) && value.bytes().filter(|&byte| byte == b'-').count() == 2;
    is_plain.then_some(value)
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
        for value in [
            "",
            "UTC",
            "ü UTC",
            "yesterday",
            "by Jane, 2025",
            "2025-13-10 12:30:00",
            "2025-11-10 25:00:00",
            "2025-11-10 12:30:00 CET",
            "2025-11-10 12:30:00-26:00",
            "2025-11-10 12:30:00+02:00 UTC",
            "2025-11-10 12:30:00[Europe/Berlin]",
        ] {
            assert_eq!(created(value), None, "{value}");
        }
    }
}
