use super::spelling::{Spelling, when};
use crate::schema::SequenceOptions;

impl Spelling {
    /// How a sequence counts, each option with a blank before it.
    pub(crate) fn sequence_options(self, options: &SequenceOptions) -> String {
        let numbers = [
            ("START WITH", options.start),
            ("INCREMENT BY", options.increment),
            ("MINVALUE", options.min),
            ("MAXVALUE", options.max),
            ("CACHE", options.cache),
        ];
        let given = numbers.into_iter().filter_map(|(word, number)| Some(format!(" {word} {}", number?)));
        let mut text: String = given.collect();
        text.push_str(when(options.cycle, " CYCLE"));
        text
    }
}
