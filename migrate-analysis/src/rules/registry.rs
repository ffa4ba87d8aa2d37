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
    reversal::{
        column_order_differs, down_does_not_apply, down_does_not_restore, down_drops_older_object,
        empty_down, enum_value_stays, extension_stays, history_not_reversible, irreversible_without_reason,
        missing_down, restored_under_another_name,
    },
    safety::added_column,
    schema::{
        conflict_target_not_unique, dependent_objects, duplicate_object, effect_not_needed,
        enum_value_used_in_its_transaction, foreign_key_type_mismatch, foreign_keys_pragma_in_transaction,
        if_exists_hides, not_in_transaction, not_replaceable, opaque_statement,
        referenced_columns_not_unique, rename_old_table_first, syntax_error, transaction_control,
        unknown_object, unsupported_statement, values_and_columns_differ, wrong_object_kind,
    },
};

/// The latest rule set. A rule that is added later belongs to a later one, and stays off until `migrate.toml` asks for
/// it: an update of ours breaks nobody's build.
pub const LATEST_SET: u32 = 1;

/// Every rule, by name.
pub const RULES: &[Rule] = &[
    allow_without_reason::RULE,
    ambiguous_id::RULE,
    ancestor_merge::RULE,
    column_order_differs::RULE,
    conflict_target_not_unique::RULE,
    cycle::RULE,
    database_not_named::RULE,
    dependent_objects::RULE,
    down_does_not_apply::RULE,
    down_does_not_restore::RULE,
    down_drops_older_object::RULE,
    duplicate_object::COLUMN,
    duplicate_object::CONSTRAINT,
    duplicate_object::ENUM_VALUE,
    duplicate_object::EXTENSION,
    duplicate_object::FUNCTION,
    duplicate_object::INDEX,
    duplicate_label::RULE,
    duplicate_object::POLICY,
    duplicate_revision::RULE,
    duplicate_object::SCHEMA,
    duplicate_section::RULE,
    duplicate_object::SEQUENCE,
    duplicate_object::TABLE,
    duplicate_object::TRIGGER,
    duplicate_object::TYPE,
    duplicate_object::VIEW,
    effect_not_needed::RULE,
    empty_directory::RULE,
    empty_down::RULE,
    empty_up::RULE,
    enum_value_stays::RULE,
    enum_value_used_in_its_transaction::RULE,
    extension_stays::RULE,
    feature_missing::RULE,
    file_too_large::RULE,
    foreign_key_type_mismatch::RULE,
    foreign_keys_pragma_in_transaction::RULE,
    history_not_reversible::RULE,
    if_exists_hides::RULE,
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
    added_column::NON_CONSTANT,
    non_utf8_file::RULE,
    not_in_transaction::RULE,
    added_column::NOT_NULL,
    not_replaceable::RULE,
    opaque_statement::RULE,
    orphan_down::RULE,
    out_of_order_version::RULE,
    path_outside_package::RULE,
    redundant_dependency::RULE,
    referenced_columns_not_unique::RULE,
    rename_old_table_first::RULE,
    restored_under_another_name::RULE,
    sealed_revision_edited::RULE,
    sealed_revision_removed::RULE,
    self_loop::RULE,
    stale_lock_entry::RULE,
    syntax_error::RULE,
    transaction_control::RULE,
    unknown_object::COLUMN,
    unknown_object::CONSTRAINT,
    unknown_dependency::RULE,
    unknown_object::ENUM_VALUE,
    unknown_object::EXTENSION,
    unknown_object::FUNCTION,
    unknown_object::INDEX,
    unknown_parent::RULE,
    unknown_object::POLICY,
    unknown_rule::RULE,
    unknown_object::SCHEMA,
    unknown_object::SEQUENCE,
    unknown_object::TABLE,
    unknown_object::TRIGGER,
    unknown_object::TYPE,
    unknown_object::VIEW,
    unlisted_revision::RULE,
    unnamed_revision::RULE,
    unreadable_file::RULE,
    unrecognised_file::RULE,
    unsupported_statement::RULE,
    unused_allow::RULE,
    values_and_columns_differ::RULE,
    wrong_object_kind::RULE,
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
