use migrate_core::{
    ObjectName,
    operation::{AlterType, CreateType, DropType, Operation, TypeChange},
    schema::{Attribute, UserTypeKind},
};
use squawk_syntax::ast::{self, AstNode};

use super::{
    clause::{all, is_cascade},
    data_type::data_type,
    name::{existing, name, new_object},
    written::written,
};

/// `CREATE TYPE`.
pub(super) fn create_type(statement: &ast::CreateType) -> Option<Vec<Operation>> {
    let kind = match statement.kind() {
        None | Some(ast::CreateTypeKind::BaseType(_)) => UserTypeKind::Other,
        Some(ast::CreateTypeKind::EnumType(kind)) => {
            let variants = kind.variant_list().into_iter().flat_map(|list| list.variants());
            let values = variants.map(|variant| variant.literal()?.string_value());
            UserTypeKind::Enum(values.collect::<Option<_>>()?)
        }
        Some(ast::CreateTypeKind::CompositeType(kind)) => {
            let fields = kind.composite_field_list()?.composite_field_defs();
            let attributes = fields.map(|field| {
                Some(Attribute { name: name(&field.name()?)?, data_type: data_type(&field.ty()?)? })
            });
            UserTypeKind::Composite(attributes.collect::<Option<_>>()?)
        }
        Some(ast::CreateTypeKind::RangeType(kind)) => range(&kind.attribute_list()?)?,
    };
    let name = new_object(&statement.type_name()?.path()?)?;
    Some(vec![Operation::CreateType(Box::new(CreateType { name, kind }))])
}

/// `ALTER TYPE`.
pub(super) fn alter_type(statement: &ast::AlterType) -> Option<Vec<Operation>> {
    let name = existing(&statement.type_name_ref()?)?;
    let changes = match statement.action()? {
        ast::AlterTypeAction::AlterTypeAttributeActionList(list) => attribute_changes(&list)?,
        ast::AlterTypeAction::AddValue(action) => vec![added_value(&action)?],
        ast::AlterTypeAction::RenameValue(action) => vec![TypeChange::RenameValue {
            from: action.from()?.string_value()?,
            to: action.to()?.string_value()?,
        }],
        ast::AlterTypeAction::RenameAttribute(action) => vec![TypeChange::RenameAttribute {
            name: self::name(&action.composite_field_ref()?)?,
            to: self::name(&action.composite_field()?)?,
        }],
        ast::AlterTypeAction::TypeRenameTo(action) => {
            vec![TypeChange::Rename(new_object(&action.type_name()?.path()?)?.name)]
        }
        ast::AlterTypeAction::SetSchema(action) => vec![TypeChange::Move(self::name(&action.schema_ref()?)?)],
        ast::AlterTypeAction::OwnerTo(_) | ast::AlterTypeAction::SetOptions(_) => vec![TypeChange::Nothing],
    };
    Some(altered(&name, changes))
}

/// `DROP TYPE`.
pub(super) fn drop_type(statement: &ast::DropType) -> Option<Vec<Operation>> {
    Some(vec![Operation::DropType(DropType {
        names: all(statement.type_name_refs().map(|name| existing(&name)))?,
        domain: false,
        if_exists: statement.if_exists().is_some(),
        cascade: is_cascade(statement.drop_behavior().as_ref()),
    })])
}

/// One operation for each of the changes.
pub(super) fn altered(name: &ObjectName, changes: Vec<TypeChange>) -> Vec<Operation> {
    let operation = |change| Operation::AlterType(Box::new(AlterType { name: name.clone(), change }));
    changes.into_iter().map(operation).collect()
}

/// The type under a range, and its other options in the order of the alphabet.
fn range(options: &ast::AttributeList) -> Option<UserTypeKind> {
    let mut subtype = None;
    let mut others = Vec::new();
    for option in options.attribute_options() {
        let value = option.attribute_value();
        let option_name = name(&option.name()?)?;
        if option_name.as_str() == "subtype" {
            subtype = data_type(&value?.ty()?);
            continue;
        }
        let value = value.map(|value| format!(" = {}", written(value.syntax()))).unwrap_or_default();
        others.push(format!("{option_name}{value}"));
    }
    others.sort_unstable();
    Some(UserTypeKind::Range { subtype: subtype?, options: others.join(", ") })
}

fn added_value(action: &ast::AddValue) -> Option<TypeChange> {
    let place = match action.value_position() {
        None => None,
        Some(ast::ValuePosition::BeforeValue(place)) => Some((true, place.literal()?.string_value()?)),
        Some(ast::ValuePosition::AfterValue(place)) => Some((false, place.literal()?.string_value()?)),
    };
    Some(TypeChange::AddValue {
        value: action.literal()?.string_value()?,
        if_not_exists: action.if_not_exists().is_some(),
        place,
    })
}

/// In the order in which the server carries them out: as those of a table.
fn attribute_changes(list: &ast::AlterTypeAttributeActionList) -> Option<Vec<TypeChange>> {
    let changes = list.actions().map(|action| {
        Some(match action {
            ast::AlterTypeAttributeAction::DropAttribute(action) => {
                let name = name(&action.composite_field_ref()?)?;
                (0, TypeChange::DropAttribute { name, if_exists: action.if_exists().is_some() })
            }
            ast::AlterTypeAttributeAction::AlterAttribute(action) => {
                let name = name(&action.composite_field_ref()?)?;
                (1, TypeChange::AlterAttribute(Attribute { name, data_type: data_type(&action.ty()?)? }))
            }
            ast::AlterTypeAttributeAction::AddAttribute(action) => {
                let name = name(&action.composite_field()?)?;
                (2, TypeChange::AddAttribute(Attribute { name, data_type: data_type(&action.ty()?)? }))
            }
        })
    });
    let mut changes = changes.collect::<Option<Vec<_>>>()?;
    changes.sort_by_key(|(pass, _)| *pass);
    Some(changes.into_iter().map(|(_, change)| change).collect())
}
