//! Libraries of C that some of the other tools need.

use std::process::{Command, Stdio};

/// The features of a package of other tools that this machine can link; each is named after the library that it needs.
/// Where nobody can tell, the package says what it leaves out.
pub(crate) fn features() -> String {
    ["libpq", "libmariadb"].into_iter().filter(|library| is_there(library)).collect::<Vec<_>>().join(",")
}

fn is_there(library: &str) -> bool {
    let asked = Command::new("pkg-config").args(["--exists", library]).stderr(Stdio::null()).status();
    asked.is_ok_and(|status| status.success())
}
