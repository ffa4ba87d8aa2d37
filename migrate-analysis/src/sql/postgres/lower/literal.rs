//! What constants come to, as the server shows them again.

use squawk_syntax::ast::{self, LitKind};

use super::{form::Form, interval};

/// A constant.
pub(super) fn form(literal: &ast::Literal) -> Form {
    let Some(kind) = literal.kind() else { return Form::Word(String::new()) };
    match kind {
        LitKind::Null(_) => Form::Null,
        LitKind::True(_) => Form::truth(true),
        LitKind::False(_) => Form::truth(false),
        LitKind::IntNumber(token) => match literal.integer_value() {
            Some(value) => Form::Number(value.to_string()),
            None => Form::Word(token.text().to_owned()),
        },
        LitKind::NumericNumber(token) => match number(&token.text().replace('_', "")) {
            Some(value) => Form::Number(value),
            None => Form::Word(token.text().to_owned()),
        },
        LitKind::ByteString(_) => Form::Text(format!("x{}", literal.string_value().unwrap_or_default())),
        LitKind::Default(token)
        | LitKind::Off(token)
        | LitKind::On(token)
        | LitKind::PositionalParam(token) => Form::Word(token.text().to_ascii_lowercase()),
        LitKind::String(_)
        | LitKind::BitString(_)
        | LitKind::EscString(_)
        | LitKind::NationalString(_)
        | LitKind::UnicodeEscString(_)
        | LitKind::DollarQuotedString(_) => Form::text(&literal.string_value().unwrap_or_default()),
    }
}

/// A constant after a cast to this type.
pub(super) fn read_as(value: Form, type_name: &str) -> Form {
    let Form::Text(text) = &value else { return value };
    match type_name {
        "boolean" => match truth(text) {
            Some(value) => Form::truth(value),
            None => value,
        },
        _ => value,
    }
}

/// The words that the server reads as a truth value.
fn truth(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "t" | "true" | "y" | "yes" | "on" => Some(true),
        "f" | "false" | "n" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// The number that a text is: by its value, so that `1.50` and `1.5` are one. `None` where it is not a number, or one
/// that is written with zeros in front, as codes are.
pub(super) fn number(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (digits, power) = match digits.split_once(['e', 'E']) {
        Some((digits, power)) => (digits, power.parse::<i32>().ok().filter(|power| power.abs() <= 40)?),
        None => (digits, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
    if !all_digits || (whole.is_empty() && fraction.is_empty()) || (whole.len() > 1 && whole.starts_with('0'))
    {
        return None;
    }
    let (whole, fraction) = shifted(whole, fraction, power);
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    let sign = if whole == "0" && fraction.is_empty() { "" } else { sign };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{fraction}"))
}

/// The digits before and behind the point after it has moved by a power of ten.
fn shifted(whole: &str, fraction: &str, power: i32) -> (String, String) {
    let places = usize::try_from(power.unsigned_abs()).unwrap_or_default();
    if power >= 0 {
        let padded = format!("{fraction}{}", "0".repeat(places.saturating_sub(fraction.len())));
        let (moved, rest) = padded.split_at(places);
        return (format!("{whole}{moved}"), rest.to_owned());
    }
    let padded = format!("{}{whole}", "0".repeat(places.saturating_sub(whole.len())));
    let (kept, moved) = padded.split_at(padded.len() - places);
    (kept.to_owned(), format!("{moved}{fraction}"))
}

/// A string by what it looks like: the server shows points in time, JSON, identifiers and bytes in one way each.
pub(super) fn looks(text: &str) -> String {
    if text.starts_with(['{', '[']) {
        return without_gaps(text);
    }
    if is_uuid(text) || matches!(text.trim_start_matches('-'), "Infinity" | "NaN") {
        return text.to_ascii_lowercase();
    }
    if let Some(bytes) =
        text.strip_prefix("\\x").filter(|bytes| bytes.bytes().all(|byte| byte.is_ascii_hexdigit()))
    {
        return if bytes.is_empty() { String::new() } else { text.to_ascii_lowercase() };
    }
    moment(text).or_else(|| interval::normal(text)).unwrap_or_else(|| text.to_owned())
}

fn is_uuid(text: &str) -> bool {
    let groups =
        text.split('-').map(|group| (group.len(), group.bytes().all(|byte| byte.is_ascii_hexdigit())));
    groups.eq([8, 4, 4, 4, 12].map(|length| (length, true)))
}

/// Without the whitespace between the parts of a JSON value or an array.
fn without_gaps(text: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    let mut kept = String::with_capacity(text.len());
    for letter in text.chars() {
        if quoted || !letter.is_ascii_whitespace() {
            kept.push(letter);
        }
        if letter == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = letter == '\\' && !escaped;
    }
    kept
}

/// A date with or without a time: midnight and UTC are left out.
fn moment(text: &str) -> Option<String> {
    let date = text.get(..10)?;
    let shape = |(place, byte): (usize, u8)| {
        if matches!(place, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() }
    };
    if !date.bytes().enumerate().all(shape) {
        return None;
    }
    let mut time = text.get(10..)?.trim_start_matches([' ', 'T', 't']);
    for zone in ["+00:00", "+0000", "+00", "Z", "z", " UTC"] {
        time = time.strip_suffix(zone).unwrap_or(time);
    }
    if time.contains('.') {
        time = time.trim_end_matches('0').trim_end_matches('.');
    }
    let time = if time.len() == 5 { format!("{time}:00") } else { time.to_owned() };
    Some(if time.is_empty() || time == "00:00:00" { date.to_owned() } else { format!("{date} {time}") })
}
