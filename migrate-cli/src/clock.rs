use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};

use crate::failure::Failure;

/// What time it is where file names are made: in `timezone` of migrate.toml, which is UTC by default.
pub(crate) fn now(timezone: Option<&str>) -> Result<ZonedDateTime, Failure> {
    let name = timezone.unwrap_or("UTC");
    let zone = TimeZone::get(name).map_err(|_| {
        let message = format!("`timezone` names `{name}`, a time zone that this machine does not know");
        Failure::usage(message, "write `UTC` or a name such as `Europe/Berlin` in migrate.toml")
    })?;
    Ok(Timestamp::now().to_zoned_datetime(zone))
}

/// The time as `created:` tells it: in UTC, to the second.
pub(crate) fn created(at: &ZonedDateTime) -> String {
    at.with_time_zone(TimeZone::UTC).strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}
