use fastrand::Rng;

/// A name as somebody might write it: in capitals, in quotes.
pub(crate) fn spelled(random: &mut Rng, name: &str) -> String {
    match random.u8(..20) {
        0 => name.to_uppercase(),
        1 | 2 => format!("\"{name}\""),
        3 => format!("`{name}`"),
        4 => format!("[{name}]"),
        _ => name.to_owned(),
    }
}

/// One of these.
pub(crate) fn pick<'t>(random: &mut Rng, names: &[&'t str]) -> &'t str {
    names[random.usize(..names.len())]
}
