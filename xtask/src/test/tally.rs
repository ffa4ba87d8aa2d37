//! Counting tests, by the lines that the test harness prints for people.

/// How many tests ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) ignored: usize,
}

impl Tally {
    /// Adds what one line of the output of `cargo test` tells, if it sums up a test program.
    pub(crate) fn add_line(&mut self, line: &str) {
        // test result: FAILED. 3 passed; 1 failed; 2 ignored; 0 measured; 4 filtered out; finished in 0.02s
        let Some((_, counts)) = line.strip_prefix("test result: ").and_then(|result| result.split_once(". "))
        else {
            return;
        };
        for count in counts.split("; ") {
            let Some((number, what)) = count.split_once(' ') else { continue };
            let Ok(number) = number.parse::<usize>() else { continue };
            match what {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.ignored += number,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_results_of_all_test_programs_are_added() {
        let mut tally = Tally::default();
        for line in [
            "running 6 tests",
            "test graph::one ... ok",
            "test result: FAILED. 3 passed; 1 failed; 2 ignored; 0 measured; 4 filtered out; finished in 0.02s",
            "   Doc-tests migrate_core",
            "test result: ok. 20 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s",
        ] {
            tally.add_line(line);
        }
        assert_eq!(tally, Tally { passed: 23, failed: 1, ignored: 2 });
    }

    #[test]
    fn a_line_that_only_speaks_of_results_does_not_count() {
        let mut tally = Tally::default();
        tally.add_line("assertion: test result: ok. 3 passed; 0 failed");
        tally.add_line("test result: ok");
        assert_eq!(tally, Tally::default());
    }
}
