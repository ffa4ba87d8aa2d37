use migrate_core::schema::{Expression, IndexTarget, Names, Partition, PartitionBound, Partitioning};
use squawk_syntax::ast::{self, AstNode};

use super::{
    clause::all,
    expression::expression,
    index::{column, target},
    written::written,
};

/// `PARTITION BY`.
pub(super) fn partitioning(by: &ast::PartitionBy) -> Option<Partitioning> {
    let keys = by.partition_item_list()?.partition_items().map(|item| key(&item.expr()?));
    Some(Partitioning {
        strategy: written(by.partition_strategy()?.syntax()).to_ascii_uppercase(),
        keys: all(keys)?,
    })
}

/// `FOR VALUES ..`, or `DEFAULT`.
pub(super) fn bound(written: &ast::PartitionType) -> Option<PartitionBound> {
    let mut exact = true;
    let mut values = |exprs: &mut dyn Iterator<Item = ast::Expr>| {
        let values: Vec<_> = exprs.map(|expr| value(&expr)).collect();
        exact &= values.iter().all(|value| value.1);
        values.into_iter().map(|value| value.0).collect::<Vec<_>>().join(", ")
    };
    let sql = match written {
        ast::PartitionType::PartitionDefault(_) => "DEFAULT".to_owned(),
        ast::PartitionType::PartitionForValuesIn(list) => {
            format!("FOR VALUES IN ({})", values(&mut list.exprs()))
        }
        ast::PartitionType::PartitionForValuesFrom(range) => {
            let from = values(&mut range.from()?.exprs());
            format!("FOR VALUES FROM ({from}) TO ({})", values(&mut range.to()?.exprs()))
        }
        ast::PartitionType::PartitionForValuesWith(hash) => {
            let mut bounds: Vec<_> =
                hash.bounds().map(|bound| self::written(bound.syntax()).to_ascii_lowercase()).collect();
            bounds.sort_unstable();
            format!("FOR VALUES WITH ({})", bounds.join(", "))
        }
    };
    let names = Names { complete: true, ..Names::default() };
    Some(PartitionBound { sql: Expression { canonical: sql.as_str().into(), sql: sql.into(), names, exact } })
}

fn key(expr: &ast::Expr) -> Option<Partition> {
    if let Some(column) = column(expr) {
        return Some(Partition::Column(column));
    }
    Some(match target(expr)?.0 {
        IndexTarget::Column(column) => Partition::Column(column),
        IndexTarget::Expression(expression) => Partition::Expression(expression),
    })
}

/// A value as the server shows it, and whether it does so whatever its type is: `'2020-01-01'` may be any point in
/// time, and `'1'` a number.
fn value(expr: &ast::Expr) -> (String, bool) {
    match expr {
        ast::Expr::NameRef(limit) => (written(limit.syntax()).to_ascii_uppercase(), true),
        ast::Expr::Literal(literal) => {
            let text = written(literal.syntax());
            let exact = match literal.kind() {
                Some(ast::LitKind::IntNumber(_)) => true,
                Some(ast::LitKind::String(_)) => !text.contains(|letter: char| letter.is_ascii_digit()),
                _ => false,
            };
            (text, exact)
        }
        _ => (expression(expr).canonical.to_string(), false),
    }
}
