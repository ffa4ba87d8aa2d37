/// How the macro shows warnings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MacroWarnings {
    /// Each by itself.
    #[default]
    All,
    /// One that counts them.
    Summary,
    /// Not at all.
    Off,
}

impl MacroWarnings {
    pub(super) const CHOICES: &[(&str, Self)] =
        &[("all", Self::All), ("summary", Self::Summary), ("off", Self::Off)];
}

/// What one transaction holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transaction {
    /// One step with its bookkeeping.
    #[default]
    Step,
    /// All pending steps. Not on MySQL and MariaDB, whose schema changes commit by themselves.
    Upgrade,
}

impl Transaction {
    pub(super) const CHOICES: &[(&str, Self)] = &[("step", Self::Step), ("upgrade", Self::Upgrade)];
}
