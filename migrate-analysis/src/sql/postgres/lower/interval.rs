//! Intervals, in the one way that the server writes them.

/// The text that the server shows for an interval; `None` where it is written in a way that is not read here.
pub(super) fn normal(text: &str) -> Option<String> {
    let mut parts = Parts::default();
    let mut words = text.split_ascii_whitespace().peekable();
    words.peek()?;
    while let Some(word) = words.next() {
        if word.contains(':') {
            parts.clock(word)?;
            continue;
        }
        let split = word.find(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(word.len());
        let (amount, unit) = word.split_at_checked(split)?;
        let amount: i64 = amount.parse().ok()?;
        let unit = if unit.is_empty() { words.next()? } else { unit };
        parts.add(amount, &unit.to_ascii_lowercase())?;
    }
    Some(parts.text())
}

#[derive(Default)]
struct Parts {
    months: i64,
    days: i64,
    seconds: i64,
}

impl Parts {
    fn add(&mut self, amount: i64, unit: &str) -> Option<()> {
        let (field, factor) = match unit {
            "year" | "years" | "y" => (&mut self.months, 12),
            "month" | "months" | "mon" | "mons" => (&mut self.months, 1),
            "week" | "weeks" | "w" => (&mut self.days, 7),
            "day" | "days" | "d" => (&mut self.days, 1),
            "hour" | "hours" | "h" => (&mut self.seconds, 3600),
            "minute" | "minutes" | "min" | "mins" | "m" => (&mut self.seconds, 60),
            "second" | "seconds" | "sec" | "secs" | "s" => (&mut self.seconds, 1),
            _ => return None,
        };
        *field = field.checked_add(amount.checked_mul(factor)?)?;
        Some(())
    }

    fn clock(&mut self, word: &str) -> Option<()> {
        let (sign, word) = match word.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, word),
        };
        let fields: Vec<i64> = word.split(':').map(|field| field.parse().ok()).collect::<Option<_>>()?;
        let (hours, minutes, seconds) = match *fields.as_slice() {
            [hours, minutes] => (hours, minutes, 0),
            [hours, minutes, seconds] => (hours, minutes, seconds),
            _ => return None,
        };
        let total = hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?.checked_add(seconds)?;
        self.seconds = self.seconds.checked_add(total * sign)?;
        Some(())
    }

    fn text(&self) -> String {
        let mut words = Vec::new();
        let counted =
            |amount: i64, unit: &str| format!("{amount} {unit}{}", if amount == 1 { "" } else { "s" });
        let (years, months) = (self.months / 12, self.months % 12);
        for (amount, unit) in [(years, "year"), (months, "mon"), (self.days, "day")] {
            if amount != 0 {
                words.push(counted(amount, unit));
            }
        }
        if self.seconds != 0 || words.is_empty() {
            let sign = if self.seconds < 0 { "-" } else { "" };
            let seconds = self.seconds.unsigned_abs();
            words.push(format!("{sign}{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60));
        }
        words.join(" ")
    }
}
