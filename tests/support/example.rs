//! The programs in `examples/`, as `cargo test` has built them.

use std::env;
use std::process::Command;

/// A command that runs the example in an environment without the variables that examples read.
pub(crate) fn example(name: &str) -> Command {
    // target/<profile>/deps/<this test>, beside which lies target/<profile>/examples.
    let test = env::current_exe().expect("a test knows its own path");
    let profile = test.parent().and_then(|deps| deps.parent()).expect("a test lies in `deps`");
    let program = profile.join("examples").join(name).with_extension(env::consts::EXE_EXTENSION);
    assert!(
        program.is_file(),
        "the example `{name}` is not built: `cargo test --test ..` leaves examples out, so run \
         `cargo build --examples` first"
    );
    let mut command = Command::new(program);
    for variable in ["AUTO_MIGRATE", "DATABASE_URL", "LISTEN", "RUST_LOG"] {
        command.env_remove(variable);
    }
    command
}
