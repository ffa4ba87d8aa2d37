use sqlite3_parser::ast::{CompoundOperator, LikeOperator, Operator, ResolveType, UnaryOperator};

/// One spelling for each operator.
pub(super) const fn binary(operator: Operator) -> &'static str {
    match operator {
        Operator::Add => "+",
        Operator::And => "AND",
        Operator::ArrowRight => "->",
        Operator::ArrowRightShift => "->>",
        Operator::BitwiseAnd => "&",
        Operator::BitwiseOr => "|",
        Operator::Concat => "||",
        Operator::Equals => "=",
        Operator::Divide => "/",
        Operator::Greater => ">",
        Operator::GreaterEquals => ">=",
        Operator::Is => "IS",
        Operator::IsNot => "IS NOT",
        Operator::LeftShift => "<<",
        Operator::Less => "<",
        Operator::LessEquals => "<=",
        Operator::Modulus => "%",
        Operator::Multiply => "*",
        Operator::NotEquals => "<>",
        Operator::Or => "OR",
        Operator::RightShift => ">>",
        Operator::Subtract => "-",
    }
}

pub(super) const fn unary(operator: UnaryOperator) -> &'static str {
    match operator {
        UnaryOperator::BitwiseNot => "~",
        UnaryOperator::Negative => "-",
        UnaryOperator::Not => "NOT",
        UnaryOperator::Positive => "+",
    }
}

pub(super) const fn like(operator: LikeOperator) -> &'static str {
    match operator {
        LikeOperator::Glob => "GLOB",
        LikeOperator::Like => "LIKE",
        LikeOperator::Match => "MATCH",
        LikeOperator::Regexp => "REGEXP",
    }
}

pub(super) const fn compound(operator: CompoundOperator) -> &'static str {
    match operator {
        CompoundOperator::Union => "UNION",
        CompoundOperator::UnionAll => "UNION ALL",
        CompoundOperator::Except => "EXCEPT",
        CompoundOperator::Intersect => "INTERSECT",
    }
}

pub(super) const fn resolution(kind: ResolveType) -> &'static str {
    match kind {
        ResolveType::Rollback => "ROLLBACK",
        ResolveType::Abort => "ABORT",
        ResolveType::Fail => "FAIL",
        ResolveType::Ignore => "IGNORE",
        ResolveType::Replace => "REPLACE",
    }
}
