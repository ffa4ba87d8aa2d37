/// A word, as far as it matters to a stored program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keyword {
    Alter,
    As,
    Atomic,
    Begin,
    Case,
    /// `CHARACTER` or `RETURNS`: a `SET` behind it begins no statement.
    BeforeSet,
    Create,
    Declare,
    Definer,
    Do,
    Else,
    End,
    Event,
    For,
    Handler,
    If,
    Loop,
    Not,
    Or,
    Package,
    Repeat,
    /// `FUNCTION` or `PROCEDURE`.
    Routine,
    Row,
    Set,
    Then,
    Trigger,
    Until,
    While,
    /// Behind `CREATE OR`; it also begins a statement.
    Replace,
    /// Before `FUNCTION`.
    Aggregate,
    /// Begins a statement that is no block.
    Statement,
    /// Comes before an operand: `AND`, `WHERE`, ..
    Operator,
    /// Any other.
    Other,
}

/// No keyword that matters is longer.
const LONGEST: usize = 9;

impl Keyword {
    pub(super) fn of(word: &str) -> Self {
        let mut upper = [0; LONGEST];
        let Some(upper) = upper.get_mut(..word.len()) else {
            return Self::Other;
        };
        upper.copy_from_slice(word.as_bytes());
        upper.make_ascii_uppercase();
        match &*upper {
            b"ALTER" => Self::Alter,
            b"AS" => Self::As,
            b"ATOMIC" => Self::Atomic,
            b"BEGIN" => Self::Begin,
            b"CASE" => Self::Case,
            b"CHARACTER" | b"RETURNS" => Self::BeforeSet,
            b"CREATE" => Self::Create,
            b"DECLARE" => Self::Declare,
            b"DEFINER" => Self::Definer,
            b"DO" => Self::Do,
            b"ELSE" => Self::Else,
            b"END" => Self::End,
            b"EVENT" => Self::Event,
            b"FOR" => Self::For,
            b"HANDLER" => Self::Handler,
            b"IF" => Self::If,
            b"LOOP" => Self::Loop,
            b"NOT" => Self::Not,
            b"OR" => Self::Or,
            b"PACKAGE" => Self::Package,
            b"REPEAT" => Self::Repeat,
            b"FUNCTION" | b"PROCEDURE" => Self::Routine,
            b"ROW" => Self::Row,
            b"SET" => Self::Set,
            b"THEN" => Self::Then,
            b"TRIGGER" => Self::Trigger,
            b"UNTIL" => Self::Until,
            b"WHILE" => Self::While,
            b"REPLACE" => Self::Replace,
            b"AGGREGATE" => Self::Aggregate,
            b"CALL" | b"DELETE" | b"DROP" | b"EXECUTE" | b"GRANT" | b"INSERT" | b"RENAME" | b"RETURN"
            | b"REVOKE" | b"SELECT" | b"SHOW" | b"SIGNAL" | b"TRUNCATE" | b"UPDATE" | b"VALUES" | b"WITH" => {
                Self::Statement
            }
            b"AND" | b"BETWEEN" | b"BY" | b"DISTINCT" | b"DIV" | b"ELSEIF" | b"HAVING" | b"IN" | b"LIKE"
            | b"MOD" | b"ON" | b"REGEXP" | b"RLIKE" | b"WHEN" | b"WHERE" | b"XOR" => Self::Operator,
            _ => Self::Other,
        }
    }

    /// Whether it opens a block where a statement may begin.
    pub(super) const fn opens_block(self) -> bool {
        matches!(
            self,
            Self::Begin | Self::Case | Self::For | Self::If | Self::Loop | Self::Repeat | Self::While
        )
    }

    /// Whether it begins a statement that is no block.
    pub(super) const fn begins_statement(self) -> bool {
        matches!(self, Self::Alter | Self::Create | Self::Do | Self::Replace | Self::Set | Self::Statement)
    }

    /// Whether an operand has to follow, so that the next word is a name whatever it says. Words that are names
    /// themselves where the grammar wants one (`event`, `begin`) do not count.
    pub(super) const fn wants_operand(self) -> bool {
        matches!(
            self,
            Self::As
                | Self::Case
                | Self::Else
                | Self::For
                | Self::If
                | Self::Not
                | Self::Operator
                | Self::Or
                | Self::Set
                | Self::Statement
                | Self::Then
                | Self::Until
                | Self::While
        )
    }
}
