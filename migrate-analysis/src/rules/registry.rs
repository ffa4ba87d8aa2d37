use super::{
    Rule,
    configuration::{database_not_named, feature_missing, invalid_configuration},
    file::{
        allow_without_reason, duplicate_section, empty_directory, empty_up, file_too_large, invalid_header,
        invalid_section, invalid_version_date, missing_directory, missing_revision_id, missing_variant,
        mixed_layouts, non_utf8_file, orphan_down, path_outside_package, unknown_rule, unreadable_file,
        unrecognised_file, unused_allow,
    },
    graph::{
        ambiguous_id, ancestor_merge, cycle, duplicate_label, duplicate_revision, invalid_label,
        invalid_revision_id, later_date_than_child, multiple_bases, multiple_heads, out_of_order_version,
        redundant_dependency, self_loop, unknown_dependency, unknown_parent, unnamed_revision,
    },
    lock::{
        invalid_lock, lock_conflict_markers, lock_head_mismatch, sealed_revision_edited,
        sealed_revision_removed, stale_lock_entry, unlisted_revision,
    },
    reversal::{empty_down, history_not_reversible, irreversible_without_reason, missing_down},
    schema::{syntax_error, transaction_control, unsupported_statement},
};

/// The latest rule set. A rule that is added later belongs to a later one, and stays off until `migrate.toml` asks for
/// it: an update of ours breaks nobody's build.
pub const LATEST_SET: u32 = 1;

/// Every rule, by name.
pub const RULES: &[Rule] = &[
    allow_without_reason::RULE,
    ambiguous_id::RULE,
    ancestor_merge::RULE,
    cycle::RULE,
    database_not_named::RULE,
    duplicate_label::RULE,
    duplicate_revision::RULE,
    duplicate_section::RULE,
    empty_directory::RULE,
    empty_down::RULE,
    empty_up::RULE,
    feature_missing::RULE,
    file_too_large::RULE,
    history_not_reversible::RULE,
    invalid_configuration::RULE,
    invalid_header::RULE,
    invalid_label::RULE,
    invalid_lock::RULE,
    invalid_revision_id::RULE,
    invalid_section::RULE,
    invalid_version_date::RULE,
    irreversible_without_reason::RULE,
    later_date_than_child::RULE,
    lock_conflict_markers::RULE,
    lock_head_mismatch::RULE,
    missing_directory::RULE,
    missing_down::RULE,
    missing_revision_id::RULE,
    missing_variant::RULE,
    mixed_layouts::RULE,
    multiple_bases::RULE,
    multiple_heads::RULE,
    non_utf8_file::RULE,
    orphan_down::RULE,
    out_of_order_version::RULE,
    path_outside_package::RULE,
    redundant_dependency::RULE,
    sealed_revision_edited::RULE,
    sealed_revision_removed::RULE,
    self_loop::RULE,
    stale_lock_entry::RULE,
    syntax_error::RULE,
    transaction_control::RULE,
    unknown_dependency::RULE,
    unknown_parent::RULE,
    unknown_rule::RULE,
    unlisted_revision::RULE,
    unnamed_revision::RULE,
    unreadable_file::RULE,
    unrecognised_file::RULE,
    unsupported_statement::RULE,
    unused_allow::RULE,
];

/// The rule of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    let place = RULES.binary_search_by_key(&name, |rule| rule.name).ok()?;
    RULES.get(place)
}

#[cfg(test)]
mod tests {
    use super::{LATEST_SET, RULES};

    #[test]
    fn the_rules_are_sorted_by_name_and_of_a_set_that_exists() {
        assert!(RULES.is_sorted_by(|a, b| a.name < b.name));
        assert!(RULES.iter().all(|rule| (1..=LATEST_SET).contains(&rule.since)));
    }
}
