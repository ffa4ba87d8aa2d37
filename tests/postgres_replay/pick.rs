use fastrand::Rng;

/// One of these.
pub(crate) fn pick<'t>(random: &mut Rng, texts: &[&'t str]) -> &'t str {
    texts[random.usize(..texts.len())]
}

/// One of these, or nothing most of the time.
pub(crate) fn rarely<'t>(random: &mut Rng, texts: &[&'t str]) -> &'t str {
    if random.u8(..5) == 0 { pick(random, texts) } else { "" }
}

/// A name as somebody might write it: in capitals, in quotes, with its schema.
pub(crate) fn spelled(random: &mut Rng, name: &str) -> String {
    match random.u8(..20) {
        0 => name.to_uppercase(),
        1 | 2 => format!("\"{name}\""),
        _ => name.to_owned(),
    }
}

/// The name of something that is there, or else some name of the kind.
pub(crate) fn known(random: &mut Rng, there: &[String], names: &[&str]) -> String {
    match random.choice(there) {
        Some(name) if random.u8(..12) > 0 => spelled(random, name),
        _ => {
            let name = pick(random, names);
            spelled(random, name)
        }
    }
}

/// `CASCADE`, sometimes.
pub(crate) fn cascade(random: &mut Rng) -> &'static str {
    pick(random, &["", "", "", " CASCADE", " RESTRICT"])
}

/// `IF EXISTS`, sometimes.
pub(crate) fn if_exists(random: &mut Rng) -> &'static str {
    rarely(random, &["IF EXISTS "])
}

/// `IF NOT EXISTS`, sometimes.
pub(crate) fn if_not_exists(random: &mut Rng) -> &'static str {
    rarely(random, &["IF NOT EXISTS "])
}
