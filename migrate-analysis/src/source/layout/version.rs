use jiff::civil::{Date, DateTime};

use super::Layout;

/// What the name of a foreign migration says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct VersionName<'n> {
    /// The version as it is written, which is the id of the revision.
    pub(crate) version: &'n str,
    /// The rest of the name.
    pub(crate) words: &'n str,
}

/// The place of a version among others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct VersionKey([(usize, String); 2]);

/// Versions of fewer digits than a date has may be counters without leading zeros.
const DIGITS_OF_A_DATE: usize = 8;
const DIGITS_OF_A_TIME: usize = 14;

impl<'n> VersionName<'n> {
    /// Reads what the files of a revision have in common; a folder's ends in `/`.
    pub(crate) fn read(layout: Layout, stem: &'n str) -> Option<Self> {
        match layout {
            Layout::Native => None,
            Layout::Sqlx | Layout::Goose | Layout::GolangMigrate => Self::before_underscore(stem),
            Layout::Diesel => Self::of_folder(stem),
            Layout::Refinery => Self::of_refinery(stem),
            Layout::Dbmate => Self::of_digits(stem),
        }
    }

    /// `20240101_add_tasks`
    fn before_underscore(stem: &'n str) -> Option<Self> {
        let (version, words) = stem.split_once('_')?;
        (is_number(version) && !stem.contains('/')).then_some(Self { version, words })
    }

    /// `2024-01-01-120000_add_tasks/`
    fn of_folder(stem: &'n str) -> Option<Self> {
        let name = stem.strip_suffix('/')?;
        let (version, words) = name.split_once('_').unwrap_or((name, ""));
        let is_plain = version.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        (is_plain && version.starts_with(|first: char| first.is_ascii_alphanumeric()))
            .then_some(Self { version, words })
    }

    /// `V1__add_tasks`, `U1.2__add_tasks`
    fn of_refinery(stem: &'n str) -> Option<Self> {
        let (version, words) = stem.strip_prefix(['V', 'U'])?.split_once("__")?;
        let (whole, part) = version.split_once('.').unwrap_or((version, "0"));
        // refinery passes over all other names.
        let is_word = !words.is_empty() && words.chars().all(|one| one.is_alphanumeric() || one == '_');
        (is_number(whole) && is_number(part) && is_word).then_some(Self { version, words })
    }

    /// `20240101120000_add_tasks`, `20240101120000`
    fn of_digits(stem: &'n str) -> Option<Self> {
        let words = stem.trim_start_matches(|character: char| character.is_ascii_digit());
        let version = stem.strip_suffix(words).filter(|version| !version.is_empty())?;
        (!words.contains('/')).then_some(Self { version, words })
    }

    /// The name in words for people.
    pub(super) fn message(&self) -> String {
        let words = self.words.split(['_', '-', ' ']).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" ")
    }

    /// The version without dashes, where digits are left.
    pub(crate) fn digits(&self) -> Option<String> {
        let digits = self.version.replace('-', "");
        is_number(&digits).then_some(digits)
    }

    /// Whether it has the form of a date and time: `20240101120000`.
    pub(super) fn is_time(&self) -> bool {
        self.version.len() == DIGITS_OF_A_TIME && is_number(self.version) && begins_like_a_year(self.version)
    }

    /// The date that it tells, as `YYYY-MM-DD HH:MM:SS`.
    pub(super) fn created(&self) -> Option<String> {
        let time = Time::read(&self.digits()?)?;
        let [hour, minute, second] = time.clock;
        let date = DateTime::new(time.year, time.month, time.day, hour, minute, second, 0).ok()?;
        Some(date.strftime("%Y-%m-%d %H:%M:%S").to_string())
    }

    /// What keeps a version that begins like a date from being one. Minutes and seconds above 59 are counters that
    /// people meant.
    pub(crate) fn impossible_date(&self) -> Option<String> {
        let time = Time::read(&self.digits()?)?;
        let [hour, _, _] = time.clock;
        if !(1..=12).contains(&time.month) {
            return Some(format!("there is no month {}", time.month));
        }
        if Date::new(time.year, time.month, time.day).is_err() {
            return Some(format!("there is no {}-{:02}-{:02}", time.year, time.month, time.day));
        }
        (hour > 23).then(|| format!("there is no hour {hour}"))
    }
}

/// The numbers of a date and time, which need not exist.
struct Time {
    year: i16,
    month: i8,
    day: i8,
    clock: [i8; 3],
}

impl Time {
    /// Reads the first 14 digits of a version that begins like a date.
    fn read(digits: &str) -> Option<Self> {
        let number = |start: usize| digits.get(start..start + 2)?.parse().ok();
        let year = digits.get(..4).filter(|_| begins_like_a_year(digits))?.parse().ok()?;
        Some(Self { year, month: number(4)?, day: number(6)?, clock: [number(8)?, number(10)?, number(12)?] })
    }
}

fn begins_like_a_year(digits: &str) -> bool {
    digits.starts_with("19") || digits.starts_with("20")
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl VersionKey {
    fn number(version: &str) -> Self {
        let (whole, part) = version.split_once('.').unwrap_or((version, ""));
        Self([whole, part].map(|digits| {
            let digits = digits.trim_start_matches('0');
            (digits.len(), digits.to_owned())
        }))
    }

    fn text(version: &str) -> Self {
        Self([(0, version.replace('-', "")), (0, String::new())])
    }
}

/// Whether a layout's tool puts these versions in the order of numbers, and not in that of their letters.
///
/// Diesel and dbmate compare letters. Counters without leading zeros are in the order of numbers even there: nobody
/// who counts from 1 to 10 means 10 to come before 2.
pub(super) fn keys(layout: Layout, versions: &[&str]) -> Vec<VersionKey> {
    let is_counter = |version: &&str| version.len() < DIGITS_OF_A_DATE && is_number(version);
    let by_letters = matches!(layout, Layout::Diesel | Layout::Dbmate) && !versions.iter().all(is_counter);
    versions
        .iter()
        .map(|version| if by_letters { VersionKey::text(version) } else { VersionKey::number(version) })
        .collect()
}

/// The digits at the beginning of a name that begins like a date, without what stands between them.
pub(super) fn date_in_name(name: &str) -> Option<String> {
    let end = name
        .find(|character: char| !character.is_ascii_digit() && !matches!(character, '_' | '-'))
        .unwrap_or(name.len());
    let digits: String = name.get(..end)?.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= DIGITS_OF_A_DATE && begins_like_a_year(&digits)).then_some(digits)
}
