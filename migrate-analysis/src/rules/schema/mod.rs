//! What the statements do.

pub(crate) mod applies;
pub(crate) mod conflict_target_not_unique;
pub(crate) mod dependent_objects;
pub(crate) mod duplicate_object;
pub(crate) mod effect_not_needed;
pub(crate) mod enum_value_used_in_its_transaction;
pub(crate) mod foreign_key_type_mismatch;
pub(crate) mod foreign_keys_pragma_in_transaction;
pub(crate) mod if_exists_hides;
pub(crate) mod not_in_transaction;
pub(crate) mod not_replaceable;
pub(crate) mod opaque_statement;
pub(crate) mod referenced_columns_not_unique;
pub(crate) mod rename_old_table_first;
pub(crate) mod syntax_error;
pub(crate) mod transaction_control;
pub(crate) mod unknown_object;
pub(crate) mod unsupported_statement;
pub(crate) mod values_and_columns_differ;
pub(crate) mod wrong_object_kind;
