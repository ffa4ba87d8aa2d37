use super::spelling::{Spelling, when};
use crate::{
    Name, ObjectName,
    operation::{AlterSequence, CreateSequence, DropSequence, SequenceChange},
    schema::SequenceOptions,
};

impl Spelling {
    /// How a sequence counts, each option with a blank before it.
    pub(super) fn sequence_options(self, options: &SequenceOptions) -> String {
        self.sequence_option_list(options).iter().map(|option| format!(" {option}")).collect()
    }

    pub(super) fn sequence_option_list(self, options: &SequenceOptions) -> Vec<String> {
        let numbers = [
            ("START WITH", options.start),
            ("INCREMENT BY", options.increment),
            ("MINVALUE", options.min),
            ("MAXVALUE", options.max),
            ("CACHE", options.cache),
        ];
        let given = numbers.into_iter().filter_map(|(word, number)| Some(format!("{word} {}", number?)));
        given.chain(options.cycle.then(|| "CYCLE".to_owned())).collect()
    }

    pub(super) fn create_sequence(self, operation: &CreateSequence) -> String {
        let CreateSequence { name, if_not_exists, data_type, options, owned_by } = operation;
        let guard = when(*if_not_exists, "IF NOT EXISTS ");
        let data_type = self.data_type(data_type);
        let data_type = if data_type == "bigint" { String::new() } else { format!(" AS {data_type}") };
        let owner =
            owned_by.as_ref().map(|owner| format!(" {}", self.owned_by(Some(owner)))).unwrap_or_default();
        let options = self.sequence_options(options);
        format!("CREATE SEQUENCE {guard}{}{data_type}{options}{owner}", self.object(name))
    }

    pub(super) fn alter_sequence(self, operation: &AlterSequence) -> Option<String> {
        let AlterSequence { name, if_exists, changes } = operation;
        let changes: Vec<String> = changes.iter().filter_map(|change| self.sequence_change(change)).collect();
        if changes.is_empty() {
            return None;
        }
        let guard = when(*if_exists, "IF EXISTS ");
        Some(format!("ALTER SEQUENCE {guard}{} {}", self.object(name), changes.join(" ")))
    }

    fn sequence_change(self, change: &SequenceChange) -> Option<String> {
        Some(match change {
            SequenceChange::DataType(data_type) => format!("AS {}", self.data_type(data_type)),
            SequenceChange::OwnedBy(owner) => self.owned_by(owner.as_ref()),
            SequenceChange::Start(number) => format!("START WITH {number}"),
            SequenceChange::Increment(number) => format!("INCREMENT BY {number}"),
            SequenceChange::Min(Some(number)) => format!("MINVALUE {number}"),
            SequenceChange::Min(None) => "NO MINVALUE".to_owned(),
            SequenceChange::Max(Some(number)) => format!("MAXVALUE {number}"),
            SequenceChange::Max(None) => "NO MAXVALUE".to_owned(),
            SequenceChange::Cache(number) => format!("CACHE {number}"),
            SequenceChange::Cycle(true) => "CYCLE".to_owned(),
            SequenceChange::Cycle(false) => "NO CYCLE".to_owned(),
            SequenceChange::Nothing => return None,
        })
    }

    fn owned_by(self, owner: Option<&(ObjectName, Name)>) -> String {
        match owner {
            Some((table, column)) => format!("OWNED BY {}.{}", self.object(table), self.name(column)),
            None => "OWNED BY NONE".to_owned(),
        }
    }

    pub(super) fn drop_sequence(self, operation: &DropSequence) -> String {
        let DropSequence { names, if_exists, cascade } = operation;
        self.drop("SEQUENCE", &self.objects(names), *if_exists, *cascade)
    }
}
