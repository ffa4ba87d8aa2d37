use jiff::{ZonedDateTime, tz::TimeZone};

/// The digits of a date and time: `20240101120000`.
const DIGITS_OF_A_TIME: usize = 14;

/// A version behind that one, of the same shape: the time, where it is a time, and else the next number.
pub(super) fn next(last: &str, at: &ZonedDateTime) -> String {
    let digits: String = last.chars().filter(char::is_ascii_digit).collect();
    let is_time = digits.len() >= DIGITS_OF_A_TIME && (digits.starts_with("19") || digits.starts_with("20"));
    if !is_time {
        return incremented(last);
    }
    let now = at.with_time_zone(TimeZone::UTC).strftime("%Y%m%d%H%M%S").to_string();
    let now = format!("{now:0<width$}", width = digits.len());
    if now <= digits {
        return incremented(last);
    }
    let mut now = now.chars();
    let shaped =
        last.chars().map(|letter| if letter.is_ascii_digit() { now.next().unwrap_or('0') } else { letter });
    shaped.collect()
}

/// The same with its number one higher, and as many digits if they are enough. Digits that other characters stand between
/// are one number, but those behind a dot are a number of their own.
fn incremented(version: &str) -> String {
    let mut letters: Vec<char> = version.chars().collect();
    let number = letters.iter().rposition(|&letter| letter == '.').map_or(0, |dot| dot + 1);
    let mut first = None;
    for place in (number..letters.len()).rev().filter(|&place| version.as_bytes()[place].is_ascii_digit()) {
        first = Some(place);
        if letters[place] != '9' {
            letters[place] = char::from(version.as_bytes()[place] + 1);
            return letters.into_iter().collect();
        }
        letters[place] = '0';
    }
    letters.insert(first.unwrap_or(letters.len()), '1');
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use jiff::{civil::date, tz::TimeZone};

    use super::next;

    #[test]
    fn a_version_has_the_shape_of_the_one_before() {
        let at = date(2025, 11, 9).at(7, 5, 3, 0).to_zoned_datetime(TimeZone::UTC).unwrap();
        for (last, expected) in [
            ("20240101120000", "20251109070503"),
            ("20251109070503", "20251109070504"),
            ("20260101000059", "20260101000060"),
            ("2017-09-23-182408", "2025-11-09-070503"),
            ("2026-05-11-183755-0009", "2026-05-11-183755-0010"),
            ("2025-05-11-183755-0009", "2025-11-09-070503-0000"),
            ("7", "8"),
            ("99", "100"),
            ("000012", "000013"),
            ("1.9", "1.10"),
            ("1516643303", "1516643304"),
        ] {
            assert_eq!(next(last, &at), expected, "{last}");
        }
    }
}
