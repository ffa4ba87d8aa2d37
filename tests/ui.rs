//! What the compiler says. Each case is a program beside a migration directory of the same name, which it embeds.

#[test]
fn errors_show_the_line_of_the_migration_file_and_sound_histories_compile() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/configuration/*.rs");
    cases.compile_fail("tests/ui/file/*.rs");
    cases.compile_fail("tests/ui/graph/*.rs");
    cases.compile_fail("tests/ui/lock/*.rs");
    cases.compile_fail("tests/ui/reversal/*.rs");
    cases.compile_fail("tests/ui/schema/*.rs");
    cases.pass("tests/ui/pass/*.rs");
}
