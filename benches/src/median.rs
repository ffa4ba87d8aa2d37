//! Repeated measurements.

use std::time::{Duration, Instant};

use anyhow::Result;

/// The middle of some values; 0 where there are none.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => 0.0,
        length if length % 2 == 1 => values[middle],
        _ => (values[middle - 1] + values[middle]) / 2.0,
    }
}

/// How long it takes to do this, in seconds.
pub(crate) fn seconds(work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let started = Instant::now();
    work()?;
    Ok(started.elapsed().as_secs_f64())
}

/// The median duration of doing this again and again: for as long as `at_least`, and seven times at the least.
pub(crate) fn repeated<T>(at_least: Duration, mut work: impl FnMut() -> T) -> f64 {
    let begin = Instant::now();
    let mut values = Vec::new();
    while values.len() < 7 || begin.elapsed() < at_least {
        let started = Instant::now();
        std::hint::black_box(work());
        values.push(started.elapsed().as_secs_f64());
    }
    median(&values)
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_the_middle_one_or_between_the_two() {
        assert_eq!(median(&[]), 0.0);
        assert_eq!(median(&[3.0, 9.0, 1.0]), 3.0);
        assert_eq!(median(&[4.0, 1.0, 3.0, 2.0]), 2.5);
    }
}
